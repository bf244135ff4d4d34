// Filters on collections.
#include "internal.h"

namespace meridian::liquid {

// ---- iteration ----

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
  if (input.is(Kind::Range) || input.is(Kind::Drop)) {
    Sequence s = sequence(input);
    for (std::uint32_t i = 0; i < s.size && context.count(1); i++) out->push(s.at(arena, i));
  } else if (!input.nil()) {
    flatten(context, input, *out, 0);
  }
  // Checked first, so that no excessive input is copied.
  return context.failed() ? make_array(arena) : out;
}

namespace {
/// Whether Ruby's class of `v` has `[]`.
bool has_brackets(const Value& v) {
  return v.is(Kind::Drop) || v.is(Kind::Map) || v.is(Kind::Array) || v.is_string() ||
         v.is(Kind::Int);
}

/// Property `wanted` of an item. False: the filter's result is nil (after an error, or where
/// nothing has properties).
bool property(FilterCall& call, const Value& item, const Value& wanted, Value& out) {
  out = Value();
  if (!has_brackets(item)) return false;
  Value key = wanted;
  if (key.is(Kind::Float) && !item.is(Kind::Map)) key = saturate(key.d);
  if (item.is_string()) {
    if (key.is(Kind::Int)) {
      Str character = substring(item.str(), key.i, 1);
      if (!character.empty()) out = character;
      return true;
    }
    if (key.is_string()) {
      if (item.str().find(key.str()) != Str::npos) out = key;
      return true;
    }
  } else if (!item.is(Kind::Int) &&
             (index(item, key, out) || !item.is(Kind::Array))) {  // (of an Int Ruby returns a bit)
    return true;
  }
  call.argument_error(
      format(call.arena, "cannot select the property '$'", to_s(call.arena, wanted)));
  return false;
}

// ---- sorting ----

struct Sortable {
  Value key, item;
};

struct Order {
  FilterCall& call;

  bool operator()(const Sortable& a, const Sortable& b) const {
    int order;
    if (!call.context.count(0) || a.key.nil() || b.key.nil()) return !a.key.nil();  // nil is last
    if (compare(a.key, b.key, order)) return order < 0;
    call.argument_error("cannot sort values of incompatible types");
    return false;
  }
};
}  // namespace

Value filter_sort(FilterCall& call) {  // sort, sort_natural
  Array* a = call.items();
  bool natural = call.op == 'n', by_property = !call.arg(0).nil();
  for (const Value& item : *a)
    if (by_property && !has_brackets(item)) return {};
  auto* list = static_cast<Sortable*>(call.arena.alloc(a->size() * sizeof(Sortable)));
  Sortable* end = list;
  for (const Value& item : *a) {
    Value& key = end->key;
    end++->item = key = item;
    if (by_property && a->size() > 1 && !property(call, item, call.arg(0), key)) return {};
    if (natural && !key.nil()) {
      if (!call.context.fits_printed(key)) return {};
      call.out.truncate(0);
      for (char c : to_s(call.arena, key)) call.out.add(lower(c));
      new (&key) Value(call.text());
    }
  }
  if (call.context.failed()) return {};
  stable_sort(list, a->size(), Order{call});
  for (Value& item : *a) item = list++->item;
  return a;
}

// ---- choosing ----

Value filter_map(FilterCall& call) {
  Array *items = call.items(), *out = make_array(call.arena);
  for (const Value& item : *items) {
    if (!call.context.count(0)) return {};
    Value v = item;
    property(call, item, call.arg(0), v);  // an item without properties becomes nil
    out->push(v);
  }
  return out;
}

namespace {
/// The items for which `keep(item, kept)` sets `kept`, in their order; nil when it returns false.
template <class Keep>
Value select(FilterCall& call, Array* items, Keep keep) {
  Array* out = make_array(call.arena);
  for (const Value& item : *items) {
    bool kept = false;
    if (!call.context.count(0) || !keep(item, kept)) return {};
    if (kept) out->push(item);
  }
  return out;
}
}  // namespace

Value filter_where(FilterCall& call) {
  return select(call, call.items(), [&](const Value& item, bool& kept) {
    Value v = item;
    if (!property(call, item, call.arg(0), v)) return false;
    kept = call.arg(1).nil() ? v.truthy() : equal(v, call.arg(1));
    return true;
  });
}

Value filter_compact(FilterCall& call) {
  bool given = !call.arg(0).nil();
  return select(call, call.items(), [&](const Value& item, bool& kept) {
    Value v = item;
    if (given && !property(call, item, call.arg(0), v)) return false;
    kept = !v.nil();
    return true;
  });
}

Value filter_uniq(FilterCall& call) {
  Array* items = call.items();
  Map* seen = make_map(call.arena);
  bool given = !call.arg(0).nil() && items->size() > 1;
  return select(call, items, [&](const Value& item, bool& kept) {
    Value v = item;
    if (given && !property(call, item, call.arg(0), v)) return false;
    kept = !seen->find(v);
    seen->set(v);
    return true;
  });
}

// ---- putting together ----

Value filter_reverse(FilterCall& call) {
  Array *a = call.items(), *out = make_array(call.arena);
  for (std::uint32_t i = a->size(); i--;) out->push((*a)[i]);
  return out;
}

Value filter_concat(FilterCall& call) {
  Array *a = call.input.array(), *added = call.arg(0).array();
  bool flat = a;
  for (std::uint32_t i = 0; flat && i < a->size(); i++) flat = !(*a)[i].is(Kind::Array);
  if (!flat)
    a = call.items();
  else if (!call.context.count(a->size()))
    return {};
  if (!added) return call.argument_error("concat filter requires an array argument");
  if (!call.context.count(added->size())) return {};
  return grow_array(call.arena, a->items, added->items);
}

Value filter_join(FilterCall& call) {
  Str glue = call.count ? call.arg_str(0) : Str(" "), between;
  for (const Value& item : *call.items()) {
    if (!call.context.fits(call.out.size() + glue.size()) || !call.context.fits_printed(item))
      return {};
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
