// The CommonMark module and GitHub's dialect: behaviour that the specifications' examples do not
// cover.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "markdown/commonmark_html.h"
#include "markdown/commonmark_module.h"
#include "markdown/visit.h"

using namespace meridian;
using namespace meridian::markdown;

namespace {

Options options_of(Dialect dialect) {
  Options options;
  options.dialect = dialect;
  return options;
}

struct Document {
  explicit Document(std::string source, Dialect dialect = Dialect::GitHub)
      : Document(std::move(source), options_of(dialect)) {}
  Document(std::string source, const Options& options) : text(std::move(source)) {
    set_commonmark(commonmark_parse);
    check_printed_at_once(options);
    tree = parse_commonmark(text, options, arena);
    REQUIRE(tree != nullptr);
  }
  /// What is printed while md4c parses is the HTML of the tree, without header ids.
  void check_printed_at_once(Options options) const {
    Arena memory;
    Text expected, printed;
    options.auto_ids = false;
    write_commonmark_html(*parse_commonmark(text, options, memory), expected);
    REQUIRE(commonmark_parse(text, commonmark_flags(options) | kHtml, printed));
    INFO(text);
    REQUIRE(printed.str() == expected.str());
  }
  std::string html() const {
    Text out;
    write_commonmark_html(*tree, out);
    return std::string(out.str());
  }
  std::string source_of(const Node& node) const {
    return text.substr(node.begin, node.end - node.begin);
  }

  std::string text;
  Arena arena;
  Tree* tree;
};

std::string github(const std::string& source) { return Document(source).html(); }

std::vector<std::string> sources_of_blocks(const Document& document) {
  std::vector<std::string> found;
  for (Node* node = document.tree->root.first; node; node = node->next)
    found.push_back(document.source_of(*node));
  return found;
}

std::string repeat(const std::string& s, int times) {
  std::string out;
  for (int i = 0; i < times; i++) out += s;
  return out;
}

}  // namespace

// ---- footnotes ----

TEST_CASE("footnotes are numbered by their first reference and printed at the end") {
  CHECK(github("One[^b] two[^a].\n\n[^a]: Note *A*.\n[^b]: Note B.\n") ==
        "<p>One<sup class=\"footnote-ref\"><a href=\"#fn-b\" id=\"fnref-b\" "
        "data-footnote-ref>1</a></sup> "
        "two<sup class=\"footnote-ref\"><a href=\"#fn-a\" id=\"fnref-a\" "
        "data-footnote-ref>2</a></sup>.</p>\n"
        "<section class=\"footnotes\" data-footnotes=\"\">\n<ol>\n"
        "<li id=\"fn-b\">\n<p>Note B. <a href=\"#fnref-b\" class=\"footnote-backref\" "
        "data-footnote-backref "
        "data-footnote-backref-idx=\"1\" aria-label=\"Back to reference 1\">\u21A9</a></p>\n</li>\n"
        "<li id=\"fn-a\">\n<p>Note <em>A</em>. <a href=\"#fnref-a\" class=\"footnote-backref\" "
        "data-footnote-backref "
        "data-footnote-backref-idx=\"2\" aria-label=\"Back to reference 2\">\u21A9</a></p>\n</li>\n"
        "</ol>\n</section>\n");
}

TEST_CASE("a definition of a single word is a footnote, not a link reference definition") {
  std::string html = github("See[^1].\n\n[^1]: https://example.com\n");
  CHECK(html.find("<li id=\"fn-1\">\n<p><a href=\"https://example.com\">") != std::string::npos);
}

TEST_CASE("undefined, escaped and quoted labels are no footnote references") {
  CHECK(github("a[^x] \\[^1] `[^1]`\n\n[^1]: n\n") == "<p>a[^x] [^1] <code>[^1]</code></p>\n");
}

TEST_CASE("footnote definitions in code and HTML stay text") {
  CHECK(github("x[^1]\n\n```\n[^1]: code\n```\n\n<pre>\n[^1]: html\n</pre>\n") ==
        "<p>x[^1]</p>\n<pre><code>[^1]: code\n</code></pre>\n<pre>\n[^1]: html\n</pre>\n");
}

