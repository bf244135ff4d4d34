// The sphere. tests/wasm/globe.test.mjs compares the same land with d3-geo.
#include "meridian/geo.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "sized.h"

using namespace meridian;
using namespace meridian::geo;
using Catch::Approx;

namespace {
/// Published: Berlin to Tokyo, Quito to Sydney; degrees.
constexpr LonLat kBerlin{13.405, 52.52}, kTokyo{139.6917, 35.6895};

double apart(const Vec& a, const Vec& b) {
  return std::sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) +
                   (a.z - b.z) * (a.z - b.z));
}

/// A packed file of one region whose ring has these places, on a grid of one degree.
std::vector<std::uint8_t> packed(const std::vector<std::vector<LonLat>>& rings) {
  std::vector<std::uint8_t> out{'g', 'e', 'o', '1', 1};
  auto number = [&](std::uint32_t n) {
    for (; n > 127; n >>= 7) out.push_back(std::uint8_t(n | 128));
    out.push_back(std::uint8_t(n));
  };
  auto difference = [&](int n) { number(n < 0 ? -2 * n - 1 : 2 * n); };
  number(std::uint32_t(rings.size()));
  number(1);
  number(0);
  for (const auto& ring : rings) number(std::uint32_t(ring.size()));
  out.insert(out.end(), {'X', 'Y', 1});
  number(std::uint32_t(rings.size()));
  for (std::size_t i = 0; i < rings.size(); i++) out.insert(out.end(), {1, 0});
  for (double LonLat::* axis : {&LonLat::lon, &LonLat::lat}) {
    int at = 0;
    for (const auto& ring : rings) {
      int step = 0;
      for (std::size_t i = 0; i < ring.size(); i++) {
        int way = int(ring[i].*axis) - at;
        difference(i > 1 ? way - (step >> 1) : way);
        step = way;
        at += way;
      }
    }
  }
  return out;
}

/// The area of the paths of a layer, in squares of the radius.
double area(const Globe& globe, std::uint32_t from, std::uint32_t to) {
  double sum = 0;
  for (std::uint32_t k = globe.layer[from]; k < globe.layer[to]; k++) {
    std::uint32_t first = k ? globe.ends[k - 1] : 0, end = globe.ends[k];
    for (std::uint32_t i = first; i < end; i++) {
      std::uint32_t next = i + 1 < end ? i + 1 : first;
      sum += double(globe.xy[2 * next]) * globe.xy[2 * i + 1] -
             double(globe.xy[2 * i]) * globe.xy[2 * next + 1];
    }
  }
  return sum / 2 / globe.scale / globe.scale;
}

struct Drawn {
  Globe globe;
  explicit Drawn(const std::vector<std::vector<LonLat>>& rings) {
    auto bytes = packed(rings);
    REQUIRE(globe.load(File::kLand, bytes.data(), bytes.size()));
    globe.scale = 1000;
    globe.width = globe.height = 2000;
    globe.layers = 1 << kLandCut;
  }
  double land(LonLat centre) {
    globe.look(centre, 0);
    globe.frame();
    return area(globe, kLandCut, kCoastCut);
  }
};
}  // namespace

TEST_CASE("distance is exact, also between points that are close together or opposite") {
  CHECK(distance(to_vector(kBerlin), to_vector(kTokyo)) * kEarthRadius == Approx(8918).margin(3));
  CHECK(distance(to_vector({0, 0}), to_vector({180, 0})) == Approx(kPi).epsilon(1e-15));
  CHECK(distance(to_vector({10, 20}), to_vector({10, 20.000001})) ==
        Approx(1e-6 * kDegree).epsilon(1e-6));
  CHECK(distance(to_vector({0, 90}), to_vector({77, -90})) == Approx(kPi).epsilon(1e-15));
}

