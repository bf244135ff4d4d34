// Notes in a plain folder: links between them, embeds and the other marks that Obsidian has.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "markdown/commonmark.h"
#include "markdown/commonmark_module.h"
#include "markdown/visit.h"
#include "site_fixture.h"

using namespace meridian;

namespace {
/// A note's Markdown as HTML; its links are not led to pages.
std::string note(const std::string& text) {
  markdown::set_commonmark(markdown::commonmark_parse);
  markdown::Options options;
  options.dialect = markdown::Dialect::GitHub;
  options.notes = true;
  Arena arena;
  Text html;
  REQUIRE(markdown::to_html(text, options, arena, html));
  return std::string(html.str());
}

/// A link to a note that is there.
std::string to(const std::string& url, const std::string& text) {
  return "<a href=\"" + url + "\" class=\"note-link\">" + text + "</a>";
}

struct Vault : Fixture {
  Vault(std::initializer_list<std::pair<Str, Str>> files) : Fixture(files) {
    markdown::set_commonmark(markdown::commonmark_parse);
  }
  bool has(Str url, const char* part) {
    const std::string page = html(url);
    INFO(page);
    return page.find(part) != std::string::npos;
  }
};
}  // namespace

TEST_CASE("links between notes become links, with a label and headings") {
  CHECK(note("[[Two words]] [[a/b|the *b*]] [[N#H one]] [[#Here]]\n") ==
        "<p><a href=\"note:Two%20words\">Two words</a> <a href=\"note:a/b\">the <em>b</em></a> <a "
        "href=\"note:N#H%20one\">N &gt; H one</a> <a href=\"note:#Here\">Here</a></p>\n");
  // What is Markdown in a name is text, and what ends a destination is encoded.
  CHECK(note("[[a*b*_c_<d>&amp;%41]]\n") ==
        "<p><a href=\"note:a*b*_c_%3Cd%3E%26amp;%2541\">a*b*_c_&lt;d&gt;&amp;amp;%41</a></p>\n");
  CHECK(note("| a |\n|---|\n| [[x\\|y]] |\n").find("<td><a href=\"note:x\">y</a></td>") !=
        std::string::npos);
}

TEST_CASE("brackets that mean something else stay what they are") {
  CHECK(note("[[1]](http://x/) [[2]][r] [[r]]\n\n[r]: http://y/\n") ==
        "<p><a href=\"http://x/\">[1]</a> <a href=\"http://y/\">[2]</a> [<a "
        "href=\"http://y/\">r</a>]</p>\n");
  CHECK(note("`[[a]]` \\[[b]] [[]] [[ ]] [[|x]] [[c\nd]]\n\n    [[e]]\n\n<p>[[f]]</p>\n") ==
        "<p><code>[[a]]</code> [[b]] [[]] [[ ]] [[|x]] [[c\nd]]</p>\n<pre><code>[[e]]\n"
        "</code></pre>\n<p>[[f]]</p>\n");
}

TEST_CASE("an embedded note on a line of its own is a paragraph of its own") {
  const std::string x = "<p><img src=\"note:X\" alt=\"X\" /></p>\n";
  CHECK(note("a\n![[X]]\nb\n") == "<p>a</p>\n" + x + "<p>b</p>\n");
  CHECK(note("![[X]]\n![[X]]\n") == x + x);
  CHECK(note("> a\n> ![[X]]\n> b\n") ==
        "<blockquote>\n<p>a</p>\n" + x + "<p>b</p>\n</blockquote>\n");
  CHECK(note("- ![[X]]\n  b\n").find(x + "<p>b</p>") != std::string::npos);
  CHECK(note("- a\n- ![[X]]\n").find("<li><img src=\"note:X\"") != std::string::npos);
  CHECK(note("a ![[X]] b\nc\n![[p.png]]\n").find("</p>\n<p>") == std::string::npos);
}

