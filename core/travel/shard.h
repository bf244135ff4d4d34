// Reads the bytes of a shard with every bound checked: bytes behind the end read as zero, and
// failed() is set.
#pragma once
#include "meridian/base.h"

namespace meridian::travel {

/// FNV-1a, 32 bits: by it a name finds its shard.
inline std::uint32_t hash_of(Str key) {
  std::uint32_t hash = 0x811C9DC5;
  for (char c : key) hash = (hash ^ std::uint8_t(c)) * 0x01000193;
  return hash;
}

/// How many lower bits of the hash of another name are left out: those that are the number of a
/// shard, or, in the popular tier, a byte.
constexpr unsigned hash_shift(bool popular) { return popular ? 8 : 12; }

class Reader {
 public:
  explicit Reader(Str bytes) : bytes_(bytes) {}

  /// `count` bits, the highest first; at most 24.
  std::uint32_t bits(unsigned count);
  std::uint8_t byte() { return std::uint8_t(take(1)[0]); }
  std::uint32_t two_bytes();  ///< little-endian
  /// An unsigned LEB128 number below 2^28.
  std::uint32_t number();
  /// An even number is itself halved, an odd one negative.
  std::int32_t signed_number();
  /// The next bytes; when there are fewer, an empty text that may be read for one byte, a zero.
  Str take(std::size_t count);

  bool failed() const { return failed_; }
  /// Whether `count` items of at least `bits` bits each may follow: a hostile count makes no long
  /// list.
  bool has(std::size_t count, std::size_t bits) const {
    return !failed_ && count <= (bytes_.size() - at_) * 8 / bits;
  }

 private:
  Str bytes_;
  std::size_t at_ = 0;
  std::uint32_t held_ = 0;
  unsigned held_bits_ = 0;
  bool failed_ = false;
};

}  // namespace meridian::travel
