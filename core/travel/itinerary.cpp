// Evaluates a journey's stops: legs, countries, distance.
#include "meridian/geo.h"
#include "meridian/text.h"
#include "meridian/travel.h"

namespace meridian::travel {

namespace {
/// Coordinates given by an author are used; the country of the name counts when its place is about
/// there.
constexpr double kNear = 300 / geo::kEarthRadius;
/// Places that are closer than a cell of this grid are one: about a kilometre.
constexpr double kCellsPerDegree = 100;
/// Lists with more stops than an author writes by hand (a track, a log): those with coordinates are
/// not looked up by their names.
constexpr std::uint32_t kMany = 2000;
/// Diagnostics of a journey at most; further ones would repeat these.
constexpr std::uint32_t kMaxProblems = 20;

struct Stop {
  Str name, country, lon, lat, from, to;
  std::uint32_t index;
  std::int32_t first_day = 0, last_day = 0;  ///< 17900321; a month alone ends in 00; 0: not known
  bool known = false;
  geo::LonLat place = {0, 0};
  Str region;
  const Country* nation = nullptr;
};

void add_field(Str s, Text& out) {
  out.add('\t');
  out.add(s);
}

/// Replaces the answer by the files that it waits for; false if there are none.
bool add_needs(const Gazetteer& gazetteer, Text& out) {
  Arena arena;
  const List<Str> files = gazetteer.needs(arena);
  if (!files.size) return false;
  out.truncate(0);
  out.add("needs");
  for (Str file : files) add_field(file, out);
  out.add('\n');
  return true;
}

/// The digits of `1790`, `1790-03`, `1790-03-21` as a number that sorts; 0 for any other text.
std::int32_t day_of(Str date) {
  std::int32_t day = 0;
  int parts = 0;
  for (Str part; parts < 3 && next_piece(date, '-', part); ++parts) {
    std::size_t used = 0;
    std::int64_t n = parse_int(part.substr(0, 4), &used);
    if (!used || n < 0) break;
    if (!parts && used != 4) return 0;
    day = day * (parts ? 100 : 1) + std::int32_t(parts ? n % 100 : n);
  }
  for (; parts && parts < 3; ++parts) day *= 100;
  return day;
}

/// Whether a day is before another one, as far as both are known: 2026-05 is not before 2026-05-12.
bool is_before(std::int32_t a, std::int32_t b) {
  if (!a || !b) return false;
  for (std::int32_t unit : {10000, 100})
    if (!(a % unit) || !(b % unit)) return a / unit < b / unit;
  return a < b;
}

bool read_number(Str s, double& out) {
  std::size_t used = 0;
  s = strip(s);
  out = parse_float(s, &used);
  return used && used == s.size();
}

bool earlier(const void* a, const void* b, void*) {
  return static_cast<const Stop*>(a)->first_day < static_cast<const Stop*>(b)->first_day;
}
bool smaller(const void* a, const void* b, void*) {
  return *static_cast<const std::int64_t*>(a) < *static_cast<const std::int64_t*>(b);
}

class Itinerary {
 public:
  Itinerary(Gazetteer& gazetteer, Text& out) : gazetteer_(gazetteer), out_(out) {}

  void read(Str lines) {
    for (Str line, field; next_piece(lines, '\n', line);) {
      Stop stop{};
      stop.index = stops_.size;
      for (Str* part : {&stop.name, &stop.country, &stop.lon, &stop.lat, &stop.from, &stop.to}) {
        if (next_piece(line, '\t', field)) *part = strip(field);
      }
      stop.first_day = day_of(stop.from);
      stop.last_day = day_of(stop.to);
      stops_.add(arena_, stop);
    }
  }

  void run(bool by_date) {
    bool waits = false;
    for (Stop& stop : stops_) waits |= !locate(stop);
    if (waits && add_needs(gazetteer_, out_)) return;
    if (!stops_.size)
      report(Stop{}, "there are no stops",
             "Write `stops=site.data.travel` for a list in `_data/travel.yml`, or give documents a "
             "`location`.");
    check_dates(by_date);
    if (by_date) stable_sort(stops_.data, stops_.size, sizeof(Stop), earlier, nullptr);
    write();
  }

