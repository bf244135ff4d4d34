// Helpers of the targets for libFuzzer.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "meridian/str.h"

namespace fuzz {

/// Aborts when a property that must hold for every input does not.
inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

inline meridian::Str text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Whether `part` is a view of bytes of `whole`; an empty one may be anywhere.
inline bool inside(meridian::Str part, meridian::Str whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace fuzz
