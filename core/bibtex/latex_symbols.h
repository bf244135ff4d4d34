// Commands of TeX that stand for a character.
#pragma once
#include "meridian/bibtex.h"

namespace meridian::bibtex {

/// `name text name text …`, sorted by name.
struct SymbolTable {
  const char* words;
  /// The text of a command without its backslash; without an address when the table lacks it.
  /// Linear in the part of the table that has the name's first character.
  Str find(Str name) const;
};

/// Letters: `\\o`, `\\ae`.
extern const SymbolTable kLetters;
extern const SymbolTable kPunctuation;
/// Mathematical symbols and Greek letters.
extern const SymbolTable kSymbols;

}  // namespace meridian::bibtex
