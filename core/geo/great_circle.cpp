// Places as vectors, and the shortest way between two of them.
#include "trigonometry.h"
#include "vector.h"

namespace meridian::geo {

bool is_place(LonLat place) {
  // NaN fails every comparison.
  return std::fabs(place.lat) <= 90 && std::fabs(place.lon) <= kMaxTurns;
}

Vec to_vector(LonLat place) {
  SinCos lambda = sin_cos(place.lon * kDegree), phi = sin_cos(place.lat * kDegree);
  return {phi.cos * lambda.cos, phi.cos * lambda.sin, phi.sin};
}

LonLat to_lon_lat(const Vec& v) {
  double across = std::sqrt(v.x * v.x + v.y * v.y);
  // A pole in floating point has a longitude of chance.
  double lon = across > 1e-15 ? arc_tangent(v.y, v.x) / kDegree : 0;
  return {lon <= -180 ? 180 : lon, arc_tangent(v.z, across) / kDegree};
}

double distance(const Vec& a, const Vec& b) { return arc_tangent(length(cross(a, b)), dot(a, b)); }

double bearing(LonLat from, LonLat to) {
  SinCos delta = sin_cos((to.lon - from.lon) * kDegree);
  SinCos here = sin_cos(from.lat * kDegree), there = sin_cos(to.lat * kDegree);
  double course =
      arc_tangent(delta.sin * there.cos, here.cos * there.sin - here.sin * there.cos * delta.cos) /
      kDegree;
  return course < 0 ? course + 360 : course;
}

GreatCircle great_circle(const Vec& a, const Vec& b) {
  Vec axis = cross(a, b);
  double size = length(axis);
  double angle = arc_tangent(size, dot(a, b));
  if (size < 1e-12) {
    // Equal or opposite: any axis across will do; this one leads over the north pole.
    axis = cross(a, {0, 0, 1});
    if (dot(axis, axis) < 1e-12) axis = {0, a.z < 0 ? -1.0 : 1.0, 0};
  }
  return {a, unit(cross(axis, a)), angle};
}

Vec interpolate(const GreatCircle& way, double t) {
  SinCos at = sin_cos(way.angle * t);
  return mixed(way.a, at.cos, way.e, at.sin);
}

}  // namespace meridian::geo
