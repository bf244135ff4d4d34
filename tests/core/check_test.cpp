#include "meridian/check.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "check_fixture.h"
#include "rendered.h"
#include "sized.h"

using namespace meridian;

namespace {

/// The site of an author.
struct Fixture {
  Workspace w;
  Author author{w};
  Fixture(std::initializer_list<std::pair<Str, Str>> files) { put_site(w, files); }
  Answer at(Str url) { return render(w, url); }
};

constexpr const char* kHome = "---\n---\n{% for p in site.posts %}({{ p.title }}){% endfor %}";
}  // namespace

TEST_CASE(
    "front matter that can't be parsed is reported, and the author's page keeps its layout and "
    "URL") {
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
    // Jekyll continues without data.
    Workspace published;
    put_site(published,
             std::initializer_list<std::pair<Str, Str>>{{"_config.yml", ""}, {"view.md", page}});
    CHECK(render(published, "/deep/").status == site::Status::NotFound);
    CHECK(render(published, "/view.html").html == "<p><em>body</em></p>\n");
  }
}

TEST_CASE("a layout's front matter that can't be parsed: author and visitors see the same theme") {
  auto files = {std::pair<Str, Str>{"_config.yml", ""},
                {"_layouts/page.html", "---\nlayout: default\nb: @me\n---\n[{{ content }}]"},
                {"index.md", "---\nlayout: page\n---\nHome"}};
  Fixture author(files);
  REQUIRE(author.w.options("{\"theme\":\"auto\"}"));
  Answer seen = author.at("/");
  Workspace visitors;
  put_site(visitors, files);
  REQUIRE(visitors.options("{\"theme\":\"auto\"}"));
  CHECK(render(visitors, "/").html == seen.html);
  CHECK(has(seen.html, "[<p>Home</p>"));
  CHECK(has(seen.json, "\"file\":\"_layouts/page.html\""));
}

