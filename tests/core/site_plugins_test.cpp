// jekyll-redirect-from, jekyll-toc, jemoji, jekyll-mentions and others as the core has them.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "meridian/site_modules.h"
#include "site_fixture.h"

using namespace meridian;

// Searches print the content of all pages.
TEST_CASE("jekyll-sitemap: the content of robots.txt is the plugin's, byte for byte") {
  Fixture f{{"_config.yml", "plugins: [jekyll-sitemap]\n"},
            {"index.html",
             "---\n---\n{% for p in site.pages %}{% if p.url == '/robots.txt' %}{{ p.content }}"
             "{% endif %}{% endfor %}"}};
  CHECK(f.html("/") == "Sitemap: {{ \"sitemap.xml\" | absolute_url }}\n");
}

TEST_CASE("jekyll-redirect-from: redirect_from and redirect_to") {
  Fixture f{{"_config.yml", "baseurl: /b\n"},
            {"a.md", "---\npermalink: /a/\nredirect_from: [/old/, /older.html]\n---\nA"},
            {"t.md", "---\nredirect_to: https://example.org/\n---\n"}};
  for (Str url : {"/old/", "/b/old/", "/older.html"}) {
    Answer a = render(f.w, url);
    CHECK(a.status == site::Status::Redirect);
    CHECK(a.json == "{\"url\":\"/b/a/\"}");
  }
  CHECK(render(f.w, "/t").json == "{\"url\":\"https://example.org/\"}");
}

TEST_CASE("jekyll-redirect-from: a site's own redirect layout is used") {
  Fixture f{
      {"_config.yml", "plugins: [jekyll-redirect-from]\nurl: https://x.example\n"},
      {"_layouts/redirect.html",
       "{{ page.redirect.from }} > {{ page.redirect.to }} ({{ page.redirect_to }}){{ content }}"},
      {"moved.md", "---\nredirect_to: there/\nlayout: other\n---\nNobody reads this."}};
  CHECK(f.html("/moved") == "/moved.html > https://x.example/there/ (there/)");
  // Without the plugin, a page with a layout is an ordinary page.
  f.w.put("_config.yml", "title: X");
  f.w.put("_layouts/other.html", "<{{ content | strip }}>");
  CHECK(f.html("/moved") == "<<p>Nobody reads this.</p>>");
}

TEST_CASE("jekyll-toc: a list of the headings, and anchors in them") {
  Fixture f{{"_config.yml", "plugins: [jekyll-toc]\ntoc: {max_level: 3, item_prefix: rank-}\n"},
            {"_layouts/list.html", "{{ content | toc_only }}"},
            {"_layouts/all.html", "{{ content | toc }}"},
            {"_layouts/tag.html", "{% toc %}|{{ content | inject_anchors }}"},
            {"list.md",
             "---\ntoc: true\nlayout: list\n---\n### Low *first*\n# A & b\n### Deep\n## Less "
             "deep\n{: .no_toc}\n"
             "## Kept\n#### Too deep\n# Last\n"},
            {"all.md", "---\ntoc: true\nlayout: all\n---\n## Über uns\n\ntext\n\n<hr>\n"},
            {"tag.html", "---\ntoc: true\nlayout: tag\n---\n<h2>No id</h2>"},
            {"without.md", "---\nlayout: all\n---\n## Heading\n"}};
  auto plain = [](std::string s) {
    std::erase(s, '\n');
    return s;
  };
  auto item = [](const char* rank, const char* id, const char* text) {
    return std::string("<li class=\"toc-entry rank-h") + rank + "\"><a href=\"#" + id + "\">" +
           text + "</a>";
  };
  const std::string open = "<ul id=\"toc\" class=\"section-nav\">";
  CHECK(plain(f.html("/list")) ==
        open + item("3", "low-first", "Low first") + "</li>" + item("1", "a--b", "A &amp; b") +
            "<ul>" + item("3", "deep", "Deep") + "</li>" + item("2", "kept", "Kept") +
            "</li></ul></li>" + item("1", "last", "Last") + "</li></ul>");
  const std::string anchor =
      "\" aria-hidden=\"true\"><span class=\"octicon octicon-link\"></span></a>";
  CHECK(plain(f.html("/all")) == open + item("2", "über-uns", "Über uns") +
                                     "</li></ul><h2 id=\"über-uns\">" +
                                     "<a class=\"anchor\" href=\"#%C3%BCber-uns" + anchor +
                                     "Über uns</h2><p>text</p><hr />");
  CHECK(plain(f.html("/tag")) == open + item("2", "no-id", "No id") +
                                     "</li></ul>|<h2><a class=\"anchor\" href=\"#no-id" + anchor +
                                     "No id</h2>");
  CHECK(f.html("/without") == "<h2 id=\"heading\">Heading</h2>\n");
  // Lists as those of the gem, whose nokogiri closes the tags; the body stays as it is.
  auto listed = [&](const char* body) {
    f.w.put("tag.html", std::string("---\ntoc: true\nlayout: list\n---\n") + body);
    return plain(f.html("/tag"));
  };
  for (const char* body : {"<p>text<h2>A</h2>\n<p>c", "<div><h2>A</h2>\n<p>b</p>", "<h2>A",
                           "<ul><li>a<li>b</ul>\n<h2>A</h2>", "<h2>A</h2></div>"}) {
    INFO(body);
    CHECK(listed(body) == open + item("2", "a", "A") + "</li></ul>");
  }
  CHECK(listed("<h2 id=x>A</h2><h2 class=b id='y z'>B</h2><h3 id=z class=c>C</h3>") ==
        open + item("2", "x", "A") + "</li>" + item("2", "y z", "B") + "<ul>" +
            item("3", "z", "C") + "</li></ul></li></ul>");
  f.w.put("tag.html", "---\ntoc: true\nlayout: tag\n---\n<h2 id=x>A</h2><p>b");
  CHECK(plain(f.html("/tag")).find("<h2 id=x><a class=\"anchor\" href=\"#x") != std::string::npos);
  f.w.put("_config.yml", "title: without the plugin");
  CHECK(plain(f.html("/all")) == "<h2 id=\"über-uns\">Über uns</h2><p>text</p><hr />");
}