 private:
  void field(Str s) { add_field(s, out_); }
  void number(double d) {
    out_.add('\t');
    add_float(out_, d);
  }
  void count(std::int64_t n) {
    out_.add('\t');
    out_.add_int(n);
  }

  /// Its kind, the stop's number, the message, the remedy. Kinds: `problem` of a place, `date`,
  /// and `order` of dates.
  void report(const Stop& stop, Str what, Str remedy, Str kind = "problem") {
    if (++problems_ > kMaxProblems) return;
    out_.add(kind);
    count(stop.index);
    field(what);
    field(remedy);
    out_.add('\n');
  }

  /// Finds the place of a stop; false when the gazetteer needs files.
  bool locate(Stop& stop) {
    double lon = 0, lat = 0;
    bool said = !stop.lon.empty() || !stop.lat.empty();
    bool given = said && read_number(stop.lon, lon) && read_number(stop.lat, lat) &&
                 geo::is_place({lon, lat});
    if (said && !given) {
      report(stop,
             arena_.join("“", stop.lat,
                         arena_.join(", ", stop.lon, "” is not a latitude and longitude")),
             "`lat` is from -90 to 90, `lon` from -180 to 180, in degrees with a decimal point.");
    }
    if (given) {
      stop.known = true;
      stop.place = {lon, lat};
    }
    if (stop.name.empty() && stop.country.empty()) {
      if (!given) report(stop, "a stop without a name", "Give it a `city`, or `lat` and `lon`.");
      return true;
    }
    if (given && stops_.size > kMany && (stop.country.empty() || gazetteer_.count_countries())) {
      stop.nation = stop.country.empty() ? nullptr : gazetteer_.country(stop.country);
      return true;
    }
    Answer answer = gazetteer_.find(stop.name, stop.country, arena_);
    if (answer.outcome == Outcome::Needs) return false;
    bool found = answer.outcome == Outcome::Found;
    if (found && given) {
      geo::Vec here = geo::to_vector({answer.place.longitude, answer.place.latitude});
      found = geo::distance(here, geo::to_vector(stop.place)) < kNear;
    }
    if (found) {
      stop.known = true;
      if (!given) stop.place = {answer.place.longitude, answer.place.latitude};
      stop.region = answer.place.region;
      stop.nation = answer.place.country;
    }
    if (!stop.country.empty()) {
      if (const Country* nation = gazetteer_.country(stop.country)) stop.nation = nation;
    }
    if (!given) report_unknown(stop, answer);
    return true;
  }

  void report_unknown(const Stop& stop, const Answer& answer) {
    Text text;
    text.add("“");
    text.add(stop.name);
    switch (answer.outcome) {
      case Outcome::Found: {
        if (!answer.ambiguous) return;
        text.add("” is taken to be in ");
        add_where(text, answer.place);
        for (std::uint32_t i = 0; i < answer.passed_over.size && i < 3; ++i) {
          text.add(i ? ", " : "; there is one in ");
          add_where(text, answer.passed_over[i]);
        }
        return report(stop, arena_.copy(text.str()),
                      "Say which: write the region or country behind a comma.");
      }
      case Outcome::Unavailable:
        text.add("” could not be looked up");
        return report(stop, arena_.copy(text.str()),
                      "Copy the whole folder `meridian/`, or give `lat` and `lon`.");
      default: {
        text.add("” is not a place that the gazetteer knows");
        Text help;
        for (Str suggestion : answer.suggestions) {
          help.add(help.empty() ? "Did you mean " : " or ");
          help.add(suggestion);
        }
        help.add(help.empty() ? "Give it `lat` and `lon`." : "? Else give it `lat` and `lon`.");
        report(stop, arena_.copy(text.str()), arena_.copy(help.str()));
      }
    }
  }
  static void add_where(Text& text, const Place& place) {
    if (!place.region.empty()) {
      text.add(place.region);
      text.add(", ");
    }
    if (place.country) text.add(place.country->name);
  }

