// Caps round rings, by which most rings are known to be seen whole or not at all before any vertex
// is turned.
#pragma once
#include "vector.h"

namespace meridian::geo {

/// Fills in centre and sine of a ring, or of an open line, and whether a ring is turned.
void make_cap(const Shapes& shapes, Ring& ring);

}  // namespace meridian::geo