TEST_CASE("jekyll-octicons: what is no icon, and too many attributes, have an error") {
  Fixture f{{"_config.yml", "plugins: [jekyll-octicons]\n"},
            {"index.html", "---\n---\n{% octicon octocat-face %}"}};
  CHECK(has(render(f.w, "/").json, "octicon symbol for \\\"octocat-face\\\""));
  std::string attributes;
  for (int i = 0; i < 50; i++) attributes += " a:1";
  f.w.put("index.html", "---\n---\n{% octicon x" + attributes + " %}");
  CHECK(has(f.html("/"), " a=\"1\" class="));
  f.w.put("index.html", "---\n---\n{% octicon x" + attributes + " b:1 %}");
  CHECK(has(render(f.w, "/").json, "at most 50"));
}

TEST_CASE("jemoji: codes become images, in text only") {
  const std::string front = "---\n---\n", config = "plugins: [jemoji]\n";
  Fixture f{{"_config.yml", config}};
  auto show = [&](const std::string& html, Str path = "page.html") {
    f.w.put(path, front + html);
    return f.html("/" + std::string(path));
  };
  auto picture = [](const std::string& name, const std::string& file,
                    const std::string& root = "https://github.githubassets.com/images/icons/") {
    return "<img class=\"emoji\" title=\":" + name + ":\" alt=\":" + name + ":\" src=\"" + root +
           "emoji/unicode/" + file + ".png\" height=\"20\" width=\"20\">";
  };
  const std::string bee = picture("bee", "1f41d");
  CHECK(show(":bee:") == bee);
  CHECK(show("a:bee:b :bee::bee:bee: :x_:bee:") == "a" + bee + "b " + bee + bee + "bee: :x_" + bee);
  // Joiners and variation selectors are no part of a file's name, and four digits are the fewest.
  CHECK(show(":farmer: :keycap_ten: :registered: :asterisk:") ==
        picture("farmer", "1f9d1-1f33e") + " " + picture("keycap_ten", "1f51f") + " " +
            picture("registered", "00ae") + " " + picture("asterisk", "002a-20e3"));
  for (const char* same :
       {":none_such: :Bee: : bee:", "<p title=':bee:'>", "<p a=\"'>\" b='\">:bee:'>",
        "<!-- <b> :bee: -->", "<pre class=\"x\"><b>:bee:</b></pre>", "<CODE>:bee:</CODE>",
        "<tt>:bee:</tt>", "<textarea>:bee:</textarea>", "<script>a<b; ':bee:'</script>",
        "<style>a:bee:b{}</style>", "<code>:bee:", "<a href=':bee:", "10:30:45", ":", "::", "<",
        ":bee", "&#58;bee:"}) {
    INFO(same);
    CHECK(show(same) == same);
  }
  CHECK(
      show("<code>:bee:</code>:bee:<tt></tt>:bee:<!---->:bee:<b a='>'>:bee:<br/>:bee:a < b:bee:") ==
      "<code>:bee:</code>" + bee + "<tt></tt>" + bee + "<!---->" + bee + "<b a='>'>" + bee +
          "<br/>" + bee + "a < b" + bee);
  // Of a whole document the body, and of files that are no HTML nothing.
  CHECK(show("<title>:bee:</title><body class=':bee:'>:bee:</body>") ==
        "<title>:bee:</title><body class=':bee:'>" + bee + "</body>");
  CHECK(show(":bee:", "page.txt") == ":bee:");
  f.w.put("_config.yml", config + "emoji: {src: /own}\n");
  CHECK(show(":bee:") == picture("bee", "1f41d", "/own/"));
  f.w.put("_config.yml", config + "emoji: {src: https://e.org/own/}\n");
  CHECK(show(":bee:") == picture("bee", "1f41d", "https://e.org/own/"));
  f.w.put("_config.yml", "plugins: [jekyll-feed]\nmarkdown: GFM\n");
  CHECK(show(":bee:") == ":bee:");
  markdown::set_commonmark(markdown::commonmark_parse);
  f.w.put("words.md", front + ":bee:");
  CHECK(f.html("/words") == "<p>:bee:</p>\n");
}

