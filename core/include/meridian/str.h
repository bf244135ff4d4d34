// Borrowed bytes: what std::string_view is, in a form that costs few bytes of wasm.
//
// A struct of two words is passed through memory by wasm's C++ ABI, some thirty bytes of code for each argument; a struct
// of one 64-bit scalar is passed in a register. So in wasm a Str is pointer and length packed into one: a quarter less
// code in the rooms that pass strings around. The members have std::string_view's names and meaning, but no offset is out
// of range: it is cut to the size.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace meridian {

class Str;

/// A literal that stands in a constant table: a Str can't be made at compile time in wasm.
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
  inline Str substr(std::size_t from, std::size_t count = ~std::size_t(0)) const;
  inline std::size_t find(Str s, std::size_t from = 0) const;
  inline std::size_t find(char c, std::size_t from = 0) const;
  friend constexpr bool operator<(const Name& a, const Name& b) {
    return std::string_view(a.text, a.length) < std::string_view(b.text, b.length);
  }
};

// Out of line, with their strings in registers: what the members of Str do.
std::size_t find(Str s, Str what, std::size_t from);
std::size_t rfind(Str s, Str what, std::size_t from);
/// The first (last) byte from `from` on (back) that is, or is not, in the set.
std::size_t find_any(Str s, Str set, std::size_t from, bool in_set);
std::size_t find_last_any(Str s, Str set, std::size_t from, bool in_set);
std::size_t find_byte(Str s, char c, std::size_t from);
int compare(Str a, Str b);
bool operator==(Str a, Str b);
bool starts_with(Str s, Str prefix);
bool ends_with(Str s, Str suffix);
/// What stands from `from` up to but without `to`; both are cut to the size.
Str slice(Str s, std::size_t from, std::size_t to = ~std::size_t(0));

/// Borrowed bytes, UTF-8 unless said otherwise. Whoever keeps one says in its comment who owns the bytes.
class Str {
 public:
  static constexpr std::size_t npos = ~std::size_t(0);

  Str(const char* s) : Str(s, __builtin_strlen(s)) {}
  Str(const Name& s) : Str(s.text, s.length) {}
  /// From std::string, std::string_view and what becomes one: for tests and the command.
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T&, std::string_view> &&
                                              !std::is_convertible_v<const T&, const char*>>>
  Str(const T& s) : Str(std::string_view(s).data(), std::string_view(s).size()) {}
#ifdef __wasm32__
  constexpr Str() : bits_(0) {}
  Str(const char* s, std::size_t size) : bits_(reinterpret_cast<std::uintptr_t>(s) | std::uint64_t(size) << 32) {}
  const char* data() const { return reinterpret_cast<const char*>(std::uintptr_t(std::uint32_t(bits_))); }
  std::size_t size() const { return std::size_t(bits_ >> 32); }
#else
  constexpr Str() : data_(nullptr), size_(0) {}
  Str(const char* s, std::size_t size) : data_(s), size_(size) {}
  const char* data() const { return data_; }
  std::size_t size() const { return size_; }
#endif
  operator std::string_view() const { return {data(), size()}; }

  bool empty() const { return size() == 0; }
  const char* begin() const { return data(); }
  const char* end() const { return data() + size(); }
  char operator[](std::size_t i) const { return data()[i]; }
  char front() const { return data()[0]; }
  char back() const { return data()[size() - 1]; }
  Str substr(std::size_t from, std::size_t count = npos) const {
    if (from > size()) from = size();
    std::size_t rest = size() - from;
    return {data() + from, count < rest ? count : rest};
  }
  void remove_prefix(std::size_t n) { *this = Str(data() + n, size() - n); }
  void remove_suffix(std::size_t n) { *this = Str(data(), size() - n); }

  std::size_t find(Str s, std::size_t from = 0) const { return meridian::find(*this, s, from); }
  std::size_t find(char c, std::size_t from = 0) const { return find_byte(*this, c, from); }
  std::size_t rfind(Str s, std::size_t from = npos) const { return meridian::rfind(*this, s, from); }
  std::size_t rfind(char c, std::size_t from = npos) const { return find_last_any(*this, Str(&c, 1), from, true); }
  std::size_t find_first_of(Str set, std::size_t from = 0) const { return find_any(*this, set, from, true); }
  std::size_t find_first_not_of(Str set, std::size_t from = 0) const { return find_any(*this, set, from, false); }
  std::size_t find_first_not_of(char c, std::size_t from = 0) const { return find_any(*this, Str(&c, 1), from, false); }
  std::size_t find_last_of(Str set, std::size_t from = npos) const { return find_last_any(*this, set, from, true); }
  std::size_t find_last_not_of(Str set, std::size_t from = npos) const { return find_last_any(*this, set, from, false); }
  std::size_t find_last_not_of(char c, std::size_t from = npos) const {
    return find_last_any(*this, Str(&c, 1), from, false);
  }
  int compare(Str s) const { return meridian::compare(*this, s); }
  bool starts_with(Str s) const { return meridian::starts_with(*this, s); }
  bool ends_with(Str s) const { return meridian::ends_with(*this, s); }

 private:
#ifdef __wasm32__
  std::uint64_t bits_;
#else
  const char* data_;
  std::size_t size_;
#endif
};

Str Name::substr(std::size_t from, std::size_t count) const { return Str(*this).substr(from, count); }
std::size_t Name::find(Str s, std::size_t from) const { return meridian::find(*this, s, from); }
std::size_t Name::find(char c, std::size_t from) const { return find_byte(*this, c, from); }

inline bool operator!=(Str a, Str b) { return !(a == b); }
inline bool operator<(Str a, Str b) { return compare(a, b) < 0; }
inline bool operator>(Str a, Str b) { return compare(a, b) > 0; }

/// Into a std::ostream, for tests: whatever can write() characters.
template <class Stream>
auto operator<<(Stream& out, Str s) -> decltype(out.write(s.data(), 1)) {
  return out.write(s.data(), static_cast<std::ptrdiff_t>(s.size()));
}

}  // namespace meridian