TEST_CASE("a footnote definition ends a list, and a list behind it is a new one") {
  std::string html = github("- a[^1]\n\n[^1]: note\n\n- b\n");
  CHECK(html.find("<ul>\n<li>a<sup") == 0);
  CHECK(html.find("</li>\n</ul>\n<ul>\n<li>b</li>\n</ul>\n<section") != std::string::npos);
}

TEST_CASE("a footnote contains paragraphs, lists and code that are indented by four columns") {
  std::string html = github("x[^1]\n\n[^1]: one\n\n    two\n\n    - item\n\nafter\n");
  CHECK(html.find("<p>after</p>\n<section") != std::string::npos);
  CHECK(
      html.find("<li id=\"fn-1\">\n<p>one</p>\n<p>two</p>\n<ul>\n<li>item</li>\n</ul>\n<a href") !=
      std::string::npos);
}

TEST_CASE("a footnote definition in a block quote belongs to the document") {
  std::string html = github("> q[^1]\n>\n> [^1]: note\n");
  CHECK(html.find("<blockquote>\n<p>q<sup") == 0);
  CHECK(html.find("</sup></p>\n</blockquote>\n<section") != std::string::npos);
}

TEST_CASE("a footnote's label is escaped in its attributes") {
  std::string html = github("x[^a\">'&b]\n\n[^a\">'&b]: n\n");
  CHECK(html.find("href=\"#fn-a%22%3E%27%26b\" id=\"fnref-a%22%3E%27%26b\"") != std::string::npos);
  CHECK(html.find("<li id=\"fn-a%22%3E%27%26b\">") != std::string::npos);
}

TEST_CASE(
    "a reference in a footnote without references counts, as in cmark-gfm; the footnote is left "
    "out") {
  CHECK(github("nothing\n\n[^1]: unused\n") == "<p>nothing</p>\n");
}

// ---- alerts, tasks, math, autolinks, tables ----

TEST_CASE("a block quote whose first line is [!NOTE] is an alert") {
  CHECK(github("> [!NOTE]\n> text\n") ==
        "<div class=\"markdown-alert markdown-alert-note\">\n<p "
        "class=\"markdown-alert-title\">Note</p>\n"
        "<p>text</p>\n</div>\n");
  CHECK(github("> [!Warning]  \n>\n> - item\n") ==
        "<div class=\"markdown-alert markdown-alert-warning\">\n<p "
        "class=\"markdown-alert-title\">Warning</p>\n"
        "<ul>\n<li>item</li>\n</ul>\n</div>\n");
}

TEST_CASE("unknown markers, text behind the marker and nested block quotes are no alerts") {
  CHECK(github("> [!OTHER]\n> x\n") == "<blockquote>\n<p>[!OTHER]\nx</p>\n</blockquote>\n");
  CHECK(github("> [!NOTE] x\n") == "<blockquote>\n<p>[!NOTE] x</p>\n</blockquote>\n");
  CHECK(github("- > [!NOTE]\n  > x\n").find("markdown-alert") == std::string::npos);
  CHECK(Document("> [!NOTE]\n> x\n", Dialect::CommonMark).html().find("markdown-alert") ==
        std::string::npos);
}

TEST_CASE("task lists, tight and loose") {
  CHECK(github("- [x] a\n- [ ] b\n") ==
        "<ul>\n<li class=\"task-list-item\"><input type=\"checkbox\" "
        "class=\"task-list-item-checkbox\" disabled=\"\" "
        "checked=\"\" /> a</li>\n<li class=\"task-list-item\"><input type=\"checkbox\" "
        "class=\"task-list-item-checkbox\" disabled=\"\" /> b</li>\n</ul>\n");
  CHECK(github("- [x] a\n\n- [ ] b\n").find("<li class=\"task-list-item\">\n<p><input") !=
        std::string::npos);
}