TEST_CASE("highlights and comments") {
  CHECK(note("==a *b*== x == y a==b==c `==d==`\n") ==
        "<p><mark>a <em>b</em></mark> x == y a==b==c <code>==d==</code></p>\n");
  CHECK(note("==no\n\nend==\n") == "<p>==no</p>\n<p>end==</p>\n");
  CHECK(note("a %%b%% c %%d\n") == "<p>a  c %%d</p>\n");
  CHECK(note("a\n\n%%\nb [[c]]\n\n- d\n%%\n\ne ==f==\n") == "<p>a</p>\n<p>e <mark>f</mark></p>\n");
  CHECK(note("`%%a%%` 100%% and 5%\n") == "<p><code>%%a%%</code> 100%% and 5%</p>\n");
}

TEST_CASE("pictures have a size behind a bar") {
  CHECK(note("![[p.png|300]] ![[p.png|30x20]] ![a|40](q.png) ![a|b](q.png)\n") ==
        "<p><img src=\"note:p.png\" width=\"300\" alt=\"p.png\" /> <img src=\"note:p.png\" "
        "width=\"30\" height=\"20\" alt=\"p.png\" /> <img src=\"q.png\" width=\"40\" alt=\"a\" /> "
        "<img src=\"q.png\" alt=\"a|b\" /></p>\n");
}

TEST_CASE("callouts have any kind, a title, and can be folded") {
  CHECK(note("> [!tip] The *title*\n> Body\n") ==
        "<div class=\"markdown-alert markdown-alert-tip\">\n<p class=\"markdown-alert-title\">The "
        "<em>title</em></p>\n<p>Body</p>\n</div>\n");
  CHECK(note("> [!FAQ]-\n> Body\n") ==
        "<details class=\"markdown-alert markdown-alert-important\"><summary "
        "class=\"markdown-alert-title\">\nFaq\n</summary>\n<p>Body</p>\n</details>\n");
  CHECK(note("> [!own-kind]+ T\n")
            .find("<details class=\"markdown-alert markdown-alert-note\" "
                  "open>") == 0);
  CHECK(note("> a\n> > [!bug] B\n").find("markdown-alert-caution") != std::string::npos);
  // GitHub's own alerts are as they were.
  CHECK(note("> [!NOTE]\n> Body\n") ==
        "<div class=\"markdown-alert markdown-alert-note\">\n<p class=\"markdown-alert-title\">"
        "Note</p>\n<p>Body</p>\n</div>\n");
  CHECK(note("> a\n> [!tip] b\n") == "<blockquote>\n<p>a\n[!tip] b</p>\n</blockquote>\n");
}

TEST_CASE("the id of a block is an anchor at its end") {
  CHECK(note("Text ^a-1\n\n- item ^b\n") ==
        "<p>Text<a id=\"^a-1\"></a></p>\n<ul>\n<li>item<a id=\"^b\"></a></li>\n</ul>\n");
  CHECK(note("2^8 and x ^y_z `a ^b`\n") == "<p>2^8 and x ^y_z <code>a ^b</code></p>\n");
}

TEST_CASE("tags begin behind a space, have letters, and may be nested") {
  auto tag = [](const std::string& name) {
    return "<a href=\"note:tags/" + name + "\">#" + name + "</a>";
  };
  CHECK(note("#a #a/b-c_1, (#x) #1a\n") ==
        "<p>" + tag("a") + " " + tag("a/b-c_1") + ", (" + tag("x") + ") " + tag("1a") + "</p>\n");
  CHECK(note("- #a/ *b #c*\n") ==
        "<ul>\n<li>" + tag("a") + "/ <em>b " + tag("c") + "</em></li>\n</ul>\n");
  CHECK(note("#größe #标签，x #🎉.\n") ==
        "<p><a href=\"note:tags/gr%C3%B6%C3%9Fe\">#größe</a> <a "
        "href=\"note:tags/%E6%A0%87%E7%AD%BE\">#标签</a>，x <a "
        "href=\"note:tags/%F0%9F%8E%89\">#🎉</a>.</p>\n");
}

TEST_CASE("numbers, code, headings, links and parts of words are no tags") {
  const std::string text = "#12 #1/2 a#b ##c #-- `#d` \\#e [f #g](h) <i title=\"a #b\">#</i> #";
  const std::string html = note(text + "\n\n# H #i\n\n    #j\n\n```\n#k\n```\n\n[[#l]]\n");
  INFO(html);
  CHECK(html.find("note:tags/--") != std::string::npos);
  CHECK(html.find("note:tags/i") != std::string::npos);
  for (const char* name : {"12", "1/2", "b", "c", "d", "e", "g", "j", "k", "l"})
    CHECK(html.find("note:tags/" + std::string(name) + "\"") == std::string::npos);
}

