// TOML 1.0 as `meridian import` reads it: each kind of value, what may be defined where, and what
// the specification (toml.io/en/v1.0.0) calls invalid.
#include "import/toml.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support.h"

using namespace meridian;
using support::inspect;

namespace {
/// The values as Ruby shows them, or the diagnostic.
std::string toml(const std::string& text) {
  Arena arena, words;
  Diagnostics diagnostics(words);
  Value value;
  bool ok = cli::hugo::read_toml({"a.toml", text}, 0, text.size(), arena, value, diagnostics);
  return ok ? inspect(value) : support::print_all(diagnostics);
}

std::string value(const std::string& text) {
  std::string all = toml("a = " + text);
  std::string begin = "{\"a\"=>";
  return all.rfind(begin, 0) == 0 ? all.substr(begin.size(), all.size() - begin.size() - 1) : all;
}

bool fails(const std::string& text) { return toml(text).rfind("a.toml:", 0) == 0; }
}  // namespace

TEST_CASE("TOML has strings of four kinds") {
  CHECK(value(R"("a\tb \"\\ \u00e9 \U0001F600")") == "\"a\\tb \\\"\\\\ é 😀\"");
  CHECK(value(R"('C:\a "b"')") == "\"C:\\\\a \\\"b\\\"\"");
  CHECK(value("\"\"\"\na\n\\\n   b \"\" c\"\"\"\"\"") == "\"a\\nb \\\"\\\" c\\\"\\\"\"");
  CHECK(value("'''\na\\n'b'''") == "\"a\\\\n'b\"");
  CHECK(value("\"\"") == "\"\"");
  CHECK(value("\"\"\"\"\"\"") == "\"\"");
}

TEST_CASE("TOML has numbers and booleans") {
  CHECK(value("+1_000") == "1000");
  CHECK(value("-0") == "0");
  CHECK(value("9223372036854775807") == "9223372036854775807");
  CHECK(value("-9223372036854775808") == "-9223372036854775808");
  CHECK(value("0xDEAD_beef") == "3735928559");
  CHECK(value("0o755") == "493");
  CHECK(value("0b1101") == "13");
  CHECK(value("6.5e-1") == "0.65");
  CHECK(value("1e3") == "1000.0");
  CHECK(value("-inf") == "-Infinity");
  CHECK(value("nan") == "NaN");
  CHECK(value("true") == "true");
}

TEST_CASE("TOML has dates and times") {
  CHECK(value("1979-05-27").rfind("#<Date: 1979-05-27 ", 0) == 0);
  CHECK(value("1979-05-27T07:32:00Z") == "1979-05-27 07:32:00 UTC");
  CHECK(value("1979-05-27 00:32:00.999-07:00") == "1979-05-27 00:32:00.999 -0700");
  CHECK(value("1979-05-27T07:32:00") == "1979-05-27 07:32:00 +0000");
  CHECK(value("07:32:00") == "\"07:32:00\"");
}

TEST_CASE("TOML has tables, lists of tables, inline tables and dotted keys") {
  CHECK(toml("[a.b]\nc = 1\n[a]\nd = 2\n") == R"({"a"=>{"b"=>{"c"=>1}, "d"=>2}})");
  CHECK(toml("[[a]]\nb = 1\n[[a]]\nb = 2\n[a.c]\nd = 3\n") ==
        R"({"a"=>[{"b"=>1}, {"b"=>2, "c"=>{"d"=>3}}]})");
  CHECK(toml("a.\"b c\" . d = 1\na.e = { f.g = 2, h = [] }") ==
        R"({"a"=>{"b c"=>{"d"=>1}, "e"=>{"f"=>{"g"=>2}, "h"=>[]}}})");
  CHECK(toml("a = [ # first\n  1,\n  [\"x\"], # last\n]\r\n") == R"({"a"=>[1, ["x"]]})");
  CHECK(toml("[fruit]\napple.color = 1\n[fruit.apple.taste]\nsweet = true") ==
        R"({"fruit"=>{"apple"=>{"color"=>1, "taste"=>{"sweet"=>true}}}})");
  CHECK(toml("\xEF\xBB\xBF# nothing\n") == "{}");
  CHECK(toml("1.2 = 3") == R"({"1"=>{"2"=>3}})");
}

