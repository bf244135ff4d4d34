#include "parser.h"

namespace meridian::markdown::kramdown {

bool Parser::parse_blockquote() {
  std::size_t begin = pos_, end = pos_;
  int lines = 0;
  do {
    end = next_line(end);
    ++lines;
  } while (!lazy_end(end));
  if (!may_nest(lines == 1 ? 0 : end - begin)) return false;

  auto content = [&](std::size_t line) {
    std::size_t mark = skip_indent(line);
    if (peek(mark) != '>') return line;
    return mark + 1 + (peek(mark + 1) == ' ');
  };
  Source inner;
  if (lines == 1) {  // nothing to copy
    inner.set_part(*in_, content(begin), end);
  } else {
    inner.start_copy(arena_, end - begin);
    for (std::size_t line = begin; line < end;) {
      std::size_t next = next_line(line), from = content(line);
      inner.add_line(arena_, between(from, next), in_->offset_of(from));
      line = next;
    }
  }
  pos_ = end;
  Node* quote = add_block(Type::Blockquote, begin);
  parse_blocks(quote, inner);
  return true;
}

}  // namespace meridian::markdown::kramdown
