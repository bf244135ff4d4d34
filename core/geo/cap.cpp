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
  // A little larger than the ring, to cover rounding at its edge.
  ring.sine = cosine > 0 ? std::sqrt(1 - cosine * cosine) + 1e-9 : 2;
  // The area of the ring's shadow on the plane across the cap's axis; its sign is the ring's
  // orientation. Unlike a test of single edges, this is not disturbed where a ring on a grid
  // crosses itself.
  double area = 0;
  for (std::uint32_t i = 0; i < ring.size; i++)
    area += dot(ring.centre, cross(v[i], v[i + 1 < ring.size ? i + 1 : 0]));
  ring.turned = area < 0;
}

}  // namespace meridian::geo
