// The sphere: great circles, rotation by versors, and the globe, which turns land, countries and
// stops into paths on a screen. Native and wasm builds give the same bytes: not even a sine is
// taken from the C library.
//
//     Globe globe;
//     if (!globe.load(File::kLand, bytes, size)) return;
//     globe.reserve(2);
//     globe.stop_lon[0] = 13.4, globe.stop_lat[0] = 52.5;   // Berlin
//     globe.stop_lon[1] = 2.35, globe.stop_lat[1] = 48.86;  // Paris
//     globe.update();
//     globe.look({8, 50}, 0);                               // centre and roll, degrees
//     globe.frame();
//     stroke(globe.xy, globe.ends, globe.layer[kLegs], globe.layer[kLegs + 1]);
//
// Coordinates: a place is longitude λ before latitude φ in degrees, as in GeoJSON (RFC 7946). On
// the unit sphere x points to 0° 0°, y to 90° E, z to the north pole. A view has x to the right, y
// up and z towards the reader; a screen has y down, in CSS pixels. Angles of functions are radians
// unless their comment says degrees.
//
// Rings are spherical polygons: their edges are great circles, and their interior is on their left
// as seen from outside, so a small exterior ring goes counter-clockwise (RFC 7946; d3-geo uses the
// opposite order).
//
// Ownership: a Globe owns its memory and the arrays that GlobeData points to; they move only in
// load() and reserve(). The shapes that unpack() makes live in the arena.
//
// Failure: functions that read bytes or places return false, and change nothing, when the input is
// broken or no place. Numbers of the view that are not finite or out of range are replaced.
#pragma once
#include "meridian/base.h"

