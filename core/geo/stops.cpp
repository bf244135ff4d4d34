#include "stops.h"

#include "array.h"
#include "trigonometry.h"

namespace meridian::geo {

namespace {
std::uint32_t cell_of(double v) {
  auto cell = std::int32_t((v + 1) * (kCells / 2.0));
  return cell < 0 ? 0 : cell >= std::int32_t(kCells) ? kCells - 1 : std::uint32_t(cell);
}
std::uint32_t cell_of(const Vec& v) {
  return (cell_of(v.z) * kCells + cell_of(v.y)) * kCells + cell_of(v.x);
}
double middle_of(std::uint32_t cell) { return (cell + 0.5) * (2.0 / kCells) - 1; }
}  // namespace

void Stops::reserve(std::uint32_t stops, Arena& arena, GlobeData& data) {
  *this = {};
  count = stops;
  place = array<Vec>(arena, count);
  order = array<std::uint32_t>(arena, count);
  owner = array<std::uint32_t>(arena, count);
  size = array<std::uint32_t>(arena, count);
  sorted = array<std::uint32_t>(arena, count);
  point = array<std::uint32_t>(arena, count);
  keys = array<Key>(arena, count);
  chain = array<std::uint32_t>(arena, count);
  cells = array<Cell>(arena, kCells * kCells * kCells);
  std::uint32_t bucket_count = 16;
  while (bucket_count < count * 2) bucket_count *= 2;
  buckets = array<std::uint32_t>(arena, bucket_count);
  bucket_mask = bucket_count - 1;
  data.stops = count;
  data.stop_lon = array<double>(arena, count);
  data.stop_lat = array<double>(arena, count);
  data.stop_priority = array<float>(arena, count);
  data.stop_label = array<float>(arena, count);
  data.stop_flags = array<std::uint8_t>(arena, count);
  data.point_xy = array<float>(arena, 2 * (count + kMaxOpened));
  data.point_stop = array<std::uint32_t>(arena, count + kMaxOpened);
  data.point_size = array<std::uint32_t>(arena, count + kMaxOpened);
}

void Stops::update(const GlobeData& data) {
  shown = 0;
  for (std::uint32_t i = 0; i < count; i++) {
    LonLat at{data.stop_lon[i], data.stop_lat[i]};
    owner[i] = kNone;
    if ((data.stop_flags[i] & kStopHidden) || !is_place(at)) continue;
    place[i] = to_vector(at);
    double priority = data.stop_priority[i];
    owner[i] = i;
    // A priority that is not a number counts as none.
    keys[shown++] = {priority == priority ? -priority : 0, i};
  }
  sort(keys, shown);
  for (std::uint32_t i = 0; i < shown; i++) order[i] = keys[i].item;
}

std::uint32_t Stops::bucket(std::int32_t x, std::int32_t y, std::int32_t z) const {
  std::uint32_t hash = std::uint32_t(x) * 0x9e3779b1u ^ std::uint32_t(y) * 0x85ebca77u ^
                       std::uint32_t(z) * 0xc2b2ae3du;
  return (hash ^ hash >> 15) & bucket_mask;
}

std::uint32_t Stops::nearest_owner(const Vec& v, double angle) const {
  auto x = std::int32_t((v.x + 1) / angle), y = std::int32_t((v.y + 1) / angle),
       z = std::int32_t((v.z + 1) / angle);
  std::uint32_t nearest = kNone;
  double least = angle * angle;
  for (std::int32_t i = 0; i < 27; i++)
    for (std::uint32_t k = buckets[bucket(x + i % 3 - 1, y + i / 3 % 3 - 1, z + i / 9 - 1)];
         k != kNone; k = chain[k]) {
      Vec way = mixed(v, 1, place[k], -1);
      double square = dot(way, way);
      if (square < least || (square == least && k < nearest)) {
        least = square;
        nearest = k;
      }
    }
  return nearest;
}

void Stops::cluster(double angle) {
  for (std::uint32_t i = 0; i <= bucket_mask; i++) buckets[i] = kNone;
  sorted_count = 0;
  for (std::uint32_t i = 0; i < shown; i++) {
    std::uint32_t stop = order[i];
    const Vec& v = place[stop];
    std::uint32_t nearest = angle > 0 ? nearest_owner(v, angle) : kNone;
    if (nearest != kNone) {
      owner[stop] = nearest;
      size[nearest]++;
      continue;
    }
    owner[stop] = stop;
    size[stop] = 1;
    sorted_count++;
    if (!(angle > 0)) continue;
    std::uint32_t& head =
        buckets[bucket(std::int32_t((v.x + 1) / angle), std::int32_t((v.y + 1) / angle),
                       std::int32_t((v.z + 1) / angle))];
    chain[stop] = head;
    head = stop;
  }
  sort_into_cells();
  list_members();
}

void Stops::sort_into_cells() {
  constexpr std::uint32_t kAll = kCells * kCells * kCells;
  for (std::uint32_t i = 0; i < kAll; i++) cells[i] = {};
  for (std::uint32_t i = 0; i < shown; i++)
    if (owner[order[i]] == order[i]) cells[cell_of(place[order[i]])].size++;
  std::uint32_t first = 0;
  for (std::uint32_t i = 0; i < kAll; i++) {
    cells[i].centre = {middle_of(i % kCells), middle_of(i / kCells % kCells),
                       middle_of(i / kCells / kCells)};
    cells[i].first = first;
    first += cells[i].size;
    cells[i].size = 0;
  }
  for (std::uint32_t i = 0; i < shown; i++) {
    if (owner[order[i]] != order[i]) continue;
    Cell& cell = cells[cell_of(place[order[i]])];
    sorted[cell.first + cell.size++] = order[i];
  }
  cell_count = 0;
  for (std::uint32_t i = 0; i < kAll; i++)
    if (cells[i].size) cells[cell_count++] = cells[i];
}

void Stops::list_members() {
  member_count = 0;
  if (opened >= count || owner[opened] == kNone) return;
  std::uint32_t head = owner[opened];
  if (size[head] < 2) return;
  for (std::uint32_t i = 0; i < shown && member_count < kMaxOpened; i++)
    if (owner[order[i]] == head) members[member_count++] = order[i];
}

Vec Stops::where(std::uint32_t stop, const View& view, const GlobeData& data) const {
  Vec v = turned(view.axes, place[owner[stop]]);
  for (std::uint32_t k = 0; k < member_count; k++) {
    if (members[k] != stop) continue;
    // The seeds of a sunflower: each has about the same room.
    double radius = data.cluster / view.scale * std::sqrt(k + 0.5);
    SinCos angle = sin_cos(k * 2.399963229728653);
    v.x += radius * angle.cos;
    v.y += radius * angle.sin;
  }
  return v;
}

void Stops::draw(const View& view, GlobeData& data) {
  std::uint32_t points = 0;
  std::uint32_t head = member_count ? owner[opened] : kNone;
  const Axes& axes = view.axes;
  auto put = [&](std::uint32_t stop, const Vec& v, std::uint32_t stands_for) {
    to_screen(view, v, data.point_xy + 2 * points);
    data.point_stop[points] = stop;
    data.point_size[points] = stands_for;
    point[stop] = points++;
  };
  for (std::uint32_t i = 0; i < cell_count; i++) {
    Cell& cell = cells[i];
    cell.points = 0;
    if (dot(axes.front, cell.centre) < -kCellRadius) continue;
    if (is_outside(view, cell.centre, kCellRadius)) continue;
    to_screen(view, turned(axes, cell.centre), cell.xy);
    cell.first_point = points;
    for (std::uint32_t k = cell.first; k < cell.first + cell.size; k++) {
      std::uint32_t stop = sorted[k];
      Vec v = turned(axes, place[stop]);
      if (v.z > 0 && stop != head) put(stop, v, size[stop]);
    }
    cell.points = points - cell.first_point;
  }
  if (head != kNone && dot(axes.front, place[head]) > 0)
    for (std::uint32_t k = 0; k < member_count; k++)
      // The last stop that is drawn represents those that are not.
      put(members[k], where(members[k], view, data), k + 1 == kMaxOpened ? size[head] - k : 1);
  data.points = points;
}

std::int32_t Stops::pick(const View& view, const GlobeData& data, double x, double y,
                         double radius) const {
  std::int32_t found = -1;
  double least = radius * radius;
  auto look = [&](std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t i = first; i < end; i++) {
      double dx = data.point_xy[2 * i] - x, dy = data.point_xy[2 * i + 1] - y,
             square = dx * dx + dy * dy;
      if (!(square <= least)) continue;
      // Of two at one place the one drawn later, on top.
      least = square;
      found = std::int32_t(data.point_stop[i]);
    }
  };
  double reach = radius + kCellRadius * view.scale;
  std::uint32_t end = 0;
  for (std::uint32_t i = 0; i < cell_count; i++) {
    const Cell& cell = cells[i];
    if (!cell.points) continue;
    end = cell.first_point + cell.points;
    if (std::fabs(cell.xy[0] - x) <= reach && std::fabs(cell.xy[1] - y) <= reach)
      look(cell.first_point, end);
  }
  look(end, data.points);
  return found;
}

}  // namespace meridian::geo
