#include <catch2/catch_test_macros.hpp>
#include <string>

#include "../../core/site/model/glob.h"
#include "meridian/theme.h"
#include "site_fixture.h"

using namespace meridian;

TEST_CASE("fnmatch and glob patterns match as Ruby's do") {
  CHECK(site::matches("*.bak", "old.bak", false));
  CHECK(site::matches("a*c", "a/b/c", false));
  CHECK_FALSE(site::matches("a*c", "a/b/c", true));
  CHECK(site::matches("tools/**/*.md", "tools/a/b.md", true));
  CHECK(site::matches("tools/**/*.md", "tools/b.md", true));
  CHECK(site::matches("[a-c]?", "bx", false));
  CHECK_FALSE(site::matches("[!a-c]?", "bx", false));
  CHECK(site::matches("{notes,talks}/*", "talks/x", true));
  CHECK_FALSE(site::matches("{notes,talks}/*", "posts/x", true));
  std::string stars(2000, '*'), text(20000, 'a');
  CHECK_FALSE(site::matches(stars + "b", text, false));
}

TEST_CASE("a page is rendered once the files that it needs are put") {
  Workspace w;
  REQUIRE(
      w.list("{\"files\":[\"_config.yml\",\"index.md\",\"_layouts/a.html\",\"_includes/"
             "x.html\"],\"complete\":true}"));
  REQUIRE(w.options("{\"theme\":\"site\"}"));
  Answer a = render(w, "/");
  CHECK(a.status == site::Status::Needs);
  CHECK(a.json.find("_config.yml") != std::string::npos);
  w.put("_config.yml", "title: T\n");
  a = render(w, "/");
  CHECK(a.status == site::Status::Needs);
  CHECK(a.json.find("index.md") != std::string::npos);
  w.put("index.md", "---\nlayout: a\n---\n{% if false %}{% include x.html %}{% endif %}Hi\n");
  a = render(w, "/");
  CHECK(a.status == site::Status::Needs);
  // The include is in a branch that is never taken, and is requested together with the layout.
  CHECK(a.json.find("_includes/x.html") != std::string::npos);
  CHECK(a.json.find("_layouts/a.html") != std::string::npos);
  w.put("_includes/x.html", "x");
  w.put("_layouts/a.html", "<b>{{ content }}</b>");
  a = render(w, "/");
  CHECK(a.status == site::Status::Ready);
  CHECK(a.html == "<b><p>Hi</p>\n</b>");
}

TEST_CASE("the configured baseurl keeps its slashes where the host found the site at its path") {
  auto shown = [](const char* config, const char* options) {
    Fixture f{{"_config.yml", config},
              {"index.html",
               "---\n---\n{{ site.baseurl }}a {{ 'b' | relative_url }}"
               "{% if site.baseurl %} c{% endif %}"}};
    REQUIRE(f.w.options(options));
    return f.html("/");
  };
  const char* at_x = "{\"baseurl\":\"/x\",\"baseurl_found\":true}";
  CHECK(shown("baseurl: /x/\n", at_x) == "/x/a /x/b c");
  CHECK(shown("baseurl: x\n", at_x) == "xa /x/b c");
  CHECK(shown("baseurl: /y/\n", at_x) == "/xa /x/b c");
  CHECK(shown("", at_x) == "/xa /x/b c");
  const char* at_root = "{\"baseurl\":\"\",\"baseurl_found\":true}";
  CHECK(shown("baseurl: /\n", at_root) == "/a /b c");
  CHECK(shown("", at_root) == "a /b");
  // Jekyll's --baseurl replaces it in any case.
  CHECK(shown("baseurl: /x/\n", "{\"baseurl\":\"/x\"}") == "/xa /x/b c");
}

TEST_CASE("a file that never comes counts as missing after eight rounds, with a diagnostic") {
  Workspace w;
  REQUIRE(w.list("{\"files\":[\"index.md\",\"_layouts/a.html\"],\"complete\":true}"));
  REQUIRE(w.options("{\"theme\":\"site\"}"));
  w.put("index.md", "---\nlayout: a\n---\nHi\n");
  Answer a;
  int rounds = 0;
  do a = render(w, "/");
  while (a.status == site::Status::Needs && ++rounds < 20);
  CHECK(rounds == Workspace::kMaxRounds);
  CHECK(a.status == site::Status::Ready);
  CHECK(a.html == "<p>Hi</p>\n");
  CHECK(a.json.find("did not arrive") != std::string::npos);
}

