// Legs of a journey, lifted over the sphere.
#pragma once
#include "pen.h"

namespace meridian::geo {

struct Leg {
  GreatCircle way;
  Vec middle;
  double height;        ///< of its middle over the sphere, in radii
  double hidden;        ///< out of sight when its middle is deeper than this
  std::uint32_t steps;  ///< for which the step was calculated
  double sin, cos;      ///< of a step
};

/// `lift` is GlobeData's.
Leg make_leg(const Vec& a, const Vec& b, double lift);
/// The visible parts of the leg between two shares of its way.
void draw_leg(Leg& leg, double begin, double end, std::uint32_t max_steps, const View& view,
              Pen& pen);
/// A point of the leg in the view.
Vec point_of(const Leg& leg, double t, const View& view);
/// Behind the plane of the horizon, a lifted point is still visible beside the sphere.
inline bool is_seen(const Vec& p) { return p.z > 0 || p.x * p.x + p.y * p.y >= 1; }

}  // namespace meridian::geo
