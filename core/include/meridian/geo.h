// The sphere: great circles, rotation by versors, and the globe, which turns land, countries and
// stops into paths on a screen. The same bytes come out natively and in wasm: not even a sine is
// taken from the C library.
//
// Coordinates. A place is longitude λ before latitude φ in degrees, as in GeoJSON (RFC 7946). On
// the unit sphere x points to 0° 0°, y to 90° E, z to the north pole. A view has x to the right, y
// up and z towards the reader; a screen has y down, in CSS pixels. Angles of functions are radians
// unless they say degrees.
//
// Rings are spherical polygons: their edges are great circles, and their interior lies on the left
// of them as seen from outside, so an exterior ring that is small goes counter-clockwise (RFC 7946;
// d3-geo has it the other way round).
#pragma once
#include "meridian/base.h"

namespace meridian::geo {

// ---- places and great circles ----

constexpr double kPi = 3.14159265358979323846;
constexpr double kDegree = kPi / 180;
/// The mean radius of the Earth (IUGG): an angle times this is a distance in kilometres.
constexpr double kEarthRadius = 6371.0088;

struct LonLat {
  double lon, lat;  ///< degrees
};

/// A point of the unit sphere, or a direction.
struct Vec {
  double x, y, z;
};

/// Whether this is a place at all: finite, the latitude within ±90°. Longitudes may be beyond
/// ±180°, up to kMaxTurns.
bool is_place(LonLat place);
/// Ten times round either way: what people write is within two, and what is far beyond has lost its
/// digits.
constexpr double kMaxTurns = 3600;

Vec to_vector(LonLat place);
/// Longitude in (-180, 180]; that of a pole is 0.
LonLat to_lon_lat(const Vec& v);

/// The angle between two directions, exact also for those that are close together or opposite.
double distance(const Vec& a, const Vec& b);
/// The course at `a` towards `b`: degrees clockwise from north, in [0, 360). Due south from the
/// north pole is 180.
double bearing(LonLat from, LonLat to);

/// The great circle from a to b: a·cos + e·sin of an angle from 0 to `angle`. Opposite points have
/// no single one: theirs passes over the north pole, or from pole to pole through 0° 0°. Equal
/// points have the angle 0.
struct GreatCircle {
  Vec a, e;
  double angle;
};
GreatCircle great_circle(const Vec& a, const Vec& b);
/// The point at the share `t` of the way, 0 at a and 1 at b; 0.5 is the midpoint.
Vec interpolate(const GreatCircle& way, double t);

/// Where the sun is in the zenith, within 0.01° between 1950 and 2050 (Astronomical Almanac, low
/// precision formulas). `time` is Unix time in milliseconds.
LonLat subsolar_point(double time);

// ---- rotation ----

/// A unit quaternion: turns world to view.
struct Versor {
  double w = 1, x = 0, y = 0, z = 0;
};

/// The view that has `centre` in the middle; with roll 0 north is up, a positive one (degrees)
/// turns the picture counter-clockwise. d3-geo's rotate([-centre.lon, -centre.lat, roll]).
Versor versor(LonLat centre, double roll);
/// First b, then a.
Versor multiply(const Versor& a, const Versor& b);
/// Of length 1; what has no direction or isn't finite becomes the identity.
Versor normalised(const Versor& q);

/// The rows of a versor's matrix: directions in the world that a view has at the right, at the top
/// and in front.
struct Axes {
  Vec right, up, front;
};
Axes axes(const Versor& q);

// ---- shapes ----

/// Land or countries, as they come from a packed file (docs/globe.md has the format).
struct Ring {
  std::uint32_t first, size;  ///< in Shapes::vertices; the first vertex isn't repeated at the end
  Vec centre;                 ///< of a cap that holds the ring
  double sine;                ///< of the cap's radius; 2 when it is 90° or more
  bool turned;                ///< it goes clockwise: the other side of the sphere is on its left
};
struct Polygon {
  std::uint32_t first, size;  ///< in Shapes::rings
  bool large;                 ///< may hold a hemisphere without a vertex in it
};
struct Region {
  char code[2];               ///< ISO 3166-1 alpha-2, upper case; two spaces: it has none
  std::uint32_t first, size;  ///< in Shapes::polygons
};
/// A region too small for a polygon.
struct Dot {
  Vec place;
  std::uint32_t region;
};
struct Shapes {
  List<Vec> vertices;
  List<Ring> rings;
  List<Polygon> polygons;
  List<Region> regions;
  List<Ring> borders;  ///< lines between two regions, open
  List<Dot> dots;
};

/// A file has at most this many vertices, so that one of hostile references doesn't fill the
/// memory. Natural Earth at 50m has 100,000.
constexpr std::uint32_t kMaxVertices = 1 << 20;

/// Reads a packed file. False when it isn't one, or is broken: `shapes` is then not to be used.
/// Linear in what it makes.
bool unpack(const std::uint8_t* data, std::size_t size, Arena& arena, Shapes& shapes);

/// Whether a polygon holds the point. On an edge, either.
bool contains(const Shapes& shapes, const Polygon& polygon, const Vec& point);

// ---- the globe ----

/// Paths in the order in which they lie in the arrays; a painter's order is its own affair. Night
/// is four areas, one in the other: the sun below 0°, -6°, -12°, -18° (civil, nautical,
/// astronomical twilight), to be filled one by one.
enum Layer : std::uint32_t {
  kGraticule,          ///< stroke
  kLandCut,            ///< fill: polygons that the horizon cuts, closed along it
  kLandWhole,          ///< fill and stroke: rings seen whole, closed by their first point
  kCoastCut,           ///< stroke: the visible coasts of the polygons in kLandCut
  kVisited,            ///< fill: regions marked kRegionVisited
  kSelected,           ///< fill: regions marked kRegionSelected
  kBorders,            ///< stroke
  kNight,              ///< fill, four layers
  kLegs = kNight + 4,  ///< stroke: legs not yet travelled
  kTravelled,          ///< stroke: legs, or the part of one, up to `progress`
  kLayers
};

enum : std::uint8_t { kRegionVisited = 1, kRegionSelected = 2 };
enum : std::uint8_t {
  kStopHidden = 1,  ///< filtered away: no point, no legs
  kStopApart = 2    ///< no leg leads here from the stop before
};

/// What a painter and the globe share, in place: plain numbers at fixed offsets, all arrays in the
/// globe's memory. The first block is the caller's to write, the rest is written by the globe.
struct GlobeData {
  // The view, read by each frame. What isn't finite or has no sense is replaced by what is here.
  double versor[4] = {1, 0, 0, 0};  ///< w x y z
  double scale = 100;               ///< the sphere's radius in pixels
  double width = 300, height = 150, pixel_ratio = 1;
  double lift =
      0.12;  ///< height of a leg half round the sphere, in radii; shorter ones in proportion
  double progress = -1;        ///< of the journey: 2.5 is half way on the third leg; negative: none
  double sun_time = 0;         ///< Unix time in milliseconds; NaN or without its layers: no night
  double cluster = 14;         ///< pixels between two points that are drawn apart; 0: no clusters
  double label_height = 16;    ///< pixels
  std::uint32_t layers = ~0u;  ///< a bit for each Layer that is wanted
  std::uint32_t detail = 0;    ///< 1: the detailed land, when it is loaded
  std::uint32_t max_labels = 40;  ///< at most kMaxLabels
  std::uint32_t settle =
      1;  ///< 1: labels are placed anew; 0, while dragging: those that are shown stay first

