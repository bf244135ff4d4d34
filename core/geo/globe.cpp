// The globe: its shapes, its view, and the frames drawn from them.
#include <cstdlib>

#include "array.h"
#include "clip.h"
#include "graticule.h"
#include "labels.h"
#include "leg.h"
#include "night.h"
#include "stops.h"
#include "trigonometry.h"

namespace meridian::geo {

namespace {
constexpr std::uint32_t kFiles = 3;
/// Room for graticule, horizons and divided edges.
constexpr std::uint32_t kMorePoints = 1 << 16;
/// The sun's formulas hold for a century; this is three thousand years, beyond which there is no
/// night.
constexpr double kLastTime = 1e14;
/// Points of legs are shared out: some of these to each.
constexpr std::uint32_t kLegPoints = 1 << 20, kMostSteps = 128;

struct Loaded {
  Arena arena;
  Shapes shapes;
};

template <class T, class... A>
T* make(A&... arguments) {
  void* place = std::malloc(sizeof(T));
  if (!place) fatal();
  return new (place) T(arguments...);
}
template <class T>
void drop(T* object) {
  if (!object) return;
  object->~T();
  std::free(object);
}

/// NaN becomes `otherwise`.
MERIDIAN_NOINLINE void keep_within(double& v, float least, float most, float otherwise) {
  v = v < least ? least : v > most ? most : v == v ? v : otherwise;
}
}  // namespace

struct Globe::State {
  explicit State(GlobeData& shared) : data(shared) {}

  GlobeData& data;
  Loaded* files[kFiles] = {};
  Loaded nights, graticule;
  Shapes nothing;
  double night_time = kLastTime;  ///< where night is now

  Arena stop_arena;
  Stops stops;
  Labels labels;
  Leg* legs = nullptr;
  std::uint32_t leg_count = 0;
  double leg_lift = 0;
  double cluster_angle = -1;  ///< of the present clusters; -1: none yet

  Arena room;  ///< for frames
  Clip clip{};
  Paths paths{};

  Vec grabbed{1, 0, 0};

