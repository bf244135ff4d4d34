// Borrowed bytes: std::string_view in a form that costs few bytes of wasm.
//
//     Str path = "_posts/2026-01-31-news.md";
//     Str name = path.substr(path.rfind('/') + 1);     // a view of the same bytes
//     if (name.ends_with(".md")) name.remove_suffix(3);
//     Value value = map.get(name);                     // every string of the core is passed as a
//     Str
//
// A struct of two words is passed through memory by wasm's C++ ABI, some thirty bytes of code for
// each argument; a struct of one 64-bit scalar is passed in a register. So in wasm a Str is pointer
// and length packed into one: a quarter less code in the rooms that pass strings around.
//
// The members have std::string_view's names and meaning, with one difference: no offset or count is
// out of range, each is cut to the size. Indexing with [], front() and back() is unchecked, as
// there.
//
// Ownership: a Str owns nothing. It is valid as long as the bytes, which an Arena, a Text, a File
// or the caller owns. Copying one is copying a number.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

/// For the members of a class that lives in a register: a call with `this` would send it through
/// memory.
#define MERIDIAN_INLINE inline __attribute__((always_inline))
/// For functions that are one copy of the code where bytes count (`-Oz`), and inline where speed
/// does.
#ifdef __OPTIMIZE_SIZE__
#define MERIDIAN_SMALL __attribute__((noinline))
#else
#define MERIDIAN_SMALL
#endif

namespace meridian {

class Str;

/// A literal in a constant table, since a Str can't be made at compile time in wasm. Converts to
/// Str, and has the members of one that table code uses.
struct Name {
  const char* text;
  std::uint32_t length;
  constexpr Name() : text(""), length(0) {}
  constexpr Name(const char* s) : text(s), length(std::uint32_t(__builtin_strlen(s))) {}
  constexpr std::size_t size() const { return length; }
  constexpr bool empty() const { return length == 0; }
  constexpr const char* data() const { return text; }
  constexpr const char* begin() const { return text; }
  constexpr const char* end() const { return text + length; }
  constexpr char operator[](std::size_t i) const { return text[i]; }
  /// As those of Str.
  inline Str substr(std::size_t from, std::size_t count = ~std::size_t(0)) const;
  inline std::size_t find(Str s, std::size_t from = 0) const;
  inline std::size_t find(char c, std::size_t from = 0) const;
  /// Bytewise, for tables that are sorted at compile time (liquid::is_sorted).
  friend constexpr bool operator<(const Name& a, const Name& b) {
    return std::string_view(a.text, a.length) < std::string_view(b.text, b.length);
  }
};

// The members of Str call these: they are out of line, with their strings in registers. Searches
// return Str::npos when there is no match.
//
// Linear in both sizes, also for hostile texts: two-way search (Crochemore and Perrin) for a long
// `what`. An empty one is found at `from`.
std::size_t find(Str s, Str what, std::size_t from);
std::size_t rfind(Str s, Str what, std::size_t from);
/// The first byte at or behind `from`, or the last one at or before it, that is in the set
/// (`in_set`) or is not. O(size of s × size of set) at worst.
std::size_t find_any(Str s, Str set, std::size_t from, bool in_set);
std::size_t find_last_any(Str s, Str set, std::size_t from, bool in_set);
std::size_t find_byte(Str s, char c, std::size_t from);
std::size_t rfind_byte(Str s, char c, std::size_t from);
/// Bytewise, unsigned, as memcmp: negative, 0 or positive. UTF-8 sorts by code points so.
int compare(Str a, Str b);
/// FNV-1a with 64 bits, to tell texts apart. Not for hostile input: collisions are easy to make.
std::uint64_t fnv1a(Str s);
MERIDIAN_SMALL bool operator==(Str a, Str b);
/// Whether `s` begins or ends with these bytes; every text does with the empty one.
bool starts_with(Str s, Str prefix);
bool ends_with(Str s, Str suffix);
/// Bytes `from` up to, without, `to`; both are cut to the size.
MERIDIAN_SMALL Str slice(Str s, std::size_t from, std::size_t to = ~std::size_t(0));
/// `count` bytes from `from` on; both are cut to the size.
MERIDIAN_SMALL Str substring(Str s, std::size_t from, std::size_t count);
/// The bytes up to the NUL. With it a literal costs the code that uses it one pointer, not pointer
/// and size.
Str terminated(const char* s);

/// Borrowed bytes, UTF-8 unless a comment says otherwise. A comment on each Str that is kept names
/// the owner of its bytes. The default one has size 0 and no address (data() == nullptr), by which
/// some functions tell "absent" from "empty".
class Str {
 public:
  static constexpr std::size_t npos = ~std::size_t(0);

#if defined(__wasm32__) && defined(__OPTIMIZE_SIZE__)
  MERIDIAN_INLINE Str(const char* s) : Str(terminated(s)) {}
  MERIDIAN_INLINE Str(const Name& s)
      : Str(__builtin_constant_p(s.length) ? terminated(s.text) : Str(s.text, s.length)) {}
#else
  MERIDIAN_INLINE Str(const char* s) : Str(s, __builtin_strlen(s)) {}
  MERIDIAN_INLINE Str(const Name& s) : Str(s.text, s.length) {}
#endif
  /// From std::string, std::string_view and what becomes one: for tests and the command.
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T&, std::string_view> &&
                                              !std::is_convertible_v<const T&, const char*>>>
  /// From std::string, std::string_view and what converts to one: for tests and the command.
  Str(const T& s) : Str(std::string_view(s).data(), std::string_view(s).size()) {}
#ifdef __wasm32__
  MERIDIAN_INLINE constexpr Str() : bits_(0) {}
  MERIDIAN_INLINE Str(const char* s, std::size_t size)
      : bits_(reinterpret_cast<std::uintptr_t>(s) | std::uint64_t(size) << 32) {}
  MERIDIAN_INLINE const char* data() const {
    return reinterpret_cast<const char*>(std::uintptr_t(std::uint32_t(bits_)));
  }
  MERIDIAN_INLINE std::size_t size() const { return std::size_t(bits_ >> 32); }
#else
  constexpr Str() : data_(nullptr), size_(0) {}
  Str(const char* s, std::size_t size) : data_(s), size_(size) {}
  const char* data() const { return data_; }
  std::size_t size() const { return size_; }
#endif
  MERIDIAN_INLINE operator std::string_view() const { return {data(), size()}; }

