#include "meridian/str.h"

namespace meridian {

std::size_t find(Str s, Str what, std::size_t from) {
  if (what.empty()) return from <= s.size() ? from : Str::npos;
  for (; (from = find_byte(s, what[0], from)) != Str::npos; from++)
    if (starts_with(substring(s, from, Str::npos), what)) return from;
  return Str::npos;
}

std::size_t rfind(Str s, Str what, std::size_t from) {
  for (std::size_t i = from < s.size() ? from + 1 : s.size() + 1; i--;)
    if (starts_with(substring(s, i, Str::npos), what)) return i;
  return Str::npos;
}

std::size_t find_byte(Str s, char c, std::size_t from) {
  if (from >= s.size()) return Str::npos;
  auto* at = static_cast<const char*>(std::memchr(s.data() + from, c, s.size() - from));
  return at ? std::size_t(at - s.data()) : Str::npos;
}

namespace {
bool is_in(Str set, char c) { return find_byte(set, c, 0) != Str::npos; }
}  // namespace

std::size_t find_any(Str s, Str set, std::size_t from, bool in_set) {
  for (; from < s.size(); from++)
    if (is_in(set, s[from]) == in_set) return from;
  return Str::npos;
}

std::size_t find_last_any(Str s, Str set, std::size_t from, bool in_set) {
  std::size_t i = from < s.size() ? from + 1 : s.size();
  while (i--)
    if (is_in(set, s[i]) == in_set) return i;
  return Str::npos;
}

std::size_t rfind_byte(Str s, char c, std::size_t from) {
  std::size_t i = from < s.size() ? from + 1 : s.size();
  while (i-- && s[i] != c) {
  }
  return i;
}

int compare(Str a, Str b) {
  std::size_t common = a.size() < b.size() ? a.size() : b.size();
  int order = common ? std::memcmp(a.data(), b.data(), common) : 0;
  return order ? order : int(a.size() > b.size()) - int(a.size() < b.size());
}

Str terminated(const char* s) { return {s, __builtin_strlen(s)}; }

bool starts_with(Str s, Str prefix) { return s.size() >= prefix.size() && Str(s.data(), prefix.size()) == prefix; }
bool ends_with(Str s, Str suffix) {
  return s.size() >= suffix.size() && Str(s.end() - suffix.size(), suffix.size()) == suffix;
}

}  // namespace meridian
