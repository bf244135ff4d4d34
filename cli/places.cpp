#include "places.h"

#include <cmath>
#include <cstdio>
#include <map>

#include "disk.h"
#include "json_object.h"
#include "meridian/site.h"
#include "meridian/site_modules.h"
#include "meridian/text.h"
#include "meridian/travel.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
using travel::Answer;
using travel::Gazetteer;
using travel::Outcome;
using travel::Place;

/// The shards are in files, not a part of the program: 2.3 MB that few need, the same ones that
/// `build` copies. They are in the built shell, which is found as for `build`.
class Shards {
 public:
  explicit Shards(fs::path folder) : folder_(std::move(folder)) {}

  /// `name`: a file, or a range of one, as Gazetteer::needs() says.
  void put(Gazetteer& gazetteer, const std::string& name) {
    Str range = name, file, first, last;
    next_piece(range, '#', file);
    const std::string& bytes = whole(std::string(file));
    if (next_piece(range, '-', first) && next_piece(range, '-', last))
      gazetteer.put(name,
                    slice(bytes, std::size_t(parse_int(first)), std::size_t(parse_int(last)) + 1));
    else
      gazetteer.put(name, bytes);
  }

  /// Loads every shard: any name may be the suggestion.
  void put_all(Gazetteer& gazetteer) {
    Arena arena;
    for (Str name : gazetteer.shards(arena)) put(gazetteer, std::string(name));
  }

 private:
  /// A file's bytes, none of one that can't be read. They are kept: a list of places takes shards
  /// of every pack.
  const std::string& whole(const std::string& file) {
    auto [it, fresh] = files_.try_emplace(file);
    if (fresh && !read_file(folder_ / file, it->second)) it->second.clear();
    return it->second;
  }

  fs::path folder_;
  std::map<std::string, std::string> files_;
};

Answer look_up(Gazetteer& gazetteer, Shards& shards, const std::string& name, Arena& arena) {
  for (;;) {
    Answer answer = gazetteer.find(name, {}, arena);
    if (answer.outcome != Outcome::Needs) return answer;
    for (Str file : gazetteer.needs(arena)) shards.put(gazetteer, std::string(file));
  }
}

/// Characters that would break the line or the columns become spaces.
std::string on_one_line(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = ' ';
  return text;
}

/// As an author would have to write it to get this one: "Springfield, Illinois, US".
std::string described(const Place& place) {
  std::string text(place.name);
  if (!place.region.empty()) text += ", " + std::string(place.region);
  text += ", " + std::string(place.country->code);
  return text;
}

void list(const char* what, const List<Place>& places) {
  std::fputs(what, stderr);
  for (const Place& place : places)
    std::fprintf(stderr, "%s%s (%u)", &place == places.begin() ? "" : "; ",
                 described(place).c_str(), place.population);
}

void print(const std::string& name, const Answer& answer) {
  if (answer.outcome != Outcome::Found) {
    std::printf("%s\t\t\t\t\t\t\n", name.c_str());
    return;
  }
  const Place& place = answer.place;
  std::printf("%s\t%s\t%s\t%s\t%.3f\t%.3f\t%u\n", name.c_str(), std::string(place.name).c_str(),
              std::string(place.region).c_str(), std::string(place.country->code).c_str(),
              place.latitude, place.longitude, place.population);
}

/// To three decimals, as in the line: the gazetteer has no more.
double rounded(double degrees) { return std::round(degrees * 1000) / 1000; }

/// The same, with what explain() says. Without a place there is no `name`; not `readable`: a file
/// of the gazetteer is missing.
void add(JsonObject told, const std::string& name, const Answer& answer) {
  const Place& place = answer.place;
  told.set("asked", name);
  if (answer.outcome == Outcome::Found) {
    told.set("name", std::string(place.name));
    told.set("region", std::string(place.region));
    told.set("country", std::string(place.country->code));
    told.set("latitude", rounded(place.latitude));
    told.set("longitude", rounded(place.longitude));
    told.set("population", std::uint64_t(place.population));
  }
  told.set("readable", answer.outcome != Outcome::Unavailable);
  told.set("ambiguous", answer.ambiguous);
  std::vector<std::string> others;
  for (const Place& one : answer.passed_over) others.push_back(described(one));
  told.set("passed_over", others);
  told.set("suggestions",
           std::vector<std::string>(answer.suggestions.begin(), answer.suggestions.end()));
}

