#include "still.h"

#include <cmath>
#include <set>
#include <vector>

#include "disk.h"
#include "meridian/geo.h"
#include "meridian/text.h"
#include "tags.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
using std::string_view;

constexpr string_view kElement = "meridian-globe";
/// Of a longer list the element names stops one by one as they are looked at.
constexpr std::size_t kMostNamed = 2000;

struct Stop {
  double lon = NAN, lat = NAN;  ///< degrees
  string_view code, kind;       ///< as written
  std::string name;             ///< HTML without tags
};

/// A globe of the page: where the picture goes, and what the element reads.
struct Element {
  Tag tag;
  std::vector<Stop> stops;
  std::string facts;      ///< the numbers that the page shows, HTML without tags
  std::size_t place = 0;  ///< where the picture goes: behind the numbers, which stand over it, else before all
  std::size_t end = 0;    ///< of its contents
  bool has_picture = false;
  bool has_data = false;  ///< stops that are not items: of `src`, or of a script in it
};

double number(string_view text) {
  std::size_t used = 0;
  Str s = strip(Str(text));
  double value = parse_float(s, &used);
  return used && used == s.size() ? value : NAN;
}

/// Adds text of the page to a name, white space as one space.
void add_text(std::string& name, string_view text) {
  for (char c : text) {
    if (c == '"')
      name += "&quot;";
    else if (!is_space(c))
      name += c;
    else if (!name.empty() && name.back() != ' ')
      name += ' ';
  }
}

void trim_end(std::string& text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
}

/// Reads a list as fromElements() of web/globe/stops.js does: a stop is an item, or what has a `data-lon`; its name is
/// the first `<b>`, `<strong>` or `<a>` in it, else all it says.
class Items {
 public:
  void read(string_view page, Element& element) {
    std::size_t at = element.place = element.tag.end;
    for (Tag tag; next_tag(page, at, tag); at = tag.end) {
      say(element, page.substr(at, tag.begin - at));
      if (same_name(tag.name, kElement)) {
        finish(element);
        element.end = tag.begin;
        return;
      }
      if (tag.closing)
        close(element, tag);
      else
        open(element, tag);
    }
    finish(element);
    element.end = page.size();
  }

 private:
  void open(Element& element, const Tag& tag) {
    string_view slot = attribute(tag, "slot").value_or("");
    if (same_name(tag.name, "script")) element.has_data = true;
    if (slot == "still") element.has_picture = true;
    if (slot == "facts") facts_ = tag.name;
    auto lon = attribute(tag, "data-lon");
    if (same_name(tag.name, "li") || same_name(tag.name, "option") || lon) {
      finish(element);
      open_ = true;
      item_ = tag.name;
      stop_.lon = number(lon.value_or(""));
      stop_.lat = number(attribute(tag, "data-lat").value_or(""));
      stop_.code = attribute(tag, "data-code").value_or("");
      stop_.kind = attribute(tag, "data-kind").value_or("");
    } else if (open_ && in_.empty() && stop_.name.empty()) {
      for (string_view name : {"b", "strong", "a"})
        if (same_name(tag.name, name)) in_ = tag.name;
    }
  }
  void close(Element& element, const Tag& tag) {
    if (!facts_.empty() && same_name(tag.name, facts_)) {
      element.place = tag.end;
      facts_ = {};
    }
    if (!in_.empty() && same_name(tag.name, in_)) in_ = {};
    if (open_ && same_name(tag.name, item_)) finish(element);
  }
  void say(Element& element, string_view text) {
    if (!facts_.empty()) {
      add_text(element.facts, text);
      add_text(element.facts, " ");  // words of two elements are two words
    }
    if (!open_) return;
    add_text(in_.empty() ? all_ : stop_.name, text);
  }
  void finish(Element& element) {
    if (open_) {
      if (stop_.name.empty()) stop_.name = all_;
      trim_end(stop_.name);
      element.stops.push_back(std::move(stop_));
    }
    open_ = false;
    stop_ = {};
    all_.clear();
    in_ = {};
  }

  bool open_ = false;
  string_view item_, in_, facts_;  ///< names of elements that are open
  Stop stop_;
  std::string all_;
};

