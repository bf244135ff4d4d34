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
  if (word.empty() || word.find(' ') != Str::npos) return -1;
  for (std::size_t at = 0; (at = list.find(word, at)) != Str::npos; at++) {
    std::size_t end = at + word.size();
    bool whole = (!at || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ');
    if (!whole) continue;
    int number = 0;
    for (char c : list.substr(0, at)) number += c == ' ';
    return number;
  }
  return -1;
}

bool next_piece(Str& rest, char separator, Str& piece) {
  if (rest.empty()) return false;
  piece = slice(rest, 0, find_byte(rest, separator, 0));
  rest = slice(rest, piece.size() + 1);
  return true;
}

}  // namespace meridian
