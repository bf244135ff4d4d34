// Clipping at the horizon: the circle in which the plane through the centre, across the line of
// sight, cuts the sphere.
//
// A line becomes its visible runs. A ring too, and a polygon's runs are joined along the horizon:
// from the point where the border becomes hidden counter-clockwise, with the interior on its left
// as everywhere, to the next point where a border becomes visible.
#pragma once
#include "pen.h"
#include "sort.h"

namespace meridian::geo {

/// A visible piece of a border, from the horizon to the horizon.
struct Run {
  std::uint32_t first, size;  ///< in Clip::points
  double enter, leave;        ///< where on the horizon: see turn_of()
};

/// Room for the clipping of one set of shapes at a time, reserved once for the largest.
struct Clip {
  Vec* turned;  ///< one ring's vertices in the view
  Vec* points;
  Run* runs;
  Key* order;
  std::uint32_t* next;
  std::uint8_t* seen;  ///< for each ring: Seen
  std::uint32_t point_count, run_count;

  /// Makes room for shapes of this many vertices and rings; the count is the same for each of the
  /// arrays.
  void reserve(std::uint32_t vertices, std::uint32_t rings, Arena& arena);
};
enum Seen : std::uint8_t { kHidden, kWhole, kCut };

/// Draws the polygons of `range` that are cut, as areas closed along the horizon. Writes the
/// visibility of each ring to clip.seen, and keeps the runs until the next call.
void draw_cut(const Shapes& shapes, const Region& range, const View& view, Clip& clip, Pen& pen);
/// The rings that were seen whole, closed by their first point.
void draw_whole(const Shapes& shapes, const Region& range, const View& view, const Clip& clip,
                Pen& pen);
/// Draws the visible borders of the polygons that were cut.
void draw_runs(const Clip& clip, Pen& pen);
/// The visible runs of open lines.
void draw_lines(const Shapes& shapes, const View& view, Clip& clip, Pen& pen);

}  // namespace meridian::geo
