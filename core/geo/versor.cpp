// Rotation by unit quaternions, which have no poles to get stuck at.
#include "trigonometry.h"
#include "vector.h"

namespace meridian::geo {

namespace {
/// View axes in the world at rest: right is y, up is z, front is x.
Versor about(double x, double y, double z, double degrees) {
  SinCos half = sin_cos(degrees * kDegree / 2);
  return {half.cos, x * half.sin, y * half.sin, z * half.sin};
}
double dot(const Versor& a, const Versor& b) { return a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z; }
}  // namespace

Versor versor(LonLat centre, double roll) {
  return multiply(about(1, 0, 0, roll), multiply(about(0, 1, 0, centre.lat), about(0, 0, 1, -centre.lon)));
}

Versor multiply(const Versor& a, const Versor& b) {
  return {a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
          a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
}

Versor normalised(const Versor& q) {
  double size = std::sqrt(dot(q, q));
  if (!(size > 1e-100 && size < 1e100)) return {};
  return {q.w / size, q.x / size, q.y / size, q.z / size};
}

Versor between(const Vec& a, const Vec& b) {
  Vec axis = cross(a, b);
  double w = 1 + dot(a, b);
  if (w > 1e-12) return normalised({w, axis.x, axis.y, axis.z});
  // Half a turn, about any axis across.
  axis = std::fabs(a.x) < 0.5 ? Vec{0, -a.z, a.y} : Vec{a.z, 0, -a.x};
  return normalised({0, axis.x, axis.y, axis.z});
}

Versor interpolate(const Versor& a, const Versor& b, double t) {
  double cosine = dot(a, b);
  // q and -q are the same rotation: take the nearer.
  double side = cosine < 0 ? -1 : 1;
  cosine *= side;
  double sine = cosine < 1 ? std::sqrt(1 - cosine * cosine) : 0;
  double s = 1 - t, u = t;
  if (sine > 1e-9) {
    double angle = arc_tangent(sine, cosine);
    s = sin_cos(angle * s).sin / sine;
    u = sin_cos(angle * t).sin / sine;
  }
  u *= side;
  return normalised({a.w * s + b.w * u, a.x * s + b.x * u, a.y * s + b.y * u, a.z * s + b.z * u});
}

Axes axes(const Versor& q) {
  double xx = q.x * q.x, yy = q.y * q.y, zz = q.z * q.z;
  double xy = q.x * q.y, xz = q.x * q.z, yz = q.y * q.z, wx = q.w * q.x, wy = q.w * q.y, wz = q.w * q.z;
  return {{2 * (xy + wz), 1 - 2 * (xx + zz), 2 * (yz - wx)},
          {2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (xx + yy)},
          {1 - 2 * (yy + zz), 2 * (xy - wz), 2 * (xz + wy)}};
}

}  // namespace meridian::geo
