// Names to numbers in constant time: a hash index that is built at the first use, so that it costs
// nothing to download and hostile text full of candidates stays linear.
#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// Open addressing over names that someone else holds. kSlots: a power of two, at least twice the
/// number of names.
template <std::size_t kSlots>
struct NameIndex {
  std::uint16_t slots[kSlots];  ///< number of the entry plus one, 0: free. Zeroed before use.

  /// The slot of `name`: free, or that of the entry of this name. `name_of(number)` gives an
  /// entry's name.
  template <class NameOf>
  std::uint16_t& find(Str name, NameOf name_of) {
    std::uint32_t hash = 0;
    for (char c : name) hash = hash * 31 + static_cast<unsigned char>(c);
    for (hash ^= hash >> 12;; hash++) {
      std::uint16_t& slot = slots[hash % kSlots];
      if (!slot || name_of(slot - 1) == name) return slot;
    }
  }
};

}  // namespace meridian::markdown