  Versor versor() const {
    return normalised({data.versor[0], data.versor[1], data.versor[2], data.versor[3]});
  }
  void turn(const Versor& q) {
    data.versor[0] = q.w;
    data.versor[1] = q.x;
    data.versor[2] = q.y;
    data.versor[3] = q.z;
  }
  const Shapes& shapes(File file) const {
    const Loaded* loaded = files[std::uint32_t(file)];
    return loaded ? loaded->shapes : nothing;
  }
  View view();
  void make_room();
  void make_legs();
  void cluster();
  void draw_shapes(const View& view);
  void draw_legs(const View& view);
  void end_layer(std::uint32_t layer) { data.layer[layer + 1] = paths.paths; }
  bool wants(std::uint32_t layer) const { return data.layers >> layer & 1; }
};

Globe::Globe() : state_(make<State>(static_cast<GlobeData&>(*this))) {
  make_graticule(state_->graticule.arena, state_->graticule.shapes);
  make_nights(state_->nights.arena, state_->nights.shapes);
  reserve(0);
}

Globe::~Globe() {
  for (Loaded* file : state_->files) drop(file);
  drop(state_);
}

// ---- loading ----

bool Globe::load(File file, const std::uint8_t* bytes, std::size_t size) {
  if (std::uint32_t(file) >= kFiles) return false;
  auto* loaded = make<Loaded>();
  if (!unpack(bytes, size, loaded->arena, loaded->shapes)) {
    drop(loaded);
    return false;
  }
  Loaded*& place = state_->files[std::uint32_t(file)];
  drop(place);
  place = loaded;
  if (file == File::kCountries) {
    const Shapes& shapes = loaded->shapes;
    regions = shapes.regions.size;
    region_code = array<char>(loaded->arena, 2 * regions);
    region_flags = array<std::uint8_t>(loaded->arena, regions);
    for (std::uint32_t i = 0; i < regions; i++)
      std::memcpy(region_code + 2 * i, shapes.regions[i].code, 2);
    dots = 0;
    dot_xy = array<float>(loaded->arena, 2 * shapes.dots.size);
    dot_region = array<std::uint32_t>(loaded->arena, shapes.dots.size);
  }
  state_->make_room();
  return true;
}

void Globe::State::make_room() {
  room.reset();
  std::uint32_t vertices = 0, rings = 0, most_vertices = 0, most_rings = 0;
  for (const Loaded* held : {&nights, &graticule, files[0], files[1], files[2]}) {
    if (!held) continue;
    const Shapes& shapes = held->shapes;
    vertices += shapes.vertices.size;
    rings += shapes.rings.size;
    if (most_vertices < shapes.vertices.size) most_vertices = shapes.vertices.size;
    if (most_rings < shapes.rings.size) most_rings = shapes.rings.size;
  }
  clip.reserve(most_vertices, most_rings, room);
  // A vertex may be drawn as an area and as its coast, a region once more as selected.
  std::uint32_t leg_points =
      leg_count < kLegPoints / kMostSteps ? leg_count * (kMostSteps + 4) : kLegPoints;
  paths = {nullptr,
           nullptr,
           4 * vertices + kMorePoints + leg_points,
           4 * rings + vertices + 3 * leg_count,
           0,
           0};
  data.xy = paths.xy = array<float>(room, 2 * paths.max_points);
  data.ends = paths.ends = array<std::uint32_t>(room, paths.max_paths);
  std::memset(data.layer, 0, sizeof data.layer);
}

void Globe::reserve(std::uint32_t count) {
  State& s = *state_;
  if (count > kMaxStops) count = kMaxStops;
  s.stop_arena.reset();
  s.stops.reserve(count, s.stop_arena, *this);
  s.labels.reserve(count, s.stop_arena, *this);
  s.legs = array<Leg>(s.stop_arena, count);
  points = labels = 0;
  update();
}

void Globe::update() {
  State& s = *state_;
  s.stops.update(*this);
  s.cluster_angle = -1;
  std::uint32_t before = s.leg_count;
  s.make_legs();
  if (s.leg_count > before || !s.paths.xy) s.make_room();
}

void Globe::State::make_legs() {
  leg_count = 0;
  leg_lift = data.lift;
  std::uint32_t last = kNone;
  for (std::uint32_t i = 0; i < stops.count; i++) {
    if (stops.owner[i] == kNone) continue;
    if (last != kNone && !(data.stop_flags[i] & kStopApart))
      legs[leg_count++] = make_leg(stops.place[last], stops.place[i], leg_lift);
    last = i;
  }
}

// ---- the view ----

View Globe::State::view() {
  Versor q = versor();
  turn(q);
  // A sphere smaller than a pixel is not drawn; at a million pixels Float32 has lost the digits.
  keep_within(data.scale, 1, 1e6, 100);
  keep_within(data.width, 1, 1e5, 300);
  keep_within(data.height, 1, 1e5, 150);
  keep_within(data.pixel_ratio, 0.1, 16, 1);
  keep_within(data.lift, 0, 2, 0);
  keep_within(data.cluster, 0, 1000, 0);
  if (data.cluster < 1) data.cluster = 0;
  keep_within(data.label_height, 1, 1000, 16);
  return make_view(data);
}

bool Globe::look(LonLat centre, double roll) {
  if (!is_place(centre) || !(std::fabs(roll) <= kMaxTurns)) return false;
  state_->turn(geo::versor(centre, roll));
  return true;
}

void Globe::grab(double x, double y) {
  bool hit;
  View view = state_->view();
  Vec at = from_screen(view, x, y, hit);
  state_->grabbed = turned_back(view.axes, at);
}

void Globe::drag(double x, double y) {
  bool hit;
  State& s = *state_;
  View view = s.view();
  Vec to = from_screen(view, x, y, hit);
  // With north up, turning about the pole moves the point along its parallel, to the pointer's x,
  // ahead of the pole's axis or behind it as it is; then nodding moves it to the pointer's y.
  double across = std::sqrt(s.grabbed.x * s.grabbed.x + s.grabbed.y * s.grabbed.y);
  double ahead = across * across - to.x * to.x;
  double x_there = ahead > 0 ? to.x : to.x < 0 ? -across : across;
  ahead = ahead > 0 ? std::sqrt(ahead) : 0;
  // Two rotations are possible when the point is beyond a pole: use the smaller one.
  double nod = 0, least = 10;
  for (double side : {ahead, -ahead}) {
    double angle = arc_tangent(s.grabbed.z, side) - arc_tangent(to.y, to.z);
    if (angle > kPi) angle -= 2 * kPi;
    if (angle < -kPi) angle += 2 * kPi;
    if (std::fabs(angle) >= least) continue;
    least = std::fabs(angle);
    nod = angle;
    ahead = side;
  }
  double latitude = nod / kDegree;
  keep_within(latitude, -90, 90, 0);
  double longitude =
      (arc_tangent(s.grabbed.y, s.grabbed.x) - arc_tangent(x_there, ahead)) / kDegree;
  s.turn(geo::versor({longitude, latitude}, 0));
}

// ---- frames ----

void Globe::State::cluster() {
  double angle = 0;
  if (data.cluster > 0) {
    // In steps of a fifth of the scale, so that zooming doesn't change clusters in every frame.
    double level = 1;
    while (level < data.scale) level *= 1.2;
    angle = data.cluster / level;
  }
  if (angle == cluster_angle) return;
  cluster_angle = angle;
  stops.cluster(angle);
}

void Globe::State::draw_shapes(const View& view) {
  Pen pen(paths, view);
  auto draw_areas = [&](const Shapes& shapes, const Region& range) {
    draw_cut(shapes, range, view, clip, pen);
    draw_whole(shapes, range, view, clip, pen);
  };
  if (wants(kGraticule)) draw_lines(graticule.shapes, view, clip, pen);
  end_layer(kGraticule);
  const Shapes& land = shapes(data.detail && files[1] ? File::kDetail : File::kLand);
  Region all{{' ', ' '}, 0, wants(kLandCut) ? land.polygons.size : 0};
  draw_cut(land, all, view, clip, pen);
  end_layer(kLandCut);
  draw_whole(land, all, view, clip, pen);
  end_layer(kLandWhole);
  draw_runs(clip, pen);
  end_layer(kCoastCut);
  const Shapes& countries = shapes(File::kCountries);
  for (std::uint32_t layer : {kVisited, kSelected}) {
    for (std::uint32_t i = 0; i < data.regions; i++)
      if (wants(layer) &&
          data.region_flags[i] & (layer == kVisited ? kRegionVisited : kRegionSelected))
        draw_areas(countries, countries.regions[i]);
    end_layer(layer);
  }
  if (wants(kBorders)) draw_lines(countries, view, clip, pen);
  end_layer(kBorders);
  bool night = std::fabs(data.sun_time) < kLastTime;
  if (night && night_time != data.sun_time) move_nights(night_time = data.sun_time, nights.shapes);
  for (std::uint32_t i = 0; i < kNights; i++) {
    if (wants(kNight + i) && night) draw_areas(nights.shapes, nights.shapes.regions[i]);
    end_layer(kNight + i);
  }
  data.dots = 0;
  for (const Dot& dot : countries.dots) {
    Vec v = turned(view.axes, dot.place);
    if (!(v.z > 0)) continue;
    to_screen(view, v, data.dot_xy + 2 * data.dots);
    data.dot_region[data.dots++] = dot.region;
  }
}

void Globe::State::draw_legs(const View& view) {
  if (leg_lift != data.lift) make_legs();
  Pen pen(paths, view);
  // The remaining room is shared: many legs are drawn with few points each.
  std::uint32_t share = leg_count ? (paths.max_points - paths.points) / leg_count : 0;
  std::uint32_t steps = kMostSteps;
  while (steps > 1 && steps + 4 > share) steps /= 2;
  double progress = data.progress > 0 ? data.progress : 0;
  auto whole = progress < leg_count ? std::uint32_t(progress) : leg_count;
  double part = progress - whole;
  for (std::uint32_t layer : {kLegs, kTravelled}) {
    for (std::uint32_t i = 0; i < leg_count && wants(layer); i++) {
      // Of the leg on which the journey is each layer has its part.
      bool travelled = layer == kTravelled;
      if (i == whole && part > 0)
        draw_leg(legs[i], travelled ? 0 : part, travelled ? part : 1, steps, view, pen);
      else if (travelled == (i < whole))
        draw_leg(legs[i], 0, 1, steps, view, pen);
    }
    end_layer(layer);
  }
  data.traveller_seen = 0;
  if (!(data.progress >= 0) || !leg_count) return;
  Vec p = whole < leg_count ? point_of(legs[whole], part, view)
                            : point_of(legs[leg_count - 1], 1, view);
  to_screen(view, p, data.traveller_xy);
  data.traveller_seen = is_seen(p);
}

void Globe::frame() {
  State& s = *state_;
  View view = s.view();
  s.paths.points = s.paths.paths = 0;
  layer[0] = 0;
  s.draw_shapes(view);
  s.draw_legs(view);
  s.cluster();
  s.stops.draw(view, *this);
  s.labels.place(s.stops, *this);
}

// ---- queries ----

std::int32_t Globe::pick(double x, double y, double radius) {
  return state_->stops.pick(state_->view(), *this, x, y, radius);
}

void Globe::place(double x, double y) {
  bool hit;
  View view = state_->view();
  LonLat at = to_lon_lat(turned_back(view.axes, from_screen(view, x, y, hit)));
  answer[0] = at.lon;
  answer[1] = at.lat;
  answer[2] = hit;
}

void Globe::locate(std::uint32_t stop) {
  State& s = *state_;
  answer[2] = 0;
  if (stop >= s.stops.count || s.stops.owner[stop] == kNone) return;
  View view = s.view();
  s.cluster();
  Vec v = s.stops.where(stop, view, *this);
  answer[0] = view.centre_x + view.scale * v.x;
  answer[1] = view.centre_y - view.scale * v.y;
  answer[2] = v.z > 0;
}

void Globe::open(std::int32_t stop) {
  state_->stops.opened = stop < 0 ? kNone : std::uint32_t(stop);
  if (state_->cluster_angle >= 0) state_->stops.list_members();
}

}  // namespace meridian::geo
