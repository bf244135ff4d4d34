#include "parser.h"

namespace meridian::markdown::kramdown {

/// Behind the mark of a quote at the start of a line, if there is one.
std::size_t Parser::quote_content(std::size_t line) const {
  std::size_t mark = skip_indent(line);
  if (peek(mark) != '>') return line;
  return mark + 1 + (peek(mark + 1) == ' ');
}

/// Makes a text of the lines from `line` to `end`, without the marks of a quote or else without
/// indentation.
void Parser::copy_lines(BlockText& inner, std::size_t line, std::size_t end, bool quote) {
  inner.start_copy(arena_, end - line);
  while (line < end) {
    std::size_t next = next_line(line),
                from = quote ? quote_content(line) : without_indentation(line);
    inner.add_line(arena_, between(from, next), in_->offset_of(from));
    line = next;
  }
}

bool Parser::parse_blockquote() {
  std::size_t begin = pos_, line = next_line(pos_), end = line;
  // Each line of a quote that did not fit may be the begin of one that ends there, too.
  if (unfit_.begin() == s_.begin() && begin < unfit_.size() && unfit_.size() <= s_.size())
    end = unfit_.size();
  else
    while (!lazy_end(end)) end = next_line(end);
  if (!may_nest(end == line ? 0 : end - begin)) {
    unfit_ = s_.substr(0, end);
    return false;
  }

  BlockText inner;
  if (end == line) {  // nothing to copy
    inner.set_part(*in_, quote_content(begin), end);
  } else {
    copy_lines(inner, begin, end, true);
  }
  pos_ = end;
  Node* quote = add_block(Type::Blockquote, begin);
  parse_blocks(quote, inner);
  return true;
}

}  // namespace meridian::markdown::kramdown
