#include "report.h"

#include "meridian/value.h"

namespace meridian::cli::comparison {

namespace {
// Each takes a kilobyte or two. More has a site whose every page is another one.
constexpr std::size_t kMostFound = 20'000;
}  // namespace

void Report::add(const std::string& file, std::vector<Difference> differences) {
  std::size_t number = files.size();
  files.push_back(file);
  for (Difference& d : differences) {
    // Of a file without elements its name is the place.
    if (d.where.empty()) d.where = file;
    std::string key = d.where + '\0' + d.old_text + '\0' + d.new_text;
    auto known = all.find(key);
    if (known == all.end()) {
      if (all.size() >= kMostFound) {
        left_out++;
        continue;
      }
      known = all.emplace(std::move(key), Found{d, {}, 0}).first;
    }
    Found& found = known->second;
    if (found.places.empty() || found.places.back().file != number)
      found.places.push_back({number, d.old_line, d.new_line});
    found.times++;
  }
}

bool Report::is_equal() const {
  return files.empty() && only_old.empty() && only_new.empty() && unread.empty();
}

std::string as_json(const Report& report) {
  Arena arena;
  auto counted = [&](const Report::Count& count) {
    Map* m = make_map(arena);
    m->set("both", std::int64_t(count.both));
    m->set("equal", std::int64_t(count.equal));
    return Value(m);
  };
  auto listed = [&](const std::vector<std::string>& texts) {
    Array* list = make_array(arena);
    for (const std::string& text : texts) list->push(Value(arena.copy(text)));
    return Value(list);
  };
  Array* differences = make_array(arena);
  for (const auto& [key, found] : report.all) {
    constexpr const char* kParts[] = {"body", "head", "script"};
    Array* places = make_array(arena);
    for (const Found::Place& place : found.places) {
      Map* m = make_map(arena);
      m->set("file", arena.copy(report.files[place.file]));
      m->set("old_line", std::int64_t(place.old_line));
      m->set("new_line", std::int64_t(place.new_line));
      places->push(Value(m));
    }
    Map* m = make_map(arena);
    m->set("part", kParts[int(found.difference.part)]);
    m->set("where", arena.copy(found.difference.where));
    m->set("old", arena.copy(found.difference.old_text));
    m->set("new", arena.copy(found.difference.new_text));
    m->set("times", std::int64_t(found.times));
    m->set("places", Value(places));
    differences->push(Value(m));
  }
  Map* root = make_map(arena);
  root->set("pages", counted(report.pages));
  root->set("others", counted(report.others));
  root->set("only_old", listed(report.only_old));
  root->set("only_new", listed(report.only_new));
  root->set("unread", listed(report.unread));
  root->set("differences", Value(differences));
  root->set("left_out", std::int64_t(report.left_out));
  Text out;
  print_json(Value(root), out);
  return std::string(out.str()) + "\n";
}

}  // namespace meridian::cli::comparison
