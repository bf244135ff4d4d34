// The gazetteer on small shards that are written here. tests/spec/places_spec.cpp tests the built
// ones.
#include "meridian/travel.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <map>
#include <set>

#include "shards.h"

using namespace meridian;
using namespace meridian::travel;

namespace {

enum { kGermany, kUnited, kCanada, kSanMarino, kFrance };
const std::vector<shards::Country> kCountries = {{"DEDEU", 3, 1, "Germany\tdeutschland"},
                                                 {"USUSA", 4, 0, "United States\tamerica"},
                                                 {"CACAN", 4, 0, "Canada"},
                                                 {"SMSMR", 3, 1, "San Marino"},
                                                 {"FRFRA", 3, 2, "France\tfrankreich"}};
// é, ß, ü, the combining acute, an en dash, the ideographic comma's neighbour.
const std::vector<std::pair<std::uint32_t, std::uint32_t>> kFolds = {
    {0xDC, 'u'},  {0xDF, 0x110000 + ('s' << 8 | 's')}, {0xE9, 'e'}, {0xFC, 'u'}, {0x301, 0},
    {0x2013, ' '}};

/// A folder of shards: whatever is on it, a lookup finds on page 0.
struct Files {
  std::map<std::string, std::string> files;
  std::vector<std::string> fetched;

  Files() {
    files["places/index.bin"] = shards::index(1, kCountries, kFolds);
    files["places/regions-0.bin"] =
        shards::regions({{kUnited, {"Illinois\tIL", "Texas\tTX", "Georgia\tGA"}},
                         {kCanada, {"British Columbia\tBC", "Ontario\tON"}}});
    files["places/regions-1.bin"] =
        shards::regions({{kGermany, {"Bavaria\tBY\tBayern", "Sverdlovsk Oblast"}}});
    files["places/regions-2.bin"] = shards::regions({});
  }

  Answer find(Gazetteer& gazetteer, Arena& arena, const std::string& query,
              const std::string& country = "") {
    for (int round = 0; round < 6; round++) {
      Answer answer = gazetteer.find(query, country, arena);
      if (answer.outcome != Outcome::Needs) return answer;
      for (Str file : gazetteer.needs(arena)) {
        fetched.emplace_back(file);
        gazetteer.put(file, files[std::string(file)]);
      }
    }
    FAIL("a lookup never has enough");
    return {};
  }
};

std::string told(const Place& place) {
  return std::string(place.name) + " " + std::string(place.country->code) + " " +
         std::to_string(place.population);
}

/// The place that was found, then in brackets those that were passed over; for an unknown name `?`
/// and the qualifier.
struct Asked : Files {
  Arena arena;
  Gazetteer gazetteer;
  explicit Asked(const std::vector<shards::Record>& records,
                 const std::vector<shards::Alias>& aliases = {},
                 const Gazetteer::Options& options = {})
      : gazetteer(options) {
    files["places/0.bin#0-255"] = shards::page(records, aliases);
  }
  Answer ask(const std::string& query, const std::string& country = "") {
    return find(gazetteer, arena, query, country);
  }
  std::string operator()(const std::string& query, const std::string& country = "") {
    Answer answer = ask(query, country);
    std::string out;
    if (answer.outcome == Outcome::Unavailable) return "unavailable";
    out = answer.outcome == Outcome::Found ? told(answer.place)
                                           : "? " + std::string(answer.unmatched);
    if (answer.ambiguous) out += " ambiguous";
    for (const Place& place : answer.passed_over) out += " [" + told(place) + "]";
    for (Str suggestion : answer.suggestions) out += " <" + std::string(suggestion) + ">";
    return out;
  }
};

const std::vector<shards::Record> kSprings = {{"Springfield", kUnited, 1, 117000, 39.8, -89.6},
                                              {"Springfield", kUnited, 2, 3000, 33, -97},
                                              {"Springfield", kCanada, 1, 15000, 49.9, -97}};

}  // namespace

TEST_CASE("a look-up requests the index, then the shard, and each once") {
  Asked asked({{"Berlin", kGermany, 0, 3430000, 52.52, 13.41}});
  CHECK(asked("Berlin") == "Berlin DE 3430000");
  CHECK(asked.fetched == std::vector<std::string>{"places/index.bin", "places/0.bin#0-255"});
  CHECK(asked("Berlin, Germany") == "Berlin DE 3430000");
  CHECK(asked.fetched.size() == 2);
}

