// The examples of the CommonMark specification, from the npm package commonmark-spec (its spec.txt)
// or the corpora's folder commonmark/, and GitHub's extensions, from the folder gfm/.
//
// Usage: commonmark_spec [--corpora DIR] [--show NUMBER] [--information] [--flat]
// --show prints the example of that number of each corpus; --information prints what differs in the
// corpora that only inform. --flat prints no results, but for each source and dialect a line for
// tests/web/commonmark.test.mjs: the flags, the source in hexadecimal digits, and a hash of the
// flat tree.
#include "corpus.h"
#include "examples.h"
#include "hostile.h"
#include "markdown/commonmark_module.h"
#include "normalize.h"

namespace {

using namespace meridian;
using namespace meridian::markdown;

struct Example {
  long number = 0;
  std::string section, markdown, html;
};

std::string render(const std::string& markdown, Dialect dialect, bool ids) {
  Arena arena;
  Options options;
  options.dialect = dialect;
  options.auto_ids = ids;
  Text html;
  if (!to_html(markdown, options, arena, html)) return "(no tree)";
  Text printed;
  unsigned flags = dialect == Dialect::GitHub ? kGitHub | kHtml : kHtml;
  if (!ids && (!commonmark_parse(markdown, flags, printed) || printed.str() != html.str()))
    return "(printed at once it is different)";
  return std::string(html.str());
}

std::vector<Example> read_spec_text(const std::string& path) {
  std::vector<Example> examples;
  examples::File file = examples::read(path);
  for (const examples::Example& e : file.examples)
    examples.push_back({long(examples.size()) + 1, e.section, e.parts[0], e.parts[1]});
  return examples;
}

std::vector<Example> read_json(const std::string& path, bool extensions_only = false) {
  std::vector<Example> examples;
  auto list = json::read_file(path);
  if (!list) return examples;
  for (const json::Value& item : list->list)
    if (!extensions_only || item["gfm_extension"].truthy())
      examples.push_back({item["example"].number(), item["section"].text, item["markdown"].text,
                          item["html"].text});
  return examples;
}

bool show_all = false;
long shown = -1;

bool is_equal(const Example& example, const std::string& html) {
  return html::normalize(html) == html::normalize(example.html);
}

void show(const Example& example, const std::string& html) {
  std::cout << "example " << example.number << " (" << example.section << ")\n--- markdown\n"
            << example.markdown << "--- expected\n"
            << example.html << "--- got\n"
            << html << "\n";
}

/// Renders all examples; returns how many are byte for byte equal.
int run(const std::vector<Example>& examples, Dialect dialect, corpus::Tally& tally) {
  int exact = 0;
  for (const Example& example : examples) {
    std::string html = render(example.markdown, dialect, false);
    exact += html == example.html;
    if (tally.check(std::to_string(example.number), is_equal(example, html)) ||
        example.number == shown)
      show(example, html);
  }
  return exact;
}

// ---- CommonMark ----

std::vector<Example> commonmark_examples() {
  std::vector<Example> examples;
  if (corpus::chosen.empty()) examples = read_spec_text("node_modules/commonmark-spec/spec.txt");
  return examples.empty() ? read_json(corpus::folder() + "commonmark/spec.json") : examples;
}

void run_commonmark() {
  std::vector<Example> examples = commonmark_examples();
  if (examples.empty()) return corpus::skip("commonmark/spec", 652, "CommonMark's examples");
  corpus::Tally tally("commonmark/spec");
  int exact = run(examples, Dialect::CommonMark, tally);
  tally.print("byte for byte " + std::to_string(exact));
  // No requirement, but a change of the layout should be noticed.
  if (exact != int(examples.size())) corpus::totals.failed++;
}

// ---- GitHub's extensions ----

void run_gfm() {
  std::vector<Example> examples = read_json(corpus::folder() + "gfm/gfm-spec.json", true);
  if (examples.empty()) return corpus::skip("gfm/gfm-spec", 24, "GitHub's examples of extensions");
  corpus::Tally tally("gfm/gfm-spec");
  run(examples, Dialect::GitHub, tally);
  tally.print("the examples of extensions");
}

/// Examples of extensions by others, not all of which are supported: how many are equal.
void inform(const std::string& name) {
  int equal = 0;
  std::vector<Example> examples = read_json(corpus::folder() + "gfm/" + name + ".json");
  for (const Example& example : examples) {
    std::string html = render(example.markdown, Dialect::GitHub, false);
    bool same = is_equal(example, html);
    equal += same;
    if (!same && show_all) show(example, html);
  }
  if (!examples.empty())
    std::cout << "for information, gfm/" << name << ": " << equal << " of " << examples.size()
              << "\n";
}

// ---- for the comparison with commonmark.wasm ----

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
  for (const char* name : {"gfm-spec.json", "cmark-gfm-extensions.json",
                           "cmark-gfm-regression.json", "md4c-extensions.json"})
    for (const Example& example : read_json(json::shared(std::string("gfm/") + name)))
      sources.push_back(example.markdown);
  if (auto corpus = json::read_file("tests/spec/pathological.json"))
    for (const json::Value& c : (*corpus)["cases"].list)
      if (c["target"].text == "markdown")
        sources.push_back(hostile::expand(c["input"], std::min(c["N"].number(), 300L)));
  for (const examples::Example& e : examples::read("tests/spec/kramdown-sites.txt", 2, 3).examples)
    sources.push_back(e.parts[0]);
  for (const std::string& source : sources)
    for (unsigned flags : {0u, unsigned(kGitHub), unsigned(kGitHub | kHardBreaks),
                           unsigned(kGitHub | kNotes), unsigned(kGitHub | kNotes | kHtml)})
      print_flat(source, flags);
  return 0;
}

}  // namespace

int main(int count, char** values) {
  auto arguments = corpus::arguments(count, values);
  for (std::size_t i = 0; i < arguments.size(); i++) {
    if (arguments[i] == "--show" && i + 1 < arguments.size())
      shown = std::atol(arguments[++i].c_str());
    if (arguments[i] == "--information") show_all = true;
    if (arguments[i] == "--flat") return print_all_flat();
  }
  set_commonmark(commonmark_parse);
  run_commonmark();
  run_gfm();
  for (const char* name : {"cmark-gfm-extensions", "cmark-gfm-regression", "md4c-extensions"})
    inform(name);
  return corpus::finish();
}
