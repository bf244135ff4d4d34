// Strings as bytes: white space at the ends, names in a list.
#include "meridian/text.h"

namespace meridian {

int index_in(const char* characters, char c) {
  for (int i = 0; characters[i]; i++)
    if (characters[i] == c) return i;
  return -1;
}

namespace {
bool is_strippable(char c) { return is_space(c) || c == '\0'; }
}  // namespace

Str lstrip(Str s) {
  while (!s.empty() && is_strippable(s.front())) s.remove_prefix(1);
  return s;
}

Str rstrip(Str s) {
  while (!s.empty() && is_strippable(s.back())) s.remove_suffix(1);
  return s;
}

Str strip(Str s) { return lstrip(rstrip(s)); }

bool equal_ignoring_case(Str a, Str b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); i++)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

int one_of(Str word, Str list) {
  for (int number = 0;; number++) {
    std::size_t end = list.find(' ');
    if (slice(list, 0, end < list.size() ? end : list.size()) == word) return number;
    if (end == Str::npos) return -1;
    list.remove_prefix(end + 1);
  }
}

bool next_piece(Str& rest, char separator, Str& piece) {
  if (rest.empty()) return false;
  piece = slice(rest, 0, find_byte(rest, separator, 0));
  rest = slice(rest, piece.size() + 1);
  return true;
}

}  // namespace meridian