TEST_CASE("coordinates are degrees, with the precision of the header") {
  Asked asked({{"Berlin", kGermany, 0, 1, 52.52, 13.41},
               {"Dateline", kCanada, 0, 1, -90, 180},
               {"Pole", kCanada, 0, 1, 90, -180}});
  Place berlin = asked.ask("Berlin").place;
  CHECK(std::abs(berlin.latitude - 52.52) <= 0.0014);
  CHECK(std::abs(berlin.longitude - 13.41) <= 0.0028);
  Place dateline = asked.ask("Dateline").place;
  CHECK(dateline.latitude == -90);
  CHECK(dateline.longitude == -180);
  CHECK(std::abs(asked.ask("Pole").place.latitude - 90) < 1e-12);
}

TEST_CASE("case, diacritics and punctuation of a name are ignored") {
  Asked asked({{"Saint-Dié Düß", kFrance, 0, 5, 48, 7}, {"D'Arc", kFrance, 0, 5, 48, 7}});
  for (const char* name : {"Saint-Dié Düß", "saint die duss",
                           "SAINT\xE2\x80\x93"
                           "DIE\xCC\x81 D\xC3\x9C"
                           "SS",
                           "  St. Dié   Düss ", "St Die-Duss"})
    CHECK(asked(name) == "Saint-Dié Düß FR 5");
  CHECK(asked("DArc") == "D'Arc FR 5");
}

TEST_CASE("a key has no spaces at its ends, and abbreviations are written out") {
  Asked asked({});
  asked("x");
  auto key = [&](const char* name) { return std::string(asked.gazetteer.key(name, asked.arena)); };
  CHECK(key("St. Ives") == "saint ives");
  CHECK(key("East St") == "east saint");
  CHECK(key("Stade") == "stade");
  CHECK(key("Mt Isa") == "mount isa");
  CHECK(key(" - _ ") == "");
  CHECK(key("a\tb/c") == "a b c");
  CHECK(key("北京") == "北京");
  CHECK(key("\xFFx") == "\xEF\xBF\xBDx");
}

TEST_CASE("the largest city of a name is found, the others are passed_over, largest first") {
  Asked asked(kSprings);
  CHECK(asked("Springfield") ==
        "Springfield US 117000 [Springfield CA 15000] [Springfield US 3000]");
}

TEST_CASE("of equal cities the first is found, and the name is ambiguous") {
  Asked asked({{"Twin", kUnited, 1, 500, 1, 1}, {"Twin", kCanada, 1, 500, 2, 2}});
  CHECK(asked("Twin") == "Twin US 500 ambiguous [Twin CA 500]");
}

TEST_CASE("a name whose second city is less than half as large is not ambiguous") {
  Asked asked({{"Twin", kUnited, 1, 990, 1, 1}, {"Twin", kCanada, 1, 490, 2, 2}});
  CHECK(asked("Twin") == "Twin US 990 [Twin CA 490]");
}

TEST_CASE("at most kMaxPassedOver namesakes are returned") {
  std::vector<shards::Record> many;
  for (int i = 0; i < 300; i++)
    many.push_back({"Same", kUnited, 0, std::uint32_t(i + 1), 0.1 * i, 0});
  Asked asked({});
  asked.files["places/index.bin"] = shards::index(1, kCountries, kFolds, shards::kLarge);
  asked.files["places/0.bin#0-16255"] = shards::page(many, {}, shards::kLarge);
  Answer answer = asked.ask("Same");
  CHECK(answer.passed_over.size == Answer::kMaxPassedOver);
}

TEST_CASE("a country in the query filters: by name, local name, code, in any case") {
  Asked asked(kSprings);
  for (const char* country : {"Canada", "CANADA", "CA", "ca", "CAN", " Canada "})
    CHECK(asked(std::string("Springfield, ") + country) == "Springfield CA 15000");
  CHECK(asked("Springfield, U.S.A.") == "Springfield US 117000 [Springfield US 3000]");
  CHECK(asked("springfield (america)") == "Springfield US 117000 [Springfield US 3000]");
}

TEST_CASE("regions filter by name, code and other names, with the country in any order") {
  Asked asked(kSprings);
  for (const char* query :
       {"Springfield, Texas", "Springfield, TX", "Springfield, tx, USA", "Springfield, US, Texas",
        "Springfield (Texas)", "Springfield\xEF\xBC\x8CTexas"})
    CHECK(asked(query) == "Springfield US 3000");
  CHECK(asked("Springfield, BC, Canada") == "Springfield CA 15000");
}

