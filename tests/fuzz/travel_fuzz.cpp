// The gazetteer: any bytes are its files. The input is three lengths of two bytes, then the index,
// the content of every other file, and a query; a country follows a line feed in it.
#include <string>

#include "fuzz.h"
#include "meridian/text.h"
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

/// The number of bytes of a range, `places/0.bin#64-127`; 0 of a file.
std::size_t size_of(Str file) {
  std::size_t at = file.find('#'), dash = file.find('-', at == Str::npos ? file.size() : at);
  if (dash == Str::npos) return 0;
  return std::size_t(parse_int(slice(file, dash + 1)) - parse_int(slice(file, at + 1, dash))) + 1;
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
    for (Str file : needs) {
      std::string filled(page);
      if (std::size_t size = size_of(file)) filled.resize(size);
      gazetteer.put(file, file == "places/index.bin" ? index : Str(filled));
    }
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