TEST_CASE("documents with redirect_to have the layout `redirect`, and `draft` is false") {
  Fixture f{{"_config.yml", "plugins: [jekyll-redirect-from]\ncollections: {c: {output: true}}\n"},
            {"_c/a.md", "---\nredirect_to: /b/\n---\nA"},
            {"_c/z.txt", "Z"},
            {"a.txt", "A"},
            {"index.html",
             "---\n---\n{% for d in site.c %}{{ d.layout }} {{ d.sitemap }} {{ d.draft }} [{{ "
             "d.content }}]{% endfor %} "
             "{{ site.static_files | map: 'path' | join: ' ' }}"}};
  CHECK(f.html("/") == "redirect false false [] /a.txt _c/z.txt");
}

TEST_CASE("jekyll-archives: a layout that is missing is one of the configuration") {
  Fixture f{{"_config.yml", "plugins: [jekyll-archives]\njekyll-archives: {enabled: [tags]}\n"},
            {"_layouts/default.html", ""},
            {"_posts/2001-02-03-a.md", "---\ntags: [x]\n---\n"}};
  Answer a = render(f.w, "/tag/x/");
  CHECK(a.status == site::Status::Ready);
  CHECK(a.json.find("there is no layout `archive`") != std::string::npos);
  CHECK(a.json.find("_config.yml") != std::string::npos);
}

TEST_CASE("jekyll-paginate-v2: a list is the same whether it is the first page or a later one") {
  Fixture f{
      {"_config.yml", "plugins: [jekyll-paginate-v2]\npagination: {enabled: true, per_page: 1}\n"},
      {"_layouts/default.html", ""},
      {"blog.md", "---\npagination: {enabled: true}\n---\n{{ paginator.page_path }}"},
      {"all.txt", "---\n---\n{% for page in site.pages %}{{ page.url }} {% endfor %}"},
      {"_posts/2001-02-03-a.md", "---\n---\n"},
      {"_posts/2001-02-04-b.md", "---\n---\n"}};
  // The template itself is no page, and its list is at its folder's address.
  CHECK(render(f.w, "/blog").status == site::Status::NotFound);
  CHECK(f.html("/") == "/index.html");
  CHECK(f.html("/page2/") == "/page2/index.html");
  CHECK(f.html("/all.txt") == "/all.txt /index.html /page2/index.html ");
  f.w.put("all.txt", "---\n---\n{{ site.pages.size }}");
  CHECK(f.html("/all.txt") == "3");
  CHECK(f.html("/") == "/index.html");
}

TEST_CASE("jekyll-paginate-v2: an index.md in the root that is no list") {
  Fixture f{
      {"_config.yml", "plugins: [jekyll-paginate-v2]\npagination: {enabled: true, per_page: 1}\n"},
      {"index.md", "---\n---\nHome"},
      {"all/index.html",
       "---\npagination: {enabled: true}\n---\n"
       "{% for p in paginator.posts %}{{ p.title }}{% endfor %}"},
      {"_posts/2001-02-01-one.md", "---\ntitle: One\n---\n"},
      {"_posts/2001-02-02-two.md", "---\ntitle: Two\n---\n"}};
  CHECK(f.html("/") == "<p>Home</p>\n");
  CHECK(f.html("/all/") + f.html("/all/page2/") == "OneTwo");
}

