// The types of plain scalars: Psych's ScalarScanner.
#pragma once
#include "meridian/value.h"

namespace meridian::yaml {

/// `s` must live as long as the value: most scalars are strings. A symbol (`:name`), which
/// Jekyll refuses, is reported. A time without a zone is in UTC, shown on the clock of `zone`
/// (nullptr: UTC).
Value resolve(Str s, bool& is_symbol, const Zone* zone);

/// The bytes of `!!binary`, in the arena. Characters that are not Base64 are ignored, as in Ruby.
Str decode_base64(Str text, Arena& arena);

}  // namespace meridian::yaml
