// Merge sort on untyped items: one copy of the code serves every list of the core. Halves are split
// and merged as glibc's qsort_r does it, which sorts for Ruby: where an order contradicts itself
// (dates here, names there), the result is still Jekyll's.
#include "meridian/base.h"

namespace meridian {

namespace {
struct Sorting {
  std::size_t size;
  bool (*less)(const void*, const void*, void*);
  void* context;
  char* spare;

  void sort(char* items, std::size_t count) const {
    if (count < 2) return;
    char *right = items + count / 2 * size, *end = items + count * size;
    sort(items, count / 2);
    sort(right, count - count / 2);
    char *a = items, *b = right;
    for (char* out = spare; a < right || b < end; out += size) {
      char*& next = a == right || (b < end && less(b, a, context)) ? b : a;
      std::memcpy(out, next, size);
      next += size;
    }
    std::memcpy(items, spare, std::size_t(end - items));
  }
};
}  // namespace

void stable_sort(void* items, std::size_t count, std::size_t size,
                 bool (*less)(const void*, const void*, void*), void* context) {
  if (count < 2) return;
  Arena arena;
  Sorting{size, less, context, static_cast<char*>(arena.alloc(count * size))}.sort(
      static_cast<char*>(items), count);
}

}  // namespace meridian