TEST_CASE("positions of blocks are those of the source") {
  const std::string text = "# [[T]]\n\n==a== %%b%%\n\n> [!tip] c\n> d\n\nend\n";
  markdown::set_commonmark(markdown::commonmark_parse);
  markdown::Options options;
  options.dialect = markdown::Dialect::GitHub;
  options.notes = true;
  Arena arena;
  markdown::Tree* tree = markdown::parse(text, options, arena);
  std::string blocks;
  for (markdown::Node* node = tree->root.first; node; node = node->next)
    blocks += text.substr(node->begin, node->end - node->begin) + "|";
  CHECK(blocks == "# [[T]]|==a== %%b%%|> [!tip] c\n> d|end|");
}

TEST_CASE("a site of Jekyll has no marks of notes unless it asks for them") {
  const char* text = "---\n---\n[[b]] ==c==\n";
  markdown::set_commonmark(markdown::commonmark_parse);
  Fixture without{{"_config.yml", "markdown: GFM\n"}, {"index.md", text}};
  CHECK(without.html("/").find("[[b]] ==c==") != std::string::npos);
  Fixture with{{"_config.yml", "markdown: GFM\nmeridian: {notes: true}\n"},
               {"index.md", text},
               {"b.md", "---\n---\nB\n"}};
  CHECK(with.html("/").find("<a href=\"/b.html\" class=\"note-link\">b</a> <mark>c</mark>") !=
        std::string::npos);
}

TEST_CASE("a link leads to the note of that name, as Obsidian finds it") {
  Vault v{{"README.md",
           "[[two]] [[Two|x]] [[sub/two]] [[deep/sub/Two.md]] [[None#A]] [[One#A b!]] [[p.png]]\n"},
          {"One.md", "# One\n"},
          {"deep/Two.md", "a\n"},
          {"deep/sub/Two.md", "[[two]] [[README]]\n"},
          {"deep/p.png", ""}};
  CHECK(
      v.has("/", (to("/deep/Two/", "two") + " " + to("/deep/Two/", "x") + " " +
                  to("/deep/sub/Two/", "sub/two") + " " + to("/deep/sub/Two/", "deep/sub/Two.md") +
                  " <a href=\"/None/#a\" class=\"dead-link\">None &gt; A</a> " +
                  to("/One/#a-b", "One &gt; A b!") + " " + to("/deep/p.png", "p.png"))
                     .c_str()));
  // In its own folder first.
  CHECK(v.has("/deep/sub/Two/", (to("/deep/sub/Two/", "two") + " " + to("/", "README")).c_str()));
}

TEST_CASE("links of Markdown are led by name where there is no file at their path") {
  Vault v{{"README.md", "![a](p.png#x) [b](Two.md#c) [d](sub/) [e](none.md) [f](http://p.png)\n"},
          {"deep/Two.md", "a\n"},
          {"deep/p.png", ""}};
  CHECK(v.has("/",
              "<img src=\"/deep/p.png#x\" alt=\"a\" /> <a href=\"/deep/Two/#c\">b</a> <a "
              "href=\"sub/\">d</a> <a href=\"none.md\">e</a> <a href=\"http://p.png\">f</a>"));
}

TEST_CASE("slashes at the begin of a link stand for the folder itself, not for another host") {
  Vault v{{"README.md", "[[/One]] [[//One|x]] [[//host.example/x|y]] [[/]]\n"}, {"One.md", "\n"}};
  CHECK(v.has("/", (to("/One/", "/One") + " " + to("/One/", "x") +
                    " <a href=\"/host.example/x/\" class=\"dead-link\">y</a> " + to("", "/"))
                       .c_str()));
}

TEST_CASE("a note is found by its aliases, after those that have the name") {
  Vault v{{"README.md", "[[First]] [[the other]] [[third]] [[two]]\n"},
          {"One.md", "---\naliases: [First, The Other, Two]\n---\n"},
          {"Two.md", "---\naliases: Third\n---\n"}};
  CHECK(v.has("/", (to("/One/", "First") + " " + to("/One/", "the other") + " " +
                    to("/Two/", "third") + " " + to("/Two/", "two"))
                       .c_str()));
}

