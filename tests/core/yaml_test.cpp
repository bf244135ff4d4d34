// Front matter and data files as Jekyll's Psych loads them. Its corpus is run by
// tests/spec/yaml_spec.cpp.
#include "meridian/yaml.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support.h"

using namespace meridian;
using support::inspect;

namespace {

/// One parse with everything that it needs; inspect() of the result, or its errors.
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

}  // namespace

TEST_CASE("plain scalars have the types of YAML 1.1 in Psych") {
  struct {
    Str scalars, values;
  } cases[] = {
      {"yes, No, ON, off, True, y, n, ~, Null, '', 'yes'",
       R"(true, false, true, false, true, "y", "n", nil, nil, "", "yes")"},
      {"0, 012, -012, 08, 0b101, 0x1F, 1_000, '1', +5, 0_",
       R"(0, 10, -10, "08", 5, 31, 1000, "1", 5, 0)"},
      {"1:30, 1:30:15, -1:30, 1:60, 1:30.5", R"(5400, 5415, -1800, "1:60", 5430.0)"},
      {"1.5, .5, 1., 1e3, 1.5e10, 1.5e+3, ., +, -.inf, .NaN",
       R"(1.5, 0.5, 1.0, "1e3", "1.5e10", 1500.0, ".", "+", -Infinity, NaN)"},
      {"9223372036854775807, 9223372036854775808, -9223372036854775808, 0xFFFFFFFFFFFFFFFFFF",
       R"(9223372036854775807, 9223372036854775808, -9223372036854775808, "0xFFFFFFFFFFFFFFFFFF")"},
      {"2024-02-30, 2024-13-01, 20240102, 2024-01",
       R"("2024-02-30", "2024-13-01", 20240102, "2024-01")"},
      {"2024-01-02 03:04:05, 2024-01-02T03:04:05Z, 2024-01-02 03:04:05.5 +01:00, 2024-01-02 "
       "3:04:05 -0530",
       "2024-01-02 03:04:05 +0000, 2024-01-02 03:04:05 UTC, 2024-01-02 03:04:05.5 +0100, "
       "2024-01-02 03:04:05 -0530"},
      {"2024-01-02 25:00:00, 2024-01-02 03:04, 2024-01-02 03:04:05 +01:0, 2024-01-02 03:04:05 +130",
       R"("2024-01-02 25:00:00", "2024-01-02 03:04", "2024-01-02 03:04:05 +01:0", 2024-01-02 03:04:05 +1300)"},
      {"!!str 5, !!int '5', !!float 5, !!binary aGk=, ! 5, !own 5", R"("5", 5, 5.0, "hi", 5, 5)"},
  };
  for (auto& c : cases)
    CHECK(load("[" + std::string(c.scalars) + "]") == "[" + std::string(c.values) + "]");
  CHECK(load(":compressed") == "\":compressed\"");
  CHECK(load("2024-1-2") == "#<Date: 2024-01-02 ((2460312j,0s,0n),+0s,2299161j)>");
}

TEST_CASE("merge keys insert other maps' entries in their place") {
  const std::string base = "a: &a {x: 1, y: 2}\nb: &b {x: 3, z: 4}\nc: ";
  auto c = [&](const std::string& map) { return inspect(get(Parsed(base + map).value, "c")); };
  CHECK(c("{<<: *a, y: 9}") == R"({"x"=>1, "y"=>9})");
  CHECK(c("{y: 9, <<: *a}") == R"({"y"=>2, "x"=>1})");  // as Psych: what comes later wins
  CHECK(c("{<<: [*a, *b]}") == R"({"x"=>1, "z"=>4, "y"=>2})");
  CHECK(c("{<<: 5}") == R"({"<<"=>5})");
  CHECK(c("{<<: [*a, 5]}") == R"({"<<"=>[{"x"=>1, "y"=>2}, 5]})");
  // a map's entries so far can be merged into one inside it
  CHECK(c("&m {k: 1, n: {<<: *m, c: 3}, z: 4}") == R"({"k"=>1, "n"=>{"k"=>1, "c"=>3}, "z"=>4})");
  CHECK(c("{!!str <<: *a}") == R"({"<<"=>{"x"=>1, "y"=>2}})");
}

TEST_CASE("keys have any type, the last of equal ones wins, and only the first document counts") {
  CHECK(load("1: a\nyes: b\n~: c\n? [x]\n: d\n1: e\n") ==
        R"({1=>"e", true=>"b", nil=>"c", ["x"]=>"d"})");
  CHECK(load("--- 1\n--- [\n") == "1");
  CHECK(load("") == "nil");
  CHECK(load("# nothing\n") == "nil");
  CHECK(load("!!omap [{a: 1}, {b: 2}]") == R"({"a"=>1, "b"=>2})");
}

