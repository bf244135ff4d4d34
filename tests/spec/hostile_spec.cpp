// Hostile inputs, the corpora of the folder pathological/: each gives the outcome that its case
// names, in time that grows like its size, and leaves an engine that still renders a plain
// document.
//
// Usage: hostile_spec [--corpora DIR] [-v] [NAME…]
// -v prints the times of each case. NAMEs choose the cases whose name or target holds one of them.
#include <cmath>
#include <ctime>
#include <regex>

#include "../core/support.h"
#include "core_value.h"
#include "corpus.h"
#include "hostile.h"
#include "jekyll_template.h"
#include "markdown/commonmark_module.h"
#include "meridian/geo.h"
#include "meridian/live.h"
#include "meridian/sass.h"
#include "meridian/travel.h"

namespace {

using namespace meridian;
using core_value::value_of;

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MERIDIAN_SLOW_BUILD
#endif
#endif
#if defined(MERIDIAN_SLOW_BUILD) || defined(__SANITIZE_ADDRESS__)
constexpr double kLongest = 60;  // the checks cost more than the work: only termination is tested
constexpr bool kMeasuresGrowth = false;
#elif defined(__wasm__)
constexpr double kLongest = 5;
constexpr bool kMeasuresGrowth = false;  // there the clock is the wall's, and others use the
                                         // machine: only termination is tested
#else
constexpr double kLongest =
    2;  // four times what the slowest takes: pages of memory are slow to get
constexpr bool kMeasuresGrowth = true;
#endif
constexpr double kMeasurable = 0.02;  // seconds below which growth is not measured
constexpr int kAttempts =
    25;  // of a measurement that is too long: the machine may be busy with something else

/// Bytes that a template costs at most while one is loaded.
struct AsStranger {
  support::OtherLimits usual;
  AsStranger() { use_untrusted_limits(); }
};

/// The result of one run.
struct Outcome {
  std::string kind;  ///< ok, limit, error; or a failure of the engine
  std::string text;  ///< output or message
};

/// One way in which a case is run.
struct Way {
  const char* name;
  Outcome (*run)(const json::Value& test, const std::string& input, long n);
  bool matches = true;  ///< the case's expression holds for it
};

// ---- Markdown ----

template <markdown::Dialect dialect>
Outcome run_markdown(const json::Value&, const std::string& input, long) {
  Arena arena;
  Text html;
  markdown::Options options;
  options.dialect = dialect;
  if (!markdown::to_html(input, options, arena, html)) return {"no tree", ""};
  return {"ok", std::string(html.str())};
}

// ---- YAML ----

Outcome parse_yaml(const Source& source, std::size_t offset, std::size_t size) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  Text text;
  if (yaml::parse(source, offset, size, arena, value, diagnostics)) {
    inspect(copy(arena, value), text);  // walks over the value must end as well
    return {"ok", std::string(text.str())};
  }
  for (const Diagnostic& d : diagnostics) print(d, text);
  std::string message(text.str());
  bool limit = message.find("deeper than") != std::string::npos ||
               message.find("more than") != std::string::npos;
  return {limit ? "limit" : "error", message};
}

Outcome run_yaml(const json::Value&, const std::string& input, long) {
  return parse_yaml({"data.yml", input}, 0, input.size());
}

Outcome run_front_matter(const json::Value&, const std::string& input, long) {
  yaml::FrontMatter front = yaml::split_front_matter(input);
  return parse_yaml({"page.md", input}, front.yaml_offset, front.yaml.size());
}

// ---- sites ----

void open(Workspace& workspace) {
  workspace.files().complete = true;
  (void)workspace.options("{\"theme\":\"site\",\"time\":\"2024-01-01T00:00:00Z\"}");
}

/// A page, with its errors. Redirects are followed.
Outcome render_page(Workspace& workspace, std::string url) {
  Text html, json;
  site::Status status = site::Status::Needs;
  for (int round = 0; round < 2 * Workspace::kMaxRounds; round++) {
    html.truncate(0);
    json.truncate(0);
    status = workspace.render(url, html, json);
    if (status == site::Status::Redirect)
      url = json::Reader(std::string(json.str())).read()["url"].text;
    else if (status != site::Status::Needs)
      break;
  }
  std::string said(json.str());
  bool wrong = said.find("\"severity\":\"error\"") != std::string::npos;
  if (status == site::Status::Ready && !wrong) return {"ok", std::string(html.str())};
  bool limit =
      said.find("limit") != std::string::npos || said.find("too deep") != std::string::npos;
  return {limit ? "limit" : "error", said};
}

