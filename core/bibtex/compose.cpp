// Letters with marks as one character: Unicode's canonical composition (UAX #15), of the alphabets
// that TeX's accents are used with. Marks are taken in the order in which they stand.
#include "meridian/bibtex.h"

namespace meridian::bibtex {

namespace {
#include "compose_table.inc"

/// The place of a number in a sorted table from `begin` up to `end`; `end` when it is not there.
std::uint32_t index_of(const std::uint16_t* table, std::uint32_t begin, std::uint32_t end,
                       std::uint32_t number) {
  std::uint32_t last = end;
  while (begin < end) {
    std::uint32_t middle = (begin + end) / 2;
    if (table[middle] < number)
      begin = middle + 1;
    else
      end = middle;
  }
  return begin < last && table[begin] == number ? begin : last;
}

/// Letter and mark as one; 0 when there is no such character.
std::uint32_t composed(std::uint32_t letter, std::uint32_t mark) {
  constexpr std::uint32_t kCount = sizeof kMarks / sizeof *kMarks;
  std::uint32_t m = index_of(kMarks, 0, kCount, mark);
  if (m == kCount) return 0;
  std::uint32_t at = index_of(kBases, kBegins[m], kBegins[m + 1], letter);
  return at == kBegins[m + 1] ? 0 : kComposed[at];
}
}  // namespace

void add_composed(Str text, Text& out) {
  std::size_t at = 0, copied = 0;
  while (at < text.size()) {
    // Marks begin with these bytes: what has none is copied as it is.
    while (at < text.size() && text[at] != '\xcc' && text[at] != '\xcd') at++;
    if (at >= text.size()) break;
    std::size_t begin = at;
    while (begin > copied && (text[begin - 1] & 0xc0) == 0x80) begin--;
    if (begin > copied) begin--;
    std::size_t end = begin;
    std::uint32_t letter = decode(text, end);
    if (end > at) {  // the text begins with a mark
      at = end;
      continue;
    }
    bool changed = false;
    for (std::size_t next = end; next < text.size(); end = next) {
      std::uint32_t both = composed(letter, decode(text, next));
      if (!both) break;
      letter = both;
      changed = true;
    }
    out.add(slice(text, copied, changed ? begin : end));
    if (changed) add_utf8(out, letter);
    copied = end;
    if (at < end) at = end;
    if (!changed) decode(text, at);
  }
  out.add(slice(text, copied));
}

}  // namespace meridian::bibtex
