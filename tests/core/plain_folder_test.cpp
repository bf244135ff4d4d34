// A folder without _config.yml, and sites that lack a first page.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "site_fixture.h"

using namespace meridian;

TEST_CASE("a plain folder shows emoji as characters, by all of GitHub's names") {
  Fixture f{
      {"README.md",
       "# :rocket: Kites\n\n:umbrella: `:umbrella:` :none_such: [:star:](http://x/:star:)\n"}};
  REQUIRE(f.w.options("{\"theme\":\"auto\"}"));
  markdown::set_commonmark(markdown::commonmark_parse);
  const std::string page = f.html("/");
  CHECK(page.find("<title>\U0001F680 Kites") != std::string::npos);
  CHECK(page.find("id=\"rocket-kites\">\U0001F680 Kites</h1>") != std::string::npos);
  CHECK(page.find("<p>\u2614 <code>:umbrella:</code> :none_such: <a "
                  "href=\"http://x/:star:\">\u2B50</a></p>") != std::string::npos);
}

TEST_CASE("a plain folder requests the module of its dialect, then renders its first page") {
  Workspace w;
  REQUIRE(w.list("{\"files\":[\"README.md\",\"docs/setup.md\"],\"complete\":true}"));
  w.put("README.md", "# Hello\n\nSee [setup](docs/setup.md#here).\n");
  markdown::set_commonmark(nullptr);
  CHECK(render(w, "/").json.find("\"commonmark\"") != std::string::npos);
  markdown::set_commonmark(markdown::commonmark_parse);
  Answer a = render(w, "/");
  CHECK(a.status == site::Status::Ready);
  CHECK(a.html.find("<a href=\"/docs/setup/#here\">setup</a>") != std::string::npos);
  CHECK(a.html.find("<title>Hello") != std::string::npos);
}

TEST_CASE("links of a plain folder are pages before the list of its files is complete") {
  markdown::set_commonmark(markdown::commonmark_parse);
  for (bool complete : {false, true}) {
    Workspace w;
    w.put("_config.yml", "");
    w.put_missing("_config.yml");
    REQUIRE(w.list(complete ? "{\"files\":[\"docs/a.md\"],\"complete\":true}"
                            : "{\"files\":[\"docs/a.md\"],\"complete\":false}"));
    w.put("docs/a.md",
          "# A\n\n[b](sub/b.md?x#y) [c](../README.md) [d](sub/readme.markdown) [e](/f.md) "
          "[g](g.txt)\n");
    Answer a = render(w, "/docs/a/");
    CAPTURE(a.json);
    auto leads = [&](const char* link) { return a.html.find(link) != std::string::npos; };
    CHECK(leads("<a href=\"/docs/sub/b/?x#y\">b</a> <a href=\"/\">c</a> <a "
                "href=\"/docs/sub/\">d</a>") == !complete);
    CHECK(leads("<a href=\"sub/b.md?x#y\">b</a>") == complete);
    CHECK(leads("<a href=\"/f.md\">e</a> <a href=\"g.txt\">g</a>"));
  }
}

TEST_CASE("a site without an index lists its pages, and reports the missing page") {
  Fixture f{{"_config.yml", ""},
            {"a.md", "---\ntitle: One & only\n---\nA"},
            {"404.md", "---\npermalink: /404.html\n---\nOwn 404"}};
  Answer first = render(f.w, "/");
  CHECK(first.html.find("<a href=\"/a.html\">One &amp; only</a>") != std::string::npos);
  // Visitors get the list of pages, the author a diagnostic.
  CHECK(first.html.find("index.md") == std::string::npos);
  CHECK(first.json.find("add index.md, or give a page the `permalink: /`") != std::string::npos);
  CHECK(f.html("/nowhere").find("Own 404") != std::string::npos);
}

TEST_CASE("an empty folder shows which file to add") {
  Workspace w;
  REQUIRE(w.list("{\"files\":[],\"complete\":true}"));
  Answer a = render(w, "/");
  CHECK(a.status == site::Status::NotFound);
  CHECK(a.html.find("index.md") != std::string::npos);
}

TEST_CASE("Liquid runs in a plain folder's files with front matter, outside of code") {
  markdown::set_commonmark(markdown::commonmark_parse);
  const std::string text =
      "{{ 'a' | upcase }} `{{ b }}` ``{% c `{{`` {{ 'd' | upcase }} ` {{ 'e' | upcase }}\n\n"
      "- ```\n  {{ f }} {% endif %}\n  ```\n\n{{ 'g' | upcase }} ``` {{ 'h' | upcase }}\n\n"
      "> ~~~ js\n> ${{ i }} ```\n> ~~~\n\n{{ 'j' | upcase }}\n\n~~~\n{% k\n";
  Fixture f{{"README.md", text}, {"with.md", "---\ntitle: T\n---\n" + text}};
  // As GitHub shows it.
  CHECK(f.html("/").find("{{ 'a' | upcase }} <code>{{ b }}</code>") != std::string::npos);
  const std::string html(f.html("/with/"));
  INFO(html);
  for (const char* part : {"A <code>{{ b }}</code> <code>{% c `{{</code> D ` E</p>",
                           "<code>{{ f }} {% endif %}\n</code>", "<p>G ``` H</p>", "${{ i }} ```\n",
                           "<p>J</p>", "<code>{% k\n</code>"})
    CHECK(html.find(part) != std::string::npos);
  // Included texts and other files are templates.
  Fixture page{{"a.html", "---\n---\n<code>`{{ 'a' | upcase }}`</code>"}, {"README.md", ""}};
  CHECK(page.html("/a/").find("`A`") != std::string::npos);
}

TEST_CASE("marks of code that are never closed take linear time in Liquid") {
  markdown::set_commonmark(markdown::commonmark_parse);
  std::string text = "---\n---\n", ticks;
  for (int i = 0; i < 400; i++) {
    ticks += '`';
    for (int k = 0; k < 50; k++) text += ticks.substr(0, std::size_t(i)) + "a{{1}} ";
  }
  for (int i = 0; i < 100'000; i++) text += "`1 ```{{2}} ~~~- ";
  Fixture f{{"README.md", text}};
  CHECK(f.html("/").size() > 0);
}
