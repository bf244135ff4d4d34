// kramdown's dialect against what real kramdown printed, and hostile Markdown against the clock.
//
// Usage: kramdown_spec [-v] [--show ID] [sites] [suite] [hostile] | --lines
// sites: tests/spec/kramdown-sites.json; suite: kramdown's own cases, read in place; hostile: the Markdown cases of
// tests/spec/pathological.json. -v prints what differs, and the time of each hostile case. --lines renders the JSON
// lines
// {"markdown": …, "options": {…}} of standard input, each to a JSON string (for tests/fuzz/kramdown_oracle.py).
#include <iostream>
#include <set>

#include "hostile.h"
#include "json.h"
#include "meridian/markdown.h"

namespace {

using namespace meridian;

int passed = 0, failed = 0, skipped = 0;
bool verbose = false;
std::string shown;

/// Options of a case, as the core's own value: only what a configuration can hold.
meridian::Value value_of(Arena& arena, const json::Value& v) {
  switch (v.kind) {
    case json::Value::Null: return {};
    case json::Value::Text: return meridian::Value(arena.copy(v.text));
    case json::Value::Other:
      if (v.text == "true" || v.text == "false") return meridian::Value(v.text == "true");
      return meridian::Value(std::int64_t(v.number()));
    case json::Value::List: {
      Array* array = make_array(arena);
      for (const json::Value& item : v.list) array->push(value_of(arena, item));
      return meridian::Value(array);
    }
    case json::Value::Object: {
      Map* map = make_map(arena);
      for (const auto& [key, item] : v.object) map->set(arena.copy(key), value_of(arena, item));
      return meridian::Value(map);
    }
  }
  return {};
}

std::string render(const std::string& markdown, const json::Value& base, const json::Value& options) {
  Arena arena;
  json::Value all = base;
  for (const auto& [name, value] : options.object) all.object[name] = value;
  Text html;
  markdown::to_html(markdown, markdown::read_options(value_of(arena, all)), arena, html);
  return std::string(html.str());
}

/// The tokens that Rouge colours are coloured in the browser, so their elements inside <code> are put aside.
std::string without_tokens(const std::string& html) {
  std::string out;
  bool code = false;
  for (std::size_t at = 0; at < html.size();) {
    if (html.compare(at, 5, "<code") == 0) code = true;
    if (html.compare(at, 7, "</code>") == 0) code = false;
    bool token = code && (html.compare(at, 6, "<span ") == 0 || html.compare(at, 7, "</span>") == 0);
    std::size_t end = token ? html.find('>', at) : std::string::npos;
    if (end != std::string::npos) {
      at = end + 1;
    } else {
      out += html[at++];
    }
  }
  return out;
}

/// What of a corpus differs, and why; a case here that passes is news too.
const std::set<std::string> kKnown = {};

void run_corpus(const std::string& name, const std::string& path) {
  auto corpus = json::read_file(path);
  if (!corpus) {
    std::cout << name << ": not here, skipped\n";
    ++skipped;
    return;
  }
  int equal = 0;
  const auto& cases = (*corpus)["cases"].list;
  for (const json::Value& c : cases) {
    std::string id = c["id"].text, expected = c["expected_html"].text;
    std::string got = render(c["markdown"].text, (*corpus)["base_options"], c["options"]);
    bool same = got == expected || (c.has("expected_html_no_highlighter") && got == without_tokens(expected));
    bool known = kKnown.count(id) != 0;
    equal += same;
    (same != known ? passed : failed)++;
    if ((!same && verbose) || id == shown)
      std::cout << "==== " << id << "\n"
                << c["markdown"].text << "---- expected\n"
                << expected << "---- got\n"
                << got << "\n";
    if (same == known) std::cout << (known ? "passes now: " : "differs: ") << id << "\n";
  }
  std::cout << name << " " << cases.size() << " cases " << equal << " equal\n";
}

void render_lines() {
  std::string line;
  while (std::getline(std::cin, line)) {
    json::Value c = json::Reader(line).read();
    std::string html = render(c["markdown"].text, c["options"], {});
    Text out;
    print_json(meridian::Value(Str(html)), out);
    std::cout << out.str() << std::endl;
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::set<std::string> chosen;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "-v") {
      verbose = true;
    } else if (word == "--lines") {
      render_lines();
      return 0;
    } else if (word == "--show" && i + 1 < argc) {
      shown = argv[++i];
    } else {
      chosen.insert(word);
    }
  }
  auto wanted = [&](const char* name) { return chosen.empty() || chosen.count(name) != 0; };
  if (wanted("sites")) run_corpus("kramdown/kramdown-sites", "tests/spec/kramdown-sites.json");
  if (wanted("suite")) run_corpus("kramdown/kramdown-suite", json::shared("kramdown/kramdown-suite.json"));
  if (wanted("hostile")) hostile::run("hostile Markdown", {}, verbose, passed, failed);
  std::cout << passed << " passed, " << failed << " failed";
  if (skipped) std::cout << ", " << skipped << " skipped";
  std::cout << "\n";
  return failed != 0;
}
