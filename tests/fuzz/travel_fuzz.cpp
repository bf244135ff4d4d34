// The gazetteer: any bytes are its files. The input is three lengths of two bytes, then the index,
// the content of every other file, and a query; a country follows a line feed in it.
#include "fuzz.h"
#include "meridian/travel.h"

using namespace meridian;

namespace {
Str next(Str& rest) {
  if (rest.size() < 2) return {};
  std::size_t size = std::uint8_t(rest[0]) | std::size_t(std::uint8_t(rest[1])) << 8;
  Str part = slice(rest, 2, 2 + size);
  rest = slice(rest, 2 + part.size());
  return part;
}

void check(const travel::Place& place) {
  fuzz::expect(place.country, "a place has a country");
  fuzz::expect(place.latitude >= -90.001 && place.latitude <= 90.001, "a latitude");
  fuzz::expect(place.longitude >= -180 && place.longitude < 180, "a longitude");
}

void look(travel::Gazetteer& gazetteer, Str index, Str page, Str query, Str country) {
  for (int round = 0; round < 8; round++) {
    Arena arena;
    travel::Answer answer = gazetteer.find(query, country, arena);
    if (answer.outcome != travel::Outcome::Needs) {
      if (answer.outcome == travel::Outcome::Found) check(answer.place);
      fuzz::expect(answer.passed_over.size <= travel::Answer::kMaxPassedOver, "not too many");
      for (const travel::Place& place : answer.passed_over) check(place);
      return;
    }
    List<Str> needs = gazetteer.needs(arena);
    fuzz::expect(!needs.empty(), "what is needed has a name");
    for (Str file : needs) gazetteer.put(file, file == "places/index.bin" ? index : page);
  }
  fuzz::expect(false, "a lookup never has enough");
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Str rest = fuzz::text(data, size), index = next(rest), page = next(rest), query = next(rest);
  std::size_t feed = query.find('\n');
  for (std::uint32_t names : {1u, 100u}) {
    travel::Gazetteer gazetteer({.names = names, .regions = names == 1});
    look(gazetteer, index, page, slice(query, 0, feed), slice(query, feed, query.size()));
  }
  return 0;
}
