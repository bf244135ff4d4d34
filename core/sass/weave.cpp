// Weaving: `.a .b` and `.c .d` as parents of the same element, in all orders that matter.
#include "context.h"
#include "selector.h"

namespace meridian::sass {

namespace {
using Choices = List<List<Components>>;

/// A selector of which a compound selector can have one only.
bool is_unique(const Simple* simple) {
  return simple->kind == SimpleKind::Id || simple->is_element();
}

bool must_unify(const Components& a, const Components& b) {
  for (Component* x : a)
    for (Simple* simple : x->simples) {
      if (!is_unique(simple)) continue;
      for (Component* y : b)
        for (Simple* other : y->simples)
          if (is_unique(other) && equal(simple, other)) return true;
    }
  return false;
}

/// Whether two groups can stand for each other, and the one that can.
bool select_group(Context& context, const Components& a, const Components& b,
                  Components& selected) {
  selected = {};
  if (equal(a, b)) {
    selected = a;
    return true;
  }
  if (a[0]->combinator || b[0]->combinator) return false;
  if (is_parent_superselector(context, a, b)) {
    selected = b;
    return true;
  }
  if (is_parent_superselector(context, b, a)) {
    selected = a;
    return true;
  }
  if (!must_unify(a, b)) return false;
  List<Components> both;
  both.add(context.arena, a);
  both.add(context.arena, b);
  List<Components> unified = unify(context, both);
  if (unified.size != 1) return false;
  selected = unified[0];
  return true;
}

bool select_component(Context&, Component* const& a, Component* const& b, Component*& selected) {
  if (!equal(a, b)) return false;
  selected = a;
  return true;
}

/// The longest common subsequence, where `select` tells what is common to two items.
template <class T>
List<T> common(Context& context, const List<T>& x, const List<T>& y,
               bool (*select)(Context&, const T&, const T&, T&)) {
  Arena& arena = context.arena;
  List<T> result;
  std::uint32_t m = x.size, n = y.size, width = n + 1;
  if (!m || !n) return result;
  List<std::uint32_t> lengths;
  List<T> selected;
  List<bool> matches;
  for (std::uint32_t i = 0; i <= m; i++)
    for (std::uint32_t j = 0; j <= n; j++) {
      T item{};
      bool matched = false;
      std::uint32_t length = 0;
      if (i && j) {
        if (!context.step(Place())) return result;
        matched = select(context, x[i - 1], y[j - 1], item);
        std::uint32_t up = lengths[(i - 1) * width + j], left = lengths[i * width + j - 1];
        length = matched ? lengths[(i - 1) * width + j - 1] + 1 : up > left ? up : left;
      }
      lengths.add(arena, length);
      selected.add(arena, item);
      matches.add(arena, matched);
    }
  for (std::uint32_t i = m, j = n; i && j;) {
    if (matches[i * width + j]) {
      result.add(arena, selected[i * width + j]);
      i--;
      j--;
    } else if (lengths[(i - 1) * width + j] > lengths[i * width + j - 1]) {
      i--;
    } else {
      j--;
    }
  }
  for (std::uint32_t i = 0; i < result.size / 2; i++) {
    T item = result[i];
    result[i] = result[result.size - 1 - i];
    result[result.size - 1 - i] = item;
  }
  return result;
}

template <class T>
void erase_front(List<T>& list) {
  for (std::uint32_t i = 1; i < list.size; i++) list[i - 1] = list[i];
  list.size--;
}

template <class T>
void reverse(List<T>& list) {
  for (std::uint32_t i = 0; i < list.size / 2; i++) {
    T item = list[i];
    list[i] = list[list.size - 1 - i];
    list[list.size - 1 - i] = item;
  }
}

/// Combinators at the front, taken out.
Components take_front(Arena& arena, Components& from) {
  Components taken;
  while (!from.empty() && from[0]->combinator) {
    taken.add(arena, from[0]);
    erase_front(from);
  }
  return taken;
}

Components take_back(Arena& arena, Components& from) {
  Components taken;
  while (!from.empty() && from.back()->combinator) {
    taken.add(arena, from.back());
    from.size--;
  }
  reverse(taken);
  return taken;
}

/// The longer of two rows of combinators when the shorter one is part of it.
bool merge_combinators(Context& context, const Components& a, const Components& b,
                       Components& merged) {
  Components both = common<Component*>(context, a, b, select_component);
  if (equal(both, a))
    merged = b;
  else if (equal(both, b))
    merged = a;
  else
    return false;
  return true;
}

class FinalCombinators {
 public:
  FinalCombinators(Context& context, Components& a, Components& b, Choices& result)
      : context_(context), a_(a), b_(b), result_(result) {}

