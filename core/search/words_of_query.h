// The words of a query, and what of the index they match.
#pragma once
#include "format.h"
#include "words.h"

namespace meridian::search {

/// A term that a word matches. Its strings are views of a shard, or of the query's arena.
struct Index::Match {
  Str term, postings;
  /// Of its weight, in 256ths.
  std::uint32_t factor;
  /// Where its postings are, and their bytes, when they are in a shard of their own.
  ListPlace place;
  std::uint32_t list_size;
};

struct Index::Word {
  Token token;
  List<Match> matches;
  /// Sections that have the word, or the most frequent of its matches.
  std::uint32_t sections = 0;
  bool exact = false;
  Str str() const { return token.str(); }
};

}  // namespace meridian::search