TEST_CASE("aliases share the value of their anchor") {
  Parsed p("a: &a [1, 2]\nb: *a\nc: *a\n");
  REQUIRE(p.ok);
  CHECK(get(p.value, "a").a == get(p.value, "c").a);
}

TEST_CASE("a text block may end without a line break") {
  CHECK(load("a: |\n  x\n  y") == R"({"a"=>"x\ny"})");
  CHECK(load("a: >\n  x\n   ") == R"({"a"=>"x\n "})");
}

TEST_CASE("an error has its place and a remedy") {
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
        "    |        ^ close the quotes; inside '…' a quote is written twice, inside \"…\" as "
        "\\\"\n");
  CHECK(errors("title: \"It\" works\n") ==
        "page.md:1:13: this does not fit the block it is in\n"
        "  1 | title: \"It\" works\n"
        "    |             ^ text follows a closing quote: put the whole value in quotes\n");
  CHECK(errors("a: 1\nb\n") ==
        "page.md:2:1: this line has no colon after a name\n"
        "  2 | b\n"
        "    | ^ write `name: value`, or indent the line if it continues the one before\n");
  CHECK(errors("- a\n-b: 1\n").substr(0, 12) == "page.md:2:1:");
  CHECK(errors("a:\n  b: 1\n c: 2\n") ==
        "page.md:3:2: this does not fit the block it is in (begun in line 1)\n"
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
  CHECK(errors("a: !ruby/object:Object {}\n") ==
        "page.md:1:4: a type that is not allowed here: !ruby/object:Object\n"
        "  1 | a: !ruby/object:Object {}\n"
        "    |    ^ remove the type\n");
  CHECK(errors("ü: caf\xE9\n").substr(0, 14) == "page.md:1:7: i");
}

TEST_CASE("a syntax error is reported before a refused value, wherever they are") {
  CHECK(errors("a: !ruby/object {}\nb: *nobody\nc: [1\n").substr(0, 12) == "page.md:3:4:");
  CHECK(errors("a: !ruby/object {}\nb: *nobody\n").substr(0, 12) == "page.md:1:4:");
  CHECK(errors("a: !ruby/object {}\n---\nb: [1\n").substr(0, 12) ==
        "page.md:1:4:");  // another document
}

TEST_CASE("a time without a zone is in UTC, shown in the site's zone") {
  Arena arena;
  Diagnostics diagnostics(arena);
  Zone zone;
  zone.transitions.add(arena, {0, -18000, "EST"});
  Value value;
  std::string text = "[2024-01-02 03:04:05, 2024-01-02 03:04:05 +0000, 2024-01-02 03:04:05 Z]";
  REQUIRE(yaml::parse(Source{"page.md", text}, arena, value, diagnostics, &zone));
  CHECK(inspect(value) ==
        "[2024-01-01 22:04:05 -0500, 2024-01-02 03:04:05 +0000, 2024-01-02 03:04:05 UTC]");
}

TEST_CASE("positions count in the whole file, in characters") {
  std::string file = "---\ntitel: Über: uns\n---\nText\n";
  yaml::FrontMatter front = yaml::split_front_matter(file);
  REQUIRE(front.matched);
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  CHECK_FALSE(
      yaml::parse({"a.md", file}, front.yaml_offset, front.yaml.size(), arena, value, diagnostics));
  CHECK(value.nil());
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics.begin()->line == 2);
  CHECK(diagnostics.begin()->column == 12);
  CHECK(front.body == "Text\n");
}

TEST_CASE("errors at limits name them") {
  CHECK(errors(std::string(2000, '[')).find("nested deeper than 1000 levels") != std::string::npos);
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 0; i < 9; i++) {
    std::string n = std::to_string(i);
    bomb += "a" + std::to_string(i + 1) + ": &a" + std::to_string(i + 1) + " [";
    for (int k = 0; k < 9; k++) bomb += "*a" + n + ",";
    bomb += "*a" + n + "]\n";
  }
  CHECK(errors(bomb).find("more than 10 million values") != std::string::npos);
  std::string chain = "a0: &a0 {k0: 1}\n";
  for (int i = 0; i < 600; i++) {
    std::string n = std::to_string(i), m = std::to_string(i + 1);
    chain += "a" + m + ": &a" + m + " {<<: *a" + n + ", x" + m + ": 1}\n";
  }
  CHECK(errors(chain).find("merged by <<") != std::string::npos);
  std::string records = "base: &base {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8}\nlist:\n";
  for (int i = 0; i < 20000; i++) records += "- <<: *base\n";
  CHECK(errors(records) == "");
  CHECK(errors("a: &a [*a]").find("stands inside the value that it names") != std::string::npos);
}