TEST_CASE("a layout whose name can't be a file's is missing, and not requested") {
  for (std::string name : {"a\\0b", "../a", "a//b", "./a"}) {
    INFO(name);
    Workspace w;
    w.put("_config.yml", "meridian: {theme: site}\n");
    w.put("index.html", "---\nlayout: \"" + name + "\"\n---\nHere");
    w.put_missing("_includes/head/custom.html");
    Answer a = render(w, "/");
    CHECK(a.status == site::Status::Ready);
    CHECK(a.html == "Here");
    CHECK(a.json.find("there is no layout") != std::string::npos);
  }
}

TEST_CASE("a changed file shows at once, and only its dependents are rendered again") {
  Fixture f{{"_config.yml", ""}, {"index.md", "---\n---\n{% include x %}"}, {"_includes/x", "one"}};
  CHECK(f.html("/") == "<p>one</p>\n");
  f.w.put("_includes/x", "two");
  CHECK(f.html("/") == "<p>two</p>\n");
  f.w.put("index.md", "---\ntitle: T\n---\n{{ page.title }}");
  CHECK(f.html("/") == "<p>T</p>\n");
  f.w.put("_data/a.yml", "b: 1");
  f.w.put("index.md", "---\n---\n{{ site.data.a.b }}");
  CHECK(f.html("/") == "<p>1</p>\n");
  f.w.put("_data/a.yml", "b: 2");
  CHECK(f.html("/") == "<p>2</p>\n");
  f.w.remove("_includes/x");
  CHECK(f.html("/") == "<p>2</p>\n");
}

TEST_CASE("a page of a plugin is rendered anew after a change") {
  Fixture f{{"_config.yml", "plugins: [jekyll-redirect-from]"},
            {"_includes/x", "one"},
            {"index.md", "---\nredirect_from: /old/\n---\nHi"}};
  for (int time = 0; time < 2; time++) {
    CHECK(f.html("/redirects.json") == "{\"/old/\":\"/\"}");
    f.w.put("_includes/x", time ? "three" : "two");
    f.html("/");  // takes the place of what was rendered before
  }
}

TEST_CASE("URLs are found with and without baseurl, index.html, extension and slash") {
  Fixture f{{"_config.yml", "baseurl: /base\npermalink: pretty\n"},
            {"about.md", "---\n---\nA"},
            {"x/index.html", "---\n---\nX"},
            {"plain.md", "---\npermalink: /p.html\n---\nP"},
            {"\xC3\xBC"
             "ber uns.md",
             "---\n---\nU"}};
  for (Str url : {"/about/", "/base/about/", "/about", "/about/index.html", "/about/?q#f"})
    CHECK(f.html(url) == "<p>A</p>\n");
  for (Str url : {"/x/", "/x", "/base/x/index.html"}) CHECK(f.html(url) == "X");
  for (Str url : {"/p.html", "/p"}) CHECK(f.html(url) == "<p>P</p>\n");
  CHECK(f.html("/%C3%BCber%20uns/") == "<p>U</p>\n");
  CHECK(render(f.w, "/nothing/").status == site::Status::NotFound);
}

TEST_CASE("cached contents keep their diagnostics and dependencies") {
  Fixture f{{"index.html",
             "---\n---\n{% for p in site.posts %}{{ p.content }}{{ p.content }}{% endfor %}"},
            {"_posts/2020-01-01-p.md", "---\n---\n{% include a.html %}{% include none.html %}\n"},
            {"_posts/2020-01-02-q.md", "---\n---\n{% include a.html %}{% include b.html %}\n"},
            {"_includes/a.html", "A"},
            {"_includes/b.html", "B"}};
  auto has = [](const Answer& a, Str text) { return Str(a.json).find(text) != Str::npos; };
  // A page by itself, again, then one that shows it, then again after a change of a file that
  // neither uses.
  for (int time = 0; time < 4; time++) {
    Answer post = render(f.w, "/2020/01/01/p.html"), list = render(f.w, "/");
    CHECK(has(post, "none.html"));
    CHECK(has(post, "\"_includes/a.html\""));
    CHECK_FALSE(has(post, "\"_includes/b.html\""));
    CHECK(has(list, "none.html"));
    for (Str path : {"index.html", "_posts/2020-01-01-p.md", "_posts/2020-01-02-q.md",
                     "_includes/a.html", "_includes/b.html"})
      CHECK(has(list, path));
    if (time == 1) f.w.put("_includes/c.html", "C");
    if (time == 2) f.w.put("_includes/b.html", "Another");
  }
}

