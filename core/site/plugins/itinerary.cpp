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
/// Of a document `name` and `title` are no places.
constexpr Name kPlaceOfDocument = "city place location";
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

/// The document that an item is; nullptr: it is data.
const Document* document_of(Request& r, const Value& item) {
  if (!item.is(Kind::Drop)) return nullptr;
  Array* found = r.site.by_path_->get(get(item, "path").str()).array();
  return found ? document_in((*found)[0]) : nullptr;
}

/// A stop's fields: a name, `[name, lat, lon]` (talkmap), a feature of GeoJSON, a map or a
/// document.
void read_stop(const Value& item, const Document* document, Value (&fields)[kFieldCount]) {
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
  if (document) {
    fields[kName] = first_of(from, kPlaceOfDocument);
    if (document->undated) fields[kFrom] = first_of(from, "from start");
  }
  if (Array* list = point.array(); list && list->size() > 1) {
    fields[kLon] = (*list)[0];
    fields[kLat] = (*list)[1];
  }
}

class Journey {
 public:
  Journey(FilterCall& call) : call_(call), r_(request_of(call.context)) {}

  Value make() {
    Array* items = list(call_.input);
    if (!call_.context.count(items->size() * 8)) return {};
    items_ = make_array(call_.arena);
    for (const Value& item : *items) {
      const Document* document = document_of(r_, item);
      Value fields[kFieldCount];
      read_stop(item, document, fields);
      // A talk without a place is not a stop.
      if (document && fields[kName].nil()) {
        if (fields[kLat].nil()) continue;
        fields[kName] = get(item, "title");
      }
      items_->push(item);
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
  /// The items of a list, of a map with a list, or of a map of names; a single one.
  Array* list(Value input) {
    for (const char* key : {"features", "stops"})
      if (Value inner = get(input, key); inner.array()) input = inner;
    if (input.array()) return input.array();
    Array* items = make_array(call_.arena);
    Map* map = input.map();
    if (!map || !first_of(input, kFields[kName]).nil() || !map->get("lat").nil()) {
      if (map || !to_str(call_.arena, input).empty()) items->push(input);
      return items;
    }
    for (const Map::Entry& entry : *map) {
      Map* item = make_map(call_.arena);
      if (Map* own = entry.value.map())
        merge_into(*item, *own);
      else
        item->set("from", entry.value);
      if (first_of(Value(item), kFields[kName]).nil()) item->set("name", entry.key);
      items->push(Value(item));
    }
    return items;
  }

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
      if (one_of(kind, "problem date order") >= 0) {
        report_problem(index, kind, line);
      } else if (index < items_->size()) {
        stops->push(Value(stop(index, line)));
      }
    }
    return Value(trip);
  }

  Map* stop(std::uint32_t index, Str line) {
    const Value& item = (*items_)[index];
    Map* map = make_map(call_.arena);
    const Document* document = document_of(r_, item);
    Value from = item, fields[kFieldCount];
    if (Value properties = get(item, "properties"); properties.map()) from = properties;
    Str keys = kRest;
    for (Str key; next_piece(keys, ' ', key);) map->set(key, get(from, key));
    read_stop(item, document, fields);
    if (document) {
      Value& note = map->set("note");
      if (note.nil() && !fields[kName].nil()) note = map->get("title");
      if (fields[kName].nil()) fields[kName] = map->get("title");
    }
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

  /// Adds a diagnostic: in the document that the stop is, or at its line when a data file of the
  /// page has the text. Nothing is said of the order of documents, which is Jekyll's.
  void report_problem(std::uint32_t index, Str kind, Str line) {
    const Report report{Severity::Warning, kind == "problem" ? Rule::Place : Rule::Data};
    Str message = next(line), remedy = next(line), rest = lines_, name;
    for (std::uint32_t i = 0; i <= index; ++i) next_piece(rest, '\n', name);
    name = next(name);
    if (index < items_->size()) {
      if (const Document* document = document_of(r_, (*items_)[index])) {
        const Source& source = document->file->source;
        std::size_t at = find(source.text, name, 0);
        if (kind != "order")
          r_.diagnostics.add(report, source, at == Str::npos ? 0 : at, message, remedy);
        return;
      }
    }
    if (r_.dependencies && !name.empty()) {
      for (Str path : *r_.dependencies) {
        if (!starts_with(path, "_data/")) continue;
        const Source& source = r_.files.find(path)->source;
        std::size_t at = find(source.text, name, 0);
        if (at != Str::npos) return r_.diagnostics.add(report, source, at, message, remedy);
      }
    }
    if (r_.document) r_.diagnostics.add(report, r_.document->file->source.path, message, remedy);
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