Outcome many_files(const json::Value& test, const std::string&, long n) {
  const json::Value& piece = test["input"].list[0];
  Workspace workspace;
  for (long i = 0; i < n; i++)
    workspace.put(hostile::numbered(piece["files"].text, i),
                  hostile::numbered(piece["text"].text, i));
  workspace.put("_config.yml", "title: T\n");
  workspace.put(
      "index.html",
      "---\n---\n{% for post in site.posts %}{{ post.url }}{{ post.title }}\n{% endfor %}");
  open(workspace);
  return render_page(workspace, "/");
}

/// No path leads out of the site, neither a file's nor an include's. (Of pages' addresses:
/// tests/python/test_sites.py.)
Outcome path_escapes(const json::Value& test, const std::string&, long) {
  std::string all;
  for (const json::Value& path : test["input"].list[0]["paths"].list) {
    Workspace workspace;
    workspace.put(path.text, "secret");
    for (site::File* f = workspace.files().first(); f; f = f->next) {
      std::string kept = "/" + std::string(f->source.path) + "/";
      if (kept.find("/../") != std::string::npos || kept[1] == '/' ||
          kept.find('\0') != std::string::npos)
        return {"kept " + path.text, ""};
    }
    workspace.put("_config.yml", "title: T\n");
    workspace.put("a.md", "---\n---\n{% include_relative " + path.text + " %}\n");
    workspace.put("b.md", "---\n---\n{% include " + path.text + " %}\n");
    open(workspace);
    for (const char* page : {"/a.html", "/b.html"}) {
      Outcome outcome = render_page(workspace, page);
      bool inside =
          outcome.text.find("secret") != std::string::npos && clean_path(path.text).empty();
      if (inside) return {"read " + path.text, ""};
      if (page[1] == 'b' && outcome.kind != "error") return {"included " + path.text, ""};
      all += outcome.text;
    }
  }
  return {"error", all};
}

Outcome one_page(const json::Value&, const std::string& input, long) {
  Workspace workspace;
  workspace.put("_config.yml", "plugins: [jekyll-redirect-from]\n");
  workspace.put("index.md", input);
  open(workspace);
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  workspace.site().outputs(arena, needs, diagnostics);
  render_page(workspace, "/r1/");
  Outcome loop = render_page(workspace, "/a/"), home = render_page(workspace, "/");
  return loop.kind == "ok" ? loop : home;
}

Outcome data_file(const json::Value&, const std::string& input, long) {
  Workspace workspace;
  workspace.put("_config.yml", "title: T\n");
  workspace.put("_data/all.json", input);
  workspace.put("index.html", "---\n---\n{{ site.data.all | size }} {{ site.data.all[2].a }}");
  open(workspace);
  return render_page(workspace, "/");
}

Outcome run_site(const json::Value& test, const std::string& input, long n) {
  const json::Value& first = test["input"].list[0];
  if (first.has("files")) return many_files(test, input, n);
  if (first.has("paths")) return path_escapes(test, input, n);
  return input.compare(0, 3, "---") == 0 ? one_page(test, input, n) : data_file(test, input, n);
}

// ---- Liquid ----

Value expanded(Arena& arena, const json::Value& v) {
  if (v.kind != json::Value::Object) return value_of(arena, v);
  if (v.has("$repeat")) {
    std::string all;
    for (long i = 0; i < v["times"].number(); i++) all += v["$repeat"].text;
    return Value(arena.copy(all));
  }
  Array* array = make_array(arena);
  if (v.has("$repeat_item"))
    for (long i = 0; i < v["times"].number(); i++) array->push(value_of(arena, v["$repeat_item"]));
  if (v.has("$organ_pipe"))
    for (long i = 0, n = v["$organ_pipe"].number(); i < n; i++)
      array->push(Value(std::int64_t(std::min(i, n - i))));
  if (v.has("$range"))
    for (long i = 0; i < v["$range"].number(); i++) array->push(Value(std::int64_t(i)));
  if (v.has("$range_item"))
    for (long i = 0; i < v["times"].number(); i++) {
      Map* item = make_map(arena);
      item->set(arena.copy(v["$range_item"].text), Value(arena.copy("k" + std::to_string(i))));
      array->push(Value(item));
    }
  if (array->size()) return Value(array);
  Map* map = make_map(arena);
  for (const auto& [key, item] : v.object)
    if (key[0] != '$') map->set(arena.copy(key), expanded(arena, item));
  return Value(map);
}