TEST_CASE("math keeps its markup") {
  CHECK(github("$a_1 < b_2$ and $$\\frac{a}{b}$$") ==
        "<p><code class=\"language-math math-inline\">a_1 &lt; b_2</code> and "
        "<code class=\"language-math math-display\">\\frac{a}{b}</code></p>\n");
  CHECK(github("$`a*b*c`$ and $``$") ==
        "<p><code class=\"language-math math-inline\">a*b*c</code> and <code class=\"language-math "
        "math-inline\">``</code></p>\n");
  CHECK(github("$5 and $6, or $ 7 $.") == "<p>$5 and $6, or $ 7 $.</p>\n");
  CHECK(github("```mermaid\ngraph\n```\n") ==
        "<pre><code class=\"language-mermaid\">graph\n</code></pre>\n");
}

TEST_CASE("autolinks: addresses in text become links") {
  CHECK(github("(https://a.edu/~b/_c_d).") ==
        "<p>(<a href=\"https://a.edu/~b/_c_d\">https://a.edu/~b/_c_d</a>).</p>\n");
  CHECK(github("www.a.org, x@y.org!") ==
        "<p><a href=\"http://www.a.org\">www.a.org</a>, <a "
        "href=\"mailto:x@y.org\">x@y.org</a>!</p>\n");
  CHECK(github("[https://a.org](b) https:// www. a@b awww.x.org") ==
        "<p><a href=\"b\">https://a.org</a> https:// www. a@b awww.x.org</p>\n");
  CHECK(Document("https://a.org", Dialect::CommonMark).html() == "<p>https://a.org</p>\n");
}

TEST_CASE("a table may begin directly below a paragraph") {
  CHECK(github("text\n| a | b |\n|---|---|\n| c | d |\n") ==
        "<p>text</p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</"
        "thead>\n<tbody>\n<tr>\n<td>c</td>\n"
        "<td>d</td>\n</tr>\n</tbody>\n</table>\n");
  CHECK(github("text\na | b\n---|---\n---|---\n").find("<td>---</td>") != std::string::npos);
  CHECK(github("```\ntext\na | b\n---|---\n```\n") ==
        "<pre><code>text\na | b\n---|---\n</code></pre>\n");
}

// ---- header ids ----

TEST_CASE("header ids are those of github-slugger") {
  CHECK(github("# Hello, *World*! `x_y`\n") ==
        "<h1 id=\"hello-world-x_y\">Hello, <em>World</em>! <code>x_y</code></h1>\n");
  CHECK(github("# Ünï — Б\n") == "<h1 id=\"ünï--б\">Ünï — Б</h1>\n");
  CHECK(github("# a\n# a\n# a-1\n# a\n") ==
        "<h1 id=\"a\">a</h1>\n<h1 id=\"a-1\">a</h1>\n<h1 id=\"a-1-1\">a-1</h1>\n<h1 "
        "id=\"a-2\">a</h1>\n");
}

// ---- positions ----

TEST_CASE("block nodes have the byte range of their lines") {
  Document document("# T\n\npara\nmore\n\n- a\n- b\n\n```c\ncode\n```\n\n---\n<div>\n");
  CHECK(sources_of_blocks(document) == std::vector<std::string>{"# T", "para\nmore", "- a\n- b",
                                                                "```c\ncode\n```", "---", "<div>"});
}

TEST_CASE("byte ranges are those of the source when footnotes were rewritten") {
  Document document("a[^1]\n\n[^1]: note\n\nlast *line*\r\n");
  CHECK(sources_of_blocks(document)[0] == "a[^1]");
  CHECK(sources_of_blocks(document)[1] == "last *line*");
  const Node* section = document.tree->root.last;
  REQUIRE(section->type == Type::Footnotes);
  CHECK(document.source_of(*section->first->first->first).find("note") != std::string::npos);
}

// ---- visiting ----

TEST_CASE("the first heading is the title when the document begins with it") {
  CHECK(first_heading(*Document("<!-- x -->\n\n# A *b* `c` &amp; ![d](e)\n").tree) == "A b c & d");
  CHECK(first_heading(*Document("text\n\n# A\n").tree).empty());
}

