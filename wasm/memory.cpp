// memcpy and its kin as one instruction each: bulk memory, in every browser since 2021.
// Emscripten's own at -Oz are loops over bytes. And memchr by eight bytes at a time: it finds the
// ends of all lines.
#include <cstddef>
#include <cstdint>

extern "C" {
void* memcpy(void* to, const void* from, std::size_t size) {
  return __builtin_memcpy(to, from, size);
}
void* memmove(void* to, const void* from, std::size_t size) {
  return __builtin_memmove(to, from, size);
}
void* memset(void* to, int byte, std::size_t size) { return __builtin_memset(to, byte, size); }
const void* memchr(const void* text, int byte, std::size_t size) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = kOnes << 7;
  auto* at = static_cast<const unsigned char*>(text);
  std::uint64_t wanted = kOnes * static_cast<unsigned char>(byte);
  for (; size >= 8; at += 8, size -= 8) {
    std::uint64_t word;
    __builtin_memcpy(&word, at, 8);
    word ^= wanted;
    if ((word - kOnes) & ~word & kHighs) break;  // one of them is zero
  }
  for (; size; ++at, --size)
    if (*at == static_cast<unsigned char>(byte)) return at;
  return nullptr;
}
}
