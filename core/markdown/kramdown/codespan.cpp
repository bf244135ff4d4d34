#include "parser.h"

namespace meridian::markdown::kramdown {

void SpanParser::parse_code_span() {
  std::size_t at = pos_, content = at;
  while (peek(content) == '`') ++content;
  std::size_t length = content - at;
  bool simple = length == 1;
  bool free =
      simple && (at == 0 || is_space(s_[at - 1])) && content < s_.size() && is_space(s_[content]);
  // A longer run than any that follows can't close.
  bool longer = unclosed_ticks_ && length >= unclosed_ticks_;
  std::size_t end =
      free || (longer && at >= unclosed_from_) ? npos : s_.find(s_.substr(at, length), content);
  if (end == npos) {
    if (!free && !longer) {
      unclosed_ticks_ = length;
      unclosed_from_ = at;
    }
    return add_text(length);
  }
  Str code = between(content, end);
  if (!simple) {
    if (starts_with(code, " ")) code.remove_prefix(1);
    if (ends_with(code, " ")) code.remove_suffix(1);
  }
  add(Type::CodeSpan, code);
  pos_ = end + length;
}

}  // namespace meridian::markdown::kramdown
