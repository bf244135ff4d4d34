// Live: its parts, put together, are the page that a workspace renders of the same files.
#include "meridian/live.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <vector>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "rendered.h"
#include "support.h"

using namespace meridian;

namespace {
const char* kLayout =
    "<!DOCTYPE html><title>{{ page.title }}</title><body><h1>{{ content | strip_html | "
    "number_of_words }}</h1>"
    "<main>{{ content | replace: 'disabled=\"disabled\"', 'data-task disabled' }}</main></body>";

/// What the theme's layout `compress` does.
const char* kCompress =
    "<body>{{ content | replace: ' role=\"doc-noteref\"><a ', '><a role=\"doc-noteref\" ' | "
    "replace: ' role=\"doc-endnote\">', '>' | replace: '<input type=\"checkbox\" "
    "class=\"task-list-item-checkbox\"', '<input type=\"checkbox\" "
    "class=\"task-list-item-checkbox\" aria-label=\"Task\"' }}</body>";
// As layouts compress pages: white space is one space, and none beside blocks.
const char* kSpaces =
    "<body>\n{{ content | split: ' ' | join: ' ' | replace: ' <p', '<p' | replace: '</p> ', '</p>' "
    "}}"
    "</body>";
const char* kLayouts[] = {"<body>{{ content }}</body>", kLayout, kCompress, kSpaces};

/// An editor's copy of the page.
struct Editor {
  std::string shell;
  std::size_t at = Str::npos;
  std::vector<std::string> parts;

  void take(const Live& live, bool direct) {
    if (!direct && live.is_new_shell()) {
      shell = std::string(live.shell());
      at = live.content_at();
    }
    auto from = parts.begin() + live.first();
    auto to = live.gone() == ~0u ? parts.end() : from + live.gone();
    from = parts.erase(from, to);
    for (const Live::Part& part : live.parts())
      from = parts.insert(from, std::string(part.html)) + 1;
  }
  /// The shells of these tests are ASCII, so that code units are bytes.
  std::string page() const {
    std::string all;
    for (const std::string& part : parts) all += part;
    return at == Str::npos ? shell : shell.substr(0, at) + all + shell.substr(at);
  }
};

const std::string kFront = "---\ntitle: T\nlayout: default\n---\n";
const char* kKramdown = "title: T\n";
const char* kLinked = "title: T\nplugins: [jekyll-relative-links]\n";
const char* kGitHub = "title: T\nmarkdown: CommonMarkGhPages\nplugins: [jekyll-relative-links]\n";

std::vector<std::pair<Str, Str>> sources(Str text, Str layout, Str config = kKramdown) {
  return {{"_config.yml", config},
          {"other.md", "Another page.\n"},
          {"_layouts/default.html", layout},
          {"index.md", text},
          {"_includes/mark.html", "A mark."}};
}

/// The lines in which the parts of a file begin.
List<std::uint32_t> lines_of(Live& live, Str path, Arena& arena) {
  List<std::uint32_t> lines;
  live.add_lines(path, arena, lines);
  return lines;
}

std::string rendered(Str text, Str layout, Str config = kKramdown) {
  Workspace w;
  put_site(w, sources(text, layout, config));
  return render(w, "/").html;
}

std::uint32_t units(const std::string& s) {
  std::uint32_t count = 0;
  for (char c : s) count += ((c & 0xc0) != 0x80) + (std::uint8_t(c) >= 0xf0);
  return count;
}

/// What became of the first paragraph of a part.
patch::Edit edit_of(patch::Place place, std::uint32_t elements, Str html) {
  return {place, place, elements, html};
}
patch::Edit edit_of(std::uint32_t paragraph, std::uint32_t elements, Str html) {
  return edit_of({paragraph, "p", 0}, elements, html);
}

std::string applied(const std::string& text, const FilePatch& patch) {
  const std::size_t begin = offset_of_utf16(text, patch.begin);
  const std::size_t end = offset_of_utf16(text, patch.end);
  return std::string(text).replace(begin, end - begin, std::string(patch.insert.str()));
}
}  // namespace

