// Words of a text, folded so that spellings of the same word are the same bytes.
#pragma once
#include "meridian/search.h"

namespace meridian::search {

/// A word of a text: where it stands, and its folded form.
struct Token {
  std::size_t begin = 0, end = 0;
  std::size_t size = 0;
  /// Two characters, or the last one, of a text without spaces.
  bool pair = false;
  char folded[kMaxWord];
  Str str() const { return {folded, size}; }
};

/// The next word at or behind `at`, which moves behind it, of a pair behind its first character.
/// False at the end. Linear.
[[nodiscard]] bool next_word(Str text, std::size_t& at, Token& token);

}  // namespace meridian::search
