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

int compare_naturally(Str a, Str b) {
  auto weight = [](char c) { return c == '/' ? 0 : int(static_cast<unsigned char>(lower(c))); };
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (is_digit(a[i]) && is_digit(b[k])) {
      // The longer number is the larger one, but for zeros before it.
      int zeros = 0, way = 0;
      for (; char_at(a, i) == '0'; i++) zeros++;
      for (; char_at(b, k) == '0'; k++) zeros--;
      for (; is_digit(char_at(a, i)) && is_digit(char_at(b, k)); i++, k++)
        if (!way) way = a[i] - b[k];
      if (is_digit(char_at(a, i)) != is_digit(char_at(b, k)))
        return is_digit(char_at(a, i)) ? 1 : -1;
      if (way || zeros) return way ? way : zeros;
    } else if (int way = weight(a[i++]) - weight(b[k++])) {
      return way;
    }
  }
  bool longer = i < a.size(), shorter = k < b.size();
  return longer != shorter ? int(longer) - int(shorter) : a.compare(b);
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
