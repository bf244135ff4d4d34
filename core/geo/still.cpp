// A still picture of the globe, as self-contained SVG: shown before the page's script runs, and
// where there is none. Sizes and colours are those of web/globe/painter.js.
#include "trace.h"
#include "vector.h"

namespace meridian::geo {

namespace {
/// Size of the picture in CSS pixels: that of a live globe beside its list in the theme, in a
/// window of 1440 pixels, so that both have the same clusters and labels. It may be shown at any
/// size.
constexpr double kSize = 538;
/// Half pixels are precise enough, and take a third of the bytes of decimals.
constexpr double kUnits = 2;
/// So far a line may be from where it should, in pixels; legs are seen best.
constexpr double kCoarse = 0.5, kFine = 0.25;
/// The sphere's radius as a fraction of the picture's size: legs rise above the sphere, and are all
/// in the picture.
constexpr double kShare = 0.44;
constexpr double kHighest = 50;
constexpr std::uint32_t kMostLegs = 1000;
constexpr std::uint32_t kMostLabels = 60;
constexpr float kRadius = 3.4f;
constexpr double kFont = 12, kSmallFont = 10;

struct Ink {
  Name name, otherwise;
};
constexpr Ink kWater{"water", "light-dark(#c3deec,#18313f)"},
    kLand{"land", "light-dark(#f5f2ea,#4e4d47)"},
    kVisitedInk{"visited", "light-dark(#d9b479,#8d6f3f)"},
    kCoast{"coast", "light-dark(#7c9eaf,#0b1d27)"},
    kBorder{"border", "light-dark(#5c4a2e40,#0b1d2780)"},
    kLines{"graticule", "light-dark(#0000000f,#ffffff14)"},
    kRim{"rim", "light-dark(#0000003d,#ffffff4d)"}, kArc{"arc", "light-dark(#1f6f5c,#6fc3ab)"},
    kMarker{"marker", "light-dark(#1f6f5c,#6fc3ab)"},
    kLabel{"label", "light-dark(#1b1f22,#e9ecec)"}, kHalo{"halo", "light-dark(#fff,#0f2029)"};

class Still {
 public:
  Still(const Globe& globe, Text& out) : globe_(globe), out_(out) {}

