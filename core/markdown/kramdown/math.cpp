#include "parser.h"

namespace meridian::markdown::kramdown {

/// `$$…$$` on lines of its own.
bool Parser::parse_math() {
  std::size_t begin = pos_, at = skip_indent(pos_);
  bool escaped = peek(at) == '\\';
  at += escaped;
  if (!starts(at, "$$")) return false;
  std::size_t end = find(s_, at + 2, "$$", in_->math_end);
  if (end == npos || !after_block_boundary()) return false;
  std::size_t behind = skip_to_line_end(end + 2);
  if (escaped) {
    if (behind != npos) pos_ = at;  // the following parser continues behind the backslash
    return false;
  }
  if (behind == npos) behind = end + 2;
  if (!before_block_boundary(behind)) return false;
  pos_ = behind;
  add_block(Type::MathBlock, begin, strip(between(at + 2, end)));
  return true;
}

bool SpanParser::parse_math() {
  if (!starts(pos_, "$$")) return options_.dollars && parse_dollars();
  std::size_t end = find(s_, pos_ + 2, "$$", math_end_);
  if (end == npos) return false;
  add(Type::MathSpan, strip(between(pos_ + 2, end)));
  pos_ = end + 2;
  return true;
}

/// `$…$` as pandoc and GitHub have it: no space within beside a dollar, and no letter or digit
/// outside, so that $5 and $6 are money.
bool SpanParser::parse_dollars() {
  auto is_beside = [&](std::size_t at) { return at < s_.size() && !is_space(s_[at]); };
  std::size_t begin = pos_ + 1, end = begin;
  if (pos_ && (is_alnum(s_[pos_ - 1]) || s_[pos_ - 1] == '\\')) return false;
  if (!is_beside(begin) || begin > no_dollar_from_) return false;
  while (end < s_.size() && s_[end] != '$') end += s_[end] == '\\' ? 2 : 1;
  if (end >= s_.size()) {
    no_dollar_from_ = pos_;
    return false;
  }
  if (!is_beside(end - 1) || is_alnum(peek(end + 1)) || peek(end + 1) == '$') return false;
  add(Type::MathSpan, between(begin, end));
  pos_ = end + 1;
  return true;
}

}  // namespace meridian::markdown::kramdown
