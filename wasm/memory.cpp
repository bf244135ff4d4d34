// memcpy and its kin as one instruction each: bulk memory, in every browser since 2021. Emscripten's own at -Oz are
// loops over bytes.
#include <cstddef>

extern "C" {
void* memcpy(void* to, const void* from, std::size_t size) { return __builtin_memcpy(to, from, size); }
void* memmove(void* to, const void* from, std::size_t size) { return __builtin_memmove(to, from, size); }
void* memset(void* to, int byte, std::size_t size) { return __builtin_memset(to, byte, size); }
}