  void check_dates(bool by_date) {
    const Stop* before = nullptr;
    bool reported = by_date;
    for (const Stop& stop : stops_) {
      if (is_before(stop.last_day, stop.first_day)) {
        report(stop, arena_.join("the stay ends before it begins: ", stop.from, " to ", stop.to),
               "Exchange `from` and `to`.", "date");
      }
      if (!stop.first_day) continue;
      if (!reported && before && stop.first_day / 10000 < before->first_day / 10000) {
        reported = true;
        report(stop,
               arena_.join("the list is not in the order of its dates: ", stop.from,
                           arena_.join(" is listed after ", before->from)),
               "Stops are shown as they are listed; `order=\"date\"` sorts them.", "order");
      }
      before = &stop;
    }
  }

  void write() {
    List<std::int64_t> cells;
    bool nations[26 * 26] = {}, continents[7] = {};
    int nation_count = 0, continent_count = 0;
    const Stop *last = nullptr, *first_dated = nullptr, *last_dated = nullptr;
    double angle = 0;
    for (const Stop& stop : stops_) {
      if (stop.nation && stop.nation->code.size() == 2) {
        bool& there = nations[(stop.nation->code[0] - 'A') * 26 + stop.nation->code[1] - 'A'];
        bool& continent = continents[unsigned(stop.nation->continent)];
        nation_count += !there;
        continent_count += !continent;
        there = continent = true;
      }
      if (!first_dated || (stop.first_day && stop.first_day < first_dated->first_day)) {
        if (stop.first_day) first_dated = &stop;
      }
      if (stop.first_day && (!last_dated || stop.first_day >= last_dated->first_day))
        last_dated = &stop;
      if (!stop.known) continue;
      if (last) angle += geo::distance(geo::to_vector(last->place), geo::to_vector(stop.place));
      last = &stop;
      auto cell = [](double degrees) {
        return std::int64_t((degrees + 4000) * kCellsPerDegree + 0.5);
      };
      cells.add(arena_, cell(stop.place.lon) << 32 | cell(stop.place.lat));
    }
    stable_sort(cells.data, cells.size, sizeof(std::int64_t), smaller, nullptr);
    std::uint32_t places = 0;
    for (std::uint32_t i = 0; i < cells.size; ++i) places += !i || cells[i] != cells[i - 1];

    out_.add("trip");
    for (std::int64_t n :
         {std::int64_t(stops_.size), std::int64_t(places), std::int64_t(nation_count),
          std::int64_t(continent_count), std::int64_t(angle * geo::kEarthRadius + 0.5)}) {
      count(n);
    }
    field(first_dated ? first_dated->from : Str());
    field(!last_dated ? Str() : last_dated->to.empty() ? last_dated->from : last_dated->to);
    out_.add('\n');
    for (const Stop& stop : stops_) {
      out_.add("stop");
      count(stop.index);
      field(stop.region);
      field(stop.nation ? stop.nation->code : Str());
      field(stop.nation ? stop.nation->name : stop.country);
      if (stop.known) {
        number(stop.place.lon);
        number(stop.place.lat);
      }
      out_.add('\n');
    }
  }

  Gazetteer& gazetteer_;
  Text& out_;
  Arena arena_;
  List<Stop> stops_;
  std::uint32_t problems_ = 0;
};
}  // namespace

void add_itinerary(Gazetteer& gazetteer, Str stops, bool by_date, Text& out) {
  Itinerary itinerary(gazetteer, out);
  itinerary.read(stops);
  itinerary.run(by_date);
}

void add_completions(Gazetteer& gazetteer, Str begun, bool exact, Text& out) {
  Arena arena;
  const Answer answer = gazetteer.complete(begun, exact, arena);
  if (answer.outcome == Outcome::Needs && add_needs(gazetteer, out)) return;
  for (const Place& place : answer.passed_over) {
    out.add("place");
    add_field(place.name, out);
    add_field(place.region, out);
    add_field(place.country->name, out);
    out.add('\n');
  }
}

}  // namespace meridian::travel
