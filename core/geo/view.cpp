#include "view.h"

#include "trigonometry.h"

namespace meridian::geo {

View make_view(const GlobeData& data) {
  View view;
  const double* q = data.versor;
  view.axes = axes(normalised({q[0], q[1], q[2], q[3]}));
  view.scale = data.scale;
  view.centre_x = data.width / 2;
  view.centre_y = data.height / 2;
  view.right = (view.centre_x + kMargin) / view.scale;
  view.top = (view.centre_y + kMargin) / view.scale;
  view.whole = view.right >= 1 && view.top >= 1;
  // The middle of an arc of angle s is s²/8 radii from its chord.
  view.step = std::sqrt(8 * kTolerance / (view.scale * data.pixel_ratio));
  view.step = view.step > 0.5 ? 0.5 : view.step < kShortestStep ? kShortestStep : view.step;
  view.step_cosine = 1 - view.step * view.step / 2;
  return view;
}

bool is_outside(const View& view, const Vec& centre, double radius) {
  if (view.whole) return false;
  return std::fabs(dot(view.axes.right, centre)) - radius > view.right ||
         std::fabs(dot(view.axes.up, centre)) - radius > view.top;
}

Vec from_screen(const View& view, double x, double y, bool& hit) {
  double u = (x - view.centre_x) / view.scale, v = (view.centre_y - y) / view.scale;
  double square = u * u + v * v;
  hit = square <= 1;
  if (hit) return {u, v, std::sqrt(1 - square)};
  double size = std::sqrt(square);
  // A direction that is not finite becomes the middle of the view.
  return size < 1e300 ? Vec{u / size, v / size, 0} : Vec{0, 0, 1};
}

}  // namespace meridian::geo