Outcome run_liquid(const json::Value& test, const std::string& input, long) {
  Workspace workspace;
  workspace.put("_config.yml", "title: T\n");
  for (const auto& [name, text] : test["data"]["$includes"].object)
    workspace.put("_includes/" + name, text.text);
  for (const auto& [name, text] : test["data"]["$layouts"].object)
    workspace.put("_layouts/" + name, text.text);
  open(workspace);
  if (test["data"].has("$layouts")) {
    workspace.put("index.html", input);
    return render_page(workspace, "/");
  }
  Arena arena;
  Map* data = test.has("data") ? expanded(arena, test["data"]).map() : make_map(arena);
  jekyll_template::Rendered got;
  AsStranger limited;
  jekyll_template::render(workspace, arena, input, data, nullptr, got);
  if (!got.error) return {"ok", std::string(got.out.str())};
  bool limit =
      got.error.type == "Liquid::MemoryError" || got.error.type == "Liquid::StackLevelError";
  Text message;
  got.error.message(message);
  return {limit ? "limit" : "error", std::string(message.str())};
}

// ---- the globe ----

/// Pairs of longitude and latitude. A text that is no list is one stop of that name.
struct Pairs {
  Arena arena;
  Array* items;
  std::string name;

  explicit Pairs(const std::string& input) {
    Diagnostics diagnostics(arena);
    Value list;
    items = parse_json({"stops.json", input}, arena, list, diagnostics) ? list.array() : nullptr;
    if (items) return;
    name = input.substr(0, input.find('\n'));
    items = make_array(arena);
    items->push(Value(make_array(arena)));
    (*items)[0].array()->push(Value(13.4));
    (*items)[0].array()->push(Value(52.5));
  }
  std::uint32_t size() const { return items->size(); }
  Value get(std::uint32_t i, std::uint32_t axis) const {
    const Array* pair = (*items)[i].array();
    return pair && pair->size() == 2 ? (*pair)[axis] : Value();
  }
  /// NaN where that is no number.
  geo::LonLat place(std::uint32_t i) const {
    auto number = [&](std::uint32_t axis) {
      Value v = get(i, axis);
      return v.is(Kind::Float) ? v.d : v.is(Kind::Int) ? double(v.i) : NAN;
    };
    return {number(0), number(1)};
  }
};

/// Everything that a page does with them: frames from several sides, near and far; the stop under
/// the pointer; flights; the picture. Every number of the output is finite.
Outcome run_globe(const json::Value&, const std::string& input, long) {
  Pairs pairs(input);
  geo::Globe globe;
  globe.reserve(pairs.size());
  if (globe.stops != pairs.size()) return {"limit", ""};
  std::vector<Str> names(pairs.size(), pairs.name);
  for (std::uint32_t i = 0; i < globe.stops; i++) {
    geo::LonLat place = pairs.place(i);
    globe.stop_lon[i] = place.lon;
    globe.stop_lat[i] = place.lat;
    globe.stop_label[i] = geo::label_width(names[i]);
  }
  globe.update();
  std::uint32_t sides = pairs.size() > 1000 ? 2 : 12;
  for (std::uint32_t side = 0; side < sides; side++) {
    geo::LonLat centre = globe.stops ? pairs.place(side % globe.stops) : geo::LonLat{0, 0};
    if (!globe.look(centre, side * 30)) globe.look(geo::home(globe), 0);
    globe.scale = side % 2 ? 4000 : 200;
    globe.progress = double(side) - 1.5;
    globe.frame();
    std::uint32_t paths = globe.layer[geo::kLayers], points = paths ? globe.ends[paths - 1] : 0;
    for (std::uint32_t i = 0; i < 2 * points; i++)
      if (!std::isfinite(globe.xy[i])) return {"a path without a place", ""};
    for (std::uint32_t i = 0; i < 2 * globe.points; i++)
      if (!std::isfinite(globe.point_xy[i])) return {"a point without a place", ""};
    globe.open(globe.pick(150, 75, 1000));
    globe.locate(0);
  }
  globe.look(geo::home(globe), 0);
  Text svg;
  geo::add_still(globe, "A globe", names.data(), svg);
  return {"ok", std::string(svg.str())};
}

