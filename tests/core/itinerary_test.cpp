// Evaluation of stops, on small shards that are written here.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <map>

#include "meridian/text.h"
#include "meridian/travel.h"
#include "shards.h"

using namespace meridian;
using namespace meridian::travel;

namespace {
enum { kGermany, kFrance, kUnited, kJapan };
const std::vector<shards::Country> kCountries = {{"DEDEU", 3, 0, "Germany\tdeutschland"},
                                                 {"FRFRA", 3, 0, "France"},
                                                 {"USUSA", 4, 0, "United States\tamerica"},
                                                 {"JPJPN", 2, 0, "Japan"}};
const std::vector<shards::Record> kCities = {
    {"Berlin", kGermany, 0, 3430000, 52.52, 13.41}, {"Paris", kFrance, 0, 2140000, 48.85, 2.35},
    {"Paris", kUnited, 0, 25000, 33.66, -95.56},    {"Essen", kGermany, 0, 590000, 51.46, 7.01},
    {"Essen", kUnited, 0, 580000, 40.0, -90.0},     {"Tokyo", kJapan, 0, 8340000, 35.69, 139.69}};

/// The lines, with `|` for tabs; those of `kind`, or all.
std::string journey(const std::string& stops, const std::string& kind = "", bool by_date = false) {
  std::map<std::string, std::string> files;
  files["places/index.bin"] = shards::index(1, kCountries, {});
  files["places/regions-0.bin"] = shards::regions({});
  files["places/0.bin#0-255"] = shards::page(kCities, {});
  Gazetteer gazetteer({.names = 1});
  std::string lines;
  for (char c : stops) lines += c == '|' ? '\t' : c;
  for (int round = 0; round < 6; ++round) {
    Text out;
    add_itinerary(gazetteer, lines, by_date, out);
    std::string text(out.str());
    if (text.rfind("needs\t", 0) == 0) {
      Str rest = out.str().substr(6), file;
      rest = rest.substr(0, rest.find('\n'));
      while (next_piece(rest, '\t', file)) gazetteer.put(file, files[std::string(file)]);
      continue;
    }
    std::string found;
    std::size_t at = 0;
    while (at < text.size()) {
      std::size_t end = text.find('\n', at);
      std::string line = text.substr(at, end - at);
      for (char& c : line) c = c == '\t' ? '|' : c;
      if (kind.empty() || line.rfind(kind + "|", 0) == 0) found += line + "\n";
      at = end + 1;
    }
    return found;
  }
  FAIL("a journey never has enough");
  return {};
}
}  // namespace

TEST_CASE("add_itinerary counts stops, places, countries, continents and kilometres") {
  // By the haversine formula 20303.6 km.
  std::string stops =
      "Berlin||13.41|52.52\nParis||2.35|48.85\nTokyo||139.69|35.69\nParis||2.35|48.85\n";
  CHECK(journey(stops, "trip") == "trip|4|3|3|2|20304||\n");
}

TEST_CASE("a stop has the place, region and country of its name") {
  std::string stops = journey("Tokyo\n", "stop");
  CHECK(stops.rfind("stop|0||JP|Japan|139.69", 0) == 0);
}

TEST_CASE("`country` decides between namesakes") {
  CHECK(journey("Paris|United States\n", "stop").find("|US|United States|-95.5") !=
        std::string::npos);
}

TEST_CASE("given coordinates are used, and the country of the name when its place is near") {
  CHECK(journey("Berlin||13.5|52.4\n", "stop") == "stop|0||DE|Germany|13.5|52.4\n");
  CHECK(journey("Berlin||-71.2|44.5\n", "stop") == "stop|0||||-71.2|44.5\n");
  CHECK(journey("Camp|Japan|140|36\n", "stop") == "stop|0||JP|Japan|140.0|36.0\n");
}