TEST_CASE("a qualifier that is a country of one city and a region of another is the country") {
  Asked asked({{"Vancouver", kUnited, 3, 900000, 1, 1}, {"Vancouver", kCanada, 1, 600000, 2, 2}});
  asked.files["places/regions-0.bin"] = shards::regions(
      {{kUnited, {"Illinois", "Texas", "California\tCA"}}, {kCanada, {"British Columbia"}}});
  CHECK(asked("Vancouver, CA") == "Vancouver CA 600000");
  CHECK(asked("Vancouver, CA, US") == "Vancouver US 900000");
}

TEST_CASE("a region is found by its first word") {
  Asked asked({{"Jekaterinburg", kGermany, 2, 1, 1, 1}});
  CHECK(asked("Jekaterinburg, Sverdlovsk") == "Jekaterinburg DE 1");
  CHECK(asked("Jekaterinburg, Sverd") == "? Sverd [Jekaterinburg DE 1]");
}

TEST_CASE("`unmatched` is the qualifier that nothing fits, with the namesakes") {
  Asked asked(kSprings);
  CHECK(asked("Springfield, Bavaria, US") ==
        "? Bavaria [Springfield US 117000] [Springfield CA 15000] [Springfield US 3000]");
}

TEST_CASE("an explicit country overrides countries in the query, but not regions") {
  Asked asked(kSprings);
  CHECK(asked("Springfield, Canada", "US") == "Springfield US 117000 [Springfield US 3000]");
  CHECK(asked("Springfield, Texas", "United States") == "Springfield US 3000");
  CHECK(asked("Springfield", "Atlantis") ==
        "? Atlantis [Springfield US 117000] [Springfield CA 15000] [Springfield US 3000]");
  CHECK(asked("Springfield", "  ") ==
        "Springfield US 117000 [Springfield CA 15000] [Springfield US 3000]");
}

TEST_CASE("Place::region is set when regions are requested") {
  Asked asked(kSprings, {}, {.regions = true});
  CHECK(asked.ask("Springfield, Canada").place.region == "British Columbia");
  CHECK(asked.fetched.back() == "places/regions-0.bin");
}

TEST_CASE("an alias leads to its place, in the place's shard") {
  Asked asked({}, {{"munchen", 0, 1, 0}});
  asked.files["places/index.bin"] = shards::index(2, kCountries, kFolds);
  asked.files["places/0.bin#256-511"] = asked.files["places/0.bin#0-255"];
  asked.files["places/0.bin#0-255"] = shards::page({}, {{"munchen", 0, 1, 0}});
  asked.files["places/0.bin#256-511"] =
      shards::page({{"Munich", kGermany, 1, 1260000, 48.1, 11.6}}, {{"munchen", 0, 1, 0}});
  CHECK(asked("München, Bayern, DEU") == "Munich DE 1260000");
}

TEST_CASE("another name counts a fortieth, another spelling a quarter, a short form all") {
  std::vector<shards::Record> records = {{"Chattogram", kFrance, 0, 4000000, 1, 1},
                                         {"Islamabad", kGermany, 0, 600000, 2, 2}};
  auto taken = [&](int closeness) {
    return told(Asked(records, {{"islamabad", closeness, 0, 0}}).ask("Islamabad").place);
  };
  CHECK(taken(0) == "Islamabad DE 600000");
  CHECK(taken(1) == "Chattogram FR 4000000");
  CHECK(taken(2) == "Chattogram FR 4000000");
  CHECK(Asked(records, {{"islamabad", 1, 0, 0}})("Islamabad") ==
        "Chattogram FR 4000000 ambiguous [Islamabad DE 600000]");
}

TEST_CASE("a query with diacritics prefers the city with just these") {
  std::vector<shards::Record> records = {{"San Jose", kUnited, 1, 1000000, 37, -121},
                                         {"San José", kCanada, 1, 300000, 10, -84}};
  Asked asked(records);
  CHECK(told(asked.ask("San José").place) == "San José CA 300000");
  CHECK(told(asked.ask("san josé").place) == "San José CA 300000");
  CHECK(told(asked.ask("San Jose").place) == "San Jose US 1000000");
  CHECK(told(asked.ask("San José, US").place) == "San Jose US 1000000");
  Asked together(records, {}, {.names = 100});
  together.files["places/top.bin"] = shards::top({records[0]});
  CHECK(told(together.ask("San José").place) == "San José CA 300000");
  CHECK(told(together.ask("San Jose").place) == "San Jose US 1000000");
}

