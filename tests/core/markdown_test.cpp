// The Markdown room in kramdown's dialect: behaviour that no corpus covers, and its public
// functions.
#include "meridian/markdown.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support.h"

using namespace meridian;
using namespace meridian::markdown;

namespace {
std::string html(const std::string& text, const Options& options = {}) {
  Arena arena;
  Text out;
  REQUIRE(to_html(text, options, arena, out));
  return std::string(out.str());
}

std::string repeat(const std::string& piece, int times) {
  std::string out;
  while (times--) out += piece;
  return out;
}
}  // namespace

TEST_CASE("blocks have their byte range, also in lists and block quotes") {
  const std::string text =
      "# One\n\npara\nmore\n\n> quote\n> - item a\n>   lazy\n> - item b\n\n    code\n";
  Arena arena;
  Tree* tree = parse(text, {}, arena);
  auto source = [&](const Node* node) { return text.substr(node->begin, node->end - node->begin); };
  const Node* header = tree->root.first;
  CHECK(source(header) == "# One\n");
  const Node* paragraph = header->next->next;
  CHECK(source(paragraph) == "para\nmore\n");
  const Node* quote = paragraph->next->next;
  REQUIRE(quote->type == Type::Blockquote);
  CHECK(source(quote) == "> quote\n> - item a\n>   lazy\n> - item b\n");
  const Node* list = quote->last;
  REQUIRE(list->type == Type::UnorderedList);
  CHECK(source(list->first) == "- item a\n>   lazy\n> ");
  CHECK(source(list->last) == "- item b\n");
  CHECK(source(tree->root.last) == "    code\n");
}

TEST_CASE("byte ranges are those of the document, whatever its line endings") {
  const std::string text = "one\r\n\r\n> two\r\n> three\r\n\r\nfour";
  Arena arena;
  Tree* tree = parse(text, {}, arena);
  const Node* quote = tree->root.first->next->next;
  REQUIRE(quote->type == Type::Blockquote);
  CHECK(quote->begin == text.find("> two"));
  CHECK(tree->root.last->begin == text.find("four"));
}

TEST_CASE("header ids of the GFM parser count repeats by the original id") {
  CHECK(html("# A b\n\n# A b\n\n# a-b\n") ==
        "<h1 id=\"a-b\">A b</h1>\n\n<h1 id=\"a-b-1\">A b</h1>\n\n<h1 id=\"a-b-2\">a-b</h1>\n");
  Options options;
  options.auto_id_prefix = "x-";
  CHECK(html("# É & *co*\n", options) == "<h1 id=\"x-é--co\">É &amp; <em>co</em></h1>\n");
}

TEST_CASE("`input: kramdown` has its own headers, fences and ids") {
  Options options;
  options.gfm_input = false;
  CHECK(html("#no blank\n", options) == "<h1 id=\"no-blank\">no blank</h1>\n");
  CHECK(html("text\n# no header\n", options) == "<p>text\n# no header</p>\n");
  CHECK(html("# 1. Über x\n", options) == "<h1 id=\"ber-x\">1. Über x</h1>\n");
}

TEST_CASE("read_options reads a kramdown map, with kramdown's conversions") {
  Arena arena;
  Map* map = make_map(arena);
  map->set("auto_ids", Value("false"));
  map->set("toc_levels", Value("2..4"));
  map->set("smart_quotes", Value("apos,apos,quot,quot"));
  map->set("input", Value("GFM"));
  map->set("header_offset", Value("2"));
  map->set("no_such_option", Value(1));
  Options options = read_options(Value(map));
  CHECK_FALSE(options.auto_ids);
  CHECK(options.toc_levels == 0x1c);
  CHECK(options.header_offset == 2);
  CHECK(html("# \"Hi\"\n", options) == "<h3>\"Hi\"</h3>\n");
  CHECK_FALSE(set_option(options, "toc_levels", Value("0..9")));
}

TEST_CASE("block quotes, lists and elements are parsed to depth 400, and are text below") {
  for (const char* mark : {"> ", "- "}) {
    std::string deep = html(repeat(mark, 399) + "x\n"), deeper = html(repeat(mark, 3000) + "x\n");
    CHECK(deep.find("&gt;") == std::string::npos);
    CHECK(deeper.find(mark[0] == '>' ? "&gt; &gt;" : "- -") != std::string::npos);
  }
  std::string elements = html(repeat("<div>", 3000));
  CHECK(elements.find("&lt;div&gt;") != std::string::npos);
  CHECK(html(repeat("<b>", 3000)).size() < 40000);
  CHECK(html(repeat("<div markdown=\"1\">\n", 3000) + "x\n").find("x") != std::string::npos);
  CHECK(html(repeat("> - <div markdown=\"1\">\n", 1) + repeat("> 1. - ", 900) + "x\n").find("x") !=
        std::string::npos);
  std::string definitions;
  for (int i = 0; i < 300; ++i)
    definitions += std::string(std::size_t(i) * 2, ' ') + "a\n" +
                   std::string(std::size_t(i) * 2, ' ') + ": b\n";
  CHECK(html(definitions).find("<dd>") != std::string::npos);
  CHECK(html(repeat("<b>*[", 1500) + "x" + repeat("](y)*</b>", 1500)).find("x") !=
        std::string::npos);
  CHECK(html(repeat("![", 3000) + "x" + repeat("](y)", 3000)).size() < 200000);
}

