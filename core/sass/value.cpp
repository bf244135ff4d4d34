#include "value.h"

namespace meridian::sass {

bool is_false(const Node* node) {
  if (auto* boolean = as<Boolean>(node)) return !boolean->value;
  return node->kind == Kind::Null;
}

bool is_invisible(const Node* node) {
  switch (node->kind) {
    case Kind::Null: return true;
    case Kind::String:
    case Kind::Quoted: {
      auto* text = as<String>(node);
      return text->value.empty() && !text->quote;
    }
    case Kind::List: return as<ListNode>(node)->items.empty() && !as<ListNode>(node)->bracketed;
    case Kind::Map: return as<MapNode>(node)->entries.empty();
    default: return false;
  }
}

void set_delayed_within(Node* node, bool delayed) {
  if (auto* binary = as<Binary>(node)) {
    set_delayed(binary->right, delayed);
    set_delayed(binary->left, delayed);
  } else if (auto* argument = as<Argument>(node)) {
    if (argument->value) set_delayed(argument->value, delayed);
  } else if (auto* arguments = as<Arguments>(node)) {
    for (Argument* item : arguments->items) set_delayed(item, delayed);
  }
}

void evaluate_parts_again(Node* value) {
  auto is_value = [](const Node* part) {
    return part->kind < Kind::Schema &&
           (part->expanded || !(as<ListNode>(part) || as<MapNode>(part)));
  };
  bool same = value->expanded;
  if (auto* list = as<ListNode>(value)) {
    work_done += list->items.size * kBytesOfItem;
    for (const Node* item : list->items) same = same && is_value(item);
  } else if (auto* map = as<MapNode>(value)) {
    work_done += map->entries.size * kBytesOfItem;
    for (const MapNode::Entry& entry : map->entries)
      same = same && is_value(entry.key) && is_value(entry.value);
  }
  value->expanded = same;
}

bool is_left_interpolant(const Node* node) {
  if (auto* schema = as<Schema>(node))
    return !schema->parts.empty() && is_left_interpolant(schema->parts[0]);
  if (node->interpolant) return true;
  auto* binary = as<Binary>(node);
  return binary && is_left_interpolant(binary->left);
}

bool is_right_interpolant(const Node* node) {
  if (auto* schema = as<Schema>(node))
    return !schema->parts.empty() && is_right_interpolant(schema->parts.back());
  if (node->interpolant) return true;
  auto* binary = as<Binary>(node);
  return binary && is_right_interpolant(binary->right);
}

bool has_interpolant(const Node* node) {
  if (node->kind != Kind::Binary) return node->interpolant;
  return is_left_interpolant(node) || is_right_interpolant(node);
}

// ---- equality ----

namespace {
bool equal_lists(const ListNode* a, const ListNode* b) {
  if (a == b) return true;
  if (a->items.size != b->items.size || a->separator != b->separator ||
      a->bracketed != b->bracketed)
    return false;
  for (std::uint32_t i = 0; i < a->items.size; i++)
    if (!equal(b->items[i], a->items[i])) return false;
  return true;
}

bool equal_maps(const MapNode* a, const MapNode* b) {
  if (a == b) return true;
  if (a->entries.size != b->entries.size) return false;
  for (const MapNode::Entry& entry : a->entries) {
    Node* other = find(b, entry.key);
    if (!other || !equal(other, entry.value)) return false;
  }
  return true;
}

template <class T>
std::uint64_t bits(T value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  return bits;
}

void mix(std::uint64_t& hash, std::uint64_t more) {
  hash = (hash ^ more) * 0x9E3779B97F4A7C15ull;
  hash ^= hash >> 29;
}

void mix(std::uint64_t& hash, double value) { mix(hash, bits(value == 0 ? 0.0 : value)); }
}  // namespace

bool equal(const Node* a, const Node* b) {
  Level level;
  if (budget.exhausted()) return false;
  switch (a->kind) {
    case Kind::Null: return b->kind == Kind::Null;
    case Kind::Boolean:
      return b->kind == Kind::Boolean && as<Boolean>(a)->value == as<Boolean>(b)->value;
    case Kind::Number: return b->kind == Kind::Number && equal(as<Number>(a), as<Number>(b));
    case Kind::Rgba: {
      auto *x = as<Rgba>(a), *y = as<Rgba>(b);
      return y && x->red == y->red && x->green == y->green && x->blue == y->blue &&
             x->alpha == y->alpha;
    }
    case Kind::Hsla: {
      auto *x = as<Hsla>(a), *y = as<Hsla>(b);
      return y && x->hue == y->hue && x->saturation == y->saturation &&
             x->lightness == y->lightness && x->alpha == y->alpha;
    }
    case Kind::String:
    case Kind::Quoted: {
      auto* other = as<String>(b);
      return other && as<String>(a)->value == other->value;
    }
    case Kind::List: return b->kind == Kind::List && equal_lists(as<ListNode>(a), as<ListNode>(b));
    case Kind::Map: return b->kind == Kind::Map && equal_maps(as<MapNode>(a), as<MapNode>(b));
    case Kind::Function: {
      auto *x = as<FunctionNode>(a), *y = as<FunctionNode>(b);
      return y && x->definition == y->definition && x->css == y->css;
    }
    case Kind::Selectors: {
      auto* other = as<SelectorsNode>(b);
      return other && equal(as<SelectorsNode>(a)->list, other->list);
    }
    case Kind::Argument: {
      auto *x = as<Argument>(a), *y = as<Argument>(b);
      return y && x->name == y->name && equal(x->value, y->value);
    }
    case Kind::Binary: {
      auto *x = as<Binary>(a), *y = as<Binary>(b);
      return y && x->op.op == y->op.op && equal(x->left, y->left) && equal(x->right, y->right);
    }
    case Kind::Call: {
      // Calculations.
      auto *x = as<Call>(a), *y = as<Call>(b);
      return y && x->name == y->name && equal(x->arguments, y->arguments);
    }
    case Kind::Arguments: {
      auto *x = as<Arguments>(a), *y = as<Arguments>(b);
      if (!y || x->items.size != y->items.size) return false;
      for (std::uint32_t i = 0; i < x->items.size; i++)
        if (!equal(x->items[i], y->items[i])) return false;
      return true;
    }
    default: return false;
  }
}

std::uint64_t hash(const Node* node) {
  Level level;
  std::uint64_t h = std::uint64_t(node->kind) + 1;
  if (budget.exhausted()) return h;
  switch (node->kind) {
    case Kind::Boolean: mix(h, std::uint64_t(as<Boolean>(node)->value)); break;
    case Kind::Number: {
      auto* number = as<Number>(node);
      mix(h, number->value);
      if (!number->units) break;
      for (Str unit : number->units->numerators) mix(h, fnv1a(unit));
      mix(h, std::uint64_t(1));
      for (Str unit : number->units->denominators) mix(h, fnv1a(unit));
      break;
    }
    case Kind::Rgba: {
      auto* color = as<Rgba>(node);
      for (double value : {color->alpha, color->red, color->green, color->blue}) mix(h, value);
      break;
    }
    case Kind::Hsla: {
      auto* color = as<Hsla>(node);
      for (double value : {color->alpha, color->hue, color->saturation, color->lightness})
        mix(h, value);
      break;
    }
    case Kind::String:
    case Kind::Quoted: return fnv1a(as<String>(node)->value);
    case Kind::List:
      mix(h, std::uint64_t(as<ListNode>(node)->separator) * 2 + as<ListNode>(node)->bracketed);
      for (Node* item : as<ListNode>(node)->items) mix(h, hash(item));
      break;
    case Kind::Map:
      for (const MapNode::Entry& entry : as<MapNode>(node)->entries) {
        mix(h, entry.hash);
        mix(h, hash(entry.value));
      }
      break;
    case Kind::Selectors: mix(h, hash(as<SelectorsNode>(node)->list)); break;
    case Kind::Argument:
      if (as<Argument>(node)->name) mix(h, as<Argument>(node)->name->hash);
      mix(h, hash(as<Argument>(node)->value));
      break;
    case Kind::Binary:
      mix(h, std::uint64_t(as<Binary>(node)->op.op));
      mix(h, hash(as<Binary>(node)->left));
      mix(h, hash(as<Binary>(node)->right));
      break;
    default: break;
  }
  return h;
}

Str type_of(const Node* node) {
  switch (node->kind) {
    case Kind::Null: return "null";
    case Kind::Boolean: return "bool";
    case Kind::Number: return "number";
    case Kind::Rgba:
    case Kind::Hsla: return "color";
    case Kind::Selectors:
    case Kind::List: {
      auto* list = as<ListNode>(node);
      return list && list->arguments ? "arglist" : "list";
    }
    case Kind::Map: return "map";
    case Kind::Function: return "function";
    case Kind::Call: return "calculation";
    default: return "string";
  }
}

// ---- lists and maps ----

std::uint32_t size_of(const ListNode* list) {
  if (list->arguments)
    for (std::uint32_t i = 0; i < list->items.size; i++) {
      auto* argument = as<Argument>(list->items[i]);
      if (argument && argument->name) return i;
    }
  return list->items.size;
}

Node* value_at(const ListNode* list, std::uint32_t index) {
  Node* item = list->items[index];
  auto* argument = list->arguments ? as<Argument>(item) : nullptr;
  return argument ? argument->value : item;
}

namespace {
/// Entries up to which a map is searched one by one.
constexpr std::uint32_t kFewEntries = 8;

/// Of hashes whose low bits are alike, as those of whole numbers, too.
std::uint32_t first_slot(std::uint64_t h) { return std::uint32_t((h * 0x9E3779B97F4A7C15u) >> 32); }

MapNode::Entry* find_entry(const MapNode* map, const Node* key, std::uint64_t h) {
  auto is = [key, h](const MapNode::Entry& entry) {
    return entry.hash == h && equal(entry.key, key);
  };
  if (map->slots.empty()) {
    for (MapNode::Entry& entry : map->entries)
      if (is(entry)) return &entry;
    return nullptr;
  }
  std::uint32_t mask = map->slots.size - 1;
  for (std::uint32_t i = first_slot(h) & mask; map->slots[i]; i = (i + 1) & mask) {
    std::uint32_t number = map->slots[i] - 1;  // perhaps of a map that has grown from this one
    if (number < map->entries.size && is(map->entries[number])) return &map->entries[number];
  }
  return nullptr;
}

void add_slot(MapNode* map, std::uint32_t entry) {
  std::uint32_t mask = map->slots.size - 1;
  std::uint32_t i = first_slot(map->entries[entry].hash) & mask;
  while (map->slots[i]) i = (i + 1) & mask;
  map->slots[i] = entry + 1;
}
}  // namespace

Node* find(const MapNode* map, const Node* key) {
  MapNode::Entry* entry = find_entry(map, key, hash(key));
  return entry ? entry->value : nullptr;
}

void put(Context& context, MapNode* map, Node* key, Node* value) {
  work_done += 2 * kBytesOfStep;
  std::uint64_t h = hash(key);
  if (MapNode::Entry* entry = find_entry(map, key, h)) {
    if (!map->duplicate) map->duplicate = key;
    entry->value = value;
    return;
  }
  map->expanded = false;
  map->entries.add(context.arena, {key, value, h});
  std::uint32_t count = map->entries.size;
  if (count <= kFewEntries) return;
  if (count * 2 <= map->slots.size) return add_slot(map, count - 1);
  std::uint32_t size = 32;
  while (size < count * 4) size *= 2;
  map->slots = with_room<std::uint32_t>(context.arena, size);
  while (map->slots.size < size) map->slots.add(context.arena, 0);
  for (std::uint32_t i = 0; i < count; i++) add_slot(map, i);
}

MapNode* merge(Context& context, const Place& at, const MapNode* a, const MapNode* b) {
  auto* result = context.arena.make<MapNode>(at);
  result->entries = a->entries;
  result->slots = a->slots;
  List<MapNode::Entry>& entries = result->entries;
  std::uint32_t count = a->entries.size + b->entries.size;
  // In the room behind the entries when no other map has taken that: free ones have no key. So a
  // loop that adds keys takes linear time.
  bool has_room =
      count <= entries.capacity && count * 2 <= a->slots.size && !entries.begin()[entries.size].key;
  for (const MapNode::Entry& entry : b->entries)
    has_room = has_room && !find_entry(a, entry.key, entry.hash);
  bool same = a->expanded;
  for (const MapNode::Entry& entry : b->entries) {
    same = same && is_value(entry.key) && is_value(entry.value);
    if (!has_room) continue;
    entries.begin()[entries.size++] = entry;
    add_slot(result, entries.size - 1);
  }
  if (!has_room) {
    result->slots = {};
    entries = {};
    entries.reserve(context.arena, count * 2);
    std::memset(static_cast<void*>(entries.data), 0, entries.capacity * sizeof(MapNode::Entry));
    for (const MapNode* map : {a, b})
      for (const MapNode::Entry& entry : map->entries) put(context, result, entry.key, entry.value);
    result->duplicate = nullptr;
  }
  result->expanded = same;
  return result;
}

bool is_value(const Node* node) {
  return is_plain(node) || node->expanded || (node->kind == Kind::Quoted && !node->delayed);
}

ListNode* pairs(Context& context, const MapNode* map, const Place& at) {
  auto* list = context.arena.make<ListNode>(at, Separator::Comma);
  for (const MapNode::Entry& entry : map->entries) {
    auto* pair = context.arena.make<ListNode>(at);
    pair->items.add(context.arena, entry.key);
    pair->items.add(context.arena, entry.value);
    list->items.add(context.arena, pair);
  }
  return list;
}

ListNode* copy(Context& context, const ListNode* list) {
  auto* other = context.arena.make<ListNode>(*list);
  other->items = clone(context.arena, list->items);
  return other;
}

// ---- selectors as values ----

Node* listize(Context& context, const Complex* complex) {
  auto* list = context.arena.make<ListNode>(complex->at);
  list->from_selector = true;
  for (Component* component : complex->components) {
    Text text;
    if (component->combinator) {
      text.add(component->combinator);
    } else {
      if (component->simples.empty()) continue;
      for (Simple* simple : component->simples) text.add(to_string(context, simple));
    }
    list->items.add(context.arena, quoted(context, component->at, context.copy(text)));
  }
  return list;
}

Node* listize(Context& context, const SelectorList* selectors) {
  auto* list = context.arena.make<ListNode>(selectors->at, Separator::Comma);
  list->from_selector = true;
  for (Complex* complex : selectors->items) {
    auto* inner = as<ListNode>(listize(context, complex));
    if (!inner->items.empty()) list->items.add(context.arena, inner);
  }
  if (list->items.empty()) return context.arena.make<Null>(selectors->at);
  return list;
}

}  // namespace meridian::sass
