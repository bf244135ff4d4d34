// The examples of the CommonMark specification, and GitHub's extensions. The CommonMark examples come from the npm
// package commonmark-spec (its spec.txt), or from spec.json among the shared corpora.
//
// Usage: commonmark_spec [--show NUMBER] [--information] [--flat]
// --show prints the example of that number of each corpus; --information prints what differs in the corpora that only
// inform. --flat prints no results, but for each source and dialect a line for tests/web/commonmark.test.mjs: the flags,
// the source in hexadecimal digits, and a hash of the flat tree.
#include <cstring>
#include <iostream>
#include <set>
#include <sstream>

#include "hostile.h"
#include "json.h"
#include "markdown/commonmark_module.h"
#include "normalize.h"

namespace {

using namespace meridian;
using namespace meridian::markdown;

struct Example {
  long number = 0;
  std::string section, markdown, html;
};

struct Tally {
  int passed = 0, failed = 0, skipped = 0, exact = 0;
};

std::string render(const std::string& markdown, Dialect dialect, bool ids) {
  Arena arena;
  Options options;
  options.dialect = dialect;
  options.auto_ids = ids;
  Text html;
  if (!to_html(markdown, options, arena, html)) return "(no tree)";
  return std::string(html.str());
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

/// Reads the examples out of the specification's text: fences of 32 backticks, a dot between Markdown and HTML, arrows
/// for tabs.
std::vector<Example> read_spec_text(const std::string& path) {
  std::vector<Example> examples;
  std::ifstream in(path);
  const std::string fence(32, '`');
  std::string line, section;
  enum { Prose, Markdown, Html } state = Prose;
  Example example;
  while (std::getline(in, line)) {
    if (state == Prose && line == fence + " example") {
      example = {long(examples.size()) + 1, section, "", ""};
      state = Markdown;
    } else if (state != Prose && line == fence) {
      replace_all(example.markdown, "\u2192", "\t");
      replace_all(example.html, "\u2192", "\t");
      examples.push_back(example);
      state = Prose;
    } else if (state == Markdown && line == ".") {
      state = Html;
    } else if (state == Prose) {
      std::size_t hashes = line.find_first_not_of('#');
      if (hashes && hashes != std::string::npos && line[hashes] == ' ') section = line.substr(hashes + 1);
    } else {
      (state == Markdown ? example.markdown : example.html) += line + "\n";
    }
  }
  return examples;
}

std::vector<Example> read_json(const std::string& path, bool extensions_only = false) {
  std::vector<Example> examples;
  auto list = json::read_file(path);
  if (!list) return examples;
  for (const json::Value& item : list->list)
    if (!extensions_only || item["gfm_extension"].truthy())
      examples.push_back({item["example"].number(), item["section"].text, item["markdown"].text, item["html"].text});
  return examples;
}

bool show_all = false;
long shown = -1;

bool passes(const Example& example, Dialect dialect, bool report, Tally& tally) {
  std::string html = render(example.markdown, dialect, false);
  bool same = html::normalize(html) == html::normalize(example.html);
  tally.exact += html == example.html;
  if ((!same && report) || example.number == shown)
    std::cout << "example " << example.number << " (" << example.section << ")\n--- markdown\n" << example.markdown
              << "--- expected\n" << example.html << "--- got\n" << html << "\n";
  return same;
}

// ---- CommonMark -----------------------------------------------------------------------------------

std::vector<Example> commonmark_examples() {
  std::vector<Example> examples = read_spec_text("node_modules/commonmark-spec/spec.txt");
  return examples.empty() ? read_json(json::shared("commonmark/spec.json")) : examples;
}

void run_commonmark(Tally& total) {
  std::vector<Example> examples = commonmark_examples();
  Tally tally;
  for (const Example& example : examples) (passes(example, Dialect::CommonMark, true, tally) ? tally.passed : tally.failed)++;
  if (examples.empty()) {
    std::cout << "CommonMark: neither npm's commonmark-spec nor the shared corpus is here, skipped\n";
    tally.skipped = 1;
  } else if (examples.size() != 652) {
    std::cout << "CommonMark: " << examples.size() << " examples read, 652 expected\n";
    tally.failed++;
  }
  // Not part of what is asked, but a change of the layout should not go unnoticed.
  if (tally.exact != int(examples.size())) {
    std::cout << "not byte for byte the same as the reference implementation's\n";
    tally.failed++;
  }
  std::cout << "CommonMark 0.31.2: " << tally.passed << " of " << examples.size() << ", byte for byte " << tally.exact
            << "\n";
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}

// ---- GitHub's extensions --------------------------------------------------------------------------

/// Examples of GFM's extensions that come out differently, each with its cause. One that passes after all is a failure
/// of this list.
struct KnownDifference {
  long example;
  const char* cause;
};
constexpr KnownDifference kKnown[] = {
    {203, "md4c takes a delimiter row with fewer cells than the head for a table, and cuts the head"},
    {279, "task lists carry the classes task-list-item and task-list-item-checkbox, as on GitHub itself"},
    {280, "the same"},
    {653, "the tag filter belongs to untrusted mode; a site's own sources may hold any tag"},
};

void run_gfm(Tally& total) {
  std::vector<Example> examples = read_json(json::shared("gfm/gfm-spec.json"), true);
  if (examples.empty()) {
    std::cout << "GFM's extensions: the shared corpus is not here, skipped\n";
    total.skipped++;
    return;
  }
  Tally tally;
  for (const Example& example : examples) {
    const KnownDifference* known = nullptr;
    for (const KnownDifference& k : kKnown)
      if (k.example == example.number) known = &k;
    bool same = passes(example, Dialect::GitHub, !known, tally);
    tally.passed += same;
    if (same == !known) continue;
    total.failed++;
    std::cout << "GFM example " << example.number << (same ? " passes now: take it off the list\n" : " fails\n");
  }
  std::cout << "GFM's extensions: " << tally.passed << " of " << examples.size() << "; known differences:\n";
  for (const KnownDifference& k : kKnown) std::cout << "  " << k.example << ": " << k.cause << "\n";
  total.passed += tally.passed;
}

/// Other people's examples of extensions, of which we do not claim all: how many come out the same.
void inform(const std::string& name) {
  std::vector<Example> examples = read_json(json::shared("gfm/" + name));
  Tally tally;
  for (const Example& example : examples) tally.passed += passes(example, Dialect::GitHub, show_all, tally);
  if (!examples.empty())
    std::cout << "for information, " << name << ": " << tally.passed << " of " << examples.size() << "\n";
}

// ---- for the comparison with commonmark.wasm --------------------------------------------------------

void print_flat(const std::string& source, unsigned flags) {
  Text flat;
  if (!commonmark_parse(source, flags, flat)) return;
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (char c : flat.str()) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  std::string hex;
  for (unsigned char c : source) hex += {"0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 15]};
  std::cout << flags << ' ' << hex << ' ' << hash << '\n';
}

int print_all_flat() {
  std::vector<std::string> sources;
  for (const Example& example : commonmark_examples()) sources.push_back(example.markdown);
  for (const char* name : {"gfm-spec.json", "cmark-gfm-extensions.json", "cmark-gfm-regression.json", "md4c-extensions.json"})
    for (const Example& example : read_json(json::shared(std::string("gfm/") + name))) sources.push_back(example.markdown);
  if (auto corpus = json::read_file("tests/spec/pathological.json"))
    for (const json::Value& c : (*corpus)["cases"].list)
      if (c["target"].text == "markdown") sources.push_back(hostile::expand(c["input"], std::min(c["N"].number(), 300L)));
  if (auto corpus = json::read_file("tests/spec/kramdown-sites.json"))
    for (const json::Value& c : (*corpus)["cases"].list) sources.push_back(c["markdown"].text);
  for (const std::string& source : sources)
    for (unsigned flags : {0u, unsigned(kGitHub), unsigned(kGitHub | kHardBreaks)}) print_flat(source, flags);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  for (int i = 1; i < count; i++) {
    if (!std::strcmp(arguments[i], "--show") && i + 1 < count) shown = std::atol(arguments[++i]);
    if (!std::strcmp(arguments[i], "--information")) show_all = true;
    if (!std::strcmp(arguments[i], "--flat")) return print_all_flat();
  }
  Tally total;
  set_commonmark(commonmark_parse);
  run_commonmark(total);
  run_gfm(total);
  for (const char* name : {"cmark-gfm-extensions.json", "cmark-gfm-regression.json", "md4c-extensions.json"}) inform(name);
  Options options;
  for (Dialect dialect : {Dialect::CommonMark, Dialect::GitHub}) {
    options.dialect = dialect;
    hostile::run(dialect == Dialect::GitHub ? "hostile Markdown, GitHub's dialect" : "hostile Markdown", options, show_all,
                 total.passed, total.failed);
  }
  std::cout << total.passed << " passed, " << total.failed << " failed";
  if (total.skipped) std::cout << ", " << total.skipped << " skipped";
  std::cout << "\n";
  return total.failed != 0;
}
