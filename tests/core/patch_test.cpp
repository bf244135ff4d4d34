// Writing on the page: the patch of the source, and that nothing else changes.
#include "meridian/patch.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "meridian/text.h"
#include "support.h"

using namespace meridian;
using namespace meridian::markdown;
using patch::Edit;
using patch::Outcome;
using patch::Patch;
using patch::Place;

namespace {
Options github() {
  // In wasm it is a module of its own.
  set_commonmark(commonmark_parse);
  Options options;
  options.dialect = Dialect::GitHub;
  return options;
}

/// The element with this number among those of its name on the whole page.
Place place_of(const LiveDocument& document, const char* tag, std::uint32_t number) {
  for (std::uint32_t part = 0; part < document.parts().size; ++part) {
    std::uint32_t here = 0;
    Tag found;
    for (std::size_t at = 0; next_tag(document.parts()[part].html, at, found); at = found.end) {
      if (found.closing || !found.is(tag)) continue;
      if (number == 0) return {part, tag, here};
      --number;
      ++here;
    }
  }
  return {~0u, tag, 0};
}

/// The HTML of an element of a page, its elements as references.
std::string referring(Str html, const Place& place, std::uint32_t& elements) {
  std::string out;
  std::uint32_t skip = place.number;
  std::vector<std::string> open;
  elements = 0;
  std::size_t from = 0;
  bool inside = false;
  Tag tag;
  for (std::size_t at = 0; next_tag(html, at, tag); at = tag.end) {
    if (!inside) {
      if (tag.closing || !tag.is(place.tag) || skip-- > 0) continue;
      inside = true;
      from = tag.begin;
    }
    out += std::string(slice(html, from, tag.begin));
    from = tag.end;
    const bool empty = tag.is("br") || tag.is("img") || tag.is("input");
    if (!tag.closing) {
      std::string name = "m-" + std::to_string(elements++);
      out += "<" + name + ">";
      if (empty) out += "</" + name + ">";
      if (!empty) open.push_back(name);
      continue;
    }
    out += "</" + open.back() + ">";
    open.pop_back();
    if (open.empty()) return out;
  }
  return out;
}

struct Answer {
  Outcome outcome;
  std::string text;
};

Answer answer(const std::string& text, const Options& options, const Edit& edit) {
  LiveDocument document;
  document.open(text, options);
  Arena arena;
  Patch patch;
  const Outcome outcome = find_patch(document, edit, arena, patch);
  REQUIRE(document.text() == text);
  std::string changed = text;
  if (outcome == Outcome::Found)
    changed.replace(patch.begin, patch.end - patch.begin, std::string(patch.insert));
  return {outcome, changed};
}

/// The text after a piece of an element's HTML, as referring() gives it, is replaced.
std::string typed(const std::string& text, const Options& options, const char* tag,
                  std::uint32_t number, const std::string& old, const std::string& now) {
  LiveDocument document;
  document.open(text, options);
  Edit edit;
  edit.first = edit.last = place_of(document, tag, number);
  REQUIRE(edit.first.part != ~0u);
  std::string html = referring(document.parts()[edit.first.part].html, edit.first, edit.elements);
  INFO(html);
  const std::size_t at = html.find(old);
  REQUIRE(at != std::string::npos);
  html.replace(at, old.size(), now);
  edit.html = html;
  const Answer made = answer(text, options, edit);
  CHECK(made.outcome == Outcome::Found);
  return made.text;
}

struct Case {
  const char *text, *tag, *old, *now, *wanted;
};
}  // namespace

