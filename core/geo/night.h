// The areas where the sun is below the horizon by a given angle.
#pragma once
#include "vector.h"

namespace meridian::geo {

constexpr std::uint32_t kNights = 4;

/// Reserves the shapes of night: regions kNights, one ring each.
void make_nights(Arena& arena, Shapes& shapes);
/// Puts them where they are at a time, in milliseconds of Unix time.
void move_nights(double time, Shapes& shapes);

}  // namespace meridian::geo
