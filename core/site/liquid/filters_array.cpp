// where, find, group_by and their _exp forms, sort, push and pop (Jekyll::Filters,
// GroupingFilters).
#include "liquid/drops.h"
#include "liquid/filters.h"

namespace meridian::site {

namespace {
/// The items of Ruby's select, find and group_by: an array's items, a hash's values (its pairs for
/// group_by), a range's numbers. False when the input is none of these.
bool elements(FilterCall& call, Array*& out, bool pairs = false) {
  Value v = call.input;
  if (v.is(Kind::Drop)) {
    Map* m = v.drop->to_map();
    v = m ? Value(m) : Value();
  }
  if ((out = v.array())) return call.context.count(out->size());
  if (v.is(Kind::Range)) return out = call.items(), true;
  Map* m = v.map();
  if (!m) return false;
  out = make_array(call.arena);
  for (const Map::Entry& e : *m) {
    if (!pairs) {
      out->push(e.value);
      continue;
    }
    Array* pair = make_array(call.arena);
    pair->push(e.key);
    pair->push(e.value);
    out->push(Value(pair));
  }
  return call.context.count(out->size());
}

/// Filters#parse_sort_input: text that looks like a number counts as one.
Value as_number(const Value& v) {
  if (!v.is_string()) return v;
  Str s = strip(v.str());
  if (s.empty()) return v;
  std::size_t begin = s[0] == '-', dot = skip(s, begin, is_digit);
  bool decimal = char_at(s, dot) == '.';
  std::size_t end = decimal ? skip(s, dot + 1, is_digit) : dot;
  if (end < s.size() || end - begin == decimal) return v;
  return decimal ? Value(parse_float(s)) : Value(parse_int(s));
}

/// Filters#item_property
Value item_property(FilterCall& call, const Value& item, Str property) {
  if (item.map() || item.is(Kind::Drop)) {
    // read_liquid_attribute: where the path `a.b` ends early, Ruby's `nil.respond_to?(:[]) && …`
    // gives false.
    Value v = item;
    for (Str key; next_piece(property, '.', key);) {
      v = get(v, key);
      if (!property.empty() && (v.nil() || v.is(Kind::Bool))) return Value(false);
    }
    return as_number(v);
  }
  bool answers = item.array() || item.is(Kind::Int);  // to [], though not to a name
  if (!answers && property.find('.') != Str::npos) return Value(false);
  if (item.is_string())
    return item.str().find(property) != Str::npos ? as_number(Value(property)) : Value();
  call.raise(answers ? "TypeError" : "NoMethodError", "the items have no properties");
  return {};
}

/// Whether a text is one of the parts of Ruby's `Array(time)`: second, minute, hour, day, month,
/// year, day of the week and of the year, zone. (Daylight saving time is one, too, which a zone
/// does not tell.)
bool is_part(FilterCall& call, const Time& time, Str wanted) {
  Text text;
  add_strftime(text, time, "%-S %-M %-H %-d %-m %-Y %w %-j %Z", call.context.zone);
  Str parts = text.str();
  for (Str part; next_piece(parts, ' ', part);)
    if (part == wanted) return true;
  return false;
}

/// Filters#compare_property_vs_target
bool has_value(FilterCall& call, const Value& property, const Value& target) {
  if (target.nil()) return property.nil();
  bool literal = target.is(Kind::Empty) || target.is(Kind::Blank);
  Str wanted = literal ? Str() : to_str(call.arena, target);
  if (property.is_string()) return property.str() == wanted;
  if (literal) return property.nil() || to_str(call.arena, property).empty();
  if (Array* list = property.array()) {
    for (const Value& v : *list)
      if (to_str(call.arena, v) == wanted) return true;
    return false;
  }
  if (property.is(Kind::Time)) return is_part(call, property.time(), wanted);
  return !property.nil() && to_str(call.arena, property) == wanted;
}

// Items of all groups: a list has as many groups as templates name properties.
constexpr std::uint32_t kMaxGrouped = 1 << 18;
// What rendering, or reading other documents, may change.
constexpr Name kChanging = "content excerpt output next previous title translations";

/// Adds the item to the group of its value. False for values that are not compared as texts.
bool add_by_value(SiteState& site, Map& groups, const Value& v, const Value& item) {
  if (v.nil()) return true;
  if (!v.is_string() && !v.is(Kind::Int) && !v.is(Kind::Float) && !v.is(Kind::Bool)) return false;
  Str text = to_str(site.arena_, v);
  Value* found = groups.find(text);
  if (!found) {
    found = &groups.set(site.arena_.copy(text));
    *found = Value(make_array(site.arena_));
    keep_groups(site, *found->array());
  }
  Array& group = *found->array();
  if (!group.size() || group[group.size() - 1].drop != item.drop) group.push(item);
  return true;
}

/// The groups of a list that stays, by a property; nullptr where `where` has to look at each item.
Map* groups_of(FilterCall& call, const Array& list, Str property) {
  SiteState& site = request_of(call.context).site;
  const Value* known = site.grouped_ ? site.grouped_->find(key_of(list)) : nullptr;
  if (!known || property.find('.') != Str::npos || one_of(property, kChanging) >= 0) return nullptr;
  Map* made = known->map();
  if (!made) site.grouped_->set(key_of(list)) = Value(made = make_map(site.arena_));
  if (Value* groups = made->find(property)) return groups->map();
  if (site.grouped_items_ + list.size() > kMaxGrouped) return nullptr;
  site.grouped_items_ += list.size();
  Map* groups = make_map(site.arena_);
  bool plain = true;
  for (const Value& item : list) {
    Value v = item_property(call, item, property);
    Array* values = v.array();
    for (std::uint32_t i = 0; values && i < values->size(); i++)
      plain = plain && add_by_value(site, *groups, (*values)[i], item);
    plain = plain && (values || add_by_value(site, *groups, v, item));
  }
  made->set(site.arena_.copy(property)) = plain ? Value(groups) : Value();
  return plain ? groups : nullptr;
}

Value first_or_all(Array* list, bool one) {
  return !one ? Value(list) : list->size() ? (*list)[0] : Value();
}

Value grouped(FilterCall& call, const Map& groups) {
  Array* list = make_array(call.arena);
  for (const Map::Entry& e : groups) {
    Map* group = make_map(call.arena);
    group->set("name", e.key);
    group->set("items", e.value);
    group->set("size", Value(std::int64_t(e.value.array()->size())));
    list->push(Value(group));
  }
  return Value(list);
}

/// The key of `<=>`: a document's date, then its path; else the value itself.
Value rank(Arena& arena, const Value& v) {
  if (!v.is(Kind::Drop) || get(v, "collection").nil()) return v;
  Array* keys = make_array(arena);
  keys->push(get(v, "date"));
  keys->push(get(v, "path"));
  return Value(keys);
}
}  // namespace

Value filter_select(FilterCall& call) {
  bool by_expression = call.op & kByExpression, groups = call.op & kGroups,
       first = call.op & kFirst;
  const Value &property = call.arg(0), &target = call.arg(1);
  Array* from = call.input.array();
  if (!groups && !by_expression && (!property.truthy() || target.array() || target.map()))
    return call.input;
  bool literal = target.nil() || target.is(Kind::Empty) || target.is(Kind::Blank);
  if (from && !groups && !by_expression && !literal)
    if (Map* by_value = groups_of(call, *from, call.arg_str(0))) {
      Array* group = by_value->get(to_str(call.arena, target)).array();
      return call.context.count(1) ? first_or_all(group ? group : make_array(call.arena), first)
                                   : Value();
    }
  if (!elements(call, from, groups)) return call.input;
  Str key = call.arg_str(0);
  liquid::Error error;
  const liquid::Condition* condition = nullptr;
  const liquid::Variable* variable = nullptr;
  if (by_expression) {
    if (!target.is_string())
      return call.raise("TypeError", "the filter takes an expression in quotes");
    if (groups)
      variable = liquid::parse_variable(call.arena, call.context.environment(), call.arg_str(1));
    else if (!(condition = liquid::parse_condition(call.arena, call.arg_str(1), error)))
      return call.raise(error.type, error.text);
    if (!call.context.push()) return {};
  }
  Array* kept = make_array(call.arena);
  Map named{&call.arena};
  for (const Value& item : *from) {
    if (!call.context.count(0)) break;
    Value v;
    if (by_expression) {
      call.context.set(key, item);
      v = condition ? Value(call.context.test(condition)) : call.context.evaluate(variable);
    } else {
      v = item_property(call, item, key);
    }
    if (call.context.failed()) break;
    if (groups) {
      add_to_group(named, by_expression ? v : Value(ruby_string(call.arena, v)), item);
    } else if (by_expression ? v.truthy() : has_value(call, v, target)) {
      kept->push(item);
      if (first) break;
    }
  }
  if (by_expression) call.context.pop();
  if (groups) return grouped(call, named);
  return first_or_all(kept, first);
}

Value filter_sort(FilterCall& call) {
  if (call.input.nil()) return call.argument_error("Cannot sort a null object.");
  bool by_property = !call.arg(0).nil();
  Str key = call.arg_str(0), nils = call.count > 1 ? call.arg_str(1) : Str("first");
  if (by_property && nils != "first" && nils != "last")
    return call.argument_error(
        call.arena.join("Invalid nils order: '", nils,
                        "' is not a valid nils order. It must be 'first' or 'last'."));
  Array* from;
  if (!elements(call, from, true)) return call.raise("NoMethodError", "undefined method `sort'");
  struct Item {
    Value by, item;
  };
  List<Item> items;
  for (const Value& v : *from) {
    items.add(call.arena, {by_property ? item_property(call, v, key) : rank(call.arena, v), v});
    if (call.context.failed()) return {};
  }
  bool comparable = true;
  int nil_way = nils == "first" ? -1 : 1;
  stable_sort(items.begin(), items.size, [&](const Item& x, const Item& y) {
    int way = 0;
    if (!call.context.count(0)) return false;
    if (by_property && x.by.nil() != y.by.nil()) return (x.by.nil() ? nil_way : -nil_way) < 0;
    if (liquid::compare(x.by, y.by, way)) return way < 0;
    if (by_property) return ruby_string(call.arena, x.by) < ruby_string(call.arena, y.by);
    comparable = comparable && x.by.nil() && y.by.nil();
    return false;
  });
  if (!comparable) return call.argument_error("values of different kinds can't be compared");
  Array* sorted = make_array(call.arena);
  for (const Item& i : items) sorted->push(i.item);
  return Value(sorted);
}

Value filter_mutate(FilterCall& call) {  // push, unshift, pop, shift
  Array* from = call.input.array();
  if (!from) return call.input;
  if (!call.context.count(1)) return {};
  if (call.op == 'p' || call.op == 'u') {
    Array* one = make_array(call.arena);
    one->push(call.arg(0));
    return call.op == 'p' ? grow_array(call.arena, from->items, one->items)
                          : grow_array(call.arena, one->items, from->items);
  }
  std::int64_t count = 1;
  if (call.count && !liquid::to_integer(call, call.arg(0), count)) return {};
  if (count < 0) return call.argument_error("negative array size");
  std::uint32_t size = from->size(), left = count < size ? size - std::uint32_t(count) : 0;
  // A part of the items, which nobody changes.
  Array* made = make_array(call.arena);
  made->items.data = from->begin() + (call.op == 's' ? size - left : 0);
  made->items.size = made->items.capacity = left;
  return Value(made);
}

Value filter_sample(FilterCall& call) {
  Array* from = call.input.array();
  if (!from) return call.input;
  std::int64_t count = call.arg(0).is(Kind::Int) ? call.arg(0).i : 1;
  // Jekyll samples at random in each build; here the time of the build decides, so that equal
  // inputs give equal pages.
  std::uint64_t seed =
      std::uint64_t(call.context.now.seconds) * 6364136223846793005u + 1442695040888963407u;
  Array* drawn = make_array(call.arena);
  List<Value> rest;
  for (const Value& v : *from) rest.add(call.arena, v);
  while (rest.size && std::int64_t(drawn->size()) < count) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    std::uint32_t i = std::uint32_t((seed >> 33) % rest.size);
    drawn->push(rest[i]);
    rest[i] = rest.back();
    rest.size--;
  }
  return count == 1 ? first_or_all(drawn, true) : Value(drawn);
}

Value filter_sentence(FilterCall& call) {  // array_to_sentence_string
  Array* list = call.input.array();
  if (call.input.map() && call.input.m->size() < 2) return Value("");  // hash[0] is nil
  if (!list) return call.raise("NoMethodError", "the filter takes an array");
  Str connector = call.count ? call.arg_str(0) : Str("and");
  std::uint32_t n = list->size();
  for (std::uint32_t i = 0; i < n; i++) {
    if (i) call.out.add(n == 2 ? " " : ", ");
    if (i && i + 1 == n) call.out.add(connector), call.out.add(' ');
    if (!call.context.fits_printed((*list)[i])) return {};
    call.out.add(ruby_string(call.arena, (*list)[i]));
  }
  return call.text();
}

}  // namespace meridian::site