/// The globe, with the land that the built shell has; made when the first page asks for it.
class Painter {
 public:
  explicit Painter(fs::path shell) : folder_(std::move(shell)) {}

  /// False when there is no land to draw.
  bool open() {
    if (!asked_) {
      asked_ = true;
      there_ = load("land-110m.bin", geo::File::kLand);
      if (there_) load("countries.bin", geo::File::kCountries);
    }
    return there_;
  }

  void draw(const Element& element, Text& out) {
    const Tag& tag = element.tag;
    bool named = attribute(tag, "labels").value_or("") != "none" && element.stops.size() <= kMostNamed;
    globe_.reserve(std::uint32_t(element.stops.size()));
    std::vector<Str> names;
    for (std::uint32_t i = 0; i < globe_.stops; i++) {
      const Stop& stop = element.stops[i];
      bool end = i == 0 || i + 1 == element.stops.size();
      globe_.stop_lon[i] = stop.lon;
      globe_.stop_lat[i] = stop.lat;
      globe_.stop_priority[i] = stop.kind == "home" ? 2 : end ? 1 : 0;
      globe_.stop_label[i] = named ? geo::label_width(stop.name) : 0;
      names.push_back(stop.name);
    }
    globe_.update();
    globe_.layers = ~0u;
    if (attribute(tag, "arcs").value_or("") == "none") globe_.layers &= ~(1u << geo::kLegs);
    if (attribute(tag, "shade").value_or("") == "none")
      shade({});
    else
      shade(element.stops);
    globe_.look(centre(tag), 0);
    // In the words of the page, where it has some.
    std::string label(attribute(tag, "data-picture").value_or(element.facts));
    if (label.empty())
      label = "A globe with " + std::to_string(element.stops.size()) + (element.stops.size() == 1 ? " stop" : " stops");
    std::string quoted;
    add_text(quoted, label);
    trim_end(quoted);
    geo::add_still(globe_, quoted, names.data(), out);
  }

 private:
  bool load(const char* name, geo::File file) {
    std::string bytes;
    return read_file(folder_ / name, bytes) &&
           globe_.load(file, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
  void shade(const std::vector<Stop>& stops) {
    std::set<std::string> visited;
    for (const Stop& stop : stops) {
      std::string code(stop.code);
      for (char& c : code) c = upper(c);
      visited.insert(code);
    }
    for (std::uint32_t i = 0; i < globe_.regions; i++) {
      bool there = visited.count(std::string(globe_.region_code + 2 * i, 2)) != 0;
      globe_.region_flags[i] = there ? geo::kRegionVisited : 0;
    }
  }
  geo::LonLat centre(const Tag& tag) const {
    string_view said = attribute(tag, "center").value_or("");
    std::size_t comma = said.find(',');
    if (comma != said.npos) {
      geo::LonLat place{number(said.substr(0, comma)), number(said.substr(comma + 1))};
      if (geo::is_place(place)) return place;
    }
    return geo::home(globe_);
  }

  fs::path folder_;
  geo::Globe globe_;
  bool asked_ = false, there_ = false;
};

std::size_t count_known(const Element& element) {
  std::size_t count = 0;
  for (const Stop& stop : element.stops) count += geo::is_place({stop.lon, stop.lat});
  return count;
}
}  // namespace

Str add_stills(const Options& options, Str html, Arena& arena, GlobeUse& use) {
  string_view page(html.data(), html.size());
  if (page.find("<meridian-globe") == page.npos) return html;
  static Painter painter(shell_folder(options) / "meridian");
  Text out;
  std::size_t written = 0, at = 0;
  for (Tag tag; next_tag(page, at, tag); at = tag.end) {
    if (tag.closing || !same_name(tag.name, kElement)) continue;
    Element element{tag, {}, {}};
    Items().read(page, element);
    tag.end = element.end;
    std::size_t known = count_known(element);
    use.any = true;
    use.places |= known < element.stops.size() || element.has_data || attribute(element.tag, "src");
    if (element.has_picture || element.has_data || !known || !painter.open()) continue;
    out.add(Str(page.substr(written, element.place - written)));
    out.add('\n');
    painter.draw(element, out);
    written = element.place;
  }
  if (!written) return html;
  out.add(Str(page.substr(written)));
  return arena.copy(out.str());
}

}  // namespace meridian::cli
