// What the files of the room share.
#pragma once
#include "meridian/bibtex.h"

namespace meridian::bibtex {

/// A @string.
struct String {
  List<Token> tokens;
  const Source* source;
  std::size_t offset;
  /// Whether what it stands for is known, or being found: then it leads to itself.
  bool done, busy;
};

/// Gives the entry a key of its own, and adds it.
void add_entry(Bibliography& out, Entry* entry);

}  // namespace meridian::bibtex
