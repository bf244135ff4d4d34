// What plain scalars mean: Psych's ScalarScanner.
#pragma once
#include "meridian/value.h"

namespace meridian::yaml {

/// `text` must live as long as the value: most scalars are strings. A symbol (`:name`), which
/// Jekyll refuses, is told apart. A time that names no zone is one of UTC, shown on the clock of
/// `zone` (nullptr: UTC).
Value resolve(Str text, bool& is_symbol, const Zone* zone);

/// What `!!binary` holds, in the arena. Characters that are not Base64 are passed over, as Ruby
/// does.
Str decode_base64(Str text, Arena& arena);

}  // namespace meridian::yaml
