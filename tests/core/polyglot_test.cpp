// jekyll-polyglot: the site in each of its languages. What Jekyll writes is in
// tests/sites/languages; here is what differs from it, what changes, and what is broken.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/site_search.h"
#include "outputs.h"
#include "rendered.h"

using namespace meridian;
using site::Status;

namespace {
constexpr const char* kConfig =
    "plugins: [jekyll-polyglot]\nlanguages: [en, de, fr]\ndefault_lang: en\npermalink: pretty\n"
    "url: https://a.example\n";
// A page in two languages.
const std::pair<Str, Str> kAbout{"about.md", "---\nlang: en\npermalink: /about/\n---\nA"};
const std::pair<Str, Str> kUeber{"ueber.md", "---\nlang: de\npermalink: /about/\n---\nB"};
}  // namespace

TEST_CASE("a page is shown in each language, its own translation first") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig},
               {"about.md", "---\nlang: en\npermalink: /about/\n---\nAbout\n"},
               {"ueber.md",
                "---\nlang: de\npermalink: /about/\n---\n\xC3\x9C"
                "ber\n"},
               {"plain.html", "---\n---\n{{ site.active_lang }} {{ page.rendered_lang }}"}});
  CHECK(render(w, "/about/").html == "<p>About</p>\n");
  CHECK(render(w, "/de/about/").html ==
        "<p>\xC3\x9C"
        "ber</p>\n");
  CHECK(render(w, "/fr/about/").html == "<p>About</p>\n");
  CHECK(render(w, "/de/plain/").html == "de en");
  CHECK(render(w, "/plain/").html == "en en");
  CHECK(render(w, "/de/plain/?x=1#y").html == "de en");
  CHECK(render(w, "/it/about/").status == Status::NotFound);
  CHECK(render(w, "/de/nothing/").status == Status::NotFound);
  CHECK(render(w, "/design/").status == Status::NotFound);  // no language, but it begins as one
  CHECK(outputs(w) ==
        "about/index.html\nplain/index.html\nde/plain/index.html\nde/about/index.html\n"
        "fr/about/index.html\nfr/plain/index.html\n");
}

TEST_CASE("a site without the plugin has one language") {
  Workspace w;
  put_site(w, {{"_config.yml", "languages: [en, de]\npermalink: pretty\n"},
               {"a.html",
                "---\nlang: de\n---\n[{{ site.active_lang }}] {% I18n_Headers %}"
                "<a {% static_href %}href=\"/a/\"{% endstatic_href %}>a</a>"}});
  CHECK(has(render(w, "/a/").html, "[] "));
  CHECK(has(render(w, "/a/").html, "<a href=\"/a/\">a</a>"));
  CHECK(render(w, "/de/a/").status == Status::NotFound);
}

TEST_CASE("links to what is the same in all languages stay") {
  Workspace w;
  put_site(
      w,
      {{"_config.yml", kConfig},
       {"index.html",
        "---\n---\n<a href=\"/x/\">x</a> <link href=\"/css/a.css\"> <a href=\"/paper.pdf#2\">p</a> "
        "<link href=\"/css/b.css?v=1\"> <link href=\"/meridian/theme.css\">"},
       {"x.md", "---\n---\nx"},
       {"css/a.css", "a {}"},
       {"css/b.scss", "---\n---\na { b: c }"},
       {"paper.pdf", "%PDF"}});
  std::string html = render(w, "/fr/").html;
  CHECK(html ==
        "<a href=\"/fr/x/\">x</a> <link href=\"/css/a.css\"> <a href=\"/paper.pdf#2\">p</a> "
        "<link href=\"/css/b.css?v=1\"> <link href=\"/meridian/theme.css\">");
  // They are written once; whoever asks for them in a language's folder is led there.
  CHECK_FALSE(has(outputs(w), "fr/paper.pdf"));
  CHECK_FALSE(has(outputs(w), "fr/css/"));
  CHECK(render(w, "/fr/paper.pdf").status == Status::Redirect);
  CHECK(has(render(w, "/fr/paper.pdf").json, "\"/paper.pdf\""));
}

TEST_CASE("names with stars are left out of addresses, not of the rest of a line") {
  Workspace w;
  std::string config = kConfig;
  config += "exclude_from_localization: ['*.zip', 'raw?']\n";
  put_site(w, {{"_config.yml", config},
               {"index.html",
                "---\n---\n<a href=\"/a/\">a</a> <a href=\"/b/c.zip\">b</a> "
                "<a href=\"/raws/\">r</a> <a href=\"/raw\">w</a>"}});
  CHECK(render(w, "/de/").html ==
        "<a href=\"/de/a/\">a</a> <a href=\"/b/c.zip\">b</a> <a href=\"/raws/\">r</a> "
        "<a href=\"/raw\">w</a>");
}

