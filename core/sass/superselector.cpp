// Whether one selector matches all that another one matches, and what both match.
#include "context.h"
#include "selector.h"
#include "value.h"

namespace meridian::sass {

namespace {
bool is_subselector_pseudo(const Simple* pseudo) {
  Str name = unvendor(pseudo->name);
  return name == "is" || name == "where" || begins_like(name, "any") ||
         begins_like(name, "matches") || begins_like(name, "nth-child") ||
         begins_like(name, "nth-last-child");
}

bool is_superselector(const Simple* a, const Simple* b) {
  if (equal(a, b)) return true;
  if (!b->selector || !is_subselector_pseudo(b)) return false;
  for (Complex* complex : b->selector->items) {
    if (complex->components.size != 1) return false;
    Component* compound = complex->components[0];
    if (compound->combinator) continue;
    bool found = false;
    for (Simple* simple : compound->simples) found = found || equal(a, simple);
    if (!found) return false;
  }
  return true;
}

bool is_superselector(const Simple* a, const Component* b) {
  for (Simple* simple : b->simples)
    if (is_superselector(a, simple)) return true;
  return false;
}

/// A pseudo class with a selector, of this name.
bool is_named(const Simple* simple, Str name) {
  return simple->kind == SimpleKind::Pseudo && simple->is_class && simple->selector &&
         simple->name == name;
}

/// Whether no element matches both a selector and one of the compound's of the same kind: another
/// type, another id.
bool excludes(const Component* compound, const Simple* other) {
  for (Simple* simple : compound->simples)
    if (simple->kind == other->kind && !equal(simple, other)) return true;
  return false;
}

bool not_is_superselector(Context& context, const Simple* pseudo, const Component* compound,
                          Complex* complex) {
  for (Simple* simple : compound->simples) {
    if (simple->kind == SimpleKind::Type || simple->kind == SimpleKind::Id) {
      Component* last = complex->components.empty() ? nullptr : complex->components.back();
      if (last && !last->combinator && excludes(last, simple)) return true;
    } else if (simple->kind == SimpleKind::Pseudo && simple->selector &&
               simple->name == pseudo->name) {
      if (is_superselector(context, simple->selector, wrap(context, complex))) return true;
    }
  }
  return false;
}

bool pseudo_is_superselector(Context& context, const Simple* pseudo, const Component* compound,
                             const Components& parents) {
  Str name = unvendor(pseudo->name);
  bool any = one_of(name, "is where matches any") >= 0;
  if (any || one_of(name, "has host host-context slotted") >= 0) {
    for (Simple* other : compound->simples)
      if (is_named(other, pseudo->name) &&
          is_superselector(context, pseudo->selector, other->selector))
        return true;
    if (!any) return false;
    Components whole = clone(context.arena, parents);
    whole.add(context.arena, const_cast<Component*>(compound));
    for (Complex* complex : pseudo->selector->items)
      if (is_superselector(context, complex->components, whole)) return true;
    return false;
  }
  if (name == "not") {
    for (Complex* complex : pseudo->selector->items)
      if (!not_is_superselector(context, pseudo, compound, complex)) return false;
    return true;
  }
  if (name == "current") {
    for (Simple* other : compound->simples)
      if (is_named(other, "current") && equal(pseudo, other)) return true;
    return false;
  }
  if (name == "nth-child" || name == "nth-last-child") {
    for (Simple* other : compound->simples) {
      if (other->kind != SimpleKind::Pseudo || other->name != pseudo->name || !other->selector)
        continue;
      bool same = pseudo->argument && other->argument ? equal(pseudo->argument, other->argument)
                                                      : pseudo->argument == other->argument;
      if (same && is_superselector(context, pseudo->selector, other->selector)) return true;
    }
  }
  return false;
}
}  // namespace

bool is_superselector(Context& context, const Component* a, const Component* b,
                      const Components& parents) {
  for (Simple* simple : a->simples) {
    if (simple->kind == SimpleKind::Pseudo && simple->selector) {
      if (!pseudo_is_superselector(context, simple, b, parents)) return false;
    } else if (!is_superselector(simple, b)) {
      return false;
    }
  }
  for (Simple* simple : b->simples)
    if (simple->is_element() && !is_superselector(simple, a)) return false;
  return true;
}

bool is_superselector(Context& context, const Components& a, const Components& b) {
  Deeper deeper(context, a.empty() ? Place() : a[0]->at);
  if (!context.step(a.empty() ? Place() : a[0]->at)) return false;
  if (!a.empty() && a.back()->combinator) return false;
  if (!b.empty() && b.back()->combinator) return false;
  std::uint32_t i = 0, n = 0;
  while (true) {
    std::uint32_t left = a.size - i, right = b.size - n;
    if (!left || !right || left > right) return false;
    if (a[i]->combinator || b[n]->combinator) return false;
    auto between = [&context, &b](std::uint32_t from, std::uint32_t to) {
      Components some;
      for (; from < to; from++) some.add(context.arena, b[from]);
      return some;
    };
    if (left == 1) return is_superselector(context, a[i], b.back(), between(n + 1, b.size));
    std::uint32_t behind = n + 1;
    for (; behind < b.size; behind++) {
      Component* component = b[behind - 1];
      if (component->combinator) continue;
      if (is_superselector(context, a[i], component, between(n + 1, behind))) break;
    }
    if (behind == b.size) return false;
    char c1 = a[i + 1]->combinator, c2 = b[behind]->combinator;
    if (c1) {
      if (!c2) return false;
      // `.a ~ .b` is a superselector of `.a + .b`.
      if (c1 == '~' ? c2 == '>' : c1 != c2) return false;
      if (left == 3 && right > 3) return false;
      i += 2;
      n = behind + 1;
    } else if (c2) {
      if (c2 != '>') return false;
      i += 1;
      n = behind + 1;
    } else {
      i += 1;
      n = behind;
    }
  }
}

bool is_parent_superselector(Context& context, const Components& a, const Components& b) {
  if (a.empty() || b.empty() || a[0]->combinator || b[0]->combinator || a.size > b.size)
    return false;
  Components x = clone(context.arena, a), y = clone(context.arena, b);
  auto* base = context.arena.make<Component>();
  x.add(context.arena, base);
  y.add(context.arena, base);
  return is_superselector(context, x, y);
}

bool is_superselector(Context& context, const SelectorList* a, const SelectorList* b) {
  for (Complex* wanted : b->items) {
    bool found = false;
    for (std::uint32_t i = 0; i < a->items.size && !found; i++)
      found = is_superselector(context, a->items[i]->components, wanted->components);
    if (!found) return false;
  }
  return true;
}

// ---- unification ----

namespace {
/// Makes a type selector match what another one does as well; false when nothing can. Like
/// libsass, it changes the selector itself.
bool unify_types(Simple* a, const Simple* b) {
  bool other_namespace = false, other_name = false;
  if (!(a->has_namespace == b->has_namespace && a->name_space == b->name_space) &&
      !b->is_universal_namespace()) {
    if (!a->is_universal_namespace()) return false;
    other_namespace = true;
  }
  if (a->name != b->name && !b->is_universal()) {
    if (!a->is_universal()) return false;
    other_name = true;
  }
  if (other_namespace) {
    a->name_space = b->name_space;
    a->has_namespace = b->has_namespace;
  }
  if (other_name) a->name = b->name;
  if (other_namespace || other_name) a->hashed = 0;
  return true;
}
}  // namespace

Component* unify(Context& context, Simple* simple, Component* compound) {
  Arena& arena = context.arena;
  bool pseudo = simple->kind == SimpleKind::Pseudo;
  if (simple->kind == SimpleKind::Type) {
    if (compound->simples.empty()) {
      compound->simples.add(arena, simple);
      return compound;
    }
    if (compound->simples[0]->kind == SimpleKind::Type) {
      if (!unify_types(simple, compound->simples[0])) return nullptr;
      compound->simples[0] = simple;
    } else if (!simple->is_universal() || (simple->has_namespace && simple->name_space != "*")) {
      List<Simple*> simples;
      simples.add(arena, simple);
      for (Simple* other : compound->simples) simples.add(arena, other);
      compound->simples = simples;
    }
    return compound;
  }
  if (simple->kind == SimpleKind::Id)
    for (Simple* other : compound->simples)
      if (other->kind == SimpleKind::Id && other->name != simple->name) return nullptr;
  if (!pseudo && compound->simples.size == 1 && compound->simples[0]->is_universal())
    return unify(context, compound->simples[0], wrap(context, copy_of(arena, simple)));
  for (Simple* other : compound->simples)
    if (equal(simple, other)) return compound;
  auto* result = arena.make<Component>();
  result->at = compound->at;
  bool added = false;
  for (Simple* other : compound->simples) {
    if (other->kind == SimpleKind::Pseudo && (pseudo ? !other->is_class : !added)) {
      if (pseudo && simple->is_element()) return nullptr;
      result->simples.add(arena, simple);
      added = true;
    }
    result->simples.add(arena, other);
  }
  if (!added) result->simples.add(arena, simple);
  return result;
}

Component* unify(Context& context, Component* a, Component* b) {
  if (a->simples.empty()) return b;
  Component* unified = copy(context.arena, b);
  for (Simple* simple : a->simples)
    if (!(unified = unify(context, simple, unified))) return nullptr;
  return unified;
}

List<Components> unify(Context& context, const List<Components>& complexes) {
  Arena& arena = context.arena;
  if (complexes.size == 1) return complexes;
  auto* base = arena.make<Component>();
  List<Components> without;
  for (const Components& complex : complexes) {
    Component* last = complex.empty() ? nullptr : complex.back();
    if (!last || last->combinator) return {};
    if (base->simples.empty())
      for (Simple* simple : last->simples) base->simples.add(arena, simple);
    else
      for (Simple* simple : last->simples)
        if (!(base = unify(context, simple, base))) return {};
    Components rest = clone(arena, complex);
    rest.size--;
    without.add(arena, rest);
  }
  without.back().add(arena, base);
  return weave(context, without);
}

SelectorList* unify(Context& context, SelectorList* a, SelectorList* b) {
  auto* list = context.arena.make<SelectorList>();
  list->at = a->at;
  for (Complex* x : a->items)
    for (Complex* y : b->items) {
      List<Components> both;
      both.add(context.arena, x->components);
      both.add(context.arena, y->components);
      for (const Components& components : unify(context, both)) {
        auto* complex = context.arena.make<Complex>();
        complex->at = x->at;
        complex->components = components;
        list->items.add(context.arena, complex);
      }
    }
  return list;
}

}  // namespace meridian::sass
