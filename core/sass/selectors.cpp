// Selectors: comparison, parents, placeholders.
#include "context.h"
#include "selector.h"
#include "value.h"

namespace meridian::sass {

namespace {
void mix(std::uint64_t& hash, std::uint64_t more) {
  hash = (hash ^ more) * 0x9E3779B97F4A7C15ull;
  hash ^= hash >> 29;
}
}  // namespace

Simple* make_simple(Context& context, SimpleKind kind, const Place& at, Str name) {
  auto* simple = context.arena.make<Simple>();
  simple->kind = kind;
  simple->at = at;
  std::size_t bar = name.find('|');
  if (bar != Str::npos) {
    simple->has_namespace = true;
    simple->name_space = name.substr(0, bar);
    name = name.substr(bar + 1);
  }
  simple->name = name;
  return simple;
}

Simple* make_pseudo(Context& context, const Place& at, Str name, bool element) {
  Simple* pseudo = make_simple(context, SimpleKind::Pseudo, at, name);
  Str plain = unvendor(name);
  // These may be written with one colon.
  bool fake = begins_like(plain, "after") || begins_like(plain, "before") ||
              begins_like(plain, "first-line") || begins_like(plain, "first-letter");
  pseudo->syntactic_class = !element;
  pseudo->is_class = !element && !fake;
  return pseudo;
}

Component* copy(Arena& arena, const Component* component) {
  auto* made = copy_of(arena, component);
  made->simples = clone(arena, component->simples);
  return made;
}

Complex* copy(Arena& arena, const Complex* complex) {
  auto* made = copy_of(arena, complex);
  made->components = clone(arena, complex->components);
  made->original = false;
  return made;
}

SelectorList* copy(Arena& arena, const SelectorList* list) {
  auto* made = copy_of(arena, list);
  made->items = clone(arena, list->items);
  return made;
}

Component* wrap(Context& context, Simple* simple) {
  auto* compound = context.arena.make<Component>();
  compound->at = simple->at;
  compound->simples.add(context.arena, simple);
  return compound;
}

Complex* wrap(Context& context, Component* component) {
  auto* complex = context.arena.make<Complex>();
  complex->at = component->at;
  complex->components.add(context.arena, component);
  return complex;
}

SelectorList* wrap(Context& context, Complex* complex) {
  auto* list = context.arena.make<SelectorList>();
  list->at = complex->at;
  list->items.add(context.arena, complex);
  return list;
}

// ---- comparison ----

namespace {
bool equal_or_none(const Node* a, const Node* b) {
  if (!a || !b) return a == b;
  auto *x = as<Schema>(a), *y = as<Schema>(b);
  if (!x || !y) return equal(a, b);
  if (x->parts.size != y->parts.size) return false;
  for (std::uint32_t i = 0; i < x->parts.size; i++)
    if (!equal(x->parts[i], y->parts[i])) return false;
  return true;
}

std::uint64_t hash_or_none(const Node* node) {
  auto* schema = as<Schema>(node);
  if (!schema) return node ? hash(node) : 0;
  std::uint64_t h = 1;
  for (Node* part : schema->parts) mix(h, hash(part));
  return h;
}
}  // namespace

bool equal(const Simple* a, const Simple* b) {
  work_done += kBytesOfItem;
  if (a == b) return true;
  if (a->kind != b->kind || a->name != b->name) return false;
  if (a->kind == SimpleKind::Class || a->kind == SimpleKind::Id ||
      a->kind == SimpleKind::Placeholder)
    return true;
  if (a->has_namespace != b->has_namespace || a->name_space != b->name_space) return false;
  if (a->kind == SimpleKind::Attribute)
    return a->matcher == b->matcher && a->modifier == b->modifier &&
           equal_or_none(a->value, b->value);
  if (a->kind == SimpleKind::Type) return true;
  if (a->is_class != b->is_class || !equal_or_none(a->argument, b->argument)) return false;
  if (!a->selector || !b->selector) return a->selector == b->selector;
  return equal(a->selector, b->selector);
}

bool equal(const Component* a, const Component* b) {
  if (a == b) return true;
  if (a->combinator || b->combinator) return a->combinator == b->combinator;
  if (a->simples.size != b->simples.size) return false;
  for (Simple* wanted : b->simples) {
    bool found = false;
    for (std::uint32_t i = 0; i < a->simples.size && !found; i++)
      found = hash(a->simples[i]) == hash(wanted) && equal(a->simples[i], wanted);
    if (!found) return false;
  }
  return true;
}

bool equal(const Components& a, const Components& b) {
  work_done += kBytesOfItem;
  if (a.size != b.size) return false;
  for (std::uint32_t i = 0; i < a.size; i++)
    if (!equal(a[i], b[i])) return false;
  return true;
}

bool equal(const Complex* a, const Complex* b) {
  return a == b || equal(a->components, b->components);
}

bool equal(const SelectorList* a, const SelectorList* b) {
  if (a == b) return true;
  if (a->items.size != b->items.size) return false;
  for (std::uint32_t n = 0; n < b->items.size && !budget.exhausted(); n++) {
    // Mostly they stand at the same place.
    auto same = [a, b, n](std::uint32_t i) {
      work_done += kBytesOfItem;
      return hash(a->items[i]) == hash(b->items[n]) && equal(a->items[i], b->items[n]);
    };
    bool found = same(n);
    for (std::uint32_t i = 0; i < a->items.size && !found; i++) found = same(i);
    if (!found) return false;
  }
  return true;
}

std::uint64_t hash(const Simple* simple) {
  if (simple->hashed) return simple->hashed;
  std::uint64_t h = fnv1a(simple->name);
  mix(h, std::uint64_t(simple->kind));
  if (simple->has_namespace) mix(h, fnv1a(simple->name_space));
  if (simple->kind == SimpleKind::Attribute) {
    mix(h, fnv1a(simple->matcher));
    mix(h, hash_or_none(simple->value));
  }
  if (simple->selector) mix(h, hash(simple->selector));
  mix(h, hash_or_none(simple->argument));
  return simple->hashed = h;
}

std::uint64_t hash(const Component* component) {
  if (component->hashed) return component->hashed;
  std::uint64_t h = std::uint8_t(component->combinator);
  for (Simple* simple : component->simples) mix(h, hash(simple));
  mix(h, std::uint64_t(component->parent));
  return component->hashed = h;
}

std::uint64_t hash(const Complex* complex) {
  if (complex->hashed) return complex->hashed;
  std::uint64_t h = 7;
  for (Component* component : complex->components) mix(h, hash(component));
  return complex->hashed = h;
}

std::uint64_t hash(const SelectorList* list) {
  if (list->hashed) return list->hashed;
  std::uint64_t h = 11;
  for (Complex* complex : list->items) mix(h, hash(complex));
  return list->hashed = h;
}

bool has_parent(const Component* component) {
  if (component->parent) return true;
  for (Simple* simple : component->simples)
    if (simple->selector && has_parent(simple->selector)) return true;
  return false;
}

bool has_parent(const Complex* complex) {
  for (Component* component : complex->components)
    if (has_parent(component)) return true;
  return false;
}

bool has_parent(const SelectorList* list) {
  for (Complex* complex : list->items)
    if (has_parent(complex)) return true;
  return false;
}

bool is_invisible(const Component* component) {
  for (Simple* simple : component->simples)
    if (simple->kind != SimpleKind::Placeholder) return false;
  return true;
}

bool is_invisible(const Complex* complex) {
  if (complex->components.empty()) return true;
  for (Component* component : complex->components)
    if (!component->combinator && is_invisible(component)) return true;
  return false;
}

bool is_invisible(const SelectorList* list) {
  if (list->items.empty()) return true;
  for (Complex* complex : list->items)
    if (is_invisible(complex)) return true;
  return false;
}

std::uint64_t specificity(const Complex* complex) {
  std::uint64_t sum = 0;
  for (Component* component : complex->components)
    for (Simple* simple : component->simples) switch (simple->kind) {
        case SimpleKind::Type: sum += !simple->is_universal(); break;
        case SimpleKind::Id: sum += 1000000; break;
        case SimpleKind::Pseudo: sum += simple->is_class ? 1000 : 1; break;
        default: sum += 1000;
      }
  return sum;
}

// ---- parents ----

namespace {
/// What a compound selector becomes: itself, or each parent with it at the end.
List<Complex*> resolve(Context& context, Component* compound, SelectorList* parent, bool implicit) {
  Arena& arena = context.arena;
  List<Complex*> resolved;
  for (Simple* simple : compound->simples)
    if (simple->selector && parent)
      simple->selector = resolve_parents(context, simple->selector, parent, implicit);
  if (!compound->parent || !parent) {
    resolved.add(arena, wrap(context, compound));
    return resolved;
  }
  for (Complex* outer : parent->items) {
    Complex* made = copy(arena, outer);
    Component* last = outer->components.empty() ? nullptr : outer->components.back();
    if (!last || last->combinator) {
      if (!compound->simples.empty()) {
        Text message;
        message.add("Invalid parent selector for \"");
        message.add(to_string(context, compound));
        message.add("\": \"");
        message.add(to_string(context, parent));
        message.add("\"");
        context.fail(compound->at, message.str(), "write a blank behind &");
      }
      made->components.add(arena, compound);
      resolved.add(arena, made);
      continue;
    }
    Component* tail = copy(arena, last);
    if (context.dart()) tail->hashed = 0;
    Simple* front = compound->simples.empty() ? nullptr : compound->simples[0];
    std::uint32_t from = 0;
    if (front && front->kind == SimpleKind::Type && !tail->simples.empty()) {
      // `&-suffix` is one name with the end of the parent.
      auto* joined = copy_of(arena, tail->simples.back());
      joined->name = arena.join(joined->name, front->name);
      joined->hashed = 0;
      tail->simples.back() = joined;
      from = 1;
    }
    for (; from < compound->simples.size; from++) tail->simples.add(arena, compound->simples[from]);
    made->components.back() = tail;
    resolved.add(arena, made);
  }
  return resolved;
}

/// A selector without `&`, behind each parent or, without parents, as it is. Most rules are of this
/// kind: there is nothing to choose between.
SelectorList* append(Context& context, Complex* complex, SelectorList* parent, bool implicit,
                     bool behind) {
  Arena& arena = context.arena;
  for (Component* component : complex->components)
    for (Simple* simple : component->simples)
      if (simple->selector && parent)
        simple->selector = resolve_parents(context, simple->selector, parent, implicit);
  auto* list = arena.make<SelectorList>();
  list->at = complex->at;
  auto add = [&context, &arena, complex, list](Complex* made, const Components& front) {
    made->components = with_room<Component*>(arena, front.size + complex->components.size);
    for (Component* component : front) made->components.add(arena, component);
    for (Component* component : complex->components) made->components.add(arena, component);
    made->line_feed = made->line_feed || complex->line_feed;
    made->chroots = true;
    made->original = false;
    // libsass keeps the parent's.
    if (context.dart()) made->hashed = 0;
    list->items.add(arena, made);
    return context.step(complex->at, made->components.size);
  };
  if (behind) {
    for (Complex* outer : parent->items)
      if (!add(copy_of(arena, outer), outer->components)) break;
  } else if (!complex->components.empty()) {
    auto* made = arena.make<Complex>();
    made->at = complex->components[0]->at;
    add(made, {});
  }
  return list;
}
}  // namespace

SelectorList* resolve_parents(Context& context, Complex* complex, SelectorList* parent,
                              bool implicit) {
  Arena& arena = context.arena;
  Deeper deeper(context, complex->at);
  if (context.failed) return wrap(context, complex);
  bool real = has_parent(complex);
  if (real && !parent) {
    context.fail(complex->at, "Top-level selectors may not contain the parent selector \"&\".",
                 "remove &, or put the rule into another one");
    return wrap(context, complex);
  }
  List<List<Complex*>> choices;
  bool behind = !complex->chroots && parent;
  if (behind && !real && !implicit) return wrap(context, complex);
  if (!real) return append(context, complex, parent, implicit, behind);
  if (behind) choices.add(arena, parent->items);
  std::uint64_t count = choices.empty() ? 1 : parent->items.size;
  for (Component* component : complex->components) {
    List<Complex*> each;
    if (component->combinator)
      each.add(arena, wrap(context, component));
    else
      each = resolve(context, component, parent, implicit);
    if (!each.empty()) choices.add(arena, each);
    count *= each.size;
    if (!context.step(complex->at, count)) return wrap(context, complex);
  }
  auto* list = arena.make<SelectorList>();
  list->at = complex->at;
  for (const List<Complex*>& path : paths(arena, choices, true)) {
    if (!context.step(complex->at, path.size)) break;
    Complex* first = copy(arena, path[0]);
    // libsass keeps the parent's.
    if (context.dart()) first->hashed = 0;
    first->line_feed = first->line_feed || (!has_parent(complex) && complex->line_feed);
    first->chroots = true;
    for (std::uint32_t i = 1; i < path.size && context.dart(); i++)
      first->line_feed = first->line_feed || path[i]->line_feed;
    for (std::uint32_t i = 1; i < path.size; i++)
      for (Component* component : path[i]->components) first->components.add(arena, component);
    list->items.add(arena, first);
  }
  return list;
}

void add_in_turn(Arena& arena, const List<SelectorList*>& lists, SelectorList* all) {
  bool any = true;
  for (std::uint32_t round = 0; any; round++) {
    any = false;
    work_done += lists.size;
    for (SelectorList* each : lists) {
      if (round >= each->items.size) continue;
      all->items.add(arena, each->items[round]);
      any = true;
    }
  }
}

SelectorList* resolve_parents(Context& context, SelectorList* list, SelectorList* parent,
                              bool implicit) {
  auto* resolved = context.arena.make<SelectorList>();
  resolved->at = list->at;
  List<SelectorList*> each;
  for (Complex* complex : list->items) {
    each.add(context.arena, resolve_parents(context, complex, parent, implicit));
    if (context.dart()) continue;
    for (Complex* item : each.back()->items) resolved->items.add(context.arena, item);
  }
  if (context.dart()) add_in_turn(context.arena, each, resolved);
  return resolved;
}

// ---- placeholders ----

namespace {
/// Removes what is empty then, in place.
template <class T, class IsEmpty>
void erase(List<T>& list, IsEmpty is_empty) {
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < list.size; i++)
    if (!is_empty(list[i])) list[kept++] = list[i];
  list.size = kept;
}
}  // namespace

void remove_placeholders(Context& context, SelectorList* list) {
  Deeper deeper(context, list->at);
  if (context.failed) return;
  for (Complex* complex : list->items) {
    bool placeholder = false, may_be_empty = false;
    for (Component* component : complex->components) {
      may_be_empty = may_be_empty || component->simples.empty();
      for (Simple* simple : component->simples) {
        placeholder = placeholder || simple->kind == SimpleKind::Placeholder;
        may_be_empty = may_be_empty || simple->selector || simple->name.empty();
      }
    }
    if (placeholder) {
      complex->components.size = 0;
      continue;
    }
    if (!may_be_empty) continue;
    for (Component* component : complex->components) {
      for (Simple* simple : component->simples)
        if (simple->selector) remove_placeholders(context, simple->selector);
      erase(component->simples, [](const Simple* simple) {
        return simple->kind == SimpleKind::Pseudo
                   ? simple->selector && simple->selector->items.empty()
                   : simple->name.empty() && simple->name_space.empty();
      });
    }
    erase(complex->components, [](const Component* component) {
      return !component->combinator && component->simples.empty();
    });
  }
  erase(list->items, [](const Complex* complex) { return complex->components.empty(); });
}

}  // namespace meridian::sass
