#include "environment.h"

namespace meridian::sass {

namespace {
/// Bindings up to which an environment is searched one by one.
constexpr std::uint32_t kFewBindings = 10;

void add_slot(Environment& environment, std::uint32_t number) {
  const Binding& binding = environment.bindings[number];
  std::uint32_t mask = environment.slots.size - 1;
  std::uint32_t i = std::uint32_t(binding.symbol->hash + binding.mixin) & mask;
  while (environment.slots[i]) i = (i + 1) & mask;
  environment.slots[i] = number + 1;
}

/// What search() does, without a call: most look-ups go through several environments.
MERIDIAN_INLINE Binding* search_in(const Environment& in, const Symbol* symbol, bool mixin) {
  if (in.slots.empty()) {
    for (Binding& binding : in.bindings)
      if (binding.symbol == symbol && binding.mixin == mixin) return &binding;
    return nullptr;
  }
  std::uint32_t mask = in.slots.size - 1;
  for (std::uint32_t i = std::uint32_t(symbol->hash + mixin) & mask; in.slots[i];
       i = (i + 1) & mask) {
    Binding& binding = in.bindings[in.slots[i] - 1];
    if (binding.symbol == symbol && binding.mixin == mixin) return &binding;
  }
  return nullptr;
}
}  // namespace

Environment* Environment::global() {
  Environment* at = this;
  while (at->is_lexical()) at = at->parent;
  return at;
}

Binding* Environment::search(const Symbol* symbol, bool mixin) {
  return search_in(*this, symbol, mixin);
}

Binding* Environment::find(const Symbol* symbol, bool mixin) {
  std::uint64_t wanted = bit(symbol, mixin);
  unsigned passed = 0;
  Binding* binding = nullptr;
  for (Environment* at = this; at; at = at->parent, passed++)
    if (at->names & wanted && (binding = search_in(*at, symbol, mixin))) break;
  work_done += passed;
  return binding;
}

Binding& Environment::local(Arena& arena, const Symbol* symbol, bool mixin) {
  if (Binding* binding = find_local(symbol, mixin)) return *binding;
  names |= bit(symbol, mixin);
  bindings.add(arena, {symbol, mixin, nullptr, nullptr});
  std::uint32_t count = bindings.size;
  if (count <= kFewBindings) return bindings.back();
  if (count * 2 <= slots.size) {
    add_slot(*this, count - 1);
    return bindings.back();
  }
  std::uint32_t size = 32;
  while (size < count * 4) size *= 2;
  List<std::uint32_t> larger;
  while (larger.size < size) larger.add(arena, 0);
  slots = larger;
  for (std::uint32_t i = 0; i < count; i++) add_slot(*this, i);
  return bindings.back();
}

void Environment::set_lexical(Arena& arena, const Symbol* symbol, Node* value) {
  Environment* at = this;
  std::uint64_t wanted = bit(symbol, false);
  for (bool shadowed = false; at && (at->is_lexical() || shadowed); at = at->parent) {
    if (Binding* binding = at->names & wanted ? search_in(*at, symbol, false) : nullptr) {
      binding->value = value;
      return;
    }
    shadowed = at->shadow;
  }
  set_local(arena, symbol, value);
}

}  // namespace meridian::sass
