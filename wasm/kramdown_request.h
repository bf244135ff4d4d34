// What the core and kramdown.wasm say to each other, as bytes.
//
//   request = mode:byte held:u32 settings:sized text:sized answer*
//   mode    = sum of KramdownMode
//   held    = stack_held of the core, below which the module works
//   settings = the map `kramdown` of `_config.yml`, as JSON
//   answer  = changed:byte url:sized html:sized css_class:sized   ; of each place, with
//             kAnswersLinks
//   place   = flags:byte url:sized                   ; the result's bytes with kHasLinks
//   sized   = size:u32 byte{size}
#pragma once
#include <cstring>

#include "meridian/markdown.h"

namespace meridian::wasm {

enum KramdownMode : std::uint8_t {
  /// A line that has typography alone.
  kSmart = 1,
  /// The core asks for the places of links, if there are any.
  kAsksForLinks = 2,
  /// It answers them.
  kAnswersLinks = 4,
  // What other settings say: Options::highlight (off), dollars, untrusted.
  kPlainCode = 8,
  kDollars = 16,
  kUntrusted = 32,
};

/// Of a link's place, as in LinkPlace.
enum PlaceFlag : std::uint8_t { kImage = 1, kAlone = 2, kInHtml = 4 };

inline void add_u32(Text& out, std::size_t n) {
  const std::uint32_t value = std::uint32_t(n);
  out.add(reinterpret_cast<const char*>(&value), sizeof value);
}
inline void add_sized(Text& out, Str s) {
  add_u32(out, s.size());
  out.add(s);
}

/// Reads what the other side wrote; strings are views of it.
class Reader {
 public:
  explicit Reader(Str bytes) : rest_(bytes) {}
  bool at_end() const { return rest_.empty(); }
  std::uint8_t byte() { return std::uint8_t(bytes(1)[0]); }
  std::uint32_t u32() {
    std::uint32_t n;
    std::memcpy(&n, bytes(sizeof n).data(), sizeof n);
    return n;
  }
  Str sized() { return bytes(u32()); }

 private:
  Str bytes(std::size_t size) {
    Str taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  Str rest_;
};

}  // namespace meridian::wasm