TEST_CASE("jekyll-paginate-v2: a trail for each of many pages ends with a diagnostic") {
  Fixture f{{"_config.yml",
             "plugins: [jekyll-paginate-v2]\n"
             "pagination: {enabled: true, per_page: 1, trail: {before: 9999, after: 9999}}\n"},
            {"_layouts/default.html", ""},
            {"index.html", "---\npagination: {enabled: true}\n---\n"}};
  for (int i = 0; i < 1500; i++) {
    std::string path = "_posts/2001-02-03-a" + std::to_string(i) + ".md";
    f.w.put(path, "---\n---\n");
  }
  CHECK(render(f.w, "/").json.find("Memory limits exceeded") != std::string::npos);
}

TEST_CASE("jekyll-twitter-plugin: a quotation with a link") {
  Fixture f{{"_config.yml", ""}, {"_layouts/default.html", ""}};
  auto show = [&](const std::string& tag) {
    f.w.put("a.html",
            "---\npost: https://x.com/i/status/2\nbad: 'javascript:alert(1)'\n---\n" + tag);
    return f.html("/a");
  };
  auto link = [](const std::string& url) {
    return "<div class='jekyll-twitter-plugin'><blockquote class=\"twitter-tweet\"><a href=\"" +
           url + "\">" + url + "</a></blockquote></div>";
  };
  CHECK(show("{% twitter https://twitter.com/u/status/1 maxwidth=500 %}") ==
        link("https://twitter.com/u/status/1"));
  CHECK(show("{% twitter 'https://twitter.com/u/status/1' %}") ==
        link("https://twitter.com/u/status/1"));
  CHECK(show("{% twitternocache oembed page.post %}") == link("https://x.com/i/status/2"));
  for (const char* wrong : {"{% twitter page.bad %}", "{% twitter %}", "{% twitter ' %}"})
    CHECK(show(wrong).find("twitter-tweet") == std::string::npos);
}

TEST_CASE("jekyll-email-protect: letters and digits are percent-encoded") {
  Fixture f{{"_config.yml", "plugins: [jekyll-email-protect]"},
            {"_layouts/default.html", ""},
            {"a.html", "---\n---\n{{ 'ab-c+1@Ex.org' | encode_email }}|{{ nil | encode_email }}"}};
  CHECK(f.html("/a") == "%61%62-%63+%31@%45%78.%6F%72%67|");
  // Without the plugin there is no such filter, and the text stays.
  f.w.put("_config.yml", "title: X");
  CHECK(f.html("/a") == "ab-c+1@Ex.org|");
}

TEST_CASE("ActiveSupport, which jemoji loads: what is blank equals `blank`") {
  Fixture f{{"_config.yml", "plugins: [jemoji]"},
            {"_layouts/default.html", ""},
            {"a.html",
             "---\nlist: []\nno: false\nzero: 0\n---\n"
             "{% if '' == blank %}a{% endif %}{% if ' ' == blank %}b{% endif %}"
             "{% if nil == blank %}c{% endif %}{% if page.list == blank %}d{% endif %}"
             "{% if page.no == blank %}e{% endif %}{% if blank == '' %}f{% endif %}"
             "{% if page.zero == blank %}g{% endif %}{% if 'x' == blank %}h{% endif %}"
             "{% if 'x' != blank %}i{% endif %}"}};
  CHECK(f.html("/a") == "abcdefi");
  f.w.put("_config.yml", "title: X");
  CHECK(f.html("/a") == "i");
}

TEST_CASE("jekyll-timeago: how long ago a date is") {
  Fixture f{{"_config.yml", "plugins: [jekyll-timeago]"}, {"_layouts/default.html", ""}};
  auto show = [&](std::string days, std::string options = "") {
    f.w.put("_config.yml", "plugins: [jekyll-timeago]\n" + options);
    f.w.put("a.html", "---\n---\n{{ '" + days + "' | timeago: '2016-01-01' }}");
    return f.html("/a");
  };
  CHECK(show("2016-01-01") == "today");
  CHECK(show("2015-12-31") == "yesterday");
  CHECK(show("2016-01-02") == "tomorrow");
  CHECK(show("2015-12-18") == "2 weeks ago");
  CHECK(show("2015-11-27") == "1 month and 5 days ago");
  CHECK(show("2016-02-10") == "in 1 month and 1 week");
  CHECK(show("2012-06-15") == "3 years and 6 months ago");
  const char* deep = "jekyll_timeago: {depth: 4}\n";
  CHECK(show("2012-06-12", deep) == "3 years, 6 months, 3 weeks and 2 days ago");
  CHECK(show("2012-06-12", "jekyll_timeago: {depth: 4, style: short}\n") ==
        "3y, 6mo, 3w and 2d ago");
  CHECK(show("2012-06-12", "jekyll_timeago: {only: weeks}\n") == "185 weeks ago");
  CHECK(show("2012-06-12", "jekyll_timeago: {depth: 4, threshold: 0.1}\n") ==
        "3 years, 6 months and 3 weeks ago");
  f.w.put("_config.yml", "plugins: [jekyll-timeago]\n");
  f.w.put("a.html", "---\n---\n{% timeago 2015-12-18 2016-01-01 %}");
  CHECK(f.html("/a") == "2 weeks ago");
}