namespace meridian::geo {

// ---- places and great circles ----

constexpr double kPi = 3.14159265358979323846;
constexpr double kDegree = kPi / 180;
/// The mean radius of the Earth (IUGG) in kilometres: an angle times this is a distance.
constexpr double kEarthRadius = 6371.0088;

/// A place; both in degrees.
struct LonLat {
  double lon, lat;
};

/// A point of the unit sphere, or a direction.
struct Vec {
  double x, y, z;
};

/// Whether this is a place at all: finite, latitude within ±90°, longitude within ±kMaxTurns.
bool is_place(LonLat place);
/// Degrees, ten times round either way: what people write is within two turns, and what is far
/// beyond has lost its digits.
constexpr double kMaxTurns = 3600;

/// The point of a place.
Vec to_vector(LonLat place);
/// The place of a point: longitude in (-180, 180]; that of a pole is 0.
LonLat to_lon_lat(const Vec& v);

/// The angle between two directions; exact also when they are close together or opposite.
double distance(const Vec& a, const Vec& b);
/// The initial course towards `to`: degrees clockwise from north, in [0, 360). Due south from the
/// north pole is 180.
double bearing(LonLat from, LonLat to);

/// The great circle from a to b: a·cos + e·sin of an angle from 0 to `angle`. Opposite points have
/// no unique one: theirs passes over the north pole, or from pole to pole through 0° 0°. Equal
/// points have the angle 0.
struct GreatCircle {
  Vec a, e;
  double angle;
};
GreatCircle great_circle(const Vec& a, const Vec& b);
/// The point at the fraction `t` of the way: 0 is a, 1 is b, 0.5 the midpoint.
Vec interpolate(const GreatCircle& way, double t);

/// The place where the sun is in the zenith, within 0.01° between 1950 and 2050 (Astronomical
/// Almanac, low precision formulas). `time` is Unix time in milliseconds.
LonLat subsolar_point(double time);

// ---- rotation ----

/// A unit quaternion: rotates world to view.
struct Versor {
  double w = 1, x = 0, y = 0, z = 0;
};

/// The view with `centre` in the middle. With roll 0 north is up; a positive roll (degrees) turns
/// the picture counter-clockwise. d3-geo's rotate([-centre.lon, -centre.lat, roll]).
Versor versor(LonLat centre, double roll);
/// The rotation b, then a.
Versor multiply(const Versor& a, const Versor& b);
/// Scaled to length 1; the identity for what has no direction or is not finite.
Versor normalised(const Versor& q);

/// The rows of a versor's matrix: the directions in the world that a view has at the right, at the
/// top and in front.
struct Axes {
  Vec right, up, front;
};
Axes axes(const Versor& q);

// ---- shapes ----

/// A ring of land or of a country, from a packed file (docs/globe.md describes the format).
struct Ring {
  /// In Shapes::vertices; the first vertex isn't repeated at the end.
  std::uint32_t first, size;
  /// Of a cap that contains the ring.
  Vec centre;
  /// Of the cap's radius; 2 when it is 90° or more.
  double sine;
  /// It goes clockwise: the outside is on its left.
  bool turned;
};
/// An exterior ring and its holes.
struct Polygon {
  /// In Shapes::rings.
  std::uint32_t first, size;
  /// It may contain a hemisphere without a vertex in it.
  bool large;
};
/// A country or region with its polygons.
struct Region {
  /// ISO 3166-1 alpha-2 in upper case; two spaces when it has none.
  char code[2];
  /// In Shapes::polygons.
  std::uint32_t first, size;
};
/// A region too small for a polygon.
struct Dot {
  Vec place;
  std::uint32_t region;
};
/// The content of a packed file.
struct Shapes {
  List<Vec> vertices;
  List<Ring> rings;
  List<Polygon> polygons;
  List<Region> regions;
  /// Open lines between two regions.
  List<Ring> borders;
  List<Dot> dots;
};

/// Vertices of a file at most, so that hostile references don't fill the memory. Natural Earth at
/// 50m has 100,000.
constexpr std::uint32_t kMaxVertices = 1 << 20;

/// Reads a packed file into `shapes`, in the arena. False when it is no such file, or broken:
/// `shapes` is then unspecified. Linear in what it makes.
[[nodiscard]] bool unpack(const std::uint8_t* data, std::size_t size, Arena& arena, Shapes& shapes);

/// Whether a polygon contains the point. On an edge the answer is either. Linear in the vertices.
bool contains(const Shapes& shapes, const Polygon& polygon, const Vec& point);

// ---- the globe ----

/// Paths, in the order in which they lie in the arrays; a painter may draw them in another. Night
/// is four areas, one inside the other: the sun below 0°, -6°, -12°, -18° (civil, nautical,
/// astronomical twilight), to be filled one by one.
enum Layer : std::uint32_t {
  /// Stroke.
  kGraticule,
  /// Fill: polygons that the horizon cuts, closed along it.
  kLandCut,
  /// Fill and stroke: rings that are entirely visible, closed by their first point.
  kLandWhole,
  /// Stroke: the visible coasts of the polygons in kLandCut.
  kCoastCut,
  /// Fill: regions marked kRegionVisited.
  kVisited,
  /// Fill: regions marked kRegionSelected.
  kSelected,
  /// Stroke.
  kBorders,
  /// Fill, four layers.
  kNight,
  /// Stroke: legs not yet travelled.
  kLegs = kNight + 4,
  /// Stroke: legs, or the part of one, up to `progress`.
  kTravelled,
  kLayers
};

/// Flags of GlobeData::region_flags.
enum : std::uint8_t { kRegionVisited = 1, kRegionSelected = 2 };
enum : std::uint8_t {
  /// Filtered out: no point, no legs.
  kStopHidden = 1,
  /// No leg leads here from the stop before.
  kStopApart = 2
};

/// The memory that a painter and the globe share: plain numbers at fixed offsets, all arrays in the
/// globe's memory. The first block is written by the caller, the rest by the globe.
struct GlobeData {
  // ---- the view, read by each frame; numbers that are not finite or make no sense are replaced
  // ----
  //
  // As w x y z.
  double versor[4] = {1, 0, 0, 0};
  /// The sphere's radius in pixels.
  double scale = 100;
  double width = 300, height = 150, pixel_ratio = 1;
  /// Height of a leg that goes half round the sphere, in radii; shorter ones in proportion.
  double lift = 0.12;
  /// Of the journey: 2.5 is half way on the third leg; negative: none.
  double progress = -1;
  /// Unix time in milliseconds; NaN or without its layers: no night.
  double sun_time = 0;
  /// Pixels between two points that are drawn apart; 0: no clusters.
  double cluster = 14;
  /// In pixels.
  double label_height = 16;
  /// A bit for each Layer that is wanted.
  std::uint32_t layers = ~0u;
  /// 1: the detailed land, when it is loaded.
  std::uint32_t detail = 0;
  /// At most kMaxLabels.
  std::uint32_t max_labels = 40;
  /// 1: labels are placed again; 0, while dragging: those that are visible are placed first.
  std::uint32_t settle = 1;

