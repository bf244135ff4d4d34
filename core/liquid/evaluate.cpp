// Evaluation of expressions, filters and conditions.
#include "internal.h"

namespace meridian::liquid {

// ---- conversions ----

std::int64_t saturate(double d) {
  if (!(d > -9223372036854775808.0)) return d != d ? 0 : INT64_MIN;
  return d < 9223372036854775808.0 ? std::int64_t(d) : INT64_MAX;
}

std::int64_t to_i(const Value& v) {
  switch (v.kind) {
    case Kind::Int:
    case Kind::Time: return v.i;
    case Kind::Float: return saturate(v.d);
    case Kind::String: return parse_int(lstrip(v.str()));
    default: return 0;
  }
}

std::int32_t clamp(std::int64_t i) {
  return std::int32_t(i < INT32_MIN ? INT32_MIN : i > INT32_MAX ? INT32_MAX : i);
}

bool parse_integer(Str text, std::int64_t& out) {
  Str s = strip(text);
  std::size_t used;
  out = parse_int(s, &used);
  return used && used == s.size();
}

bool to_integer(Context& c, const Value& v, std::int64_t& out) {
  if (v.is(Kind::Int))
    out = v.i;
  else if (!parse_integer(v.str(), out))
    c.raise("Liquid::ArgumentError", "invalid integer");
  return !c.failed();
}
bool to_integer(FilterCall& call, const Value& v, std::int64_t& out) {
  return to_integer(call.context, v, out);
}

Value pair(Arena& arena, const Value& key, const Value& value) {
  Array* a = make_array(arena);
  a->push(key);
  a->push(value);
  return a;
}

// ---- collections ----

bool size_of(const Value& v, std::int64_t& size) {
  if (v.is_string()) {
    work_done += std::uint64_t(v.length) * kBytesOfItem;
    size = std::int64_t(count_characters(v.str()));
  } else if (v.is(Kind::Int)) {
    size = 8;  // Ruby's Integer#size counts bytes
  } else if (v.is(Kind::Array) || v.is(Kind::Map) || v.is(Kind::Range)) {
    size = sequence(v).size;
  } else if (v.is(Kind::Drop) && v.drop->get("size").is(Kind::Int)) {
    size = v.drop->get("size").i;
  } else {
    return false;
  }
  return true;
}

Sequence sequence(const Value& v) {
  Sequence s{v};
  switch (v.kind) {
    case Kind::String: s.size = v.length != 0; break;
    case Kind::Array: s.size = v.a->size(); break;
    case Kind::Map: s.size = v.m->size(); break;
    case Kind::Range:
      if (v.range.last >= v.range.first)
        s.size = std::uint32_t(std::int64_t(v.range.last) - v.range.first) + 1;
      break;
    case Kind::Drop:
      if (Array* keys = v.drop->keys()) return sequence(keys);
      if (Map* map = v.drop->to_map()) return sequence(map);
      break;
    default: break;
  }
  return s;
}

Value Sequence::at(Arena& arena, std::uint32_t i) const {
  i = begin + (reversed ? size - 1 - i : i);
  switch (of.kind) {
    case Kind::Array: return (*of.a)[i];
    case Kind::Map: return pair(arena, of.m->begin()[i].key, of.m->begin()[i].value);
    case Kind::Range: return std::int64_t(of.range.first) + i;
    default: return of;
  }
}

void Sequence::cut(std::int64_t from, std::int64_t to) {
  if (of.is_string()) return;  // a string is one item, which no limit removes
  if (from < 0) from = 0;
  if (to > std::int64_t(size)) to = size;
  begin = std::uint32_t(from < to ? from : 0);
  size = std::uint32_t(from < to ? to - from : 0);
}

bool end_of(Arena& arena, const Value& v, bool last, Value& out) {
  if (last ? !v.is(Kind::Array) && !v.is(Kind::Range)
           : !v.is(Kind::Array) && !v.is(Kind::Range) && !v.is(Kind::Map) && !v.is(Kind::Drop))
    return false;
  // Ruby's Enumerable#first has key and value, also of a drop that yields its keys.
  Map* entries = v.is(Kind::Drop) ? v.drop->to_map() : nullptr;
  Sequence s = sequence(entries ? Value(entries) : v);
  out = Value();
  if (v.is(Kind::Range))
    out = last ? v.range.last : v.range.first;
  else if (s.size)
    out = s.at(arena, last ? s.size - 1 : 0);
  return true;
}

bool index(const Value& object, const Value& key, Value& out) {
  out = Value();
  bool number = key.is(Kind::Int);
  if (object.is(Kind::Drop)) {
    if (key.is_string()) out = object.drop->get(key.str());
    return true;
  }
  if (object.is(Kind::Map)) {
    Value* found = object.m->find(key);
    if (found) out = *found;
    return found || number;
  }
  if (!object.is(Kind::Array) || !number) return false;
  std::int64_t size = object.a->size(), i = key.i < 0 ? key.i + size : key.i;
  if (i >= 0 && i < size) out = (*object.a)[std::uint32_t(i)];
  return true;
}

// ---- expressions ----

namespace {
/// Looks up entry `key` of the value so far. False: there is none, which ends the lookup.
bool step(Arena& arena, const Value& object, const Value& key, std::int8_t command, Value& out) {
  if (index(object, key, out)) return true;
  if (command == kSize) {
    std::int64_t size;
    bool has = size_of(object, size);
    out = size;
    return has;
  }
  return command >= 0 && end_of(arena, object, command == kLast, out);
}

/// An end of a range that is not known before: to_i for text and nil, the strict conversion else.
bool range_end(Context& c, const Expression* e, std::int32_t& out) {
  Value v = c.evaluate(e);
  std::int64_t i = to_i(v);
  if (!v.nil() && !v.is_string() && !to_integer(c, v, i)) return false;
  out = clamp(i);
  return true;
}

void undefined(Context& c, const Value& name) {
  if (c.strict_variables)
    c.raise("Liquid::UndefinedVariable",
            format(c.arena(), "undefined variable $", to_str(c.arena(), name)));
}
}  // namespace

Value Context::find(Str name) {
  Value* v = nullptr;
  for (std::uint32_t i = scope_count_; i-- && !v;) v = scopes_[i]->find(name);
  if (!v) v = counters_->find(name);
  if (!v && globals_.is(Kind::Drop)) return globals_.drop->get(name);
  if (!v && globals_.is(Kind::Map)) v = globals_.m->find(name);
  if (v) return *v;
  undefined(*this, name);
  return {};
}

Value Context::lookup(Str expression) { return evaluate(parse_expression(arena_, expression)); }

Value Context::evaluate(const Expression* e) {
  Value v;
  if (!e) return v;
  if (e->op == Expression::Op::Range) {
    std::int32_t first, last;
    if (range_end(*this, e->first, first) && range_end(*this, e->last, last))
      v = Value::make_range(first, last);
    return v;
  }
  if (e->op == Expression::Op::Literal) return e->value;
  v = e->first ? evaluate(e->first) : e->value;
  v = v.is_string() ? find(v.str()) : Value();
  for (const Key* k = e->keys.begin();; k++) {
    if (v.is(Kind::Blank)) v = Str();  // Jekyll's to_liquid of `empty` and `blank`
    if (k == e->keys.end()) return v;
    Value key = k->computed ? evaluate(k->computed) : k->name, object = v;
    if (step(arena_, object, key, k->command, v)) continue;
    undefined(*this, key);
    return {};
  }
}

// ---- filters ----

Value Context::evaluate(const Variable* v) {
  Value value = evaluate(v->expression);
  for (const FilterUse* use = v->filters; use && !failed(); use = use->next)
    value = Internals::filter(*this, *use, value);
  return value;
}

namespace {
/// More arguments than any filter accepts.
constexpr std::uint32_t kMaxArguments = 8;

void wrong_count(Context& c, const Filter& filter, std::uint32_t count) {
  Arena& arena = c.arena();
  Str range = digits(arena, filter.min + 1);
  if (filter.max != filter.min) range = format(arena, "$..$", range, digits(arena, filter.max + 1));
  c.raise("Liquid::ArgumentError", format(arena, "wrong number of arguments (given $, expected $)",
                                          digits(arena, count + 1), range));
}

Value run(Context& c, const Filter& filter, const Value& input, const Value* args,
          std::uint32_t count) {
  FilterCall call{c, c.arena(), filter.op, std::uint8_t(count), input, args};
  bool fits = count >= filter.min && count <= filter.max;
  if (!fits) wrong_count(c, filter, count);
  return fits && c.count(1 + call.input.str().size() / kBytesOfStep) ? filter.run(call)
                                                                     : call.input;
}
}  // namespace

Value Internals::filter(Context& c, const FilterUse& use, const Value& input) {
  Value args[kMaxArguments + 1];  // the last slot receives surplus arguments, which no filter uses
  std::uint32_t count = use.arguments.size;
  for (std::uint32_t i = 0; i < count && i < kMaxArguments; i++)
    new (&args[i]) Value(c.evaluate(use.arguments[i]));
  if (!use.named.empty()) {
    Map* named = make_map(c.arena_);
    for (const NamedArgument& a : use.named) named->set(a.name, c.evaluate(a.value));
    set(args[count < kMaxArguments ? count : kMaxArguments], named);
    count++;
  }
  if (c.failed()) return input;
  if (use.filter) return run(c, *use.filter, input, args, count);
  if (c.strict_filters)
    c.raise("Liquid::UndefinedFilter", format(c.arena_, "undefined filter $", use.name));
  return input;
}

Value Context::call(Str name, const Value& input, const Value* args, std::uint32_t count) {
  const Filter* filter = find_filter(environment_, name);
  return filter ? run(*this, *filter, input, args, count) : input;
}

Str to_s(Arena& arena, const Value& v) {
  if (!v.is(Kind::Array)) return to_str(arena, v);
  Text text;
  inspect(v, text);
  return arena.copy(text.str());
}

const Value& FilterCall::arg(std::uint32_t i) const {
  static const Value kNil;
  return i < count ? args[i] : kNil;
}
Value FilterCall::named(Str name) const {
  return count && arg(count - 1u).is(Kind::Map) ? get(arg(count - 1u), name) : Value();
}
Value FilterCall::text() {
  return context.fits(out.size()) && context.count(0) ? arena.copy(out.str()) : Str();
}
Value FilterCall::argument_error(Str text) { return raise("Liquid::ArgumentError", text); }
Str FilterCall::input_str() { return context.fits_printed(input) ? to_s(arena, input) : Str(); }
Str FilterCall::arg_str(std::uint32_t i) {
  return context.fits_printed(arg(i)) ? to_s(arena, arg(i)) : Str();
}

Value FilterCall::raise(Str type, Str text) {
  if (!context.failed()) context.error.input = input;
  context.raise(type, arena.copy(text));
  return {};
}

// ---- conditions ----

namespace {
int sign(std::int64_t a, std::int64_t b) { return int(a > b) - int(a < b); }

/// `depth` is that of the arrays around the two.
bool compare_at(const Value& a, const Value& b, int& order, int depth) {
  constexpr int kMaxCompared = 16;  // levels of arrays in arrays; deeper ones can't be compared
  order = 0;
  if (a.is_number() && b.is_number()) {
    double x = to_double(a), y = to_double(b);
    if (a.is(Kind::Int) && b.is(Kind::Int))
      order = sign(a.i, b.i);
    else if (!equal(a, b))
      order = x < y ? -1 : 1;
    return x == x && y == y;
  }
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::String:
      work_done += a.length;
      order = a.str().compare(b.str());
      return true;
    case Kind::Date:
    case Kind::Time:
      order = sign(a.i, b.i);
      if (!order) order = sign(a.length, b.length);
      return true;
    case Kind::Array: {
      if (a.a == b.a) return true;
      std::uint32_t n = a.a->size(), m = b.a->size();
      if (depth == kMaxCompared) return false;
      work_done += n;
      for (std::uint32_t i = 0; i < n && i < m; i++)
        if (!compare_at((*a.a)[i], (*b.a)[i], order, depth + 1) || order) return order != 0;
      order = sign(n, m);
      return true;
    }
    default: return equal(a, b);
  }
}
}  // namespace

