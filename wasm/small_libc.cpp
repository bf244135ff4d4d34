// The few functions of the C library that md4c uses, in their plainest form: Emscripten's own read
// words at a time and sort by a smoothsort, which take ten times the bytes. Compiled without
// built-ins, or strlen would call itself.
#include <cstddef>

namespace {

void swap(char* a, char* b, std::size_t size) {
  while (size--) {
    char kept = *a;
    *a++ = *b;
    *b++ = kept;
  }
}

/// Heap sort's step: lets item `at` sink to its place among the first `count`.
void sink(char* items, std::size_t at, std::size_t count, std::size_t size,
          int (*compare)(const void*, const void*)) {
  for (std::size_t child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && compare(items + child * size, items + (child + 1) * size) < 0) child++;
    if (compare(items + at * size, items + child * size) >= 0) return;
    swap(items + at * size, items + child * size, size);
  }
}

}  // namespace

extern "C" {

std::size_t strlen(const char* s) {
  std::size_t size = 0;
  while (s[size]) size++;
  return size;
}

char* strchr(const char* s, int c) {
  for (;; s++) {
    if (*s == char(c)) return const_cast<char*>(s);
    if (!*s) return nullptr;
  }
}

void qsort(void* base, std::size_t count, std::size_t size,
           int (*compare)(const void*, const void*)) {
  char* items = static_cast<char*>(base);
  for (std::size_t i = count / 2; i--;) sink(items, i, count, size, compare);
  for (std::size_t left = count; left-- > 1;) {
    swap(items, items + left * size, size);
    sink(items, 0, left, size, compare);
  }
}
}