TEST_CASE("notes, their sections and blocks, pictures and sounds are embedded") {
  Vault v{{"README.md",
           "![[One]]\n\n![[One#B]]\n\n![[One#^x]]\n\n![[One#^y]]\n\n![[p.png|9]] in text ![[One]]"
           "\n\n![[s.mp3]] ![[None]]\n"},
          {"One.md", "# One\n\na ^x\n\n- b ^y\n- c\n\n## B\n\nd\n\n### C\n\n## D\n"},
          {"p.png", ""},
          {"s.mp3", ""}};
  const std::string page = v.html("/");
  auto has = [&](const char* part) { return page.find(part) != std::string::npos; };
  INFO(page);
  CHECK(
      has("<div class=\"embed\">\n<p class=\"embed-title\"><a href=\"/One/\">One</a></p>\n"
          "<h1>One</h1>\n<p>a<a></a></p>"));
  CHECK(has("<a href=\"/One/#b\">One</a></p>\n<h2>B</h2>\n<p>d</p>\n<h3>C</h3>\n</div>"));
  CHECK(has("<a href=\"/One/#^x\">One</a></p>\n<p>a<a></a></p></div>"));
  CHECK(has("<ul>\n<li>b<a></a></li>\n</ul>\n</div>"));
  CHECK(
      has("<img src=\"/p.png\" width=\"9\" alt=\"p.png\" /> in text <a href=\"/One/\" "
          "class=\"note-link\">One</a>"));
  CHECK(has("<audio controls src=\"/s.mp3\"></audio> <a href=\"/None/\" class=\"dead-link\">"));
}

TEST_CASE("notes that embed each other are shown once, and whole on their own pages") {
  Vault v{{"README.md", "home\n\n![[One]]\n"}, {"One.md", "one\n\n![[README]]\n"}};
  CHECK(v.has("/",
              "<p>home</p>\n<div class=\"embed\">\n<p class=\"embed-title\"><a "
              "href=\"/One/\">One</a></p>\n<p>one</p>\n<a href=\"/\" "
              "class=\"note-link\">README</a>\n</div>"));
  CHECK(v.has("/One/", "<p>home</p>\n<a href=\"/One/\" class=\"note-link\">One</a>\n</div>"));
}

TEST_CASE("an embedded note is asked for before the page is complete") {
  Workspace w;
  markdown::set_commonmark(markdown::commonmark_parse);
  REQUIRE(w.list("{\"files\":[\"README.md\",\"One.md\"],\"complete\":true}"));
  w.put("README.md", "![[One]]\n");
  CHECK(render(w, "/").json.find("One.md") != std::string::npos);
  w.put("One.md", "here\n");
  CHECK(render(w, "/").html.find("<p>here</p>") != std::string::npos);
}

TEST_CASE("a tag leads to its page, in lower case") {
  Vault v{{"README.md", "#One/Two [[tags/a]]\n"}};
  CHECK(v.has("/", "<a href=\"/tags/one/two/\" class=\"tag\">#One/Two</a>"));
  CHECK(v.has("/tags/one/two/", "<h1><bdi>#one/two</bdi></h1>"));
  CHECK(v.has("/graph/", "<h1>Graph</h1>"));
  CHECK(render(v.w, "/tags/one/two/").status == site::Status::Ready);
  CHECK(render(v.w, "/tagsone/").status == site::Status::NotFound);
}

TEST_CASE("before the files are listed a link leads to where the note would be") {
  Workspace w;
  markdown::set_commonmark(markdown::commonmark_parse);
  w.put("_config.yml", "");
  w.put_missing("_config.yml");
  REQUIRE(w.list("{\"files\":[\"README.md\"],\"complete\":false}"));
  w.put("README.md", "[[a/One]]\n");
  CHECK(render(w, "/").html.find("<a href=\"/a/One/\" class=\"note-link\">a/One</a>") !=
        std::string::npos);
}