TEST_CASE("a problem has a remedy, and the other stops are counted") {
  CHECK(journey("Berlni\nBerlin\n", "problem") ==
        "problem|0|“Berlni” is not a place that the gazetteer knows|Did you mean Berlin? Else give "
        "it "
        "`lat` and `lon`.\n");
  CHECK(journey("Berlni\nBerlin\n", "trip") == "trip|2|1|1|1|0||\n");
  CHECK(journey("X||200000|95\n", "problem").find("is not a latitude and longitude") !=
        std::string::npos);
  CHECK(journey("X||NaN|1\n", "problem").find("is not a latitude and longitude") !=
        std::string::npos);
  CHECK(journey("|||\n", "problem").find("a stop without a name") != std::string::npos);
}

TEST_CASE("an ambiguous name is reported, with the other place") {
  std::string told = journey("Essen\n", "problem");
  CHECK(told.find("“Essen” is taken to be in Germany; there is one in United States") !=
        std::string::npos);
}

TEST_CASE("by_date sorts stops by their first day, complete or not") {
  std::string stops =
      journey("Tokyo|||| 1805-04\nBerlin||||1799\nParis||||1804-12-02|1805-03\n", "stop", true);
  CHECK(stops.find("stop|1|") < stops.find("stop|2|"));
  CHECK(stops.find("stop|2|") < stops.find("stop|0|"));
  CHECK(journey("Tokyo||139.69|35.69|1805-04\nBerlin||13.41|52.52|1799\n", "trip") ==
        "trip|2|2|2|2|8916|1799|1805-04\n");
}

TEST_CASE("dates that run backwards are reported, and stays that end before they begin") {
  CHECK(journey("Tokyo||||1805\nBerlin||||1799\nParis||||1750\n", "problem") == "");
  CHECK(journey("Tokyo||||1805\nBerlin||||1799\nParis||||1750\n", "order") ==
        "order|1|the list is not in the order of its dates: 1799 is listed after 1805|Stops are "
        "shown "
        "as they are listed; `order=\"date\"` sorts them.\n");
  CHECK(journey("Tokyo||||1805\nBerlin||||1799\n", "order", true).empty());
  CHECK(journey("Tokyo||||1805-04-02|1805-03-01\n", "date").find("ends before it begins") !=
        std::string::npos);
  // As far as both are known.
  for (const char* until : {"1805", "1805-04", "1805-04-02", "1805-5"})
    CHECK(journey("Tokyo||||1805-04-02|" + std::string(until) + "\n", "date").empty());
  for (const char* until : {"1804", "1805-03", "1805-04-01"})
    CHECK_FALSE(journey("Tokyo||||1805-04-02|" + std::string(until) + "\n", "date").empty());
}

TEST_CASE("no stops, poles, antipodes, one spot") {
  CHECK(journey("", "trip") == "trip|0|0|0|0|0||\n");
  CHECK(journey("", "problem") ==
        "problem|0|there are no stops|Write `stops=site.data.travel` for a list in "
        "`_data/travel.yml`, or give documents a `location`.\n");
  CHECK(journey("A||0|90\nB||0|-90\n", "trip").rfind("trip|2|2|0|0|20015|", 0) == 0);
  CHECK(journey("A||10|20\nB||190|-20\n", "trip").rfind("trip|2|2|0|0|20015|", 0) == 0);
  CHECK(journey("A||10|20\nB||10|20\nC||10.001|20.001\n", "trip").rfind("trip|3|1|0|0|", 0) == 0);
}

TEST_CASE("the stops of a track are not looked up by name, but their countries are") {
  std::string stops;
  for (int i = 0; i < 3000; ++i)
    stops += "Berlin|" + std::string(i ? "" : "Japan") + "|" + std::to_string(i % 180) + "|1\n";
  CHECK(journey(stops, "trip").rfind("trip|3000|180|1|1|", 0) == 0);
}

TEST_CASE("at most kMaxProblems problems are reported") {
  std::string stops;
  for (int i = 0; i < 5000; ++i) stops += "X||x|y\n";
  std::string told = journey(stops, "problem");
  CHECK(std::count(told.begin(), told.end(), '\n') == 20);
  CHECK(journey(stops, "trip").rfind("trip|5000|0|0|0|0|", 0) == 0);
}
