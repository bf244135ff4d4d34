#include <catch2/catch_test_macros.hpp>

#include "meridian/value.h"
#include "rendered.h"

using namespace meridian;

namespace {
/// The number of files that the command writes for a site.
std::uint32_t make(Workspace& w, FirstPages& first) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Text manifest;
  CHECK(w.manifest(manifest, diagnostics, {.first = &first}));
  return first.arrange();
}

/// HTML of the page in the file that visitors ask for; empty where it has none.
std::string page_in(const FirstPages& first, std::uint32_t files, Str url) {
  Text text;
  first.print(shard_of(url, files), text);
  Arena arena;
  Diagnostics diagnostics(arena);
  Value json;
  REQUIRE(parse_json({"first.json", text.str()}, arena, json, diagnostics));
  return std::string(json.map()->get("pages").map()->get(url).str());
}

const char* kPage = "---\nlayout: single\ntitle: \"One </h1> & two\"\n---\nText\n";
}  // namespace

TEST_CASE("FirstPages: each page is whole, in the file of its address") {
  Workspace w;
  put_site(w, {{"_config.yml", "title: T\nurl: https://a.example\n"},
               {"index.md", kPage},
               {"raw.html", "---\n---\n<b>{{ page.url }}</b>"},
               {"feed.xml", "---\n---\n<feed/>"},
               {"plain.html", "<p>no front matter</p>"}});
  FirstPages first(w.site());
  CHECK(first.arrange() == 0);
  for (int i = 0; i < 20; i++) w.put(Str("p" + std::to_string(i) + ".md"), kPage);
  const std::uint32_t files = make(w, first);
  REQUIRE(files == 22);
  for (int i = 0; i < 20; i++) {
    const std::string url = "/p" + std::to_string(i) + ".html";
    CHECK(page_in(first, files, url) == render(w, url).html);
  }
  CHECK(page_in(first, files, "/raw.html") == "<b>/raw.html</b>");
  CHECK(page_in(first, files, "/plain.html").empty());
  Text home;
  REQUIRE(first.print_home(home));
  CHECK(has(std::string(home.str()),
            "\"url\":\"https://a.example\",\"sheets\":{},\"pages\":{\n\"/\":\""));
  CHECK(!has(std::string(home.str()), "/p1.html\":"));
  first.clear();
  CHECK(first.arrange() == 0);
  CHECK(!first.print_home(home));
}

TEST_CASE("FirstPages: of a large site the pages, and the latest posts") {
  Workspace w;
  // Without these every page would have links to all others.
  put_site(w, {{"_config.yml", "title: T\npermalink: /:title/\n"},
               {"_data/navigation.yml", "main: [{title: Home, url: /}]\n"},
               {"about.md", kPage}});
  // By name, the latest come first, and last; the middle is left out.
  const int count = 2 * int(FirstPages::kMaxPages) + 100;
  for (int i = 0; i < count; i++) {
    const int year = 1800 + (i < count / 2 ? i % 200 : 200 - i % 200);
    const std::string name = "_posts/" + std::to_string(year) + "-01-01-p" + std::to_string(i);
    w.put(Str(name + ".md"), kPage);
  }
  w.put("zuletzt.md", kPage);
  FirstPages first(w.site());
  const std::uint32_t files = make(w, first);
  CHECK(files == FirstPages::kMaxPages);
  CHECK(!page_in(first, files, "/about/").empty());
  CHECK(!page_in(first, files, "/zuletzt/").empty());
  CHECK(!page_in(first, files, "/p199/").empty());  // of 1999
  CHECK(page_in(first, files, "/p0/").empty());     // of 1800
}

TEST_CASE("FirstPages: a very long page, and one that can't be made, are left out") {
  Workspace w;
  const std::string text = kPage + std::string(400'000, 'x');
  put_site(w, {{"_config.yml", "title: T\n"},
               {"long.md", text},
               {"empty.html", "---\n---\n"},
               {"short.md", kPage}});
  FirstPages first(w.site());
  REQUIRE(make(w, first) == 1);
  CHECK(!page_in(first, 1, "/short.html").empty());
}

TEST_CASE("FirstPages: a page whose style sheet only the core makes is left out") {
  Workspace w;
  put_site(w, {{"_config.yml", "title: T\n"},
               {"_layouts/a.html", "<head><link rel=stylesheet href=/a.css></head>{{ content }}"},
               {"_layouts/b.html", "<head><link rel=stylesheet href=/b.css></head>{{ content }}"},
               {"_layouts/c.html", "<head><link rel=stylesheet href=/c.css></head>{{ content }}"},
               {"a.scss", "---\n---\np{}"},
               {"b.scss", "---\n---\np{}"},
               {"b.meridian.css", "p{}"},
               {"c.css", "p{}"},
               {"a.html", "---\nlayout: a\n---\nText"},
               {"b.html", "---\nlayout: b\n---\nText"},
               {"c.html", "---\nlayout: c\n---\nText"}});
  FirstPages first(w.site());
  const std::uint32_t files = make(w, first);
  REQUIRE(files == 2);
  CHECK(!page_in(first, files, "/b.html").empty());
  CHECK(!page_in(first, files, "/c.html").empty());
  Text text;
  first.print(0, text);
  CHECK(has(std::string(text.str()), "\"sheets\":{\"/b.css\":\"b.meridian.css\"}"));
}
