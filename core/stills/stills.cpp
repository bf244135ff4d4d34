#include "meridian/stills.h"

#include <cmath>

#include "meridian/text.h"

namespace meridian {

namespace {
constexpr Name kElement = "meridian-globe";
/// In a longer list the element shows the name of a stop only when it is selected.
constexpr std::size_t kMostNamed = 2000;

struct Stop {
  double lon = NAN, lat = NAN;  ///< degrees
  Str code, kind;               ///< as written
  Str name;                     ///< HTML without tags
};

double number(Str text) {
  std::size_t used = 0;
  Str s = strip(text);
  double value = parse_float(s, &used);
  return used && used == s.size() ? value : NAN;
}

/// Adds text of the page to a name, white space as one space.
void add_text(Text& name, Str text) {
  for (char c : text) {
    if (c == '"')
      name.add("&quot;");
    else if (!is_space(c))
      name.add(c);
    else if (!name.empty() && name.back() != ' ')
      name.add(' ');
  }
}

/// The text without spaces at its end.
Str trimmed(const Text& text) {
  Str s = text.str();
  while (ends_with(s, " ")) s.remove_suffix(1);
  return s;
}
}  // namespace

/// A globe of the page: the place of the picture, and the element's data.
struct GlobeElement {
  Tag tag;
  List<Stop> stops;
  Str facts;              ///< the numbers that the page shows, HTML without tags
  std::size_t place = 0;  ///< of the picture: behind the facts, else at the begin
  std::size_t end = 0;    ///< of its contents
  bool has_picture = false;
  bool has_data = false;  ///< stops that are not items: of `src`, or of a script in it
};

namespace {
/// Reads a list as fromElements() of web/globe/stops.js does: a stop is an item, or an element with
/// `data-lon`; its name is the first `<b>`, `<strong>` or `<a>` in it, else its text.
class Items {
 public:
  Items(GlobeElement& element, Arena& arena) : element_(element), arena_(arena) {}

  void read(Str page) {
    std::size_t at = element_.place = element_.tag.end;
    element_.end = page.size();
    for (Tag tag; next_tag(page, at, tag); at = tag.end) {
      add_fact(slice(page, at, tag.begin));
      if (tag.is(kElement)) {
        element_.end = tag.begin;
        break;
      }
      if (tag.closing)
        close(tag);
      else
        open(tag);
    }
    finish();
    element_.facts = arena_.copy(facts_.str());
  }

 private:
  void open(const Tag& tag) {
    Str slot = attribute(tag, "slot");
    if (tag.is("script")) element_.has_data = true;
    if (slot == "still") element_.has_picture = true;
    if (slot == "facts") in_facts_ = tag.name;
    Str lon = attribute(tag, "data-lon");
    if (tag.is("li") || tag.is("option") || lon.data()) {
      finish();
      open_ = true;
      item_ = tag.name;
      stop_ = {number(lon),
               number(attribute(tag, "data-lat")),
               attribute(tag, "data-code"),
               attribute(tag, "data-kind"),
               {}};
    } else if (open_ && in_.empty() && name_.empty()) {
      for (const char* name : {"b", "strong", "a"})
        if (tag.is(name)) in_ = tag.name;
    }
  }
  void close(const Tag& tag) {
    if (!in_facts_.empty() && tag.is(in_facts_)) {
      element_.place = tag.end;
      in_facts_ = {};
    }
    if (!in_.empty() && tag.is(in_)) in_ = {};
    if (open_ && tag.is(item_)) finish();
  }
  void add_fact(Str text) {
    if (!in_facts_.empty()) {
      add_text(facts_, text);
      add_text(facts_, " ");  // words of two elements are two words
    }
    if (open_) add_text(in_.empty() ? all_ : name_, text);
  }
  void finish() {
    if (open_) {
      stop_.name = arena_.copy(trimmed(name_.empty() ? all_ : name_));
      element_.stops.add(arena_, stop_);
    }
    open_ = false;
    name_.truncate(0);
    all_.truncate(0);
    in_ = {};
  }

