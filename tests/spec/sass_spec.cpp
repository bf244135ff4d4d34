// The room core/sass against what libsass 3.6.5 and, where modules are used, dart-sass make of the
// same sheets: sass*.txt, of which sass_reference.py makes the expected CSS.
//
// Usage: sass_spec [-v]    -v prints what differs.
#include <iostream>

#include "corpus.h"
#include "examples.h"
#include "meridian/sass.h"

namespace {

using namespace meridian;

bool verbose = false;

bool read_file(void* files, Str path, Str* text) {
  auto& all = static_cast<const json::Value*>(files)->object;
  auto found = all.find(std::string(path));
  if (found == all.end()) return false;
  if (text) *text = found->second.text;
  return true;
}

/// The CSS of a case in one style; of an error its sentence.
std::string compile(const examples::Example& e, sass::Style style) {
  Arena arena;
  Diagnostics diagnostics(arena);
  sass::Options options;
  options.style = style;
  options.indented = e.options["syntax"].text == "sass";
  options.path = options.indented ? "entry.sass" : "entry.scss";
  json::Value files = e.options["files"];
  Text css;
  if (sass::compile(e.parts[0], options, {read_file, &files}, css, diagnostics)) {
    std::string made(css.str());
    if (made.compare(0, 3, "\xEF\xBB\xBF") == 0) made.replace(0, 3, "BOM");
    return made.empty() || made.back() == '\n' ? made : made + "\n";
  }
  for (const Diagnostic& d : diagnostics)
    if (d.severity == Severity::Error) {
      std::string message(d.message);
      return message.substr(0, message.find('\n')) + "\n";
    }
  return "no diagnostic\n";
}

void run(const std::string& name) {
  const std::string styles[] = {"nested", "expanded", "compact", "compressed"};
  // dart-sass has two styles.
  bool modules = name == "sass-modules";
  examples::File file = examples::read("tests/spec/" + name + ".txt", 2, 5);
  if (!file.error.empty()) return corpus::broken(file.error);
  corpus::Tally tally("sass/" + name);
  for (const examples::Example& e : file.examples) {
    std::string style = e.options.has("style") ? e.options["style"].text : "expanded";
    bool same = true;
    std::size_t part = 1;
    for (int i = 0; i < 4; i++) {
      if (style != "all" ? style != styles[i] : modules && i % 2 == 0) continue;
      std::string got = compile(e, sass::Style(i));
      bool equal = part < e.parts.size() && got == e.parts[part];
      if (!equal && verbose)
        std::cout << "==== " << e.name << " (" << styles[i] << ")\n"
                  << e.parts[0] << "---- expected\n"
                  << (part < e.parts.size() ? e.parts[part] : "") << "---- got\n"
                  << got << "\n";
      same = same && equal;
      part++;
    }
    tally.check(e.name, same && part == e.parts.size());
  }
  tally.print();
}

}  // namespace

int main(int count, char** values) {
  for (const std::string& argument : corpus::arguments(count, values))
    verbose = verbose || argument == "-v";
  for (const char* name : {"sass", "sass-functions", "sass-modules"}) run(name);
  return corpus::finish();
}
