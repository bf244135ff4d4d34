// Point in polygon on the sphere.
#include "vector.h"

namespace meridian::geo {

namespace {
/// Whether the point is on the left of a ring.
bool is_left(const Vec* v, const Ring& ring, const Vec& point) {
  // Walks from the point to a place on the other side of the sphere, whose side of the ring is
  // known; each edge that is crossed changes the side.
  Vec end = scaled(ring.centre, -1);
  Vec left = cross(point, end);
  // In the middle of the cap all ways are as long.
  if (dot(left, left) < 1e-18)
    left = std::fabs(point.x) < 0.5 ? Vec{0, -point.z, point.y} : Vec{point.z, 0, -point.x};
  Vec after_point = cross(left, point), before_end = cross(end, left);
  bool inside = ring.turned;
  for (std::uint32_t i = 0; i < ring.size; i++) {
    const Vec &a = v[i], &b = v[i + 1 < ring.size ? i + 1 : 0];
    double s = dot(left, a), t = dot(left, b);
    // A vertex on the way counts as on its left, for both of its edges.
    if ((s < 0) == (t < 0)) continue;
    Vec at = mixed(a, std::fabs(t), b, std::fabs(s));
    inside ^= dot(after_point, at) > 0 && dot(before_end, at) > 0;
  }
  return inside;
}
}  // namespace

bool contains(const Shapes& shapes, const Polygon& polygon, const Vec& point) {
  for (std::uint32_t r = polygon.first; r < polygon.first + polygon.size; r++)
    if (!is_left(shapes.vertices.begin() + shapes.rings[r].first, shapes.rings[r], point))
      return false;
  return polygon.size;
}

}  // namespace meridian::geo