TEST_CASE("a territory is found by its sovereign country, and stays a country of its own") {
  Asked asked(
      {{"San Juan", kCanada, 0, 400000, 18, -66}, {"San Juan", kUnited, 0, 40000, 26, -98}});
  auto countries = kCountries;
  countries[kCanada].sovereign = kUnited + 1;
  asked.files["places/index.bin"] = shards::index(1, countries, kFolds);
  CHECK(asked("San Juan, US") == "San Juan CA 400000 [San Juan US 40000]");
  CHECK(asked("San Juan, CA") == "San Juan CA 400000");
}

TEST_CASE("a city of the country of the same name comes first") {
  Asked asked({{"San Marino", kUnited, 1, 13500, 34, -118},
               {"San Marino", kSanMarino, 0, 4500, 43.9, 12.4}});
  CHECK(asked("San Marino") == "San Marino SM 4500 [San Marino US 13500]");
  CHECK(asked("San Marino, US") == "San Marino US 13500");
}

TEST_CASE(
    "brackets are a part of the name where such a name exists, else they enclose a qualifier") {
  Asked asked(
      {{"Frankfurt (Oder)", kGermany, 0, 50000, 52, 14}, {"Springfield", kCanada, 0, 5, 1, 1}});
  CHECK(asked("Frankfurt (Oder)") == "Frankfurt (Oder) DE 50000");
  CHECK(asked("Springfield (Canada)") == "Springfield CA 5");
}

TEST_CASE("an unknown name gets the nearest names, larger ones first, each once") {
  Asked asked({{"Munich", kGermany, 1, 1260000, 48, 11},
               {"Munich", kCanada, 1, 100, 48, 11},
               {"Munice", kFrance, 0, 10, 1, 1},
               {"Berlin", kGermany, 0, 3430000, 52, 13}});
  CHECK(asked("Muinch") == "?  <Munich>");
  CHECK(asked("Munic") == "?  <Munich> <Munice>");
  CHECK(asked("Berlln, Germany") == "?  <Berlin>");
  CHECK(asked("Xyzzy") == "? ");
}

TEST_CASE("at most kMaxUnknown unknown names get suggestions") {
  Asked asked({{"Aaaaaaaa", kGermany, 1, 1, 48, 11}});
  for (std::uint32_t i = 0; i < Gazetteer::kMaxUnknown; i++)
    asked("nothing like it " + std::to_string(i));
  CHECK(asked("Aaaaaaab") == "? ");
  CHECK(asked("Aaaaaaaa") == "Aaaaaaaa DE 1");
}

TEST_CASE("an empty query is unknown") {
  Asked asked(kSprings);
  for (const char* query : {"", "  ", ",,,", "()", "...", "-"}) CHECK(asked(query) == "? ");
  CHECK(asked(", Springfield, Texas") == "Springfield US 3000");
}

TEST_CASE("many names load the popular tier first, and it alone where it decides") {
  Asked asked({{"Rare", kFrance, 0, 10, 1, 1},
               {"Berlin", kUnited, 0, 900, 1, 1},
               {"Berlin", kGermany, 0, 3430000, 52, 13}},
              {}, {.names = Gazetteer::kPopularPays});
  asked.files["places/top.bin"] =
      shards::top({{"Berlin", kGermany, 0, 3430000, 52, 13}}, {{"spree", 2, -1, 0}});
  CHECK(asked("Berlin") == "Berlin DE 3430000");
  CHECK(asked("Spree") == "Berlin DE 3430000");
  CHECK(asked.fetched == std::vector<std::string>{"places/index.bin", "places/top.bin"});
  CHECK(asked("Rare") == "Rare FR 10");
  CHECK(asked("Berlin, US") == "Berlin US 900");
}

TEST_CASE("without the popular tier every name is found") {
  Asked asked({{"Berlin", kGermany, 0, 3430000, 52, 13}}, {}, {.names = 1000});
  CHECK(asked("Berlin") == "Berlin DE 3430000");
}

