// Meridians and parallels every ten degrees, as lines. Meridians end at ±80° but for those of 0°,
// 90°, 180° and 270°, as d3-geo's do.
#pragma once
#include "meridian/geo.h"

namespace meridian::geo {

void make_graticule(Arena& arena, Shapes& shapes);

}  // namespace meridian::geo
