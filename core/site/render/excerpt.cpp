// The excerpt of a document: its text up to `excerpt_separator`, with its blocks closed and its
// links defined (Jekyll::Excerpt).
#include "render/renderer.h"

namespace meridian::site {

namespace {
/// `{% tag … %}`s without their ends get them (Excerpt#sanctify_liquid_tags).
void close_blocks(Arena& arena, Str s, Text& head) {
  Map names{&arena};
  List<Str> blocks;
  for (std::size_t at = s.find("{%"); at != Str::npos; at = s.find("{%", at + 2)) {
    std::size_t begin = skip(s, at + 2 + (char_at(s, at + 2) == '-'), is_space);
    Str name = slice(s, begin, skip(s, begin, [](char c) { return is_alnum(c) || c == '_'; }));
    names.set(name) = Value(true);
    if (one_of(name, "if unless case for tablerow capture comment raw highlight ifchanged") >= 0)
      blocks.add(arena, name);
  }
  for (std::uint32_t i = blocks.size; i--;) {
    Str end = arena.join("end", blocks[i]);
    if (!names.find(end)) head.add(arena.join("\n{% ", end, " %}"));
  }
}

/// Names of links may contain brackets. The number of such names is bounded, because each takes a
/// search.
constexpr int kMaxBracketsInside = 100;

/// Link definitions of the rest that the excerpt uses are appended (MKDWN_LINK_REF_REGEX).
void add_definitions(Arena& arena, Str s, Str tail, Text& head) {
  Map used{&arena};
  for (std::size_t at = 0, close; (close = s.find(']', at)) != Str::npos; at = close + 1) {
    Str before = slice(s, at, close);
    std::size_t open = before.rfind('[');
    if (open != Str::npos) used.set(slice(s, at + open, close + 1)) = Value(true);
  }
  int searches = 0;
  auto uses = [&](Str name) {
    return name.rfind('[') ? searches++ < kMaxBracketsInside && s.find(name) != Str::npos
                           : used.find(name) != nullptr;
  };
  Str gap = "\n\n";
  for (Str line; next_piece(tail, '\n', line);) {
    std::size_t open = line.find_first_not_of(' '), close = line.find(']', open);
    if (open > 3 || char_at(line, open) != '[' || close == open + 1 ||
        char_at(line, close + 1) != ':' || close + 2 >= line.size() ||
        !uses(slice(line, open, close + 1)))
      continue;
    head.add(gap);
    head.add(line.substr(open));
    gap = "\n";
  }
}
/// The text that an excerpt is made from (Jekyll::Excerpt#extract_excerpt).
Str excerpt_source(Arena& arena, Str body, Str separator) {
  Str before = body.substr(0, body.find(separator)),
      rest = body.substr(before.size() + separator.size());
  if (rest.empty()) return before;
  Text head;
  head.add(before);
  close_blocks(arena, before, head);
  add_definitions(arena, before, rest, head);
  return arena.copy(head.str());
}
}  // namespace

Str Renderer::excerpt_separator(Document& d) {
  const Value& own = d.data->get("excerpt_separator");
  return own.nil() ? setting("excerpt_separator") : to_str(arena, own);
}

Str Renderer::excerpt_text(Document& d, Arena& into) {
  Str body = body_of(*d.file);
  // jekyll-titles-from-headings makes the excerpts of posts again, without their titles.
  if (d.markdown && d.collection && d.collection->label == "posts") body = without_title(d, body);
  return excerpt_source(into, body, excerpt_separator(d));
}

bool Renderer::make_excerpt(Document& d, Value& out) {
  File& f = *d.file;
  if (f.excerpt_source.text.data() == nullptr) {
    if (f.presence == Presence::Loaded) {
      if (!scan(f)) return false;
      f.excerpt_source.text = excerpt_text(d, f.arena);
    } else if (f.from_manifest && f.excerpt.data()) {
      f.excerpt_source.text = f.excerpt;
    } else {
      need(f.source.path);
      return false;
    }
    f.excerpt_source.path = f.source.path;
    if (!f.excerpt_source.text.data()) f.excerpt_source.text = "";
  }
  // Of a text that is not here the excerpt is in the manifest.
  if (f.presence == Presence::Loaded) depend(f);
  return transform(d, Part::Excerpt, f.excerpt_source.text, out);
}

}  // namespace meridian::site