TEST_CASE("jekyll-github-metadata: what a repository's name tells") {
  Fixture f{{"_config.yml",
             "plugins: [jekyll-github-metadata]\nrepository: octo-org/my.project\n"
             "github: {language: Perl}\n"},
            {"_layouts/default.html", ""},
            {"a.html",
             "---\n---\n{{ site.title }} {{ site.github.url }} {{ site.github.language }}\n"
             "{{ site.github.source.branch }} {{ site.github.owner.login | jsonify }}\n"
             "{% github_edit_link \"Edit\" %}"}};
  CHECK(f.html("/a") ==
        "my.project https://octo-org.github.io/my.project Perl\ngh-pages null\n"
        "<a href=\"https://github.com/octo-org/my.project/edit/gh-pages/a.html\">Edit</a>");
  f.w.put("_config.yml", "plugins: [github-pages]\nrepository: Octo/octo.github.io\n");
  f.w.put("a.html", "---\n---\n{{ site.title }} {{ site.github.url }} {% github_edit_link %}");
  CHECK(f.html("/a") ==
        "Octo https://octo.github.io https://github.com/Octo/octo.github.io/edit/master/a.html");
  f.w.put("_config.yml", "github: {url: mine}\nname: x");
  CHECK(f.html("/a") == " mine ");
}

TEST_CASE("github_edit_link: the text reaches from the first quote to the last of its kind") {
  Fixture f{{"_config.yml", "plugins: [github-pages]\nrepository: Octo/octo.github.io\n"},
            {"_layouts/default.html", ""}};
  const struct {
    const char *markup, *text;
  } kTexts[] = {{"'<i class=\"pen\" id=\"\"></i> Edit'", "<i class=\"pen\" id=\"\"></i> Edit"},
                {"\"it's\" x", "it's"},
                {"'a' 'b'", "a' 'b"},
                {"it's \"this\"", "this"},
                {"''", ""},
                {"'a", nullptr}};
  const std::string url = "https://github.com/Octo/octo.github.io/edit/master/a.html";
  for (const auto& one : kTexts) {
    INFO(one.markup);
    f.w.put("a.html", "---\n---\n{% github_edit_link " + std::string(one.markup) + " %}");
    CHECK(f.html("/a") ==
          (one.text ? "<a href=\"" + url + "\">" + one.text + "</a>" : std::string(url)));
  }
}

TEST_CASE("site.github of a site that leaves its CNAME out has that host") {
  Fixture f{{"_config.yml",
             "plugins: [jekyll-github-metadata]\nrepository: a/b\nexclude: [CNAME]\n"
             "url: https://b.example\n"},
            {"CNAME", "b.example"},
            {"_layouts/default.html", ""},
            {"a.html", "---\n---\n{{ site.github.url }}"}};
  CHECK(f.html("/a") == "https://b.example");
}

TEST_CASE("jekyll-target-blank, jekyll-link-attributes: links to other sites alone") {
  const std::string text =
      "<a id=\"a\" href=\"https://x.org/\" rel=\"me\">X</a> <a href=\"https://own.org/a\">O</a> "
      "<a href=\"/b\">B</a> <a href=\"mailto:a@b.c\">M</a>"
      "<script>'<a href=\"https://x.org/\">'</script><a href=\"HTTP://y.org\">Y</a> <a";
  Fixture f{{"_config.yml", "url: https://own.org\nplugins: [jekyll-target-blank]\n"},
            {"_layouts/default.html", ""},
            {"a.html", "---\n---\n" + text},
            {"a.txt", "---\n---\n" + text}};
  const std::string middle =
      ">X</a> <a href=\"https://own.org/a\">O</a> <a href=\"/b\">B</a> "
      "<a href=\"mailto:a@b.c\">M</a><script>'<a href=\"https://x.org/\">'</script>"
      "<a href=\"HTTP://y.org\"";
  const std::string x = "<a id=\"a\" href=\"https://x.org/\"",
                    blank = " target=\"_blank\" rel=\"noopener noreferrer\"", end = ">Y</a> <a";
  CHECK(f.html("/a") == x + blank + middle + blank + end);
  CHECK(f.html("/a.txt") == text);
  f.w.put("b.html", "---\n---\n<article><a\n  href=\"https://x.org/\"\n>X</a></article>");
  CHECK(f.html("/b") == "<article><a   href=\"https://x.org/\"\n" + blank + ">X</a></article>");
  f.w.put("_config.yml", "url: https://own.org\nplugins: [jekyll-link-attributes]\n");
  CHECK(f.html("/a") == x + " rel=\"me\" target=\"_blank\"" + middle +
                            " rel=\"external nofollow noopener\" target=\"_blank\"" + end);
  f.w.put("_config.yml",
          "url: https://own.org\nplugins: [jekyll-link-attributes]\n"
          "external_links: {target: x, rel: y, exclude: ['https://x.org/.*']}\n");
  CHECK(f.html("/a") == x + " rel=\"me\"" + middle + " rel=\"y\" target=\"x\"" + end);
}

