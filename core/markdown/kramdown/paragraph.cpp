#include "parser.h"

namespace meridian::markdown::kramdown {

bool Parser::parse_paragraph(std::size_t line) {
  std::size_t begin = pos_, first = skip_indent(pos_);
  if (is_blank(peek(first)) || first >= s_.size()) return false;
  for (pos_ = line; !paragraph_end(pos_);) pos_ = next_line(pos_);
  Str text = rstrip(between(begin, pos_));
  Node* last = last_child();
  if (!last || last->type != Type::Paragraph) {
    Node* paragraph = add_block(Type::Paragraph, begin);
    add_text(paragraph, lstrip(text));
    return true;
  }
  // Joins text that a false block start divided. A hard break at the cut counts.
  Str joint = begin >= 3 && s_.substr(begin - 3, 3) == "  \n" ? "  \n" : "\n";
  Node* raw = last->last;
  last->end = in_->offset_of(pos_);
  if (!raw || raw->type != Type::RawText) {
    add_text(last, text);
    return true;
  }
  Str before = raw->text;
  const char* end = before.data() + before.size();
  if (!(raw->flags & kOwned) && end + joint.size() == text.data() &&
      Str(end, joint.size()) == joint) {
    raw->text =
        Str(before.data(), before.size() + joint.size() + text.size());  // they are adjacent
  } else {
    extend_text(arena_, raw, joint);
    extend_text(arena_, raw, text);
  }
  return true;
}

}  // namespace meridian::markdown::kramdown
