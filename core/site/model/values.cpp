#include "model/values.h"

#include "model/glob.h"

namespace meridian::site {

void merge_into(Map& merged, const Map& over) {
  for (const Map::Entry& e : over) {
    Value* old = merged.find(e.key);
    if (old && e.value.nil()) continue;
    Value v = e.value;
    if (old && old->map() && v.map()) v = Value(deep_merge(*merged.arena, old->map(), v.map()));
    merged.set(e.key) = v;
  }
}

Map* deep_merge(Arena& arena, const Map* base, const Map* over) {
  Map* merged = make_map(arena);
  for (const Map* from : {base, over})
    if (from) merge_into(*merged, *from);
  return merged;
}

void add_to_group(Map& groups, const Value& name, const Value& item) {
  Value& list = groups.set(name);
  if (list.nil()) list = Value(make_array(*groups.arena));
  list.array()->push(item);
}

Array* words(Arena& arena, Str s) {
  Array* list = make_array(arena);
  for (std::size_t at = 0;;) {
    std::size_t begin = skip(s, at, is_space);
    at = skip(s, begin, [](char c) { return !is_space(c); });
    if (at == begin) return list;
    list->push(slice(s, begin, at));
  }
}

Array* keys_of(Arena& arena, const Map& map) {
  Array* list = make_array(arena);
  for (const Map::Entry& e : map) list->push(e.key);
  return list;
}

Array* unite(Arena& arena, const Array& x, const Array& y) {
  Map all{&arena};
  for (const Value& v : x) all.set(v);
  for (const Value& v : y) all.set(v);
  return keys_of(arena, all);
}

Str ruby_string(Arena& arena, const Value& v) {
  if (!v.array() && !v.map()) return to_str(arena, v);
  Text t;
  inspect(v, t);
  return arena.copy(t.str());
}

bool is_false(const Value& v) { return v.is(Kind::Bool) && !v.b; }

}  // namespace meridian::site