  MERIDIAN_INLINE bool empty() const { return size() == 0; }
  MERIDIAN_INLINE const char* begin() const { return data(); }
  MERIDIAN_INLINE const char* end() const { return data() + size(); }
  MERIDIAN_INLINE char operator[](std::size_t i) const { return data()[i]; }
  MERIDIAN_INLINE char front() const { return data()[0]; }
  MERIDIAN_INLINE char back() const { return data()[size() - 1]; }
  MERIDIAN_INLINE Str substr(std::size_t from, std::size_t count = npos) const {
    return substring(*this, from, count);
  }
  /// Drops `n` bytes at the begin (cut to the size), or at the end (at most the size: unchecked).
  MERIDIAN_INLINE void remove_prefix(std::size_t n) { *this = substring(*this, n, npos); }
  MERIDIAN_INLINE void remove_suffix(std::size_t n) { *this = Str(data(), size() - n); }

  /// Searches give the position of the match's first byte, npos when there is none. rfind and
  /// find_last_… search backwards: their `from` is the last position at which a match may begin.
  MERIDIAN_INLINE std::size_t find(Str s, std::size_t from = 0) const {
    return meridian::find(*this, s, from);
  }
  MERIDIAN_INLINE std::size_t find(char c, std::size_t from = 0) const {
    return find_byte(*this, c, from);
  }
  MERIDIAN_INLINE std::size_t rfind(Str s, std::size_t from = npos) const {
    return meridian::rfind(*this, s, from);
  }
  MERIDIAN_INLINE std::size_t rfind(char c, std::size_t from = npos) const {
    return rfind_byte(*this, c, from);
  }
  MERIDIAN_INLINE std::size_t find_first_of(Str set, std::size_t from = 0) const {
    return find_any(*this, set, from, true);
  }
  MERIDIAN_INLINE std::size_t find_first_not_of(Str set, std::size_t from = 0) const {
    return find_any(*this, set, from, false);
  }
  std::size_t find_first_not_of(char c, std::size_t from = 0) const {
    return find_any(*this, Str(&c, 1), from, false);
  }
  MERIDIAN_INLINE std::size_t find_last_of(Str set, std::size_t from = npos) const {
    return find_last_any(*this, set, from, true);
  }
  MERIDIAN_INLINE std::size_t find_last_not_of(Str set, std::size_t from = npos) const {
    return find_last_any(*this, set, from, false);
  }
  std::size_t find_last_not_of(char c, std::size_t from = npos) const {
    return find_last_any(*this, Str(&c, 1), from, false);
  }
  MERIDIAN_INLINE int compare(Str s) const { return meridian::compare(*this, s); }
  MERIDIAN_INLINE bool starts_with(Str s) const { return meridian::starts_with(*this, s); }
  MERIDIAN_INLINE bool ends_with(Str s) const { return meridian::ends_with(*this, s); }

 private:
#ifdef __wasm32__
  std::uint64_t bits_;
#else
  const char* data_;
  std::size_t size_;
#endif
};

inline bool operator==(Str a, Str b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

inline Str slice(Str s, std::size_t from, std::size_t to) {
  if (to > s.size()) to = s.size();
  if (from > to) from = to;
  return {s.data() + from, to - from};
}

inline Str substring(Str s, std::size_t from, std::size_t count) {
  if (from > s.size()) from = s.size();
  std::size_t rest = s.size() - from;
  return {s.data() + from, count < rest ? count : rest};
}

MERIDIAN_INLINE Str Name::substr(std::size_t from, std::size_t count) const {
  return substring(*this, from, count);
}
MERIDIAN_INLINE std::size_t Name::find(Str s, std::size_t from) const {
  return meridian::find(*this, s, from);
}
MERIDIAN_INLINE std::size_t Name::find(char c, std::size_t from) const {
  return find_byte(*this, c, from);
}

#ifdef __OPTIMIZE_SIZE__
/// The same with a literal, in one call.
MERIDIAN_SMALL inline bool operator==(Str a, const char* b) { return a == Str(b); }
MERIDIAN_SMALL inline bool starts_with(Str s, const char* prefix) {
  return starts_with(s, Str(prefix));
}
MERIDIAN_SMALL inline bool ends_with(Str s, const char* suffix) {
  return ends_with(s, Str(suffix));
}
MERIDIAN_INLINE bool operator!=(Str a, const char* b) { return !(a == b); }
#endif

MERIDIAN_INLINE bool operator!=(Str a, Str b) { return !(a == b); }
MERIDIAN_INLINE bool operator<(Str a, Str b) { return compare(a, b) < 0; }
MERIDIAN_INLINE bool operator>(Str a, Str b) { return compare(a, b) > 0; }

/// Into a std::ostream, for tests: whatever can write() characters.
template <class Stream>
/// Into a std::ostream or anything else with write(), for tests. A template, so that no header of
/// iostreams is included.
auto operator<<(Stream& out, Str s) -> decltype(out.write(s.data(), 1)) {
  return out.write(s.data(), static_cast<std::ptrdiff_t>(s.size()));
}

}  // namespace meridian
