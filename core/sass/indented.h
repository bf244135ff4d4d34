// The indented syntax becomes SCSS, line by line, as libsass does it.
#pragma once
#include "context.h"

namespace meridian::sass {

/// Appends the SCSS of a sheet with the indented syntax. Linear.
void add_scss(Text& out, Str indented);

}  // namespace meridian::sass
