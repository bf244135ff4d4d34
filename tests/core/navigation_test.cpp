// Menus of sites without `_data/navigation.yml`, and the pages that list all pages.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "meridian/writer.h"
#include "rendered.h"

using namespace meridian;

namespace {
using Files = std::vector<std::pair<std::string, std::string>>;

struct Menus {
  Workspace w;
  explicit Menus(const Files& files) {
    markdown::set_commonmark(markdown::commonmark_parse);
    put_site(w, files);
    REQUIRE(w.options("{\"theme\":\"auto\",\"time\":\"2026-06-01T12:00:00Z\"}"));
  }
  std::string html(Str url) { return render(w, url).html; }
  std::vector<std::string> outputs() {
    Arena arena;
    site::Needs needs;
    Diagnostics found(arena);
    Writer writer(w);
    std::vector<std::string> paths;
    for (const OutputFile& one : writer.files(arena, needs, found)) paths.emplace_back(one.path);
    return paths;
  }
};

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  std::size_t from = text.find(begin), to = text.find(end, from);
  return from == std::string::npos ? "" : text.substr(from, to - from);
}
std::string masthead(const std::string& page) {
  return between(page, "<header class=\"masthead", "</header>");
}
std::string sidebar(const std::string& page) {
  return between(page, "<nav class=\"sidebar", "</nav>");
}
std::size_t links(const std::string& html) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = html.find("<a href=", at)) != std::string::npos; at++) count++;
  return count;
}

Files titled(int count) {
  Files files{
      {"_config.yml", "title: T\ndefaults: [{scope: {path: ''}, values: {layout: single}}]\n"},
      {"index.md", "---\n---\n"}};
  for (int i = 0; i < count; i++) {
    std::string number = std::to_string(i);
    files.emplace_back("deep/p" + number + ".md", "---\ntitle: Page " + number + "\n---\n");
  }
  return files;
}
Files folder_of(int count) {
  Files files;
  for (int i = 0; i < count; i++)
    files.emplace_back("sub/Note " + std::to_string(i) + ".md", "x\n");
  return files;
}
}  // namespace

TEST_CASE("a site of Jekyll lists its titled pages in the masthead, up to sixty") {
  Menus few(titled(60));
  std::string head = masthead(few.html("/deep/p3.html"));
  CHECK(head.find("<a href=\"/deep/p59.html\">Page 59</a>") != std::string::npos);
  CHECK(head.find("<a href=\"/deep/p3.html\" aria-current=\"page\">Page 3</a>") !=
        std::string::npos);
  CHECK(head.find("--items:60") != std::string::npos);
  CHECK(head.find("all-pages") == std::string::npos);
  CHECK(few.outputs().back() != "all-pages/index.html");
  CHECK(render(few.w, "/all-pages/").status == site::Status::NotFound);
}

TEST_CASE("with more pages the masthead has those at the top, and a link to the list of all") {
  Files files = titled(61);
  files.emplace_back("about.md", "---\ntitle: About\n---\n");
  Menus many(files);
  std::string head = masthead(many.html("/deep/p3.html"));
  INFO(head);
  CHECK(links(head) == 2);
  CHECK(head.find("<a href=\"/about.html\">About</a>") != std::string::npos);
  CHECK(head.find("<a href=\"/all-pages/\">All pages</a>") != std::string::npos);
  std::string all = many.html("/all-pages/");
  CHECK(all.find("Page 2</a>") < all.find("Page 10</a>"));
  for (int i = 0; i < 61; i++)
    CHECK(all.find("/deep/p" + std::to_string(i) + ".html") != std::string::npos);
  CHECK(many.outputs().back() == "all-pages/index.html");
  // The author's navigation stays as it is.
  files.emplace_back("_data/navigation.yml", "main: [{title: Own, url: /own/}]\n");
  Menus own(files);
  head = masthead(own.html("/deep/p3.html"));
  CHECK(head.find("Own") != std::string::npos);
  CHECK(head.find("About") == std::string::npos);
  CHECK(render(own.w, "/all-pages/").status == site::Status::NotFound);
}

