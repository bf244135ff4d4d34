// Suggestions for misspelt names.
#pragma once
#include "meridian/text.h"
#include "meridian/value.h"

namespace meridian::check {

/// The greatest distance that counts as a misspelling of a word of this length.
int max_distance(Str word);

/// Whether `word` may stand for the known word: of short words many are near each other, so that
/// only an exchange of two letters is a slip, or a capital.
bool may_be_misspelt(Str known, Str word);

/// The name that is nearest to `word`, among `names` with spaces between them and the keys of maps;
/// empty when none is near. The word itself is not a candidate.
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
