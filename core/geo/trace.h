// Paths of a frame as the `d` of an SVG path: few points, whole numbers, each relative to the one
// before.
#pragma once
#include "meridian/geo.h"

namespace meridian::geo {

class Trace {
 public:
  /// `units`: of the picture's numbers in a pixel.
  Trace(Text& out, double units) : out_(out), units_(units) {}

  /// Adds a path of `count` points in pixels, x y x y …; a closed one without area is omitted.
  /// Points within `tolerance` pixels of the line between their neighbours are omitted (Ramer,
  /// Douglas and Peucker). O(n log n) for lines on a sphere, O(n²) at worst.
  void add(const float* xy, std::uint32_t count, bool closed, double tolerance);
  /// Adds a smooth line, as cubic Bézier curves that stay as close to its points.
  void add_curve(const float* xy, std::uint32_t count, double tolerance);
  /// Adds a point, which a stroke with round ends makes a dot.
  void dot(float x, float y);

 private:
  struct Point {
    std::int32_t x, y;
  };
  Point point(double x, double y) const;
  void begin(Point p);
  /// Adds a point relative to `from`.
  void offset(Point from, Point to);
  void step(Point to) {
    offset(at_, to);
    at_ = to;
  }
  void curve(const float* xy, const double* way, std::uint32_t count, double tolerance);

  Text& out_;
  double units_;
  Point at_{0, 0};
};

}  // namespace meridian::geo
