// Returns a text from the benchmarks' modules: its size in 32 bits, then its bytes, released by
// bench_free.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <cstring>

#define BENCH_EXPORT extern "C" __attribute__((used, visibility("default")))

BENCH_EXPORT void* bench_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
BENCH_EXPORT void bench_free(void* block) { std::free(block); }

inline char* bench_answer(const char* data, std::size_t size) {
  char* block = static_cast<char*>(std::malloc(size + 4));
  std::uint32_t length = std::uint32_t(size);
  std::memcpy(block, &length, 4);
  if (size) std::memcpy(block + 4, data, size);
  return block;
}
