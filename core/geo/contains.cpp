// Point in polygon on the sphere.
#include "vector.h"

namespace meridian::geo {

namespace {
/// Half a great circle that begins at `from`, and the edge that it meets first.
struct Ray {
  Vec from, left, ahead;
  double nearest = -2;  ///< the cosine of the way to it
  bool inside = false;  ///< `from` lies on its left

  void meet(const Vec& a, const Vec& b) {
    double s = dot(left, a), t = dot(left, b);
    // A vertex on the ray counts as on its left, for both of its edges.
    if ((s < 0) == (t < 0)) return;
    Vec at = mixed(a, std::fabs(t), b, std::fabs(s));
    double size = length(at);
    if (!(dot(ahead, at) > 0)) return;
    double cosine = dot(from, at) / size;
    if (cosine <= nearest) return;
    nearest = cosine;
    inside = s < 0;
  }
};

/// Aims at the middle of an edge, so that there is something to meet. Not at one that is too near or too far for a
/// direction.
bool aim(const Shapes& shapes, const Polygon& polygon, Ray& ray) {
  for (std::uint32_t r = 0; r < polygon.size; r++) {
    const Ring& ring = shapes.rings[polygon.first + r];
    const Vec* v = shapes.vertices.begin() + ring.first;
    for (std::uint32_t i = 1; i < ring.size; i++) {
      Vec middle = mixed(v[i - 1], 0.5, v[i], 0.5);
      ray.left = cross(ray.from, middle);
      if (dot(ray.left, ray.left) < 1e-9) continue;
      ray.ahead = cross(ray.left, ray.from);
      return true;
    }
  }
  return false;
}
}  // namespace

bool contains(const Shapes& shapes, const Polygon& polygon, const Vec& point) {
  Ray ray{point, {}, {}};
  if (!aim(shapes, polygon, ray)) return false;
  for (std::uint32_t r = 0; r < polygon.size; r++) {
    const Ring& ring = shapes.rings[polygon.first + r];
    const Vec* v = shapes.vertices.begin() + ring.first;
    for (std::uint32_t i = 0; i < ring.size; i++) ray.meet(v[i], v[i + 1 == ring.size ? 0 : i + 1]);
  }
  return ray.inside;
}

}  // namespace meridian::geo
