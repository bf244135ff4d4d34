// Templates with Jekyll's own tags and filters as real Jekyll 4.3.1 with Liquid 5.4.0 renders them:
// jekyll-liquid.txt, and the corpora of the folder liquid/ that have a `fixture`. Text must be
// equal to the byte; of errors the class and the phase.
//
// Usage: jekyll_liquid_spec [--corpora DIR]
#include "corpus.h"
#include "example_values.h"
#include "jekyll_template.h"
#include "meridian/rouge.h"

using namespace meridian;

namespace {

/// Replaces `{"$time": …}` and `{"$date": …}` by their values.
Value typed(Arena& arena, const Value& v) {
  if (Array* a = v.array()) {
    for (Value& x : *a) x = typed(arena, x);
  } else if (Map* m = v.map()) {
    Time t;
    if (Value* time = m->find("$time"); time && parse_time(time->str(), Zone{}, Time{}, t)) {
      t.utc = ends_with(time->str(), "Z");
      return Value(t);
    }
    if (Value* date = m->find("$date"); date && parse_time(date->str(), Zone{}, Time{}, t))
      return Value::date(t.seconds);
    for (Map::Entry& e : *m) e.value = typed(arena, e.value);
  }
  return v;
}

/// The site that a case's template belongs to.
void make_site(Workspace& workspace, const Value& corpus, const Value& test) {
  Arena arena;
  Map& fixture = *get(corpus, "fixture").map();
  Map* config = site::deep_merge(arena, fixture.get("config").map(), nullptr);
  if (Map* own = get(test, "site_config").map())
    for (const Map::Entry& e : *own) config->set(e.key) = e.value;
  Text text;
  print_json(Value(config), text);
  workspace.put("_config.yml", text.str());
  for (const Map::Entry& e : *fixture.get("files").map()) workspace.put(e.key.str(), e.value.str());
  workspace.files().complete = true;
  (void)workspace.options(
      "{\"theme\":\"site\",\"environment\":\"development\",\"time\":\"2024-01-01T00:00:00Z\"}");
}

bool is_as_expected(const jekyll_template::Rendered& got, const Value& test) {
  Value wanted = get(test, "error");
  if (wanted.map()) {
    bool parsing = get(wanted, "phase").str() == "parse";
    return got.error && got.error.type == get(wanted, "class").str() &&
           got.error.parsing == parsing;
  }
  if (got.error) return false;
  Str output = get(test, "output").str();
  return got.out.str() == output;
}

void show(const jekyll_template::Rendered& got, const Value& test) {
  Text wanted, message;
  print_json(get(test, get(test, "error").map() ? "error" : "output"), wanted);
  if (got.error) got.error.message(message);
  std::cout << "  template: " << std::string(get(test, "template").str())
            << "\n  wanted:   " << std::string(wanted.str())
            << "\n  got:      " << std::string(got.out.str()) << "\n";
  if (got.error)
    std::cout << "            " << std::string(got.error.type) << " " << std::string(message.str())
              << ", " << (got.error.parsing ? "parse" : "render") << "\n";
}

void run(const std::string& label, const Value& corpus) {
  corpus::Tally tally(label);
  for (const Value& test : *get(corpus, "cases").array()) {
    Workspace workspace;
    make_site(workspace, corpus, test);
    Arena render;
    Map* data = typed(render, copy(render, get(test, "data"))).map();
    Map* page = site::deep_merge(render, get(corpus, "default_page").map(),
                                 data ? data->get("page").map() : nullptr);
    jekyll_template::Rendered got;
    jekyll_template::render(workspace, render, get(test, "template").str(), data, page, got);
    bool equal = is_as_expected(got, test);
    if (tally.check(std::string(get(test, "id").str()), equal) && !equal) show(got, test);
  }
  tally.print();
}

/// The project's own templates.
void run_own() {
  Arena arena;
  examples::File file;
  Value corpus;
  if (!examples::read_jekyll_liquid(file, arena, corpus)) return corpus::broken(file.error);
  run("liquid/jekyll-liquid", corpus);
}

void run_corpus(const corpus::File& file) {
  std::string text = json::read_text(file.path);
  Arena arena;
  Diagnostics broken(arena);
  Value corpus;
  if (parse_json(Source{"corpus", text}, arena, corpus, broken) && get(corpus, "fixture").map())
    run(file.label, corpus);
}

}  // namespace

int main(int count, char** values) {
  meridian::rouge::highlighter = meridian::rouge::add_highlighted;
  corpus::arguments(count, values);
  if (corpus::chosen.empty()) run_own();
  for (const corpus::File& file : corpus::files("liquid", "jekyll-liquid")) run_corpus(file);
  return corpus::finish();
}