TEST_CASE("attribute list definitions that refer to each other end") {
  CHECK(html("{:a: b .x}\n{:b: a .y}\n\ntext\n{:a}\n").find("class=") != std::string::npos);
  std::string bomb;
  for (int i = 0; i < 40; ++i)
    bomb += "{:a" + std::to_string(i) + ": a" + std::to_string(i + 1) + " a" +
            std::to_string(i + 1) + "}\n";
  CHECK(html(bomb + "\ntext\n{:a0}\n").find("<p>text</p>") != std::string::npos);
}

TEST_CASE("a link definition with many references does not grow the output without bound") {
  std::string url = repeat("x", 100000);
  std::string out = html("[a]: " + url + "\n\n" + repeat("[a] ", 20000));
  CHECK(out.size() < 20000000);
}

TEST_CASE("an abbreviation with many uses does not grow the output without bound") {
  std::string title(100'000, 't'), text = "*[a]: " + title + "\n\n";
  for (int i = 0; i < 10'000; i++) text += "a ";
  CHECK(html(text).size() < 4'000'000);
  CHECK(html("*[a]: T\n\na a") ==
        "\n<p><abbr title=\"T\">a</abbr> <abbr title=\"T\">a</abbr></p>\n");
}

TEST_CASE("quotes that are no longer copied are looked for once") {
  std::string text = repeat("* ", 500) + repeat("> a\n", 100'000);
  CHECK(html(text).size() > 400'000);
}

TEST_CASE("pictures in the text of pictures are tried to a depth of 50") {
  auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; i++) text += "![";
    for (int i = 0; i < depth; i++) text += "](x)";
    return html(text);
  };
  CHECK(nested(2) == "<p><img src=\"x\" alt=\"![](x)\" /></p>\n");
  CHECK(nested(49).substr(0, 21) == "<p><img src=\"x\" alt=\"");
  CHECK(nested(1000).size() < 10'000);
}

TEST_CASE("control characters and invalid UTF-8 pass through") {
  CHECK(html("") == "\n");
  CHECK(html("a\xff\xfe b\n") == "<p>a\xff\xfe b</p>\n");
  std::string nul("a\0b\n", 4);
  CHECK(html(nul) == std::string("<p>a\0b</p>\n", 11));
}

TEST_CASE("code in Rouge's languages gets the wrappers of highlighted code") {
  auto wrapped = [](std::string language) {
    return html("```" + language + "\nx\n```\n")
               .find("language-" + language + " highlighter-rouge") != std::string::npos;
  };
  for (const char* known :
       {"ruby", "c++", "javascript", "json-doc", "plaintext", "yaml", "common-lisp", "zsh", "abap"})
    CHECK(wrapped(known));
  for (const char* unknown :
       {"mermaid", "astro", "svelte", "wat", "asciidoc", "graphviz", "none", "Ruby", "rubyy", "x"})
    CHECK_FALSE(wrapped(unknown));
}

TEST_CASE("{:toc} becomes the list of headers, also alone in an element or in a footnote") {
  const std::string mark = "- here\n{:toc}\n", header = "\n# Top\n";
  const std::string list =
      "<ul id=\"markdown-toc\">\n  <li><a href=\"#top\" "
      "id=\"markdown-toc-top\">Top</a></li>\n</ul>\n";
  const std::string top = "\n<h1 id=\"top\">Top</h1>\n";
  CHECK(html("<div markdown=\"1\">\n" + mark + "</div>\n" + header) ==
        "<div>\n" + list + "\n</div>\n" + top);
  CHECK(html("<div markdown=\"1\">\n" + mark + "</div>\n") == "<div>\n\n</div>\n");
  CHECK(html("term\n: text\n  - here\n  {:toc}\n" + header) ==
        "<dl>\n  <dt>term</dt>\n  <dd>text\n" + list + "</dd>\n</dl>\n" + top);
  std::string note = html("A[^1]\n\n[^1]: note\n\n    - here\n    {:toc}\n" + header);
  CHECK(note.find("<p>note</p>\n\n" + list) != std::string::npos);
  CHECK(note.substr(0, 8) == "<p>A<sup");
}

TEST_CASE("smartify: opening quotes behind brackets, and all line endings") {
  auto smart = [](const std::string& text) {
    Arena arena;
    Text out;
    CHECK(smartify(text, {}, arena, out));
    return std::string(out.str());
  };
  CHECK(smart("[\"a\"] ($'b') *\"c\"*") == "[“a”] ($’b’) *”c”*");
  CHECK(smart("[\"\"]") == "[“”]");
  CHECK(smart("one\r\n\"two\"\r\n") == "one\n“two”");
  // Nothing but typography, also within elements that are parsed inside one that is not.
  CHECK(smart("<span markdown=\"0\">\"a\" <b markdown=\"1\">\"q\" [^1] *x*</b></span>") ==
        "<span>\"a\" <b>“q” [^1] *x*</b></span>");
}

TEST_CASE("highlighted code in HTML is as it was written, and of other HTML what kramdown makes") {
  // kramdown 2.4.0 and its GFM parser
  const struct {
    const char *text, *expected;
  } kCases[] = {
      {"<span class=\"k\">a</span> b &amp; <span class=\"o\">&lt;</span>\"x\"", nullptr},
      {"<span class=\"k\"></span> \u00e9\n<span class=\"k\">a</span>\n  <span class=\"w\"> </span>",
       nullptr},
      {"<span class=\"k\"><span class=\"k\">in</span></span> <span class=\"k l\">two</span>",
       nullptr},
      {"<span class=\"k\">c & d</span> <span class=\"k\">a > b</span>",
       "<span class=\"k\">c &amp; d</span> <span class=\"k\">a &gt; b</span>"},
      {"<span class='k'>q</span><SPAN class=\"k\">Q</SPAN>",
       "<span class=\"k\">q</span><span class=\"k\">Q</span>"},
      {"<span class=\"n\">&quot;x&#39;</span> <span class=\"n\">&bogus;</span> tail & a > b",
       "<span class=\"n\">&quot;x&#39;</span> <span class=\"n\">&bogus;</span> tail &amp; a &gt; "
       "b"},
  };
  for (const auto& one : kCases) {
    INFO(one.text);
    CHECK(html("*[a]: T\n\n<pre><code>" + std::string(one.text) + "</code></pre>\n") ==
          "\n<pre><code>" + std::string(one.expected ? one.expected : one.text) +
              "</code></pre>\n");
  }
}

TEST_CASE("a tree of highlighted code or of a table takes little memory") {
  const std::string code =
                        repeat("<span class=\"k\">let</span> <span class=\"n\">a</span>\n", 1000),
                    table = "| a | b | c |\n|---|---|---|\n" + repeat("| 1 | 2 | 3 |\n", 1000);
  Arena of_code, of_table;
  const std::size_t before = memory_held;
  (void)parse("<pre>" + code + "</pre>\n", {}, of_code);
  const std::size_t code_memory = memory_held - before;
  (void)parse(table, {}, of_table);
  CHECK(code_memory < 2 * code.size());
  // Of each cell two nodes and a copy of one of them.
  CHECK(memory_held - before - code_memory < 3000 * 3 * 1.5 * sizeof(Node));
}

TEST_CASE("a code span over three lines ends the search for a table's pipes") {
  CHECK(html("a | `b\n| c\n| d` |\n").substr(0, 7) == "<table>");
  CHECK(html("a `b\n| c\n| d` | e\n").substr(0, 3) == "<p>");
  CHECK(html("a | `b\n| c` d\n").substr(0, 3) == "<p>");
}

TEST_CASE("single dollars are formulas where the site asks for it") {
  Options options;
  options.dollars = true;
  CHECK(html("A $a_1 < b_2$ and $$c$$.", options) == "<p>A \\(a_1 &lt; b_2\\) and \\(c\\).</p>\n");
  CHECK(html("_A $x_i$ b_ ($y$), $z$.", options) ==
        "<p><em>A \\(x_i\\) b</em> (\\(y\\)), \\(z\\).</p>\n");
  CHECK(html("$a\\$b$ and\n$c\nd$", options) == "<p>\\(a\\$b\\) and\n\\(c\nd\\)</p>\n");
  CHECK(html("- $a$\n\n| $b$ | c |", options).find("\\(b\\)") != std::string::npos);
  // Money, shells, code, and what has no end.
  for (const char* text : {"$5 and $6", "from $5/$6 on", "US$5 is C$7", "$HOME/$USER", "$ a $",
                           "$a $", "$ a$", "$a", "a $$", "\\$a$"}) {
    INFO(text);
    CHECK(html(text, options).find("\\(") == std::string::npos);
  }
  CHECK(html("`$a$`", options).find("\\(") == std::string::npos);
  CHECK(html("$a$") == "<p>$a$</p>\n");
}

TEST_CASE("dollars without an end take linear work") {
  Options options;
  options.dollars = true;
  for (const char* piece : {"$a ", "$a\\", "'\\$a ", "*$a", "$a\\$", "\\"}) {
    INFO(piece);
    CHECK(html(repeat(piece, 200'000), options).size() > 100'000);
  }
}
