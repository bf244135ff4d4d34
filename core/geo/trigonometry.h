// Sine, cosine and arc tangent: a few hundred bytes, where the C library's have four thousand, and
// the same digits on every platform. Errors stay below 4e-16.
#pragma once

namespace meridian::geo {

struct SinCos {
  double sin, cos;
};
/// Of a finite angle of less than 1e9.
SinCos sin_cos(double angle);

/// The angle of the direction (x, y), in (-π, π]; of (0, 0) it is 0.
double arc_tangent(double y, double x);

}  // namespace meridian::geo