TEST_CASE("all_namesakes loads the shards of all namesakes") {
  Asked asked({{"Berlin", kUnited, 0, 900, 1, 1}, {"Berlin", kGermany, 0, 3430000, 52, 13}}, {},
              {.names = 1000, .all_namesakes = true});
  asked.files["places/top.bin"] = shards::top({{"Berlin", kGermany, 0, 3430000, 52, 13}});
  CHECK(asked("Berlin") == "Berlin DE 3430000 [Berlin US 900]");
}

TEST_CASE("missing files: no index, no shard, no regions") {
  Asked no_index(kSprings);
  no_index.files.erase("places/index.bin");
  CHECK(no_index("Springfield") == "unavailable");
  CHECK(no_index.gazetteer.country("Germany") == nullptr);
  Asked no_shard(kSprings);
  no_shard.files.erase("places/0.bin#0-255");
  CHECK(no_shard("Springfield") == "unavailable");
  Asked no_regions(kSprings);
  no_regions.files.erase("places/regions-0.bin");
  CHECK(no_regions("Springfield, Texas").substr(0, 7) == "? Texas");
  CHECK(no_regions("Springfield, Canada") == "Springfield CA 15000");
}

TEST_CASE("a shard of another build is refused") {
  Asked asked(kSprings);
  asked.files["places/0.bin#0-255"][0] ^= 1;
  CHECK(asked("Springfield") == "unavailable");
}

TEST_CASE("a shard of another length than the index says is refused") {
  for (int more : {-1, 1, 256}) {
    Asked asked(kSprings);
    std::string& shard = asked.files["places/0.bin#0-255"];
    shard.resize(shard.size() + std::size_t(more));
    CHECK(asked("Springfield") == "unavailable");
  }
}

TEST_CASE("each pack has 256 shards, which are counted from its beginning") {
  Asked asked({});
  CHECK(asked.gazetteer.shards(asked.arena).empty());
  asked.files["places/index.bin"] = shards::index(600, kCountries, kFolds, 128);
  asked("x");
  List<Str> names = asked.gazetteer.shards(asked.arena);
  REQUIRE(names.size == 600);
  CHECK(names[0] == "places/0.bin#0-127");
  CHECK(names[255] == "places/0.bin#32640-32767");
  CHECK(names[256] == "places/1.bin#0-127");
  CHECK(names[599] == "places/2.bin#11136-11263");
}

TEST_CASE("an index whose shards have no bytes, or too many sizes, is refused") {
  for (const std::string& sizes :
       {shards::number(255) + std::string(255, '\x08') + '\0',
        shards::number(255) + std::string(255, '\0') + '\1',
        shards::number(255) + std::string(255, '\x08'),
        shards::number(256) + std::string(256, '\x08') + '\1', std::string()}) {
    Asked asked(kSprings);
    std::string& index = asked.files["places/index.bin"];
    index.resize(index.size() - 2 - 255 - 1);
    index += sizes;
    CHECK(asked("Springfield") == "unavailable");
  }
}

TEST_CASE("an alias that refers to nothing is ignored") {
  Asked asked({{"Here", kGermany, 0, 1, 1, 1}},
              {{"there", 0, 0, 5}, {"nowhere", 0, 77, 0}, {"above", 0, -1, 9}});
  asked.files["places/top.bin"] = shards::top({});
  CHECK(asked("there").substr(0, 1) == "?");
  CHECK(asked("nowhere").substr(0, 1) == "?");
  CHECK(asked("above").substr(0, 1) == "?");
}

TEST_CASE("files that were not requested are refused") {
  Asked asked(kSprings);
  asked("Springfield");
  for (const char* name : {"", "places/", "places/0", "places/0.bin", "places/0.bin#1-255",
                           "places/0.bin#256-511", "places/1.bin#0-255", "places/g.bin#0-255",
                           "places/regions-9.bin", "index.bin", "places/../x"})
    CHECK_FALSE(asked.gazetteer.put(name, "MPL2"));
}

TEST_CASE("countries are found by name and code, with their continents") {
  Asked asked({});
  asked("x");
  CHECK(asked.gazetteer.count_countries() == 5);
  CHECK(asked.gazetteer.country("deutschland")->code3 == "DEU");
  CHECK(asked.gazetteer.country("U.S.")->name == "United States");
  CHECK(name_of(asked.gazetteer.country("CA")->continent) == "North America");
  CHECK(asked.gazetteer.country("Atlantis") == nullptr);
}