void explain(const std::string& name, const Answer& answer) {
  if (answer.outcome == Outcome::Found) {
    if (answer.passed_over.empty()) return;
    std::fprintf(stderr, "%s: %s%s is taken", name.c_str(), answer.ambiguous ? "ambiguous; " : "",
                 described(answer.place).c_str());
    list("; passed over: ", answer.passed_over);
  } else if (answer.outcome == Outcome::Unavailable) {
    std::fprintf(stderr, "%s: a file of the gazetteer is missing or damaged", name.c_str());
  } else if (!answer.passed_over.empty()) {
    std::fprintf(stderr, "%s: none of that name is in `%s`", name.c_str(),
                 std::string(answer.unmatched).c_str());
    list("; there are: ", answer.passed_over);
  } else {
    std::fprintf(stderr, "%s: no city is known by that name", name.c_str());
    for (Str suggestion : answer.suggestions)
      std::fprintf(stderr, "%s%s",
                   suggestion.data() == answer.suggestions[0].data() ? "; did you mean " : " or ",
                   std::string(suggestion).c_str());
    if (!answer.suggestions.empty()) std::fputc('?', stderr);
  }
  std::fputc('\n', stderr);
}
}  // namespace

int places(const Options& options) {
  fs::path shell = shell_folder(options);
  std::error_code error;
  if (shell.empty() || !fs::exists(shell / "meridian" / "places" / "index.bin", error)) {
    std::fprintf(stderr, "meridian: the gazetteer is not beside this program (see --shell)\n");
    return kWrongUse;
  }
  Shards shards(shell / "meridian");
  Gazetteer gazetteer({.names = 1, .all_namesakes = true, .regions = true});
  bool complete = true;
  Arena json_arena;
  JsonObject told(json_arena);
  for (const std::string& argument : options.names) {
    Arena arena;
    std::string name = on_one_line(argument);
    Answer answer = look_up(gazetteer, shards, name, arena);
    if (answer.outcome == Outcome::Unknown && answer.passed_over.empty()) {
      shards.put_all(gazetteer);
      answer = look_up(gazetteer, shards, name, arena);
    }
    complete &= answer.outcome == Outcome::Found;
    if (options.json) {
      add(told.add("places"), name, answer);
      continue;
    }
    print(name, answer);
    std::fflush(stdout);  // in a terminal the remarks about a name follow its line
    if (!options.quiet || answer.outcome != Outcome::Found) explain(name, answer);
  }
  if (options.json) told.print();
  return complete ? kOk : kErrors;
}

namespace {
/// As many names as a journey has, about.
constexpr std::uint32_t kNames = 64;

struct Journeys {
  Gazetteer gazetteer{{.names = kNames}};
  Shards shards;
};
Journeys* journeys = nullptr;

bool add_journey(Str stops, bool by_date, Text& out) {
  constexpr Name kNeeds = "needs\t";
  for (;;) {
    travel::add_itinerary(journeys->gazetteer, stops, by_date, out);
    Str rest = out.str(), line, file;
    if (!rest.starts_with(kNeeds)) return true;
    next_piece(rest, '\n', line);
    line.remove_prefix(kNeeds.size());
    while (next_piece(line, '\t', file))
      journeys->shards.put(journeys->gazetteer, std::string(file));
    out.truncate(0);
  }
}
}  // namespace

void connect_itinerary(const Options& options) {
  static Journeys all{.shards = Shards(shell_folder(options) / "meridian")};
  journeys = &all;
  site::set_itinerary(add_journey);
}

}  // namespace meridian::cli
