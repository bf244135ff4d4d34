// What a check reads in rendered pages: addresses as browsers resolve them, texts of pictures, ids.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "check/addresses.h"
#include "check_fixture.h"
#include "rendered.h"

namespace {
TEST_CASE("a link to the source of a page is reported with the page's address") {
  auto linked = [](const std::string& href, const char* config = "baseurl: /base\n") {
    std::string page = "---\ntitle: P\n---\n[a](" + href + ")\n";
    return findings({{"_config.yml", config},
                     {"index.md", page},
                     {"docs/a.md", "---\n---\n# Up\n"},
                     {"docs/index.md", "---\n---\nx\n"},
                     {"_posts/2020-01-02-p.md", "---\n---\nx\n"},
                     {"_posts/2999-01-02-p.md", "---\n---\nx\n"},
                     {"_drafts/d.md", "---\n---\nx\n"},
                     {"off.md", "---\npublished: false\n---\nx\n"},
                     {"_notes/n.md", "---\n---\nx\n"},
                     {"left.txt", "x"}});
  };
  CHECK(linked("docs/a.md") ==
        "index.md:4:5: this link leads to the source of a page, which has another address: "
        "`docs/a.md`; write {% link docs/a.md %}, or its address `/base/docs/a.html`; or list "
        "jekyll-relative-links under `plugins`\n");
  CHECK(linked("/base/docs/index.md#up") ==
        "index.md:4:5: this link leads to the source of a page, which has another address: "
        "`/base/docs/index.md#up`; write {% link docs/index.md %}#up, or its address "
        "`/base/docs/#up`; or list jekyll-relative-links under `plugins`\n");
  CHECK(linked("_posts/2020-01-02-p.md", "permalink: /:title/\n") ==
        "index.md:4:5: this link leads to the source of a page, which has another address: "
        "`_posts/2020-01-02-p.md`; write {% link _posts/2020-01-02-p.md %}, or its address `/p/`; "
        "or list jekyll-relative-links under `plugins`\n");
  CHECK(linked("_drafts/d.md").find("it is a draft: move it to _posts") != std::string::npos);
  CHECK(linked("off.md").find("`published: false`") != std::string::npos);
  CHECK(linked("_posts/2999-01-02-p.md").find("`future: true`") != std::string::npos);
  CHECK(linked("_notes/n.md", "collections: [notes]\n")
            .find("collection `notes` have no pages: set its `output: true`") != std::string::npos);
  CHECK(linked("left.txt", "exclude: [left.txt]\n").find("see `include` and `exclude`") !=
        std::string::npos);
  CHECK(linked("docs/a.md", "plugins: [jekyll-relative-links]\n") == "");
}

TEST_CASE("documents with one slug, by which a list names them, are reported at their places") {
  const std::string list =
      "---\ntitle: P\n---\n<ul>{% for work in site.works %}<li id=\"{{ work.slug }}\">"
      "{{ work.title }}</li>{% endfor %}</ul>\n";
  std::string said = findings({{"_config.yml", "collections: [works]\n"},
                               {"about.md", "---\ntitle: one\nslug: one\n---\none\n"},
                               {"index.md", list},
                               {"_works/2020-01-01-one.md", "---\ntitle: A\n---\nx\n"},
                               {"_works/2021-01-01-one.md", "---\ntitle: B\n---\nx\n"},
                               {"_works/c.md", "---\ntitle: C\nslug: one\n---\nx\n"}});
  CHECK(said ==
        "_works/2021-01-01-one.md:1:1: the id `one` stands more than once on a page: "
        "`_works/2020-01-01-one.md` has the same slug; give each its own `slug`\n"
        "_works/c.md:3:1: the id `one` stands more than once on a page: "
        "`_works/2020-01-01-one.md` has the same slug; give each its own `slug`\n");
}

}  // namespace

TEST_CASE("addresses that browsers resolve within the site are not reported") {
  for (const char* body : {
           "<img src=\" images/Map.png\n\" alt=\"\">",
           R"(<img srcset="images/Map.png 1x, /base/images/Map.png 2x" alt="">)",
           R"(<img srcset="https://x.example/w_3,h_2/a.png 1x,images/Map.png" alt="">)",
           R"(<img src="data:image/gif;base64,R0" alt="">)",
           "<img data-src=\"images/Map.png\" alt=\"\">",
           "<img id=\"later\" src=\"\" alt=\"\">",
           R"(<a href="&#109;&#x61;ilto:a&#64;b.example">x</a>)",
           "<a href=\"mailto:?subject=x\">x</a>",
           "<a href=\"javascript:void(0)\">x</a>",
           "<a href=\"plain#here\">x</a>",
           "<a href=\"#made\" onclick=\"x()\">x</a>",
           "<link rel=\"preconnect\" href=\"/base/nowhere\">",
           "<base href=\"/base/notes/\"><a href=\"first/\">x</a>",
           "<base href=\"https://x.example/\"><a href=\"nowhere/\">x</a>",
       }) {
    INFO(body);
    CHECK(of_page(body) == "");
  }
}