TEST_CASE("Live's shell and parts are the rendered page, after every edit") {
  markdown::set_commonmark(markdown::commonmark_parse);
  const char* config = GENERATE(kKramdown, kLinked, kGitHub);
  const std::vector<std::string> bodies = {
      "One *two*.\n\nThree ü 北京 😀 four.\n\n- [ ] to do\n- [x] done\n\n## Header\n\nThe end.\n",
      "{% include mark.html %}\n\nText {{ page.title }}.\n\nMore.\n\n{% for i in (1..3) %}\n- item "
      "{{ i }}\n{% endfor "
      "%}\n\nEnd.\n",
      "A note[^1].\n\n[^1]: What it says.\n\nA paragraph.\n\n- [ ] to do\n", "",
      "# A\nText <b>raw</b>.\n<div>\n\nWithin *it*.\n\n</div>\n\n[Another](other.md)\n\n| a |\n| - "
      "|\n| b |\n"};
  const std::vector<std::string> pieces = {
      "x",    "\n\n", "*",  "ü", "😀",    "{{ 1 | plus: 1 }}", "- [ ] task\n",  "# H\n\n",
      "[^1]", "{%",   "%}", "{", "word ", "<div>\n",           "[o](other.md)", "```\n"};
  std::uint32_t state = 1;
  auto below = [&](std::size_t n) {
    state = state * 1664525 + 1013904223;
    return std::size_t((std::uint64_t(state >> 8) * n) >> 24);
  };
  int direct = 0;
  for (std::size_t seed = 0; seed < 30 * std::size(kLayouts); ++seed) {
    const std::string layout = kLayouts[seed % std::size(kLayouts)];
    std::string text = kFront + bodies[seed % bodies.size()];
    Workspace w;
    put_site(w, sources(text, layout, config));
    Live live(w);
    Editor editor;
    REQUIRE(live.follow("index.md"));
    Text json;
    live.view("/", json);
    editor.take(live, false);
    REQUIRE(editor.page() == rendered(text, layout, config));
    for (int i = 0; i < 25; ++i) {
      std::size_t from = kFront.size() + below(text.size() - kFront.size() + 1),
                  to = from + (below(3) ? 0 : below(8));
      if (below(20) == 0) from = to = 10;  // in the front matter
      if (to > text.size()) to = text.size();
      while (from && from < text.size() && (text[from] & 0xc0) == 0x80) --from;
      while (to < text.size() && (text[to] & 0xc0) == 0x80) ++to;
      std::string insert = pieces[below(pieces.size())];
      std::uint32_t begin = units(text.substr(0, from)), end = units(text.substr(0, to));
      text.replace(from, to - from, insert);
      bool quick = live.edit(begin, end, insert);
      INFO("seed " << seed << " step " << i << ", " << text);
      if (quick) {
        editor.take(live, true);
        ++direct;
        // Until the next view a part may have white space that the layout removes.
        if (layout[1] == 'b' && layout != kSpaces)
          REQUIRE(editor.page() == rendered(text, layout, config));
        if (below(2)) continue;
      }
      Text said;
      live.view("/", said);
      editor.take(live, false);
      REQUIRE(editor.page() == rendered(text, layout, config));
    }
  }
  CHECK(direct > 100);
}

TEST_CASE("CommonMark: parts are blocks; with raw HTML all parts are replaced") {
  const std::string text =
      "---\nlayout: default\n---\n# One\nTwo[^1].\n\n- a\n- b\n\n[^1]: Note.\n\nLast *word*.\n";
  Workspace w;
  put_site(w, sources(text, "<body>{{ content }}</body>", kGitHub));
  Live live(w);
  REQUIRE(live.follow("index.md"));
  Text lacks, json;
  markdown::set_commonmark(nullptr);
  CHECK(live.view("/", lacks) == site::Status::Needs);
  CHECK(lacks.str().find("commonmark") != Str::npos);
  markdown::set_commonmark(markdown::commonmark_parse);
  live.view("/", json);
  REQUIRE(live.parts().size == 5);
  Arena arena;
  List<std::uint32_t> lines = lines_of(live, "index.md", arena);
  REQUIRE(lines.size == 5);
  CHECK(lines[1] == 5);
  CHECK(lines[2] == 7);
  CHECK(lines[3] == 12);
  std::uint32_t at = std::uint32_t(text.find("word"));
  REQUIRE(live.edit(at, at, "first "));
  CHECK(live.first() == 3);
  CHECK(live.gone() == 1);
  REQUIRE(live.parts().size == 1);
  CHECK(live.parts()[0].html == "<p>Last <em>first word</em>.</p>\n");
  CHECK(!live.is_whole());
  REQUIRE(live.edit(at, at, "<b>"));
  CHECK(live.is_whole());
  REQUIRE(live.edit(at, at + 3, ""));
  CHECK(live.is_whole());
  REQUIRE(live.edit(at, at, "x"));
  CHECK(!live.is_whole());
}

