// Values as YAML: front matter, settings and data of the sources that an import makes.
#pragma once
#include "meridian/value.h"

namespace meridian::cli::hugo {

/// Appends a map as a block of YAML 1.1, in its order, which Psych and Meridian read as the same
/// values; an empty one is nothing. Texts of several lines become literal blocks where these can
/// hold them. False, and `out` holds a part, when it would have more than 16 MB: aliases of YAML
/// can stand for more than any file holds.
[[nodiscard]] bool add_yaml(const Map& map, Text& out);

}  // namespace meridian::cli::hugo