/// The journey: sums, and diagnostics.
Outcome run_journey(const json::Value&, const std::string& input, long) {
  Pairs pairs(input);
  Text lines;
  for (std::uint32_t i = 0; i < pairs.size(); i++) {
    lines.add(pairs.name);
    for (std::uint32_t axis = 0; axis < 2; axis++) {
      lines.add(axis ? "\t" : "\t\t");
      lines.add(to_str(pairs.arena, pairs.get(i, axis)));
    }
    lines.add('\n');
  }
  travel::Gazetteer gazetteer({});
  gazetteer.put("places/index.bin", {});
  Text out;
  travel::add_itinerary(gazetteer, lines.str(), false, out);
  if (!starts_with(out.str(), "trip\t") && !starts_with(out.str(), "problem\t"))
    return {"no journey", ""};
  std::string text(out.str());
  bool wrong = text.rfind("problem\t", 0) == 0 && pairs.name.empty();
  return {wrong ? "error" : "ok", text + pairs.name};
}

// ---- style sheets ----

bool no_file(void*, Str, Str*) { return false; }

Outcome run_sass(const json::Value& test, const std::string& input, long) {
  AsStranger lower_limits;
  Arena arena;
  Diagnostics diagnostics(arena);
  sass::Options options;
  options.indented = test["data"]["indented"].truthy();
  List<sass::Import> imports;
  sass::find_imports(arena, input, options.indented, imports);
  Text css;
  if (sass::compile(input, options, {no_file, nullptr}, css, diagnostics))
    return {"ok", std::string(css.str())};
  std::string message;
  for (const Diagnostic& d : diagnostics)
    if (d.severity == Severity::Error) message = std::string(d.message);
  static const std::regex limit("too (many|deep|large)|deeply|more than|absurdly");
  return {std::regex_search(message, limit) ? "limit"
          : message.empty()                 ? "no error"
                                            : "error",
          message};
}

// ---- one case ----

std::vector<Way> ways_of(const std::string& target) {
  using markdown::Dialect;
  if (target == "markdown")
    return {{"kramdown", run_markdown<Dialect::Kramdown>, false},
            {"CommonMark", run_markdown<Dialect::CommonMark>},
            {"GitHub", run_markdown<Dialect::GitHub>, false}};
  if (target == "liquid") return {{"Liquid", run_liquid}};
  if (target == "yaml") return {{"YAML", run_yaml}};
  if (target == "frontmatter") return {{"front matter", run_front_matter}};
  if (target == "site") return {{"site", run_site}};
  if (target == "sass") return {{"Sass", run_sass}};
  if (target == "geo") return {{"globe", run_globe}, {"journey", run_journey}};
  return {};
}

/// Whether an outcome is one of those that the case allows.
bool allowed(const std::string& kind, const std::string& expected) {
  auto holds = [&](const std::string& word) {
    return ("_" + expected + "_").find("_" + word + "_") != std::string::npos;
  };
  if (holds(kind)) return true;
  if (kind == "ok") return holds("shared");  // aliases share their value, so that nothing grows
  return kind == "limit" && expected == "error";  // "nested too deep" comes before "never closed"
}

/// The expressions are those of cmark's tests, in which a line break is a space. Output of hostile
/// inputs is long.
bool matches(const std::string& expression, std::string text) {
  text.resize(std::min<std::size_t>(text.size(), 5000));
  return expression.empty() || std::regex_search(text, std::regex(expression));
}