TEST_CASE("source:PATH redirects to the page of a file") {
  Fixture f{{"_config.yml", "baseurl: /b\ncollections: {talks: {output: true}, people: {}}\n"},
            {"a.md", "---\npermalink: /x/\n---\n"},
            {"index.md", "---\n---\n"},
            {"_posts/2020-01-02-new.md", "---\ncategories: [c]\n---\n"},
            {"_talks/one.md", "---\n---\n"},
            {"_includes/part.html", "part"},
            {"picture.svg", "<svg/>"}};
  auto where = [&](Str path) {
    return render(f.w, "source:" + std::string(path.data(), path.size()));
  };
  CHECK(where("a.md").status == site::Status::Redirect);
  CHECK(where("a.md").json == "{\"url\":\"/b/x/\"}");
  CHECK(where("index.md").json == "{\"url\":\"/b/\"}");
  CHECK(where("_posts/2020-01-02-new.md").json == "{\"url\":\"/b/c/2020/01/02/new.html\"}");
  CHECK(where("_talks/one.md").json == "{\"url\":\"/b/talks/one.html\"}");
  for (Str path : {"_includes/part.html", "picture.svg", "none.md", "_config.yml"})
    CHECK(where(path).status == site::Status::NotFound);
}

TEST_CASE("an image beside the posts is no post, whatever its name") {
  Fixture f{{"_config.yml", "title: X"},
            {"_posts/2020-01-02-plot_files/2020-01-02-plot_1.png", "\x89PNG\r\n\xFF"},
            {"_posts/2020-01-02-plot.md", "---\ntitle: Plot\n---\nLatin \xFC"},
            {"list.html", "---\n---\n{% for p in site.posts %}{{ p.url }};{% endfor %}"}};
  CHECK(f.html("/list") == "/2020/01/02/plot.html;");
}

TEST_CASE("paths that lead out of the site are refused") {
  Workspace w;
  CHECK_FALSE(w.put("../secret", "x"));
  CHECK_FALSE(w.put("a/../../secret", "x"));
  CHECK_FALSE(w.put("", "x"));
  CHECK(w.put("/a/b.md", "x"));
  CHECK(w.files().find("a/b.md") != nullptr);
}

TEST_CASE("a list of documents needs only the manifest's front matter") {
  Workspace w;
  REQUIRE(w.options("{\"theme\":\"site\",\"time\":\"2024-06-01T12:00:00Z\"}"));
  REQUIRE(w.list(
      "{\"files\":[{\"path\":\"_config.yml\",\"text\":\"collections: {talks: {output: true}}\\n\"},"
      "{\"path\":\"index.md\",\"text\":\"---\\n---\\n{% for t in site.talks %}{{ t.title }} {{ "
      "t.date | date: '%Y' }} "
      "{{ t.url }};{% endfor %}\"},"
      "{\"path\":\"_talks/one.md\",\"yaml\":\"title: One\\ndate: 2001-02-03\\n\"},"
      "{\"path\":\"_talks/two.md\",\"yaml\":\"title: Two\\ndate: 1999-01-01\\n\"}]}"));
  Answer a = render(w, "/");
  CHECK(a.status == site::Status::Ready);
  CHECK(a.html == "<p>Two 1999 /talks/two.html;One 2001 /talks/one.html;</p>\n");
  CHECK(render(w, "/talks/one.html").json ==
        "{\"paths\":[\"_talks/one.md\"],\"zones\":[],\"modules\":[]}");
}

TEST_CASE("a manifest is written while includes of its pages are missing") {
  Workspace w;
  w.put("_config.yml", "");
  for (const char* path : {"a.html", "b.html", "c.html", "d.html", "e.html", "f.html"})
    w.put(path, std::string("---\n---\n{% include of-") + path + " %}{% include both.html %}");
  Arena arena;
  Diagnostics diagnostics(arena);
  Text manifest;
  CHECK(w.manifest(manifest, diagnostics));
  CHECK(manifest.str().find("\"e.html\"") != Str::npos);
}

TEST_CASE("post.content is rendered in a page, and source in an earlier post") {
  Fixture f{{"_config.yml", "permalink: /:title/\n"},
            {"_posts/2020-01-01-a.md", "---\n---\n{{ page.next.content }} and *a*"},
            {"_posts/2020-01-02-b.md", "---\n---\n*b*"},
            {"index.html", "---\n---\n{% for p in site.posts %}{{ p.content }}{% endfor %}"}};
  CHECK(f.html("/") == "<p><em>b</em></p>\n<p><em>b</em> and <em>a</em></p>\n");
}

