#include <catch2/catch_test_macros.hpp>

#include "meridian/value.h"
#include "rendered.h"

using namespace meridian;

namespace {
/// The number of files that the command writes for a site.
std::uint32_t make(Workspace& w, FirstText& first) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Text manifest;
  CHECK(w.manifest(manifest, diagnostics, {.first = &first}));
  return first.arrange();
}

std::string printed(const FirstText& first, std::uint32_t file) {
  Text out;
  first.print(file, out);
  return std::string(out.str());
}

const char* kPage = "---\nlayout: single\ntitle: \"One </h1> & two\"\n---\nText\n";
}  // namespace

TEST_CASE("FirstText cuts a site into files, and each page is in one") {
  Workspace w;
  put_site(w, {{"_config.yml", "title: T\n"}});
  (void)w.options("{\"theme\":\"meridian\"}");
  constexpr int kCount = 3 * FirstText::kPages - 1;
  for (int i = 0; i < kCount; i++) w.put(Str("p" + std::to_string(i) + ".md"), kPage);
  FirstText first(w.site());
  CHECK(first.arrange() == 0);
  REQUIRE(make(w, first) == 3);
  int found = 0;
  for (std::uint32_t file = 0; file < 3; file++) {
    std::string text = printed(first, file);
    Arena arena;
    Diagnostics diagnostics(arena);
    Value json;
    REQUIRE(parse_json({"first.json", Str(text)}, arena, json, diagnostics));
    Map* pages = json.map()->get("pages").map();
    found += int(pages->size());
    // The same layout: a frame, and steps in it.
    CHECK(json.map()->get("frames").array()->size() == 1);
  }
  CHECK(found == kCount);
  first.clear();
  CHECK(first.arrange() == 0);
}

TEST_CASE("FirstText has the beginnings of sources, up to a line, and of a large site one") {
  Workspace w;
  std::string text = kPage + std::string("\n");
  for (int i = 0; i < 2000; i++) text += "Größe\n";
  put_site(
      w,
      {{"_config.yml", "title: T\n"}, {"index.md", text}, {"more.md", kPage}, {"long.md", text}});
  (void)w.options("{\"theme\":\"meridian\"}");
  FirstText first(w.site());
  REQUIRE(make(w, first) == 1);
  std::string json = printed(first, 0);
  // Of the home page more than of others.
  std::size_t more = json.find("\"more.md\""), cut[2] = {};
  for (bool home : {true, false}) {
    std::size_t from = json.find(home ? "[\"index.md\",\"" : "[\"long.md\",\""),
                to = json.find("Größe\\n\",0,0,", from);
    REQUIRE(to != std::string::npos);
    cut[home] = to - from;
  }
  CHECK(cut[false] > 1500);
  CHECK(cut[true] > cut[false] + 1500);
  CHECK(json.find("Text\\n\",1,0,", more) != std::string::npos);
  CHECK(json.size() < 10000);

  Workspace large;
  // Without these every page would begin with links to all others.
  put_site(large, {{"_config.yml", "title: T\n"},
                   {"_data/navigation.yml", "main: [{title: Home, url: /}]\n"},
                   {"index.md", kPage}});
  (void)large.options("{\"theme\":\"meridian\"}");
  for (std::uint32_t i = 0; i < FirstText::kMaxBeginnings; i++)
    large.put(Str("p" + std::to_string(i) + ".md"), kPage);
  FirstText all(large.site());
  std::uint32_t files = make(large, all);
  CHECK(files == FirstText::kMaxBeginnings / FirstText::kPagesAlone + 1);
  json.clear();
  for (std::uint32_t i = 0; i < files; i++) json += printed(all, i);
  CHECK(json.find("[\"index.md\",\"") != std::string::npos);
  CHECK(json.find("[\"p7.md\",null,1,0,") != std::string::npos);
}

TEST_CASE("FirstText has no page that would look otherwise") {
  auto files_with = [](const char* config, const char* page) {
    Workspace w;
    put_site(
        w, {{"_config.yml", config},
            {"_layouts/quirks.html", "<html><body>{{ content }}"},
            {"_layouts/script.html", "<!doctype html><html><body><script>1</script>{{ content }}"},
            {"_layouts/twice.html", "<!doctype html><html><body>{{ content }}{{ content }}"},
            {"_layouts/sheet.html",
             "<!doctype html><html><head><link rel=\"stylesheet\" href=\"/a.css\"></head>"
             "<body>{{ content }}"},
            {"_layouts/mine.html", "<!doctype html><html><body>{{ content }}"},
            {"index.md", page}});
    (void)w.options("{\"theme\":\"meridian\"}");
    FirstText first(w.site());
    return make(w, first);
  };
  const char* usual = "title: T\n";
  CHECK(files_with(usual, kPage) == 1);
  CHECK(files_with("kramdown: {hard_wrap: true}\n", kPage) == 0);
  CHECK(files_with("kramdown: {smart_quotes: \"apos,apos,quot,quot\"}\n", kPage) == 0);
  CHECK(files_with("markdown: CommonMark\n", kPage) == 0);
  CHECK(files_with(usual, "---\nlayout: single\n---\n") == 0);  // no text
  for (const char* layout : {"quirks", "script", "twice", "sheet"}) {
    std::string page = "---\nlayout: " + std::string(layout) + "\n---\nText\n";
    CHECK(files_with(usual, page.c_str()) == 0);
  }
}
