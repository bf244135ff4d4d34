#include "git_hash.h"

namespace meridian {

namespace {
constexpr std::size_t kBlock = 64;

std::uint32_t rotated(std::uint32_t x, int bits) { return x << bits | x >> (32 - bits); }

/// SHA-1 (FIPS 180-4).
class Sha1 {
 public:
  void add(Str bytes) {
    for (char c : bytes) add_byte(std::uint8_t(c));
  }

  /// Ends the message. Only the first two words of the digest are used.
  std::uint64_t finish() {
    std::uint64_t bits = size_ * 8;
    add_byte(0x80);
    while (size_ % kBlock != kBlock - 8) add_byte(0);
    for (int shift = 56; shift >= 0; shift -= 8) add_byte(std::uint8_t(bits >> shift));
    return std::uint64_t(state_[0]) << 32 | state_[1];
  }

 private:
  void add_byte(std::uint8_t byte) {
    block_[size_++ % kBlock] = byte;
    if (size_ % kBlock == 0) compress();
  }

  void compress() {
    std::uint32_t w[80];
    for (int i = 0; i < 16; i++) {
      const std::uint8_t* p = block_ + 4 * i;
      w[i] =
          std::uint32_t(p[0]) << 24 | std::uint32_t(p[1]) << 16 | std::uint32_t(p[2]) << 8 | p[3];
    }
    for (int i = 16; i < 80; i++) w[i] = rotated(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    std::uint32_t a = state_[0], b = state_[1], c = state_[2], d = state_[3], e = state_[4];
    for (int i = 0; i < 80; i++) {
      std::uint32_t next = rotated(a, 5) + e + w[i] + mixed(i, b, c, d);
      e = d;
      d = c;
      c = rotated(b, 30);
      b = a;
      a = next;
    }
    const std::uint32_t sums[] = {a, b, c, d, e};
    for (int i = 0; i < 5; i++) state_[i] += sums[i];
  }

  /// The round's function of three words, with its constant.
  static std::uint32_t mixed(int round, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999u;
    if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1u;
    if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdcu;
    return (b ^ c ^ d) + 0xca62c1d6u;
  }

  std::uint32_t state_[5] = {0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u, 0xc3d2e1f0u};
  std::uint8_t block_[kBlock];
  std::uint64_t size_ = 0;
};
}  // namespace

void add_git_hash(Text& out, Str bytes) {
  Text head;
  head.add("blob ");
  head.add_int(std::int64_t(bytes.size()));
  head.add('\0');
  Sha1 sha;
  sha.add(head.str());
  sha.add(bytes);
  std::uint64_t digest = sha.finish();
  for (int shift = 60; shift >= 0; shift -= 4) out.add("0123456789abcdef"[digest >> shift & 15]);
}

}  // namespace meridian