TEST_CASE("jekyll-mentions: names become links, in text only") {
  const std::string front = "---\n---\n", config = "plugins: [jekyll-mentions]\n";
  Fixture f{{"_config.yml", config}, {"_layouts/default.html", ""}};
  auto show = [&](const std::string& html, Str path = "page.html") {
    f.w.put(path, front + html);
    return f.html("/" + std::string(path));
  };
  auto link = [](const std::string& name, const std::string& base = "https://github.com/") {
    return "<a href=\"" + base + name + "\" class=\"user-mention\">@" + name + "</a>";
  };
  CHECK(show("@ada") == link("ada"));
  CHECK(show("(@a-b_c), @@x. @9... é@y<br>@z") == "(" + link("a-b_c") + "), @" + link("x") + ". " +
                                                      link("9") + "... é" + link("y") + "<br>" +
                                                      link("z"));
  // A dash at the end is the name's, and no border for the next.
  CHECK(show("@a-@b @c@d") == link("a-") + "@b " + link("c") + "@d");
  for (const char* same :
       {"a@b", "@a/b", "@a.b", "@-a", "@ a", "@", "@mentioned @Mention", "<a>@a</a>",
        "<code><b>@a</b></code>", "<pre>@a</pre>", "<p title=\"> @a\">b</p>", "<!-- <i> @a -->",
        "<script>\"<p>@a\" < 1</script>", "<style>@media print {}</style>", "a@b <p>open",
        "<p>x@y</p></p>"})
    CHECK(show(same) == same);
  // Of a whole document the body, and of files that are no HTML nothing.
  CHECK(show("<title>@a</title><body class=\"@a\">@a</body> @a") ==
        "<title>@a</title><body class=\"@a\">" + link("a") + "</body> @a");
  CHECK(show("@a", "page.txt") == "@a");
  f.w.put("_config.yml", config + "jekyll-mentions: https://own.example/~\n");
  CHECK(show("@a") == link("a", "https://own.example/~"));
  f.w.put("_config.yml", config + "jekyll-mentions: {base_url: https://own.example}\n");
  CHECK(show("@a") == link("a", "https://own.example/"));
  f.w.put("own.html", "---\njekyll-mentions: /people\n---\n@a");
  CHECK(f.html("/own") == link("a", "/people/"));
  f.w.put("off.html", "---\njekyll-mentions: false\n---\n<p>@a");
  CHECK(f.html("/off") == "<p>@a");
  f.w.put("_config.yml", "plugins: [jemoji]\n");
  CHECK(show("@a") == "@a");
}

TEST_CASE("jekyll-mentions: in a body with a name elements end as libxml2 ends them") {
  Fixture f{{"_config.yml", "plugins: [jekyll-mentions]\n"}, {"_layouts/default.html", ""}};
  auto show = [&](const std::string& html) {
    f.w.put("page.html", "---\n---\n<body>" + html + "<!-- @a --></body>");
    std::string page = f.html("/page");
    return page.substr(6, page.find("<!-- @a -->") - 6);
  };
  CHECK(show("<p>a<p>b<div>c</p>d</div></p>") == "<p>a</p><p>b</p><div>cd</div>");
  CHECK(show("<div><b>a</div></b>") == "<div><b>a</b></div>");
  CHECK(show("<b><div>a</b></div>") == "<b><div>a</div>");
  CHECK(show("<ul><li>a<li>b</ul>") == "<ul><li>a</li><li>b</li></ul>");
  CHECK(show("<a href=\"x\">a<a href=\"y\">b</a>") == "<a href=\"x\">a</a><a href=\"y\">b</a>");
  CHECK(show("<i class=\"x\"/><path d='M'/><br/><img src=\"x\" />") ==
        "<i class=\"x\"></i><path d='M'></path><br/><img src=\"x\" />");
  CHECK(show("<a href=\"/a b/%2Fü?x=1&amp;y\">ü</a>") ==
        "<a href=\"/a%20b/%2F%C3%BC?x=1&amp;y\">ü</a>");
  CHECK(show("<input checked=\"checked\">") == "<input checked>");
  CHECK(show("<table><tr><td>a<td>b<tr><th>c</table>") ==
        "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>");
  CHECK(show("1 < 2 <3 <![endif]>") == "1 &lt; 2 &lt;3 &lt;![endif]>");
  CHECK(show("<P TITLE=\"<b>\">a</P>") == "<P TITLE=\"<b>\">a</p>");
  CHECK(show("<p title=\"") == "<p title=\"");
}