TEST_CASE("bearing is in degrees clockwise from north") {
  CHECK(bearing({0, 0}, {0, 10}) == Approx(0).margin(1e-12));
  CHECK(bearing({0, 0}, {10, 0}) == Approx(90));
  CHECK(bearing({0, 0}, {-10, 0}) == Approx(270));
  CHECK(bearing({5, 90}, {5, 0}) == Approx(180));
  CHECK(bearing(kBerlin, kTokyo) == Approx(41.6).margin(0.3));
}

TEST_CASE("interpolate stays on the sphere, at a constant speed") {
  for (LonLat b :
       {LonLat{139, 35}, LonLat{-167, -52}, LonLat{13, 52}, LonLat{13, -90}, LonLat{193, -52}}) {
    GreatCircle way = great_circle(to_vector({13, 52}), to_vector(b));
    CHECK(apart(interpolate(way, 0), to_vector({13, 52})) < 1e-15);
    CHECK(apart(interpolate(way, 1), to_vector(b)) < 1e-14);
    for (double t : {0.1, 0.25, 0.5, 0.9})
      CHECK(distance(to_vector({13, 52}), interpolate(way, t)) ==
            Approx(way.angle * t).margin(1e-14));
  }
  // Opposite: over the north pole.
  CHECK(to_lon_lat(interpolate(great_circle(to_vector({0, 0}), to_vector({180, 0})), 0.5)).lat ==
        Approx(90));
}

TEST_CASE("sine, cosine and arc tangent have fifteen digits") {
  for (double lon = -720; lon <= 720; lon += 7.3) {
    Vec v = to_vector({lon, 0});
    CHECK(std::fabs(v.x - std::cos(lon * kDegree)) < 2e-15);
    CHECK(std::fabs(v.y - std::sin(lon * kDegree)) < 2e-15);
    LonLat back = to_lon_lat(v);
    CHECK(std::fabs(std::remainder(back.lon - lon, 360)) < 1e-12);
    CHECK((back.lon > -180 && back.lon <= 180));
  }
}

TEST_CASE("normalised replaces a quaternion without a direction by the identity") {
  Versor broken = normalised({NAN, 0, 0, 0});
  CHECK((broken.w == 1 && broken.x == 0));
}

TEST_CASE("a ring that the horizon cuts is closed along it") {
  // An eighth of the sphere.
  Drawn octant({{{0, 0}, {90, 0}, {0, 90}}});
  CHECK(octant.land({0, 0}) == Approx(kPi / 4).margin(2e-4));
  CHECK(octant.land({45, 0}) == Approx(kPi / 2 * std::sqrt(0.5)).margin(2e-4));
  CHECK(octant.land({-90, 0}) == Approx(0).margin(2e-4));
  CHECK(octant.land({-135, -35}) == Approx(0));
}

TEST_CASE("a ring round a pole encloses the pole, in every view") {
  std::vector<LonLat> ring;
  // Westwards: the south is on the left.
  for (int lon = 170; lon >= -180; lon -= 10) ring.push_back({double(lon), -60});
  Drawn polar({ring});
  CHECK(polar.land({0, -90}) == Approx(kPi / 4).margin(2e-2));
  CHECK(polar.land({77, 90}) == 0);
  double side = polar.land({0, 0});
  CHECK(side == Approx(0.0906).margin(5e-3));
  std::vector<LonLat> other(ring.rbegin(), ring.rend());
  Drawn rest({other});
  CHECK(rest.land({0, 90}) == Approx(kPi).margin(2e-3));  // the whole visible disc
  CHECK(rest.land({0, -90}) == Approx(kPi * 3 / 4).margin(2e-2));
  CHECK(rest.land({0, 0}) == Approx(kPi - side).margin(2e-3));
}

TEST_CASE("a hole larger than the view leaves no land, and round a visible hole there is land") {
  std::vector<LonLat> outer, hole;
  for (int lon = -180; lon < 180; lon += 10) outer.push_back({double(lon), -60});
  for (int lon = 170; lon >= -180; lon -= 10) hole.push_back({double(lon), 60});
  // Between 60° south and north: eastwards and westwards, the belt on the left of both.
  Drawn belt({outer, hole});
  CHECK(belt.land({0, 90}) == Approx(kPi * 3 / 4).margin(2e-2));
  CHECK(belt.land({0, 0}) > kPi * 0.9);
}