TEST_CASE("add_lines gives the line at which a part begins") {
  const std::string text = "---\ntitle: T\n---\n\nOne.\n\nTwo\nthree.\n\n## Four\n\nFive.\n";
  Workspace w;
  put_site(w, sources(text, "{{ content }}"));
  Live live(w);
  REQUIRE(live.follow("index.md"));
  Text json;
  live.view("/", json);
  Arena arena;
  List<std::uint32_t> lines = lines_of(live, "index.md", arena);
  REQUIRE(lines.size == 4);
  CHECK(lines[1] == 7);
  CHECK(lines[2] == 10);
  CHECK(lines[3] == 12);
  // Liquid's output has other lines than the file.
  const std::string liquid =
      "---\ntitle: T\n---\n{% for i in (1..3) %}\nItem.\n\n{% endfor %}\n\nBehind.\n\nLast.\n";
  live.forget();
  w.put("index.md", liquid);
  REQUIRE(live.follow("index.md"));
  Text said;
  live.view("/", said);
  CHECK(lines_of(live, "index.md", arena).back() == 11);
}

TEST_CASE("follow refuses missing files and files that are not UTF-8") {
  Workspace w;
  put_site(w, sources("---\nlayout: default\n---\nText.\n\n{% include mark.html %}\n",
                      "<main>{{ content }}</main>"));
  w.put("picture.md", "---\n---\n\xff\xfe");
  Live live(w);
  Editor editor;
  CHECK(!live.follow("picture.md"));
  CHECK(!live.follow("nowhere.md"));
  CHECK(!live.edit(0, 0, "x"));
  Text json;
  CHECK(live.view("/", json) == site::Status::Ready);
  editor.take(live, false);
  REQUIRE(live.follow("_includes/mark.html"));
  CHECK(!live.edit(7, 7, "!"));
  Text again;
  live.view("/", again);
  editor.take(live, false);
  CHECK(editor.page().find("A mark.!") != std::string::npos);
  CHECK(editor.parts.size() > 1);
  Text none;
  CHECK(live.view("/nowhere/", none) == site::Status::NotFound);
}

TEST_CASE("positions count a byte order mark, which is kept") {
  Workspace w;
  put_site(
      w, {{"_config.yml", kKramdown}, {"index.md", "\xEF\xBB\xBF---\nlayout: none\n---\nText.\n"}});
  Live live(w);
  Text json;
  live.view("/", json);
  REQUIRE(live.follow("index.md"));
  (void)live.edit(22, 26, "Word");  // the byte order mark is a code unit
  live.flush();
  const site::File& f = *w.files().find("index.md");
  CHECK(std::string(f.bytes, std::size_t(f.size)) == "\xEF\xBB\xBF---\nlayout: none\n---\nWord.\n");
}

