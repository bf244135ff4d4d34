// Style sheets of a site: options of `sass:`, load paths, Liquid, diagnostics, the bundle that is
// handed to the compiler. Expected CSS is what Jekyll 4.3.1 with sassc writes.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/site_modules.h"
#include "sass/bundle.h"
#include "site_fixture.h"

using namespace meridian;

namespace {
/// As the browser does it: through bytes.
bool compile(Str text, const sass::Options& options, const List<Source>& imported, Text& css,
             Diagnostics& diagnostics) {
  Text bundle, result, sheet;
  sass::pack({text, options, imported}, bundle);
  Arena arena;
  Diagnostics found(arena);
  (void)sass::compile(sass::unpack(arena, bundle.str()), sheet, found);
  sass::pack_result(sheet.str(), found, result);
  css.add(sass::unpack_result(result.str(), diagnostics));
  return true;
}

struct Sheets : Fixture {
  using Fixture::Fixture;
  std::string css(Str url = "/main.css") {
    site::set_sass(compile);
    return html(url);
  }
};
}  // namespace

TEST_CASE("a sheet imports from the site's root, load_paths and sass_dir, in this order") {
  Sheets f{
      {"_config.yml", "sass: {load_paths: [vendor/*], sass_dir: _styles, style: compressed}\n"},
      {"a/b/main.scss", "---\n---\n@import 'one', 'two', 'three', 'four';"},
      {"one.scss", "a{b:root}"},
      {"_styles/_one.scss", "a{b:styles}"},
      {"vendor/x/_two.scss", "a{b:vendor}"},
      {"_styles/_two.scss", "a{b:styles}"},
      {"_styles/three.scss", "c{d:styles}"},
      {"_styles/four/_index.scss", "@import 'inner';"},
      {"_styles/four/_inner.scss", "e{f:inner}"},
      {"a/b/_one.scss", "a{b:beside}"}};
  CHECK(f.css("/a/b/main.css") == "a{b:root}a{b:vendor}c{d:styles}e{f:inner}\n");
}

TEST_CASE("the style is compact unless sass.style names another one") {
  const std::pair<const char*, const char*> kStyles[] = {
      {"", "a { b: c; }\n\na d { e: f; }\n"},
      {"sass: {style: expanded}\n", "a {\n  b: c;\n}\n\na d {\n  e: f;\n}\n"},
      {"sass:\n  style: :compressed\n", "a{b:c}a d{e:f}\n"},
      {"sass: {style: nested}\n", "a {\n  b: c; }\n  a d {\n    e: f; }\n"},
      {"sass: {style: pretty}\n", "a { b: c; }\n\na d { e: f; }\n"}};
  for (auto [config, css] : kStyles) {
    INFO(config);
    Sheets f{{"_config.yml", config}, {"main.scss", "---\n---\na{b:c; d{e:f}}"}};
    CHECK(f.css() == css);
  }
}

TEST_CASE("a sheet is rendered by Liquid first, has no layout, and may be indented") {
  Sheets f{
      {"_config.yml", "ink: red\ndefaults: [{scope: {path: ''}, values: {layout: default}}]\n"},
      {"_layouts/default.html", "<x>{{ content }}</x>"},
      {"main.sass", "---\n---\na\n  color: {{ site.ink }}\n"}};
  CHECK(f.css() == "a { color: red; }\n");
}

TEST_CASE("a sheet that is not ASCII has no byte order mark, and @charset on demand") {
  Sheets f{{"_config.yml", "sass: {style: compressed}\n"}, {"main.scss", "---\n---\na{b:'ü'}"}};
  CHECK(f.css() == "a{b:'ü'}\n");
  f.w.put("_config.yml", "sass: {style: compressed, add_charset: true}\n");
  CHECK(f.css() == "@charset \"UTF-8\";a{b:'ü'}\n");
}

TEST_CASE("a mistake is told at its line of the file, in the sheet and in what it imports") {
  Sheets f{{"_config.yml", ""},
           {"main.scss", "---\ntitle: x\n---\na {\n  color: $nothing;\n}\n"},
           {"other.scss", "---\n---\n@import 'part';"},
           {"_sass/_part.scss", "\nb { c: $missing }"}};
  site::set_sass(compile);
  Answer a = render(f.w, "/main.css");
  CHECK(a.json.find("\"line\":5") != std::string::npos);
  CHECK(a.json.find("\"file\":\"main.scss\"") != std::string::npos);
  CHECK(a.json.find("Undefined variable") != std::string::npos);
  a = render(f.w, "/other.css");
  CHECK(a.json.find("\"file\":\"_sass/_part.scss\"") != std::string::npos);
  CHECK(a.json.find("\"line\":2") != std::string::npos);
}

