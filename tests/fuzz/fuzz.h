// What libFuzzer's targets share.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "meridian/str.h"

namespace fuzz {

/// What must hold for any input.
inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

inline meridian::Str text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Whether `part` lies in `whole`; an empty one may lie anywhere.
inline bool inside(meridian::Str part, meridian::Str whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace fuzz