TEST_CASE("a change is seen in every language") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig},
               {"_includes/a.html", "one"},
               {"_data/de/w.yml", "a: eins"},
               {"_data/w.yml", "a: one\nb: two"},
               {"index.html",
                "---\n---\n{% include a.html %} {{ site.data.w.a }} {{ site.data.w.b }}"}});
  CHECK(render(w, "/de/").html == "one eins two");
  w.put("_includes/a.html", "other");
  CHECK(render(w, "/de/").html == "other eins two");
  w.put("_data/de/w.yml", "a: ein");
  CHECK(render(w, "/de/").html == "other ein two");
  CHECK(render(w, "/").html == "other one two");
  w.put("index.html", "---\n---\nNew");
  CHECK(render(w, "/de/").html == "New");
  w.put("neu.md", "---\nlang: de\n---\nNeu");
  CHECK(render(w, "/de/neu/").html == "<p>Neu</p>\n");
  w.put("_config.yml", "title: T");
  CHECK(render(w, "/de/").status == Status::NotFound);
}

TEST_CASE("further pages of a list are read anew, behind what was set in the first one") {
  Workspace w;
  put_site(
      w,
      {{"_config.yml",
        "plugins: [jekyll-polyglot, jekyll-paginate]\nlanguages: [en, de]\npaginate: 1\n"},
       {"_posts/2024-01-01-a.md", "---\n---\n"},
       {"_posts/2024-01-02-b.md", "---\n---\n"},
       {"index.html",
        "---\nlang: en\n---\n{{ paginator.page }} {{ page.permalink }} {{ page.rendered_lang }}"}});
  CHECK(render(w, "/").html == "1 / en");
  CHECK(render(w, "/page2/").html == "2  ");
  CHECK(render(w, "/de/").html == "1 / en");
  CHECK(render(w, "/de/page2/").html == "2  ");
}

TEST_CASE("a source is at its address in its own language") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig}, kAbout, kUeber, {"loin.md", "---\nlang: it\n---\nC"}});
  CHECK(has(render(w, "source:about.md").json, "\"/about/\""));
  CHECK(has(render(w, "source:ueber.md").json, "\"/de/about/\""));
  CHECK(render(w, "source:loin.md").status == Status::NotFound);
  CHECK(has(render(w, "/about/").json, "its language `it` is not a language of the site"));
}

TEST_CASE("search finds a page in its own language alone") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig}, kAbout, kUeber, {"plain.md", "---\n---\nC"}});
  Arena arena;
  site::Needs needs;
  Diagnostics diagnostics(arena);
  std::string found;
  for (const site::Searchable& one : site::searchable(w.site(), arena, needs, diagnostics)) {
    site::Page page = site::content_at(w.site(), one.path, arena, needs, diagnostics);
    found += std::string(one.url) + " " + std::string(page.html);
  }
  CHECK(found == "/about/ <p>A</p>\n/plain/ <p>C</p>\n/de/about/ <p>B</p>\n");
}

TEST_CASE("the manifest has the pages and sources of all languages") {
  Workspace w;
  put_site(w, {{"_config.yml", kConfig}, kAbout, kUeber});
  Arena arena;
  Diagnostics diagnostics(arena);
  Text out;
  REQUIRE(w.manifest(out, diagnostics));
  std::string manifest(out.str());
  CHECK(has(manifest, "\"path\":\"ueber.md\""));
  CHECK(has(manifest, "\"/de/about/\":[\"ueber.md\""));
  CHECK(has(manifest, "\"/fr/about/\":[\"about.md\""));
}

TEST_CASE("names that are no languages are left out and told") {
  Workspace w;
  std::string many = "plugins: [jekyll-polyglot]\nlanguages: ['../x', '', 'a/b', en, de, de, 7";
  for (int i = 0; i < 100; i++) many += ", x" + std::to_string(i);
  put_site(w, {{"_config.yml", many + "]\ndefault_lang: ../y\n"},
               {"a.md", "---\n---\n"},
               {"b.md", "---\nlang: [x]\n---\n"}});
  std::string json = render(w, "/a.html").json;
  CHECK(has(json, "`../x` in `languages` is skipped"));
  CHECK(has(json, "`x99` in `languages` is skipped"));
  std::string all = outputs(w);
  CHECK_FALSE(has(all, ".."));
  CHECK(has(all, "de/a.html\n"));
  CHECK_FALSE(has(all, "x99/"));
}

TEST_CASE("addresses without an end take no more than linear work") {
  Workspace w;
  std::string page = "---\n---\n";
  for (int i = 0; i < 200000; i++) page += "href=/a/";
  put_site(w, {{"_config.yml", kConfig}, {"a.html", page}});
  CHECK(render(w, "/de/a/").html.size() == page.size() - 8);
}
