// Eight bytes at a time, for loops that read every byte of a text (searching, escaping, copying).
//
//     std::uint64_t quotes = kEachByte * '"';
//     for (; at + kWordBytes <= size; at += kWordBytes)
//       if (std::uint64_t found = zero_bytes(load_word(data + at) ^ quotes))
//         return at + first_byte(found);
//     // the rest: load_rest(data + at, size - at)
//
// A test of a word gives a mask in which the highest bit of each byte that passes is set. The bytes
// of a word lie in memory's order, lowest first, so the platform must be little-endian; wasm is.
// Loads and stores need no alignment.
#pragma once
#include <cstdint>
#include <cstring>

namespace meridian {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

constexpr std::size_t kWordBytes = 8;
constexpr std::uint64_t kEachByte = 0x0101010101010101, kHighBits = kEachByte * 0x80,
                        kLowBits = ~kHighBits;

/// The kWordBytes bytes at `at`, all of which must be readable.
inline std::uint64_t load_word(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The last `size` bytes of a text, fewer than kWordBytes; the bytes of the word behind them are
/// zero.
inline std::uint64_t load_rest(const char* at, std::size_t size) {
  if (size >= 4) {
    std::uint32_t first, last;
    std::memcpy(&first, at, sizeof first);
    std::memcpy(&last, at + size - sizeof last, sizeof last);
    return first | std::uint64_t(last) << 8 * (size - sizeof last);
  }
  std::uint64_t word = 0;
  while (size--) word = word << 8 | std::uint8_t(at[size]);
  return word;
}

/// Writes all kWordBytes bytes of the word at `at`.
inline void store_word(char* at, std::uint64_t word) { std::memcpy(at, &word, sizeof word); }

/// Tests for bytes that are zero. The lowest bit that is set is exact; above it, a byte of value 1
/// may pass, too (the subtraction borrows).
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - kEachByte) & ~word & kHighBits;
}

/// Number of the first byte in a mask, which must not be 0.
constexpr std::size_t first_byte(std::uint64_t passed) {
  return std::size_t(__builtin_ctzll(passed)) / 8;
}

}  // namespace meridian
