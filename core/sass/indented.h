// The indented syntax becomes SCSS, line by line, as libsass does it.
#pragma once
#include "meridian/sass.h"

namespace meridian::sass {

/// Appends the SCSS of a sheet with the indented syntax. Linear.
void add_scss(Text& out, Str indented);
/// Enough of it to find the imports, which is all that the core links: other lines stay as they
/// are.
void add_imports(Text& out, Str indented);

}  // namespace meridian::sass
