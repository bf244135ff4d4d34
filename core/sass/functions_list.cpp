// Functions of lists and maps.
#include "evaluate.h"

namespace meridian::sass {

namespace {
/// An argument as a list: a map as its pairs, any other value as a list of one.
ListNode* as_list(const BuiltInCall& call, int i) {
  if (auto* map = as<MapNode>(call[i])) return pairs(call.context, map, call.at);
  if (auto* list = as<ListNode>(call[i])) return list;
  auto* list = call.make<ListNode>(call.at);
  list->items.add(call.context.arena, call[i]);
  return list;
}

void add(const BuiltInCall& call, ListNode* list, Node* item) {
  list->items.add(call.context.arena, item);
  list->expanded = false;
}

/// Adds an item to a list, in the room behind its items when no other list has taken that: free
/// places are nullptr. So a loop that appends takes linear time.
void append_to(const BuiltInCall& call, ListNode* list, Node* item) {
  List<Node*>& items = list->items;
  if (items.size == items.capacity || items.begin()[items.size]) {
    List<Node*> wider;
    constexpr std::uint32_t kLeast = 4;
    wider.reserve(call.context.arena, items.size < kLeast ? kLeast * 2 : items.size * 2);
    std::memset(wider.data, 0, wider.capacity * sizeof(Node*));
    for (Node* each : items) wider.add(call.context.arena, each);
    items = wider;
  }
  items.begin()[items.size++] = item;
  list->expanded = list->expanded && is_value(item);
}

Node* out_of_bounds(const BuiltInCall& call, const char* what) {
  Text message;
  message.add(what);
  message.add(call.definition->built_in->signature);
  message.add("`");
  return call.fail(message.str(), "check the length with length()");
}

Node* empty_list(const BuiltInCall& call) {
  Text message;
  message.add("argument `$list` of `");
  message.add(call.definition->built_in->signature);
  message.add("` must not be empty");
  return call.fail(message.str(), "check the length with length()");
}

/// The index that `n` means in a list of `count`, from 0; -1 when it has none.
double position(double n, std::uint32_t count) {
  double index = __builtin_floor(n < 0 ? count + n : n - 1);
  return index < 0 || index > double(count) - 1 ? -1 : index;
}

Node* length(const BuiltInCall& call, int) {
  if (auto* selectors = as<SelectorsNode>(call[0]))
    return call.number_node(selectors->list->items.size);
  if (auto* map = as<MapNode>(call[0])) return call.number_node(map->entries.size);
  auto* list = as<ListNode>(call[0]);
  return call.number_node(list ? size_of(list) : 1);
}

Node* nth(const BuiltInCall& call, int) {
  double n = call.value(1);
  auto* selectors = as<SelectorsNode>(call[0]);
  auto* map = as<MapNode>(call[0]);
  ListNode* list = selectors || map ? nullptr : as_list(call, 0);
  if (n == 0 && !selectors)
    return call.fail("argument `$n` of `nth($list, $n)` must be non-zero", "count from 1");
  std::uint32_t count = selectors ? selectors->list->items.size
                        : map     ? map->entries.size
                                  : list->items.size;
  if (!count) return empty_list(call);
  double at = position(n, count);
  if (at < 0) return out_of_bounds(call, "index out of bounds for `");
  auto index = std::uint32_t(at);
  if (selectors) return listize(call.context, selectors->list->items[index]);
  if (map) {
    auto* pair = call.make<ListNode>(call.at);
    add(call, pair, map->entries[index].key);
    add(call, pair, map->entries[index].value);
    return pair;
  }
  Node* value = value_at(list, index);
  set_delayed(value, false);
  return value;
}

Node* set_nth(const BuiltInCall& call, int) {
  ListNode* list = as_list(call, 0);
  Number* n = call.number(1);
  if (list->items.empty()) return empty_list(call);
  double at = position(n->value, list->items.size);
  if (at < 0) return out_of_bounds(call, "index out of bounds for `");
  auto* result = call.make<ListNode>(call.at, list->separator, false, bool(list->bracketed));
  for (std::uint32_t i = 0; i < list->items.size; i++)
    add(call, result, i == at ? call[2] : list->items[i]);
  return result;
}

Node* index(const BuiltInCall& call, int) {
  ListNode* list = as_list(call, 0);
  for (std::uint32_t i = 0; i < list->items.size; i++)
    if (equal(value_at(list, i), call[1])) return call.number_node(i + 1);
  return call.null();
}

/// Reads `space`, `comma` or `auto`.
bool read_separator(const BuiltInCall& call, int i, Separator& separator) {
  Str name = unquote(call.context.arena, call.string(i)->value);
  if (name == "space") separator = Separator::Space;
  if (name == "comma") separator = Separator::Comma;
  bool slash = call.context.dart() && name == "slash";
  if (slash) separator = Separator::Slash;
  if (slash || one_of(name, "space comma auto") >= 0) return true;
  Text message;
  message.add("argument `$separator` of `");
  message.add(call.definition->built_in->signature);
  message.add("` must be `space`, `comma`, or `auto`");
  call.fail(message.str());
  return false;
}

Node* join(const BuiltInCall& call, int) {
  auto *first = as<ListNode>(call[0]), *second = as<ListNode>(call[1]);
  ListNode* with = first ? first : second;
  Separator separator = with ? with->separator : Separator::Space;
  bool bracketed = with && with->bracketed;
  if (as<MapNode>(call[0])) separator = Separator::Comma;
  ListNode *a = as_list(call, 0), *b = as_list(call, 1);
  if (!read_separator(call, 2, separator)) return call.null();
  auto* brackets = as<String>(call[3]);
  if (!brackets || unquote(call.context.arena, brackets->value) != "auto")
    bracketed = !is_false(call[3]);
  auto* result = call.make<ListNode>(call.at, separator, false, bracketed);
  result->items = a->items;
  result->expanded = a->expanded;
  for (Node* item : b->items) append_to(call, result, item);
  return result;
}

Node* append(const BuiltInCall& call, int) {
  ListNode* list;
  if (auto* selectors = as<SelectorsNode>(call[0])) {
    list = as<ListNode>(listize(call.context, selectors->list));
    if (!list) list = call.make<ListNode>(call.at);
  } else {
    list = as_list(call, 0);
  }
  auto* result = call.make<ListNode>(*list);
  if (!read_separator(call, 2, result->separator)) return call.null();
  append_to(call, result, list->arguments ? call.make<Argument>(call[1]->at, call[1]) : call[1]);
  return result;
}

Node* zip(const BuiltInCall& call, int) {
  ListNode* lists = call.list(0);
  List<ListNode*> each;
  std::uint32_t shortest = 0;
  for (std::uint32_t i = 0; i < lists->items.size; i++) {
    Node* value = value_at(lists, i);
    Node* const one[] = {value};
    BuiltInCall of{call.evaluator, call.context, call.caller, one, call.definition, call.at};
    ListNode* list = as_list(of, 0);
    each.add(call.context.arena, list);
    if (!i || list->items.size < shortest) shortest = list->items.size;
  }
  auto* result = call.make<ListNode>(call.at, Separator::Comma);
  for (std::uint32_t i = 0; i < shortest; i++) {
    auto* row = call.make<ListNode>(call.at);
    for (ListNode* list : each) add(call, row, list->items[i]);
    add(call, result, row);
  }
  return result;
}

Node* separator(const BuiltInCall& call, int) {
  auto* list = as<ListNode>(call[0]);
  if (list && list->separator == Separator::Slash) return call.text("slash");
  return call.text(list && list->separator == Separator::Comma ? "comma" : "space");
}

Node* is_bracketed(const BuiltInCall& call, int) {
  auto* list = as<ListNode>(call[0]);
  return call.boolean(list && list->bracketed);
}

// ---- maps ----

Node* map_get(const BuiltInCall& call, int) {
  Node* value = find(call.map(0), call[1]);
  if (!value) return call.null();
  set_delayed(value, false);
  return value;
}

Node* map_has_key(const BuiltInCall& call, int) {
  return call.boolean(find(call.map(0), call[1]) != nullptr);
}

Node* map_items(const BuiltInCall& call, int keys) {
  auto* list = call.make<ListNode>(call.at, Separator::Comma);
  for (const MapNode::Entry& entry : call.map(0)->entries)
    add(call, list, keys ? entry.key : entry.value);
  return list;
}

Node* map_merge(const BuiltInCall& call, int) {
  return merge(call.context, call.at, call.map(0), call.map(1));
}

Node* map_remove(const BuiltInCall& call, int) {
  MapNode* map = call.map(0);
  ListNode* keys = call.list(1);
  auto* result = call.make<MapNode>(call.at);
  for (const MapNode::Entry& entry : map->entries) {
    bool removed = false;
    for (std::uint32_t i = 0; i < keys->items.size && !removed; i++)
      removed = equal(entry.key, value_at(keys, i));
    if (!removed) put(call.context, result, entry.key, entry.value);
  }
  return result;
}

Node* keywords(const BuiltInCall& call, int) {
  ListNode* list = call.list(0);
  auto* result = call.make<MapNode>(call.at);
  for (std::uint32_t i = size_of(list); i < list->items.size; i++) {
    auto* argument = as<Argument>(list->items[i]);
    if (!argument || !argument->name) continue;
    put(call.context, result, call.text(argument->name->name.substr(1)), argument->value);
  }
  return result;
}
}  // namespace

const BuiltIn kListFunctions[] = {
    {"length($list)", length, 0},
    {"nth($list, $n)", nth, 0},
    {"set-nth($list, $n, $value)", set_nth, 0},
    {"index($list, $value)", index, 0},
    {"join($list1, $list2, $separator: auto, $bracketed: auto)", join, 0},
    {"append($list, $val, $separator: auto)", append, 0},
    {"zip($lists...)", zip, 0},
    {"list_separator($list)", separator, 0},
    {"is-bracketed($list)", is_bracketed, 0},
    {nullptr, nullptr, 0}};

const BuiltIn kMapFunctions[] = {
    {"map-get($map, $key)", map_get, 0},       {"map-has-key($map, $key)", map_has_key, 0},
    {"map-keys($map)", map_items, 1},          {"map-values($map)", map_items, 0},
    {"map-merge($map1, $map2)", map_merge, 0}, {"map-remove($map, $keys...)", map_remove, 0},
    {"keywords($args)", keywords, 0},          {nullptr, nullptr, 0}};

}  // namespace meridian::sass
