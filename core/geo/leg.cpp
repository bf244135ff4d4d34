#include "leg.h"

#include "trigonometry.h"

namespace meridian::geo {

namespace {

/// The share of the way from a hidden point to a seen one at which it comes into sight: at the edge of the sphere when
/// it is seen beside it, else through the horizon.
double coming(const Vec& hidden, const Vec& seen) {
  double dx = seen.x - hidden.x, dy = seen.y - hidden.y;
  double a = dx * dx + dy * dy, b = hidden.x * dx + hidden.y * dy, c = hidden.x * hidden.x + hidden.y * hidden.y - 1;
  double t =
      seen.x * seen.x + seen.y * seen.y < 1 ? hidden.z / (hidden.z - seen.z) : (std::sqrt(b * b - a * c) - b) / a;
  return t >= 0 && t <= 1 ? t : 1;
}

/// Draws the visible parts of a line that is given point by point.
class Tracer {
 public:
  explicit Tracer(Pen& pen) : pen_(pen) {}
  ~Tracer() {
    if (seen_) pen_.end(2);
  }

  void point(const Vec& p) {
    bool seen = is_seen(p);
    if (started_ && seen != seen_) {
      double t = seen ? coming(last_, p) : 1 - coming(p, last_);
      Vec edge = mixed(last_, 1 - t, p, t);
      seen ? pen_.begin(edge) : pen_.line_to(edge);
      if (!seen) pen_.end(2);
    }
    if (seen) started_ ? pen_.line_to(p) : pen_.begin(p);
    started_ = true;
    seen_ = seen;
    last_ = p;
  }

 private:
  Pen& pen_;
  bool started_ = false, seen_ = false;
  Vec last_{};
};

Vec lifted(const Leg& leg, const Vec& p, double t) { return scaled(p, 1 + 4 * leg.height * t * (1 - t)); }

}  // namespace

Leg make_leg(const Vec& a, const Vec& b, double lift) {
  Leg leg{great_circle(a, b), {}, 0, 2, 0, 0, 1};
  leg.middle = interpolate(leg.way, 0.5);
  leg.height = lift * leg.way.angle / kPi;
  // What lies this high can be seen from beyond the horizon by the angle of which 1 / (1 + height) is the cosine.
  SinCos half = sin_cos(leg.way.angle / 2);
  double cos = 1 / (1 + leg.height), sin = std::sqrt(1 - cos * cos);
  if (half.cos * cos - half.sin * sin > 0) leg.hidden = half.sin * cos + half.cos * sin;
  return leg;
}

Vec point_of(const Leg& leg, double t, const View& view) {
  return lifted(leg, turned(view.axes, interpolate(leg.way, t)), t);
}

void draw_leg(Leg& leg, double begin, double end, std::uint32_t max_steps, const View& view, Pen& pen) {
  if (leg.way.angle == 0 || dot(view.axes.front, leg.middle) < -leg.hidden ||
      beside(view, leg.middle, leg.way.angle / 2 + leg.height))
    return;
  std::uint32_t steps = 1;
  while (steps < max_steps && leg.way.angle > view.step * steps) steps *= 2;
  if (steps != leg.steps) {
    SinCos step = sin_cos(leg.way.angle / steps);
    leg.sin = step.sin;
    leg.cos = step.cos;
    leg.steps = steps;
  }
  // Each point follows from the two before it: p(k + 1) = 2·cos·p(k) - p(k - 1).
  Vec at = turned(view.axes, leg.way.a);
  Vec next = mixed(at, leg.cos, turned(view.axes, leg.way.e), leg.sin);
  Tracer tracer(pen);
  if (begin > 0) tracer.point(point_of(leg, begin, view));
  for (std::uint32_t i = 0; i <= steps; i++) {
    double t = double(i) / steps;
    if (t >= begin && t <= end) tracer.point(lifted(leg, at, t));
    Vec after = mixed(next, 2 * leg.cos, at, -1);
    at = next;
    next = after;
  }
  if (end < 1) tracer.point(point_of(leg, end, view));
}

}  // namespace meridian::geo
