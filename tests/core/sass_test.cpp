// The Sass room: the API, diagnostics and limits. tests/spec/sass_spec.cpp covers the language.
#include "meridian/sass.h"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <random>
#include <set>
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
  options.indented = options.path.ends_with(".sass");
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

TEST_CASE("Sass: a comment of the indented syntax ends by its indentation, so imports follow it") {
  Sheets sheets = {{"_p.scss", "a { b: c }"}};
  for (const char* sheet : {"/* Site\n   theme\n@import p\n", "// Site\n   it's\n@import p\n",
                            "/* one *\n@import p\n", "x\n  y: z\n  /* deep\n@import p\n"}) {
    INFO(sheet);
    Arena arena;
    List<sass::Import> imports;
    sass::find_imports(arena, sheet, true, imports);
    REQUIRE(imports.size == 1);
    CHECK(imports[0].address == "p");
    Result result = compile(sheet, sheets, "main.sass");
    CHECK(result.css.find("a { b: c; }") != std::string::npos);
    // An empty sheet has a reason.
    CHECK_FALSE(compile(sheet, {}, "main.sass").diagnostics.empty());
  }
}

TEST_CASE("Sass: the imports found ahead are those that the compiler asks for, in both syntaxes") {
  // % becomes the name of a sheet.
  const std::vector<std::string> scss = {"@import \"%\";\n",
                                         "@import '%', \"%\" ;",
                                         "@import \"%\" screen;\n",
                                         "@import url(%);",
                                         "@import '%', url(\"x)'y\");\n",
                                         ".a { @import '%'; }\n",
                                         "@media print { @import \"%\"; }\n",
                                         "/* @import '%'; it's */",
                                         "// @import '%'; it's\n",
                                         ".b { c: \"it's \\\" @import '%';\"; }",
                                         ".b { c: \"#{\"its\"}\"; }",
                                         ".b { c: url(http://x.y/a//b); }",
                                         ".b { c: url(\"a)'b;\"); }\n",
                                         ".b { c: \"x\\\n'y\"; }",
                                         ".e\\\"f\\' { c: d; }",
                                         ".b[c=\"'\"] { d: e; }\n",
                                         "\n",
                                         "/**/"};
  const std::vector<std::string> indented = {"@import %\n",
                                             "@import %, %\n",
                                             "@import \"%\"\n",
                                             "@import % , \"%\"\n",
                                             "/* it's\n   @import %\n",
                                             "// it's\n   @import %\n",
                                             "/* one */\n",
                                             "//\n",
                                             ".a\n  b: c\n",
                                             ".a\n  @import %\n",
                                             ".a\n  /* deep\n     @import %\n  b: c\n",
                                             ".a\n  // deep\n     @import %\n  b: c\n",
                                             "=m\n  b: c\n",
                                             ".a\n  b: \"it's @import %\"\n",
                                             ".a\n  b: url(http://x.y/a)\n",
                                             "\n",
                                             "   \n"};
  std::mt19937 random(61);
  for (int round = 0; round < 3000; round++) {
    bool is_indented = round % 2 != 0;
    const auto& pieces = is_indented ? indented : scss;
    std::string text;
    for (auto count = random() % 6 + 1; count > 0; count--)
      for (char c : pieces[random() % pieces.size()])
        text += c == '%' ? "p" + std::to_string(random() % 8) : std::string(1, c);
    INFO(text);
    std::set<std::string> asked;
    auto read = [](void* paths, Str path, Str* text) {
      if (path.size() != 8 || !path.starts_with("_p") || !path.ends_with(".scss")) return false;
      if (text) static_cast<std::set<std::string>*>(paths)->insert(std::string(path.substr(1, 2)));
      if (text) *text = ".p { q: r }";
      return true;
    };
    Arena arena;
    Diagnostics diagnostics(arena);
    sass::Options options;
    options.indented = is_indented;
    Text css;
    // Both also ask for the imports of the sheet before an error in it.
    bool compiled = sass::compile(text, options, {read, &asked}, css, diagnostics);
    INFO(support::print_all(diagnostics));
    REQUIRE(compiled);
    List<sass::Import> imports;
    sass::find_imports(arena, text, is_indented, imports);
    std::set<std::string> found;
    for (const sass::Import& import : imports) found.insert(std::string(import.address));
    REQUIRE(found == asked);
  }
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
  REQUIRE(fails_with("$a: a; @for $i from 1 to 60 { $a: $a + $a } b { c: $a }", "16 MB"));
  support::OtherLimits restored;
  limits.steps.most = 100000;
  REQUIRE(fails_with("@while true { a { b: c } }", "too many steps"));
  REQUIRE(fails_with("$i: 0; @while true { $i: $i + 1 }", "too many steps"));
  REQUIRE(fails_with("@for $i from 1 to 1000000000000 { a { b: $i } }", "too many steps"));
  REQUIRE(fails_with("@function f() { @while true { $a: 1 } @return 1 } a { b: f() }",
                     "too many steps"));
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

TEST_CASE("Sass: what grows in a loop takes linear memory") {
  std::size_t before = max_memory;
  max_memory = memory_held + (std::size_t(8) << 20);
  for (const char* use : {"", "@use 'sass:math';"})
    for (const char* body :
         {"$x: $x + \"aaaaaaaaaa\"", "$x: $x + aaaaaaaaaa", "$x: append($x, $i)",
          "$x: join($x, $i, comma)", "$x: map-merge($x, ($i: $i))", "$x: \"x\" + $x",
          "$x: \"#{$x}aaaaaaaaaa\"", "$x: \"a#{$x}\"", "$x: \"a#{$x}b\"", "$x: a#{$x}",
          "$x: str-insert($x, \"x\", -1)", "$x: str-insert($x, \"x\", 1)"}) {
      std::string start = std::string(body).find("map") == std::string::npos ? "\"\"" : "()";
      Result result = compile(use + ("$x: " + start) + "; @for $i from 1 through 4500 { " + body +
                              " !global } a { b: length($x) }");
      INFO(use << body << "\n" << result.diagnostics);
      CHECK(result.compiled);
    }
  max_memory = before;
}

TEST_CASE("Sass: what a loop copies whole in each round ends with an error") {
  support::OtherLimits restored;
  limits.steps.most = 1'000'000;
  // These add to what is there, and take few steps.
  for (const char* body : {"$x: $x + \"a\"", "$x: append($x, a)"})
    CHECK(compile("$x: \"\"; @for $i from 1 through 10000 { " + std::string(body) + " }").compiled);
  for (const char* body :
       {"\"x#{$x}y\"", "x#{$x}y", "unquote(\"x#{$x}\")", "\"a\" + $x", "$x - \"a\"", "$x / \"a\"",
        "to-upper-case($x + \"a\")", "to-lower-case($x + \"a\")", "str-insert($x, \"abc\", 3)",
        "str-slice($x + \"ab\", 2)", "quote(unquote($x + \"a\"))"}) {
    INFO(body);
    CHECK(fails_with(
        "$x: \"a\";\n@for $i from 1 through 10000 {\n $x: " + std::string(body) + " !global }",
        "the sheet takes too many steps to compile"));
  }
}

TEST_CASE("Sass: values that grew from one beginning don't change each other") {
  std::string beginning(100, 'a');
  for (const char* use : {"", "@use 'sass:math';"}) {
    Result result = compile(std::string(use) + "$s: \"" + beginning +
                            "\" + b; $t: $s + c; $u: $s + d; $v: $t + e; x { s: $s; t: $t; u: $u;"
                            " v: $v }");
    for (const char* end : {"b\";", "bc\";", "bd\";", "bce\";"})
      CHECK(result.css.find(beginning + end) != std::string::npos);
    result = compile(std::string(use) +
                     "$l: 1 2; $l: append($l, 3); $a: append($l, 4); $b: append($l, 5);"
                     "$c: join($a, 6 7); x { l: $l; a: $a; b: $b; c: $c }");
    for (const char* line : {"l: 1 2 3;", "a: 1 2 3 4;", "b: 1 2 3 5;", "c: 1 2 3 4 6 7;"})
      CHECK(result.css.find(line) != std::string::npos);
    result = compile(std::string(use) +
                     "$m: (); @for $i from 1 through 20 { $m: map-merge($m, ($i: $i)) !global }"
                     "$a: map-merge($m, (a: 1)); $b: map-merge($m, (b: 2, 3: c));"
                     "x { m: map-get($m, a) == null; n: length($m) length($a) length($b);"
                     " a: map-get($a, a) map-get($a, 3) map-get($a, b) == null;"
                     " b: map-get($b, b) map-get($b, 3) map-get($m, 3) }");
    for (const char* line : {"m: true;", "n: 20 21 21;", "a: 1 3 true;", "b: 2 c 3;"})
      CHECK(result.css.find(line) != std::string::npos);
  }
}

TEST_CASE("Sass: whole numbers as keys of a map take linear time") {
  std::string entries;
  for (int i = 0; i < 20000; i++) entries += std::to_string(i) + ": a, ";
  std::uint64_t before = work_done;
  REQUIRE(compile("$m: (" + entries + "); a { b: map-get($m, 7) }").compiled);
  CHECK(work_done - before < 20000 * 40 * kBytesOfStep);
}

TEST_CASE("Sass: bytes of no meaning are an error, or CSS") {
  REQUIRE(!compile("\xFF\xFE").compiled);
  REQUIRE(!compile("a { b: \xC3 }").compiled);
  REQUIRE(compile(std::string("a{b:c}\0d{", 9)).compiled);
  REQUIRE(compile("").css.empty());
  REQUIRE(compile("\xEF\xBB\xBF").css.empty());
}
