// Looking into values, comparing and copying them.
#include "meridian/value.h"

#include "walk.h"

namespace meridian {

void Drop::print_entries(Text& out) {
  if (Map* map = to_map()) meridian::inspect(Value(map), out);
}

Value Value::integer(Str digits) {
  std::size_t sign = !digits.empty() && (digits[0] == '-' || digits[0] == '+');
  Str unsigned_digits = digits.substr(sign);
  while (unsigned_digits.size() > 1 && unsigned_digits[0] == '0') unsigned_digits.remove_prefix(1);
  std::int64_t i = parse_int(digits);  // which stops at the limits
  bool within = i != INT64_MIN && i != INT64_MAX;
  if (within || unsigned_digits == (i < 0 ? "9223372036854775808" : "9223372036854775807"))
    return i;
  Value v(digits[0] == '+' ? unsigned_digits : digits);
  v.utc = true;
  return v;
}

Value get(const Value& v, Str key) {
  if (v.is(Kind::Map)) return v.m->get(key);
  if (v.is(Kind::Drop)) return v.drop->get(key);
  return {};
}

Value dig(const Value& v, Str dotted_path) {
  Value at = v;
  for (;;) {
    std::size_t dot = dotted_path.find('.');
    at = get(at, dotted_path.substr(0, dot));
    if (dot == Str::npos) return at;
    dotted_path.remove_prefix(dot + 1);
  }
}

// ---- equality ----

namespace {
bool is_empty(const Value& v) {
  switch (v.kind) {
    case Kind::String: return v.length == 0;
    case Kind::Array: return v.a->size() == 0;
    case Kind::Map: return v.m->size() == 0;
    default: return false;
  }
}

bool is_blank(const Value& v) {
  if (v.is(Kind::Nil) || (v.is(Kind::Bool) && !v.b)) return true;
  return v.is(Kind::String) ? strip(v.str()).empty() : is_empty(v);
}

/// Whether a value equals Liquid's literal `empty` or `blank`.
bool equals_literal(const Value& literal, const Value& v) {
  return v.kind == literal.kind || (literal.is(Kind::Blank) ? is_blank(v) : is_empty(v));
}

/// Exactly, as Ruby: a large integer must not be rounded to the double first.
bool equal_numbers(double d, std::int64_t i) {
  return d >= -9223372036854775808.0 && d < 9223372036854775808.0 && std::int64_t(d) == i &&
         double(i) == d;
}

bool equal(const Value& a, const Value& b, Walk& walk);

bool equal_arrays(const Array& a, const Array& b, Walk& walk) {
  if (a.size() != b.size()) return false;
  for (std::uint32_t i = 0; i < a.size(); i++)
    if (!equal(a[i], b[i], walk)) return false;
  return true;
}

bool equal_maps(const Map& a, const Map& b, Walk& walk) {
  if (a.size() != b.size()) return false;
  for (const Map::Entry& e : a) {
    Value* other = b.find(e.key);
    if (!other || !equal(e.value, *other, walk)) return false;
  }
  return true;
}

bool equal(const Value& a, const Value& b, Walk& walk) {
  if (a.kind >= Kind::Empty) return equals_literal(a, b);
  if (b.kind >= Kind::Empty) return equals_literal(b, a);
  if (a.is(Kind::Float) && b.is(Kind::Int)) return equal_numbers(a.d, b.i);
  if (a.is(Kind::Int) && b.is(Kind::Float)) return equal_numbers(b.d, a.i);
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::Nil: return true;
    case Kind::Float: return a.d == b.d;
    case Kind::String: work_done += a.length; return a.str() == b.str();
    case Kind::Array:
    case Kind::Map: {
      bool is_map = a.is(Kind::Map);
      if (is_map ? a.m == b.m : a.a == b.a) return true;
      Walk::Level level(walk, is_map ? a.m->size() : a.a->size());
      return level.allowed &&
             (is_map ? equal_maps(*a.m, *b.m, walk) : equal_arrays(*a.a, *b.a, walk));
    }
    default: return a.i == b.i && a.length == b.length;  // the length is a Time's nanoseconds
  }
}

Value copy(Arena& arena, const Value& v, Walk& walk) {
  switch (v.kind) {
    case Kind::String: {
      Value copied = v;
      copied.s = arena.copy(v.str()).data();
      return copied;
    }
    case Kind::Array: {
      Walk::Level level(walk, v.a->size());
      if (!level.allowed) return {};
      Array* array = make_array(arena);
      for (const Value& item : *v.a) array->push(copy(arena, item, walk));
      return array;
    }
    case Kind::Map: {
      Walk::Level level(walk, v.m->size());
      if (!level.allowed) return {};
      Map* map = make_map(arena);
      for (const Map::Entry& e : *v.m)
        map->set(copy(arena, e.key, walk)) = copy(arena, e.value, walk);
      return map;
    }
    default: return v;
  }
}
}  // namespace

bool equal(const Value& a, const Value& b) {
  Walk walk;
  return equal(a, b, walk);
}

Value copy(Arena& arena, const Value& v) {
  Walk walk;
  return copy(arena, v, walk);
}

Array* grow_array(Arena& arena, const List<Value>& first, const List<Value>& second) {
  auto bytes = [](const List<Value>& list) {
    return Str(static_cast<const char*>(list.data), list.size * sizeof(Value));
  };
  Array* made = make_array(arena);
  made->items.data = const_cast<char*>(arena.grow(bytes(first), bytes(second)).data());
  made->items.size = made->items.capacity = first.size + second.size;
  return made;
}

}  // namespace meridian
