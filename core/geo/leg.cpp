#include "leg.h"

#include "trigonometry.h"

namespace meridian::geo {

namespace {

/// The fraction of the way from a hidden point to a visible one at which the leg becomes visible:
/// at the edge of the sphere when it is seen beside it, else at the horizon.
double coming(const Vec& hidden, const Vec& seen) {
  double dx = seen.x - hidden.x, dy = seen.y - hidden.y;
  double a = dx * dx + dy * dy, b = hidden.x * dx + hidden.y * dy,
         c = hidden.x * hidden.x + hidden.y * hidden.y - 1;
  double t = seen.x * seen.x + seen.y * seen.y < 1 ? hidden.z / (hidden.z - seen.z)
                                                   : (std::sqrt(b * b - a * c) - b) / a;
  return t >= 0 && t <= 1 ? t : 1;
}

/// Draws the visible parts of a line that is given point by point.
class Tracer {
 public:
  explicit Tracer(Pen& pen) : pen_(pen) {}
  ~Tracer() {
    if (seen_) pen_.end(2);
  }

  __attribute__((always_inline)) void point(const Vec& p) {
    bool seen = is_seen(p);
    if (seen != seen_ || !started_) {
      turn(p, seen);
    } else if (seen) {
      pen_.line_to(p);
    }
    last_ = p;
  }

 private:
  /// The first point, and the points before which the line becomes visible or hidden.
  void turn(const Vec& p, bool seen) {
    if (started_) {
      double t = seen ? coming(last_, p) : 1 - coming(p, last_);
      Vec edge = mixed(last_, 1 - t, p, t);
      seen ? pen_.begin(edge) : pen_.line_to(edge);
      seen ? pen_.line_to(p) : pen_.end(2);
    } else if (seen) {
      pen_.begin(p);
    }
    started_ = true;
    seen_ = seen;
  }

  Pen& pen_;
  bool started_ = false, seen_ = false;
  Vec last_{};
};

Vec lifted(const Leg& leg, const Vec& p, double t) {
  return scaled(p, 1 + 4 * leg.height * t * (1 - t));
}

}  // namespace

Leg make_leg(const Vec& a, const Vec& b, double lift) {
  Leg leg{great_circle(a, b), {}, 0, 2, 0, 0, 1};
  leg.middle = interpolate(leg.way, 0.5);
  leg.height = lift * leg.way.angle / kPi;
  // A point at this height is visible from beyond the horizon by the angle whose cosine is 1 / (1 +
  // height).
  SinCos half = sin_cos(leg.way.angle / 2);
  double cos = 1 / (1 + leg.height), sin = std::sqrt(1 - cos * cos);
  if (half.cos * cos - half.sin * sin > 0) leg.hidden = half.sin * cos + half.cos * sin;
  return leg;
}

Vec point_of(const Leg& leg, double t, const View& view) {
  return lifted(leg, turned(view.axes, interpolate(leg.way, t)), t);
}

void draw_leg(Leg& leg, double begin, double end, std::uint32_t max_steps, const View& view,
              Pen& pen) {
  if (leg.way.angle == 0 || dot(view.axes.front, leg.middle) < -leg.hidden ||
      is_outside(view, leg.middle, leg.way.angle / 2 + leg.height))
    return;
  auto steps = std::uint32_t(leg.way.angle / view.step) + 1;
  if (steps > max_steps) steps = max_steps;
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
  double share = 1.0 / steps, twice = 2 * leg.cos;
  // One more before the first and behind the last, for ends between two steps.
  for (std::uint32_t i = 0; i < steps + 3; i++) {
    Vec p;
    if (i == 0 || i == steps + 2) {
      if (i == 0 ? !(begin > 0) : !(end < 1)) continue;
      p = point_of(leg, i ? end : begin, view);
    } else {
      double t = (i - 1) * share;
      p = lifted(leg, at, t);
      Vec after = mixed(next, twice, at, -1);
      at = next;
      next = after;
      if (t < begin || t > end) continue;
    }
    tracer.point(p);
  }
}

}  // namespace meridian::geo