TEST_CASE("a million marks of notes take linear time") {
  std::string text;
  for (int i = 0; i < 200'000; i++) text += "[[ ==a ";
  CHECK(note(text).size() > text.size());
  text.clear();
  for (int i = 0; i < 100'000; i++) text += "[[a]] ==b== ##c #d/";
  CHECK(note(text).find("<mark>b</mark>") != std::string::npos);
}

namespace {
/// Whether a note with this front matter has a page, is listed, linked to and embedded.
int places_of(const std::string& front) {
  const std::string note = "---\n" + front + "\n---\nSECRET\n";
  Vault v{{"README.md", "[[Hidden]] ![](x.png)\n\n![[Hidden]]\n\n[[other name]]\n"},
          {"Hidden.md", note},
          {"sub/Two.md", "x\n"}};
  REQUIRE(v.w.options("{\"theme\":\"auto\"}"));
  std::string home = v.html("/");
  int places = home.find("SECRET") != std::string::npos;
  places += home.find("menu-item\"><a href=\"/Hidden/\"") != std::string::npos;
  places += home.find("href=\"/Hidden/\" class=\"note-link\"") != std::string::npos;
  places += v.html("/Hidden/").find("SECRET") != std::string::npos;
  return places;
}
}  // namespace

TEST_CASE("publish: false, draft: true and private: true keep a note private everywhere") {
  for (const char* front : {"publish: false",
                            "publish: False",
                            "publish: \"false\"",
                            "publish: 'FALSE'",
                            "publish: no",
                            "publish: off",
                            "publish: 0",
                            "Publish: false",
                            "published: false",
                            "published: \"false\"",
                            "draft: true",
                            "draft: True",
                            "draft: 'true'",
                            "draft: YES",
                            "draft: on",
                            "draft: 1",
                            "DRAFT: true",
                            "draft: [true]",
                            "draft: later",
                            "private: true",
                            "private: \"yes\"",
                            "aliases: [other name]\npublish: false",
                            "alias: other name\ndraft: true",
                            "title: [a\npublish: false",
                            "title: \"a\ndraft: \"true\" # not yet",
                            "a: b: c\nprivate: 'yes'"}) {
    INFO(front);
    CHECK(places_of(front) == 0);
  }
  for (const char* front : {"publish: true", "publish:", "publish: \"\"", "draft: false",
                            "draft: \"False\"", "draft: no", "draft: 0", "draft:", "private: false",
                            "published: true", "drafts: true", "x: draft"}) {
    INFO(front);
    CHECK(places_of(front) == 4);
  }
}

TEST_CASE("a private first page, or folder's page, gives neither title nor address") {
  Vault v{{"README.md", "---\ndraft: true\n---\n# SECRET\n"},
          {"sub/README.md", "---\npublish: false\n---\n# SECRET\n"},
          {"sub/One.md", "x\n"}};
  REQUIRE(v.w.options("{\"theme\":\"auto\"}"));
  for (const char* url : {"/", "/sub/One/", "/sub/", "/graph/"}) CHECK_FALSE(v.has(url, "SECRET"));
}

TEST_CASE("with drafts, notes that are drafts are pages, but not those that are private") {
  Vault v{{"a.md", "---\ndraft: true\n---\nA\n"}, {"b.md", "---\nprivate: true\n---\nB\n"}};
  REQUIRE(v.w.options("{\"drafts\":true}"));
  CHECK(v.has("/a/", "<p>A</p>"));
  CHECK_FALSE(v.has("/b/", "<p>B</p>"));
}

TEST_CASE("a site of Jekyll without notes reads draft as Jekyll does") {
  Fixture f{{"_config.yml", ""}, {"a.md", "---\ndraft: true\nprivate: true\n---\nA\n"}};
  CHECK(f.html("/a.html").find("<p>A</p>") != std::string::npos);
}

TEST_CASE("paths with dots lead from the note's own folder, and never out of the site") {
  Vault v{{"README.md", "[[../One]] [[./One]] [[sub/../One]]\n"},
          {"One.md", "x\n"},
          {"sub/One.md",
           "[[../One]] [[./One|x]] [[../../../One]] [a](../One) [[../None]]\n\n"
           "![[../p.png]] ![[./p.png]]\n\n![[../Two]]\n"},
          {"Two.md", "TWO\n"},
          {"p.png", ""},
          {"deep/None.md", "y\n"}};
  CHECK(v.has("/",
              (to("/One/", "../One") + " " + to("/One/", "./One") + " " + to("/One/", "sub/../One"))
                  .c_str()));
  CHECK(v.has("/sub/One/", (to("/One/", "../One") + " " + to("/sub/One/", "x") + " " +
                            to("/One/", "../../../One") +
                            " <a href=\"/One/\">a</a> <a href=\"/None/\" class=\"dead-link\">")
                               .c_str()));
  CHECK(v.has("/sub/One/", "<img src=\"/p.png\" alt=\"../p.png\" />"));
  CHECK(v.has("/sub/One/", "<p>TWO</p>"));
}

TEST_CASE("a Markdown link out of the site does not lead to a note of the same name") {
  Vault v{{"README.md", "[a](../web/README.md#x) [b](sub/../../README.md)\n"},
          {"sub/One.md", "[c](../../README.md) [d](../README.md#x)\n"}};
  CHECK(v.has("/", "<a href=\"../web/README.md#x\">a</a> <a href=\"sub/../../README.md\">b</a>"));
  CHECK(v.has("/sub/One/", "<a href=\"../../README.md\">c</a> <a href=\"/#x\">d</a>"));
}

TEST_CASE("a part of a file that is no note stays as it is, and pictures have texts") {
  Vault v{{"README.md",
           "[[f.pdf#page=3]] ![[f.pdf#page=3]] [[One#A b]]\n\n![[p.png|A *cat*]] ![[p.png|Cat|30]] "
           "![[p.png|30x20]]\n"},
          {"One.md", "# A b\n"},
          {"f.pdf", ""},
          {"p.png", ""}};
  CHECK(v.has("/", "<a href=\"/f.pdf#page=3\" class=\"note-link\">f.pdf &gt; page=3</a>"));
  CHECK(v.has("/", "<a href=\"/f.pdf#page=3\" class=\"note-link\">f.pdf#page=3</a>"));
  CHECK(v.has("/", "<a href=\"/One/#a-b\""));
  CHECK(v.has("/",
              "<img src=\"/p.png\" alt=\"A *cat*\" /> <img src=\"/p.png\" width=\"30\" "
              "alt=\"Cat\" /> <img src=\"/p.png\" width=\"30\" height=\"20\" "
              "alt=\"p.png\" />"));
}

TEST_CASE("links of Markdown to headings have their ids, but for ids that a note sets") {
  Vault v{{"README.md",
           "[a](Note%20One.md#Second%20heading) [b](Note%20One.md#Own) [c](#Here%20B) "
           "[d](Note%20One#Q&A) [e](x.pdf#Page%202) [f](Note%20One.md#second-heading)\n"
           "\n# Here B\n"},
          {"sub/Note One.md", "## Second heading\n\n<a id=\"Own\"></a>\n\n## Q&A\n"},
          {"Note One.md", "## Second heading\n\n<a id=\"Own\"></a>\n\n## Q&A\n"},
          {"x.pdf", ""}};
  CHECK(v.has("/",
              "<a href=\"/Note%20One/#second-heading\">a</a> <a href=\"/Note%20One/#Own\">b</a> <a "
              "href=\"#here-b\">c</a> <a href=\"/Note%20One/#qa\">d</a> <a "
              "href=\"/x.pdf#Page%202\">e</a> <a href=\"/Note%20One/#second-heading\">f</a>"));
}

TEST_CASE("other names are in aliases or alias, in any case, also with commas") {
  Vault v{{"README.md", "[[first]] [[second one]] [[Third]] [[Doe, J.]]\n"},
          {"A.md", "---\nalias: first\n---\n"},
          {"B.md", "---\nAliases: x, Second one\n---\n"},
          {"C.md", "---\nalias: [third]\naliases: \"Doe, J.\"\n---\n"}};
  CHECK(v.has("/", (to("/A/", "first") + " " + to("/B/", "second one") + " " + to("/C/", "Third") +
                    " " + to("/C/", "Doe, J."))
                       .c_str()));
}
