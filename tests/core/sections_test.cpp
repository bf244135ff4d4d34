// The sections of a page's HTML: site::sections_of.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/profile.h"
#include "support.h"

using namespace meridian;
using site::sections_of;

namespace {
/// `title|id|content` of each, a line each.
std::string sections(Str page) {
  Arena arena;
  std::string all;
  for (const site::Section& s : sections_of(page, arena)) {
    std::string html(s.html.data(), s.html.size());
    std::size_t end = html.find("</");
    end = end == std::string::npos ? html.size() : html.find('>', end) + 1;
    all += std::string(s.title.data(), s.title.size()) + "|" +
           std::string(s.id.data(), s.id.size()) + "|" + html.substr(end) + "\n";
  }
  return all;
}
}  // namespace

TEST_CASE("a section ends at the next heading of its rank or a higher one") {
  CHECK(sections("<p>Before.</p><h1 id=a>A</h1>1<h2>B</h2>2<h3>C</h3>3<h2>D</h2>4<H1>E</H1>5") ==
        "A|a|1<h2>B</h2>2<h3>C</h3>3<h2>D</h2>4\nB||2<h3>C</h3>3\nC||3\nD||4\nE||5\n");
  CHECK(sections("<h2>A</h2>1<h1>B</h1>2") == "A||1\nB||2\n");
  CHECK(sections("") == "");
  CHECK(sections("<p>No heading.</p>") == "");
}

TEST_CASE("a section ends with the element that it is in") {
  CHECK(sections("<div><h2>A</h2>1</div>2<h2>B</h2>3") == "A||1\nB||3\n");
  CHECK(sections("<h2>A</h2><div><h2>B</h2>1</div>2<h2>C</h2>") ==
        "A||<div><h2>B</h2>1</div>2\nB||1\nC||\n");
  // Optional end tags are not waited for, and an element without content encloses nothing.
  CHECK(sections("<h2>A</h2><ul><li>1<li><p>2<br><img src='>'></ul><h2>B</h2>3") ==
        "A||<ul><li>1<li><p>2<br><img src='>'></ul>\nB||3\n");
  CHECK(sections("<h2>A</h2><svg><path d='M0'/></svg></div></div>1<h2>B</h2>") ==
        "A||<svg><path d='M0'/></svg></div></div>1\nB||\n");
}

TEST_CASE("headings of articles, comments and scripts begin no section") {
  CHECK(sections("<h2>A</h2><article><h2>B</h2>1</article>2<h2>C</h2>") ==
        "A||<article><h2>B</h2>1</article>2\nC||\n");
  CHECK(sections("<!-- <h2>A</h2> --><script>'<h2>B</h2>'</script><h2>C</h2>1<!--") ==
        "C||1<!--\n");
  // Without their ends.
  CHECK(sections("<h2>A") == "");
  CHECK(sections("<h2>A<b>b</b>") == "");
  CHECK(sections("<h2>A<h2>B</h2>1") == "B||1\n");
  CHECK(sections("<h2>A</h2>1<h2") == "A||1<h2\n");
}

TEST_CASE("number and size of sections are limited, and the time is linear") {
  std::string page;
  for (int i = 0; i < 100; i++) page += "<h2>" + std::to_string(i) + "</h2>";
  Arena arena;
  CHECK(sections_of({page.data(), page.size()}, arena).size == 40);
  std::string large = "<h2>A</h2>" + std::string(70000, 'a') + "<h2>B</h2>b";
  CHECK(sections({large.data(), large.size()}) == "B||b\n");
  for (const char* part : {"<h2>", "<h1><h2>", "<div><h2>a</h2>", "</div>", "<h1>a</h1><article>",
                           "<!--", "<h2 id='"}) {
    std::string many;
    while (many.size() < 1000000) many += part;
    sections_of({many.data(), many.size()}, arena);
  }
}
