#include "cap.h"

namespace meridian::geo {

void make_cap(const Shapes& shapes, Ring& ring) {
  const Vec* v = shapes.vertices.begin() + ring.first;
  Vec sum{0, 0, 0};
  for (std::uint32_t i = 0; i < ring.size; i++) sum = mixed(sum, 1, v[i], 1);
  ring.centre = unit(sum);
  double cosine = 1;
  for (std::uint32_t i = 0; i < ring.size; i++) {
    double c = dot(ring.centre, v[i]);
    if (c < cosine) cosine = c;
  }
  // A little larger than it is, for what rounding does at its edge.
  ring.sine = cosine > 0 ? std::sqrt(1 - cosine * cosine) + 1e-9 : 2;
}

bool may_hold_hemisphere(const Shapes& shapes, const Polygon& polygon) {
  if (!polygon.size) return false;
  const Ring& exterior = shapes.rings[polygon.first];
  return exterior.sine > 1 || contains(shapes, polygon, scaled(exterior.centre, -1));
}

}  // namespace meridian::geo
