// Writing on the page: the patch of the source, and that nothing else changes.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "patch_edits.h"
#include "support.h"

namespace {
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

namespace {
/// Like typed(), in the first table, whose HTML has no space between its tags.
Answer in_table(const std::string& text, const Options& options, const std::string& old,
                const std::string& now) {
  LiveDocument document;
  document.open(text, options);
  Edit edit;
  edit.first = edit.last = place_of(document, "table", 0);
  REQUIRE(edit.first.part != ~0u);
  const std::string all =
      referring(document.parts()[edit.first.part].html, edit.first, edit.elements);
  std::string html;
  for (std::size_t at = 0; at < all.size(); ++at) {
    const std::size_t next = all.find_first_not_of(" \n", at);
    const bool between = next != at && at && all[at - 1] == '>' && next < all.size() &&
                         all[next] == '<' && all.compare(next, 3, "<m-") != 0;
    const bool before = next != at && at && all[at - 1] == '>' && all.compare(next, 3, "<m-") == 0;
    if (between || before) at = next;
    html += all[at];
  }
  INFO(html);
  const std::size_t at = html.find(old);
  REQUIRE(at != std::string::npos);
  html.replace(at, old.size(), now);
  edit.html = html;
  return answer(text, options, edit);
}
}  // namespace

// Elements of this table: 0 table, 1 thead, 2 tr, 3 and 4 th, 5 tbody, 6 tr, 7 and 8 td, 9 tr, …
TEST_CASE("rows, columns and the alignment of a table change their bytes alone") {
  const std::string head = "| a  | b |\n|:---|--:|\n", first = "|c   | 2 |\n",
                    last = "| d  | 4 |\n";
  struct {
    const char *old, *now;
    std::string wanted;
  } const cases[] = {
      // A row comes: the last one, and between two.
      {"</m-9></m-5>", "</m-9><tr><m-10>e</m-10><m-11>6</m-11></tr></m-5>",
       head + first + last + "| e | 6 |\n"},
      {"<m-9>", "<tr><m-10>e</m-10><m-11>6</m-11></tr><m-9>", head + first + "| e | 6 |\n" + last},
      {"</m-9>", "</m-9><m-9><m-10></m-10><m-11></m-11></m-9>", head + first + last + "|  |  |\n"},
      {"</m-9>", "</m-9><m-9><m-10>x|y</m-10><m-11>*6*</m-11></m-9>",
       head + first + last + "| x\\|y | \\*6\\* |\n"},
      {"</m-9>", "</m-9><m-9><m-10>a<br>b</m-10><m-11><strong>6</strong></m-11></m-9>",
       head + first + last + "| a<br>b | **6** |\n"},
      // A row goes.
      {"<m-9><m-10>d</m-10><m-11>4</m-11></m-9>", "", head + first},
      {"<m-6><m-7>c</m-7><m-8>2</m-8></m-6>", "", head + last},
      // A cell is emptied; an empty one gets a text.
      {"<m-7>c</m-7>", "<m-7></m-7>", head + "|   | 2 |\n" + last},
      // Another alignment, in all cells of a column.
      {"<m-4>b</m-4></m-2></m-1><m-5><m-6><m-7>c</m-7><m-8>2</m-8></m-6><m-9><m-10>d</m-10><m-11>",
       "<m-4 align=\"center\">b</m-4></m-2></m-1><m-5><m-6><m-7>c</m-7><m-8 align=\"center\">2"
       "</m-8></m-6><m-9><m-10>d</m-10><m-11 align=\"center\">",
       "| a  | b |\n|:---|:-:|\n" + first + last},
      {"<m-3>a</m-3><m-4>b</m-4></m-2></m-1><m-5><m-6><m-7>c</m-7><m-8>2</m-8></m-6><m-9><m-10>",
       "<m-3 align=\"\">a</m-3><m-4>b</m-4></m-2></m-1><m-5><m-6><m-7 "
       "align=\"\">c</m-7><m-8>2</m-8>"
       "</m-6><m-9><m-10 align=\"\">",
       "| a  | b |\n|----|--:|\n" + first + last},
      // A column comes, in the middle and behind.
      {"<m-4>b</m-4></m-2></m-1><m-5><m-6><m-7>c</m-7><m-8>2</m-8></m-6><m-9><m-10>d</m-10>",
       "<th>n</th><m-4>b</m-4></m-2></m-1><m-5><m-6><m-7>c</m-7><td></td><m-8>2</m-8></m-6><m-9>"
       "<m-10>d</m-10><td></td>",
       "| a  | n | b |\n|:---|---|--:|\n|c   |  | 2 |\n| d  |  | 4 |\n"},
      {"<m-4>b</m-4></m-2></m-1><m-5><m-6><m-7>c</m-7><m-8>2</m-8></m-6><m-9><m-10>d</m-10><m-11>4"
       "</m-11>",
       "<m-4>b</m-4><th align=\"right\">n</th></m-2></m-1><m-5><m-6><m-7>c</m-7><m-8>2</m-8><td "
       "align=\"right\">7</td></m-6><m-9><m-10>d</m-10><m-11>4</m-11><td align=\"right\"></td>",
       "| a  | b | n |\n|:---|--:|--:|\n|c   | 2 | 7 |\n| d  | 4 |  |\n"},
      // One goes.
      {"<m-3>a</m-3><m-4>b</m-4></m-2></m-1><m-5><m-6><m-7>c</m-7><m-8>2</m-8></m-6><m-9><m-10>d"
       "</m-10>",
       "<m-4>b</m-4></m-2></m-1><m-5><m-6><m-8>2</m-8></m-6><m-9>", "| b |\n|--:|\n| 2 |\n| 4 |\n"},
  };
  for (const Options& options : {Options(), github()}) {
    for (const auto& c : cases) {
      INFO(c.now);
      const Answer made =
          in_table("Text.\n\n" + head + first + last + "\nMore.\n", options, c.old, c.now);
      CHECK(made.outcome == Outcome::Found);
      CHECK(made.text == "Text.\n\n" + c.wanted + "\nMore.\n");
    }
  }
}

TEST_CASE("a table keeps its writer's style: no bars at the sides, code, quotes, lists, a CRLF") {
  const char* const row = "</m-6><tr><td>e</td><td>6</td></tr>";
  const struct {
    const char *text, *now, *wanted;
  } cases[] = {
      {"a | b\n--|--\n1 | 2\n", row, "a | b\n--|--\n1 | 2\ne | 6\n"},
      {"| a | b |\n|---|---|\n| 1 | 2 |", row, "| a | b |\n|---|---|\n| 1 | 2 |\n| e | 6 |"},
      {"> | a | b |\n> |---|---|\n> | 1 | 2 |\n", row,
       "> | a | b |\n> |---|---|\n> | 1 | 2 |\n> | e | 6 |\n"},
      {"- | a | b |\n  |---|---|\n  | 1 | 2 |\n", row,
       "- | a | b |\n  |---|---|\n  | 1 | 2 |\n  | e | 6 |\n"},
      {"| a\\|b | c |\n|---|---|\n| 1 | 2 |\n", row,
       "| a\\|b | c |\n|---|---|\n| 1 | 2 |\n| e | 6 |\n"},
      {"| Ü | 北 |\n|---|---|\n| ä | 京 |\n", row,
       "| Ü | 北 |\n|---|---|\n| ä | 京 |\n| e | 6 |\n"},
  };
  for (const Options& options : {Options(), github()}) {
    for (const auto& c : cases) {
      INFO(c.text);
      const Answer made = in_table(c.text, options, "</m-6>", c.now);
      CHECK(made.outcome == Outcome::Found);
      CHECK(made.text == c.wanted);
    }
  }
}

TEST_CASE("a row may get more cells than the head has") {
  const std::string head = "| a | b |\n|---|---|\n", row = "| 1 | 2 |";
  for (const char* cell : {"<td>3</td>", "<td></td>"})
    for (const Options& options : {Options(), github()}) {
      const Answer made = in_table((head + row + "\n").c_str(), options, "</m-8></m-6>",
                                   (std::string("</m-8>") + cell + "</m-6>").c_str());
      if (made.outcome == Outcome::Found) CHECK(made.text == head + row + " 3 |\n");
    }
}

TEST_CASE("an empty cell gets a text between spaces, in its width") {
  const char* const cases[][2] = {{"|  |", "| x |"}, {"| |", "| x |"}, {"|      |", "| x    |"}};
  for (const Options& options : {Options(), github()}) {
    for (const auto& [old, now] : cases) {
      const std::string head = "| a | b |\n|---|---|\n| 1 ";
      // kramdown has a space without a break in it.
      const char* const empty = options.dialect == Dialect::GitHub ? "</m-0>" : "\xC2\xA0</m-0>";
      CHECK(typed(head + old + "\n", options, "td", 1, empty, "x</m-0>") == head + now + "\n");
    }
  }
}

TEST_CASE("a change of a block and a new block behind it are one edit") {
  const Case cases[] = {
      {"Some words.\n\nMore.\n", "p", "words.</m-0>", "letters.</m-0><p>New.</p>",
       "Some letters.\n\nNew.\n\nMore.\n"},
      {"# Head\n\nMore.\n", "h1", "Head</m-0>", "Title</m-0><p>New.</p>",
       "# Title\n\nNew.\n\nMore.\n"},
      {"- one\n- two\n\nMore.\n", "ul", "two</m-2>\n</m-0>", "three</m-2>\n</m-0><p>New.</p>",
       "- one\n- three\n\nNew.\n\nMore.\n"},
      {"- one\n- two\n\nMore.\n", "ul", "<m-2>two</m-2>\n</m-0>", "</m-0><p>New.</p>",
       "- one\n\nNew.\n\nMore.\n"},
      {"> quoted\n\nMore.\n", "blockquote", "quoted</m-1>\n</m-0>",
       "typed</m-1>\n</m-0><p>New.</p>", "> typed\n\nNew.\n\nMore.\n"},
      {"- one\n- two\n\nMore.\n", "ul", "two</m-2>\n</m-0>",
       "two</m-2><li>three</li></m-0><p>New.</p>", "- one\n- two\n- three\n\nNew.\n\nMore.\n"},
      {"- one\n- two\n\nMore.\n", "ul", "two</m-2>\n</m-0>",
       "two</m-2><li>three</li></m-0><h2>New</h2><p>A <em>b</em>.</p>",
       "- one\n- two\n- three\n\n## New\n\nA *b*.\n\nMore.\n"},
      {"> - one\n> - two\n>\n> More.\n", "ul", "</m-0>", "<li>three</li></m-0><p>New.</p>",
       "> - one\n> - two\n> - three\n>\n> New.\n>\n> More.\n"},
      // Two things change, and a block is behind the second of them.
      {"- one\n- two\n\nMore.\n", "ul", "two</m-2>\n</m-0>",
       "three</m-2><li>four</li></m-0><p>New.</p><h3>Title</h3>",
       "- one\n- three\n- four\n\nNew.\n\n### Title\n\nMore.\n"},
      // The list is within something else.
      {"> - one\n> - two\n", "ul", "</m-0>", "</m-0><p>New.</p>", "> - one\n> - two\n>\n> New.\n"},
      {"> 1. one\n> 2. two\n", "ol", "</m-0>", "<li>three</li></m-0><p>New.</p>",
       "> 1. one\n> 2. two\n> 3. three\n>\n> New.\n"},
      {"- all\n\n  - one\n  - two\n- other\n", "li", "</m-0>", "<p>New.</p></m-0>",
       "- all\n\n  - one\n  - two\n\n  New.\n- other\n"},
      {"> - one\n> - two\n>\n> More.\n", "ul", "</m-0>", "</m-0><p>New.</p>",
       "> - one\n> - two\n>\n> New.\n>\n> More.\n"},
  };
  for (const Options& options : {Options(), github()})
    for (const Case& c : cases) {
      INFO(c.text << c.now);
      CHECK(typed(c.text, options, c.tag, 0, c.old, c.now) == c.wanted);
    }
}

TEST_CASE("a change of a table and a new block behind it are one edit") {
  const std::string head = "| a | b |\n|---|---|\n", first = "| 1 | 2 |\n", last = "|  |  |\n";
  const std::string cells = "<m-7>1</m-7><m-8>2</m-8></m-6>", end = "</m-5></m-0>";
  for (const Options& options : {Options(), github()}) {
    // kramdown has a space without a break in an empty cell.
    const std::string none = options.dialect == Dialect::GitHub ? "" : "\xC2\xA0";
    const std::string row = "<m-9><m-10>" + none + "</m-10><m-11>" + none + "</m-11></m-9>";
    const struct {
      std::string now, wanted;
    } cases[] = {
        // An empty row goes, and what is behind the table is typed at once.
        {cells, head + first + "\nNew.\n"},
        {"<m-7>3</m-7><m-8>2</m-8></m-6>" + row, head + "| 3 | 2 |\n" + last + "\nNew.\n"},
        {cells + "<tr><td>5</td><td></td></tr>" + row,
         head + first + "| 5 |  |\n" + last + "\nNew.\n"},
    };
    for (const std::string& behind : {std::string(), std::string("\nMore.\n")})
      for (const auto& c : cases) {
        INFO(c.now << behind);
        const Answer made = in_table(head + first + last + behind, options, cells + row + end,
                                     c.now + end + "<p>New.</p>");
        CHECK(made.outcome == Outcome::Found);
        CHECK(made.text == c.wanted + behind);
      }
    const Answer quoted = in_table("> | a | b |\n> |---|---|\n> | 1 | 2 |\n> |  |  |\n", options,
                                   cells + row + end, cells + end + "<p>New.</p>");
    CHECK(quoted.text == "> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> New.\n");
    const Answer item = in_table("- | a | b |\n  |---|---|\n  | 1 | 2 |\n  |  |  |\n", options,
                                 cells + row + end, cells + end + "<p>New.</p>");
    CHECK(item.text == "- | a | b |\n  |---|---|\n  | 1 | 2 |\n\n  New.\n");
  }
}

TEST_CASE("a paragraph becomes a table, and a table goes") {
  const char* const table =
      "<table><thead><tr><th>a</th><th align=\"right\">b|c</th></tr></thead><tbody><tr><td>1</td>"
      "<td align=\"right\"></td></tr></tbody></table>";
  for (const Options& options : {Options(), github()}) {
    CHECK(typed("Text.\n\nMore.\n\nLast.\n", options, "p", 1, "<m-0>More.</m-0>", table) ==
          "Text.\n\n| a | b\\|c |\n| --- | --: |\n| 1 |  |\n\nLast.\n");
    CHECK(typed("Text.\n\nLast.\n", options, "p", 0, "</m-0>", std::string("</m-0>") + table) ==
          "Text.\n\n| a | b\\|c |\n| --- | --: |\n| 1 |  |\n\nLast.\n");
    const std::string around[] = {"One.\n\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "\nTwo.\n"};
    const std::string text = around[0] + around[1] + around[2];
    CHECK(
        in_table(text, options, "</m-8></m-6></m-5></m-0>", "</m-8></m-6></m-5></m-0><p>More.</p>")
            .text == around[0] + around[1] + "\nMore.\n" + around[2]);
    LiveDocument document;
    document.open(text, options);
    Edit edit;
    edit.first = edit.last = place_of(document, "table", 0);
    edit.elements = 9;
    CHECK(answer(text, options, edit).text == "One.\n\n\nTwo.\n");
    edit.html = "<p>A *text*.</p>";
    CHECK(answer(text, options, edit).text == "One.\n\nA \\*text\\*.\n\nTwo.\n");
  }
}

TEST_CASE("a table comes within quotes and items of lists, with their marks before each line") {
  const char* const table =
      "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td></td></tr>"
      "</tbody></table>";
  const struct {
    const char *text, *tag;
    std::uint32_t number;
    const char* wanted;
  } behind[] = {
      {"> One.\n", "p", 0, "> One.\n>\n> | a | b |\n> | --- | --- |\n> | 1 |  |\n"},
      {"> One.\n>\n> Two.\n", "p", 0,
       "> One.\n>\n> | a | b |\n> | --- | --- |\n> | 1 |  |\n>\n> Two.\n"},
      {"> > One.\n", "p", 0, "> > One.\n> >\n> > | a | b |\n> > | --- | --- |\n> > | 1 |  |\n"},
      {"- One.\n\n  Two.\n- Three.\n", "p", 1,
       "- One.\n\n  Two.\n\n  | a | b |\n  | --- | --- |\n  | 1 |  |\n- Three.\n"},
      {"1. One.\n\n   Two.\n", "p", 1,
       "1. One.\n\n   Two.\n\n   | a | b |\n   | --- | --- |\n   | 1 |  |\n"},
      {"> - One.\n>\n>   Two.\n", "p", 1,
       "> - One.\n>\n>   Two.\n>\n>   | a | b |\n>   | --- | --- |\n>   | 1 |  |\n"},
      {"- > One.\n", "p", 0, "- > One.\n  >\n  > | a | b |\n  > | --- | --- |\n  > | 1 |  |\n"},
  };
  for (const Options& options : {Options(), github()}) {
    for (const auto& c : behind) {
      INFO(c.text);
      CHECK(typed(c.text, options, c.tag, c.number, "</m-0>", std::string("</m-0>") + table) ==
            c.wanted);
    }
    // Instead of a text, and as an item.
    CHECK(typed("> One.\n>\n> Two.\n", options, "p", 1, "<m-0>Two.</m-0>", table) ==
          "> One.\n>\n> | a | b |\n> | --- | --- |\n> | 1 |  |\n");
    CHECK(typed("- one\n- two\n", options, "li", 0, "</m-0>",
                std::string("</m-0><m-0>") + table + "</m-0>") ==
          "- one\n- | a | b |\n  | --- | --- |\n  | 1 |  |\n- two\n");
    CHECK(typed("9. one\n", options, "li", 0, "</m-0>",
                std::string("</m-0><m-0>") + table + "</m-0>") ==
          "9. one\n10. | a | b |\n    | --- | --- |\n    | 1 |  |\n");
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

TEST_CASE("the mark of a footnote goes, and its text stays in the source") {
  const struct {
    const char* text;
    std::uint32_t paragraph;
    const char *old, *now, *wanted;
  } cases[] = {
      {"A note[^1].\n\n[^1]: What it says.\n", 0, "<m-1><m-2>1</m-2></m-1>", "",
       "A note.\n\n[^1]: What it says.\n"},
      // Those behind it get other numbers: in the same text, in others, in the footnotes.
      {"One[^a], two[^b].\n\nTwo[^b], three[^c].\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n", 0,
       "<m-1><m-2>1</m-2></m-1>", "",
       "One, two[^b].\n\nTwo[^b], three[^c].\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n"},
      {"One[^a], two[^b].\n\nTwo[^b], three[^c].\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n", 1,
       "<m-3><m-4>3</m-4></m-3>", "",
       "One[^a], two[^b].\n\nTwo[^b], three.\n\n[^a]: A.\n[^b]: B.\n[^c]: C.\n"},
      // With words around it.
      {"A long note[^1] here.\n\n[^1]: What it says.\n", 0, "long note<m-1><m-2>1</m-2></m-1> here",
       "text", "A text.\n\n[^1]: What it says.\n"},
      // With the last one all footnotes go.
      {"A note.\n\nLast[^b], i\n\n[^a]: A.\n[^b]: B.\n", 1, "<m-1><m-2>1</m-2></m-1>, i", "",
       "A note.\n\nLast\n\n[^a]: A.\n[^b]: B.\n"},
  };
  for (const auto& c : cases)
    for (const Options& options : {Options(), github()}) {
      INFO(c.text);
      CHECK(typed(c.text, options, "p", c.paragraph, c.old, c.now) == c.wanted);
    }
}

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
