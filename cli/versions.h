// Version numbers.
#pragma once
#include "meridian/base.h"

namespace meridian::cli {

/// By their parts: 2.10 is newer than 2.9. A part that is no number is older than any.
bool is_older(Str x, Str y);

}  // namespace meridian::cli
