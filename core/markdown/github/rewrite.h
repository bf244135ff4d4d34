// Rewrites constructs of GitHub's dialect that md4c does not know before it parses the text: a
// footnote definition becomes an item of a list of its own (the rules for its content are the same:
// four columns), a table directly below a paragraph is separated from it; marks of notes (notes.h).
#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// A footnote's definition, `[^label]: …`.
struct Definition {
  Str label;
};

struct Rewriting {
  explicit Rewriting(Arena& a) : arena(a) {}

  /// A piece of the new text. It reaches to the next one.
  struct Piece {
    std::uint32_t begin;   ///< in the new text
    std::uint32_t source;  ///< in the old one
    bool verbatim;         ///< copied from there, else put in its place
  };
  /// A comment that was put in to mark a place.
  struct Mark {
    std::uint32_t at;  ///< in the new text
    int definition;    ///< the footnote whose item begins with it, or kSeparator
  };
  static constexpr int kSeparator = -1, kNoMark = -2;

  std::uint32_t source_offset(std::uint32_t at) const;
  /// The definition of the mark at `at` in the new text, kSeparator, or kNoMark.
  int find_mark(std::uint32_t at) const;

  Arena& arena;
  Text text;  ///< the new text
  List<Piece> pieces;
  List<Mark> marks;
  List<Definition> definitions;
};

/// False when there is nothing to rewrite, as in most texts. `notes`: with the marks of notes.
bool rewrite_for_github(Str source, bool notes, Rewriting& out);

}  // namespace meridian::markdown