  /// Merges what ends with combinators; the results come last first.
  bool merge() {
    while (!a_.empty() || !b_.empty()) {
      bool left = !a_.empty() && a_.back()->combinator;
      bool right = !b_.empty() && b_.back()->combinator;
      if (!left && !right) return true;
      if (!context_.step(Place())) return false;
      Components c1 = take_back(context_.arena, a_), c2 = take_back(context_.arena, b_);
      if (c1.size > 1 || c2.size > 1) {
        Components merged;
        if (!merge_combinators(context_, c1, c2, merged)) return false;
        add({merged});
        return true;
      }
      bool merged = !c1.empty() && !c2.empty() ? both(c1[0], c2[0])
                    : !c1.empty()              ? one(c1[0], a_, b_)
                                               : one(c2[0], b_, a_);
      if (!merged) return false;
    }
    return true;
  }

 private:
  Components row(std::initializer_list<Component*> parts) {
    Components components;
    for (Component* part : parts) components.add(context_.arena, part);
    return components;
  }
  void add(std::initializer_list<Components> rows) {
    List<Components> choice;
    for (const Components& row : rows) choice.add(context_.arena, row);
    result_.add(context_.arena, choice);
  }
  bool covers(Component* x, Component* y) { return is_superselector(context_, x, y, {}); }

  bool both(Component* c1, Component* c2) {
    if (a_.empty() || b_.empty()) return false;
    Component *x = a_.back(), *y = b_.back();
    a_.size--;
    b_.size--;
    char k1 = c1->combinator, k2 = c2->combinator;
    if (k1 == '~' && k2 == '~') {
      if (covers(x, y)) {
        add({row({y, c2})});
      } else if (covers(y, x)) {
        add({row({x, c1})});
      } else {
        Component* unified = unify(context_, x, y);
        Components first = row({x, c1, y, c2}), second = row({y, c2, x, c1});
        if (unified)
          add({first, second, row({unified, c1})});
        else
          add({first, second});
      }
    } else if ((k1 == '~' && k2 == '+') || (k1 == '+' && k2 == '~')) {
      bool first = k1 == '~';
      Component *following = first ? x : y, *next = first ? y : x;
      Component *following_combinator = first ? c1 : c2, *next_combinator = first ? c2 : c1;
      if (covers(following, next)) {
        add({row({next, next_combinator})});
      } else {
        Component* unified = unify(context_, x, y);
        Components whole = row({following, following_combinator, next, next_combinator});
        if (unified)
          add({whole, row({unified, next_combinator})});
        else
          add({whole});
      }
    } else if (k1 == '>' && k2 != '>') {
      add({row({y, c2})});
      a_.add(context_.arena, x);
      a_.add(context_.arena, c1);
    } else if (k2 == '>' && k1 != '>') {
      add({row({x, c1})});
      b_.add(context_.arena, y);
      b_.add(context_.arena, c2);
    } else if (k1 == k2) {
      Component* unified = unify(context_, x, y);
      if (!unified) return false;
      add({row({unified, c1})});
    } else {
      return false;
    }
    return true;
  }

  /// Only `x` ends with a combinator.
  bool one(Component* combinator, Components& x, Components& y) {
    if (x.empty()) return false;
    if (combinator->combinator == '>' && !y.empty()) {
      Component *last = x.back(), *other = y.back();
      if (!last->combinator && !other->combinator && covers(other, last)) y.size--;
    }
    add({row({x.back(), combinator})});
    x.size--;
    return true;
  }