TEST_CASE("bytes of a page do not grow with the notes of its folder") {
  Menus some(folder_of(100)), many(folder_of(1000));
  std::string page = many.html("/sub/Note%20500/");
  CHECK(page.size() < some.html("/sub/Note%2050/").size() + 200);
  std::string side = sidebar(page);
  for (int i = 494; i < 506; i++)
    CHECK(side.find(">Note " + std::to_string(i) + "</a>") != std::string::npos);
  CHECK(side.find("Note 493<") == std::string::npos);
  CHECK(side.find("Note 506<") == std::string::npos);
  CHECK(side.find("aria-current=\"page\">Note 500</a>") != std::string::npos);
  CHECK(side.find("<a href=\"/all-pages/\">All pages</a>") != std::string::npos);
  // The first page of a folder without one lists all, and so does the page for it.
  for (const char* url : {"/", "/all-pages/"})
    CHECK(many.html(url).find("Note 999</a>") != std::string::npos);
}

TEST_CASE("names are in the order in which people count, and dates stay dates") {
  Menus folder({{"Note 10.md", "x\n"},
                {"note 2.md", "x\n"},
                {"Note 1.md", "x\n"},
                {"Journal/2026-01-31.md", "x\n"},
                {"Journal/2026-W05.md", "x\n"},
                {"Journal/getting-started_now.md", "x\n"}});
  std::string head = masthead(folder.html("/"));
  CHECK(head.find("Note 1<") < head.find("Note 2<"));
  CHECK(head.find("Note 2<") < head.find("Note 10<"));
  std::string side = sidebar(folder.html("/Note%201/"));
  CHECK(side.find(">2026-01-31</a>") != std::string::npos);
  CHECK(side.find(">2026-W05</a>") != std::string::npos);
  CHECK(side.find(">Getting started now</a>") != std::string::npos);
}

TEST_CASE("a folder without a title has a home, and titles of its pages alone") {
  std::string page = Menus(Files{{"One.md", "# First\n"}}).html("/One/");
  CHECK(page.find("<title>First</title>") != std::string::npos);
  CHECK(masthead(page).find("href=\"/\">Home</a>") != std::string::npos);
}

TEST_CASE("the first page of a folder has folders that fold, and what changed last") {
  Menus folder({{"A/README.md", "# Area\n"},
                {"A/Old.md", "---\ndate: 2020-01-02\n---\n"},
                {"A/B/New.md", "---\nmodified: 2026-05-03 10:00:00\ndate: 2019-01-01\n---\n"},
                {"A/B/Undated.md", "x\n"},
                {"C/2021-03-04.md", "x\n"},
                {"Loose.md", "x\n"}});
  std::string page = folder.html("/");
  INFO(page);
  CHECK(page.find("<details open><summary><span dir=\"auto\">Area</span> <small>3</small></summary>"
                  "<ul><li><a href=\"/A/\" dir=\"auto\">Area</a></li></ul><details open><summary>"
                  "<span dir=\"auto\">B</span> <small>2</small>") != std::string::npos);
  CHECK(page.find("data-meridian-search") != std::string::npos);
  std::string latest = between(page, "<ul class=\"folder__latest\">", "</ul>");
  CHECK(latest.find("<time datetime=\"2026-05-03\">3 May 2026</time> <a href=\"/A/B/New/\"") <
        latest.find("2021-03-04"));
  CHECK(latest.find("2021-03-04") < latest.find("2020-01-02"));
  CHECK(latest.find("Undated") == std::string::npos);
}

TEST_CASE("a note comes before the list of notes, which a phone shows below it") {
  std::string page = Menus(folder_of(3)).html("/sub/Note%201/");
  CHECK(page.find("<article") < page.find("<nav class=\"sidebar"));
}