TEST_CASE("`layout` has the front matter of all layouts, with the inner one's values first") {
  Fixture f{{"_config.yml", ""},
            {"_layouts/outer.html",
             "---\nx: outer\ny: outer\n---\n[{{ layout.x }} {{ layout.y }} {{ content }}]"},
            {"_layouts/inner.html", "---\nlayout: outer\nx: inner\n---\n({{ content }})"},
            {"index.html", "---\nlayout: inner\n---\n{{ layout.x }}"}};
  CHECK(f.html("/") == "[inner outer (inner)]");
}

TEST_CASE("an include that includes itself ends in a diagnostic") {
  Fixture f{{"_config.yml", ""},
            {"index.md", "---\n---\na {% include x %} b"},
            {"_includes/x", "{% include x %}"}};
  Answer a = render(f.w, "/");
  CHECK(a.status == site::Status::Ready);
  CHECK(a.html.find("meridian-error") != std::string::npos);
  CHECK(a.json.find("_includes/x") != std::string::npos);
}

TEST_CASE(
    "Liquid Warning: lax markup is reported in documents and layouts; in includes only errors "
    "are") {
  Fixture f{{"_config.yml", ""},
            {"index.md", "---\nlayout: x\n---\n{% include x %}"},
            {"doc.md", "---\n---\n{% for x in y | sort %}{% endfor %}"},
            {"_layouts/x.html", "{{ content }}"},
            {"_includes/x", "{% for x in y | sort %}{% endfor %}{{ 1 | pluss: 2 }}{{ 1 | 'a' }}"}};
  const std::string page = render(f.w, "/").json;
  CHECK(page.find("Expected") == std::string::npos);
  CHECK(page.find("unknown filter 'pluss'") != std::string::npos);
  CHECK(render(f.w, "/doc.html").json.find("Expected end_of_string but found pipe") !=
        std::string::npos);
  Fixture strict{{"_config.yml", "liquid: {error_mode: strict}"},
                 {"index.md", "---\n---\n{% include x %}"},
                 {"_includes/x", "{{ 1 | 'a' }}"}};
  CHECK(render(strict.w, "/").json.find("Expected id but found string") != std::string::npos);
}

TEST_CASE("the theme's templates are parsed strictly, whatever error_mode the site has") {
  Fixture f{
      {"_config.yml", "title: Tide\nliquid: {error_mode: lax}\nplugins: [jekyll-seo-tag]"},
      {"index.html", "---\ntitle: x\n---\n{% if page.title==\"x\" %}strict{% endif %}{% seo %}"}};
  const std::string page = f.html("/");
  CHECK(page.find("strict") == std::string::npos);
  CHECK(page.find("<title>x | Tide</title>") != std::string::npos);
}

TEST_CASE("sort orders documents by date, then by path; lists by their items") {
  Fixture f{{"_config.yml", "collections: {notes: {sort_by: title}}"},
            {"_notes/b.md", "---\ndate: 2001-05-01\ntitle: 1\n---\n"},
            {"_notes/a.md", "---\ndate: 2001-05-01\ntitle: 2\n---\n"},
            {"_notes/z.md", "---\ndate: 1999-01-01\ntitle: 3\n---\n"},
            {"index.html",
             "---\n---\n{% assign l = site.notes | sort: nothing %}{% for d in l %}{{ d.path }};{% "
             "endfor %}"},
            {"l.html", "---\nl: [[[b]], [[a, [2]]], [[a, [1]]], [[a]]]\n---\n{{ page.l | sort }}"},
            {"pages.html", "---\n---\n{{ site.pages | sort | size }}"}};
  CHECK(f.html("/") == "_notes/z.md;_notes/a.md;_notes/b.md;");
  CHECK(f.html("/l.html") == "aa1a2b");
  CHECK(render(f.w, "/pages.html").json.find("can't be compared") != std::string::npos);
}

TEST_CASE("braces in an include's file name enclose a variable") {
  Fixture f{{"_config.yml", ""},
            {"_includes/box.html", "[{{ include.text }}]"},
            {"index.html",
             "---\n---\n{% include box.html text=\"say {{action 'tell'}} to it\" %}"
             "{% include {{ page.nothing | default: 'box' }}.html text='b' %}"}};
  CHECK(f.html("/") == "[say {{action 'tell'}} to it][b]");
}