TEST_CASE("jekyll-avatar: a picture from one of four hosts") {
  Fixture f{{"_config.yml", "crew: {first: {name: octocat}}\n"}, {"_layouts/default.html", ""}};
  auto show = [&](const std::string& tag) {
    f.w.put("a.html", "---\nauthor: hubot\n---\n" + tag);
    return f.html("/a");
  };
  const std::string set =
      "https://avatars3.githubusercontent.com/hubot?v=3&s=40 1x, "
      "https://avatars3.githubusercontent.com/hubot?v=3&s=80 2x, "
      "https://avatars3.githubusercontent.com/hubot?v=3&s=120 3x, "
      "https://avatars3.githubusercontent.com/hubot?v=3&s=160 4x";
  const std::string begin =
      "<img class=\"avatar avatar-small\" alt=\"hubot\" width=\"40\" height=\"40\" "
      "data-proofer-ignore=\"true\" src=\"";
  const std::string hubot =
      begin + "https://avatars3.githubusercontent.com/hubot?v=3&s=40\" srcset=\"" + set + "\" />";
  for (const char* same : {"{% avatar hubot %}", "{% avatar @hubot size=x %}",
                           "{% avatar user=page.author %}", "{% avatar {{ page.author }} %}"})
    CHECK(show(same) == hubot);
  CHECK(show("{% avatar hubot lazy=true %}") ==
        begin + "\" data-src=\"https://avatars3.githubusercontent.com/hubot?v=3&s=40\" " +
            "data-srcset=\"" + set + "\" />");
  CHECK(show("{% avatar user=site.crew.first.name size=48 %}").find("octocat?v=3&s=192 4x") !=
        std::string::npos);
  CHECK(show("{% avatar user=nobody size=48 %}").find("<img class=\"avatar\" alt=\"nobody\"") == 0);
}

TEST_CASE("jekyll-last-modified-at: the date of the front matter") {
  Fixture f{{"_config.yml", "last-modified-at: {date-format: '%Y'}\n"},
            {"_layouts/default.html", ""},
            {"a.html",
             "---\nlast_modified_at: 2001-02-03\n---\n"
             "{% last_modified_at %} {% last_modified_at %d-%b-%y %}"},
            {"b.html", "---\n---\n[{% last_modified_at %}]"}};
  CHECK(f.html("/a") == "2001 03-Feb-01");
  CHECK(f.html("/b") == "[]");
}

namespace {
/// A site of five posts with a paginated list.
struct Paginated : Fixture {
  explicit Paginated(const std::string& config)
      : Fixture{{"_config.yml", "plugins: [jekyll-paginate]\n" + config},
                {"blog/index.html",
                 "---\npermalink: /blog/\n---\n"
                 "{{ page.url }} {{ paginator.page }}/{{ paginator.total_pages }} {{ "
                 "paginator.per_page }} {{ paginator.posts | map: 'title' | join }} {{ "
                 "paginator.previous_page_path }} {{ paginator.next_page_path }}"}} {
    for (int i = 1; i <= 5; i++)
      w.put("_posts/2020-01-0" + std::to_string(i) + "-p.md",
            "---\ntitle: P" + std::to_string(i) + "\n---\n");
  }
};
}  // namespace

TEST_CASE("jekyll-paginate: pages of a list with a permalink are at paginate_path") {
  Paginated f("paginate: 2\npaginate_path: /blog/page:num/\n");
  CHECK(f.html("/blog/") == "/blog/ 1/3 2 P5 P4  /blog/page2/");
  CHECK(f.html("/blog/page2/") == "/blog/page2/ 2/3 2 P3 P2 /blog/ /blog/page3/");
  CHECK(f.html("/blog/page3/") == "/blog/page3/ 3/3 2 P1 /blog/page2/ ");
  CHECK(render(f.w, "/blog/").json.find("the same URL") == std::string::npos);
}

