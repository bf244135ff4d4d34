#include "meridian/check.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "rendered.h"

using namespace meridian;

namespace {

/// The site of an author.
struct Fixture {
  Workspace w;
  Author author{w};
  Fixture(std::initializer_list<std::pair<Str, Str>> files) { put_site(w, files); }
  Answer at(Str url) { return render(w, url); }
};

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

constexpr const char* kHome = "---\n---\n{% for p in site.posts %}({{ p.title }}){% endfor %}";
}  // namespace

TEST_CASE("front matter that can't be read leaves its page where it is for the author, and is told there") {
  struct {
    const char *yaml, *title;
  } cases[] = {{"title: Deep: a view\npermalink: /deep/\n", "Deep: a view"},
               {"permalink: /deep/\ntitle: \"Deep\n", "Deep"},
               {"permalink: /deep/\ntitle: Deep\ntags:\n\t- a\n", "Deep"},
               {"title: Deep\ntags: [a, b\npermalink: /deep/\n", "Deep"},
               {"title: Deep\nauthor: @me\npermalink: /deep/\n", "Deep"},
               {"title: Deep\n  date: 2020\npermalink: /deep/\n", "Deep"}};
  for (auto& [yaml, title] : cases) {
    INFO(yaml);
    std::string page = std::string("---\n") + yaml + "---\n{{ page.title }} *body*\n";
    Fixture f{{"_config.yml", ""}, {"index.md", "---\n---\n"}, {"view.md", page}};
    Answer a = f.at("/deep/");
    CHECK(a.status == site::Status::Ready);
    CHECK(a.html == std::string("<p>") + title + " <em>body</em></p>\n");
    CHECK(has(a.json, "\"severity\":\"error\""));
    CHECK(has(a.json, "\"file\":\"view.md\""));
    // Jekyll goes on without data.
    Workspace published;
    put_site(published, std::initializer_list<std::pair<Str, Str>>{{"_config.yml", ""}, {"view.md", page}});
    CHECK(render(published, "/deep/").status == site::Status::NotFound);
    CHECK(render(published, "/view.html").html == "<p><em>body</em></p>\n");
  }
}

TEST_CASE("front matter without its end is told, and ends where nothing like it follows") {
  Fixture f{{"_config.yml", ""}, {"view.md", "---\ntitle: Deep\npermalink: /deep/\n\n# Heading\n"}};
  Answer a = f.at("/deep/");
  CHECK(has(a.html, "Heading</h1>"));
  CHECK_FALSE(has(a.html, "permalink"));
  CHECK(has(a.json, "the front matter is not closed"));
}

TEST_CASE("a post with broken front matter stays in the author's lists, under its title") {
  Fixture f{{"_config.yml", ""},
            {"index.md", kHome},
            {"_posts/2020-01-02-deep.md", "---\ntitle: Deep: a view\n---\nx\n"},
            {"_posts/2020-01-01-fine.md", "---\ntitle: Fine\n---\nx\n"}};
  Answer a = f.at("/");
  CHECK(a.html == "<p>(Deep: a view)(Fine)</p>\n");
  CHECK(has(a.json, "put quotes around the value: title: \\\"Deep: a view\\\""));
  f.w.put("_posts/2020-01-02-deep.md", "---\ntitle: \"Deep: a view\"\n---\nx\n");
  a = f.at("/");
  CHECK(a.html == "<p>(Deep: a view)(Fine)</p>\n");
  CHECK(has(a.json, "\"diagnostics\":[]"));
}

TEST_CASE("while _config.yml can't be read the settings stay as they were, which is told") {
  Fixture f{{"_config.yml", "title: One\ninclude: [_pages]\n"},
            {"_pages/about.md", "---\npermalink: /\n---\n{{ site.title }}"}};
  CHECK(f.at("/").html == "<p>One</p>\n");
  f.w.put("_config.yml", "title: Two: three\ninclude: [_pages]\n");
  Answer a = f.at("/");
  CHECK(a.html == "<p>One</p>\n");
  CHECK(has(a.json, "put quotes around the value: title: \\\"Two: three\\\""));
  CHECK(has(a.json, "the site keeps the settings that it had"));
  f.w.put("_config.yml", "title: \"Two: three\"\ninclude: [_pages]\n");
  a = f.at("/");
  CHECK(a.html == "<p>Two: three</p>\n");
  CHECK(has(a.json, "\"diagnostics\":[]"));
}

TEST_CASE("of a _config.yml that could never be read what can be read counts, and defaults for the rest") {
  Fixture f{{"_config.yml", "title: \"One\ninclude: [_pages]\nauthors: [a, b\n"},
            {"_pages/about.md", "---\npermalink: /\n---\n{{ site.title }}"}};
  Answer a = f.at("/");
  CHECK(a.html == "<p>One</p>\n");
  CHECK(has(a.json, "a quoted value is not closed"));
  CHECK(has(a.json, "defaults for what is missing"));
}

TEST_CASE("mending takes linear time, whatever the front matter is made of") {
  for (const char* piece : {"a: b: c\n", "a: \"\n", "- x\n", "x\n", "\t", "a: [\n", " \n", "a: &x *x\n"}) {
    std::string text = "---\n";
    while (text.size() < 2'000'000) text += piece;
    Fixture f{{"_config.yml", text}, {"index.md", text + "---\nbody\n"}, {"open.md", text}};
    CHECK(f.at("/").status != site::Status::Needs);
  }
}
