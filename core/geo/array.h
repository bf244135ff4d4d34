// Arrays reserved once, in an arena.
#pragma once
#include "meridian/base.h"

namespace meridian::geo {

MERIDIAN_NOINLINE inline void* zeroes(Arena& arena, std::size_t bytes) {
  void* items = arena.alloc(bytes);
  if (bytes) std::memset(items, 0, bytes);
  return items;
}

/// Of trivially copyable items, all bytes zero.
template <class T>
T* array(Arena& arena, std::uint32_t count) {
  return static_cast<T*>(zeroes(arena, count * sizeof(T)));
}

}  // namespace meridian::geo
