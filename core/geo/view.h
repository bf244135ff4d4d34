// The view, as all steps of a frame share it.
#pragma once
#include "vector.h"

namespace meridian::geo {

struct View {
  Axes axes;
  double scale;  ///< radius of the sphere in pixels
  double centre_x, centre_y;
  double right, top;         ///< distance from the centre that is drawn, with a margin, in radii
  bool whole;                ///< all of the sphere is drawn: nothing is outside
  double step, step_cosine;  ///< edges of at most this angle may be drawn straight
};

/// Edges are drawn straight where they stay this close to their arc (device pixels): less than an
/// eye can tell from none.
constexpr double kTolerance = 0.25;
/// Upper bound at every scale: with it a circle has 2,000 edges.
constexpr double kShortestStep = 0.003;
/// Half the thickness of a line, and the margin round a point.
constexpr double kMargin = 32;

View make_view(const GlobeData& data);

/// Whether everything within this many radii of a point of the world is outside of the screen.
bool is_outside(const View& view, const Vec& centre, double radius);

/// Position on the screen of a point of the view.
inline void to_screen(const View& view, const Vec& v, float* xy) {
  xy[0] = float(view.centre_x + view.scale * v.x);
  xy[1] = float(view.centre_y - view.scale * v.y);
}

/// The point of the sphere under a point of the screen, as a vector of the view; outside of the
/// sphere, the nearest on the horizon. `hit` tells which.
Vec from_screen(const View& view, double x, double y, bool& hit);

}  // namespace meridian::geo
