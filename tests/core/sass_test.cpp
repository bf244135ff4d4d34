// The Sass room: the API, diagnostics and limits. tests/spec/sass_spec.cpp covers the language.
#include "meridian/sass.h"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "support.h"

using namespace meridian;

namespace {

using Sheets = std::map<std::string, std::string>;

bool read_sheet(void* sheets, Str path, Str* text) {
  auto& all = *static_cast<Sheets*>(sheets);
  auto found = all.find(std::string(path));
  if (found == all.end()) return false;
  if (text) *text = found->second;
  return true;
}

struct Result {
  bool compiled;
  std::string css, diagnostics;
};

Result compile(const std::string& text, Sheets sheets = {}, const char* path = "main.scss") {
  Arena arena;
  Diagnostics diagnostics(arena);
  sass::Options options;
  options.path = path;
  options.load_paths.add(arena, "_sass");
  Text css;
  bool compiled = sass::compile(text, options, {read_sheet, &sheets}, css, diagnostics);
  return {compiled, std::string(css.str()), support::print_all(diagnostics)};
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; i++) all += text;
  return all;
}

/// The error's sentence, without its place.
bool fails_with(const std::string& text, const std::string& message) {
  Result result = compile(text);
  INFO(result.diagnostics);
  return !result.compiled && result.css.empty() &&
         result.diagnostics.find(message) != std::string::npos;
}

}  // namespace

TEST_CASE("Sass: a sheet becomes CSS in Jekyll's style") {
  Result result = compile("$a: 1px; .b { .c & { width: $a + 1; } }");
  REQUIRE(result.compiled);
  REQUIRE(result.css == ".c .b { width: 2px; }\n");
  REQUIRE(result.diagnostics.empty());
}

TEST_CASE("Sass: an error has file, line, column and remedy") {
  Result result = compile("a { b: c }\n.d {\n  e: $f;\n}\n");
  REQUIRE(!result.compiled);
  REQUIRE(result.css.empty());
  REQUIRE(result.diagnostics.find("main.scss:3:6: Undefined variable: \"$f\".") == 0);
  REQUIRE(result.diagnostics.find("give it a value before") != std::string::npos);
}

TEST_CASE("Sass: an error in an imported sheet names that sheet") {
  Result result = compile("@import 'a/b';", {{"_sass/a/_b.scss", "\n.c { d: e() + }"}});
  REQUIRE(!result.compiled);
  REQUIRE(result.diagnostics.find("_sass/a/_b.scss:2:") == 0);
}

TEST_CASE("Sass: messages of a sheet are no failure") {
  Result result = compile("@warn 'careful'; @debug 1 + 1; a { b: c }");
  REQUIRE(result.compiled);
  REQUIRE(result.diagnostics.find("careful") != std::string::npos);
}

TEST_CASE("Sass: imports are found beside the sheet, then in load paths") {
  Sheets sheets = {{"css/_near.scss", ".near { a: b }"},
                   {"_sass/_near.scss", ".far { a: b }"},
                   {"_sass/theme/_index.scss", "@import 'part';"},
                   {"_sass/theme/_part.sass", ".part\n  c: d\n"}};
  Result result = compile("@import 'near', 'theme';", sheets, "css/main.scss");
  REQUIRE(result.diagnostics.empty());
  REQUIRE(result.css == ".near { a: b; }\n\n.part { c: d; }\n");
}

TEST_CASE("Sass: sheets that import each other are an error") {
  Result result =
      compile("@import 'a';", {{"_a.scss", "@import 'b';"}, {"_b.scss", "@import 'a';"}});
  REQUIRE(!result.compiled);
  REQUIRE(result.diagnostics.find("An @import loop has been found") != std::string::npos);
}

TEST_CASE("Sass: the imports of a sheet are found without evaluating it") {
  Arena arena;
  List<sass::Import> imports;
  sass::find_imports(arena,
                     "// @import 'no';\n@import 'a', \"b/c\"; @import url(d), 'e.css';\n"
                     "@import 'f' screen; .g { @import 'h' } @use 'i' as j; @use 'sass:math';\n"
                     "@forward \"k\"; .l { m: \"@import 'n'\" }",
                     false, imports);
  std::string found;
  for (const sass::Import& import : imports) found += std::string(import.address) + " ";
  REQUIRE(found == "a b/c h i k ");
}

TEST_CASE("Sass: what meta.load-css() loads is found, and CSS that is used") {
  Arena arena;
  List<sass::Import> imports;
  const char* text = "@include meta.load-css('a'); @include meta.load-css($url: \"b\", $with: ());";
  REQUIRE(!sass::find_imports(arena, text, false, imports));
  REQUIRE(sass::find_imports(arena, "@use 'c.css';", false, imports));
  std::string found;
  for (const sass::Import& import : imports) found += std::string(import.address) + " ";
  REQUIRE(found == "a b c.css ");
}

