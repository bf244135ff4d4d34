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
  std::int64_t i = parse_int(digits);
  bool fits = unsigned_digits.size() < 19;
  if (unsigned_digits.size() == 19) {  // then parse_int may have stopped at the limit
    std::int64_t limit = i < 0 ? INT64_MIN : INT64_MAX;
    Str largest = i < 0 ? "9223372036854775808" : "9223372036854775807";
    fits = i != limit || unsigned_digits == largest;
  }
  if (fits) return i;
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

// ---- equality -------------------------------------------------------------------------------------

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

bool equal_numbers(const Value& a, const Value& b) {
  if (a.is(Kind::Int) && b.is(Kind::Int)) return a.i == b.i;
  if (a.is(Kind::Float) && b.is(Kind::Float)) return a.d == b.d;
  double d = a.is(Kind::Float) ? a.d : b.d;
  std::int64_t i = a.is(Kind::Float) ? b.i : a.i;
  // Exactly, as Ruby: a large integer must not be rounded to the double first.
  return d >= -9223372036854775808.0 && d < 9223372036854775808.0 && std::int64_t(d) == i && double(i) == d;
}

bool equal(const Value& a, const Value& b, Walk& walk) {
  if (a.is(Kind::Empty) || b.is(Kind::Empty)) return a.kind == b.kind || is_empty(a) || is_empty(b);
  if (a.is(Kind::Blank) || b.is(Kind::Blank)) return a.kind == b.kind || is_blank(a) || is_blank(b);
  if (a.is_number() && b.is_number()) return equal_numbers(a, b);
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::Nil: return true;
    case Kind::Bool: return a.b == b.b;
    case Kind::String: return a.str() == b.str();
    case Kind::Time: return a.i == b.i && a.length == b.length;
    case Kind::Array: {
      if (a.a == b.a) return true;
      Walk::Level level(walk);
      if (a.a->size() != b.a->size() || !level.allowed) return false;
      for (std::uint32_t i = 0; i < a.a->size(); i++)
        if (!equal((*a.a)[i], (*b.a)[i], walk)) return false;
      return true;
    }
    case Kind::Map: {
      if (a.m == b.m) return true;
      Walk::Level level(walk);
      if (a.m->size() != b.m->size() || !level.allowed) return false;
      for (const Map::Entry& e : *a.m) {
        Value* other = b.m->find(e.key);
        if (!other || !equal(e.value, *other, walk)) return false;
      }
      return true;
    }
    default: return a.i == b.i;  // dates, ranges, drops
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
      Walk::Level level(walk);
      if (!level.allowed) return {};
      Array* array = make_array(arena);
      for (const Value& item : *v.a) array->push(copy(arena, item, walk));
      return array;
    }
    case Kind::Map: {
      Walk::Level level(walk);
      if (!level.allowed) return {};
      Map* map = make_map(arena);
      for (const Map::Entry& e : *v.m) map->set(copy(arena, e.key, walk)) = copy(arena, e.value, walk);
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

}  // namespace meridian
