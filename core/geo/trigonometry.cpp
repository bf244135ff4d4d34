#include "trigonometry.h"

#include <cmath>

#include "meridian/geo.h"

namespace meridian::geo {

SinCos sin_cos(double angle) {
  // π/2 in two parts, so that an angle of many turns keeps its digits.
  constexpr double kHalfPi = kPi / 2, kRest = 6.123233995736766e-17;
  double quarters = std::floor(angle / kHalfPi + 0.5);
  double x = angle - quarters * kHalfPi - quarters * kRest;
  double square = -x * x;
  // Taylor's series: at π/4 their eighth terms are below 1e-16.
  double sin = x, cos = 1, sin_term = x, cos_term = 1;
  for (int k = 1; k <= 16; k += 2) {
    cos_term *= square / (k * (k + 1));
    sin_term *= square / ((k + 1) * (k + 2));
    cos += cos_term;
    sin += sin_term;
  }
  int quadrant = int(std::int64_t(quarters) & 3);
  if (quadrant & 1) {
    double kept = sin;
    sin = cos;
    cos = -kept;
  }
  if (quadrant & 2) return {-sin, -cos};
  return {sin, cos};
}

double arc_tangent(double y, double x) {
  double a = std::fabs(y), b = std::fabs(x);
  bool steep = a > b;
  double larger = steep ? a : b;
  if (!(larger > 0)) return 0;
  double t = (steep ? b : a) / larger;
  // Half the angle, three times: then the series needs nine terms.
  for (int i = 0; i < 3; i++) t /= 1 + std::sqrt(1 + t * t);
  double square = -t * t, power = t, angle = 0;
  for (int k = 1; k < 19; k += 2) {
    angle += power / k;
    power *= square;
  }
  angle *= 8;
  if (steep) angle = kPi / 2 - angle;
  if (x < 0) angle = kPi - angle;
  return y < 0 ? -angle : angle;
}

}  // namespace meridian::geo
