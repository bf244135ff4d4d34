#include "parser.h"

namespace meridian::markdown::kramdown {

/// Parses from behind the mark at `at`; false when the closing mark is missing.
bool SpanParser::try_emphasis(std::size_t at, std::size_t length, Type type) {
  bool star = s_[at] == '*';
  TerminatorKind kind =
      length == 2 ? (star ? kTwoStars : kTwoUnderscores) : (star ? kStar : kUnderscore);
  Node* node = make(type);
  std::uint8_t outer = inside_;
  pos_ = at + length;
  inside_ |= type == Type::Strong ? kInStrong : kInEmphasis;
  ++attempts_;
  ++depth_;
  bool found = parse_spans(node, Terminator{kind, {}, false}, kAll);
  --depth_;
  --attempts_;
  inside_ = outer;
  if (!found) return false;
  append(node_, node);
  pos_ += length;
  return true;
}

void SpanParser::parse_emphasis() {
  std::size_t at = pos_, length = peek(at + 1) == s_[at] ? 2 : 1;
  bool strong = length == 2;
  bool in_word = false;
  if (s_[at] == '_' && at) {  // [[:alpha:]]-?[[:alpha:]]* before an underscore
    std::size_t before = previous_character(s_, at);
    if (s_[before] == '-' && before) before = previous_character(s_, before);
    in_word = is_alpha_at(s_, before);
  }
  bool blank = at + length < s_.size() && is_space(s_[at + length]);
  if (in_word || blank || inside(strong ? kInStrong : kInEmphasis) || !fits_span(depth_))
    return add_text(length);
  if (try_emphasis(at, length, strong ? Type::Strong : Type::Emphasis)) return;
  if (strong && node_->type != Type::Emphasis && try_emphasis(at, 1, Type::Emphasis)) return;
  pos_ = at;
  add_text(length);
}

}  // namespace meridian::markdown::kramdown