namespace {
/// Every look-up ends with a consistent answer, whatever the bytes.
void survive(const std::map<std::string, std::string>& files, const std::string& query) {
  Asked asked({}, {}, {.names = query.size() % 2 ? 1u : 99u, .regions = true});
  for (const auto& [name, bytes] : files) asked.files[name] = bytes;
  Answer answer = asked.ask(query);
  if (answer.outcome != Outcome::Found) return;
  REQUIRE(answer.place.country);
  REQUIRE(answer.place.country->code.size() == 2);
  REQUIRE(std::abs(answer.place.latitude) <= 90.001);
  REQUIRE(std::abs(answer.place.longitude) <= 180);
}

std::map<std::string, std::string> whole() {
  Files files;
  files.files["places/0.bin#0-255"] =
      shards::page(kSprings, {{"munchen", 0, 0, 1}, {"spring", 2, -1, 0}});
  files.files["places/top.bin"] = shards::top(kSprings, {{"spring", 0, -1, 2}});
  return files.files;
}
}  // namespace

TEST_CASE("truncated shards do no harm") {
  for (const auto& [name, bytes] : whole())
    for (std::size_t size = 0; size < bytes.size(); size++) {
      auto files = whole();
      files[name].resize(size);
      survive(files, "Springfield, Texas");
      survive(files, "spring");
    }
}

TEST_CASE("shards with any byte changed do no harm") {
  std::uint32_t random = 1;
  for (const auto& [name, bytes] : whole())
    for (std::size_t at = 0; at < bytes.size(); at++)
      for (int kind = 0; kind < 4; kind++) {
        auto files = whole();
        random = random * 1664525 + 1013904223;
        files[name][at] = kind == 0   ? '\xFF'
                          : kind == 1 ? '\0'
                          : kind == 2 ? char(bytes[at] ^ 0x80)
                                      : char(random >> 24);
        survive(files, at % 2 ? "Springfield, Texas" : "spring");
      }
}

TEST_CASE("a count that exceeds the file is refused before anything is allocated") {
  Asked asked({});
  asked("x");
  std::size_t before = memory_held;
  CHECK_FALSE(asked.gazetteer.put("places/top.bin", shards::tag() + "\xFF\xFF\xFF\xFF"));
  CHECK(memory_held - before < 1000);
}

TEST_CASE("a hundred thousand look-ups take linear time") {
  Asked asked(kSprings);
  for (int i = 0; i < 100000; i++) {
    Arena arena;
    REQUIRE(asked.find(asked.gazetteer, arena, "Springfield, Texas, US").outcome == Outcome::Found);
  }
  CHECK(asked(std::string(1000000, 'a') + ", Texas").substr(0, 1) == "?");
}

TEST_CASE("a name that is begun has places, the largest first") {
  Asked asked({{"Springfield", kUnited, 1, 117000, 39.8, -89.6},
               {"Springfield", kUnited, 2, 3000, 33, -97},
               {"Springfield", kCanada, 1, 15000, 49.9, -97}});
  asked.files["places/top.bin"] = shards::page({{"Saint-Dié Düß", kFrance, 0, 900, 48, 7},
                                                {"Sainte", kCanada, 0, 1000, 50, 7},
                                                {"Berlin", kGermany, 0, 3430000, 52.52, 13.41}},
                                               {});
  auto places = [&](const std::string& begun, bool exact = true) {
    for (int round = 0; round < 6; ++round) {
      Text out;
      add_completions(asked.gazetteer, begun, exact, out);
      std::string text(out.str());
      if (text.rfind("needs", 0) != 0) return text;
      for (Str file : asked.gazetteer.needs(asked.arena))
        asked.gazetteer.put(file, asked.files[std::string(file)]);
    }
    return std::string("never enough");
  };
  // The shard of just that name is loaded only for `exact`.
  CHECK(places("springfield", false).empty());
  CHECK(places("ST. ") == "place\tSainte\t\tCanada\nplace\tSaint-Dié Düß\t\tFrance\n");
  CHECK(places("saint die") == "place\tSaint-Dié Düß\t\tFrance\n");
  // Those of just that name are found among all; of two in a country each has its region.
  CHECK(places("springfield") ==
        "place\tSpringfield\tIllinois\tUnited States\nplace\tSpringfield\t\tCanada\n"
        "place\tSpringfield\tTexas\tUnited States\n");
  CHECK(places("Springf").empty());
  CHECK(places("").empty());
  CHECK(places(" - ").empty());
  CHECK(places(std::string(100000, 'x')).empty());
}