TEST_CASE("Sass: a sheet is of dart-sass when something that it imports uses modules") {
  Sheets sheets = {{"_sass/_a.scss", "@import 'b';"}, {"_sass/_b.scss", "@use 'sass:math';"}};
  REQUIRE(compile("@import 'a'; c { d: .5px; }", sheets).css == "c {\n  d: 0.5px;\n}\n");
  sheets["_sass/_b.scss"] = "// @use 'sass:math';";
  REQUIRE(compile("@import 'a'; c { d: .5px; }", sheets).css == "c { d: .5px; }\n");
}

TEST_CASE("Sass: an error in a module names its sheet") {
  Result result = compile("@use 'a';", {{"_sass/_a.scss", "\n.c { d: $e }"}});
  REQUIRE(result.diagnostics.find("_sass/_a.scss:2:9: Undefined variable.") == 0);
  result = compile("@use 'a';", {{"_a.scss", "@use 'main';"}, {"main.scss", "@use 'a';"}});
  REQUIRE(result.diagnostics.find("Module loop") != std::string::npos);
}

TEST_CASE("Sass: comparing values that are nested too deep is an error") {
  for (const char* each : {"(%, 1)", "(a: %)"})
    for (const char* use : {"b: $x == $y", "b: length((($x): 1))"}) {
      std::string deeper = each, more = each;
      deeper.replace(deeper.find('%'), 1, "$x");
      more.replace(more.find('%'), 1, "$y");
      Result result = compile("$x: 1; $y: 1; @for $i from 1 through 50000 { $x: " + deeper +
                              "; $y: " + more + "; } a { " + use + " }");
      REQUIRE(result.diagnostics.find("stack level too deep") != std::string::npos);
    }
  Result result = compile(
      "@use 'sass:math'; $x: calc(1px + 1%); $y: $x; @for $i from 1 through 50000 {"
      "$x: calc(1vw * $x); $y: calc(1vw * $y); } a { b: $x == $y; c: $x }");
  REQUIRE(result.diagnostics.find("stack level too deep") != std::string::npos);
}

TEST_CASE("Sass: names that are forwarded in 2^n ways end") {
  Sheets sheets;
  for (int i = 0; i < 40; i++) {
    std::string next = "@forward 'm" + std::to_string(i + 1) + "';";
    sheets["_m" + std::to_string(i) + ".scss"] = next + next;
  }
  sheets["_m40.scss"] = "$a: 1;";
  REQUIRE(compile("@use 'm0'; b { c: m0.$a }", sheets).css == "b {\n  c: 1;\n}\n");
  support::OtherLimits restored;
  limits.steps.most = 200'000;
  Result result = compile("@use 'm0'; b { c: m0.$d }", sheets);
  REQUIRE(result.diagnostics.find("the sheet takes too many steps") != std::string::npos);
}

TEST_CASE("Sass: modules in modules end, and so does CSS that loads itself") {
  Sheets sheets;
  for (int i = 0; i < 100; i++)
    sheets["_m" + std::to_string(i) + ".scss"] = "@use 'm" + std::to_string(i + 1) + "';";
  REQUIRE(!compile("@use 'm0';", sheets).compiled);
  Result result =
      compile("@use 'a';", {{"_a.scss", "@use 'sass:meta'; @include meta.load-css('a');"}});
  REQUIRE(result.diagnostics.find("Module loop") != std::string::npos);
  result = compile(
      "@use 'sass:meta'; @mixin m { a { @include meta.load-css('b'); @include m } }"
      "@include m;",
      {{"_b.scss", ".b, .c { d: e }"}});
  REQUIRE(!result.compiled);
}

TEST_CASE("Sass: candidates come in libsass's order") {
  Arena arena;
  List<Str> load_paths, paths;
  load_paths.add(arena, "_sass/");
  sass::candidates(arena, "css/main.scss", "../x/y", load_paths, paths);
  REQUIRE(paths.size == 28);
  REQUIRE(paths[0] == "x/y");
  REQUIRE(paths[1] == "x/_y");
  REQUIRE(paths[2] == "x/_y.scss");
  REQUIRE(paths[5] == "x/y.scss");
  REQUIRE(paths[8] == "x/y/_index.scss");
  REQUIRE(paths[14] == "x/y");
}

TEST_CASE("Sass: what is random is the same for the same sheet") {
  std::string sheet = "a { b: random(); c: unique-id(); d: random(100) }";
  REQUIRE(compile(sheet).css == compile(sheet).css);
}

