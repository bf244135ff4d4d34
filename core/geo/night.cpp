#include "night.h"

#include "cap.h"
#include "trigonometry.h"

namespace meridian::geo {

namespace {
/// Great circles between this many points of a small circle stay within a hundredth of a degree of
/// it.
constexpr std::uint32_t kVertices = 128;
constexpr double kDepths[kNights] = {0, 6, 12, 18};
}  // namespace

void make_nights(Arena& arena, Shapes& shapes) {
  for (std::uint32_t i = 0; i < kNights; i++) {
    for (std::uint32_t k = 0; k < kVertices; k++) shapes.vertices.add(arena, {});
    shapes.rings.add(arena, {i * kVertices, kVertices, {}, 0, false});
    shapes.polygons.add(arena, {i, 1, kDepths[i] == 0});
    shapes.regions.add(arena, {{' ', ' '}, i, 1});
  }
}

void move_nights(double time, Shapes& shapes) {
  Vec midnight = scaled(to_vector(subsolar_point(time)), -1);
  // Counter-clockwise round midnight. The sun is never over a pole, so east is a direction there.
  Vec east = unit(cross({0, 0, 1}, midnight)), north = cross(midnight, east);
  SinCos step = sin_cos(2 * kPi / kVertices);
  for (std::uint32_t i = 0; i < kNights; i++) {
    SinCos radius = sin_cos((90 - kDepths[i]) * kDegree);
    Ring& ring = shapes.rings[i];
    SinCos at{0, 1};
    for (std::uint32_t k = 0; k < kVertices; k++) {
      shapes.vertices[ring.first + k] =
          mixed(midnight, radius.cos, mixed(east, at.cos, north, at.sin), radius.sin);
      at = {at.sin * step.cos + at.cos * step.sin, at.cos * step.cos - at.sin * step.sin};
    }
    make_cap(shapes, ring);
  }
}

}  // namespace meridian::geo
