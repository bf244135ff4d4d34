// Plugins that GitHub Pages switches on by itself: links, titles and pages of Markdown without
// front matter.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "site_fixture.h"

using namespace meridian;

TEST_CASE("jekyll-relative-links leads the links of Markdown alone") {
  Fixture f{{"_config.yml", "plugins: [jekyll-relative-links]\n"},
            {"_layouts/default.html", ""},
            {"b.md", "---\npermalink: /elsewhere/\n---\n"},
            {"c.png", "x"},
            {"a.md",
             "---\n---\n[A](b.md) ![](c.png) <a href=\"b.md\">B</a>\n\n"
             "<div><a href=\"b.md\">C</a><img src=\"c.png\"></div>\n"},
            {"d.md", "---\n---\nx[^1]\n\n[^1]: [A](b.md)\n"}};
  CHECK(f.html("/a") ==
        "<p><a href=\"/elsewhere/\">A</a> <img src=\"/c.png\" alt=\"\" /> <a "
        "href=\"b.md\">B</a></p>\n\n"
        "<div><a href=\"b.md\">C</a><img src=\"c.png\" /></div>\n");
  CHECK(std::string(f.html("/d")).find("<p><a href=\"/elsewhere/\">A</a>") != std::string::npos);
}

TEST_CASE("jekyll-titles-from-headings with `collections` takes the titles of documents") {
  Fixture f{
      {"_config.yml",
       "plugins: [jekyll-titles-from-headings]\n"
       "titles_from_headings: {collections: true, strip_title: true}\n"},
      {"_layouts/default.html", "{{ page.title }}: {{ content }}"},
      {"_posts/2020-01-01-a.md", "---\ntitle: own\nlayout: default\n---\n# *The* heading\n\ntext"},
      {"_posts/2020-01-02-b.md", "---\nlayout: default\n---\ntext\n\n# No title"},
      {"p.md", "---\ntitle: own\nlayout: default\n---\n# Heading\n"},
      {"index.html", "---\n---\n{% for p in site.posts %}{{ p.title }};{% endfor %}"}};
  CHECK(f.html("/2020/01/01/a.html") == "The heading: <p>text</p>\n");
  CHECK(f.html("/2020/01/02/b.html") == "B: <p>text</p>\n\n<h1 id=\"no-title\">No title</h1>\n");
  CHECK(f.html("/p.html") == "own: <h1 id=\"heading\">Heading</h1>\n");
  CHECK(f.html("/") == "B;The heading;");
}

TEST_CASE("jekyll-titles-from-headings makes the excerpts of posts without their titles") {
  Fixture f{{"_config.yml",
             "plugins: [jekyll-titles-from-headings]\n"
             "collections: {notes: {output: true}}\n"
             "titles_from_headings: {collections: true, strip_title: true}\n"},
            {"_posts/2020-01-01-a.md", "---\n---\nA\n=\n\n{{ 'first' }} text\n\nB\n=\n\nsecond"},
            {"_posts/2020-01-02-b.md", "---\nstrip_title: false\n---\n# B\n\ntext"},
            {"_notes/c.md", "---\n---\n# C\n\ntext"},
            {"index.html",
             "---\n---\n{% for p in site.posts %}{{ p.excerpt }};{% endfor %}{{ "
             "site.notes[0].excerpt }}"}};
  CHECK(f.html("/") == "<h1 id=\"b\">B</h1>\n;<p>first text</p>\n;<h1 id=\"c\">C</h1>\n");
  CHECK(f.html("/2020/01/01/a.html") ==
        "<p>first text</p>\n\n<h1 id=\"b\">B</h1>\n\n<p>second</p>\n");
}

TEST_CASE("jekyll-optional-front-matter makes pages of a collection's Markdown, too") {
  Fixture f{
      {"_config.yml",
       "plugins: [jekyll-optional-front-matter, jekyll-default-layout]\n"
       "collections: {staff: {output: true}}\n"},
      {"_layouts/default.html", "<d>{{ content }}</d>"},
      {"_staff/ada.md", "---\n---\nAda"},
      {"_staff/bob.md", "Bob"},
      {"_staff/readme.md", "Read"},
      {"index.html",
       "---\n---\n{{ site.staff.size }} {% for p in site.html_pages %}{{ p.url }} {% endfor %}"}};
  CHECK(f.html("/_staff/bob.html") == "<d><p>Bob</p>\n</d>");
  CHECK(f.html("/") == "1 / /_staff/bob.html ");
}