TEST_CASE("addresses without a target are reported, whatever element has them") {
  struct {
    const char *body, *message;
  } cases[] = {
      {"<img src=\"images/None.png\" alt=\"\">", "there is no file `images/None.png`"},
      {"<img srcset=\"images/Map.png 1x, no.png 2x\" alt=\"\">", "there is no file `no.png`"},
      {"<a href=\"nowhere/\" data-x=\"1\">x</a>", "to no page or file of the site: `nowhere/`"},
      {"<link rel=\"apple-touch-icon\" href=\"a.png\">", "there is no file `a.png`"},
      {"<link rel=\"canonical\" href=\"none/\">", "to no page or file of the site: `none/`"},
      {"<script src=\"a.js\"></script>", "there is no file `a.js`"},
      {"<video poster=\"a.jpg\"></video>", "there is no file `a.jpg`"},
      {"<object data=\"a.svg\"></object>", "there is no file `a.svg`"},
      {"<input type=\"image\" src=\"go.png\">", "there is no file `go.png`"},
      {"[a](plain/)", "to no page or file of the site: `plain/`"},
      {"[a](mailto:somebody)", "this is not an email address: `mailto:somebody`"},
      {"<a href=\"https://your site (optional)\">x</a>",
       "this address has no host: `https://your site (optional)`"},
      {"[a](ttps://ada.example)", "how this address begins: `ttps://ada.example`"},
      {"[a](HTTPS://ada.example) [b](ftp://ada.example) [c](Htp://ada.example)",
       "how this address begins: `Htp://ada.example`"},
      {"[a](hhttp://ada.example)", "how this address begins: `hhttp://ada.example`"},
      {"[a]((https://ada.example))", "of the site: `(https://ada.example)`"},
      {"<link rel=\"preconnect\" href=\"cdn.example\">", "has no host: `cdn.example`"},
      {"<script src=\"//\"></script>", "this address has no host: `//`"},
      {"<img src=\"\" alt=\"x\">", "a picture has no address"},
      {"<base href=\"/base/notes/\"><a href=\"page.html\">x</a>", "site: `page.html`"},
  };
  for (auto& [body, message] : cases) {
    INFO(body);
    std::string said = of_page(body);
    CHECK(has(said, message));
    CHECK(lines_of(said) == 1);
  }
}

TEST_CASE("an address of mail or of another host that lacks its begin is told what to add") {
  for (const char* href : {"me@x.org", "me@x.org?subject=Hi", "ada.l+x@mail.x.example"}) {
    INFO(href);
    CHECK(has(of_page("[a](" + std::string(href) + ")"), "; add `mailto:` before it"));
  }
  for (const char* href :
       {"www.x.org", "WWW.x.example/a#b", "github.com/ada", "x.org", "doi.org/10.1/x?y"}) {
    INFO(href);
    CHECK(has(of_page("[a](" + std::string(href) + ")"), "; add `https://` before it"));
  }
  for (const char* href : {"a@b", "@x.org", "a/me@x.org/b", "x.example", "a.html", "notes.mdown",
                           ".org", "www", "a@b.org/c", "x."}) {
    INFO(href);
    CHECK_FALSE(has(of_page("[a](" + std::string(href) + ")"), "add `mailto:`"));
    CHECK_FALSE(has(of_page("[a](" + std::string(href) + ")"), "add `https://`"));
  }
  CHECK(has(of_page("<img src=\"www.x.org/a.png\" alt=\"\">"), "; add `https://`"));
}

