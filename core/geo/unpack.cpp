// Packed land and countries: arcs on a grid, and the rings made of them. docs/globe.md describes
// the format.
#include "cap.h"

namespace meridian::geo {

namespace {

/// The finest grid: a ten-thousandth of a degree is eleven metres, a thousand times the precision
/// of Natural Earth at 50m.
constexpr std::uint32_t kMaxSteps = 10000;

class Reader {
 public:
  Reader(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}

  std::uint32_t byte() { return at_ < end_ ? *at_++ : fail(); }
  std::uint32_t number() {
    std::uint32_t value = 0;
    for (unsigned shift = 0; shift < 32; shift += 7) {
      std::uint32_t b = byte();
      value |= (b & 127) << shift;
      if (b < 128) return value;
    }
    return fail();
  }
  /// Zigzag: 0, -1, 1, -2, …
  std::int32_t difference() {
    std::uint32_t value = number();
    return std::int32_t(value >> 1) ^ -std::int32_t(value & 1);
  }
  /// Reads a count; each item takes at least a byte, so that hostile counts are detected here.
  std::uint32_t count() {
    std::uint32_t value = number();
    return value <= std::size_t(end_ - at_) ? value : fail();
  }
  std::uint32_t fail() {
    failed_ = true;
    at_ = end_;
    return 0;
  }
  bool failed() const { return failed_; }
  bool at_end() const { return at_ == end_; }

 private:
  const std::uint8_t* at_;
  const std::uint8_t* end_;
  bool failed_ = false;
};

struct Arc {
  std::uint32_t first, size;
  std::uint32_t uses;
};
struct GridPoint {
  std::int32_t x, y;
  bool operator==(const GridPoint& other) const { return x == other.x && y == other.y; }
};

/// References precede the points that they refer to: rings are made at the end.
struct RingReferences {
  std::uint32_t first, size;
};

class Unpacking {
 public:
  Unpacking(Reader reader, Arena& memory, Shapes& result)
      : in_(reader), arena_(memory), shapes_(result) {}

  bool run() {
    for (char c : {'g', 'e', 'o', '1'})
      if (in_.byte() != std::uint8_t(c)) return false;
    std::uint32_t read = in_.number();
    if (read < 1 || read > kMaxSteps) return false;
    steps_ = std::int32_t(read);
    std::uint32_t arc_count = in_.count(), region_count = in_.count(), dot_count = in_.count();
    read_arcs(arc_count);
    for (std::uint32_t i = 0; i < region_count; i++) read_region();
    for (std::uint32_t i = 0; i < dot_count; i++) read_dot();
    if (in_.failed() || !read_points() || !in_.at_end()) return false;
    std::uint64_t vertices = 0;
    for (std::uint32_t reference : references_) vertices += arcs_[reference >> 1].size;
    if (vertices + points_.size > kMaxVertices) return false;
    for (const RingReferences& ring : rings_) make_ring(ring);
    for (Polygon& polygon : shapes_.polygons) {
      if (!polygon.size) continue;
      const Ring& exterior = shapes_.rings[polygon.first];
      polygon.large = exterior.turned || exterior.sine > 1;
    }
    for (const Arc& arc : arcs_)
      if (arc.uses > 1) make_border(arc);
    return true;
  }

 private:
  void read_arcs(std::uint32_t count) {
    std::uint32_t first = 0;
    for (std::uint32_t i = 0; i < count; i++) {
      std::uint32_t size = in_.count();
      if (size > kMaxVertices - first) in_.fail();
      if (in_.failed()) return;
      arcs_.add(scratch_, {first, size, 0});
      first += size;
    }
    total_ = first;
  }

  void read_region() {
    Region region{{char(in_.byte()), char(in_.byte())}, shapes_.polygons.size, in_.count()};
    for (std::uint32_t i = 0; i < region.size; i++) {
      Polygon polygon{rings_.size, in_.count(), false};
      for (std::uint32_t k = 0; k < polygon.size; k++) {
        RingReferences ring{references_.size, in_.count()};
        for (std::uint32_t r = 0; r < ring.size; r++) read_reference();
        if (in_.failed()) return;
        rings_.add(scratch_, ring);
      }
      if (in_.failed()) return;
      shapes_.polygons.add(arena_, polygon);
    }
    if (!in_.failed()) shapes_.regions.add(arena_, region);
  }

