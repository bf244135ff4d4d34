// TOML 1.0 (toml.io/en/v1.0.0) to values: settings, data and front matter of Hugo's sites.
//
//     Value settings;
//     if (!read_toml({"hugo.toml", text}, 0, text.size(), arena, settings, diagnostics)) return;
//     print(get(settings, "title"), out);
#pragma once
#include "meridian/value.h"

namespace meridian::cli::hugo {

/// Reads `size` bytes of `source.text` from `offset` on, both in bytes, into a Map in the order of
/// the text.
///
/// A time of day alone is a String; a date with a time but no offset is a Time in UTC; digits
/// beyond nanoseconds are cut, as TOML allows. Strings of `out` live in the arena. False with one
/// diagnostic, whose line and column are those of the source, and `out` nil, when it is no TOML, a
/// key is defined twice, an integer has more than 64 bits, tables and arrays are nested deeper than
/// 100 levels, or it has more than 2 MB. toml++ parses it.
[[nodiscard]] bool read_toml(const Source& source, std::size_t offset, std::size_t size,
                             Arena& arena, Value& out, Diagnostics& diagnostics);

}  // namespace meridian::cli::hugo
