// Filters on collections.
#include "internal.h"

namespace meridian::liquid {

// ---- what they go over ----------------------------------------------------------------------------------

namespace {
/// False when the render ran out of steps.
bool flatten(Context& c, const Value& v, Array& out, int depth) {
  if (!v.is(Kind::Array) || depth > kMaxDepth) {
    out.push(v);
    return c.count(1);
  }
  for (const Value& item : *v.a)
    if (!flatten(c, item, out, depth + 1)) return false;
  return true;
}
}  // namespace

Array* FilterCall::items() {
  Array* out = make_array(arena);
  switch (input.kind) {
    case Kind::Nil: break;
    case Kind::Array: flatten(context, input, *out, 0); break;
    case Kind::Range:
    case Kind::Drop: {
      Sequence s = sequence(input);
      for (std::uint32_t i = 0; i < s.size && context.count(1); i++) out->push(s.at(arena, i));
      break;
    }
    default: out->push(input);
  }
  return out;
}

Access access(const Value& item, const Value& wanted, Value& out) {
  out = Value();
  Value key = wanted;
  if (key.is(Kind::Float) && !item.is(Kind::Map)) key = saturate(key.d);
  bool number = key.is(Kind::Int);
  switch (item.kind) {
    case Kind::Drop:
    case Kind::Map: index(item, key, out); return Access::Found;
    case Kind::Array: return index(item, key, out) ? Access::Found : Access::TypeError;
    case Kind::String:
      if (number) out = substring(item.str(), key.i, 1);
      if (number && !out.length) out = Value();
      if (key.is_string() && item.str().find(key.str()) != Str::npos) out = key;
      return number || key.is_string() ? Access::Found : Access::TypeError;
    case Kind::Int: return Access::TypeError;  // (a bit, in Ruby, when the key is a number)
    default: return Access::NoBrackets;
  }
}

namespace {
/// Property `key` of an item. False: the filter's result is `result` (an error was raised, or it is nil).
bool property(FilterCall& call, const Value& item, const Value& key, Value& out) {
  switch (access(item, key, out)) {
    case Access::Found: return true;
    case Access::TypeError:
      call.argument_error(say(call.arena, "cannot select the property '$'", to_s(call.arena, key)));
      return false;
    default: return false;
  }
}

// ---- sorting ------------------------------------------------------------------------------------------

struct Sortable {
  Value key, item;
};

struct Order {
  FilterCall& call;

  bool operator()(const Sortable& a, const Sortable& b) const {
    int order;
    if (a.key.nil() || b.key.nil()) return !a.key.nil();  // nil comes last
    if (compare(a.key, b.key, order)) return order < 0;
    call.argument_error("cannot sort values of incompatible types");
    return false;
  }
};
}  // namespace

Value filter_sort(FilterCall& call) {  // sort, sort_natural
  Array* a = call.items();
  bool natural = call.op == 'n', by_property = !call.arg(0).nil();
  Value ignored;
  for (const Value& item : *a)
    if (by_property && access(item, 0, ignored) == Access::NoBrackets) return {};
  auto* list = static_cast<Sortable*>(call.arena.alloc(a->size() * sizeof(Sortable)));
  Sortable* end = list;
  for (const Value& item : *a) {
    Value& key = end->key;
    end++->item = key = item;
    if (by_property && a->size() > 1 && !property(call, item, call.arg(0), key)) return {};
    if (natural && !key.nil()) {
      call.out.truncate(0);
      for (char c : to_s(call.arena, key)) call.out.add(lower(c));
      key = call.text();
    }
  }
  if (call.context.failed()) return {};
  stable_sort(list, a->size(), Order{call});
  for (Value& item : *a) item = list++->item;
  return a;
}

// ---- choosing -----------------------------------------------------------------------------------------

Value filter_select(FilterCall& call) {  // where, compact, uniq, map
  Array *items = call.items(), *out = make_array(call.arena);
  Map* seen = make_map(call.arena);
  bool given = !call.arg(0).nil();
  for (const Value& item : *items) {
    Value v = item;
    bool keep = true;
    switch (call.op) {
      case 'm': property(call, item, call.arg(0), v); break;  // what has no properties becomes nil
      case 'u':
        if (given && items->size() > 1 && !property(call, item, call.arg(0), v)) return {};
        keep = !seen->find(v);
        seen->set(v);
        break;
      case 'c':
        if (given && !property(call, item, call.arg(0), v)) return {};
        keep = !v.nil();
        break;
      default:
        if (!property(call, item, call.arg(0), v)) return {};
        keep = call.arg(1).nil() ? v.truthy() : equal(v, call.arg(1));
    }
    if (keep) out->push(call.op == 'm' ? v : item);
  }
  return out;
}

// ---- putting together ---------------------------------------------------------------------------------

Value filter_reverse(FilterCall& call) {
  Array *a = call.items(), *out = make_array(call.arena);
  for (std::uint32_t i = a->size(); i--;) out->push((*a)[i]);
  return out;
}

Value filter_concat(FilterCall& call) {
  Array* a = call.items();
  if (!call.arg(0).is(Kind::Array)) return call.argument_error("concat filter requires an array argument");
  if (!call.context.count(call.arg(0).a->size())) return {};
  for (const Value& item : *call.arg(0).a) a->push(item);
  return a;
}

Value filter_join(FilterCall& call) {
  Str glue = call.count ? call.arg_str(0) : Str(" "), between;
  for (const Value& item : *call.items()) {
    if (!call.context.fits(call.out.size() + glue.size()) || !call.context.fits_printed(item)) return {};
    call.out.add(between);
    print(item, call.out);
    between = glue;
  }
  return call.text();
}

Value filter_size(FilterCall& call) {
  std::int64_t size;
  return size_of(call.input, size) ? size : 0;
}

Value filter_end(FilterCall& call) {  // first, last
  Value v;
  end_of(call.arena, call.input, call.op == 'l', v);
  return v;
}

}  // namespace meridian::liquid
