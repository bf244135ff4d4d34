#include "trace.h"

#include <cmath>

#include "array.h"

namespace meridian::geo {

namespace {
struct Range {
  std::uint32_t first, last;
};

/// Marks the points of a line that stay: those farther than `tolerance` from the line between two
/// that do.
void keep_corners(const float* xy, Range whole, double tolerance, Arena& arena,
                  std::uint8_t* kept) {
  List<Range> open;
  open.add(arena, whole);
  kept[whole.first] = kept[whole.last] = 1;
  while (open.size) {
    Range range = open.back();
    open.size--;
    const float *a = xy + 2 * range.first, *b = xy + 2 * range.last;
    double dx = b[0] - a[0], dy = b[1] - a[1], length = dx * dx + dy * dy;
    double most = tolerance * tolerance;
    std::uint32_t farthest = 0;
    for (std::uint32_t i = range.first + 1; i < range.last; i++) {
      double px = xy[2 * i] - a[0], py = xy[2 * i + 1] - a[1];
      double along = length > 0 ? (px * dx + py * dy) / length : 0;
      along = along < 0 ? 0 : along > 1 ? 1 : along;
      double ex = px - along * dx, ey = py - along * dy, square = ex * ex + ey * ey;
      if (!(square > most)) continue;
      most = square;
      farthest = i;
    }
    if (!farthest) continue;
    kept[farthest] = 1;
    open.add(arena, {range.first, farthest});
    open.add(arena, {farthest, range.last});
  }
}

std::uint32_t farthest_from_first(const float* xy, std::uint32_t count) {
  std::uint32_t found = 0;
  double most = 0;
  for (std::uint32_t i = 1; i < count; i++) {
    double dx = xy[2 * i] - xy[0], dy = xy[2 * i + 1] - xy[1], square = dx * dx + dy * dy;
    if (!(square > most)) continue;
    most = square;
    found = i;
  }
  return found;
}
}  // namespace

Trace::Point Trace::point(double x, double y) const {
  auto whole = [this](double v) { return std::int32_t(v * units_ + (v < 0 ? -0.5 : 0.5)); };
  return {whole(x), whole(y)};
}

void Trace::offset(Point from, Point to) {
  std::int32_t x = to.x - from.x, y = to.y - from.y;
  char last = out_.back();
  if (x >= 0 && last >= '0' && last <= '9') out_.add(' ');
  out_.add_int(x);
  if (y >= 0) out_.add(' ');
  out_.add_int(y);
}

void Trace::begin(Point p) {
  out_.add(
      'm');  // the first one is absolute all the same, and what follows is lines to relative points
  step(p);
}

void Trace::add(const float* xy, std::uint32_t count, bool closed, double tolerance) {
  if (count < 2) return;
  Arena arena;
  auto* kept = array<std::uint8_t>(arena, count);
  std::uint32_t end = count - 1;
  if (closed) {
    // The ends of a ring are neighbours: it is cut in two where it is longest.
    std::uint32_t middle = farthest_from_first(xy, count);
    if (!middle) return;
    keep_corners(xy, {0, middle}, tolerance, arena, kept);
    if (middle < end) {
      // The segment back to the first point is straight and is not part of the input.
      keep_corners(xy, {middle, end}, tolerance, arena, kept);
    }
  } else {
    keep_corners(xy, {0, end}, tolerance, arena, kept);
  }
  List<Point> points;
  for (std::uint32_t i = 0; i < count; i++) {
    if (!kept[i]) continue;
    Point p = point(xy[2 * i], xy[2 * i + 1]);
    if (points.size && points.back().x == p.x && points.back().y == p.y) continue;
    points.add(arena, p);
  }
  while (closed && points.size > 1 && points.back().x == points[0].x &&
         points.back().y == points[0].y)
    points.size--;
  if (points.size < (closed ? 3u : 2u)) return;
  begin(points[0]);
  Point start = at_;
  for (std::uint32_t i = 1; i < points.size; i++) step(points[i]);
  if (!closed) return;
  out_.add('z');
  at_ = start;
}

void Trace::add_curve(const float* xy, std::uint32_t count, double tolerance) {
  if (count < 2) return;
  Arena arena;
  auto* way = array<double>(arena, count);  // from the first point along the line
  for (std::uint32_t i = 1; i < count; i++) {
    double dx = double(xy[2 * i]) - xy[2 * i - 2], dy = double(xy[2 * i + 1]) - xy[2 * i - 1];
    way[i] = way[i - 1] + std::sqrt(dx * dx + dy * dy);
  }
  begin(point(xy[0], xy[1]));
  curve(xy, way, count, tolerance);
}

/// The curve through both ends and the points at a third and two thirds of the way; the halves,
/// where that is not close enough.
void Trace::curve(const float* xy, const double* way, std::uint32_t count, double tolerance) {
  std::uint32_t last = count - 1;
  double length = way[last] - way[0], thirds[2][2], ends[2][2], handles[2][2];
  std::uint32_t next = 1;
  for (int k = 0; k < 2; k++) {
    double at = way[0] + length * (k + 1) / 3;
    while (next < last && way[next] < at) next++;
    double step = way[next] - way[next - 1], t = step > 0 ? (at - way[next - 1]) / step : 0;
    for (int axis = 0; axis < 2; axis++) {
      ends[k][axis] = xy[(k ? 2 * last : 0) + std::uint32_t(axis)];
      double a = xy[2 * next - 2 + std::uint32_t(axis)], b = xy[2 * next + std::uint32_t(axis)];
      thirds[k][axis] = a + (b - a) * t;
    }
  }
  for (int axis = 0; axis < 2; axis++) {
    double a = ends[0][axis], p = thirds[0][axis], q = thirds[1][axis], b = ends[1][axis];
    handles[0][axis] = (-5 * a + 18 * p - 9 * q + 2 * b) / 6;
    handles[1][axis] = (2 * a - 9 * p + 18 * q - 5 * b) / 6;
  }
  bool close = length > 0;
  for (std::uint32_t i = 1; i < last && close; i++) {
    double t = (way[i] - way[0]) / length, s = 1 - t, off[2], slope[2];
    for (int axis = 0; axis < 2; axis++) {
      double a = ends[0][axis], c = handles[0][axis], d = handles[1][axis], b = ends[1][axis];
      off[axis] = s * s * s * a + 3 * s * s * t * c + 3 * s * t * t * d + t * t * t * b -
                  xy[2 * i + std::uint32_t(axis)];
      slope[axis] = s * s * (c - a) + 2 * s * t * (d - c) + t * t * (b - d);
    }
    // Across the curve: along it the two may be ahead of each other.
    double across = off[0] * slope[1] - off[1] * slope[0],
           square = slope[0] * slope[0] + slope[1] * slope[1];
    close = across * across <= tolerance * tolerance * square;
  }
  if (!close && last > 1) {
    curve(xy, way, last / 2 + 1, tolerance);
    curve(xy + 2 * (last / 2), way + last / 2, count - last / 2, tolerance);
    return;
  }
  Point end = point(ends[1][0], ends[1][1]);
  out_.add('c');
  for (const double (&handle)[2] : handles) offset(at_, point(handle[0], handle[1]));
  step(end);
}

void Trace::dot(float x, float y) {
  begin(point(x, y));
  out_.add("h0");
}

}  // namespace meridian::geo
