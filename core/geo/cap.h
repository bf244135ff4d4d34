// Caps round rings, by which most rings are known to be seen whole or not at all before any vertex is turned.
#pragma once
#include "vector.h"

namespace meridian::geo {

/// Fills in centre and sine of a ring, or of an open line.
void make_cap(const Shapes& shapes, Ring& ring);

/// What a polygon can't be told by its vertices alone: whether it may hold a hemisphere without a vertex in it.
bool may_hold_hemisphere(const Shapes& shapes, const Polygon& polygon);

}  // namespace meridian::geo
