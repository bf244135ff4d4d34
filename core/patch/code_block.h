// The source of a block of code that gets another text.
#pragma once
#include "meridian/base.h"

namespace meridian::patch {

/// Lines of a source that a block of code is in: bytes `begin` to `end` of it.
struct CodeSource {
  std::size_t begin, end;
  /// What stands before each line: the indentation, the marks of quotes.
  Str prefix;
};

/// Finds the next lines from `at` on that have this text, not empty, behind a prefix.
bool find_code(Str source, std::size_t at, Str text, CodeSource& found);

/// Appends the lines of the source, those of a block with the text `old`, with the text `now`. What
/// stays at the beginning and at the end keeps its bytes.
void print_code(Str source, Str prefix, Str old, Str now, Text& out);

}  // namespace meridian::patch
