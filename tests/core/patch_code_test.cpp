// Writing on the page: blocks of code get another text in place; each refusal says why.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "patch_edits.h"
#include "support.h"

namespace {
/// The text after the code with a number is replaced; empty when that is refused.
std::string coded(const std::string& text, const Options& options, const std::string& code,
                  std::uint32_t number = 0) {
  LiveDocument document;
  document.open(text, options);
  Edit edit;
  edit.first = edit.last = place_of(document, "pre", number);
  REQUIRE(edit.first.part != ~0u);
  edit.elements = 1;
  const std::string html = "<m-0>" + code + "</m-0>";
  edit.html = html;
  const Answer made = answer(text, options, edit);
  return made.outcome == Outcome::Found || made.outcome == Outcome::Same ? made.text
                                                                         : std::string();
}

/// An edit that is refused.
Answer refused(const std::string& text, const Options& options, const Edit& edit) {
  const Answer made = answer(text, options, edit);
  REQUIRE(made.outcome == Outcome::Refused);
  return made;
}
}  // namespace

TEST_CASE("a block of code gets another text: language, fence and indentation stay") {
  struct Case {
    const char *text, *code, *wanted;
  };
  const Case cases[] = {
      {"A.\n\n```ruby\nputs 1\n```\n\nB.\n", "puts 12\n", "A.\n\n```ruby\nputs 12\n```\n\nB.\n"},
      {"~~~ js\na\n\nb\n~~~\n", "a\n\nx\nb\n", "~~~ js\na\n\nx\nb\n~~~\n"},
      {"~~~ js\na\n\nb\n~~~\n", "a\n", "~~~ js\na\n~~~\n"},
      {"```\n<b>&amp;\n```\n", "&lt;i&gt;&amp;amp;\n", "```\n<i>&amp;\n```\n"},
      {"A.\n\n    one\n    two\n\nB.\n", "one\n\n  new\ntwo\n",
       "A.\n\n    one\n\n      new\n    two\n\nB.\n"},
      {"> ```c\n> one\n> two\n> ```\n", "one\nmore\ntwo", "> ```c\n> one\n> more\n> two\n> ```\n"},
      {"- item\n\n  ```c\n  one\n\n  two\n  ```\n- more\n", "one\n\ntwo\nthree",
       "- item\n\n  ```c\n  one\n\n  two\n  three\n  ```\n- more\n"},
      // Signs of Markdown are letters here.
      {"```\none\n```\n", "*one* _two_ [a]: b\n", "```\n*one* _two_ [a]: b\n```\n"},
      {"```\none\n```\n", "one   \n\n", "```\none\n```\n"},
      {"- a\n\n  ```\n  one  \n  two\n  ```\n", "one\n  \ntwo3",
       "- a\n\n  ```\n  one  \n\n  two3\n  ```\n"},
  };
  for (const Options& options : {Options(), github()})
    for (const auto& [text, code, wanted] : cases) {
      // kramdown has fences of tildes, and GitHub's in its GFM parser.
      std::string source = text, now = wanted;
      if (options.dialect != Dialect::GitHub)
        for (std::string* one : {&source, &now})
          for (char& c : *one)
            if (c == '`') c = '~';
      INFO(source);
      CHECK(coded(source, options, code) == now);
    }
}

TEST_CASE("the second of two equal blocks of code is changed, and a CRLF stays") {
  const std::string block = "~~~\none\n~~~\n";
  for (const Options& options : {Options(), github()}) {
    CHECK(coded(block + "\nText.\n\n" + block, options, "two", 1) ==
          block + "\nText.\n\n~~~\ntwo\n~~~\n");
    CHECK(coded("~~~\r\none\r\ntwo\r\n~~~\r\n", options, "one\nx\ntwo") ==
          "~~~\r\none\r\nx\r\ntwo\r\n~~~\r\n");
  }
}

TEST_CASE("code that would end its block is refused, and so is one that the source hasn't") {
  for (const Options& options : {Options(), github()}) {
    CHECK(coded("~~~\none\n~~~\n", options, "one\n~~~\ntwo").empty());
    CHECK(coded("<pre>a &lt; b</pre>\n", options, "a &lt; c").empty());
  }
}

TEST_CASE("each refusal says why, and where") {
  for (const Options& options : {Options(), github()}) {
    Edit edit;
    edit.elements = 1;
    const std::string code = "One.\n\n~~~\none\n~~~\n";
    edit.first = edit.last = {1, "pre", 0};
    edit.html = "<m-0>one\n~~~\n# two</m-0>";
    const Answer form = refused(code, options, edit);
    CHECK(form.reason == patch::Reason::Form);
    CHECK(form.at <= code.find("one"));
    // What an entity alone says can't be found by its letters; HTML has no place for others.
    const std::string html = "One.\n\n<p>a</p>\n";
    edit.first = edit.last = {1, "p", 0};
    edit.html = "<m-0>a<video>b</video></m-0><p>c</p><li>x</li>";
    const Answer other = refused(html, options, edit);
    CHECK(other.at >= html.find("<p>"));
  }
  // Code behind a list would be a part of it.
  for (const Options& options : {Options(), github()}) {
    const std::string text = "- a\n\nText.\n\n      code\n";
    LiveDocument document;
    document.open(text, options);
    Edit edit;
    edit.first = edit.last = place_of(document, "p", 0);
    edit.elements = 1;
    CHECK(refused(text, options, edit).reason == patch::Reason::Others);
  }
  const std::string note = "A note[^1].\n\n[^1]: What it says.\n";
  LiveDocument document;
  document.open(note, Options());
  Edit edit;
  edit.elements = 1;
  for (std::uint32_t part = 0; part < document.parts().size; ++part)
    if (document.parts()[part].source == 0) edit.first = edit.last = {part, "p", 0};
  REQUIRE(edit.first.part != 0);
  edit.html = "<m-0>Else.</m-0>";
  CHECK(refused(note, Options(), edit).reason == patch::Reason::Footnote);
}