TEST_CASE("Sass: what libsass alone refuses is compiled as dart-sass does it, with a warning") {
  Result result = compile("a {\n  #height: 1px;\n  b: c;\n}\n");
  CHECK(result.compiled);
  CHECK(result.css == "a {\n  #height: 1px;\n  b: c;\n}\n");
  CHECK(result.diagnostics.find("refuses this sheet: Invalid CSS after") != std::string::npos);
  // Also where an import has it.
  result = compile("@import 'hack';", {{"_sass/_hack.scss", "$w: 2px; a { #width: $w * 2; }"}});
  CHECK(result.css == "a {\n  #width: 4px;\n}\n");
  // A slip behind a semicolon marks the next line.
  result = compile("a {\n  min-width: 120px;*\n  display: inline;\n}\n");
  CHECK(result.css == "a {\n  min-width: 120px;\n  *\n  display: inline;\n}\n");
  result = compile("a { * /* x */ b: c; }");
  CHECK(result.css == "a {\n  * /* x */ b: c;\n}\n");
}

TEST_CASE("Sass: of a sheet that both compilers refuse, libsass's reason is told") {
  Result result = compile("a { #height: 1px; b: 1px + ; }");
  CHECK_FALSE(result.compiled);
  CHECK(result.css.empty());
  CHECK(result.diagnostics.find("refuses this sheet") == std::string::npos);
  CHECK(result.diagnostics.find("Invalid CSS after") != std::string::npos);
}

// ---- hostile sheets ----

TEST_CASE("Sass: endless recursion and loops end") {
  REQUIRE(fails_with("@mixin m { @include m } a { @include m }", "stack level too deep"));
  REQUIRE(fails_with("@function f() { @return f() } a { b: f() }", "Stack depth exceeded"));
  REQUIRE(fails_with("@function f($a: f()) { @return 1 } a { b: f() }", "Stack depth exceeded"));
  Limits before = limits;
  limits.steps.most = 100000;
  REQUIRE(fails_with("@while true { a { b: c } }", "too many steps"));
  REQUIRE(fails_with("$i: 0; @while true { $i: $i + 1 }", "too many steps"));
  REQUIRE(fails_with("@for $i from 1 to 1000000000000 { a { b: $i } }", "too many steps"));
  REQUIRE(fails_with("@function f() { @while true { $a: 1 } @return 1 } a { b: f() }",
                     "too many steps"));
  REQUIRE(fails_with("$a: a; @for $i from 1 to 60 { $a: $a + $a } b { c: $a }", "16 MB"));
  limits = before;
}

TEST_CASE("Sass: deep nesting is an error") {
  for (const char* open : {"a{", "(", "[", "a{b:c(", "@if a{", ":not(", "a{b:{", "#{", "-", "not "})
    REQUIRE(!compile("x { y: " + repeated(open, 100000)).compiled);
  REQUIRE(!compile(repeated("a{", 100000) + repeated("}", 100000)).compiled);
  REQUIRE(!compile("a { b: " + repeated("(", 5000) + "1" + repeated(")", 5000) + " }").compiled);
  REQUIRE(!compile("a { b: 1" + repeated(" + 1", 5000) + " }").compiled);
  REQUIRE(!compile(repeated(":not(", 5000) + "a" + repeated(")", 5000) + " { b: c }").compiled);
}

TEST_CASE("Sass: selectors that multiply are an error") {
  Limits before = limits;
  limits.steps.most = 1000000;
  std::string many = "a0";
  for (int i = 1; i < 40; i++) many += ", a" + std::to_string(i);
  REQUIRE(fails_with(repeated(many + " { ", 10) + "b: c" + repeated(" }", 10), "too many steps"));
  std::string rows, extends;
  for (int i = 0; i < 12; i++) {
    rows += ".a" + std::to_string(i) + " ";
    extends += ".b" + std::to_string(i) + " .c" + std::to_string(i) + " { @extend .a" +
               std::to_string(i) + " } ";
  }
  REQUIRE(!compile(rows + "{ d: e } " + extends).compiled);
  limits = before;
}

TEST_CASE("Sass: long sheets take linear time") {
  // Each of these would take hours if it were quadratic.
  REQUIRE(compile(repeated("a{b:c}", 100000)).compiled);
  REQUIRE(compile("a{b:" + repeated("c ", 100000) + "}").compiled);
  REQUIRE(compile("a{b:" + repeated("c,", 100000) + "d}").compiled);
  REQUIRE(compile("$a:" + repeated("1,", 100000) + "d;").compiled);
  REQUIRE(compile(repeated("$a: 1; ", 100000)).compiled);
  REQUIRE(compile("a{b:\"" + repeated("c#{1}", 50000) + "\"}").compiled);
  for (const char* text :
       {"\"", "'", "/*", "url(", "#{", "\\", "@media ", "a:", "&", "%", "\"a\"\"b\""})
    (void)compile(repeated(text, 50000));
}

TEST_CASE("Sass: bytes of no meaning are an error, or CSS") {
  REQUIRE(!compile("\xFF\xFE").compiled);
  REQUIRE(!compile("a { b: \xC3 }").compiled);
  REQUIRE(compile(std::string("a{b:c}\0d{", 9)).compiled);
  REQUIRE(compile("").css.empty());
  REQUIRE(compile("\xEF\xBB\xBF").css.empty());
}
