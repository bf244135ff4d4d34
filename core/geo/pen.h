// Writes paths into the flat arrays that a painter reads.
#pragma once
#include "view.h"

namespace meridian::geo {

/// The arrays, reserved once. A path that no longer fits is left out.
struct Paths {
  float* xy;
  std::uint32_t* ends;
  std::uint32_t max_points, max_paths;
  std::uint32_t points, paths;
};

class Pen {
 public:
  Pen(Paths& paths, const View& view) : paths_(paths), view_(view) {}

  /// Begins a path at a point of the view.
  void begin(const Vec& v);
  /// A straight line to the next point.
  void line_to(const Vec& v) {
    if (!view_.whole) return line_to_beside(v);
    put(v);
    last_ = v;
  }
  /// The arc of a great circle, in lines that stay close to it.
  void arc_to(const Vec& v) {
    if (dot(last_, v) >= view_.step_cosine) return line_to(v);
    divide(v, kMaxHalvings);
  }
  /// Ends the path; with fewer points than `least` it wasn't one.
  void end(std::uint32_t least);

 private:
  /// 2^10 pieces of half a circle are shorter than any step.
  static constexpr int kMaxHalvings = 10;

  void divide(const Vec& v, int halvings);
  unsigned outside(const Vec& v) const;
  void line_to_beside(const Vec& v);
  void put_waiting();
  void put(const Vec& v) {
    if (paths_.points == paths_.max_points) return;
    to_screen(view_, v, paths_.xy + 2 * paths_.points++);
  }

  Paths& paths_;
  const View& view_;
  std::uint32_t first_ = 0;
  Vec last_{};  ///< where the pen is
  unsigned last_outside_ = 0;
  bool waiting_ = false;       ///< it is not yet written
  unsigned kept_outside_ = 0;  ///< of the last point that is
};

}  // namespace meridian::geo
