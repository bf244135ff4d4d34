// What the files of this room share.
#pragma once
#include "model/request.h"

namespace meridian::site {

/// What stands where a part could not be made: quiet, but to be found.
void add_failure(Text& out, const Source& source, Str what);

}  // namespace meridian::site
