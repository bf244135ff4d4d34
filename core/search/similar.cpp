#include "similar.h"

namespace meridian::search {

namespace {
bool goes_on(char c) { return (c & 0xC0) == 0x80; }

/// Bytes of the first character.
std::size_t first_character(Str s) {
  std::size_t size = s.empty() ? 0 : 1;
  while (size < s.size() && goes_on(s[size])) size++;
  return size;
}
}  // namespace

unsigned errors_between(Str word, Str term, unsigned most, bool& whole) {
  std::size_t same = 0;
  while (same < word.size() && same < term.size() && word[same] == term[same]) same++;
  if (same == word.size() && (same == term.size() || !goes_on(term[same]))) {
    whole = same == term.size();
    return whole || same >= 2 ? 0 : most + 1;
  }
  if (!most) return 1;
  while (same && same < word.size() && goes_on(word[same])) same--;
  while (same && same < term.size() && goes_on(term[same])) same--;
  word.remove_prefix(same);
  term.remove_prefix(same);
  std::size_t a = first_character(word), b = first_character(term);
  Str word_rest = word.substr(a), term_rest = term.substr(b);
  unsigned least = most + 1;
  bool end = false;
  auto consider = [&](Str x, Str y) {
    unsigned errors = 1 + errors_between(x, y, most - 1, end);
    if (errors < least || (errors == least && end && errors <= most)) {
      whole = end;
      least = errors;
    }
  };
  if (a && b) consider(word_rest, term_rest);
  if (a) consider(word_rest, term);
  if (b) consider(word, term_rest);
  std::size_t a2 = first_character(word_rest), b2 = first_character(term_rest);
  if (a && b && word.substr(0, a) == term_rest.substr(0, b2) &&
      term.substr(0, b) == word_rest.substr(0, a2))
    consider(word_rest.substr(a2), term_rest.substr(b2));
  return least;
}

}  // namespace meridian::search
