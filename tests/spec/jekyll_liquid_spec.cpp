// tests/spec/jekyll-liquid.json: 800 templates as real Jekyll 4.3.1 with Liquid 5.4.0 renders them. Text must be equal
// to the byte; of errors the class and the phase.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "../../core/site/request.h"
#include "meridian/workspace.h"

using namespace meridian;

namespace {

/// Cases that are known to differ, with the reason. A new failure is news.
struct Known {
  const char* id;
  const char* reason;
};
constexpr Known kKnown[] = {
    {"url.absolute_url.faf7e51c", "the host is not turned into punycode: browsers do it themselves"},
};

bool is_known(Str id) {
  for (const Known& k : kKnown)
    if (id == k.id) return true;
  return false;
}

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// `{"$time": …}` and `{"$date": …}` become what they stand for.
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

/// Ruby writes Liquid's classes with their module; ours do as well.
bool same_error(Str ours, Str theirs) { return ours == theirs; }

}  // namespace

int main() {
  std::string text = read("tests/spec/jekyll-liquid.json");
  Arena arena;
  Diagnostics broken(arena);
  Value corpus;
  if (!parse_json(Source{"jekyll-liquid.json", text}, arena, corpus, broken)) {
    std::puts("tests/spec/jekyll-liquid.json can't be read\n0 passed, 1 failed");
    return 1;
  }
  int passed = 0, failed = 0, known = 0;
  Map& fixture = *get(corpus, "fixture").map();
  for (const Value& c : *get(corpus, "cases").array()) {
    Str id = get(c, "id").str();
    Workspace workspace;
    Text config;
    Map* merged = site::deep_merge(arena, fixture.get("config").map(), nullptr);
    if (Map* own = get(c, "site_config").map())
      for (const Map::Entry& e : *own) merged->set(e.key) = e.value;
    print_json(Value(merged), config);
    workspace.put("_config.yml", config.str());
    for (const Map::Entry& e : *fixture.get("files").map()) workspace.put(e.key.str(), e.value.str());
    workspace.files().complete = true;
    workspace.options("{\"theme\":\"site\",\"environment\":\"development\",\"time\":\"2024-01-01T00:00:00Z\"}");

    Arena render;
    Diagnostics diagnostics(render);
    site::Needs needs;
    site::Request request(workspace.site(), render, needs, diagnostics, nullptr);
    workspace.site().request_ = &request;
    request.build();
    request.read_everything();
    Map* data = typed(render, copy(render, get(c, "data"))).map();
    Map* page = site::deep_merge(render, get(corpus, "default_page").map(), data ? data->get("page").map() : nullptr);
    request.page = Value(page);
    Str path = page->get("path").str();
    for (site::Document* d : workspace.site().documents_)
      if (d->path == path) request.document = d;
    // The template is a page's, but `page` is no Markdown document here: highlight's blank lines are the converter's.
    site::Document plain;
    if (request.document) plain = *request.document, plain.markdown = false, request.document = &plain;

    Source source{path, get(c, "template").str()};
    liquid::Template* t = liquid::parse(render, source, 0, site::kEnvironment, diagnostics);
    Text out;
    liquid::Error error = t->error;
    if (!error) {
      // The case's variables before the site's own.
      Map* globals = make_map(render);
      for (Str name : {Str("site"), Str("jekyll")}) globals->set(name, request.lookup(name));
      globals = site::deep_merge(render, globals, data);
      globals->set("page", Value(page));
      liquid::Context context(site::kEnvironment, render, Value(globals));
      context.site = &request;
      context.now = workspace.settings().now;
      context.render(*t, out);
      error = context.error;
    }
    workspace.site().request_ = nullptr;
    Value wanted = get(c, "error");
    bool ok;
    if (wanted.map()) {
      Str phase = get(wanted, "phase").str();
      ok = error && same_error(error.type, get(wanted, "class").str()) && (phase == "parse") == error.parsing;
    } else {
      Str output = get(c, "output").str();
      ok = !error && out.str() == output;
      // Rouge's tokens are the browser's work: compare the text and the wrapper.
      if (!ok && !error && get(c, "group").str() == "tag.highlight") {
        Text ours, theirs;
        add_without_html(ours, out.str());
        add_without_html(theirs, output);
        ok = ours.str() == theirs.str();
      }
    }
    if (ok) {
      passed++;
    } else if (is_known(id)) {
      known++;
    } else {
      failed++;
      Text message;
      if (error) error.message(message);
      std::printf("FAILED %.*s\n  template: %.*s\n  wanted:   ", int(id.size()), id.data(), int(source.text.size()),
                  source.text.data());
      Text w;
      print_json(wanted.map() ? wanted : get(c, "output"), w);
      std::printf("%.*s\n  got:      %.*s%s%.*s\n", int(w.size()), w.data(), int(out.size()),
                  out.size() ? out.data() : "", error ? " ERROR " : "", int(message.size()),
                  message.size() ? message.data() : "");
      if (error)
        std::printf("            %.*s, %s\n", int(error.type.size()), error.type.data(),
                    error.parsing ? "parse" : "render");
    }
  }
  if (known) std::printf("%d cases are known to differ\n", known);
  std::printf("%d passed, %d failed\n", passed + known, failed);
  return failed != 0;
}
