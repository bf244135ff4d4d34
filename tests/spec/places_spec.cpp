// The gazetteer as it is built: well-known cities, local names and namesakes (places.tsv), one by
// one and together; and what lists of 64 names fetch (journeys.txt).
//
// Usage: places_spec [--corpora DIR], which has no other lists
#include <cmath>
#include <cstdio>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "../core/support.h"
#include "meridian/travel.h"

using namespace meridian;
using namespace meridian::travel;

namespace {

constexpr double kTolerance = 0.3;             // degrees: the lists are written from memory
constexpr int kLeast = 98;                     // of a hundred must be right
constexpr std::size_t kMaxFetched = 60 << 10;  // bytes, as they are on the disk

struct City {
  std::string query, country;
  double latitude, longitude;
};

struct Group {
  std::string title;
  std::vector<City> cities;
};

/// Groups under `## ` lines; a line is a query, followed by the expected answer behind tabs.
std::vector<Group> read(const std::string& path) {
  std::vector<Group> groups;
  std::istringstream in(support::read_file(path));
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("## ", 0) == 0) {
      groups.push_back({line.substr(3), {}});
    } else if (!line.empty() && line[0] != '#') {
      City city{};
      std::istringstream fields(line);
      std::getline(fields, city.query, '\t');
      std::getline(fields, city.country, '\t');
      fields >> city.latitude >> city.longitude;
      groups.back().cities.push_back(city);
    }
  }
  return groups;
}

/// A file of the gazetteer, or a part of one: "places/0.bin#64-127".
std::string read_part(const std::string& name) {
  std::size_t hash = name.find('#');
  std::string data = support::read_file("build/" + name.substr(0, hash));
  if (hash == std::string::npos) return data;
  std::size_t first = std::stoul(name.substr(hash + 1)),
              last = std::stoul(name.substr(name.find('-', hash) + 1));
  return data.substr(first, last + 1 - first);
}

/// A visitor: shards are fetched when a lookup needs them.
struct Visitor {
  Gazetteer gazetteer;
  std::size_t bytes = 0, files = 0, rounds = 0;

  explicit Visitor(const Gazetteer::Options& options) : gazetteer(options) {}

  void visit(const std::vector<City>& cities) {
    for (bool complete = false; !complete; rounds++) {
      Arena arena;
      complete = true;
      for (const City& city : cities)
        complete &= gazetteer.find(city.query, {}, arena).outcome != Outcome::Needs;
      for (Str file : gazetteer.needs(arena)) {
        std::string data = read_part(std::string(file));
        bytes += data.size();
        files++;
        gazetteer.put(file, data);
      }
    }
  }
};

bool is_right(const City& city, const Answer& answer) {
  return answer.outcome == Outcome::Found && answer.place.country->code == Str(city.country) &&
         std::abs(answer.place.latitude - city.latitude) <= kTolerance &&
         std::abs(answer.place.longitude - city.longitude) <= kTolerance;
}

int passed = 0, failed = 0;

void expect(bool holds, int count, const std::string& what) {
  (holds ? passed : failed) += count;
  if (!holds) std::printf("%s\n", what.c_str());
}

/// Whether enough of a group are right; each that is not is listed.
void check(const Group& group, const char* how, Gazetteer& gazetteer) {
  int right = 0, count = int(group.cities.size());
  for (const City& city : group.cities) {
    Arena arena;
    Answer answer = gazetteer.find(city.query, {}, arena);
    bool good = is_right(city, answer);
    right += good;
    if (good) continue;
    std::printf("%s (%s): ", city.query.c_str(), how);
    if (answer.outcome == Outcome::Found)
      std::printf("%s, %s %.2f %.2f\n", std::string(answer.place.name).c_str(),
                  std::string(answer.place.country->code).c_str(), answer.place.latitude,
                  answer.place.longitude);
    else
      std::printf("not found\n");
  }
  std::printf("places/%s %d cases %d equal\n", how, count, right);
  expect(right * 100 >= count * kLeast, count, group.title + ": too few are right");
}

}  // namespace

int main() {
  for (const Group& group : read("tests/spec/places.tsv")) {
    Visitor together({.names = 400});
    together.visit(group.cities);
    check(group, "together", together.gazetteer);
    Visitor alone({});
    alone.visit(group.cities);
    check(group, "one-by-one", alone.gazetteer);
  }
  for (const Group& group : read("tests/spec/journeys.txt")) {
    Visitor visitor({.names = std::uint32_t(group.cities.size())});
    visitor.visit(group.cities);
    std::printf("%s: %zu names, %zu bytes in %zu files, %zu rounds\n", group.title.c_str(),
                group.cities.size(), visitor.bytes, visitor.files, visitor.rounds - 1);
    expect(visitor.bytes <= kMaxFetched, 1, group.title + ": too many bytes");
    for (const City& city : group.cities) {
      Arena arena;
      expect(visitor.gazetteer.find(city.query, {}, arena).outcome == Outcome::Found, 1,
             city.query + " is not found");
    }
  }
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed ? 1 : 0;
}
