#include "groups.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace meridian::cli::comparison {

namespace {
// So many differences at one place have one cause: dates, addresses of one host.
constexpr std::size_t kMany = 3;

auto rank(const Found& found) {
  return std::tuple(-std::int64_t(found.places.size()), found.places[0].file,
                    found.places[0].old_line);
}

void complete(Group& group) {
  std::stable_sort(group.found.begin(), group.found.end(),
                   [](const Found* a, const Found* b) { return rank(*a) < rank(*b); });
  std::set<std::size_t> files;
  for (const Found* one : group.found) {
    for (const Found::Place& place : one->places) files.insert(place.file);
    group.times += one->times;
  }
  group.files = files.size();
}

auto rank(const Group& group) {
  const Found& first = *group.found[0];
  return std::tuple(first.difference.part, -std::int64_t(group.files), first.places[0].file,
                    first.places[0].old_line);
}
}  // namespace

std::vector<Group> group(const Report& report) {
  std::map<std::tuple<Part, std::string, std::string>, Group> by_place;
  for (const auto& [key, found] : report.all) {
    const Difference& d = found.difference;
    by_place[{d.part, d.where, d.tag}].found.push_back(&found);
  }
  std::vector<Group> groups;
  for (auto& [place, those] : by_place)
    if (those.found.size() >= kMany)
      groups.push_back(std::move(those));
    else
      for (const Found* one : those.found) groups.push_back({{one}});
  for (Group& one : groups) complete(one);
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return rank(a) < rank(b); });
  return groups;
}

}  // namespace meridian::cli::comparison