  // What frame() gives. Paths: points in CSS pixels, x y x y …; `ends` has for each path the index
  // behind its last point; the paths of a layer are those from layer[k] to layer[k + 1].
  std::uint32_t layer[kLayers + 1] = {};
  float* xy = nullptr;
  std::uint32_t* ends = nullptr;
  // Points: stops that are seen, and clusters of them in the place of their first stop.
  std::uint32_t points = 0;
  float* point_xy = nullptr;
  std::uint32_t* point_stop = nullptr;
  std::uint32_t* point_size = nullptr;  ///< stops that it stands for
  // Regions without a polygon that are seen.
  std::uint32_t dots = 0;
  float* dot_xy = nullptr;
  std::uint32_t* dot_region = nullptr;
  // Labels: the left end of the text's middle line.
  std::uint32_t labels = 0;
  float* label_xy = nullptr;
  std::uint32_t* label_stop = nullptr;
  // The traveller of `progress`; seen is 0 or 1.
  float traveller_xy[2] = {};
  std::uint32_t traveller_seen = 0;
  // Regions, from load() on: codes of two letters, flags to be written by the caller.
  std::uint32_t regions = 0;
  char* region_code = nullptr;
  std::uint8_t* region_flags = nullptr;
  // Stops, from reserve() on, to be written by the caller, who then calls update().
  std::uint32_t stops = 0;
  double* stop_lon = nullptr;  ///< degrees; a stop that is no place is not shown
  double* stop_lat = nullptr;
  float* stop_priority =
      nullptr;  ///< larger ones keep their place among clusters and labels; equal: the earlier
  float* stop_label = nullptr;  ///< the label's width in pixels, 0: none
  std::uint8_t* stop_flags = nullptr;
  // Answers of locate(), place(): x, y, seen; or lon, lat, hit.
  double answer[3] = {};
};

constexpr std::uint32_t kMaxStops = 1 << 20;
constexpr std::uint32_t kMaxLabels = 256;

enum class File : std::uint32_t { kLand, kDetail, kCountries };

class Globe : public GlobeData {
 public:
  Globe();
  ~Globe();
  Globe(const Globe&) = delete;
  Globe& operator=(const Globe&) = delete;

