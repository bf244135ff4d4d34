// Names that were probably meant.
#pragma once
#include "meridian/text.h"
#include "meridian/value.h"

namespace meridian::check {

/// Letters that were left out, added, taken for others, or exchanged with their neighbour (Damerau
/// and Levenshtein's distance, without changes to what was exchanged), of which one or two are a
/// slip; `most + 1` for more than that.
int distance(Str a, Str b, int most);

/// How many of them may be a slip in a word of this length.
int max_distance(Str word);

/// The name that is nearest to `word`, among `names` with spaces between them, and the keys of
/// maps; empty when none is near. The word itself is none.
struct Nearest {
  explicit Nearest(Str word) : word_(word), best_(max_distance(word) + 1) {}
  void consider_all(Str names);
  void consider_all(const Map* names);
  void consider(Str name);
  Str name() const { return name_; }

 private:
  Str word_, name_;
  int best_;
};

}  // namespace meridian::check