TEST_CASE("each_link replaces the URLs of links and images, raw HTML included") {
  Document document(
      "[a](b.md \"t\") ![c](d.png)\n\n<a class=x href='e.md'>e</a> <IMG SRC=f.png "
      "alt=\"href=no\">\n\n<div "
      "data-href=\"no\"><a\nhref=\"g.md\">g</a></div>\n\n<!-- <a href=\"no\"> -->\n");
  std::vector<std::string> seen;
  each_link(*document.tree, [&seen](LinkPlace& place) {
    seen.push_back((place.image ? "!" : "") + std::string(place.url));
    if (place.url == "d.png") return false;
    place.url = "/new?a&b";
    return true;
  });
  CHECK(seen == std::vector<std::string>{"b.md", "!d.png", "e.md", "!f.png", "g.md"});
  CHECK(document.html() ==
        "<p><a href=\"/new?a&amp;b\" title=\"t\">a</a> <img src=\"d.png\" alt=\"c\" /></p>\n"
        "<p><a class=x href='/new?a&amp;b'>e</a> <IMG SRC=\"/new?a&amp;b\" alt=\"href=no\"></p>\n"
        "<div data-href=\"no\"><a\nhref=\"/new?a&amp;b\">g</a></div>\n<!-- <a href=\"no\"> -->\n");
}

// ---- the flat form ----

TEST_CASE("a damaged flat tree is refused or read in part, never beyond its end") {
  Text flat;
  REQUIRE(
      commonmark_parse("# a\n\n> [b](c \"d\") ![e](f)\n\n- g\n\n```h\ni\n```\n", kGitHub, flat));
  std::string good(flat.str());
  for (std::size_t i = 0; i < good.size(); i++) {
    Arena arena;
    Tree cut{arena, {}, {}};
    bool whole = tree_from_flat(Str(good).substr(0, i), cut);
    if (i < 3) CHECK_FALSE(whole);
    for (int byte : {0, 1, 0x7F, 0x80, 0xFF}) {
      std::string damaged = good;
      damaged[i] = char(byte);
      Tree tree{arena, {}, {}};
      tree_from_flat(damaged, tree);
      Text html;
      write_commonmark_html(tree, html);
    }
  }
}

TEST_CASE("HTML that is printed at once is that of the tree, for random documents") {
  static constexpr const char* kPieces[] = {"a",
                                            "word ",
                                            "\n",
                                            "\n\n",
                                            "\n",
                                            " ",
                                            "  \n",
                                            "\t",
                                            "    ",
                                            "> ",
                                            "> [!NOTE]\n",
                                            "> [!tip]- T\n",
                                            "> [!x]\n",
                                            "- ",
                                            "* ",
                                            "1. ",
                                            "7) ",
                                            "- [ ] ",
                                            "- [x] ",
                                            "# ",
                                            "## ",
                                            "===\n",
                                            "---\n",
                                            "***",
                                            "**",
                                            "*",
                                            "_",
                                            "~~",
                                            "~",
                                            "`",
                                            "``",
                                            "```\n",
                                            "```c\n",
                                            "~~~ d&amp;\n",
                                            "$",
                                            "$$",
                                            "[",
                                            "]",
                                            "](",
                                            ")",
                                            "![",
                                            "[^1]",
                                            "[^1]: ",
                                            "[^a]: ",
                                            "[^a]",
                                            "[b]: c 'd'\n",
                                            "[b]",
                                            "<b>",
                                            "</b>",
                                            "<div>\n",
                                            "</div>\n",
                                            "<!-- ",
                                            " -->",
                                            "<",
                                            ">",
                                            "&",
                                            "&amp;",
                                            "&nbsp;",
                                            "\"",
                                            "\\",
                                            "\\|",
                                            "|",
                                            "| a | b |\n|---|:-:|\n",
                                            "|\n",
                                            "http://e.org/a_(b)",
                                            "www.e.org",
                                            "x@e.org",
                                            "ftp://",
                                            "==",
                                            "%%",
                                            "#tag",
                                            "[[n|l]]",
                                            "![[p.png|30x20]]",
                                            " ^id",
                                            "![a|30](b)",
                                            "\xc3\xa9",
                                            "\xe3\x80\x82",
                                            "{",
                                            "}",
                                            "'",
                                            ".",
                                            ":",
                                            "@",
                                            "h",
                                            "w"};
  std::uint32_t state = 1;
  auto random = [&state](std::uint32_t below) {
    state = state * 1664525 + 1013904223;
    return (state >> 8) % below;
  };
  for (int document = 0; document < 20000; document++) {
    std::string text;
    for (std::uint32_t left = random(40) + 1; left--;) text += kPieces[random(std::size(kPieces))];
    Options options;
    options.dialect = random(4) ? Dialect::GitHub : Dialect::CommonMark;
    options.notes = options.dialect == Dialect::GitHub && random(2);
    options.hard_wrap = !random(4);
    Document(text, options);
  }
}

