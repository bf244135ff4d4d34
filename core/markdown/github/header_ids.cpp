#include "header_ids.h"

#include "meridian/text.h"
#include "meridian/value.h"
#include "tree.h"
#include "visit.h"

namespace meridian::markdown {

namespace {

/// A slug that no header has yet. `taken` maps each slug to the number of times that it occurred.
Str unique_slug(Str slug, Map& taken, Arena& arena) {
  Value& seen = taken.set(slug);
  if (seen.nil()) {
    seen = 0;
    return slug;
  }
  std::int64_t number = seen.i;
  Text text;
  do {
    text.truncate(0);
    text.add(slug);
    text.add('-');
    text.add_int(++number);
  } while (taken.find(text.str()));
  Str unique = arena.copy(text.str());
  taken.set(slug) = number;
  taken.set(unique) = 0;
  return unique;
}

}  // namespace

Str header_id(Str text, Arena& arena) {
  IdCounter none;
  return gfm_header_id(arena, strip(text), none);
}

void add_github_header_ids(Tree& tree) {
  Map* taken = make_map(tree.arena);
  Text text;
  for (Node* node = tree.root.first; node; node = next_in_order(node, &tree.root)) {
    if (node->type != Type::Header) continue;
    text.truncate(0);
    add_visible_text(*node, text);
    IdCounter none;  // kramdown's GFM parser makes slugs as GitHub does, but counts repeats in
                     // another way
    Str id = unique_slug(gfm_header_id(tree.arena, strip(text.str()), none), *taken, tree.arena);
    id = tree.arena.join(tree.options.auto_id_prefix, id);
    node->attributes = tree.arena.make<Attribute>(Str("id"), id, node->attributes);
  }
}

}  // namespace meridian::markdown
