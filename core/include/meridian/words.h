// Eight bytes at a time, for the loops that look at every byte of a text. Each test gives a word
// whose highest bit of a byte is set where the byte passes.
#pragma once
#include <cstdint>
#include <cstring>

namespace meridian {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

constexpr std::size_t kWordBytes = 8;
constexpr std::uint64_t kEachByte = 0x0101010101010101, kHighBits = kEachByte * 0x80,
                        kLowBits = ~kHighBits;

inline std::uint64_t load_word(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The last bytes of a text, fewer than kWordBytes; those of the word that are behind them are
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

inline void store_word(char* at, std::uint64_t word) { std::memcpy(at, &word, sizeof word); }

/// The bytes that are zero. Only the first of them is told for sure: above it a one may pass, too.
constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - kEachByte) & ~word & kHighBits;
}

/// Which of the bytes passed first; some did.
constexpr std::size_t first_byte(std::uint64_t passed) {
  return std::size_t(__builtin_ctzll(passed)) / 8;
}

}  // namespace meridian