TEST_CASE("scssify and sassify compile a text of a template, with the site's options") {
  Sheets f{
      {"_config.yml", "sass: {style: compressed}\n"},
      {"_sass/_ink.scss", "$ink: red;"},
      {"scss.html",
       "---\n---\n{% capture s %}@import 'ink'; a { color: $ink }{% endcapture %}"
       "{{ s | scssify }}"},
      {"sass.html", "---\n---\n{% capture s %}a\n  b: 1 + 1\n{% endcapture %}{{ s | sassify }}"},
      {"nil.html", "---\n---\n[{{ nil | scssify }}]"}};
  CHECK(f.css("/scss.html") == "a{color:red}\n");
  CHECK(f.css("/sass.html") == "a{b:2}\n");
  CHECK(f.css("/nil.html") == "[]");
}

TEST_CASE("a mistake in a text of a template is told at the filter") {
  Sheets f{{"_config.yml", ""},
           {"a.html", "---\n---\n{% capture s %}a { b: $c }{% endcapture %}\n {{ s | scssify }}"},
           {"b.html", "---\n---\n{{ '@import \"c\";' | scssify }}"},
           {"_sass/_c.scss", "a {\nb: $c }"}};
  site::set_sass(compile);
  Answer a = render(f.w, "/a.html");
  CHECK(a.json.find("Undefined variable") != std::string::npos);
  CHECK(a.json.find("\"line\":4,\"column\":2,\"file\":\"a.html\"") != std::string::npos);
  a = render(f.w, "/b.html");
  CHECK(a.json.find("\"line\":2,\"column\":4,\"file\":\"_sass/_c.scss\"") != std::string::npos);
}

TEST_CASE("without the compiler's module a sheet needs it, once all imports are there") {
  Workspace w;
  site::set_sass(nullptr);
  REQUIRE(
      w.list("{\"files\":[\"_config.yml\",\"main.scss\",\"_sass/_a.scss\"],\"complete\":true}"));
  w.put("_config.yml", "");
  w.put("main.scss", "---\n---\n@import 'a';");
  Answer a = render(w, "/main.css");
  CHECK(a.json == "{\"paths\":[\"_sass/_a.scss\"],\"zones\":[],\"modules\":[]}");
  w.put("_sass/_a.scss", "a { b: c }");
  a = render(w, "/main.css");
  CHECK(a.json == "{\"paths\":[],\"zones\":[],\"modules\":[\"sass\"]}");
  site::set_sass(compile);
  CHECK(render(w, "/main.css").html == "a { b: c; }\n");
}

TEST_CASE("an imported file that changes is seen, and is a dependency of the sheet") {
  Sheets f{
      {"_config.yml", ""}, {"main.scss", "---\n---\n@import 'a';"}, {"_sass/_a.scss", "a{b:c}"}};
  CHECK(f.css() == "a { b: c; }\n");
  CHECK(render(f.w, "/main.css").json.find("_sass/_a.scss") != std::string::npos);
  f.w.put("_sass/_a.scss", "a{b:d}");
  CHECK(f.css() == "a { b: d; }\n");
}

TEST_CASE("a vendored sheet without front matter is a file, and takes no layout away") {
  Sheets f{{"_config.yml", ""},
           {"_layouts/default.html", "own {{ content }}"},
           {"assets/fa/v.scss", "$x: 1;"},
           {"index.md", "---\nlayout: default\n---\nA"}};
  REQUIRE(f.w.options("{\"theme\":\"auto\"}"));
  CHECK(f.html("/") == "own <p>A</p>\n");
  CHECK(render(f.w, "/assets/fa/v.scss").status == site::Status::Redirect);
}

TEST_CASE("bytes that are no bundle are read as an empty one") {
  Arena arena;
  for (Str bytes : {Str(""), Str("abc"), Str("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF")}) {
    sass::Bundle bundle = sass::unpack(arena, bytes);
    CHECK(bundle.files.size == 0);
    Diagnostics diagnostics(arena);
    CHECK(sass::unpack_result(bytes, diagnostics).size() <= bytes.size());
  }
}
