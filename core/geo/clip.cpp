#include "clip.h"

#include "array.h"

namespace meridian::geo {

namespace {

/// Two places on the horizon closer than this are one: the distance is rounding error.
constexpr double kSame = 1e-12;

/// A measure of the angle of (x, y) that grows with it counter-clockwise, from 0 up to 4; a quarter
/// of a turn is 1.
double turn_of(const Vec& p) {
  double turn = p.y / (std::fabs(p.x) + std::fabs(p.y));
  if (p.x < 0) return 2 - turn;
  return turn < 0 ? 4 + turn : turn;
}

/// The point at which the edge from a to b, one end of which is visible, crosses the horizon.
Vec crossing(const Vec& a, const Vec& b) {
  double x = a.x * b.z - b.x * a.z, y = a.y * b.z - b.y * a.z;
  double size = std::sqrt(x * x + y * y);
  // Opposite ends, straight through the centre of the view: any way is as short.
  if (!(size > 0)) return {1, 0, 0};
  if (a.z > b.z) size = -size;
  return {x / size, y / size, 0};
}

/// Appends the visible runs of a ring, each from horizon to horizon, or of an open line. A ring
/// that is entirely visible has none. Returns its visibility.
Seen cut(const Vec* vertices, std::uint32_t size, bool closed, const View& view, Clip& clip) {
  Vec* turned = clip.turned;
  std::uint32_t visible = 0, start = 0;
  for (std::uint32_t i = 0; i < size; i++) {
    turned[i] = geo::turned(view.axes, vertices[i]);
    visible += turned[i].z > 0;
  }
  if (!visible) return kHidden;
  if (closed && visible == size) return kWhole;
  // A ring is walked from the point at which it becomes visible.
  if (closed)
    while (!(turned[start].z > 0 && turned[start ? start - 1 : size - 1].z <= 0)) start++;
  bool seen = false;
  auto put = [&](const Vec& v) { clip.points[clip.point_count++] = v; };
  std::uint32_t first = 0;
  for (std::uint32_t k = 0; k <= size; k++) {
    std::uint32_t i = start + k < size ? start + k : start + k - size;
    const Vec &a = turned[i ? i - 1 : size - 1], &b = turned[i];
    bool now = k < size && b.z > 0;
    if (now && !seen) {
      first = clip.point_count;
      if (closed || k) put(crossing(a, b));
    }
    if (now) put(b);
    if (seen && !now) {
      if (closed || k < size) put(crossing(a, b));
      const Vec* points = clip.points + first;
      std::uint32_t count = clip.point_count - first;
      clip.runs[clip.run_count++] = {first, count, turn_of(points[0]), turn_of(points[count - 1])};
    }
    seen = now;
  }
  return kCut;
}

/// Joins the runs from `first` on along the horizon.
class Joiner {
 public:
  Joiner(Clip& clip, Pen& pen, std::uint32_t first)
      : clip_(clip), pen_(pen), runs_(clip.runs + first), count_(clip.run_count - first) {}

  void join() {
    for (std::uint32_t i = 0; i < count_; i++) clip_.order[i] = {runs_[i].enter, i};
    sort(clip_.order, count_);
    for (std::uint32_t i = 0; i <= count_; i++) clip_.next[i] = i;
    for (std::uint32_t start = 0; start < count_; start++) {
      if (clip_.next[start] != start) continue;
      const Vec& begin = clip_.points[run_at(start).first];
      pen_.begin(begin);
      std::uint32_t at = start;
      do {
        const Run& run = run_at(at);
        for (std::uint32_t i = 0; i < run.size; i++) pen_.arc_to(clip_.points[run.first + i]);
        at = entry_after(run.leave);
        clip_.next[at] = at + 1;  // used
        double way = run_at(at).enter - run.leave;
        if (way < -kSame) way += 4;
        follow_horizon(clip_.points[run.first + run.size - 1], way < 4 - kSame ? way : 0, pen_);
      } while (at != start);
      pen_.arc_to(begin);
      pen_.end(4);
    }
  }

  /// Along the horizon from p, counter-clockwise, to less than a quarter before the end of the way.
  static void follow_horizon(Vec p, double way, Pen& pen) {
    for (; way > 1; way--) {
      p = {-p.y, p.x, 0};
      pen.arc_to(p);
    }
  }

 private:
  const Run& run_at(std::uint32_t place) const { return runs_[clip_.order[place].item]; }

