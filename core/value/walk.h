// Bounds what walks over nested values.
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
    explicit Level(Walk& w) : walk(w), allowed(++w.depth <= kMaxDepth && ++w.nodes <= kMaxNodes) {}
    ~Level() { walk.depth--; }
  };
};

}  // namespace meridian