TEST_CASE("URLs are normalised part by part, as by Addressable") {
  Fixture f{{"_config.yml", "url: https://x.example\n"}, {"index.html", ""}};
  auto rendered = [&](const std::string& text, const char* filter = "relative_url") {
    f.w.put("index.html", "---\n---\n{{ '" + text + "' | " + filter + " }}");
    return render(f.w, "/");
  };
  auto url = [&](auto... arguments) { return rendered(arguments...).html; };
  CHECK(url("/main.css \t") == "/main.css");
  CHECK(url("/a?b;c%2Fd%26e%2B+&f") == "/a?b%3Bc/d%26e%2B+&f");
  CHECK(url("/a;b%2Fc#d;e%2Ff%26") == "/a;b%2Fc#d;e/f&");
  CHECK(url("a+b.c-1:x", "absolute_url") == "a+b.c-1:x");
  for (const char* wrong : {"1a:b", "a b:c", "\xC3\xA9:x"})
    CHECK(rendered(wrong).json.find("no scheme of a URL") != std::string::npos);
}

TEST_CASE("Jekyll's filters raise errors for the inputs that Ruby refuses") {
  Fixture f{{"_config.yml", ""}, {"index.html", ""}};
  auto says = [&](const std::string& markup) {
    f.w.put("index.html", "---\nw: [a b, c]\nn: [null]\nt: [2, 1]\n---\n{{ page." + markup + " }}");
    return render(f.w, "/").json;
  };
  CHECK(says("t | strip_index").find("takes a string") != std::string::npos);
  CHECK(says("t | where_exp: 'x', 1").find("an expression in quotes") != std::string::npos);
  CHECK(says("n | where: 'x', 1").find("no properties") != std::string::npos);
  CHECK(says("title | sort: 'x', 'up'").find("Cannot sort a null object") != std::string::npos);
  CHECK(says("path | sort: 'x', 'up'").find("'up' is not a valid nils order") != std::string::npos);
  f.w.put("index.html",
          "---\nw: [a b, c]\n---\n{{ page.w | group_by: 'x.y' | map: 'name' }} {{ 'A b' | slugify: "
          "false }}");
  CHECK(f.html("/") == "false a-b");
}

TEST_CASE("a page's permalink may come from defaults, and has three placeholders") {
  Fixture f{{"_config.yml",
             "defaults:\n"
             "- {scope: {path: deep}, values: {permalink: '/:title/:basename/'}}\n"
             "- {scope: {path: /}, values: {permalink: /never/}}\n"
             "- {scope: {path: '', type: ''}, values: {permalink: /never/}}\n"
             "- {scope: {path: '*_pt/'}, values: {permalink: '/pt/:basename/'}}\n"},
            {"pages_pt/a.md", "---\n---\nP"},
            {"b_pt", "---\n---\nno folder"},
            {"deep/a.md", "---\n---\nA"},
            {"deep/own.md", "---\npermalink:\n---\nO"},
            {"b.xml", "---\npermalink: /feed/\n---\n<b/>"}};
  CHECK(f.html("/:title/a/") == "<p>A</p>\n");
  CHECK(f.html("/pt/a/") == "<p>P</p>\n");
  CHECK(f.html("/b_pt") == "no folder");
  CHECK(f.html("/deep/own.html") == "<p>O</p>\n");
  CHECK(f.html("/feed/index.xml") == "<b/>");
}

TEST_CASE(
    "static files of a collection have fewer permalink placeholders; undated documents are last") {
  Fixture f{
      {"_config.yml",
       "collections: {c: {output: true, permalink: '/:slug/:name', sort_by: date}}\n"},
      {"_c/p.txt", "P"},
      {"_c/a.md", "---\n---\nA"},
      {"_c/z.md", "---\ndate: 2024-01-02\n---\nZ"},
      {"index.html",
       "---\n---\n{% for d in site.c %}{{ d.url }} {% endfor %}{{ site.static_files[0].path }}"}};
  CHECK(f.html("/") == "/z/z /a/a _c/p.txt");
  CHECK(render(f.w, "/:slug/p.txt").status != site::Status::NotFound);
  CHECK(render(f.w, "/p/p.txt").status == site::Status::NotFound);
}

TEST_CASE("a document at the address of a folder is HTML, whatever its source") {
  Fixture f{{"_config.yml", "collections: {c: {output: true, permalink: '/:collection/:path/'}}\n"},
            {"_c/a.txt", "---\n---\n<b>A</b>"}};
  CHECK(f.html("/c/a/") == "<b>A</b>");
  CHECK(render(f.w, "/c/a/").json.find("\"type\":\"text/html\"") != std::string::npos);
}