  GlobeElement& element_;
  Arena& arena_;
  bool open_ = false;
  Str item_, in_, in_facts_;  ///< names of elements that are open
  Stop stop_;
  Text name_, all_, facts_;
};

std::size_t count_known(const GlobeElement& element) {
  std::size_t count = 0;
  for (const Stop& stop : element.stops) count += geo::is_place({stop.lon, stop.lat});
  return count;
}

constexpr int kLetters = 26;
/// Index of a code of two letters, ignoring case; -1 for any other.
int index_of(Str code) {
  if (code.size() != 2 || !is_alpha(code[0]) || !is_alpha(code[1])) return -1;
  return (upper(code[0]) - 'A') * kLetters + upper(code[1]) - 'A';
}

geo::LonLat centre_of(const Tag& tag, const geo::Globe& globe) {
  Str said = attribute(tag, "center");
  std::size_t comma = said.find(',');
  if (comma != Str::npos) {
    geo::LonLat place{number(slice(said, 0, comma)), number(slice(said, comma + 1))};
    if (geo::is_place(place)) return place;
  }
  return geo::home(globe);
}
}  // namespace

bool mentions_globe(Str page) { return page.find("<meridian-globe") != Str::npos; }

void Stills::put(Str land, Str countries) {
  auto load = [&](geo::File file, Str bytes) {
    return globe_.load(file, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  };
  land_ = load(geo::File::kLand, land);
  if (land_) load(geo::File::kCountries, countries);
}

void Stills::draw(const GlobeElement& element, Text& out) {
  const Tag& tag = element.tag;
  const List<Stop>& stops = element.stops;
  auto without = [&](const char* name) { return attribute(tag, name) == "none"; };
  bool named = !without("labels") && stops.size <= kMostNamed;
  globe_.reserve(stops.size);
  Arena arena;
  List<Str> names;
  for (std::uint32_t i = 0; i < globe_.stops; i++) {
    const Stop& stop = stops[i];
    bool end = i == 0 || i + 1 == stops.size;
    globe_.stop_lon[i] = stop.lon;
    globe_.stop_lat[i] = stop.lat;
    globe_.stop_priority[i] = stop.kind == "home" ? 2 : end ? 1 : 0;
    globe_.stop_label[i] = named ? geo::label_width(stop.name) : 0;
    names.add(arena, stop.name);
  }
  globe_.update();
  globe_.layers = ~0u;
  if (without("arcs")) globe_.layers &= ~(1u << geo::kLegs);
  shade(without("shade") ? GlobeElement() : element);
  globe_.look(centre_of(tag, globe_), 0);
  // In the words of the page, where it has some.
  Str said = attribute(tag, "data-picture");
  Text label;
  add_text(label, said.data() ? said : element.facts);
  if (label.empty()) {
    label.add("A globe with ");
    label.add_int(stops.size);
    label.add(stops.size == 1 ? " stop" : " stops");
  }
  geo::add_still(globe_, trimmed(label), names.begin(), out);
}

void Stills::shade(const GlobeElement& element) {
  bool visited[kLetters * kLetters] = {};
  for (const Stop& stop : element.stops)
    if (int index = index_of(stop.code); index >= 0) visited[index] = true;
  for (std::uint32_t i = 0; i < globe_.regions; i++) {
    int index = index_of(Str(globe_.region_code + 2 * i, 2));
    globe_.region_flags[i] = index >= 0 && visited[index] ? geo::kRegionVisited : 0;
  }
}

Str Stills::add(Str page, Arena& arena, GlobeUse& use) {
  Text out;
  std::size_t written = 0, at = 0;
  for (Tag tag; next_tag(page, at, tag); at = tag.end) {
    if (tag.closing || !tag.is(kElement)) continue;
    GlobeElement element;
    element.tag = tag;
    Items(element, arena).read(page);
    tag.end = element.end;
    std::size_t known = count_known(element);
    use.any = true;
    use.places |=
        known < element.stops.size || element.has_data || attribute(element.tag, "src").data();
    if (element.has_picture || element.has_data || !known || !land_) continue;
    out.add(slice(page, written, element.place));
    out.add('\n');
    draw(element, out);
    written = element.place;
  }
  if (!written) return page;
  out.add(slice(page, written));
  return arena.copy(out.str());
}

}  // namespace meridian
