// Heap sort of numbered keys: nothing is allocated, and no order of the input makes it slow.
#pragma once
#include <cstdint>

namespace meridian::geo {

struct Key {
  double key;
  std::uint32_t item;
};

/// By key, then by item. No key may be NaN.
void sort(Key* keys, std::uint32_t count);

}  // namespace meridian::geo