bool compare(const Value& a, const Value& b, int& order) { return compare_at(a, b, order, 0); }

bool is_empty(const Value& v) {
  std::int64_t size = 1;
  if (v.is_string() || v.is(Kind::Array) || v.is(Kind::Map)) size_of(v, size);
  return !size;
}

namespace {
bool has_order(const Value& v) {
  return v.is_number() || v.is_string() || v.is(Kind::Date) || v.is(Kind::Time);
}

Str class_name(const Value& v) {
  return v.is(Kind::Int)     ? "Integer"
         : v.is(Kind::Float) ? "Float"
         : v.is_string()     ? "String"
         : v.is(Kind::Date)  ? "Date"
                             : "Time";
}

bool ordered(Context& c, std::int8_t op, const Value& a, const Value& b) {
  int order;
  if (!has_order(a) || !has_order(b)) return false;
  if (!compare(a, b, order)) {
    if (a.is_number() && b.is_number()) return false;  // not a number
    // Ruby names a number by its digits, anything else by its class.
    Str other = b.is_number() ? to_str(c.arena(), b) : class_name(b);
    c.raise("Liquid::ArgumentError",
            format(c.arena(), "comparison of $ with $ failed", class_name(a), other));
    return false;
  }
  switch (op) {
    case kLess: return order < 0;
    case kGreater: return order > 0;
    case kAtMost: return order <= 0;
    default: return order >= 0;
  }
}

bool is_literal(const Value& v) { return v.is(Kind::Empty) || v.is(Kind::Blank); }

/// `x == empty` calls Ruby's empty?, `x == blank` ActiveSupport's blank?.
bool same(const Context& c, const Value& a, const Value& b) {
  if (is_literal(b) && !is_literal(a)) return same(c, b, a);
  if (a.is(Kind::Empty)) return is_empty(b);
  if (a.is(Kind::Blank) && (is_literal(b) || !c.environment().knows_blank)) return false;
  return equal(a, b);
}

bool contains(Context& c, const Value& a, const Value& b) {
  if (!b.truthy()) return false;
  switch (a.kind) {
    case Kind::String: return a.str().find(to_s(c.arena(), b)) != Str::npos;
    case Kind::Map: return a.m->find(b) != nullptr;
    case Kind::Range: return b.is_number() && to_i(b) >= a.range.first && to_i(b) <= a.range.last;
    case Kind::Array:
      if (!c.count(a.a->size() / kBytesOfItem)) return false;
      for (const Value& item : *a.a)
        if (equal(item, b)) return true;
      return false;
    default: return false;
  }
}
}  // namespace

namespace {
bool holds(Context& c, const Condition& condition) {
  Value left = c.evaluate(condition.left), right = c.evaluate(condition.right);
  switch (condition.known) {
    case kAlone: return left.truthy();
    case kEqual: return same(c, left, right);
    case kDiffers:
    case kDiffersToo: return !same(c, left, right);
    case kContains: return contains(c, left, right);
    case kUnknown:
      c.raise("Liquid::ArgumentError", format(c.arena(), "Unknown operator $", condition.op));
      return false;
    default: return ordered(c, condition.known, left, right);
  }
}
}  // namespace

bool Context::test(const Condition* condition) {
  for (;; condition = condition->next) {
    bool hit = holds(*this, *condition);
    if (failed() || !condition->next || condition->relation != (hit ? 'a' : 'o')) return hit;
  }
}

}  // namespace meridian::liquid