TEST_CASE("an address without the baseurl is reported where its target is in the site") {
  CHECK(of_page("[a](/notes/first/)") ==
        "page.md:4:5: this address lacks the site's baseurl `/base`: `/notes/first/`; write {{ "
        "'/notes/first/' | relative_url }}\n");
  CHECK(has(of_page("![a](/images/None.png)"), "lacks the site's baseurl"));
  CHECK(of_page("[a](/elsewhere/)") == "");
  // A template that makes many of them is one mistake.
  std::string said = findings({{"_config.yml", "baseurl: /base\n"},
                               {"index.html",
                                "---\n---\n{% for p in site.posts %}<a href='{{ p.url }}'>x</a>"
                                "{% endfor %}"},
                               {"_posts/2020-01-02-a.md", "---\n---\nx\n"},
                               {"_posts/2020-01-03-b.md", "---\n---\nx\n"}});
  CHECK(said ==
        "index.html: this address lacks the site's baseurl `/base`: `/2020/01/03/b.html`, and 1 "
        "other here; write {{ post.url | relative_url }} where a template makes it\n");
}

TEST_CASE("a picture without alt is reported, one with an empty text is decoration") {
  CHECK(of_page("<img src=\"images/Map.png\">") ==
        "page.md:4:11: the picture `images/Map.png` has no text in its place; its `<img>` has no "
        "`alt`: say what it shows, or `alt=\"\"` for mere decoration\n");
  for (const char* body :
       {"<img src=\"images/Map.png\" alt>", "<img src=\"images/Map.png\" aria-hidden=\"true\">",
        "<img src=\"images/Map.png\" role=\"presentation\">",
        "<img src=\"images/Map.png\" aria-label=\"x\">", "![](images/Map.png)"}) {
    INFO(body);
    CHECK(of_page(body) == "");
  }
}