TEST_CASE("a page at the address of one that a plugin makes is reported") {
  Fixture f{{"_config.yml",
             "plugins: [jekyll-archives]\n"
             "jekyll-archives: {enabled: [tags], permalinks: {tag: \"/t/:name/\"}}\n"},
            {"_posts/2020-01-01-a.md", "---\ntags: [u]\n---\n"},
            {"t.md", "---\npermalink: /t/u/\n---\n"},
            {"index.html", "---\n---\n{{ site.pages | size }}"}};
  std::string json = render(f.w, "/").json;
  CHECK(has(json, "a page that a plugin makes has the same URL, /t/u/"));
  CHECK(has(json, "\"file\":\"t.md\""));
}

TEST_CASE("jekyll-paginate: pages at one address are reported, and not as another file's") {
  Paginated f("paginate: 2\npaginate_path: /blog/more/\n");
  std::string json = render(f.w, "/blog/").json;
  CHECK(has(json, "the pages of its list have the same URL, /blog/more/"));
  CHECK(has(json, "write `:num` into `paginate_path`"));
  CHECK_FALSE(has(json, "`blog/index.html` has"));
}

TEST_CASE(
    "jekyll-paginate: `paginate` is converted as by to_i, and reported where it is no number") {
  for (const char* two : {"2", "'2'", "2.9", "'2 posts'", "' 2'", "'+2'"}) {
    INFO(two);
    Paginated f("paginate_path: /blog/page:num\npaginate: " + std::string(two));
    CHECK(f.html("/blog/") == "/blog/ 1/3 2 P5 P4  /blog/page2");
  }
  for (const char* none : {"ten", "0", "-1", "[2]", "true", "{a: 1}"}) {
    INFO(none);
    Paginated f("title: T\npaginate: " + std::string(none) + "\n");
    Answer page = render(f.w, "/blog/");
    CHECK(page.html == "/blog/ /    ");
    CHECK(has(page.json, "\"line\":3,\"column\":1,\"file\":\"_config.yml\""));
    CHECK(has(page.json, "`paginate` is not a number of posts"));
  }
}

TEST_CASE("an error in a plugin's template is reported at the author's key") {
  site::lead_to_authors();
  const std::string plugins =
      "title: T\nplugins: [jekyll-seo-tag, jekyll-feed, jekyll-sitemap, jekyll-toc]\n";
  auto said = [&](std::initializer_list<std::pair<Str, Str>> files, Str url,
                  const std::string& more = "") {
    Fixture f{{"_config.yml", plugins + more}, {"_layouts/seo.html", "{% seo %}{{ content }}"}};
    for (auto& [path, text] : files) f.w.put(path, text);
    f.w.put("index.md", "---\n---\n");
    return render(f.w, url).json;
  };
  auto at = [](const char* file, int line, int column, const char* key) {
    return "\"line\":" + std::to_string(line) + ",\"column\":" + std::to_string(column) +
           ",\"file\":\"" + file + "\",\"message\":\"`" + key + "`: ";
  };
  const Str bad = "---\nlayout: seo\ntitle: A\nlast_modified_at: bad date\n---\n";
  CHECK(has(said({{"a.md", bad}}, "/a.html"), at("a.md", 4, 1, "last_modified_at")));
  CHECK(has(said({{"_posts/2020-01-01-a.md", bad}}, "/feed.xml"),
            at("_posts/2020-01-01-a.md", 4, 1, "last_modified_at")));
  CHECK(has(said({{"_posts/2020-01-01-a.md", bad}}, "/sitemap.xml"),
            at("_posts/2020-01-01-a.md", 4, 1, "last_modified_at")));
  CHECK(has(said({{"a.md", "---\nlayout: seo\nseo:\n  name: x\n  date_modified: never\n---\n"}},
                 "/a.html"),
            at("a.md", 5, 3, "date_modified")));
  CHECK(has(said({{"a.md", "---\nlayout: seo\n---\n"}}, "/a.html",
                 "defaults:\n- scope: {path: ''}\n  values:\n    last_modified_at: soon\n"),
            at("_config.yml", 6, 5, "last_modified_at")));
  CHECK(has(said({{"_layouts/toc.html", "{{ content | toc }}"},
                  {"a.md", "---\nlayout: toc\ntoc: true\n---\n# A\n"}},
                 "/a.html", "toc:\n  min_level: [1]\n"),
            at("_config.yml", 4, 3, "min_level")));
  for (const std::string& json :
       {said({{"a.md", bad}}, "/a.html"), said({{"_posts/2020-01-01-a.md", bad}}, "/feed.xml")})
    CHECK_FALSE(has(json, "\"file\":\"theme:"));
}
