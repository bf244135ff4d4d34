// kramdown's dialect against what real kramdown printed: kramdown-sites.txt, and the corpora of the
// folder kramdown/.
//
// Usage: kramdown_spec [--corpora DIR] [-v] [--show ID] | --lines
// -v prints what differs. --lines renders the JSON lines {"markdown": …, "options": {…}} of
// standard input, each to a JSON string (for tests/fuzz/kramdown_oracle.py).
#include <iostream>

#include "core_value.h"
#include "corpus.h"
#include "examples.h"
#include "meridian/markdown.h"
#include "meridian/rouge.h"

namespace {

using namespace meridian;

bool verbose = false;
std::string shown;

std::string render(const std::string& markdown, const json::Value& base,
                   const json::Value& options) {
  Arena arena;
  json::Value all = base;
  for (const auto& [name, value] : options.object) all.object[name] = value;
  Text html;
  if (!markdown::to_html(markdown, markdown::read_options(core_value::value_of(arena, all)), arena,
                         html))
    return {};
  return std::string(html.str());
}

/// HTML without the elements inside <code>: how code looks whose lexer of Rouge is not here.
std::string without_tokens(const std::string& html) {
  std::string out;
  bool code = false;
  for (std::size_t at = 0; at < html.size();) {
    if (html.compare(at, 5, "<code") == 0) code = true;
    if (html.compare(at, 7, "</code>") == 0) code = false;
    bool token =
        code && (html.compare(at, 6, "<span ") == 0 || html.compare(at, 7, "</span>") == 0);
    std::size_t end = token ? html.find('>', at) : std::string::npos;
    if (end != std::string::npos) {
      at = end + 1;
    } else {
      out += html[at++];
    }
  }
  return out;
}

/// Whether a document has code in a language without a lexer.
bool lacks_lexer(const std::string& html) {
  const std::string prefix = "language-";
  for (std::size_t at = html.find(prefix); at != std::string::npos; at = html.find(prefix, at)) {
    at += prefix.size();
    if (!meridian::rouge::has_lexer(html.substr(at, html.find_first_of(" \"", at) - at)))
      return true;
  }
  return false;
}

struct Case {
  std::string id, markdown, expected;
  json::Value options;
  bool highlighted = false;  ///< code in it is coloured, by Rouge
};

void run(const std::string& label, const json::Value& base, const std::vector<Case>& cases) {
  corpus::Tally tally(label);
  for (const Case& c : cases) {
    std::string got = render(c.markdown, base, c.options);
    bool same = got == c.expected || (c.highlighted && lacks_lexer(c.expected) &&
                                      without_tokens(got) == without_tokens(c.expected));
    tally.check(c.id, same);
    if ((!same && verbose) || c.id == shown)
      std::cout << "==== " << c.id << "\n"
                << c.markdown << "---- expected\n"
                << c.expected << "---- got\n"
                << got << "\n";
  }
  tally.print();
}

/// The project's own documents.
void run_sites() {
  examples::File file = examples::read("tests/spec/kramdown-sites.txt", 2, 3);
  if (!file.error.empty()) return corpus::broken(file.error);
  std::vector<Case> cases;
  for (const examples::Example& e : file.examples)
    cases.push_back({e.name, e.parts[0], e.parts[1], e.options, e.parts.size() == 3});
  run("kramdown/kramdown-sites", file.settings, cases);
}

void run_corpus(const corpus::File& file) {
  auto corpus = json::read_file(file.path);
  if (!corpus || !corpus->has("base_options")) return;
  std::vector<Case> cases;
  for (const json::Value& c : (*corpus)["cases"].list)
    cases.push_back({c["id"].text, c["markdown"].text, c["expected_html"].text, c["options"],
                     c.has("expected_html_no_highlighter")});
  run(file.label, (*corpus)["base_options"], cases);
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

int main(int count, char** values) {
  meridian::rouge::highlighter = meridian::rouge::add_highlighted;
  auto arguments = corpus::arguments(count, values);
  for (std::size_t i = 0; i < arguments.size(); i++) {
    if (arguments[i] == "-v") verbose = true;
    if (arguments[i] == "--show" && i + 1 < arguments.size()) shown = arguments[++i];
    if (arguments[i] == "--lines") {
      render_lines();
      return 0;
    }
  }
  if (corpus::chosen.empty()) run_sites();
  auto files = corpus::files("kramdown", "kramdown-sites");
  for (const corpus::File& file : files) run_corpus(file);
  if (files.empty()) corpus::skip("kramdown/kramdown-suite", 224, "kramdown's own documents");
  return corpus::finish();
}
