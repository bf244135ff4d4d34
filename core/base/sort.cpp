// Bottom-up merge sort on untyped items: one copy of the code serves every list of the core.
#include <cstdlib>

#include "meridian/base.h"

namespace meridian {

void stable_sort(void* items, std::size_t count, std::size_t size, bool (*less)(const void*, const void*, void*),
                 void* context) {
  if (count < 2) return;
  auto* from = static_cast<char*>(items);
  auto* spare = static_cast<char*>(std::malloc(count * size));
  if (!spare) fatal();
  char* to = spare;
  for (std::size_t width = 1; width < count; width *= 2) {
    for (std::size_t start = 0; start < count; start += 2 * width) {
      std::size_t middle = start + width < count ? start + width : count;
      std::size_t end = middle + width < count ? middle + width : count;
      std::size_t a = start, b = middle, out = start;
      while (a < middle || b < end) {
        bool right = a == middle || (b < end && less(from + b * size, from + a * size, context));
        std::memcpy(to + out++ * size, from + (right ? b++ : a++) * size, size);
      }
    }
    char* swap = from;
    from = to;
    to = swap;
  }
  if (from == spare) std::memcpy(items, spare, count * size);
  std::free(spare);
}

}  // namespace meridian
