// The header ids of kramdown ("Automatic Generation of Header IDs"), by its two rules: the GFM
// parser's and the HTML converter's own.
#include "tree.h"

namespace meridian::markdown {

namespace {
/// Repeats get "-1", "-2", … in the order of the document; repeats are counted by the original id,
/// not by the result.
Str count_repeats(Arena& arena, Str id, IdCounter& counter) {
  if (!counter.used) counter.used = make_map(arena);
  Value& used = counter.used->set(Value(id));
  if (used.nil()) {
    used = Value(0);
    return id;
  }
  used.i += 1;
  Text repeated;
  repeated.add(id);
  repeated.add('-');
  repeated.add_int(used.i);
  return arena.copy(repeated.str());
}
}  // namespace

Str gfm_header_id(Arena& arena, Str text, IdCounter& counter) {
  Text small, id;
  id.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    char c = text[at];
    if (!(c & 0x80)) {
      ++at;
      if (c == ' ' || c == '\t') c = '-';
      if (c == '-' || c == '_' || is_alnum(c)) id.add(lower(c));
      continue;
    }
    std::size_t from = at;
    decode(text, at);
    small.truncate(0);
    add_downcase(small, slice(text, from, at));
    Str s = small.str();
    for (std::size_t i = 0; i < s.size();) {
      from = i;
      if (is_word(decode(s, i))) id.add(slice(s, from, i));
    }
  }
  return count_repeats(arena, arena.copy(id.str()), counter);
}

Str kramdown_id(Arena& arena, Str text) {
  Text id;
  bool line_start = true;  // characters before the first letter of each line are dropped
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\n') line_start = true;
    if (is_alpha(c)) line_start = false;
    if (line_start) continue;
    if (is_alnum(c) || c == '-') id.add(lower(c));
    if (c == ' ') id.add('-');
  }
  return arena.copy(id.str());
}

Str kramdown_header_id(Arena& arena, Str text, IdCounter& counter) {
  Str id = kramdown_id(arena, text);
  return count_repeats(arena, id.empty() ? Str("section") : id, counter);
}

void add_plain_text(Text& out, const Node* node, bool gfm) {
  switch (node->type) {
    case Type::Text:
    case Type::Abbreviation: out.add(node->text); return;
    case Type::CodeSpan:
    case Type::MathSpan:
    case Type::Symbol:
      // `&lt;` and the like are no word characters, so that their printed form does not matter.
      if (gfm && !(node->type == Type::Symbol && starts_with(node->text, "&"))) out.add(node->text);
      return;
    default:
      for (const Node* child = node->first; child; child = child->next)
        add_plain_text(out, child, gfm);
  }
}

}  // namespace meridian::markdown