TEST_CASE("what is no TOML is reported with line and column") {
  CHECK(toml("a = 1\nb = yes\n") ==
        "a.toml:2:5: this is not a TOML value\n  2 | b = yes\n    |     ^ put texts in quotes; "
        "numbers have no leading zero, and a time has seconds\n");
  CHECK(toml("ä = 1").rfind("a.toml:1:1: a key is missing", 0) == 0);
}

TEST_CASE("a key is defined once") {
  for (const char* text :
       {"a = 1\na = 2", "a = 1\na.b = 2", "[a]\n[a]", "[a]\nb = 1\n[a.b]", "a = {}\n[a.b]",
        "a = {b = 1}\na.c = 2", "a = []\n[[a]]", "[[a]]\n[a]", "[a]\n[[a]]", "a.b = 1\n[a]",
        "[a.b]\n[a]\nb.c = 1", "a = {b.c = 1, b = 2}", "[[a.b]]\n[a]\nb.c = 1"})
    CHECK(fails(text));
}

TEST_CASE("invalid values are refused") {
  for (const char* text : {"01",
                           "1__0",
                           "_1",
                           "1_",
                           "0x",
                           "0xG",
                           "+0x1",
                           "1.",
                           ".1",
                           "1.e2",
                           "1e",
                           "1e_1",
                           "9223372036854775808",
                           "1979-02-30",
                           "1979-13-01",
                           "1979-05-27T25:00:00",
                           "07:32",
                           "1979-05-27T07:32",
                           "\"a",
                           "'a",
                           "\"\\q\"",
                           "\"\\ud800\"",
                           "\"\\u12\"",
                           "\"\"\"a",
                           "[1,,2]",
                           "[1 2]",
                           "[1",
                           "{a = 1,}",
                           "{a = 1\n}",
                           "{a}",
                           "True",
                           "a",
                           "",
                           "1 2",
                           "\"a\nb\"",
                           "\x01",
                           "\"\x7f\"",
                           "1\rb = 2"})
    CHECK((fails(std::string("a = ") + text) ? "refused" : text) == std::string("refused"));
  for (const char* text : {"a", "= 1", "[a", "[]", "[[a]", "[ [a]]", "[a] b = 1", "a = 1 b = 2",
                           "a. = 1", "\"\"\"a\"\"\" = 1", "# \x01", "a = \"\xff\""})
    CHECK(fails(text));
}

TEST_CASE("nesting has a limit, and what is long takes linear time") {
  const std::string deep(100'000, '[');
  CHECK(fails("a = " + deep));
  std::string dotted = "a";
  for (int i = 0; i < 100'000; i++) dotted += ".a";
  CHECK(fails(dotted + " = 1"));
  std::string levels = "1";
  for (int i = 0; i < 60; i++) levels = "[{a = " + levels + "}]";
  CHECK(fails("a = " + levels));
  std::string many;
  for (int i = 0; i < 100'000; i++) many += "k" + std::to_string(i) + " = 1\n";
  CHECK_FALSE(fails(many));
}

TEST_CASE("Beginnings of TOML that end, or go on with another character, are reported") {
  for (const char* begin :
       {"[",      "[[",     "[a",        "[[a",    "[a.",      "[[a].",     "a",     "a.",
        "a =",    "a = [",  "a = {",     "a = {b", "a = {b =", "a = \"",    "a = '", "a = -",
        "a = 0x", "a = 1e", "a = 2026-", "a = t",  "a = i",    "a = \"\\u", "\"",    "'"})
    for (const char* rest :
         {"",  "\n", "\n\n", " \n", "\t", "#\n", "[\n", "[[\n", "]",    "}", ",",    "=",
          ".", "\"", "'",    "\\",  "-",  "+",   "_",   ":",    "\x7F", "é", "\r\n", "\nxx[].z]]"})
      (void)fails(std::string(begin) + rest);
  CHECK(fails("[[\n"));
  CHECK(fails("[\n"));
  CHECK(fails("a é = 1"));
  CHECK(value("\"\"\"\\\n é\"\"\"") == "\"é\"");
  CHECK(fails("[[\nxx[].z]][x.z]]\n"));
}
