// Cases as text whose second part is JSON, as the core's values: data keeps its order and its
// types.
#pragma once
#include "examples.h"
#include "meridian/value.h"

namespace examples {

/// A corpus's names for the parts of a case besides its JSON. Empty: it has no such part.
struct Keys {
  meridian::Str section, source, expected;
  /// Source and expectation are without the line break that ends their last line.
  bool chopped = false;
};

/// `{…settings, cases: [{id, SECTION, SOURCE, …JSON, EXPECTED?}]}` of a file that was read with 2
/// to 3 parts. Parts that are no text (control characters) are in the JSON, by the same name. Views
/// point into `file`. False after `file.error` was set.
[[nodiscard]] inline bool to_value(File& file, const std::string& path, const Keys& keys,
                                   meridian::Arena& arena, meridian::Value& out) {
  using namespace meridian;
  Array* cases = make_array(arena);
  auto parsed = [&](const std::string& text, int line) {
    Diagnostics diagnostics(arena);
    Value value;
    if (!parse_json({"case", text}, arena, value, diagnostics) || !value.map())
      file.error = path + ":" + std::to_string(line) + ": no JSON object in the case";
    return value;
  };
  auto text = [&](const std::string& part) {
    return Value(Str(part).substr(0, part.size() - (keys.chopped && !part.empty())));
  };
  if (!file.error.empty()) return false;
  for (const Example& e : file.examples) {
    Value value = parsed(e.parts[1], e.line);
    if (!file.error.empty()) return false;
    Map& map = *value.map();
    map.set("id", Value(Str(e.name)));
    map.set(keys.section, Value(Str(e.section)));
    if (!map.find(keys.source)) map.set(keys.source, text(e.parts[0]));
    if (e.parts.size() > 2) map.set(keys.expected, text(e.parts[2]));
    cases->push(value);
  }
  out = file.settings_text.empty() ? Value(make_map(arena)) : parsed(file.settings_text, 1);
  if (file.error.empty()) out.map()->set("cases", Value(cases));
  return file.error.empty();
}

/// The 800 templates with Jekyll's answers: `file` keeps the text.
[[nodiscard]] inline bool read_jekyll_liquid(File& file, meridian::Arena& arena,
                                             meridian::Value& out) {
  const std::string path = "tests/spec/jekyll-liquid.txt";
  file = read(path, 2, 3);
  return to_value(file, path, {"group", "template", "output", true}, arena, out);
}

/// The 300 files with front matter, as Psych loads them.
[[nodiscard]] inline bool read_psych_front_matter(File& file, meridian::Arena& arena,
                                                  meridian::Value& out) {
  const std::string path = "tests/spec/psych-frontmatter.txt";
  file = read(path, 2, 2);
  return to_value(file, path, {"topic", "source", {}, false}, arena, out);
}

}  // namespace examples
