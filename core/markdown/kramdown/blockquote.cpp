#include "parser.h"

namespace meridian::markdown::kramdown {

bool Parser::parse_blockquote() {
  std::size_t begin = pos_, end = pos_;
  int lines = 0;
  do {
    end = line_end(s_, end);
    ++lines;
  } while (!lazy_end(end));
  if (!may_nest(lines == 1 ? 0 : end - begin)) return false;

  auto content = [&](std::size_t line) {
    std::size_t mark = skip_spaces(s_, line, 3);
    if (peek(s_, mark) != '>') return line;
    return mark + 1 + (peek(s_, mark + 1) == ' ');
  };
  Source inner;
  if (lines == 1) {  // nothing to copy
    std::size_t from = content(begin);
    inner.text = slice(s_, from, end);
    inner.origins = in_->origins;
    inner.origin_count = in_->origin_count;
    inner.base = in_->base + std::uint32_t(from);
  } else {
    auto* data = static_cast<char*>(arena_.alloc(end - begin));
    auto* origins = static_cast<Origin*>(arena_.alloc(sizeof(Origin) * std::size_t(lines)));
    std::size_t size = 0;
    for (std::size_t line = begin; line < end;) {
      std::size_t next = line_end(s_, line), from = content(line);
      origins[inner.origin_count++] = Origin{std::uint32_t(size), in_->offset_of(from)};
      std::memcpy(data + size, s_.data() + from, next - from);
      size += next - from;
      line = next;
    }
    inner.text = Str(data, size);
    inner.origins = origins;
  }
  pos_ = end;
  Node* quote = add_block(Type::Blockquote, begin);
  parse_blocks(quote, inner);
  return true;
}

}  // namespace meridian::markdown::kramdown