double seconds(const Way& way, const json::Value& test, long n, Outcome& outcome) {
  std::string input = hostile::expand(test["input"], n);
  std::clock_t start = std::clock();
  outcome = way.run(test, input, n);
  return double(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Best times at N, N/2 and N/4.
struct Times {
  double at[3] = {1e9, 1e9, 1e9};
  bool grows_like_input() const {
    // Quadratic time is 4 and 16 times as long. One of them may be more, for the largest input uses
    // the caches least.
    return at[0] <= kMeasurable || at[0] <= 3 * at[1] || at[0] <= 9 * at[2];
  }
};

/// Whether the time is short enough and, where the case requires it, grows like N.
bool measure(const Way& way, const json::Value& test, Times& times, Outcome& outcome) {
  long n = test["N"].number();
  bool growth = kMeasuresGrowth && test["expect"]["linear"].truthy() && n >= 4;
  for (int attempt = 0; attempt < kAttempts; attempt++) {
    Outcome of_part;
    for (int i = growth ? 2 : 0; i >= 0; i--)
      times.at[i] = std::min(times.at[i], seconds(way, test, n >> i, i ? of_part : outcome));
    if (times.at[0] < kLongest && (!growth || times.grows_like_input())) return true;
  }
  return false;
}

bool still_works(const Way& way, const json::Value& test) {
  json::Value plain;
  plain.object["target"] = test["target"];
  const char* text = "plain\n";
  if (way.run == run_sass) text = "plain{a:b}";
  if (way.run == run_site) text = "---\n---\nplain\n";
  if (way.run == run_front_matter) text = "---\na: plain\n---\n";
  plain.object["input"].list.emplace_back();
  return way.run(plain, text, 1).text.find("plain") != std::string::npos;
}

struct Slowest {
  double seconds = 0;
  std::string name;
};

bool run_case(const json::Value& test, bool verbose, Slowest& slowest) {
  bool all = true;
  std::string expected = test["expect"]["outcome"].text;
  for (const Way& way : ways_of(test["target"].text)) {
    Times times;
    Outcome outcome;
    bool fast = measure(way, test, times, outcome);
    bool right = allowed(outcome.kind, expected);
    bool as_matched =
        !way.matches || outcome.kind != "ok" || matches(test["expect"]["match"].text, outcome.text);
    bool alive = still_works(way, test);
    bool good = fast && right && as_matched && alive;
    all = all && good;
    if (times.at[0] > slowest.seconds) slowest = {times.at[0], test["name"].text + ", " + way.name};
    if (!verbose && good) continue;
    std::cout << "  " << test["name"].text << ", " << way.name << ": " << outcome.kind;
    if (!right) std::cout << " instead of " << expected << " " << outcome.text.substr(0, 300);
    for (double t : times.at)
      if (t < 1e9) std::cout << ", " << int(t * 1000) << " ms";
    std::cout << (fast ? "" : ", too slow") << (as_matched ? "" : ", not the text that is expected")
              << (alive ? "" : ", and nothing works after it") << "\n";
  }
  return all;
}

void run_corpus(const corpus::File& file, const std::vector<std::string>& names, bool verbose) {
  auto corpus = json::read_file(file.path);
  if (!corpus) return;
  corpus::Tally tally(file.label);
  Slowest slowest;
  for (const json::Value& test : (*corpus)["cases"].list) {
    std::string name = test["name"].text, target = test["target"].text;
    bool chosen = names.empty();
    for (const std::string& part : names)
      chosen |= name.find(part) != std::string::npos || target == part;
    if (!chosen) continue;
    tally.check(name, !ways_of(target).empty() && run_case(test, verbose, slowest));
  }
  tally.print("slowest " + std::to_string(int(slowest.seconds * 1000)) + " ms (" + slowest.name +
              ")");
}

}  // namespace

int main(int count, char** values) {
  auto names = corpus::arguments(count, values);
  bool verbose = std::erase(names, "-v") != 0;
  markdown::set_commonmark(markdown::commonmark_parse);
  auto files = corpus::files("pathological", "pathological");
  for (const corpus::File& file : files) run_corpus(file, names, verbose);
  if (files.empty() && corpus::chosen.empty())
    corpus::broken("tests/spec/pathological.json: can't be read");
  return corpus::finish();
}
