// What a compilation may still do, for functions that have no context.
#pragma once
#include "meridian/sass.h"

namespace meridian::sass {

/// Nested expressions and statements while evaluating, over all calls: each level is one or more
/// frames of the evaluator.
constexpr int kMaxDepth = 1500;

/// Bytes that a compilation may hold, beside max_memory: Bootstrap 5.3 takes 24 MB, and a loop in
/// which a text grows in its middle as many as there are.
constexpr std::size_t kMaxHeld = std::size_t(256) << 20;

/// As work_done, of the process (base.h says why). The context of a compilation sets it.
struct Budget {
  /// work_done at which all that is left ends soon, with any result: Context::step() fails then.
  std::uint64_t most_work = ~std::uint64_t(0);
  /// As memory_held, likewise.
  std::size_t most_memory = ~std::size_t(0);
  int depth = 0;
  bool too_deep = false;
  MERIDIAN_INLINE bool exhausted() const {
    return work_done > most_work || memory_held > most_memory;
  }
  void end_as_too_deep() {
    too_deep = true;
    most_work = 0;
  }
};
inline Budget budget;

/// Counts what it takes to make a string of a text: it is copied, and searched for quotes and
/// escapes. A loop that makes one longer again and again takes time by the square of its length.
inline void count_text(Str text) { work_done += 2 * text.size(); }

/// Counts a level of a value that is compared or hashed, and a step, while it lives.
class Level {
 public:
  Level() {
    work_done += kBytesOfStep;
    if (++budget.depth > kMaxDepth) budget.end_as_too_deep();
  }
  ~Level() { budget.depth--; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
};

}  // namespace meridian::sass