  /// An arc's number twice, and 1 when it is walked backwards; as the difference to the next arc
  /// forwards.
  void read_reference() {
    std::uint32_t reference = next_ + std::uint32_t(in_.difference());
    if ((reference >> 1) >= arcs_.size) in_.fail();
    if (in_.failed()) return;
    arcs_[reference >> 1].uses++;
    references_.add(scratch_, reference);
    next_ = (reference | 1) + 1;
  }

  void read_dot() {
    std::uint32_t region = in_.number();
    GridPoint point{in_.difference(), in_.difference()};
    if (region >= shapes_.regions.size || !on_grid(point)) in_.fail();
    if (!in_.failed()) shapes_.dots.add(arena_, {on_sphere(point), region});
  }

  bool read_points() {
    points_.size = points_.capacity = places_.size = places_.capacity = total_;
    points_.data = scratch_.alloc(total_ * sizeof(GridPoint));
    places_.data = scratch_.alloc(total_ * sizeof(Vec));
    read_axis(&GridPoint::x, 360 * steps_);
    read_axis(&GridPoint::y, 0);
    if (in_.failed()) return false;
    for (std::uint32_t i = 0; i < total_; i++) {
      if (!on_grid(points_[i])) return false;
      places_[i] = on_sphere(points_[i]);
    }
    return true;
  }

  /// Steps from point to point, less half the step before it: coasts tend to go on as they went. An
  /// arc begins with the step from the last point of the arc before it. Longitudes go round after
  /// `turn`.
  void read_axis(std::int32_t GridPoint::* axis, std::int32_t turn) {
    std::int32_t at = 0;
    for (const Arc& arc : arcs_) {
      std::int32_t step = 0;
      for (std::uint32_t i = 0; i < arc.size && !in_.failed(); i++) {
        std::int32_t difference = in_.difference();
        // Half of the range of an int after two additions, and more than any step on the finest
        // grid.
        if (difference > (1 << 28) || difference < -(1 << 28)) {
          in_.fail();
          return;
        }
        step = difference + (i > 1 ? step >> 1 : 0);
        at += step;
        if (turn && at >= turn / 2) at -= turn;
        if (turn && at < -turn / 2) at += turn;
        // A point that is still outside is no place, and those behind it would be further away.
        if (at > 180 * steps_ || at < -180 * steps_) in_.fail();
        points_[arc.first + i].*axis = at;
      }
    }
  }

  bool on_grid(GridPoint p) const {
    return p.x >= -180 * steps_ && p.x <= 180 * steps_ && p.y >= -90 * steps_ && p.y <= 90 * steps_;
  }
  Vec on_sphere(GridPoint p) const {
    return to_vector({double(p.x) / steps_, double(p.y) / steps_});
  }

  void make_ring(RingReferences references_of) {
    Ring ring{shapes_.vertices.size, 0, {}, 0, false};
    GridPoint first{}, last{};
    for (std::uint32_t i = 0; i < references_of.size; i++) {
      std::uint32_t reference = references_[references_of.first + i];
      const Arc& arc = arcs_[reference >> 1];
      for (std::uint32_t k = 0; k < arc.size; k++) {
        std::uint32_t at = arc.first + (reference & 1 ? arc.size - 1 - k : k);
        if (ring.size && points_[at] == last) continue;
        last = points_[at];
        if (!ring.size++) first = last;
        shapes_.vertices.add(arena_, places_[at]);
      }
    }
    if (ring.size > 1 && last == first) {
      ring.size--;
      shapes_.vertices.size--;
    }
    make_cap(shapes_, ring);
    shapes_.rings.add(arena_, ring);
  }

  void make_border(const Arc& arc) {
    Ring line{shapes_.vertices.size, arc.size, {}, 0, false};
    for (std::uint32_t k = 0; k < arc.size; k++)
      shapes_.vertices.add(arena_, places_[arc.first + k]);
    make_cap(shapes_, line);
    shapes_.borders.add(arena_, line);
  }

  Reader in_;
  Arena& arena_;
  Shapes& shapes_;
  Arena scratch_;
  List<Arc> arcs_;
  List<GridPoint> points_;  ///< of all arcs
  List<Vec> places_;        ///< the same on the sphere
  List<std::uint32_t> references_;
  std::int32_t steps_ = 1;  ///< of the grid, to a degree

  List<RingReferences> rings_;
  std::uint32_t next_ = 0, total_ = 0;
};

}  // namespace

bool unpack(const std::uint8_t* data, std::size_t size, Arena& arena, Shapes& shapes) {
  return Unpacking({data, size}, arena, shapes).run();
}

}  // namespace meridian::geo