TEST_CASE(
    "an excerpt has an id and a path of its own; numeric categories are kept beside their text") {
  Fixture f{{"_config.yml", "show_drafts: true\n"},
            {"_drafts/d.md",
             "---\ndate: 2024-01-02\ncategories: [7]\n---\n{{ page.id }} {{ page.path }}{{ "
             "page.content | size }}\n\nB"},
            {"index.html",
             "---\n---\n{{ site.posts[0].excerpt }}{{ site.posts[0].categories | jsonify }}"}};
  CHECK(f.html("/") == "<p>/7/2024/01/02/d#excerpt _drafts/d.md/#excerpt54</p>\n[7,\"7\"]");
}

TEST_CASE("collections_dir: posts outside of it are not read") {
  Fixture f{{"_config.yml", "collections_dir: all\n"},
            {"all/_posts/2024-01-02-in.md", "---\n---\n"},
            {"_posts/2024-01-03-out.md", "---\n---\n"},
            {"x/_posts/2024-01-04-out.md", "---\n---\n"},
            {"index.html", "---\n---\n{% for p in site.posts %}{{ p.url }}{% endfor %}"}};
  CHECK(f.html("/") == "/2024/01/02/in.html");
}

TEST_CASE("timezone: times without a zone are shown in the site's zone, in data and front matter") {
  Fixture f{{"_config.yml", "timezone: Asia/Kolkata\n"},
            {"_data/d.yml", "t: 2024-01-02 20:00:00\n"},
            {"index.html",
             "---\nt: 2024-01-02 20:00:00\nu: 2024-01-02 20:00:00 +0000\n---\n"
             "{{ page.t }}|{{ page.t | date: '%d %H' }}|{{ page.u }}|{{ site.data.d | jsonify }}"}};
  CHECK(render(f.w, "/").status == site::Status::Needs);
  REQUIRE(f.w.zone("Asia/Kolkata", "[[0,19800,\"IST\"]]"));
  CHECK(f.html("/") ==
        "2024-01-03 01:30:00 +0530|03 01|2024-01-02 20:00:00 +0000|{\"t\":\"2024-01-03 01:30:00 "
        "+0530\"}");
  f.w.put("_config.yml", "");
  CHECK(f.html("/").substr(0, 25) == "2024-01-02 20:00:00 +0000");
}

// What Jekyll 4.3.1 writes: it converts the date of a document to text and back whenever it merges
// data, and the offset of local mean time, -07:52:58, has no seconds as text.
TEST_CASE("dates before standard time lose the seconds of local mean time, as in Jekyll") {
  Fixture f{
      {"_config.yml", "timezone: America/Los_Angeles\ncollections: {things: {output: true}}\n"},
      {"_posts/0001-01-01-a.md", "---\n---\n"},
      {"_posts/1850-06-01-b.md", "---\ndate: 1860-06-01\n---\n"},
      {"_posts/1850-06-01-c.md", "---\ndate: 1861-06-01 10:00:00\ntags: [a]\n---\n"},
      {"_posts/1850-06-01-d.md", "---\ndate: 1862-06-01 10:00:00 -0800\n---\n"},
      {"_posts/1900-06-01-e.md", "---\n---\n"},
      {"_things/f.md", "---\ndate: 1863-06-01 10:00:00\n---\n"},
      {"index.html",
       "---\nwhen: 1850-06-01 10:00:00\n---\n"
       "{% for p in site.posts %}{{ p.url }} {{ p.date }} {{ p.date | date: '%s %::z' }} "
       "{{ p.date | date_to_xmlschema }}\n{% endfor %}{{ site.things[0].date }}\n"
       "{{ '1850-06-01' | date: '%F %T %z %Z %s' }} {{ '1850-06-01' | date_to_xmlschema }}\n"
       "{{ page.when }} {{ page.when | date_to_xmlschema }}"}};
  CHECK(render(f.w, "/").status == site::Status::Needs);
  REQUIRE(f.w.zone("America/Los_Angeles",
                   "[[-100000000000,-28378,\"LMT\"],[-2717640000,-28800,\"PST\"]]"));
  CHECK(f.html("/") ==
        "/1900/06/01/e.html 1900-06-01 00:00:00 -0800 -2195913600 -08:00:00 "
        "1900-06-01T00:00:00-08:00\n"
        "/1862/06/01/d.html 1862-06-01 10:05:06 -0752 -3395023316 -07:52:58 "
        "1862-06-01T10:05:06-07:52\n"
        "/1861/06/01/c.html 1861-06-01 02:04:08 -0752 -3426588174 -07:52:58 "
        "1861-06-01T02:04:08-07:52\n"
        "/1860/05/31/b.html 1860-05-31 23:58:04 -0752 -3458131738 -07:52:58 "
        "1860-05-31T23:58:04-07:52\n"
        "/0000/12/31/a.html 0000-12-31 23:58:04 -0752 -62135568538 -07:52:58 "
        "0000-12-31T23:58:04-07:52\n"
        "1863-06-01 02:04:08 -0752\n"
        "1850-06-01 00:00:00 -0752 LMT -3773750822 1850-06-01T00:00:00-07:52\n"
        "1850-06-01 02:07:02 -0752 1850-06-01T02:07:02-07:52");
}

