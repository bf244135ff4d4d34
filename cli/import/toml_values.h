// The values of TOML that are one word: numbers, booleans, dates and times.
#pragma once
#include "meridian/value.h"

namespace meridian::cli::hugo {

/// Reads a word such as `1_000`, `0xFF`, `-inf`, `true`, `2026-01-31` or `2026-01-31T12:00:00Z`; a
/// blank may separate date and time. False when it is none of TOML's, or an integer beyond 64 bits.
/// A time of day becomes a String that is a view of the word; numbers live in the arena or in
/// `out`.
[[nodiscard]] bool read_toml_word(Str word, Arena& arena, Value& out);

}  // namespace meridian::cli::hugo
