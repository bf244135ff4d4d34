// Selectors, and what @extend does with them. Names are those of CSS Selectors: a selector list has
// complex selectors; these have compound selectors with combinators between them; these have simple
// selectors.
//
// Selectors live in the arena. They are shared: what changes one copies it first, except where
// libsass doesn't.
//
// Hashes are kept once they are made, and a copy keeps the one of its original even when it is
// changed afterwards. So a nested rule's selector has the hash of its parent's, and is not found
// when the same selector is made anew. libsass does so, and which selectors @extend trims depends
// on it.
#pragma once
#include "budget.h"
#include "statements.h"

namespace meridian::sass {

class Context;

enum class SimpleKind : std::uint8_t { Placeholder, Type, Class, Id, Attribute, Pseudo };

struct Simple {
  SimpleKind kind;
  /// Pseudo: whether it was written with one colon, and whether it is a class (`:before` is not).
  bool syntactic_class = true, is_class = true;
  bool has_namespace = false;
  /// Attribute: `i` of `[a=b i]`, or 0.
  char modifier = 0;
  Place at;
  Str name_space;
  /// With `.`, `#`, `%` and without `:`.
  Str name;
  /// Attribute: `=`, `~=`, …; empty when it has no value.
  Str matcher;
  /// Attribute: a string or a Schema.
  Node* value = nullptr;
  /// Pseudo: what stands in parentheses.
  Node* argument = nullptr;
  SelectorList* selector = nullptr;
  /// Specificity of the extender that it was written in, the first one; 0: none. It is the
  /// object's: an equal one elsewhere has its own, as in libsass.
  std::uint64_t of_extender = 0;
  /// 0: not made yet.
  mutable std::uint64_t hashed = 0;

  bool is_universal() const { return name == "*"; }
  bool is_universal_namespace() const { return has_namespace && name_space == "*"; }
  bool is_element() const { return kind == SimpleKind::Pseudo && !is_class; }
};

/// A compound selector, or a combinator.
struct Component {
  /// `>`, `~`, `+`; 0 for a compound selector.
  char combinator = 0;
  bool line_break = false;
  /// `&` at the begin.
  bool parent = false;
  Place at;
  List<Simple*> simples;
  mutable std::uint64_t hashed = 0;
};

struct Complex {
  List<Component*> components;
  /// Whether the parent was resolved, or need not be.
  bool chroots = false;
  bool line_feed = false;
  /// Whether it was written in the sheet, or is what @extend has left of that: it is not trimmed.
  /// A copy is no original.
  bool original = false;
  Place at;
  mutable std::uint64_t hashed = 0;
};

struct SelectorList {
  List<Complex*> items;
  bool optional = false;
  Place at;
  /// Of a rule: the media rule around it; when @extend last came by.
  CssMediaRule* media = nullptr;
  std::uint32_t visited = 0;
  mutable std::uint64_t hashed = 0;
};

using Components = List<Component*>;

/// A simple selector of a name, `ns|name` or `name`.
Simple* make_simple(Context& context, SimpleKind kind, const Place& at, Str name);
Simple* make_pseudo(Context& context, const Place& at, Str name, bool element);
/// An empty list that takes so many items before it grows.
template <class T>
List<T> with_room(Arena& arena, std::uint32_t items) {
  List<T> list;
  list.data = arena.alloc(items * sizeof(T));
  list.capacity = items;
  return list;
}
template <class T>
List<T> clone(Arena& arena, const List<T>& list) {
  List<T> copy = with_room<T>(arena, list.size);
  for (const T& item : list) copy.add(arena, item);
  return copy;
}
template <class T>
T* copy_of(Arena& arena, const T* object) {
  return arena.make<T>(*object);
}
/// Copies with lists of their own.
Component* copy(Arena& arena, const Component* component);
Complex* copy(Arena& arena, const Complex* complex);
SelectorList* copy(Arena& arena, const SelectorList* list);
/// A complex selector of one component, a list of one complex selector.
Complex* wrap(Context& context, Component* component);
SelectorList* wrap(Context& context, Complex* complex);
Component* wrap(Context& context, Simple* simple);

// ---- comparison ----
bool equal(const Simple* a, const Simple* b);
/// Compound selectors are equal in any order of their simple selectors; lists likewise. What is
/// found in any order has the same hash as well.
bool equal(const Component* a, const Component* b);
bool equal(const Complex* a, const Complex* b);
bool equal(const SelectorList* a, const SelectorList* b);
bool equal(const Components& a, const Components& b);
std::uint64_t hash(const Simple* simple);
/// Depends on the order: selectors that are equal may have different ones, as in libsass.
std::uint64_t hash(const Component* component);
std::uint64_t hash(const Complex* complex);
std::uint64_t hash(const SelectorList* list);

bool has_parent(const SelectorList* list);
bool has_parent(const Complex* complex);
bool has_parent(const Component* component);
bool is_invisible(const Component* component);
bool is_invisible(const Complex* complex);
bool is_invisible(const SelectorList* list);
/// libsass counts a class as 1000, an id as 1000000.
std::uint64_t specificity(const Complex* complex);

// ---- operations ----
/// Puts the parent selector for each `&`, or in front; nullptr parent: at the root.
SelectorList* resolve_parents(Context& context, SelectorList* list, SelectorList* parent,
                              bool implicit);
SelectorList* resolve_parents(Context& context, Complex* complex, SelectorList* parent,
                              bool implicit);
/// The first of each list, then the second of each: the order of the parents comes first.
void add_in_turn(Arena& arena, const List<SelectorList*>& lists, SelectorList* all);
bool is_superselector(Context& context, const SelectorList* a, const SelectorList* b);
bool is_superselector(Context& context, const Components& a, const Components& b);
bool is_superselector(Context& context, const Component* a, const Component* b,
                      const Components& parents);
/// What both match; nullptr when nothing can.
Component* unify(Context& context, Simple* simple, Component* compound);
Component* unify(Context& context, Component* a, Component* b);
List<Components> unify(Context& context, const List<Components>& complexes);
SelectorList* unify(Context& context, SelectorList* a, SelectorList* b);
List<Components> weave(Context& context, const List<Components>& complexes);
/// Whether `a` with something behind it would be a superselector of `b` with the same behind it.
bool is_parent_superselector(Context& context, const Components& a, const Components& b);
/// Drops complex selectors with placeholders.
void remove_placeholders(Context& context, SelectorList* list);

/// All ways to take one item of each list; the first list changes fastest, or with `last_fastest`
/// the last one. None when a list is empty.
template <class T>
List<List<T>> paths(Arena& arena, const List<List<T>>& choices, bool last_fastest = false) {
  List<List<T>> all;
  if (choices.empty()) return all;
  std::uint64_t count = 1;
  for (const List<T>& choice : choices) {
    if (choice.empty()) return all;
    count *= choice.size;
    if (count > kMaxSteps) count = kMaxSteps;
  }
  List<std::uint32_t> state;
  for (std::uint32_t i = 0; i < choices.size; i++) state.add(arena, 0);
  for (std::uint64_t i = 0; i < count && !budget.exhausted(); i++) {
    List<T> path;
    for (std::uint32_t n = 0; n < choices.size; n++) path.add(arena, choices[n][state[n]]);
    all.add(arena, path);
    work_done += choices.size * kBytesOfStep;
    for (std::uint32_t n = 0; n < choices.size; n++) {
      std::uint32_t at = last_fastest ? choices.size - 1 - n : n;
      if (++state[at] < choices[at].size) break;
      state[at] = 0;
    }
  }
  return all;
}

}  // namespace meridian::sass