TEST_CASE("an edit on the page is found in its file, also where Liquid is beside it") {
  markdown::set_commonmark(markdown::commonmark_parse);
  const char* config = GENERATE(kKramdown, kGitHub);
  const std::string text =
      "---\ntitle: Über\nlayout: default\n---\n{% assign who = \"you\" %}\nHello {{ who }}.\n\n"
      "Some *words* here.\n\n"
      "Same line.\n\n{% if false %}\nSame line.\n\n{% endif %}\nSame line.\n";
  Workspace w;
  put_site(w, sources(text, kLayouts[0], config));
  Live live(w);
  REQUIRE(live.follow("index.md"));
  Text json;
  REQUIRE(live.view("/", json) == site::Status::Ready);
  std::uint32_t hello = ~0u, words = ~0u, last = 0;
  for (std::uint32_t i = 0; i < live.parts().size; ++i) {
    Str html = live.parts()[i].html;
    if (html.find("Hello") != Str::npos) hello = i;
    if (html.find("words") != Str::npos) words = i;
    if (html.find("Same") != Str::npos) last = i;
  }
  REQUIRE(words != ~0u);
  FilePatch patch;
  auto patched = [&](std::uint32_t part, std::uint32_t elements, Str html, std::string& out) {
    const patch::Outcome outcome = live.find_patch(edit_of(part, elements, html), patch);
    if (outcome == patch::Outcome::Found) out = applied(text, patch);
    return outcome;
  };
  auto line = [&](const char* what) {
    return std::uint32_t(
        1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(text.find(what)), '\n'));
  };
  auto replaced = [&](std::string what, std::string by, bool from_end = false) {
    std::string copy = text;
    copy.replace(from_end ? copy.rfind(what) : copy.find(what), what.size(), by);
    return copy;
  };
  std::string out;
  CHECK(patched(words, 2, "<m-0>Some <m-1>words</m-1> there.</m-0>", out) == patch::Outcome::Found);
  CHECK(out == replaced("here.", "there."));
  CHECK(patched(hello, 1, "<m-0>Hello you!</m-0>", out) == patch::Outcome::Refused);
  CHECK(patch.reason == patch::Reason::Liquid);
  CHECK(patch.line == line("Hello"));
  CHECK(patched(words, 2, "<m-0>Some <m-1>words</m-1> {{ who }}.</m-0>", out) ==
        patch::Outcome::Refused);
  CHECK(patch.reason == patch::Reason::Template);
  CHECK(patch.line == line("Some"));
  // What the file has once more, in a part of a template that the page lacks.
  const patch::Outcome outcome = patched(last, 1, "<m-0>Another line.</m-0>", out);
  if (outcome == patch::Outcome::Found) CHECK(out == replaced("Same", "Another", true));
  // Nothing has changed.
  CHECK(rendered(text, kLayouts[0], config) == render(w, "/").html);
}

TEST_CASE(
    "an edit on the page is found after other files have come, and beside Liquid in its line") {
  const std::string text =
      kFront + "See the [work]({{ '/work' | relative_url }}) of many years, {{ 1 }}.\n";
  Workspace w;
  put_site(w, sources(text, kLayouts[0], kKramdown));
  Live live(w);
  REQUIRE(live.follow("index.md"));
  Text json;
  REQUIRE(live.view("/", json) == site::Status::Ready);
  const patch::Edit edit = edit_of(0, 2, "<m-0>See the <m-1>work</m-1> of so many years, 1.</m-0>");
  for (const char* other : {"", "_data/more.yml", "_includes/more.html"}) {
    if (*other) {
      live.forget();
      w.put(other, "a: 1\n");
      REQUIRE(live.follow("index.md"));
    }
    FilePatch patch;
    REQUIRE(live.find_patch(edit, patch) == patch::Outcome::Found);
    CHECK(patch.insert.str() == "so ");
    CHECK(text.substr(patch.begin, 10) == "many years");
    // The page in view is still the one that was sent.
    REQUIRE(live.view("/", json) == site::Status::Ready);
    CHECK(live.parts().empty());
  }
  // The file has become another one, which is not in view yet.
  live.forget();
  w.put("index.md", "---\n---\nOthers.\n");
  REQUIRE(live.follow("index.md"));
  FilePatch patch;
  CHECK(live.find_patch(edit, patch) == patch::Outcome::Missing);
}

TEST_CASE("an edit that others render before it is in view is that of the next patch") {
  const std::string text = kFront + "{{ page.title }}\n\nOne.\n\nTwo.\n";
  Workspace w;
  put_site(w, sources(text, kLayouts[0], kKramdown));
  Live live(w);
  REQUIRE(live.follow("index.md"));
  Text json;
  REQUIRE(live.view("/", json) == site::Status::Ready);
  const auto at = std::uint32_t(text.find("One"));
  REQUIRE(!live.edit(at, at + 3, "Three"));
  live.flush();
  (void)render(w, "/");
  REQUIRE(live.view("/", json) == site::Status::Ready);
  FilePatch patch;
  REQUIRE(live.find_patch(edit_of(1, 1, "<m-0>Four.</m-0>"), patch) == patch::Outcome::Found);
  CHECK(applied(std::string(text).replace(at, 3, "Three"), patch) ==
        std::string(text).replace(at, 3, "Four"));
}

