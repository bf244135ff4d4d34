#include "parser.h"

namespace meridian::markdown::kramdown {

/// `[^name]: text`, and the indented lines below.
bool Parser::parse_footnote_definition() {
  std::size_t at = skip_indent(pos_);
  if (!starts(at, "[^")) return false;
  std::size_t name_end = skip_id(s_, at + 2);
  if (name_end == at + 2 || !starts(name_end, "]:")) return false;
  std::size_t end = code_block_end(next_line(pos_));
  if (!may_nest(end - pos_)) return false;
  Str name = between(at + 2, name_end);

  BlockText inner;
  copy_lines(inner, name_end + 2, end, false);
  Node* content = make(Type::Item);
  content->begin = in_->offset_of(pos_);
  content->end = in_->offset_of(end);
  pos_ = end;
  parse_blocks(content, inner);
  add_end_of_block(kFootnote);
  entry(footnote_names_, name, tree_.footnotes) = Footnote{name, content};
  return true;
}

int Parser::find_footnote(Str name) {
  Value* index = footnote_names_->find(name);
  return index ? int(index->i) : -1;
}

bool SpanParser::parse_footnote_marker() {
  std::size_t end = skip_id(s_, pos_ + 2);
  if (!starts(pos_, "[^") || end == pos_ + 2 || peek(end) != ']') return false;
  int index = parser_.find_footnote(between(pos_ + 2, end));
  if (index < 0) {
    add_text(end + 1 - pos_);
  } else {
    add(Type::FootnoteReference)->begin = std::uint32_t(index);
    pos_ = end + 1;
  }
  return true;
}

}  // namespace meridian::markdown::kramdown