TEST_CASE("a fault that a page repeats is kept once, so that thousands leave room for others") {
  for (const char* repeated : {"<img src=\"images/Map.png\">\n", "<img src=\"\">\n",
                               "<link rel=\"preconnect\" href=\"x\">\n"}) {
    INFO(repeated);
    std::string body;
    // More than Check keeps uses of faults.
    for (int i = 0; i < 201'000; i++) body += repeated;
    std::string said = of_page(body + "<a href=\"gone/\">x</a>");
    CHECK(std::count(said.begin(), said.end(), '\n') == 2);
    CHECK(said.find("this link leads to no page or file of the site: `gone/`") != said.npos);
  }
}

TEST_CASE("an id that stands twice is reported once") {
  CHECK(of_page("<i id=\"a\">x</i>\n<i id=\"a\">x</i><i id=\"a\">y</i>") ==
        "page.md:4:4: the id `a` stands more than once on a page; give each its own: links and "
        "scripts find the first one only\n");
  CHECK(of_page("<i id=\"a\">x</i><a name=\"a\"></a><i id=\"A\">x</i>") == "");
}

TEST_CASE("an address that a template makes is reported in the template, or with the page") {
  std::string said = findings(
      {{"_config.yml", "meridian: {theme: site}\n"},
       {"_layouts/tagged.html",
        "<a href=\"/tags/{{ page.tag }}/\">x</a><img src=\"../a.png\" alt=\"\">{{ content }}"},
       {"_layouts/plain.html", "<a href=\"{{ page.to | append: '/' | prepend: '/' }}\">x</a>"},
       {"a.md", "---\nlayout: tagged\ntag: one\n---\n"},
       {"b/c.md", "---\nlayout: tagged\ntag: one\n---\n"},
       {"d/e.md", "---\nlayout: plain\nto: gone\n---\n"},
       {"f/g.md", "---\nlayout: plain\nto: gone\n---\n"},
       {"index.md", "---\n---\n"}});
  INFO(said);
  CHECK(has(said,
            "_layouts/tagged.html:1:10: this link leads to no page or file of the site: "
            "`/tags/one/`"));
  CHECK(has(said, "_layouts/tagged.html:1:48: there is no file `../a.png` below "));
  CHECK(has(said, "begin it with `/`"));
  CHECK(lines_of(said) == 3);
  CHECK(has(said,
            "d/e.md: this link leads to no page or file of the site: `/gone/`, here and on 1 "
            "other page; a template makes this address"));
}

TEST_CASE("what only documents shown elsewhere have is reported in them") {
  std::string said =
      findings({{"_config.yml", "collections: {works: {output: false}}\n"},
                {"_works/a.md", "---\nfile: /papers/a.pdf\n---\n"},
                {"index.html",
                 "---\n---\n{% for w in site.works %}<a href=\"{{ w.file }}\">x</a>{% endfor %}"}});
  INFO(said);
  CHECK(has(said, "_works/a.md:2:7: this link leads to no page or file of the site"));
}

TEST_CASE("absolute addresses of the site's host count only in folders that the site has") {
  auto of = [](const char* address) {
    return findings({{"_config.yml", "url: https://me.example\n"},
                     {"index.html", std::string("---\n---\n<a href=\"") + address + "\">x</a>"},
                     {"notes/a.md", "---\n---\n"}});
  };
  CHECK(has(of("https://me.example/notes/b.html"), "leads to no page"));
  CHECK(of("https://me.example/notes/a.html") == "");
  CHECK(of("https://me.example/another-project/") == "");
}

TEST_CASE("headings that skip a level are reported once in a file") {
  CHECK(of_page("# One\n\n### Three\n\n##### Five\n") ==
        "page.md:6:1: this heading of level 3 follows one of level 1; readers who go from heading "
        "to heading miss a level: make it one of level 2\n");
  for (const char* body :
       {"### Three\n", "# One\n\n```\n### Three\n```\n", "# One\n\n~~~\n### a\n~~~\n",
        "# One\n\n{% raw %}\n### a\n{% endraw %}\n", "# One\n\n<!--\n### a\n-->\n",
        "# One\n\nTwo\n---\n\n### Three\n", "# One\n\n    ### code\n", "## Two\n\n# One\n",
        "# One\n\n###\n", "# One\n\n<h2>Two</h2>\n\n### Three\n", "# One\n\n#tag\n"}) {
    INFO(body);
    CHECK_FALSE(has(of_page(body), "follows one of level"));
  }
}

TEST_CASE("a picture without a text is not looked for in Markdown, which writes `alt`") {
  std::string said = findings(
      {{"_config.yml", "meridian: {theme: site}\n"},
       {"_layouts/default.html", "{% for p in page.photos %}<img src=\"{{ p }}\">{% endfor %}"},
       {"a.md", "---\n---\n![](https://a.example/p.png)\n"},
       {"_posts/2020-01-01-p.md",
        "---\nlayout: default\nphotos:\n  - https://a.example/p.png\n---\n"},
       {"index.html",
        "---\n---\n{% for p in site.posts %}<img src=\"{{ p.photos[0] }}\">{% endfor %}"}},
      "{}", true, true);
  CHECK(has(said, "_posts/2020-01-01-p.md:4:5: the picture `https://a.example/p.png` has no text"));
  CHECK(!has(said, "a.md"));
}

TEST_CASE("names that differ by case, includes and keys that nothing uses are reported") {
  std::string said = findings({{"_config.yml", "meridian: {theme: site}\n"},
                               {"_layouts/default.html", "{% include used.html %}{{ content }}"},
                               {"_includes/used.html", "{{ page.mood }}"},
                               {"_includes/unused.html", "x"},
                               {"images/a.png", "x"},
                               {"images/A.png", "x"},
                               {"a.md", "---\nmood: x\nwordpress_id: 3\nhidden: true\n---\n"},
                               {"b.md", "---\nwordpress_id: 4\n---\n"},
                               {"index.md", "---\n---\n"}},
                              "{}", true, true);
  CHECK(has(said, "_includes/unused.html: no template includes this file [unused-include]"));
  CHECK(has(said, "differs from another file of the site by upper and lower case only"));
  CHECK(has(said,
            "a.md:3:1: no template reads `wordpress_id`, which is set in 2 files "
            "[unused-key]"));
  CHECK(lines_of(said) == 3);
  said = findings({{"_config.yml", "plugins: [jekyll-optional-front-matter]\n"},
                   {"_layouts/default.html", "{{ content }}"},
                   {"_includes/a.html", "a"},
                   {"_includes/b.html", "b"},
                   {"_includes/c.html", "c"},
                   {"_includes/unused.html", "x"},
                   {"_posts/2020-01-01-a.md", "{% include a.html %}"},
                   {"part.txt", "{% include b.html %}"},
                   {"static.txt", "{% include unused.html %}"},
                   {"b.md", "{% include c.html %}"},
                   {"index.md", "---\n---\n{% include_relative part.txt %}\n"}},
                  "{}", true, true);
  CHECK(has(said, "_includes/unused.html: no template includes"));
  CHECK(lines_of(said) == 1);
  said = findings({{"_config.yml", "theme: minima\n"},
                   {"meridian/themes/minima/_layouts/default.html", "{% include foot.html %}"},
                   {"meridian/themes/minima/_includes/foot.html", "theirs"},
                   {"_includes/foot.html", "mine"},
                   {"_includes/unused.html", "x"},
                   {"index.md", "---\n---\n"}},
                  "{}", true, true);
  CHECK(has(said, "_includes/unused.html: no template includes"));
  CHECK(lines_of(said) == 1);
  said = findings({{"_config.yml", "meridian: {theme: site}\n"},
                   {"a.md", "---\ndecription: x\n---\n"},
                   {"index.md", "---\n---\n"}},
                  "{}", true, true);
  CHECK(has(said, "a.md:2:1: nothing asks for `decription` [misspelt-key]; did you mean"));
  CHECK(lines_of(said) == 1);  // not told again as a key that no template reads
  said = findings(
      {{"_config.yml",
        "meridian: {theme: site}\n"
        "collections: {notes: {output: true, sort_by: my_a}}\npagination: {sort_field: my_b}\n"},
       {"_notes/a.md", "---\nmy_a: 1\nmy_b: 2\nmy_c: 3\n---\n"},
       {"index.md", "---\npagination: {sort_field: my_c}\n---\n"}},
      "{}", true, true);
  CHECK(said == "");
  for (const char* includes : {"{% include {{ page.x }} %}", "{% include a-{{ page.x }}.html %}",
                               "{% include /unused.html %}", "{% include \"unused.html\" %}"}) {
    INFO(includes);
    CHECK(findings({{"_config.yml", "meridian: {theme: site}\n"},
                    {"_layouts/default.html", includes},
                    {"_includes/unused.html", "x"},
                    {"index.md", "---\n---\n"}},
                   "{}", true)
              .find("no template includes") == std::string::npos);
  }
}

TEST_CASE("every rule has a name of its own") {
  for (unsigned i = 0; i < unsigned(Rule::Count); i++)
    for (unsigned j = 0; j < i; j++) CHECK(rule_name(Rule(i)) != rule_name(Rule(j)));
}

TEST_CASE("addresses are found in one pass over a text") {
  // 20,000 addresses in texts that have each of them: the comparisons are a small multiple.
  auto work_of = [](int many) {
    Arena arena;
    check::Addresses addresses(arena);
    List<check::Place> places;
    std::string text;
    for (int i = 0; i < many; i++) {
      Str form = arena.copy(Str("/gone/" + std::to_string(i) + "/?a=" + std::to_string(i)));
      addresses.add(std::uint32_t(i), form, 0);
      places.add(arena, check::Place{});
      text += "[x](" + std::string(form) + ")\n";
    }
    std::uint64_t work = 0;
    addresses.find(Source{"a.md", text}, places.begin(), work);
    for (const check::Place& place : places) CHECK(place.source);
    return work;
  };
  CHECK(work_of(20'000) < work_of(2'000) * 12);
}

TEST_CASE("forms that begin alike are given up at a limit") {
  Arena arena;
  check::Addresses addresses(arena);
  List<check::Place> places;
  std::string text;
  for (int i = 0; i < 30'000; i++) {
    addresses.add(std::uint32_t(i), arena.copy(Str("x?" + std::to_string(i))), 0);
    places.add(arena, check::Place{});
    text += "x?y ";
  }
  std::uint64_t work = 0;
  addresses.find(Source{"a.md", text}, places.begin(), work);
  CHECK(work <= (std::uint64_t(1) << 30) + 30'000 * 20);
}

TEST_CASE("a file that another one takes for a folder is told") {
  std::string said = findings({{"_config.yml", "title: T\n"},
                               {"index.md", "---\n---\n"},
                               {"one.html", "---\npermalink: /a\n---\n"},
                               {"two.html", "---\npermalink: /a.html/b/\n---\n"},
                               {"three.html", "---\npermalink: /b/c/\n---\n"}},
                              "{}", true);
  INFO(said);
  CHECK(has(said,
            "two.html: `/a.html/b/index.html` is in a folder that is a file of the site, "
            "`/a.html`; give one of the two another `permalink`\n"));
  CHECK_FALSE(has(said, "three.html"));
}

TEST_CASE("a link that is broken in every language of a site is told once, as it is written") {
  std::string said = findings(
      {{"_config.yml", "plugins: [jekyll-polyglot]\nlanguages: [en, de, fr]\npermalink: pretty\n"},
       {"index.md", "---\n---\n[a](/gone/) [b](/de/gone/) [c](/here/)\n"},
       {"here.md", "---\nlang: en\nlang-exclusive: [en, fr]\n---\n"}});
  INFO(said);
  CHECK(has(said, "index.md:3:5: this link leads to no page or file of the site: `/gone/`;"));
  CHECK(has(said, "index.md:3:17: this link leads to no page or file of the site: `/de/gone/`;"));
  CHECK(has(said, "to no page or file of the site: `/de/here/`;"));  // it is there in others
  CHECK_FALSE(has(said, "/fr/gone/"));
  CHECK(lines_of(said) == 3);
}
