// kramdown's dialect against what real kramdown printed, and hostile Markdown against the clock.
//
// Usage: kramdown_spec [-v] [--show ID] [sites] [suite] [hostile]
// sites: tests/spec/kramdown-sites.json; suite: kramdown's own cases, read in place; hostile: the Markdown cases of
// tests/spec/pathological.json. -v prints what differs, and the time of each hostile case.
#include <chrono>
#include <iostream>
#include <set>

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
      std::cout << "==== " << id << "\n" << c["markdown"].text << "---- expected\n" << expected << "---- got\n" << got << "\n";
    if (same == known) std::cout << (known ? "passes now: " : "differs: ") << id << "\n";
  }
  std::cout << name << " " << cases.size() << " cases " << equal << " equal\n";
}

// ---- hostile input ------------------------------------------------------------------------------------------------

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

std::string expand(const json::Value& pieces, long n) {
  std::string out;
  for (const json::Value& p : pieces.list) {
    auto number = [&](const char* key) { return p[key].kind == json::Value::Other ? p[key].number() : n; };
    if (p.kind == json::Value::Text) {
      out += p.text;
    } else if (p.has("repeat")) {
      for (long i = 0; i < number("times"); ++i) out += p["repeat"].text;
    } else if (p.has("bytes")) {
      std::string bytes, hex = replaced(p["bytes"].text, " ", "");
      for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += char(std::stoi(hex.substr(i, 2), nullptr, 16));
      for (long i = 0; i < number("times"); ++i) out += bytes;
    } else if (p.has("each")) {
      for (long i = p["from"].number(); i < number("to"); ++i) {
        std::string item = replaced(replaced(p["each"].text, "{i}", std::to_string(i)), "{j}", std::to_string(i + 1));
        out += replaced(item, "{dd}", std::to_string(101 + i % 28).substr(1));
      }
    } else if (p.has("each_indent")) {
      std::string indent;
      for (long i = 0; i < number("to"); ++i, indent += p["each_indent"].text) {
        std::string text = p["text"].text;
        for (std::size_t at = 0; at < text.size();) {
          std::size_t end = text.find('\n', at);
          if (end == std::string::npos) end = text.size();
          if (end > at) out += indent + text.substr(at, end - at) + "\n";
          at = end + 1;
        }
      }
    } else if (p.has("each_run")) {
      for (long i = 1; i < number("to"); ++i) out += p["each_run"].text + std::string(std::size_t(i), p["char"].text[0]) + p["after"].text;
    }
  }
  return out;
}

double seconds(const std::string& input, std::size_t& size) {
  auto start = std::chrono::steady_clock::now();
  Arena arena;
  Text html;
  markdown::to_html(input, {}, arena, html);
  size = html.size();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

constexpr double kSlow = 0.02;  // seconds below which growth is not measured
#if defined(__SANITIZE_ADDRESS__) || defined(__wasm__)
constexpr double kLongest = 2;
#else
constexpr double kLongest = 0.5;
#endif

void run_hostile() {
  auto corpus = json::read_file("tests/spec/pathological.json");
  if (!corpus) {
    ++failed;
    return;
  }
  double worst = 0;
  for (const json::Value& c : (*corpus)["cases"].list) {
    if (c["target"].text != "markdown") continue;
    long n = c["N"].number();
    std::size_t size = 0;
    double half = n > 1 ? seconds(expand(c["input"], n / 2), size) : 0;
    double whole = seconds(expand(c["input"], n ? n : 1), size);
    bool linear = n < 2 || whole < kSlow || whole < 3 * half + kSlow;
    bool good = linear && whole < kLongest;
    if (!good) {  // once more, another process may have had the processor
      half = seconds(expand(c["input"], n / 2), size);
      whole = seconds(expand(c["input"], n ? n : 1), size);
      good = whole < kLongest && (whole < kSlow || whole < 3 * half + kSlow);
    }
    if (whole > worst) worst = whole;
    (good ? passed : failed)++;
    if (verbose || !good) {
      std::cout << (good ? "" : "slow: ") << c["name"].text << " " << int(half * 1000) << " ms, " << int(whole * 1000)
                << " ms, " << size << " bytes out\n";
    }
  }
  std::cout << "hostile Markdown: slowest " << int(worst * 1000) << " ms\n";
}

}  // namespace

int main(int argc, char** argv) {
  std::set<std::string> chosen;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "-v") {
      verbose = true;
    } else if (word == "--show" && i + 1 < argc) {
      shown = argv[++i];
    } else {
      chosen.insert(word);
    }
  }
  auto wanted = [&](const char* name) { return chosen.empty() || chosen.count(name) != 0; };
  if (wanted("sites")) run_corpus("kramdown/kramdown-sites", "tests/spec/kramdown-sites.json");
  if (wanted("suite")) run_corpus("kramdown/kramdown-suite", json::shared("kramdown/kramdown-suite.json"));
  if (wanted("hostile")) run_hostile();
  std::cout << passed << " passed, " << failed << " failed";
  if (skipped) std::cout << ", " << skipped << " skipped";
  std::cout << "\n";
  return failed != 0;
}