  Context& context_;
  Components &a_, &b_;
  Choices& result_;
};

/// Groups in which no two compound selectors are adjacent.
List<Components> groups_of(Arena& arena, const Components& components) {
  List<Components> groups;
  Components group;
  bool was_compound = false;
  for (Component* component : components) {
    if (!component->combinator && was_compound) {
      groups.add(arena, group);
      group = {};
    }
    group.add(arena, component);
    was_compound = !component->combinator;
  }
  if (!group.empty()) groups.add(arena, group);
  return groups;
}

Components flat(Arena& arena, const List<Components>& groups) {
  Components all;
  for (const Components& group : groups)
    for (Component* component : group) all.add(arena, component);
  return all;
}

/// The beginnings of both up to `group`, in both orders, taken out.
List<Components> chunks(Context& context, List<Components>& a, List<Components>& b,
                        const Components* group) {
  Arena& arena = context.arena;
  auto take = [&context, &arena, group](List<Components>& queue) {
    List<Components> chunk;
    while (!queue.empty() && !(group && is_parent_superselector(context, queue[0], *group))) {
      chunk.add(arena, queue[0]);
      erase_front(queue);
    }
    return flat(arena, chunk);
  };
  Components first = take(a), second = take(b);
  List<Components> orders;
  if (first.empty() && second.empty()) return orders;
  if (first.empty() || second.empty()) {
    orders.add(arena, first.empty() ? second : first);
    return orders;
  }
  Components choice = clone(arena, first), other = clone(arena, second);
  for (Component* component : second) choice.add(arena, component);
  for (Component* component : first) other.add(arena, component);
  orders.add(arena, choice);
  orders.add(arena, other);
  return orders;
}

List<Components> weave_parents(Context& context, Components a, Components b) {
  Arena& arena = context.arena;
  a = clone(arena, a);
  b = clone(arena, b);
  Components leads;
  Choices trails, choices;
  Components c1 = take_front(arena, a), c2 = take_front(arena, b);
  if (!merge_combinators(context, c1, c2, leads)) return {};
  if (!FinalCombinators(context, a, b, trails).merge()) return {};
  List<Components> groups1 = groups_of(arena, a), groups2 = groups_of(arena, b);
  auto add = [&arena, &choices](const List<Components>& choice) {
    if (!choice.empty()) choices.add(arena, choice);
  };
  List<Components> lead;
  lead.add(arena, leads);
  add(lead);
  for (const Components& group : common<Components>(context, groups1, groups2, select_group)) {
    add(chunks(context, groups1, groups2, &group));
    List<Components> same;
    same.add(arena, group);
    add(same);
    if (!groups1.empty()) erase_front(groups1);
    if (!groups2.empty()) erase_front(groups2);
  }
  add(chunks(context, groups1, groups2, nullptr));
  for (std::uint32_t i = trails.size; i-- > 0;) add(trails[i]);
  List<Components> result;
  for (const List<Components>& path : paths(arena, choices)) {
    if (!context.step(Place(), path.size)) break;
    result.add(arena, flat(arena, path));
  }
  return result;
}
}  // namespace

List<Components> weave(Context& context, const List<Components>& complexes) {
  Arena& arena = context.arena;
  List<Components> prefixes;
  prefixes.add(arena, clone(arena, complexes[0]));
  for (std::uint32_t i = 1; i < complexes.size; i++) {
    const Components& complex = complexes[i];
    if (complex.empty()) continue;
    Component* target = complex.back();
    if (complex.size == 1) {
      for (Components& prefix : prefixes) prefix.add(arena, target);
      continue;
    }
    Components parents = clone(arena, complex);
    parents.size--;
    List<Components> longer;
    for (const Components& prefix : prefixes)
      for (Components& path : weave_parents(context, prefix, parents)) {
        if (!context.step(Place(), path.size)) return {};
        path.add(arena, target);
        longer.add(arena, path);
      }
    prefixes = longer;
  }
  return prefixes;
}

}  // namespace meridian::sass
