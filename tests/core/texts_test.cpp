// jekyll-multiple-languages-plugin: the texts of the site's languages. What Jekyll writes is in
// tests/sites/several-languages; here is what changes, and what is broken.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "outputs.h"
#include "rendered.h"

using namespace meridian;
using site::Status;

namespace {
constexpr const char* kConfig =
    "plugins: [jekyll-multiple-languages-plugin]\nlanguages: [en, de]\npermalink: pretty\n";
const std::pair<Str, Str> kEnglish{"_i18n/en.yml", "a: one\nonly: here\n"};
const std::pair<Str, Str> kGerman{"_i18n/de.yml", "a: eins\n"};
}  // namespace

TEST_CASE("a change of a text is seen in its language") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig},
               kEnglish,
               kGerman,
               {"index.html", "---\n---\n{% t a %} {% t only %} {% tf b.md %}"},
               {"_i18n/en/b.md", "*b*"}});
  CHECK(render(w, "/").html == "one here <p><em>b</em></p>\n");
  CHECK(render(w, "/de/").html == "eins here <p><em>b</em></p>\n");
  w.put("_i18n/de.yml", "a: ein\n");
  CHECK(render(w, "/de/").html == "ein here <p><em>b</em></p>\n");
  w.put("_i18n/de/b.md", "own");
  CHECK(render(w, "/de/").html == "ein here <p>own</p>\n");
  CHECK(render(w, "/").html == "one here <p><em>b</em></p>\n");
  w.put("_i18n/en/b.md", "changed");
  CHECK(render(w, "/").html == "one here <p>changed</p>\n");
  w.put("_i18n/de/_posts/2024-01-01-a.md", "---\n---\nPost");
  CHECK(render(w, "/de/2024/01/01/a/").html == "<p>Post</p>\n");
  CHECK(render(w, "/2024/01/01/a/").status == Status::NotFound);
}

TEST_CASE("a text, a file or a language that is missing is reported") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig},
               kEnglish,
               {"index.html", "---\n---\n{% t nothing.at.all %}"},
               {"file.html", "---\n---\n{% tf nothing.md %}"},
               {"out.html", "---\n---\n{% tf ../en.yml %}"},
               {"good.html", "---\n---\n{% t a %}"}});
  std::string json = render(w, "/").json;
  CHECK(has(json, "`_i18n/de.yml` is missing"));
  CHECK(has(json, "there is no text `nothing.at.all`"));
  CHECK(has(json, "add it to _i18n/en.yml"));
  CHECK(has(render(w, "/file/").json, "there is no file 'nothing.md' to include"));
  CHECK(has(render(w, "/out/").json, "can't be the name of an included file"));
  CHECK(render(w, "/good/").html == "one");
  CHECK(render(w, "/de/good/").html == "one");
}

TEST_CASE("its tags are unknown to a site without the plugin") {
  Workspace w;
  put_site(w, {{"_config.yml", "languages: [en, de]\npermalink: pretty\n"},
               kEnglish,
               {"a.html", "---\n---\n[{% t a %}] {{ site.baseurl_root }}"},
               {"_i18n/de/_posts/2024-01-01-a.md", "---\n---\nPost"}});
  CHECK(render(w, "/a/").html == "[] ");
  CHECK(has(render(w, "/a/").json, "Unknown tag 't'"));
  CHECK(render(w, "/de/a/").status == Status::NotFound);
  CHECK(outputs(w) == "a/index.html\n");
}

TEST_CASE("drafts, and posts that are of all languages") {
  Workspace w;
  std::string config = kConfig;
  config += "show_drafts: true\nexclude_from_localizations: [_posts, 7, img]\n";
  put_site(w, {{"_config.yml", config},
               kEnglish,
               kGerman,
               {"_posts/2024-01-01-a.md", "---\n---\nA"},
               {"_drafts/2024-01-02-b.md", "---\n---\nB"},
               {"_i18n/de/_posts/2024-01-03-c.md", "---\n---\nC"},
               {"img/a.svg", "<svg/>"},
               {"img.svg", "<svg/>"}});
  CHECK(outputs(w) ==
        "img.svg\nimg/a.svg\n2024/01/02/b/index.html\n2024/01/01/a/index.html\n"
        "de/img.svg\nde/2024/01/02/b/index.html\nde/2024/01/01/a/index.html\n");
}

TEST_CASE("the manifest has the texts, and the posts of all languages") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig},
               kEnglish,
               kGerman,
               {"_i18n/en/.hidden.md", "x"},
               {"_i18n/en/b.md", "x"},
               {"_i18n/de/_posts/2024-01-01-a.md", "---\n---\nPost"},
               {"_i18n/de/_posts/2024-01-01-b.md", "---\npublished: false\n---\nSecret"}});
  Arena arena;
  Diagnostics diagnostics(arena);
  Text out;
  REQUIRE(w.manifest(out, diagnostics));
  std::string manifest(out.str());
  for (const char* path : {"_i18n/en.yml", "_i18n/de.yml", "_i18n/en/b.md", "2024-01-01-a.md"})
    CHECK(has(manifest, path));
  CHECK_FALSE(has(manifest, "hidden"));
  CHECK_FALSE(has(manifest, "2024-01-01-b.md"));
}

TEST_CASE("hostile texts and settings") {
  Workspace w;
  std::string config =
      "plugins: [jekyll-multiple-languages-plugin]\nbaseurl: 7\ntranslate_props: [title, 3, [x], "
      "'']\n"
      "title: a\ndescription: a\nexclude_from_localizations: no\nlanguages: [en, '../x', en";
  for (int i = 0; i < 100; i++) config += ", x" + std::to_string(i);
  std::string deep = "k: &a [1]\n", key = "k";
  for (int i = 0; i < 2000; i++) key += ".0";
  put_site(w,
           {{"_config.yml", config + "]\n"},
            {"_i18n/en.yml", deep + "a: {a: b}\n1: {2: c}\n"},
            {"_i18n/x0.yml", "- a\n"},
            {"a.html", "---\ntranslate_props: yes\n---\n{% t 1.2 %} {% t %} {% t . %} {% t a.b %}"},
            {"b.html", "---\nlanguages: 7\n---\n"},
            {"d.html", "---\n---\n{% t " + key + " %}"},
            {"c.html", "---\nnamespace: [a]\npermalink: 5\n---\n{% tl %}{% tl a b c %}c"}});
  CHECK(has(render(w, "/a.html").json, "there is no text"));
  CHECK(has(render(w, "/a.html").json, "`../x` in `languages` is skipped"));
  CHECK(render(w, "/b.html").status == Status::NotFound);
  CHECK(has(render(w, "/d.html").json, "there is no text `k.0.0.0"));
  CHECK(has(render(w, "/x0/a.html").json, "there is no text `a.b`"));
  CHECK(has(render(w, "/5").html, "c"));
  CHECK_FALSE(has(outputs(w), ".."));
}

TEST_CASE("a page that names other languages is not shown") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig},
               kEnglish,
               kGerman,
               {"a.html", "---\nlanguages: [de]\n---\nA"},
               {"b.html", "---\n---\n{% for p in site.pages %}{{ p.url }}{% endfor %}"}});
  CHECK(render(w, "/a/").status == Status::NotFound);
  CHECK(render(w, "/de/a/").html == "A");
  CHECK(render(w, "/b/").html == "/b/");
  CHECK(render(w, "/de/b/").html == "/a//b/");
}
