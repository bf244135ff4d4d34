#include "pen.h"

namespace meridian::geo {

void Pen::begin(const Vec& v) {
  first_ = paths_.points;
  waiting_ = false;
  last_ = v;
  last_outside_ = kept_outside_ = outside(v);
  put(v);
}

/// The sides of the screen that a point is beyond, one bit each.
unsigned Pen::outside(const Vec& v) const {
  if (view_.whole) return 0;
  return (v.x < -view_.right) | (v.x > view_.right) << 1 | (v.y < -view_.top) << 2 |
         (v.y > view_.top) << 3;
}

void Pen::line_to_beside(const Vec& v) {
  // Of consecutive points beyond the same side of the screen only the first and the last are kept:
  // nothing between them can be visible, for lines and for areas.
  unsigned beyond = outside(v);
  if (waiting_ && !(kept_outside_ & last_outside_ & beyond)) put_waiting();
  last_ = v;
  last_outside_ = beyond;
  waiting_ = true;
  if (!(kept_outside_ & beyond)) put_waiting();
}

void Pen::divide(const Vec& v, int halvings) {
  if (halvings && dot(last_, v) < view_.step_cosine && !(last_outside_ & outside(v))) {
    Vec middle = mixed(last_, 1, v, 1);
    double size = length(middle);
    // Between opposite points there is no arc of its own.
    if (size > 1e-9) {
      divide(scaled(middle, 1 / size), halvings - 1);
      return divide(v, halvings - 1);
    }
  }
  line_to(v);
}

void Pen::end(std::uint32_t least) {
  if (waiting_) put_waiting();
  if (paths_.points - first_ < least || paths_.paths == paths_.max_paths ||
      paths_.points == paths_.max_points)
    paths_.points = first_;
  else
    paths_.ends[paths_.paths++] = paths_.points;
}

void Pen::put_waiting() {
  put(last_);
  kept_outside_ = last_outside_;
  waiting_ = false;
}

}  // namespace meridian::geo
