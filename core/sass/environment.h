// Scopes: the variables, functions and mixins that a name may mean.
//
// The outermost environment has the built-in functions; the one in it is global. A lexical
// environment lies deeper. What @if and loops make is a shadow: an assignment in it may reach the
// global environment.
#pragma once
#include "context.h"

namespace meridian::sass {

/// What a name is bound to. Variables and functions differ by the `$` of their names.
struct Binding {
  const Symbol* symbol;
  bool mixin;
  Node* value;
  Definition* definition;
};

struct Environment {
  Environment* parent = nullptr;
  bool shadow = false;
  /// Whether a function or mixin that was defined in it may still see it when its block is done.
  bool kept = false;
  List<Binding> bindings;
  /// A bit for each name that is bound here: most are not, and need no search (a Bloom filter).
  std::uint64_t names = 0;
  /// Open addressing of the bindings' numbers, from 1; empty while there are few.
  List<std::uint32_t> slots;

  /// Marks it, and all around it, as kept.
  void keep() {
    for (Environment* at = this; at && !at->kept; at = at->parent) at->kept = true;
  }
  /// Forgets all names; the room for them stays, if it is small.
  void clear() {
    bindings.size = 0;
    if (!slots.empty()) bindings = {};
    slots = {};
    names = 0;
  }
  bool is_lexical() const { return parent && parent->parent; }
  Environment* global();
  /// Whether the name may be bound here.
  bool may_have(const Symbol* symbol, bool mixin) const { return names & bit(symbol, mixin); }
  static std::uint64_t bit(const Symbol* symbol, bool mixin) {
    return std::uint64_t(1) << ((symbol->hash >> 8 ^ mixin) & 63);
  }
  /// A variable or function, or a mixin, in this environment; nullptr when there is none.
  Binding* find_local(const Symbol* symbol, bool mixin = false) {
    return may_have(symbol, mixin) ? search(symbol, mixin) : nullptr;
  }
  Binding* search(const Symbol* symbol, bool mixin);
  /// The same here or further out.
  Binding* find(const Symbol* symbol, bool mixin = false);
  Binding& local(Arena& arena, const Symbol* symbol, bool mixin = false);
  void set_local(Arena& arena, const Symbol* symbol, Node* value) {
    local(arena, symbol).value = value;
  }
  /// Sets the variable where it is, or makes it here.
  void set_lexical(Arena& arena, const Symbol* symbol, Node* value);
};

}  // namespace meridian::sass
