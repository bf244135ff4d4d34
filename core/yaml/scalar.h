// The types of plain scalars: Psych's ScalarScanner.
#pragma once
#include "meridian/value.h"

namespace meridian::yaml {

/// `s` must live as long as the value: most scalars are strings. So is a symbol
/// (`:name`): sites write `style: :compressed`, which SafeYAML reads as text. A time without a zone
/// is in UTC, shown on the clock of `zone` (nullptr: UTC).
Value resolve(Str s, const Zone* zone);

/// The bytes of `!!binary`, in the arena. Characters that are not Base64 are ignored, as in Ruby.
Str decode_base64(Str text, Arena& arena);

}  // namespace meridian::yaml