TEST_CASE("subsolar_point agrees with the Astronomical Almanac") {
  LonLat equinox = subsolar_point(1710903960000.0);  // 2024-03-20 03:06 UTC
  CHECK(equinox.lat == Approx(0).margin(0.02));
  CHECK(equinox.lon == Approx(135.36).margin(0.05));
  CHECK(subsolar_point(1718916660000.0).lat == Approx(23.44).margin(0.01));  // 2024-06-20 20:51 UTC
}

TEST_CASE("unpack refuses land whose steps exceed the sphere") {
  // The ring's second longitude is -2147483648 further, by a zigzag of 32 bits.
  std::vector<std::uint8_t> land = packed({{{-1, 0}, {0, 0}, {0, 1}}});
  REQUIRE(land.size() == 21);
  land.erase(land.begin() + 16);
  land.insert(land.begin() + 16, {255, 255, 255, 255, 15});
  Arena arena;
  Shapes shapes;
  CHECK(!unpack(land.data(), land.size(), arena, shapes));
}

TEST_CASE("Globe::frame allocates no memory, whatever the content") {
  Drawn octant({{{0, 0}, {90, 0}, {0, 90}}});
  Globe& globe = octant.globe;
  globe.layers = ~0u;
  globe.reserve(3000);
  for (std::uint32_t i = 0; i < 3000; i++) {
    globe.stop_lon[i] = i * 137 % 360;
    globe.stop_lat[i] = i * 61 % 180 - 90.0;
    globe.stop_label[i] = 40;
  }
  globe.update();
  globe.frame();
  std::size_t before = memory_held;
  const float* xy = globe.xy;
  for (int i = 0; i < support::sized(1000); i++) {
    globe.look({i * 1.7, 60 * std::sin(i * 0.1)}, i % 10);
    globe.scale = 100 + i;
    globe.sun_time = i * 1e9;
    globe.progress = i;
    globe.frame();
    globe.pick(500, 500, 10);
  }
  CHECK(memory_held == before);
  CHECK(globe.xy == xy);
}

// ---- a still picture ----