TEST_CASE(
    "front matter without a closing --- is reported, and ends at the first line that is none") {
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

TEST_CASE(
    "while _config.yml can't be parsed the settings stay as they were, and a warning is added") {
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

TEST_CASE(
    "a _config.yml that could never be parsed gives its intact entries, and defaults for the "
    "rest") {
  Fixture f{{"_config.yml", "title: \"One\ninclude: [_pages]\nauthors: [a, b\n"},
            {"_pages/about.md", "---\npermalink: /\n---\n{{ site.title }}"}};
  Answer a = f.at("/");
  CHECK(a.html == "<p>One</p>\n");
  CHECK(has(a.json, "a quoted value is not closed"));
  CHECK(has(a.json, "defaults for what is missing"));
}

TEST_CASE("mending front matter takes linear time") {
  for (const char* piece :
       {"a: b: c\n", "a: \"\n", "- x\n", "x\n", "\t", "a: [\n", " \n", "a: &x *x\n"}) {
    std::string text = "---\n";
    while (text.size() < std::size_t(support::sized(2'000'000))) text += piece;
    Fixture f{{"_config.yml", text}, {"index.md", text + "---\nbody\n"}, {"open.md", text}};
    CHECK(f.at("/").status != site::Status::Needs);
  }
}

TEST_CASE("links, anchors and images with a target are not reported") {
  for (const char* body :
       {"[a](/base/notes/first/)",
        "[a](/base/notes/first)",
        "[a](notes/first/#a-heading)",
        "[a](#top)",
        "[a](/base/2020/01/02/post.html)",
        "[a](files/paper.pdf#page=3)",
        "[a](mailto:a@b.example)",
        "[a](https://elsewhere.example/x)",
        "[a](/outside/)",
        "[a](//elsewhere.example/)",
        "[a](http://ada@bücher.example:8080?x=a|b) [b](https://[::1]/)",
        "[a](../../up/)",
        "![a](images/Map.png)",
        "`[a](nowhere/)`",
        "<!-- <a href=\"nowhere/\">x</a> -->",
        "<a href=\"#menu\" data-toggle=\"x\">x</a>",
        "<a href=\"#\">x</a>",
        "[a](/base/meridian/theme.css)",
        "[a]({{ site.github.repository_url }}/blob/x)",
        "<a name=\"x\"></a>[a](#x)",
        "<a href=\"/base/notes/first/?a=1&amp;b=2#a-heading\">x</a>",
        "## Grüße\n[a](#grüße) [b](#gr%C3%BC%C3%9Fe)",
        "## Grüße\n[a](#gr&uuml;&szlig;e) <a href=\"#gr&#252;&szlig;e\">b</a>"}) {
    INFO(body);
    CHECK(of_page(body) == "");
  }
}

TEST_CASE("broken links, anchors and images are reported at their place, with a suggestion") {
  CHECK(of_page("x\n\n[a](/base/notes/frist/)") ==
        "page.md:6:5: this link leads to no page or file of the site: `/base/notes/frist/`; did "
        "you mean "
        "`/notes/first/`?\n");
  CHECK(of_page("[a]({{ site.baseurl }}/nowhere/)") ==
        "page.md:4:23: this link leads to no page or file of the site: `/base/nowhere/`; correct "
        "the address, or add a "
        "page with this `permalink`\n");
  CHECK(of_page("![a](images/map.png)") ==
        "page.md:4:6: there is no file `images/map.png`; upper and lower case differ: the file is "
        "`/images/Map.png`\n");
  CHECK(of_page("[a](notes/first/#a-haeding)") ==
        "page.md:4:5: note.md has no place named `#a-haeding`; did you mean `#a-heading`?\n");
  CHECK(of_page("[a](#nothing-like-it)") ==
        "page.md:4:5: this page has no place named `#nothing-like-it`; correct it, or give a "
        "heading this id: `## "
        "Heading {#id}`\n");
  // Twice on a page, reported once.
  CHECK(of_page("[a](x/) [b](x/)").find('\n') == of_page("[a](x/) [b](x/)").size() - 1);
}

TEST_CASE("a link to a note that is not there is reported at its place") {
  markdown::set_commonmark(markdown::commonmark_parse);
  CHECK(findings({{"README.md", "[[One]] [[one|x]] [[#Here]]\n\n[[sub/None]]\n\n## Here\n"},
                  {"a/One.md", "# One\n"}}) ==
        "README.md:3:1: this link leads to no page or file of the site: `/sub/None/`; correct the "
        "name, or add the note\n");
}

TEST_CASE("a link to a page whose front matter can't be parsed is not reported") {
  std::string said = findings({{"_config.yml", ""},
                               {"index.md", "---\n---\n[a](/deep/) [b](/view.html)"},
                               {"view.md", "---\npermalink: /deep/\ntitle: Deep: a view\n---\n"}});
  CHECK(said.find("leads to no page") == std::string::npos);
}

TEST_CASE("a broken link in a layout or in data is reported there, once") {
  std::string said =
      findings({{"_config.yml", ""},
                {"_layouts/default.html",
                 "<a href=\"/nowhere/\">x</a>{% for n in site.data.nav %}<a href=\"{{ n.url "
                 "}}\">y</a>{% endfor %}{{ content }}"},
                {"_data/nav.yml", "- url: /gone/\n"},
                {"a.md", "---\nlayout: default\n---\n"},
                {"index.md", "---\nlayout: default\n---\n"}});
  CHECK(said.find("_layouts/default.html:1:10: this link leads to no page or file of the site: "
                  "`/nowhere/`") == 0);
  CHECK(said.find("_data/nav.yml:1:8: this link leads to no page or file of the site: `/gone/`") !=
        std::string::npos);
  CHECK(std::count(said.begin(), said.end(), '\n') == 2);
}

TEST_CASE("variables that nothing sets are reported, with the nearest name") {
  CHECK(of_page("{{ page.titel }}") ==
        "page.md:4:4: nobody sets `page.titel`: it prints nothing; did you mean `page.title`?\n");
  CHECK(of_page("{{ site.autor }}") ==
        "page.md:4:4: nobody sets `site.autor`: it prints nothing; did you mean `site.author`?\n");
  CHECK(of_page("{{ site.data.poeple }}") ==
        "page.md:4:4: nobody sets `site.data.poeple`: it prints nothing; did you mean "
        "`site.data.people`?\n");
  CHECK(of_page("{% assign greeting = 1 %}{{ greting }}") ==
        "page.md:4:29: nobody sets `greting`: it prints nothing; did you mean `greeting`?\n");
  // Liquid reads past a no-break space.
  CHECK(of_page("{% assign greeting = 1 %}{{\u00a0greeting }}{{ greeting\u00a0}}{{ "
                "greeting\u00a0| plus: 1 }}") == "");
  CHECK(of_page("${{ secrets.TOKEN }}") ==
        "page.md:4:5: nobody sets `secrets`: it prints nothing; set it, or show braces as they are "
        "between {% raw %} and "
        "{% endraw %}\n");
}

TEST_CASE("variables that something may set are not reported") {
  for (const char* body :
       {"{{ page.title }}", "{{ page['title'] }}", "{{ site.author.name }}",
        "{{ site.time | date: '%Y' }}", "{{ 'a' }}", "{{ 3 }}", "{% raw %}{{ nobody }}{% endraw %}",
        "{% comment %}{{ nobody }}{% endcomment %}", "{{ nobody | default: 'x' }}",
        "{% if page.abstract %}{{ page.abstract }}{% endif %}",
        "{% for x in site.posts %}{{ x.anything }}{{ forloop.index }}{% endfor %}",
        "{% capture a %}x{% endcapture %}{{ a }}", "{% increment n %}{{ n }}",
        "{{ site.posts.size }}", "{{ site.data.people[0] }}", "{{ jekyll.version }}",
        "{{ page.url }}", "{{- page.title -}}", "{{ page.next.title }}"}) {
    INFO(body);
    CHECK(of_page(body) == "");
  }
  CHECK(of_page("{{ page.abstract }}", "abstract: x\n") == "");
  // A layout serves pages that don't exist yet.
  CHECK(findings({{"_config.yml", ""},
                  {"_layouts/default.html", "{{ page.abstract }}{{ include.x }}{{ content }}"},
                  {"index.md", "---\nlayout: default\n---\n"}}) == "");
}

TEST_CASE("misspelt keys of front matter are reported, unless something uses them") {
  CHECK(of_page("x", "tilte: x\n") == "");  // `title` is there as well
  CHECK(of_page("x", "permlink: /x/\n") ==
        "page.md:3:1: nothing asks for `permlink`; did you mean `permalink`?\n");
  CHECK(of_page("x", "Layout: none\n") ==
        "page.md:3:1: nothing asks for `Layout`; did you mean `layout`?\n");
  CHECK(of_page("x", "dtae: 2020-01-01\n") ==
        "page.md:3:1: nothing asks for `dtae`; did you mean `date`?\n");
  CHECK(of_page("x", "redirect-from: /a/\n") ==
        "page.md:3:1: nothing asks for `redirect-from`; did you mean `redirect_from`?\n");
  for (const char* key : {"data: 1\n", "long: 2\n", "rank: 3\n", "tag: x\n", "category: x\n",
                          "image: x\n", "weight: 1\n", "nav_order: 2\n"}) {
    INFO(key);
    CHECK(of_page("x", key) == "");
  }
  CHECK(of_page("{{ page.permlink }}", "permlink: /x/\n") == "");
}

TEST_CASE("posts that Jekyll skips because of their names are reported") {
  auto named = [](Str path) {
    return findings({{"_config.yml", ""}, {"index.md", "---\n---\n"}, {path, "---\n---\nx"}});
  };
  CHECK(named("_posts/2020-1-5 x.md") ==
        "_posts/2020-1-5 x.md: Jekyll passes this post over: its name does not begin with a date "
        "and a dash; name it as "
        "2026-01-31-x.md\n");
  CHECK(named("_posts/hello.md").find("name it as 2026-01-31-hello.md") != std::string::npos);
  CHECK(named("_posts/2020_01_05-x.md").find("passes this post over") != std::string::npos);
  for (const char* path : {"_posts/2020-1-5-x.md", "_posts/README.md", "_posts/_hidden.md",
                           "_posts/.gitkeep", "_posts/2020-01-05-x.markdown"}) {
    INFO(path);
    CHECK(named(path) == "");
  }
  CHECK(findings({{"_config.yml", ""}, {"index.md", "---\n---\n"}, {"_posts/picture.png", "x"}}) ==
        "");
}

TEST_CASE("`defaults` without effect and unused data files that can't be parsed are reported") {
  CHECK(findings({{"_config.yml", "title: x\ndefaults:\n  - scope: {path: ''}\n    layout: x\n"},
                  {"index.md", "---\n---\n"}})
            .find("_config.yml:3:5: `defaults`: entry 1 counts for nothing") == 0);
  CHECK(findings({{"_config.yml", ""}, {"index.md", "---\n---\n"}, {"_data/a.yml", "a: b: c\n"}})
            .find("_data/a.yml:1:5:") == 0);
}

TEST_CASE("keys of the configuration that a collection hides are reported") {
  for (const char* collections : {"[publications]", "{publications: {output: true}}"}) {
    std::string config = "title: x\ncollections: " + std::string(collections);
    CHECK(
        findings({{"_config.yml", config + "\npublications: x.bib\n"}, {"index.md", "---\n---\n"}})
            .find("_config.yml:3:15: `publications` counts for nothing: the collection "
                  "`publications` hides it") != std::string::npos);
    CHECK(findings({{"_config.yml", config + "\n"}, {"index.md", "---\n---\n"}}).find("hides it") ==
          std::string::npos);
  }
}

TEST_CASE("the site's includes that the theme in use ignores are reported") {
  Str theme = "{\"theme\":\"meridian\"}";
  std::string said = findings({{"_config.yml", ""},
                               {"index.md", "---\n---\n"},
                               {"_includes/footer.html", "mine"},
                               {"_includes/own.html", "x"}},
                              theme);
  CHECK(said.find(
            "_includes/footer.html: this file is not used: the theme has its own in its place") ==
        0);
  CHECK(std::count(said.begin(), said.end(), '\n') == 1);
  CHECK(findings({{"_config.yml", ""},
                  {"index.md", "---\n---\n{% include footer.html %}"},
                  {"_includes/footer.html", "mine"},
                  {"_includes/head/custom.html", "x"}},
                 theme) == "");
}

TEST_CASE("plugins that are not there are named, with what the pages lack") {
  CHECK(findings({{"_config.yml", "plugins:\n  - jekyll-feed\n  - jekyll-spaceship\n  - other\n"},
                  {"_plugins/own.rb", "x"},
                  {"index.md", "---\n---\n"}}) ==
        "_config.yml:3:5: there is no plugin `jekyll-spaceship` here; its tables, media and "
        "diagrams stay as they are written\n"
        "_config.yml:4:5: there is no plugin `other` here; its tags, filters and pages are "
        "missing\n"
        "_plugins/own.rb: plugins in Ruby are not run, the pages lack what it makes; put what it "
        "makes into files of the site\n");
}

TEST_CASE("plugins for diagrams are told from code blocks of mermaid, which are drawn") {
  CHECK(findings({{"_config.yml", "plugins: [jekyll-mermaid, jekyll-diagrams]\n"},
                  {"index.md", "---\n---\n```mermaid\ngraph LR\n```\n"}}) ==
        "_config.yml:1:11: there is no plugin `jekyll-mermaid` here; diagrams by its tag are "
        "missing: write them as code blocks of `mermaid`\n"
        "_config.yml:1:27: there is no plugin `jekyll-diagrams` here; diagrams by its tags are "
        "missing, code blocks of `mermaid` are drawn\n");
}

TEST_CASE("plugins in Ruby are named with what they make, and what can take their place") {
  CHECK(
      findings({{"_config.yml", ""},
                {"_plugins/a.rb",
                 "Liquid::Template.register_tag('youtube', Y)\n"
                 "Liquid::Template.register_tag :me, M\n"
                 "Liquid::Template.register_filter(F)\n"},
                {"_plugins/b.rb", "class B < Jekyll::Generator\nend\n"},
                {"_plugins/c.rb", "File.exist?(a)\nLiquid::Template.register_tag('there', C)\n"},
                {"_plugins/d.rb", "Liquid::Template.register_tag('details', D)\n"},
                {"index.md", "---\n---\n"}}) ==
      "_plugins/a.rb: plugins in Ruby are not run, the pages lack what it makes: the tag "
      "`youtube`, the tag `me`, filters; write its tags and filters in JavaScript, as "
      "_plugins/NAME.js\n"
      "_plugins/b.rb: plugins in Ruby are not run, the pages lack what it makes: pages or data; "
      "put what it makes into files of the site\n"
      "_plugins/c.rb: plugins in Ruby are not run, the pages lack what it makes: the tag `there`; "
      "it reads files or asks the network, which plugins in JavaScript can't: put what it makes "
      "into _data\n");
}

TEST_CASE("a check takes linear time") {
  for (const char* piece : {"<a href=\"x\">", "[a](x#y)", "{{ page.x }}", "{{ x.y }}",
                            "<a id=x href='#z'>", "{% comment %}", "{{", "<!--", "[a](/%ff)"}) {
    std::string page = "---\n---\n";
    for (int i = 0; page.size() < std::size_t(support::sized(200'000)); i++) page += piece;
    findings({{"_config.yml", ""}, {"index.md", page}});
  }
  std::string many = "---\n---\n";
  for (int i = 0; i < support::sized(20'000); i++)
    many += "[a](gone-" + std::to_string(i) + "/) {{ page.x" + std::to_string(i) + " }}\n";
  findings({{"_config.yml", ""}, {"index.md", many}});
}

TEST_CASE("check_page checks the page in view, and anchors of the pages that it links to") {
  Fixture f{{"_config.yml", "baseurl: /base\n"},
            {"index.md",
             "---\n---\n[a](/base/note.html#heading) [b](/base/note.html#haeding) [c](gone/)\n"},
            {"note.md", "---\n---\n## Heading\n[d](lost/)\n"}};
  Text json;
  REQUIRE(check_page(f.w, "/base/", json) == site::Status::Ready);
  std::string said(json.str());
  CHECK(has(said, "note.md has no place named `#haeding`"));
  CHECK(has(said, "`gone/`"));
  CHECK_FALSE(has(said, "`lost/`"));  // of a page that is not in view
  CHECK_FALSE(has(said, "named `#heading`"));
  Text other;
  REQUIRE(check_page(f.w, "/base/note.html", other) == site::Status::Ready);
  CHECK(has(std::string(other.str()), "`lost/`"));
  Text none;
  CHECK(check_page(f.w, "/base/nowhere/", none) == site::Status::Ready);
}

TEST_CASE("check_page leaves out what a comment names, and doesn't call the comment unused") {
  Fixture f{{"_config.yml", ""},
            {"index.md",
             "---\n---\n[a](gone/) <!-- meridian-ignore-line broken-link -->\n[b](lost/) "
             "<!-- meridian-ignore-line liquid -->\n"}};
  Text json;
  REQUIRE(check_page(f.w, "/", json) == site::Status::Ready);
  std::string said(json.str());
  CHECK_FALSE(has(said, "gone/`"));
  CHECK(has(said, "lost/`"));
  CHECK_FALSE(has(said, "to silence"));
}

TEST_CASE("check_page names the files that the page in view needs") {
  Workspace w;
  Author author(w);
  w.put("_config.yml", "");
  w.put("second.md", "---\npermalink: /second/\nlayout: plain\n---\n");
  Text json;
  REQUIRE(check_page(w, "/second/", json) == site::Status::Needs);
  INFO(std::string(json.str()));
  CHECK(has(std::string(json.str()), "\"_layouts/plain.html\""));
}

TEST_CASE(
    "a layout whose front matter can't be parsed keeps its own layout for the author, and is "
    "reported") {
  Fixture f{{"_config.yml", ""},
            {"_layouts/outer.html", "<main>{{ content }}</main>"},
            {"_layouts/inner.html", "---\nlayout: outer\nnote: a: b\n---\n<p>{{ content }}</p>"},
            {"index.html", "---\nlayout: inner\n---\nText"}};
  Answer a = f.at("/");
  CHECK(a.html == "<main><p>Text</p></main>");
  CHECK(has(a.json, "\"file\":\"_layouts/inner.html\""));
  CHECK(has(a.json, "\"line\":3"));
}

TEST_CASE("what rows of tables lack") {
  std::string said = findings(
      {{"_config.yml",
        "collections: {talks: {output: true}}\nmeridian: {tables: {talks: _data/talks.tsv}}\n"},
       {"index.md", "---\n---\n{% for t in site.talks %}{{ t.funding }}{% endfor %}\n"},
       {"_data/talks.tsv",
        "title\tdate\tfunding\ttalk_url\nSay \"A\"\t2020-1-31 9:00\t1\t\nB\t4/1/21\t\t/nowhere/\n"
        "C\t2020-01-31 18:00:00 +0100\t\t\n"}});
  CHECK(said ==
        "_data/talks.tsv:3:1: Jekyll guesses what date `4/1/21` is; write it as 2026-01-31\n"
        "_data/talks.tsv:3:11: this link leads to no page or file of the site: `/nowhere/`; "
        "correct the address, or add a page with this `permalink`\n");
}

TEST_CASE("notes that their front matter keeps private are reported at the line that does") {
  CHECK(findings({{"README.md", "x\n"},
                  {"a.md", "---\ntitle: A\nDraft: \"true\"\n---\nx\n"},
                  {"b.md", "---\nprivate: no\n---\nx\n"}},
                 "{}", false, true) ==
        "a.md:3:1: this note is not published: `Draft` is set [private-note]; change that line to "
        "publish it\n");
}