TEST_CASE("nesting is bounded, and the text is kept") {
  std::string html = github(repeat("> ", 5000) + "deep");
  CHECK(html.find("deep") != std::string::npos);
  CHECK(html.size() < 50000);
  html = github(repeat("*a **a ", 3000) + "b" + repeat("** a*", 3000));
  CHECK(html.find('b') != std::string::npos);
}

TEST_CASE("a link that md4c leaves open ends with its block") {
  CHECK(github("![]([^)*]()") == "<p><img src=\"%5B%5E\" alt=\"\" />*</p>\n");
}

TEST_CASE("a byte order mark is no text") {
  CHECK(github("\xEF\xBB\xBF# a\n") == "<h1 id=\"a\">a</h1>\n");
}

TEST_CASE("without its module CommonMark gives no tree") {
  set_commonmark(nullptr);
  CHECK_FALSE(have_commonmark());
  Arena arena;
  Options options;
  options.dialect = Dialect::GitHub;
  CHECK(parse_commonmark("x", options, arena) == nullptr);
  set_commonmark(commonmark_parse);
  CHECK(have_commonmark());
}

namespace {
/// Emphasis beside Chinese, Japanese and Korean as HTML: examples of the tests of the CommonMark
/// CJK-friendly amendments (github.com/tats-u/markdown-cjk-friendly, MIT), whose Markdown has `**`
/// for each tag.
constexpr const char* kAmended[] = {
    "これは<strong>私のやりたかったこと。</strong>だからするの。",
    "<strong>これは太字になりません。</strong>ご注意ください。",
    "カッコに注意<strong>（太字にならない）</strong>文が続く場合に要警戒。",
    "税込<strong>¥10,000</strong>で入手できます。",
    "正解は<strong>④</strong>です。",
    "太郎は<strong>「こんにちわ」</strong>といった",
    "太郎は<strong>&quot;こんにちわ&quot;</strong>といった",
    "太郎は<strong>「Hello」</strong>といった",
    "太郎は<strong>&quot;Hello&quot;</strong>といった",
    ("<strong>C#</strong>や<strong>F#</strong>は<strong>「.NET」</"
     "strong>というプラットフォーム上で動作します。"),
    "IDが<strong>００１号</strong>になります。",
    "Go<strong>「初心者」</strong>を対象とした記事です。",
    "<strong>⻲田太郎</strong>と申します",
    "・<strong>㋐</strong>:選択肢１つ目",
    "<strong>真，</strong>她",
    "<strong>真。</strong>她",
    "<strong>真、</strong>她",
    "<strong>真；</strong>她",
    "<strong>真：</strong>她",
    "<strong>真？</strong>她",
    "<strong>真！</strong>她",
    "<strong>真“</strong>她",
    "<strong>真”</strong>她",
    "<strong>真‘</strong>她",
    "<strong>真’</strong>她",
    "<strong>真（</strong>她",
    "真<strong>（她</strong>",
    "<strong>真）</strong>她",
    "<strong>真【</strong>她",
    "真<strong>【她</strong>",
    "<strong>真《</strong>她",
    "真<strong>《她</strong>",
    "<strong>真—</strong>她",
    "<strong>真～</strong>她",
    "<strong>真…</strong>她",
    "<strong>真·</strong>她",
    "<strong>真〃</strong>她",
    "<strong>真-</strong>她",
    "<strong>真々</strong>她",
    "<strong>真，</strong> 她",
    "<strong>真</strong>，她",
    "選択肢<strong>㋐</strong>: 1つ目の選択肢",
    "<strong>さようなら︙</strong>と太郎はいった。",
    ".NET<strong>（.NET Frameworkは不可）</strong>では、",
    "「禰󠄀」の偏は示ではなく<strong>礻</strong>です。",
    "Git<strong>（注：不是GitHub）</strong>",
    "𰻞𰻞<strong>（ビャンビャン）</strong>麺",
    "𰻞𰻞<strong>(ビャンビャン)</strong>麺",
    "ハイパーテキストコーヒーポット制御プロトコル<strong>(HTCPCP)</strong>",
    "﨑<strong>(崎)</strong>",
    "𠮟<strong>(こちらが正式表記)</strong>",
    "𪜈<strong>(トモの合略仮名)</strong>",
    "谺𬤲<strong>(こだま)</strong>石神社",
    "<strong>推荐几个框架：</strong>React、Vue等前端框架。",
    "葛󠄀<strong>(こちらが正式表記)</strong>城市",
    "阿寒湖アイヌシアターイコㇿ<strong>(Akanko Ainu Theater Ikor)</strong>",
    "あ𛀙<strong>(か)</strong>よろし",
    "大塚︀<strong>(U+585A U+FE00)</strong> 大塚<strong>(U+FA10)</strong>",
    "〽︎<strong>(庵点)</strong>は、",
    "<strong>스크립트(script)</strong>라고",
    "<strong>안녕(hello)</strong>하세요.",
    "ᅡ<strong>(a)</strong>",
    "<strong>(k)</strong>ᄏ",
    "a<strong>〰</strong>a",
    "a<strong>〽</strong>a",
    "a<strong>🈂</strong>a",
    "a<strong>🈷</strong>a",
    "a<strong>㊗</strong>a",
    "a<strong>㊙</strong>a",
    "a**a«**a",
    "a**»a**a",
    "a**a∇**a",
    "a**∇a**a",
    "a**a𝜵**a",
    "a**𝜵a**a",
    "a**𐬻a**a",
    "a**a𐬻**a",
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string as_github(const std::string& text, bool notes) {
  markdown::set_commonmark(markdown::commonmark_parse);
  markdown::Options options;
  options.dialect = markdown::Dialect::GitHub;
  options.notes = notes;
  Arena arena;
  Text html;
  REQUIRE(markdown::to_html(text, options, arena, html));
  return std::string(html.str());
}
}  // namespace

TEST_CASE("notes have emphasis beside Chinese, Japanese and Korean, as the amendment says") {
  for (std::string html : kAmended) {
    std::string text = replaced(replaced(html, "<strong>", "**"), "</strong>", "**");
    text = replaced(text, "&quot;", "\"");
    INFO(text);
    CHECK(as_github(text + "\n", true) == "<p>" + html + "</p>\n");
  }
  CHECK(as_github("__注意__：注文の__（重要）__です。真~~删，~~她\n", true) ==
        "<p><strong>注意</strong>：注文の__（重要）__です。真<del>删，</del>她</p>\n");
  CHECK(as_github("価格$5和$6 a_b_c a__b__c a~~b~~c\n", true) ==
        as_github("価格$5和$6 a_b_c a__b__c a~~b~~c\n", false));
}

TEST_CASE("elsewhere emphasis is GitHub's, byte for byte") {
  CHECK(as_github("**真，**她\n", false) == "<p>**真，**她</p>\n");
  CHECK(as_github("**「引用」**です\n", true) == "<p><strong>「引用」</strong>です</p>\n");
}
