// Arrays reserved once, in an arena.
#pragma once
#include "meridian/base.h"

namespace meridian::geo {

/// Of trivially copyable items, all bytes zero.
template <class T>
T* array(Arena& arena, std::uint32_t count) {
  std::size_t bytes = count * sizeof(T);
  void* items = arena.alloc(bytes);
  if (bytes) std::memset(items, 0, bytes);
  return static_cast<T*>(items);
}

}  // namespace meridian::geo
