// The keys by which names are compared, as data/keys.py makes them: by the same table, which is in
// the index.
#include "meridian/text.h"
#include "meridian/travel.h"

namespace meridian::travel {

namespace {
constexpr std::uint32_t kTwoLetters = 0x110000;
// Abbreviated words of names, and their full forms.
constexpr Name kShort = "st ste mt ft", kLong[] = {"saint", "sainte", "mount", "fort"};

/// A word is complete: an abbreviation is replaced by its full form.
void end_word(Text& out, std::size_t begin) {
  int word = one_of(out.str().substr(begin), kShort);
  if (word < 0) return;
  out.truncate(begin);
  out.add(kLong[word]);
}
}  // namespace

std::uint32_t Gazetteer::fold(std::uint32_t code) const {
  std::uint32_t low = 0, high = folds_.size;
  while (low < high) {
    std::uint32_t middle = (low + high) / 2;
    if (folds_[middle].code < code)
      low = middle + 1;
    else
      high = middle;
  }
  return low < folds_.size && folds_[low].code == code ? folds_[low].target : code;
}

Str Gazetteer::key(Str name, Arena& arena) const {
  Text out;
  std::size_t word = 0;
  for (std::size_t at = 0; at < name.size();) {
    std::uint32_t c = decode(name, at);
    if (c < 128) {
      char ascii = char(c);
      c = is_alnum(ascii)                              ? std::uint32_t(lower(ascii))
          : is_space(ascii) || is_one_of(ascii, "-_/") ? ' '
                                                       : 0;
    } else {
      c = fold(c);
    }
    if (c == ' ') {
      if (out.size() == word) continue;
      end_word(out, word);
      out.add(' ');
      word = out.size();
    } else if (c >= kTwoLetters) {
      out.add(char((c - kTwoLetters) >> 8));
      out.add(char(c));
    } else if (c) {
      add_utf8(out, c);
    }
  }
  if (out.size() == word && word)
    out.truncate(word - 1);
  else
    end_word(out, word);
  return arena.copy(out.str());
}

}  // namespace meridian::travel