TEST_CASE("typing in a block changes only the letters, in both dialects") {
  const Case cases[] = {
      {"Some words.\n", "p", "words", "more words", "Some more words.\n"},
      {"Some *bold* words.\n", "p", " words", " new words", "Some *bold* new words.\n"},
      {"Some **bold** words.\n", "p", "bold", "bolder", "Some **bolder** words.\n"},
      {"A [link][ref] here.\n\n[ref]: https://x.org\n", "p", "here", "there",
       "A [link][ref] there.\n\n[ref]: https://x.org\n"},
      {"A [link](https://example.org/a-long-address) b.\n", "p", "link", "lank",
       "A [lank](https://example.org/a-long-address) b.\n"},
      {"Tom &amp; Jerry run.\n", "p", "Jerry", "Jim", "Tom &amp; Jim run.\n"},
      {"one\ntwo\nthree\n", "p", "two", "twofold", "one\ntwofold\nthree\n"},
      {"- one\n- two\n- three\n", "li", "one", "once", "- once\n- two\n- three\n"},
      {"> quoted words\n", "p", "quoted", "quoting", "> quoting words\n"},
      {"## A header\n\nText.\n", "h2", "header", "heading", "## A heading\n\nText.\n"},
      {"Title\n=====\n\nText.\n", "h1", "Title", "Titles", "Titles\n=====\n\nText.\n"},
      {"| a | b |\n|:--|--:|\n| one | 2 |\n", "td", "one", "ones",
       "| a | b |\n|:--|--:|\n| ones | 2 |\n"},
      // All of a text goes, and the spaces before it stay.
      {"| a | b |\n|---|---|\n|  cell | 2 |\n", "td", "cell", "room",
       "| a | b |\n|---|---|\n|  room | 2 |\n"},
      {"<table>\n<tr>\n<td>\n1<br>\n                    Old\n</td>\n</tr>\n</table>\n", "td", "Old",
       "New", "<table>\n<tr>\n<td>\n1<br>\n                    New\n</td>\n</tr>\n</table>\n"},
      {"-   item\n-   more\n", "li", "item", "thing", "-   thing\n-   more\n"},
      {"1.  item\n", "li", "item", "thing", "1.  thing\n"},
      {"##  Old\n", "h2", "Old", "New", "##  New\n"},
      {">  quoted\n", "p", "quoted", "said", ">  said\n"},
      {"one\n  two\n", "p", "two", "three", "one\n  three\n"},
      {"first  \nsecond\n", "p", "second", "seconds", "first  \nseconds\n"},
      {"Über 北京 und Füße.\n", "p", "Füße", "Füsse", "Über 北京 und Füsse.\n"},
      {"Some words here.\n", "p", " words", "", "Some here.\n"},
      {"A note[^1] here.\n\n[^1]: What it says.\n", "p", "here", "there",
       "A note[^1] there.\n\n[^1]: What it says.\n"},
      {"Text with ![a picture](a.png) in it.\n", "p", "in it", "inside",
       "Text with ![a picture](a.png) inside.\n"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(typed(c.text, {}, c.tag, 0, c.old, c.now) == c.wanted);
    CHECK(typed(c.text, github(), c.tag, 0, c.old, c.now) == c.wanted);
  }
}

TEST_CASE("what kramdown alone has survives an edit beside it") {
  const Case cases[] = {
      {"He said \"yes\" -- to all...\n", "p", "all", "most", "He said \"yes\" -- to most...\n"},
      {"A block.\n{: .class #id}\n", "p", "block", "blog", "A blog.\n{: .class #id}\n"},
      {"*Word*{: .red} and more.\n", "p", "more", "some", "*Word*{: .red} and some.\n"},
      {"An HTML page.\n\n*[HTML]: Markup\n", "p", "page", "site",
       "An HTML site.\n\n*[HTML]: Markup\n"},
      {"term\n: what it is\n", "dd", "what", "that", "term\n: that it is\n"},
      {"# Title {#own}\n\nText.\n", "h1", "Title", "Titles", "# Titles {#own}\n\nText.\n"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(typed(c.text, {}, c.tag, 0, c.old, c.now) == c.wanted);
  }
}

TEST_CASE("signs that Markdown would read are escaped when they are typed") {
  CHECK(typed("a b\n", github(), "p", 0, "a b", "a *b* c") == "a \\*b\\* c\n");
  CHECK(typed("a b\n", {}, "p", 0, "a b", "a *b* c") == "a \\*b\\* c\n");
  CHECK(typed("a b\n", github(), "p", 0, "a b", "a &lt;b&gt; c") == "a \\<b\\> c\n");
  CHECK(typed("Year\n", github(), "p", 0, "Year", "1999. Year").find("1999") == 0);
  // A sign alone stays as it was typed.
  CHECK(typed("2 b\n", github(), "p", 0, "2 b", "2 * b") == "2 * b\n");
}

TEST_CASE("bold, italic, code and links are set and taken away; the text keeps its source") {
  for (const Options& options : {Options(), github()}) {
    CHECK(typed("Some words here.\n", options, "p", 0, "words", "<strong>words</strong>") ==
          "Some **words** here.\n");
    CHECK(typed("Some words here.\n", options, "p", 0, "words", "<em>words</em>") ==
          "Some *words* here.\n");
    CHECK(typed("Some words here.\n", options, "p", 0, "words",
                "<a href=\"https://x.org\">words</a>") == "Some [words](https://x.org) here.\n");
    CHECK(typed("Some a &amp; b here.\n", options, "p", 0, "a &amp; b",
                "<strong>a &amp; b</strong>") == "Some **a &amp; b** here.\n");
    CHECK(typed("Some **words** here.\n", options, "p", 0, "<m-1>words</m-1>", "words") ==
          "Some words here.\n");
    CHECK(typed("Some [a &copy; b](https://x.org) here.\n", options, "p", 0, "<m-1>a © b</m-1>",
                "a © b") == "Some a &copy; b here.\n");
    CHECK(typed("Some words here.\n", options, "p", 0, "words", "<code>words</code>") ==
          "Some `words` here.\n");
    CHECK(typed("Some `words` here.\n", options, "p", 0, "<m-1>words</m-1>", "words") ==
          "Some words here.\n");
  }
}

TEST_CASE("a picture gets another text and address, comes, and goes") {
  for (const Options& options : {Options(), github()}) {
    const std::string text = "See ![a cat](a.png) here.\n";
    CHECK(typed(text, options, "p", 0, "<m-1></m-1>",
                "<m-1 alt=\"a &quot;dog&quot; &amp; [1]\"></m-1>")
              .starts_with("See ![a \"dog\" & "));
    CHECK(typed(text, options, "p", 0, "<m-1></m-1>", "<m-1 alt=\"a dog\"></m-1>") ==
          "See ![a dog](a.png) here.\n");
    CHECK(typed(text, options, "p", 0, "<m-1></m-1>",
                "<m-1 src=\"/images/b.png\" alt=\"a dog\"></m-1>") ==
          "See ![a dog](/images/b.png) here.\n");
    CHECK(typed(text, options, "p", 0, "<m-1></m-1>", "") == "See here.\n");
    CHECK(typed("Some words.\n", options, "p", 0, " words",
                " <img src=\"/images/b.png\" alt=\"a dog\"> words") ==
          "Some ![a dog](/images/b.png) words.\n");
    CHECK(typed("See ![a](a.png \"T\") b.\n", options, "p", 0, "<m-1></m-1>",
                "<m-1 alt=\"c\"></m-1>") == "See ![c](a.png \"T\") b.\n");
    CHECK(typed("- a![b](c.png)\n- d\n", options, "li", 0, "<m-1></m-1>", "<m-1></m-1>!") ==
          "- a![b](c.png)!\n- d\n");
    // By a reference: the definition may belong to others, too.
    CHECK(typed("See ![a][b] c.\n\n[b]: a.png\n", options, "p", 0, "<m-1></m-1>",
                "<m-1 alt=\"d\"></m-1>") == "See ![d](a.png) c.\n\n[b]: a.png\n");
    CHECK(typed("<p>See <img src=\"a.png\" width=\"9\" alt=\"a\"> c.</p>\n", options, "p", 0,
                "<m-1></m-1>", "<m-1 alt=\"d\"></m-1>")
              .find("alt=\"d\"") != std::string::npos);
  }
}

TEST_CASE("a line break in a block makes two, and a removed border makes one") {
  for (const Options& options : {Options(), github()}) {
    CHECK(typed("One. Two.\n", options, "p", 0, "One. Two.", "One.</m-0><m-0>Two.") ==
          "One.\n\nTwo.\n");
    CHECK(typed("- one two\n- three\n", options, "li", 0, "one two", "one</m-0><m-0>two") ==
          "- one\n- two\n- three\n");
    CHECK(typed("3. one two\n", options, "li", 0, "one two", "one</m-0><m-0>two") ==
          "3. one\n4. two\n");
    CHECK(typed("> one two\n", options, "p", 0, "one two", "one</m-0><m-0>two") ==
          "> one\n>\n> two\n");
    CHECK(typed("## One Two\n", options, "h2", 0, "<m-0>One Two</m-0>",
                "<m-0>One</m-0><p>Two</p>") == "## One\n\nTwo\n");
    CHECK(typed("A **bold word** here.\n", options, "p", 0, "<m-1>bold word</m-1>",
                "<m-1>bold</m-1></m-0><m-0><m-1>word</m-1>") == "A **bold**\n\n**word** here.\n");

    LiveDocument document;
    document.open("One.\n\nTwo.\n\nThree.\n", options);
    Edit edit;
    edit.first = place_of(document, "p", 0);
    edit.last = place_of(document, "p", 1);
    edit.elements = 2;
    edit.html = "<m-0>One. Two.</m-0>";
    CHECK(answer("One.\n\nTwo.\n\nThree.\n", options, edit).text == "One. Two.\n\nThree.\n");
  }
}

TEST_CASE("a paragraph becomes a header, and a header of another level") {
  for (const Options& options : {Options(), github()}) {
    CHECK(typed("Text.\n\nMore *words*.\n", options, "p", 1, "<m-0>More <m-1>words</m-1>.</m-0>",
                "<h2>More <m-1>words</m-1>.</h2>") == "Text.\n\n## More *words*.\n");
    CHECK(typed("## Title\n\nText.\n", options, "h2", 0, "<m-0>Title</m-0>", "<h3>Title</h3>") ==
          "### Title\n\nText.\n");
    CHECK(typed("## Title\n\nText.\n", options, "h2", 0, "<m-0>Title</m-0>", "<p>Title</p>") ==
          "Title\n\nText.\n");
  }
}

TEST_CASE("a paragraph becomes a list or a quote, and a paragraph comes behind a list") {
  for (const Options& options : {Options(), github()}) {
    CHECK(typed("Text.\n\nMore *words*.\n", options, "p", 1, "<m-0>More <m-1>words</m-1>.</m-0>",
                "<ul><li>More <m-1>words</m-1>.</li></ul>") == "Text.\n\n- More *words*.\n");
    CHECK(typed("Text.\n\nMore.\n", options, "p", 1, "<m-0>More.</m-0>",
                "<ol><li>More.</li></ol>") == "Text.\n\n1. More.\n");
    CHECK(typed("Text.\n\nMore.\n", options, "p", 1, "<m-0>More.</m-0>",
                "<blockquote><m-0>More.</m-0></blockquote>") == "Text.\n\n> More.\n");
    CHECK(typed("- one\n- two\n", options, "ul", 0, "</m-0>", "</m-0><p>More.</p>") ==
          "- one\n- two\n\nMore.\n");
    CHECK(typed("- one\n- two\n\nLast.\n", options, "ul", 0, "</m-0>", "</m-0><p>More.</p>") ==
          "- one\n- two\n\nMore.\n\nLast.\n");
  }
}

TEST_CASE("a change that the text can't have is refused, and a page of others is missing") {
  LiveDocument document;
  document.open("Some words.\n", github());
  Edit edit;
  edit.first = edit.last = {0, "p", 0};
  edit.elements = 1;
  edit.html = "<m-0>Some <video src=\"x\">words</video>.</m-0>";
  CHECK(answer("Some words.\n", github(), edit).outcome != Outcome::Missing);
  edit.html = "<m-7>Some</m-7>";
  CHECK(answer("Some words.\n", github(), edit).outcome == Outcome::Missing);
  edit.html = "<m-0>Some words.</m-0>";
  CHECK(answer("Some words.\n", github(), edit).outcome == Outcome::Same);
  edit.elements = 2;
  CHECK(answer("Some words.\n", github(), edit).outcome == Outcome::Missing);
  edit.elements = 1;
  edit.first.part = edit.last.part = 9;
  CHECK(answer("Some words.\n", github(), edit).outcome == Outcome::Missing);
  edit = {};
  CHECK(answer("", github(), edit).outcome == Outcome::Missing);
}

namespace {
/// The same numbers in each run.
struct Random {
  std::uint32_t state;
  std::uint32_t below(std::size_t n) {
    state = state * 1664525 + 1013904223;
    return std::uint32_t((std::uint64_t(state >> 8) * n) >> 24);
  }
};

const char* const kBlocks[] = {
    "A paragraph of *some* words, and `code`.\nIn two lines.\n",
    "# A header\n",
    "Another\n-------\n",
    "### Über “Ümlaute” 北京\n",
    "- one\n- two\n\n  more\n- three\n",
    "1. a\n2. b\n   - c\n",
    "> quoted\n> in **two** lines\n",
    "```ruby\nputs 1\n```\n",
    "| a | b |\n|---|:-:|\n| 1 | *two* |\n",
    "text with [a link][ref] and [another](https://example.org/a?b=c&d \"Title\")\n",
    "[ref]: https://example.org \"Title\"\n",
    "A note[^1] and an &copy; entity.\n",
    "[^1]: What it says.\n",
    "Escapes \\* and \\_ and a hard  \nbreak.\n",
    "A \"quoted\" word -- and 'others'...\n",
    "<div>\nraw text\n</div>\n",
    "A ![picture](a.png) in text, ![another](b.png \"Title\").\n",
};

/// A place in text of some HTML, not in a tag; npos when there is none.
std::size_t text_place(const std::string& html, Random& random) {
  for (int i = 0; i < 20; ++i) {
    std::size_t at = random.below(html.size());
    const std::size_t open = html.rfind('<', at), close = html.rfind('>', at ? at - 1 : 0);
    if ((open == std::string::npos || (close != std::string::npos && close >= open)) &&
        html[at] > ' ' && html[at] != '<' && html[at] != '&' && html[at] != ';')
      return at;
  }
  return std::string::npos;
}
}  // namespace

TEST_CASE("a block that is emptied goes, with its line") {
  for (const Options& options : {Options(), github()}) {
    CHECK(typed("One.\n\nTwo.\n\nThree.\n", options, "p", 1, "<m-0>Two.</m-0>", "").find("Two") ==
          std::string::npos);
    CHECK(typed("- one\n- two\n- three\n", options, "li", 1, "<m-0>two</m-0>", "") ==
          "- one\n- three\n");
    CHECK(
        typed("Text.\n\n## Title\n\nMore.\n", options, "h2", 0, "<m-0>Title</m-0>", "").find("#") ==
        std::string::npos);
  }
}

namespace {
/// Changes some HTML of references at random, as a person may; false where there is no place.
bool change(std::string& html, Random& random) {
  const std::size_t at = text_place(html, random);
  if (at == std::string::npos) return false;
  const char* const pieces[] = {"x", " word ", "Z.", "*", "é", "&amp;", "_a_"};
  std::size_t end = at;
  while (end < html.size() && is_alnum(html[end])) ++end;
  switch (random.below(7)) {
    case 0: html.replace(at, 1, "y"); break;
    case 1:
      if (end == at) return false;
      html.insert(end, "</strong>");
      html.insert(at, "<strong>");
      break;
    case 2: {
      // The reference to the block is the first one.
      const std::size_t name = html.find('>');
      if (html.find('<', name) < at || html.compare(at - 1, 1, ">") == 0) return false;
      html.insert(at, "</m-0><m-0>");
      break;
    }
    default: html.insert(at, pieces[random.below(std::size(pieces))]);
  }
  return true;
}

/// Rounds of random edits: by default few.
std::uint32_t rounds() {
  const char* wanted = std::getenv("MERIDIAN_EDITS");
  return wanted ? std::uint32_t(std::strtoul(wanted, nullptr, 10)) : 2500;
}
}  // namespace

TEST_CASE("random edits: what the parser makes of the patched text is the page that was wanted") {
  const char* const tags[] = {"p", "li", "h1", "h2", "h3", "td", "th"};
  std::uint32_t tried = 0, refused = 0;
  for (std::uint32_t round = 0; round < rounds(); ++round) {
    Random random{round * 7919 + 1};
    const Options options = round % 2 ? github() : Options();
    std::string text;
    for (int i = 0; i < 5; ++i)
      text += std::string(kBlocks[random.below(std::size(kBlocks))]) + "\n";
    LiveDocument document;
    document.open(text, options);
    Edit edit;
    edit.first = edit.last =
        place_of(document, tags[random.below(std::size(tags))], random.below(2));
    if (edit.first.part == ~0u || document.parts()[edit.first.part].source == 0) continue;
    std::string html = referring(document.parts()[edit.first.part].html, edit.first, edit.elements);
    if (!change(html, random)) continue;
    edit.html = html;
    Arena arena;
    Patch patch;
    const Outcome outcome = find_patch(document, edit, arena, patch);
    INFO("round " << round << "\n" << text << "\n" << html);
    if (outcome == Outcome::Missing || document.text() != text) CHECK(false);
    ++tried;
    refused += outcome == Outcome::Refused;
    if (outcome != Outcome::Found) continue;
    // The change made, a parse of the whole has the parts that the search has seen.
    std::string changed = text;
    changed.replace(patch.begin, patch.end - patch.begin, std::string(patch.insert));
    document.edit(patch.begin, patch.end, patch.insert);
    std::string live;
    for (const LiveDocument::Part& part : document.parts()) live += std::string(part.html);
    Text whole;
    if (!to_html(changed, options, arena, whole) || live != std::string(whole.str())) CHECK(false);
    // Asked again, the edit of a block that stayed one is done.
    if (html.find("</m-0><m-0>") != std::string::npos) continue;
    std::uint32_t elements = 0;
    Edit again = edit;
    if (document.parts().size <= again.first.part) continue;
    referring(document.parts()[again.first.part].html, again.first, elements);
    if (elements != edit.elements) continue;
    if (find_patch(document, again, arena, patch) != Outcome::Same) CHECK(false);
  }
  WARN(tried << " random edits, " << refused << " refused");
  CHECK(tried * 4 > rounds());
  CHECK(refused * 20 <= tried);
}