TEST_CASE("an unknown timezone is an error of _config.yml, and is requested at most once") {
  const Str remedy = "write a name as Europe/Berlin; UTC is taken now";
  for (Str name : {"..", "Europe/Berlin x", "\xC3\xBC", "."}) {
    Fixture f{{"_config.yml", std::string("timezone: '") + std::string(name) + "'\n"},
              {"index.html", "---\n---\n{{ site.time }}"}};
    Answer page = render(f.w, "/");
    INFO(std::string(name));
    CHECK(page.status == site::Status::Ready);
    CHECK(page.json.find(remedy) != std::string::npos);
  }
  Fixture f{{"_config.yml", "timezone: Europe/Berlim\n"},
            {"index.html", "---\nt: 2024-01-02 20:00:00\n---\n{{ page.t }}"}};
  CHECK(render(f.w, "/").status == site::Status::Needs);
  REQUIRE(f.w.zone("Europe/Berlim", "[]"));
  Answer page = render(f.w, "/");
  CHECK(page.html == "2024-01-02 20:00:00 +0000");
  CHECK(page.json.find(remedy) != std::string::npos);
}

TEST_CASE("in a page of the theme include_relative counts from the root of the site") {
  Fixture f{{"_config.yml", ""},
            {"_includes/footer/custom.html", "{% include_relative part.txt %}"},
            {"part.txt", "a part of the root"},
            {"index.md", "---\n---\nHome"}};
  REQUIRE(f.w.options("{\"theme\":\"meridian\"}"));
  CHECK(render(f.w, "/nowhere/").html.find("a part of the root") != std::string::npos);
}

TEST_CASE("Liquid tags accept the markup that Jekyll's accept") {
  Fixture f{{"_config.yml", ""},
            {"_includes/open.html", "{% if x %}"},
            {"_includes/\xC3\xBC.html", "never"},
            {"part.md", "part"},
            {"index.html", ""}};
  auto says = [&](const std::string& text) {
    f.w.put("index.html", "---\n---\n" + text);
    Answer a = render(f.w, "/");
    return a.html + a.json;
  };
  CHECK(says("{% include_relative /part.md %}").substr(0, 4) == "part");
  CHECK(says("{% include \xC3\xBC.html %}").find("can't be the name") != std::string::npos);
  CHECK(says("{% highlight ruby linenos hl_lines=\"1 2\" %}x{% endhighlight %}").substr(0, 7) ==
        "<figure");
  CHECK(says("{% highlight ruby hl_lines='1' %}x{% endhighlight %}").find("name of a language") !=
        std::string::npos);
  CHECK(says("{% include open.html %}").find("never closed") != std::string::npos);
}

TEST_CASE("`include` makes a file part of the site wherever it is") {
  Fixture f{{"_config.yml", "include: [.well-known/a.md, _in/b.txt]\n"},
            {".well-known/a.md", "---\n---\nA"},
            {".well-known/c.md", "---\n---\nC"},
            {"_in/b.txt", "---\n---\nB"}};
  CHECK(f.html("/.well-known/a.html") == "<p>A</p>\n");
  CHECK(f.html("/_in/b.txt") == "B");
  CHECK(render(f.w, "/.well-known/c.html").status == site::Status::NotFound);
}

TEST_CASE(
    "a post whose categories are neither text nor a list keeps its content alone, as in Jekyll") {
  Fixture f{{"_config.yml", ""},
            {"x/_posts/2024-01-02-a.md", "---\ntitle: T\ncategories: 2020\n---\nOne\n\nTwo"},
            {"index.html",
             "---\n---\n{% assign p = site.posts[0] %}[{{ p.title }}{{ p.excerpt }}] {{ "
             "p.categories | join }} "
             "{{ p.url }} {{ p.content }}"}};
  CHECK(f.html("/") == "[] x /x/2024/06/01/2024-01-02-a.html <p>One</p>\n\n<p>Two</p>\n");
}