  // ---- the result of frame() ----
  //
  // Paths: points in CSS pixels, x y x y …; `ends` has for each path the index behind its last
  // point; the paths of a layer are those from layer[k] to layer[k + 1].
  std::uint32_t layer[kLayers + 1] = {};
  float* xy = nullptr;
  std::uint32_t* ends = nullptr;
  // Points: visible stops, and clusters of them in the place of their first stop.
  std::uint32_t points = 0;
  float* point_xy = nullptr;
  std::uint32_t* point_stop = nullptr;
  /// Number of stops that it stands for.
  std::uint32_t* point_size = nullptr;
  // Visible regions without a polygon.
  std::uint32_t dots = 0;
  float* dot_xy = nullptr;
  std::uint32_t* dot_region = nullptr;
  // Labels: the left end of the text's middle line.
  std::uint32_t labels = 0;
  float* label_xy = nullptr;
  std::uint32_t* label_stop = nullptr;
  // The traveller at `progress`; seen is 0 or 1.
  float traveller_xy[2] = {};
  std::uint32_t traveller_seen = 0;
  // Regions, from load() on: codes of two letters, and flags that the caller writes.
  std::uint32_t regions = 0;
  char* region_code = nullptr;
  std::uint8_t* region_flags = nullptr;
  // Stops, from reserve() on; the caller writes them and then calls update().
  std::uint32_t stops = 0;
  /// Degrees; a stop that is no place is not shown.
  double* stop_lon = nullptr;
  double* stop_lat = nullptr;
  /// Larger ones keep their place among clusters and labels; of equal ones the earlier.
  float* stop_priority = nullptr;
  /// The label's width in pixels; 0: none.
  float* stop_label = nullptr;
  std::uint8_t* stop_flags = nullptr;
  // Answers of locate() and place(): x, y, seen; or lon, lat, hit.
  double answer[3] = {};
};

constexpr std::uint32_t kMaxStops = 1 << 20;
constexpr std::uint32_t kMaxLabels = 256;

enum class File : std::uint32_t { kLand, kDetail, kCountries };

/// A globe: its shapes, its stops and a view. Deterministic: the same calls give the same bytes.
class Globe : public GlobeData {
 public:
  Globe();
  ~Globe();
  Globe(const Globe&) = delete;
  Globe& operator=(const Globe&) = delete;

  /// Loads a packed file; the bytes are not kept. False, and nothing has changed, when it is
  /// broken.
  [[nodiscard]] bool load(File file, const std::uint8_t* bytes, std::size_t size);

  /// Makes room for this many stops, at most kMaxStops: all of them new, visible, at 0° 0°.
  void reserve(std::uint32_t count);
  /// To be called when stops have changed. O(n log n).
  void update();

  /// Rotates the view: `centre` to the middle. False, and nothing has changed, when it is no place.
  bool look(LonLat centre, double roll);

  /// Grabs the point of the sphere at x, y; outside of it, the nearest on the horizon.
  void grab(double x, double y);
  /// Rotates the sphere so that the grabbed point moves to x, y. North stays up: the point moves as
  /// close as that allows, which is exactly below the pointer away from the poles.
  void drag(double x, double y);

  /// Computes everything for the present view. Allocates nothing.
  void frame();

  /// The stop drawn nearest to x, y, within `radius` pixels, as of the last frame; -1: none.
  std::int32_t pick(double x, double y, double radius);
  /// Writes the place at x, y to `answer`; hit is 0 outside of the sphere.
  void place(double x, double y);
  /// Writes the position of a stop, or of the cluster that it is in, in the present view to
  /// `answer`.
  void locate(std::uint32_t stop);
  /// Opens the cluster that contains the stop: its stops are drawn around it. -1 closes it.
  void open(std::int32_t stop);

 private:
  struct State;
  State* state_;
};

// ---- a still picture ----

/// The initial centre of a globe: the mean direction of its stops, with the latitude within ±50° so
/// that no pole is in the middle. 0° 0° when none of them is a place, or they balance each other.
LonLat home(const Globe& globe);

/// The approximate width of a text as a label, in pixels: for GlobeData::stop_label where no font
/// can be measured. `html` is text of a page, with character references.
float label_width(Str html);

/// Appends the globe as an `<svg slot="still">`, in its present rotation: the whole sphere in a
/// square, as the live globe draws it at rest, with what is loaded and wanted of `layers` (without
/// night and selection). Colours are the page's custom properties `--meridian-globe-…`; lines and
/// points keep their thickness at every size.
///
/// `label` is the text alternative; `names` has one name for each stop. Both are HTML without tags,
/// as it may stand in an attribute. Sets size, scale and labels of the globe; draws the first
/// thousand paths of the legs.
void add_still(Globe& globe, Str label, const Str* names, Text& out);

}  // namespace meridian::geo
