// Bounds of walks over nested values.
#pragma once
#include "meridian/value.h"

namespace meridian {

struct Walk {
  int depth = 0;
  std::uint32_t nodes = 0;

  /// One array or map that is being walked.
  struct Level {
    Walk& walk;
    bool allowed;
    Level(Walk& w, std::uint32_t items)
        : walk(w), allowed(++w.depth <= kMaxDepth && ++w.nodes <= kMaxNodes) {
      work_done += std::uint64_t(items) * kBytesOfItem;
    }
    ~Level() { walk.depth--; }
  };
};

}  // namespace meridian