TEST_CASE("templates of other packs are requested together with the page's files") {
  using namespace std::string_literals;
  const std::string pack =
      "_layouts/bare.html\n{%if page.rare%}{%include rare.html%}{%endif%}{{content}}\0"s
      "_layouts/far.html\n\1other\0_includes/rare.html\n\1other\0"s;
  const std::string other =
      "_layouts/far.html\n<i>{{content}}</i>\0_includes/rare.html\n<b>rare</b>\0"s;
  theme::add(pack);
  {
    Workspace w;
    REQUIRE(w.options("{\"theme\":\"meridian\"}"));
    REQUIRE(w.list(
        "{\"files\":[{\"path\":\"_config.yml\",\"text\":\"\"},{\"path\":\"a.md\",\"yaml\":\"layout:"
        " bare\\n\"},"
        "{\"path\":\"b.md\",\"yaml\":\"layout: bare\\nrare: "
        "true\\n\"},{\"path\":\"c.md\",\"yaml\":\"layout: far\\n\"},"
        "{\"path\":\"d.md\",\"yaml\":\"layout: bare\\n\"}],\"complete\":true}"));
    auto wants = [&](Str url) { return render(w, url).json; };
    CHECK(wants("/a.html") == "{\"paths\":[\"a.md\"],\"zones\":[],\"modules\":[]}");
    CHECK(wants("/b.html") == "{\"paths\":[\"b.md\"],\"zones\":[],\"modules\":[\"other\"]}");
    CHECK(wants("/c.html") == "{\"paths\":[\"c.md\"],\"zones\":[],\"modules\":[\"other\"]}");
    w.put("a.md", "---\nlayout: bare\n---\nA");
    w.put("b.md", "---\nlayout: bare\nrare: true\n---\nB");
    w.put("c.md", "---\nlayout: far\n---\nC");
    w.put("d.md", "---\nlayout: bare\n---\n{% if false %}{% include rare.html %}{% endif %}D");
    CHECK(render(w, "/a.html").html == "<p>A</p>\n");
    CHECK(wants("/b.html") == "{\"paths\":[],\"zones\":[],\"modules\":[\"other\"]}");
    CHECK(
        wants("/d.html") ==
        "{\"paths\":[],\"zones\":[],\"modules\":[\"other\"]}");  // an author's branch may be taken
    theme::add(other);
    CHECK(render(w, "/b.html").html == "<b>rare</b><p>B</p>\n");
    CHECK(render(w, "/c.html").html == "<i><p>C</p>\n</i>");
    CHECK(render(w, "/d.html").html == "<p>D</p>\n");
  }
  for (int i = 0; i < 8; i++) theme::add(theme::embedded());
}

TEST_CASE("a page of the theme uses the theme's includes under a site's own layouts") {
  Fixture f{{"_config.yml", "meridian: {theme: site}\n"},
            {"_layouts/default.html", "{{ content }}"},
            {"index.md", "A"}};
  Answer a = render(f.w, "/nowhere/");
  CHECK(a.status == site::Status::NotFound);
  CHECK(a.html.find("<h1>Page not found</h1>") != std::string::npos);
  CHECK(a.json.find("\"diagnostics\":[]") != std::string::npos);
}

TEST_CASE("broken front matter of a document is reported on every page that lists it") {
  Str list = "{% for p in site.posts %}{{ p.url }}{% endfor %}",
      pages = "{% for p in site.pages %}{{ p.url }}{% endfor %}",
      tags = "{% for t in site.tags %}{{ t[0] }}{% endfor %}";
  auto page = [](Str body) { return std::string("---\n---\n") + std::string(body); };
  Fixture f{{"_config.yml", ""},
            {"index.md", page(list)},
            {"pages.md", page(pages)},
            {"tags.md", page(tags)},
            {"quiet.md", page("nothing listed")},
            {"_posts/2020-01-02-deep.md", "---\ntitle: Deep: a view\n---\nx\n"},
            {"view.md", "---\npermalink: /view/\ntitle: \"View\n---\nx\n"}};
  auto told = [&](Str url, const char* file) {
    return render(f.w, url).json.find(std::string("\"file\":\"") + file) != std::string::npos;
  };
  for (int round = 0; round < 2; round++) {  // the second time contents are kept
    CHECK(told("/", "_posts/2020-01-02-deep.md"));
    CHECK(told("/tags.html", "_posts/2020-01-02-deep.md"));
    CHECK(told("/pages.html", "view.md"));
    CHECK_FALSE(told("/pages.html", "_posts/2020-01-02-deep.md"));
    CHECK_FALSE(told("/quiet.html", "view.md"));
    CHECK(told("/view/", "view.md"));  // which is not found
  }
  f.w.put("view.md", "---\npermalink: /view/\ntitle: View\n---\nx\n");
  CHECK_FALSE(told("/pages.html", "view.md"));
}