  void draw(Str label, const Str* names) {
    text("<svg class=\"globe__still\" slot=\"still\" viewBox=\"0 0 ");
    number(kSize);
    text(" ");
    number(kSize);
    text("\" role=\"img\" aria-label=\"");
    out_.add(label);
    text("\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">");
    disc();
    paint("fill", kWater);
    text("/>");
    lines(kLines, "1", kGraticule);
    areas(kLand, nullptr, kLandCut);
    areas(kLand, &kCoast, kLandWhole);
    lines(kCoast, ".75", kCoastCut);
    areas(kVisitedInk, &kBorder, kVisited);
    regions();
    lines(kArc, "1.25", kLegs);
    disc();
    stroke(kRim, "1");
    points();
    labels(names);
    text("</svg>");
  }

 private:
  void text(const char* s) { out_.add(s); }
  /// A length in pixels.
  void number(double pixels) { out_.add_int(std::int64_t(pixels * kUnits + 0.5)); }
  /// An attribute, not a style: it holds where a policy forbids inline styles.
  void paint(const char* attribute, const Ink& ink) {
    text(" ");
    text(attribute);
    text("=\"var(--meridian-globe-");
    out_.add(ink.name);
    text(",");
    out_.add(ink.otherwise);
    text(")\"");
  }
  /// Ends an element that is stroked, as thick at every size of the picture.
  void stroke(const Ink& ink, const char* width) {
    paint("stroke", ink);
    text(" stroke-width=\"");
    text(width);
    text("\" vector-effect=\"non-scaling-stroke\"/>");
  }
  void circle(double x, double y, double radius) {
    text("<circle cx=\"");
    number(x);
    text("\" cy=\"");
    number(y);
    text("\" r=\"");
    number(radius);
    text("\"");
  }
  void disc() { circle(kSize / 2, kSize / 2, globe_.scale); }

  /// The paths of a layer as one.
  void trace(std::uint32_t layer, bool closed) {
    Trace trace(out_, kUnits);
    std::uint32_t first = globe_.layer[layer], end = globe_.layer[layer + 1];
    if (layer == kLegs && end - first > kMostLegs) end = first + kMostLegs;
    text("<path d=\"");
    for (std::uint32_t path = first; path < end; path++) {
      std::uint32_t begin = path ? globe_.ends[path - 1] : 0;
      const float* xy = globe_.xy + 2 * begin;
      std::uint32_t count = globe_.ends[path] - begin;
      if (layer == kGraticule)
        trace.add_curve(xy, count, kCoarse);
      else
        trace.add(xy, count, closed, layer == kLegs ? kFine : kCoarse);
    }
    text("\"");
  }
  bool has(std::uint32_t layer) const { return globe_.layer[layer] < globe_.layer[layer + 1]; }

  void lines(const Ink& ink, const char* width, Layer layer) {
    if (!has(layer)) return;
    trace(layer, false);
    stroke(ink, width);
  }
  void areas(const Ink& ink, const Ink* edge, Layer layer) {
    if (!has(layer)) return;
    trace(layer, true);
    paint("fill", ink);
    if (edge)
      stroke(*edge, ".75");
    else
      text("/>");
  }

  /// Visited regions that are only a dot.
  void regions() {
    bool any = false;
    Trace trace(out_, kUnits);
    for (std::uint32_t i = 0; i < globe_.dots; i++) {
      if (!globe_.region_flags[globe_.dot_region[i]]) continue;
      if (!any) text("<path d=\"");
      any = true;
      trace.dot(globe_.dot_xy[2 * i], globe_.dot_xy[2 * i + 1]);
    }
    if (!any) return;
    text("\"");
    stroke(kVisitedInk, "4");
  }

  /// Points of one stop as dots of two strokes, the wider one round them; clusters as circles with
  /// their size.
  void points() {
    for (bool ring : {true, false}) {
      bool any = false;
      Trace trace(out_, kUnits);
      for (std::uint32_t i = 0; i < globe_.points; i++) {
        if (globe_.point_size[i] > 1) continue;
        if (!any) text("<path d=\"");
        any = true;
        trace.dot(globe_.point_xy[2 * i], globe_.point_xy[2 * i + 1]);
      }
      if (!any) break;
      text("\"");
      stroke(ring ? kHalo : kMarker, ring ? "7.8" : "5.8");
    }
    bool any = false;
    for (std::uint32_t i = 0; i < globe_.points; i++) {
      if (globe_.point_size[i] < 2) continue;
      if (!any) {
        text("<g");
        paint("fill", kMarker);
        text(">");
      }
      any = true;
      circle(globe_.point_xy[2 * i], globe_.point_xy[2 * i + 1],
             cluster_radius(globe_.point_size[i]));
      stroke(kHalo, "1");
    }
    if (!any) return;
    text("</g><g font-family=\"system-ui,sans-serif\" font-weight=\"600\" text-anchor=\"middle\"");
    font_size(kSmallFont);
    paint("fill", kHalo);
    text(">");
    for (std::uint32_t i = 0; i < globe_.points; i++) {
      if (globe_.point_size[i] < 2) continue;
      begin_text(globe_.point_xy + 2 * i, kSmallFont);
      out_.add_int(globe_.point_size[i]);
      text("</text>");
    }
    text("</g>");
  }

  /// As in painter.js, which uses the logarithm to base 2; between whole numbers this one is
  /// linear.
  static float cluster_radius(std::uint32_t size) {
    float log = 0, rest = float(size);
    for (; rest >= 2; rest /= 2) log++;
    log += rest - 1;
    return kRadius + 1.5f + (log < 6 ? log : 6);
  }

  void labels(const Str* names) {
    if (!globe_.labels) return;
    text("<g direction=\"ltr\" font-family=\"system-ui,sans-serif\" stroke-width=\"");
    number(3);
    text("\" paint-order=\"stroke\"");
    font_size(kFont);
    paint("stroke", kHalo);
    paint("fill", kLabel);
    text(">");
    for (std::uint32_t i = 0; i < globe_.labels; i++) {
      std::uint32_t stop = globe_.label_stop[i], point = 0;
      while (globe_.point_stop[point] != stop) point++;
      // Widths are estimates: the text is aligned to end, or to have its middle, at the point.
      float xy[2] = {globe_.label_xy[2 * i], globe_.label_xy[2 * i + 1]},
            width = globe_.stop_label[stop];
      const char* anchor = "";
      if (xy[0] < globe_.point_xy[2 * point]) {
        bool left = xy[0] + width < globe_.point_xy[2 * point];
        xy[0] += left ? width : width / 2;
        anchor = left ? " text-anchor=\"end\"" : " text-anchor=\"middle\"";
      }
      begin_text(xy, kFont, anchor);
      out_.add(names[stop]);
      text("</text>");
    }
    text("</g>");
  }
  void font_size(double size) {
    text(" font-size=\"");
    number(size);
    text("\"");
  }
  /// `xy` is on the text's middle line, which every renderer has elsewhere: capitals are 0.7 of a
  /// font high.
  void begin_text(const float* xy, double size, const char* anchor = "") {
    text("<text x=\"");
    number(xy[0]);
    text("\" y=\"");
    number(xy[1] + 0.35 * size);
    text("\"");
    text(anchor);
    text(">");
  }

  const Globe& globe_;
  Text& out_;
};
}  // namespace

LonLat home(const Globe& globe) {
  Vec sum{0, 0, 0};
  for (std::uint32_t i = 0; i < globe.stops; i++) {
    LonLat place{globe.stop_lon[i], globe.stop_lat[i]};
    if (is_place(place)) sum = mixed(sum, 1, to_vector(place), 1);
  }
  LonLat middle = to_lon_lat(sum);
  middle.lat = middle.lat < -kHighest ? -kHighest : middle.lat > kHighest ? kHighest : middle.lat;
  return middle;
}

float label_width(Str html) {
  // Widths of a sans-serif at 12 px on average; Chinese, Japanese and Korean (from U+2E80 on) are
  // square.
  constexpr float kNarrow = 3.5f, kLower = 6.4f, kUpper = 8, kSquare = 12;
  float width = 0;
  for (std::size_t i = 0; i < html.size(); i++) {
    auto c = static_cast<unsigned char>(html[i]);
    if ((c & 0xC0) == 0x80) continue;  // inside of a character of UTF-8
    if (c == '&')
      while (i + 1 < html.size() && html[i] != ';') i++;
    bool narrow = c == ' ' || c == 'i' || c == 'l' || c == 'j' || c == 't' || c == 'f' ||
                  c == 'r' || c == 'I' || c == '.' || c == ',' || c == '\'';
    width += c >= 0xE2 ? kSquare : narrow ? kNarrow : c >= 'A' && c <= 'Z' ? kUpper : kLower;
  }
  return width;
}

void add_still(Globe& globe, Str label, const Str* names, Text& out) {
  globe.width = globe.height = kSize;
  globe.pixel_ratio = 1;
  globe.scale = kSize * kShare;
  globe.progress = -1;
  globe.detail = 0;
  globe.settle = 1;
  globe.max_labels = kMostLabels;
  globe.frame();
  Still(globe, out).draw(label, names);
}

}  // namespace meridian::geo
