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
double dot(const Versor& a, const Versor& b) {
  return a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z;
}
}  // namespace

Versor versor(LonLat centre, double roll) {
  return multiply(about(1, 0, 0, roll),
                  multiply(about(0, 1, 0, centre.lat), about(0, 0, 1, -centre.lon)));
}

Versor multiply(const Versor& a, const Versor& b) {
  return {
      a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
      a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
}

Versor normalised(const Versor& q) {
  double size = std::sqrt(dot(q, q));
  if (!(size > 1e-100 && size < 1e100)) return {};
  return {q.w / size, q.x / size, q.y / size, q.z / size};
}

Axes axes(const Versor& q) {
  double xx = q.x * q.x, yy = q.y * q.y, zz = q.z * q.z;
  double xy = q.x * q.y, xz = q.x * q.z, yz = q.y * q.z, wx = q.w * q.x, wy = q.w * q.y,
         wz = q.w * q.z;
  return {{2 * (xy + wz), 1 - 2 * (xx + zz), 2 * (yz - wx)},
          {2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (xx + yy)},
          {1 - 2 * (yy + zz), 2 * (xy - wz), 2 * (xz + wy)}};
}

}  // namespace meridian::geo
