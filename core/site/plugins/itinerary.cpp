// The filter `itinerary`: places as authors write them become a journey with its legs and sums.
// Places of names are looked up by the room travel, which the browser loads on use.
#include "meridian/site_modules.h"
#include "plugins/request.h"

namespace meridian::site {

using liquid::FilterCall;

namespace {
ItineraryFunction function = nullptr;

/// The names of a stop's fields; the first one with a value counts.
constexpr Name kFields[] = {"city name location place title",
                            "country",
                            "lon lng long longitude",
                            "lat latitude",
                            "from date start",
                            "to until end"};
constexpr Name kRest = "note url image kind title name";
enum { kName, kCountry, kLon, kLat, kFrom, kTo, kFieldCount };

/// The first of these entries that is neither nil nor empty.
Value first_of(const Value& item, Str keys) {
  for (Str key; next_piece(keys, ' ', key);) {
    Value v = get(item, key);
    if (!v.nil() && !(v.is_string() && v.str().empty())) return v;
  }
  return {};
}

/// As text on one line.
void add_field(Text& out, Arena& arena, const Value& v) {
  Str s = to_str(arena, v);
  // Of a time only the day counts: `1799-06-05 00:00:00 UTC`.
  if (v.is(Kind::Time)) s = s.substr(0, 10);
  for (char c : s) out.add(c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
}

/// A stop's fields: a name, `[name, lat, lon]` (talkmap), a feature of GeoJSON, or a map.
void read_stop(const Value& item, Value (&fields)[kFieldCount]) {
  if (Array* list = item.array()) {
    if (list->size() > 0) fields[kName] = (*list)[0];
    if (list->size() > 1) fields[kLat] = (*list)[1];
    if (list->size() > 2) fields[kLon] = (*list)[2];
    return;
  }
  if (!item.map() && !item.is(Kind::Drop)) {
    fields[kName] = item;
    return;
  }
  Value from = item, properties = get(item, "properties"),
        point = dig(item, "geometry.coordinates");
  if (properties.map()) from = properties;
  for (int i = 0; i < kFieldCount; ++i) fields[i] = first_of(from, kFields[i]);
  if (Array* list = point.array(); list && list->size() > 1) {
    fields[kLon] = (*list)[0];
    fields[kLat] = (*list)[1];
  }
}

class Journey {
 public:
  Journey(FilterCall& call) : call_(call), r_(request_of(call.context)) {}

  Value make() {
    Value input = call_.input;
    for (const char* key : {"features", "stops"}) {
      if (Value inner = get(input, key); inner.array()) input = inner;
    }
    Array* items = input.array();
    if (!items) items = make_array(call_.arena);
    if (!call_.context.count(items->size() * 8)) return {};
    items_ = items;
    for (const Value& item : *items) {
      Value fields[kFieldCount];
      read_stop(item, fields);
      for (const Value& field : fields) {
        if (&field != fields) call_.out.add('\t');
        add_field(call_.out, call_.arena, field);
      }
      call_.out.add('\n');
    }
    Text answer;
    if (!function || !function(call_.out.str(), call_.arg(0).str() == "date", answer)) {
      r_.need_pack("travel");
      return {};
    }
    lines_ = call_.out.str();
    return read(call_.arena.copy(answer.str()));
  }

 private:
  Str next(Str& line) {
    Str field;
    next_piece(line, '\t', field);
    return field;
  }

  Value read(Str answer) {
    Map* trip = make_map(call_.arena);
    Array* stops = make_array(call_.arena);
    trip->set("stops", Value(stops));
    for (Str line; next_piece(answer, '\n', line);) {
      Str kind = next(line);
      if (kind == "needs") {
        for (Str file; next_piece(line, '\t', file);) r_.need_pack(file);
        return {};
      }
      if (kind == "trip") {
        for (const char* key : {"size", "places", "countries", "continents", "kilometres"}) {
          trip->set(key, Value(parse_int(next(line))));
        }
        for (const char* key : {"first", "last"}) trip->set(key, Value(next(line)));
        continue;
      }
      auto index = std::uint32_t(parse_int(next(line)));
      if (kind == "problem") {
        report_problem(index, line);
      } else if (index < items_->size()) {
        stops->push(Value(stop(index, line)));
      }
    }
    return Value(trip);
  }

  Map* stop(std::uint32_t index, Str line) {
    const Value& item = (*items_)[index];
    Map* map = make_map(call_.arena);
    Value from = item, fields[kFieldCount];
    if (Value properties = get(item, "properties"); properties.map()) from = properties;
    Str keys = kRest;
    for (Str key; next_piece(keys, ' ', key);) map->set(key, get(from, key));
    read_stop(item, fields);
    map->set("name", fields[kName]);
    map->set("from", fields[kFrom]);
    map->set("to", fields[kTo]);
    for (const char* key : {"region", "code", "country"}) {
      Str field = next(line);
      map->set(key, field.empty() ? Value() : Value(field));
    }
    if (!line.empty()) {
      map->set("lon", Value(next(line)));
      map->set("lat", Value(next(line)));
    }
    return map;
  }

  /// Adds a diagnostic: at its line when a data file of the page has the text.
  void report_problem(std::uint32_t index, Str line) {
    Str message = next(line), remedy = next(line), rest = lines_, name;
    for (std::uint32_t i = 0; i <= index; ++i) next_piece(rest, '\n', name);
    name = next(name);
    if (r_.dependencies && !name.empty()) {
      for (Str path : *r_.dependencies) {
        if (!starts_with(path, "_data/")) continue;
        const Source& source = r_.files.find(path)->source;
        std::size_t at = find(source.text, name, 0);
        if (at != Str::npos)
          return r_.diagnostics.add({Severity::Warning, Rule::Place}, source, at, message, remedy);
      }
    }
    if (r_.document)
      r_.diagnostics.add({Severity::Warning, Rule::Place}, r_.document->file->source.path, message,
                         remedy);
  }

  FilterCall& call_;
  Request& r_;
  Array* items_ = nullptr;
  Str lines_;
};
}  // namespace

void set_itinerary(ItineraryFunction itinerary) { function = itinerary; }

Value filter_itinerary(FilterCall& call) { return Journey(call).make(); }

}  // namespace meridian::site