  /// The first unused entry at `leave` or counter-clockwise of it. There is one: the path's own
  /// begin.
  std::uint32_t entry_after(double leave) {
    leave -= kSame;
    if (leave < 0) leave += 4;
    std::uint32_t low = 0, high = count_;
    while (low < high) {
      std::uint32_t middle = (low + high) / 2;
      if (clip_.order[middle].key < leave)
        low = middle + 1;
      else
        high = middle;
    }
    low = next_free(low);
    return low == count_ ? next_free(0) : low;
  }
  std::uint32_t next_free(std::uint32_t i) {
    std::uint32_t* next = clip_.next;
    // Halving the path for later searches keeps all of them together close to linear.
    while (next[i] != i) i = next[i] = next[next[i]];
    return i;
  }

  Clip& clip_;
  Pen& pen_;
  const Run* runs_;
  std::uint32_t count_;
};

/// The visibility of a ring or line by its cap alone; kCut: it may be cut. With `outside_too`, what
/// is outside of the screen counts as hidden.
Seen glance(const Ring& ring, const View& view, bool outside_too) {
  double z = dot(view.axes.front, ring.centre);
  if (z < -ring.sine) return kHidden;
  if (z <= ring.sine) return kCut;
  // A chord is at most √2 times the sine of its arc.
  double radius = 1.42 * ring.sine;
  return outside_too && is_outside(view, ring.centre, radius) ? kHidden : kWhole;
}

void draw_horizon(Pen& pen) {
  Vec right{1, 0, 0};
  pen.begin(right);
  Joiner::follow_horizon(right, 4, pen);
  pen.arc_to(right);
  pen.end(4);
}

}  // namespace

void Clip::reserve(std::uint32_t vertices, std::uint32_t rings, Arena& arena) {
  // A run has at least one vertex, besides its two ends on the horizon.
  turned = array<Vec>(arena, vertices);
  points = array<Vec>(arena, 3 * vertices);
  runs = array<Run>(arena, vertices);
  order = array<Key>(arena, vertices);
  next = array<std::uint32_t>(arena, vertices + 1);
  seen = array<std::uint8_t>(arena, rings);
}

void draw_cut(const Shapes& shapes, const Region& range, const View& view, Clip& clip, Pen& pen) {
  clip.point_count = clip.run_count = 0;
  for (std::uint32_t p = range.first; p < range.first + range.size; p++) {
    const Polygon& polygon = shapes.polygons[p];
    std::uint32_t first_run = clip.run_count;
    std::uint32_t whole = 0;
    for (std::uint32_t r = polygon.first; r < polygon.first + polygon.size; r++) {
      const Ring& ring = shapes.rings[r];
      Seen seen = ring.size < 3 ? kHidden : glance(ring, view, !polygon.large);
      if (seen == kCut)
        seen = cut(shapes.vertices.begin() + ring.first, ring.size, true, view, clip);
      clip.seen[r] = seen;
      whole += seen == kWhole;
    }
    if (clip.run_count > first_run) {
      Joiner(clip, pen, first_run).join();
    } else if ((polygon.large || (whole && whole < polygon.size)) &&
               contains(shapes, polygon, view.axes.right)) {
      draw_horizon(pen);
    }
  }
}

void draw_whole(const Shapes& shapes, const Region& range, const View& view, const Clip& clip,
                Pen& pen) {
  for (std::uint32_t p = range.first; p < range.first + range.size; p++) {
    const Polygon& polygon = shapes.polygons[p];
    for (std::uint32_t r = polygon.first; r < polygon.first + polygon.size; r++) {
      if (clip.seen[r] != kWhole) continue;
      const Ring& ring = shapes.rings[r];
      const Vec* v = shapes.vertices.begin() + ring.first;
      pen.begin(turned(view.axes, v[0]));
      for (std::uint32_t i = 1; i <= ring.size; i++)
        pen.arc_to(turned(view.axes, v[i < ring.size ? i : 0]));
      pen.end(4);
    }
  }
}

void draw_runs(const Clip& clip, Pen& pen) {
  for (std::uint32_t i = 0; i < clip.run_count; i++) {
    const Run& run = clip.runs[i];
    pen.begin(clip.points[run.first]);
    for (std::uint32_t k = 1; k < run.size; k++) pen.arc_to(clip.points[run.first + k]);
    pen.end(2);
  }
}

void draw_lines(const Shapes& shapes, const View& view, Clip& clip, Pen& pen) {
  clip.point_count = clip.run_count = 0;
  for (const Ring& line : shapes.borders)
    if (line.size > 1 && glance(line, view, true) != kHidden)
      cut(shapes.vertices.begin() + line.first, line.size, false, view, clip);
  draw_runs(clip, pen);
}

}  // namespace meridian::geo