namespace {
struct Mark {
  double x, y;
  bool begins;
};

/// The points of a path of the picture in pixels; of curves only the ends.
std::vector<Mark> read_path(const std::string& d) {
  std::vector<Mark> marks;
  Mark at{0, 0, false}, start{0, 0, false};
  const char* s = d.c_str();
  char command = 0;
  auto number = [&s] {
    char* end;
    double value = std::strtod(s, &end);
    REQUIRE(end != s);
    s = end;
    return value / 2;
  };
  while (*s) {
    if (std::isspace(static_cast<unsigned char>(*s))) {
      s++;
      continue;
    }
    bool named = std::isalpha(static_cast<unsigned char>(*s)) != 0;
    if (named) command = *s++;
    if (command == 'z') {
      at = start;
      continue;
    }
    if (command == 'h') {
      at.x += number();
      continue;
    }
    if (command == 'c')
      for (int i = 0; i < 4; i++) number();
    REQUIRE((command == 'm' || command == 'c'));
    at.x += number();
    at.y += number();
    at.begins = named && command == 'm';
    if (at.begins) start = at;
    marks.push_back(at);
  }
  return marks;
}

/// The `d` of the paths of a picture that are painted with an ink.
std::vector<std::vector<Mark>> paths_of(const std::string& svg, const std::string& ink) {
  std::vector<std::vector<Mark>> found;
  for (std::size_t at = 0; (at = svg.find("<path d=\"", at)) != std::string::npos;) {
    std::size_t end = svg.find('"', at + 9), close = svg.find("/>", end);
    if (svg.substr(end, close - end).find("=\"var(--meridian-globe-" + ink + ",") !=
        std::string::npos)
      found.push_back(read_path(svg.substr(at + 9, end - at - 9)));
    at = close;
  }
  return found;
}

std::string still(Globe& globe, const std::vector<Str>& names) {
  Text out;
  add_still(globe, "A globe", names.data(), out);
  return std::string(out.str());
}

void set_stops(Globe& globe, const std::vector<LonLat>& places) {
  globe.reserve(std::uint32_t(places.size()));
  for (std::uint32_t i = 0; i < globe.stops; i++) {
    globe.stop_lon[i] = places[i].lon;
    globe.stop_lat[i] = places[i].lat;
    globe.stop_label[i] = label_width("Name");
  }
  globe.update();
}

double distance_to_line(double x, double y, const Mark& a, const Mark& b) {
  double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  double t = square > 0 ? ((x - a.x) * dx + (y - a.y) * dy) / square : 0;
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  return std::hypot(x - a.x - t * dx, y - a.y - t * dy);
}

/// How far a path of the picture, of one piece, is from the point of the frame that is farthest
/// from it.
double farthest(const Globe& globe, std::uint32_t layer, const std::vector<Mark>& marks,
                bool closed) {
  double most = 0;
  std::uint32_t path = globe.layer[layer], first = path ? globe.ends[path - 1] : 0;
  for (std::uint32_t i = first; i < globe.ends[path]; i++) {
    double least = 1e9;
    for (std::size_t k = closed ? 0 : 1; k < marks.size(); k++)
      least = std::min(least, distance_to_line(globe.xy[2 * i], globe.xy[2 * i + 1],
                                               marks[k ? k - 1 : marks.size() - 1], marks[k]));
    most = std::max(most, least);
  }
  return most;
}
}  // namespace

TEST_CASE("a still picture has the coasts of the frame, within a pixel, in fewer points") {
  std::vector<LonLat> ring;
  for (int i = 0; i < 90; i++)
    ring.push_back(
        {std::round(40 * std::cos(i / 45.0 * kPi)), std::round(35 * std::sin(i / 45.0 * kPi))});
  auto bytes = packed({ring});
  Globe globe;
  REQUIRE(globe.load(File::kLand, bytes.data(), bytes.size()));
  set_stops(globe, {{0, 0}});
  for (LonLat centre : {LonLat{0, 0}, LonLat{20, -30}, LonLat{80, 10}}) {
    globe.look(centre, 0);
    std::string svg = still(globe, {"Name"});
    auto land = paths_of(svg, "land");
    REQUIRE(land.size() == 1);
    std::uint32_t layer = globe.layer[kLandCut] < globe.layer[kLandCut + 1] ? kLandCut : kLandWhole;
    std::uint32_t path = globe.layer[layer];
    CHECK(land[0].size() < globe.ends[path] - (path ? globe.ends[path - 1] : 0));
    CHECK(farthest(globe, layer, land[0], true) < 1);
  }
}

TEST_CASE("a still picture has the points, legs and labels of the frame") {
  Globe globe;
  set_stops(globe, {kBerlin, {2.35, 48.85}, {-78.5, -0.2}, {NAN, NAN}, kTokyo});
  globe.look(home(globe), 0);
  std::string svg = still(globe, {"Berlin", "Paris &amp; Co", "Quito", "Nowhere", "Tokyo"});
  REQUIRE(globe.points >= 3);
  auto dots = paths_of(svg, "marker");
  REQUIRE(dots.size() == 1);
  REQUIRE(dots[0].size() == globe.points);
  for (std::uint32_t i = 0; i < globe.points; i++) {
    CHECK(std::abs(dots[0][i].x - globe.point_xy[2 * i]) <= 0.26);
    CHECK(std::abs(dots[0][i].y - globe.point_xy[2 * i + 1]) <= 0.26);
  }
  auto legs = paths_of(svg, "arc");
  REQUIRE(legs.size() == 1);
  std::vector<Mark> leg;
  for (const Mark& mark : legs[0]) {
    if (mark.begins && !leg.empty()) break;
    leg.push_back(mark);
  }
  CHECK(farthest(globe, kLegs, leg, false) < 0.7);
  CHECK(svg.find(">Paris &amp; Co</text>") != std::string::npos);
  CHECK(svg.find("Nowhere") == std::string::npos);
  CHECK(svg.rfind("<svg class=\"globe__still\" slot=\"still\" viewBox=\"0 0 1076 1076\" "
                  "role=\"img\" aria-label=\"A globe\"",
                  0) == 0);
}

