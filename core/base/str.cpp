#include "meridian/base.h"
#include "meridian/words.h"

namespace meridian {

namespace {
/// Longer needles are not searched by trying each place: in a text of few different letters nearly
/// every place matches for long.
constexpr std::size_t kLong = 32;

/// A string from its begin, or from its end.
struct Letters {
  Str s;
  bool backwards;
  unsigned char operator[](std::size_t i) const {
    return std::uint8_t(s[backwards ? s.size() - 1 - i : i]);
  }
};

/// Begin and period of the suffix that is last in the order of the letters, or in the reverse
/// order.
std::size_t last_suffix(const Letters& x, bool turned, std::size_t& period) {
  std::size_t begin = 0, other = 1, same = 0;
  for (period = 1; other + same < x.s.size();) {
    unsigned char a = x[other + same], b = x[begin + same];
    if (a == b) {
      if (++same < period) continue;
      other += period;
    } else if ((a < b) != turned) {
      other += same + 1;
      period = other - begin;
    } else {
      begin = other++;
      period = 1;
    }
    same = 0;
  }
  return begin;
}

/// Crochemore and Perrin's two-way search: linear, and without a table. Neither is empty.
std::size_t find_long(const Letters& s, const Letters& what) {
  std::size_t period, turned_period, size = what.s.size();
  std::size_t middle = last_suffix(what, false, period),
              turned = last_suffix(what, true, turned_period);
  if (turned > middle) middle = turned, period = turned_period;
  bool repeats = true;
  for (std::size_t i = 0; i < middle && repeats; i++)
    repeats = i + period < size && what[i] == what[i + period];
  if (!repeats) period = (middle > size - middle ? middle : size - middle) + 1;
  std::size_t known = 0;  // letters at the begin that are known to match
  for (std::size_t at = 0; at + size <= s.s.size();) {
    std::size_t i = known > middle ? known : middle;
    while (i < size && what[i] == s[at + i]) i++;
    if (i < size) {
      at += i - middle + 1;
      known = 0;
      continue;
    }
    for (i = middle; i > known && what[i - 1] == s[at + i - 1];) i--;
    if (i <= known) return at;
    at += period;
    known = repeats ? size - period : 0;
  }
  return Str::npos;
}
}  // namespace

std::size_t find(Str s, Str what, std::size_t from) {
  if (what.empty()) return from <= s.size() ? from : Str::npos;
  if (what.size() > kLong && from < s.size()) {
    std::size_t at = find_long({substring(s, from, Str::npos), false}, {what, false});
    return at == Str::npos ? at : from + at;
  }
  if (s.size() < what.size()) return Str::npos;
  std::size_t last = what.size() - 1;
  Str begins(s.data(), s.size() - last);
  for (; (from = find_byte(begins, what[0], from)) != Str::npos; from++)
    if (s[from + last] == what[last] && std::memcmp(s.data() + from, what.data(), last) == 0)
      return from;
  return Str::npos;
}

std::size_t rfind(Str s, Str what, std::size_t from) {
  if (what.size() > kLong) {
    if (from < s.size() - what.size()) s = substring(s, 0, from + what.size());
    std::size_t at = find_long({s, true}, {what, true});
    return at == Str::npos ? at : s.size() - what.size() - at;
  }
  for (std::size_t i = from < s.size() ? from + 1 : s.size() + 1; i--;)
    if (starts_with(substring(s, i, Str::npos), what)) return i;
  return Str::npos;
}

std::size_t find_byte(Str s, char c, std::size_t from) {
  const char* data = s.data();
  std::uint64_t pattern = kEachByte * std::uint8_t(c);
  std::size_t size = s.size();
  if (from >= size) return Str::npos;
  for (; from + kWordBytes <= size; from += kWordBytes) {
    if (std::uint64_t found = zero_bytes(load_word(data + from) ^ pattern))
      return from + first_byte(found);
  }
  if (from == size) return Str::npos;
  std::uint64_t rest = load_rest(data + from, size - from) ^ pattern;
  std::uint64_t found =
      zero_bytes(rest) << 8 * (kWordBytes - (size - from)) >> 8 * (kWordBytes - (size - from));
  return found ? from + first_byte(found) : Str::npos;
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

std::uint64_t fnv1a(Str s) {
  std::uint64_t h = 14695981039346656037u;
  for (char c : s) h = (h ^ std::uint8_t(c)) * 1099511628211u;
  return h;
}

int compare(Str a, Str b) {
  std::size_t common = a.size() < b.size() ? a.size() : b.size();
  int order = common ? std::memcmp(a.data(), b.data(), common) : 0;
  return order ? order : int(a.size() > b.size()) - int(a.size() < b.size());
}

Str terminated(const char* s) { return {s, __builtin_strlen(s)}; }

bool starts_with(Str s, Str prefix) {
  return s.size() >= prefix.size() && Str(s.data(), prefix.size()) == prefix;
}
bool ends_with(Str s, Str suffix) {
  return s.size() >= suffix.size() && Str(s.end() - suffix.size(), suffix.size()) == suffix;
}

}  // namespace meridian