TEST_CASE("a layout that changes white space leaves the parts of a page") {
  // With a plugin that changes the links of the first and the last part, too.
  const auto [config, link] =
      GENERATE(table<const char*, std::string>({{kKramdown, ""}, {kLinked, "[b](b.md)"}}));
  const std::string text =
      kFront + "One" + link + "\nline.\n{: .lead}\n\n- a  b\n- c\n\nTwo\n" + link + "lines.\n";
  for (const char* layout : kLayouts) {
    INFO(text << layout);
    Workspace w;
    auto files = sources(text, layout, config);
    files.push_back({"b.md", "---\n---\nB\n"});
    put_site(w, files);
    Live live(w);
    REQUIRE(live.follow("index.md"));
    Text json;
    REQUIRE(live.view("/", json) == site::Status::Ready);
    CHECK(live.content_at() != Str::npos);
    CHECK(live.parts().size == 3);
    const patch::Edit edit = edit_of({1, "li", 1}, 1, "<m-0>d</m-0>");
    FilePatch patch;
    REQUIRE(live.find_patch(edit, patch) == patch::Outcome::Found);
    CHECK(applied(text, patch) == std::string(text).replace(text.find("- c") + 2, 1, "d"));
  }
}

TEST_CASE("a blank line that Liquid leaves is not where the content begins") {
  for (const char* begin : {"{% comment %}c{% endcomment %}\n", "\n{% assign a = 1 %}\n\n"})
    for (const char* layout : {"<!DOCTYPE html>\n<body>\n\n<main>{{ content }}</main>",
                               "<!DOCTYPE html>\n<body>\n<main>{{ content | strip }}</main>"}) {
      INFO(begin << layout);
      Workspace w;
      put_site(w, sources(kFront + std::string(begin) + "One.\n\nTwo.\n", layout));
      Live live(w);
      Editor editor;
      REQUIRE(live.follow("index.md"));
      Text json;
      REQUIRE(live.view("/", json) == site::Status::Ready);
      editor.take(live, false);
      CHECK(editor.page() == render(w, "/").html);
      CHECK(editor.shell.substr(0, editor.at).ends_with("<main>"));
    }
}

TEST_CASE("links that a plugin changes leave the parts of a page, in kramdown too") {
  for (const char* first : {"See [b](b.md), [c](c.md) and more.", "[b](b.md)", "# [b](b.md)",
                            "- [b](b.md)\n- ![x](x.png)"}) {
    const std::string text = kFront + first + "\n\nSome *words* and [b](b.md) here.\n\nThe end.\n";
    for (const char* layout : kLayouts) {
      INFO(text << layout);
      Workspace w;
      auto files = sources(text, layout, kLinked);
      files.push_back({"b.md", "---\n---\nB\n"});
      put_site(w, files);
      Live live(w);
      Editor editor;
      REQUIRE(live.follow("index.md"));
      Text json;
      REQUIRE(live.view("/", json) == site::Status::Ready);
      editor.take(live, false);
      CHECK(editor.page() == render(w, "/").html);
      CHECK(editor.page().find("b.md") == std::string::npos);
      CHECK(live.content_at() != Str::npos);
      CHECK(live.parts().size == 3);
      const patch::Edit edit =
          edit_of(1, 3, "<m-0>Some <m-1>words</m-1> and <m-2>b</m-2> there.</m-0>");
      FilePatch patch;
      REQUIRE(live.find_patch(edit, patch) == patch::Outcome::Found);
      CHECK(applied(text, patch) == std::string(text).replace(text.find("here"), 4, "there"));
      (void)live.edit(patch.begin, patch.end, patch.insert.str());
      REQUIRE(live.view("/", json) == site::Status::Ready);
      editor.take(live, false);
      CHECK(editor.page() == render(w, "/").html);
    }
  }
}
