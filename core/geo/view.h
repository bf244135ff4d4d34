// What all steps of a frame know of the view.
#pragma once
#include "vector.h"

namespace meridian::geo {

struct View {
  Axes axes;
  double scale;  ///< radius of the sphere in pixels
  double centre_x, centre_y;
  double right, top;  ///< what is drawn reaches so far from the centre, with a margin, in radii
  bool whole;         ///< all of the sphere is drawn: nothing lies outside
  double step, step_cosine;  ///< edges of at most this angle may be drawn straight
};

/// Edges are drawn straight where they stay this close to their arc (device pixels): less than an
/// eye can tell from none.
constexpr double kTolerance = 0.25;
/// However large the scale: with it a circle has 2,000 edges.
constexpr double kShortestStep = 0.003;
/// Half an edge of a screen's line, and what is drawn round a point.
constexpr double kMargin = 32;

View make_view(const GlobeData& data);

/// Whether all that lies so many radii from a point, of the world, is beside the screen.
bool is_outside(const View& view, const Vec& centre, double radius);

/// Where a point of the view is on the screen.
inline void to_screen(const View& view, const Vec& v, float* xy) {
  xy[0] = float(view.centre_x + view.scale * v.x);
  xy[1] = float(view.centre_y - view.scale * v.y);
}

/// A point of the screen on the sphere, as a vector of the view; outside, the nearest on the
/// horizon. `hit` tells which.
Vec from_screen(const View& view, double x, double y, bool& hit);

}  // namespace meridian::geo