  /// Takes what a packed file holds; the bytes are not kept. False, and nothing has changed, when
  /// it is broken.
  bool load(File file, const std::uint8_t* bytes, std::size_t size);

  /// Room for this many stops, at most kMaxStops: all of them new, unhidden, at 0° 0°.
  void reserve(std::uint32_t count);
  /// To be called when stops have changed. O(n log n).
  void update();

  /// Turns the view: `centre` to the middle. False, and nothing has changed, when it is no place.
  bool look(LonLat centre, double roll);

  /// Grabs the point of the sphere at x, y; outside, the nearest on the horizon.
  void grab(double x, double y);
  /// Turns the sphere so that the grabbed point comes to x, y. North stays up: the point comes as
  /// close as that allows, which is exactly below the pointer away from the poles.
  void drag(double x, double y);

  /// Makes everything anew for the present view. Allocates nothing.
  void frame();

  /// The stop drawn nearest to x, y, within `radius` pixels, as of the last frame; -1: none.
  std::int32_t pick(double x, double y, double radius);
  /// The place at x, y into `answer`; hit is 0 outside of the sphere.
  void place(double x, double y);
  /// Where a stop, or the cluster that it is in, is in the present view, into `answer`.
  void locate(std::uint32_t stop);
  /// Opens the cluster that holds the stop: its stops are drawn around it. -1 closes it.
  void open(std::int32_t stop);

 private:
  struct State;
  State* state_;
};

// ---- a still picture ----

/// Where a globe looks first: the direction in which its stops are on average, the latitude within
/// ±50° so that no pole is in the middle. 0° 0° when none of them is a place, or they balance each
/// other.
LonLat home(const Globe& globe);

/// About how wide a text is as a label, in pixels: for GlobeData::stop_label where no font can be
/// asked. `html` is text of a page, with character references.
float label_width(Str html);

/// Adds the globe as an `<svg slot="still">`, in its present rotation: the whole sphere in a
/// square, as the live globe draws it at rest, with what is loaded and wanted of `layers` (night
/// and what is chosen are left out). Colours are the page's custom properties `--meridian-globe-…`;
/// lines and points keep their thickness at every size.
///
/// `label` says what it is to those who don't see it; `names` has one for each stop. Both are HTML
/// without tags, as it may stand in an attribute. Size, scale and labels of the globe are set; of
/// legs the first thousand paths are drawn.
void add_still(Globe& globe, Str label, const Str* names, Text& out);

}  // namespace meridian::geo
