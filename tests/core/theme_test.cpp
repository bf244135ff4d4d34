// The embedded files are the theme in core/theme/: every file, found by its name, with its lines
// where they matter.
#include "meridian/theme.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace theme = meridian::theme;
namespace fs = std::filesystem;
using meridian::Str;

namespace {

const fs::path kTheme = "core/theme";  // tests run in the repository's root

std::set<std::string> files_on_disk() {
  std::set<std::string> paths{"_config.yml"};
  for (const char* folder : {"_layouts", "_includes", "_data", "_pages", "_plugins"}) {
    if (!fs::exists(kTheme / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(kTheme / folder)) {
      if (entry.is_regular_file())
        paths.insert(fs::relative(entry.path(), kTheme).generic_string());
    }
  }
  return paths;
}

std::vector<theme::File> all_files() {
  std::vector<theme::File> files;
  theme::File file;
  for (Str rest = theme::embedded(); theme::next_file(rest, file);) files.push_back(file);
  return files;
}

bool has(Str text, Str part) { return text.find(part) != Str::npos; }

}  // namespace

TEST_CASE("every file of the theme's folders is embedded, and no other") {
  std::set<std::string> embedded;
  for (const theme::File& file : all_files()) embedded.insert(std::string(file.path));
  std::set<std::string> expected = files_on_disk();
  // Further names of tags.
  for (const char* alias :
       {"I18n_Headers", "Static_Href", "translate", "translate_link", "twitternocache"})
    expected.insert(std::string("_plugins/") + alias + ".html");
  CHECK(embedded == expected);
}

TEST_CASE("files are in the order of their paths, and each is found") {
  std::string before;
  for (const theme::File& file : all_files()) {
    INFO(file.path);
    CHECK(before < std::string(file.path));
    before = std::string(file.path);
    CHECK(theme::find(file.path).data() == file.data.data());
    CHECK(theme::find(file.path) == file.data);
  }
}

TEST_CASE("a pack precedes those added before") {
  const Str pack("_includes/a\nA\0_includes/b\n\0_layouts/c\nis cut o", 46);
  theme::add(pack);
  CHECK(theme::find("_includes/a") == "A");
  CHECK(theme::find("_includes/b").data() != nullptr);
  CHECK(theme::find("_includes/b").empty());
  CHECK(theme::find("_layouts/c") == "is cut o");
  CHECK(theme::find("_layouts/single.html").data() != nullptr);  // of the pack before
}

TEST_CASE("bytes that are no pack hide nothing") {
  for (const Str odd : {Str(), Str("no line feed"), Str("\0\0\n", 3)}) {
    theme::add(odd);
    CHECK(theme::find("_layouts/single.html").data() != nullptr);
    CHECK(theme::find("").data() == nullptr);
  }
}

TEST_CASE("a file that the theme lacks is not the same as an empty file") {
  for (Str path : {"", "_layouts", "_layouts/single", "_layouts/single.html ", "_includes/aaa",
                   "zzz", "/_layouts/single.html"}) {
    INFO(path);
    CHECK(theme::find(path).data() == nullptr);
  }
  const Str hook = theme::find("_includes/head/custom.html");
  CHECK(hook.data() != nullptr);
  CHECK(hook.empty());
}

TEST_CASE("the includes and layouts that academicpages content uses exist") {
  for (Str name : {"default", "compress", "single", "archive", "archive-taxonomy", "talk", "splash",
                   "cv-layout", "home", "page", "post"}) {
    INFO(name);
    CHECK(theme::find("_layouts/" + std::string(name) + ".html").data() != nullptr);
  }
  for (Str name : {"analytics.html",
                   "archive-single.html",
                   "archive-single-cv.html",
                   "archive-single-talk.html",
                   "archive-single-talk-cv.html",
                   "author-profile.html",
                   "base_path",
                   "breadcrumbs.html",
                   "category-list.html",
                   "comments.html",
                   "feature_row",
                   "footer.html",
                   "footer/custom.html",
                   "gallery",
                   "group-by-array",
                   "head.html",
                   "head/custom.html",
                   "masthead.html",
                   "nav_list",
                   "page__hero.html",
                   "page__taxonomy.html",
                   "paginator.html",
                   "post_pagination.html",
                   "read-time.html",
                   "scripts.html",
                   "seo.html",
                   "sidebar.html",
                   "social-share.html",
                   "tag-list.html",
                   "toc"}) {
    INFO(name);
    CHECK(theme::find("_includes/" + std::string(name)).data() != nullptr);
  }
}

TEST_CASE("a layout keeps its front matter") {
  CHECK(theme::find("_layouts/talk.html").starts_with("---\nlayout: single\n---\n"));
  CHECK(theme::find("_layouts/default.html")
            .starts_with("---\nlayout: compress\n---\n<!doctype html>"));
}

TEST_CASE("comments, indentation and blank lines are removed, except in Markdown") {
  for (const theme::File& file : all_files()) {
    INFO(file.path);
    CHECK_FALSE(has(file.data, "comment%}"));
    CHECK_FALSE(has(file.data, "comment %}"));
    // The output of plugins keeps their indentation and blank lines.
    bool exact = false;
    for (const char* name : {"quote", "redirect", "tabs"})
      exact |= file.path == "_plugins/" + std::string(name) + ".html";
    if (exact || has(file.data, "markdown=\"1\"")) continue;
    CHECK_FALSE(has(file.data, "\n\n"));
    CHECK_FALSE(has(file.data, "\n "));
    CHECK_FALSE(has(file.data, "\t"));
  }
  CHECK(has(theme::find("_includes/toc"), "\n{:toc"));
}

TEST_CASE(
    "an entry of a list begins a line, so that an include indented in Markdown stays a block") {
  for (Str path : {"_includes/archive-single.html", "_includes/gallery", "_includes/feature_row",
                   "_includes/project-list.html", "_includes/travel-globe.html"}) {
    INFO(path);
    const Str data = theme::find(path);
    const std::size_t first_element = data.find('<');
    REQUIRE(first_element != Str::npos);
    CHECK((first_element == 0 || data[first_element - 1] == '\n'));
  }
}

TEST_CASE(
    "the theme's own variables get names that differ from an author's; shared names are kept") {
  const Str entry = theme::find("_includes/archive-single.html");
  CHECK(has(entry, "post.title"));
  CHECK(has(entry, "include.level"));
  CHECK(has(entry, "{%include meta.html doc=post date=false%}"));
  CHECK_FALSE(has(entry, "assign teaser"));
  CHECK(has(theme::find("_includes/base_path"), "assign base_path"));
  CHECK(has(theme::find("_includes/group-by-array"), "assign group_names"));
  CHECK(has(theme::find("_includes/group-by-array"), "assign group_items"));
}

TEST_CASE("quoted strings in tags are unchanged") {
  CHECK(has(theme::find("_layouts/default.html"), "\"ar fa he ur\""));
  CHECK(has(theme::find("_includes/when.html"), "\" – \""));
}
