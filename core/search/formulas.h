// Mathematics in texts that are searched.
#pragma once
#include "meridian/text.h"

namespace meridian::search {

/// Makes the formulas of a text readable, from `begin` on: what stands between `\(` and `\)` or
/// `\[` and `\]`, or all of it (`whole`). Greek letters and frequent signs become characters; names
/// of other commands, braces and the marks of indices are left out. Linear.
void read_formulas(Text& text, std::size_t begin, bool whole);

}  // namespace meridian::search