TEST_CASE("legs half round the sphere are inside a still picture, in every direction") {
  Globe globe;
  set_stops(globe, {{0, 60}, {179, -59}, {90, 0}, {-90, 1}, {0, 80}, {-170, 70}, {10, -75}});
  for (double lon = -180; lon < 180; lon += 30)
    for (double lat : {-50.0, 0.0, 50.0}) {
      globe.look({lon, lat}, 0);
      std::string svg = still(globe, std::vector<Str>(7, "X"));
      for (const auto& part : paths_of(svg, "arc"))
        for (const Mark& mark : part) {
          CHECK(std::min(mark.x, mark.y) > 1);
          CHECK(std::max(mark.x, mark.y) < globe.width - 1);
        }
    }
}

TEST_CASE("curves of the graticule end on the frame's points") {
  Globe globe;
  set_stops(globe, {kBerlin});
  globe.look(kBerlin, 0);
  auto lines = paths_of(still(globe, {"Berlin"}), "graticule");
  REQUIRE(lines.size() == 1);
  for (const Mark& mark : lines[0]) {
    double least = 1e9;
    for (std::uint32_t i = 0; i < globe.ends[globe.layer[kGraticule + 1] - 1]; i++)
      least = std::min(least, std::hypot(mark.x - globe.xy[2 * i], mark.y - globe.xy[2 * i + 1]));
    CHECK(least < 0.4);
  }
}

TEST_CASE("home puts the stops in the middle, and no pole") {
  Globe globe;
  CHECK(home(globe).lon == 0);
  CHECK(home(globe).lat == 0);
  set_stops(globe, {{170, 10}, {-170, 10}, {NAN, 0}, {0, 91}});
  CHECK(std::abs(home(globe).lon) == Approx(180));
  CHECK(home(globe).lat == Approx(10).margin(0.2));
  set_stops(globe, {{0, 90}, {10, 89}});
  CHECK(home(globe).lat == 50);
}

TEST_CASE(
    "still pictures of stops on one spot, at poles and antipodes, of none, and of very many") {
  Globe globe;
  for (const std::vector<LonLat>& places :
       std::vector<std::vector<LonLat>>{{},
                                        std::vector<LonLat>(5000, LonLat{10, 50}),
                                        {{0, 90}, {0, -90}, {0, 0}, {180, 0}, {-180, 0}, {360, 0}},
                                        {{1e308, -1e308}, {NAN, 1}, {181, 91}}}) {
    set_stops(globe, places);
    globe.look(home(globe), 0);
    std::string svg = still(globe, std::vector<Str>(places.size(), "X"));
    CHECK(svg.find("nan") == std::string::npos);
    CHECK(svg.size() < 40000);
    CHECK(svg.size() > 2000);
  }
  std::vector<LonLat> many;
  for (int i = 0; i < 100000; i++) many.push_back({i * 137 % 360 - 180.0, i * 61 % 170 - 85.0});
  set_stops(globe, many);
  globe.look(home(globe), 0);
  CHECK(still(globe, std::vector<Str>(many.size(), "X")).size() < 400000);
}

TEST_CASE("label_width is about the width of the text") {
  CHECK(label_width("Berlin") > 30);
  CHECK(label_width("Berlin") < 45);
  CHECK(label_width("北京") == 24);
  CHECK(label_width("A &amp; B") == label_width("A a B"));
  CHECK(label_width("") == 0);
}
