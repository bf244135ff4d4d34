// Front matter of Hugo: TOML between lines of `+++`, YAML between `---`, or an object of JSON.
#pragma once
#include "meridian/value.h"

namespace meridian::cli::hugo {

struct Front {
  Map* data = nullptr;   ///< empty where there is none
  std::size_t body = 0;  ///< offset of the text behind it, in bytes
  bool present = false;
};

/// Reads the front matter of a file; `source.text` is UTF-8. What `out` holds lives in the arena,
/// and no view of the text. False with a diagnostic when it is not closed, can't be read, or is no
/// map. Linear.
[[nodiscard]] bool read_front(const Source& source, Arena& arena, Front& out,
                              Diagnostics& diagnostics);

/// Reads a file of settings or data as its ending says: toml, yaml, yml or json. The same holds for
/// its result.
[[nodiscard]] bool read_data(const Source& source, Arena& arena, Value& out,
                             Diagnostics& diagnostics);

/// Offset of a word, with no letter, digit, `_` or `-` beside it; npos when there is none. Linear.
std::size_t find_word(Str text, Str word);

/// Whether the ending of a file is one that read_data() knows.
bool is_data(Str path);

}  // namespace meridian::cli::hugo
