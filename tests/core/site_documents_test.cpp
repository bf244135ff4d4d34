// Which files count, and what documents show of themselves: globs of Ruby, hidden files, jsonify.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "site_fixture.h"

using namespace meridian;

TEST_CASE("patterns of defaults match the disk, where collections lie in their folder") {
  Fixture f{
      {"_config.yml",
       "collections_dir: col\ncollections: {people: {output: true}}\ndefaults:\n"
       "- {scope: {path: 'col/_people/*'}, values: {a: A}}\n"
       "- {scope: {path: '_people/*'}, values: {b: B}}\n"
       "- {scope: {path: 'col/_posts/**/2024*'}, values: {c: C}}\n"
       "- {scope: {path: 'col/*'}, values: {d: D}}\n"
       "- {scope: {path: 'col/_people'}, values: {e: E}}\n"
       "- {scope: {path: '_people'}, values: {f: F}}\n"
       "- {scope: {path: '*'}, values: {g: G}}\n"
       "- {scope: {path: 'col/_people/?*'}, values: {h: H}}\n"},
      {"col/_people/p.md", "---\n---\n"},
      {"col/_people/in/q.md", "---\n---\n"},
      {"col/_posts/2024-01-01-x.md", "---\n---\n"},
      {"col/page.md", "---\n---\n"},
      {"index.html",
       "---\n---\n{% assign all = site.documents | concat: site.pages %}{% for d in all %}{{ "
       "d.path }}:{{ d.a }}{{ d.b }}{{ d.c }}{{ d.d }}{{ d.e }}{{ d.f }}{{ d.g }}{{ d.h }} {% "
       "endfor %}"}};
  CHECK(f.html("/") ==
        "_posts/2024-01-01-x.md:CD _people/in/q.md:ADEFH _people/p.md:ADEFH index.html:G "
        "col/page.md:G ");
}

TEST_CASE("hidden files and folders are no data, layouts, posts or matches of patterns") {
  Fixture f{{"_config.yml",
             "exclude: [vendor]\ninclude: [_own.html]\ncollections: {notes: {output: true}}\n"
             "defaults:\n- {scope: {path: '_notes/*'}, values: {seen: true}}\n"
             "- {scope: {path: '_notes/**/z*'}, values: {deep: true}}\n"},
            {"_data/authors.yml", "a: 1"},
            {"_data/._authors.yml", "\x01: : broken"},
            {"_data/.hidden/x.yml", "x: 1"},
            {"_data/in/._y.csv", "a,b"},
            {"_data/in/y.csv", "a,b\n1,2\n"},
            {"_layouts/page.html", "P {{ content }}"},
            {"_layouts/page.z.html", "Z {{ content }}"},
            {"_layouts/._page.html", "binary"},
            {"_layouts/.in/a.html", "hidden"},
            {"_layouts/_own.html", "O {{ content }}"},
            {"_layouts/_other.html", "no layout"},
            {"_layouts/vendor/v.html", "excluded"},
            {"_layouts/plain", "no extension"},
            {"_posts/2024-01-01-a.md", "---\n---\na"},
            {"_posts/._2024-01-01-a.md", "---\n---\nb"},
            {"_posts/.in/2024-01-01-c.md", "---\n---\nc"},
            {"_notes/n.md", "---\n---\n"},
            {"_notes/._n.md", "---\n---\n"},
            {"_notes/in/.deep/z.md", "---\n---\n"},
            {"_notes/in/z.md", "---\n---\n"},
            {"index.html",
             "---\nlayout: page\n---\n{% for d in site.data %}{{ d[0] }} {% endfor %}{{ "
             "site.data.in | jsonify }} {{ site.posts.size }} {% for n in site.notes %}{{ n.path "
             "}}:{{ n.seen }}{{ n.deep }} "
             "{% endfor %}"}};
  CHECK(f.html("/") ==
        "P authors in {\"y\":[{\"a\":\"1\",\"b\":\"2\"}]} 1 _notes/in/.deep/z.md:true "
        "_notes/in/z.md:truetrue _notes/n.md:true ");
  for (auto [layout, text] : {std::pair{"_own", "O <p>x</p>\n"},
                              {"page.z", "Z <p>x</p>\n"},
                              {"_other", "<p>x</p>\n"},
                              {"._page", "<p>x</p>\n"},
                              {".in/a", "<p>x</p>\n"},
                              {"vendor/v", "<p>x</p>\n"},
                              {"plain", "<p>x</p>\n"}}) {
    INFO(layout);
    f.w.put("a.md", "---\nlayout: " + std::string(layout) + "\n---\nx");
    CHECK(f.html("/a.html") == text);
  }
}

TEST_CASE("jsonify and inspect of documents have Jekyll's keys and neighbours") {
  Fixture f{{"_config.yml", ""},
            {"_layouts/l.html", "<l>{{ content }}"},
            {"_posts/2020-01-01-a.md", "---\nlayout: l\nz: {a: 1}\n---\nA"},
            {"_posts/2020-01-02-b.md", "---\n---\nB"},
            {"_posts/2020-01-03-c.md", "---\n---\nC"},
            {"s.txt", "x"}};
  auto show = [&](const char* what) {
    f.w.put("index.html", "---\n---\n{{ " + std::string(what) + " }}");
    return f.html("/");
  };
  // As `jekyll build` prints it; a neighbour's neighbours lead no further.
  const std::string nested_a =
      R"({"name":"2020-01-01-a.md","id":"/2020/01/01/a","relative_path":"_posts/2020-01-01-a.md","title":"A","categories":[],"collection":"posts","tags":[],"path":"_posts/2020-01-01-a.md","url":"/2020/01/01/a.html","date":"2020-01-01 00:00:00 +0000","draft":false,"layout":"l","z":{"a":1},"slug":"a","ext":".md"})";
  const std::string b = show("site.posts | where: 'title', 'B' | jsonify");
  CHECK(
      b.find(
          R"([{"name":"2020-01-02-b.md","id":"/2020/01/02/b","relative_path":"_posts/2020-01-02-b.md","excerpt":"<p>B</p>\n","title":"B","categories":[],"collection":"posts","next":{"name":"2020-01-03-c.md")") ==
      0);
  CHECK(has(b, R"("tags":[],"previous":{"name":"2020-01-01-a.md","id":"/2020/01/01/a")"));
  CHECK(has(b, R"("content":"<p>A</p>\n","output":"<l><p>A</p>\n","path":)"));
  CHECK(has(b, R"("previous":null,)"));
  CHECK(show("site.posts | where: 'title', 'C' | group_by: 'title' | jsonify")
            .find(R"("next":null,"tags":[],"previous":{"name":"2020-01-02-b.md","id":)") !=
        std::string::npos);
  CHECK(has(show("site.posts[1] | jsonify"), R"("previous":)" + nested_a + ","));
  CHECK(has(show("site.posts[1] | inspect"),
            "{\n  &quot;name&quot;: &quot;2020-01-02-b.md&quot;,\n"));
  CHECK(show("site.posts | inspect") ==
        "[#&lt;Jekyll::Document _posts/2020-01-03-c.md collection=posts&gt;, #&lt;Jekyll::Document "
        "_posts/2020-01-02-b.md collection=posts&gt;, #&lt;Jekyll::Document "
        "_posts/2020-01-01-a.md collection=posts&gt;]");
  CHECK(has(
      show("site.static_files | jsonify"),
      R"([{"name":"s.txt","basename":"s","extname":".txt","path":"/s.txt","collection":null,"modified_time":")"));
  CHECK(has(show("site.static_files[0] | inspect"), "{\n  &quot;name&quot;: &quot;s.txt&quot;,"));
  CHECK(show("site.static_files | inspect") ==
        "[#&lt;Jekyll::StaticFile @relative_path=&quot;/s.txt&quot;&gt;]");
}

TEST_CASE("data that begin with three dashes are no front matter that is not closed") {
  Fixture f{
      {"_config.yml", "---\ntitle: T\n"},
      {"_data/v.yml", "---\na: 1\n"},
      {"_data/c.csv", "---\na,b\n"},
      {"index.html", "---\n---\n{{ site.title }} {{ site.data.v.a }} {{ site.data.c | size }}"}};
  for (int i = 0; i < 2; i++) {  // the model is made again
    Answer a = render(f.w, "/");
    CHECK(a.html == "T 1 1");
    CHECK(a.json.find("not closed") == std::string::npos);
    f.w.put("other.md", "---\n---\n");
  }
}

TEST_CASE(
    "iteration over the site or a document yields keys, over a page pairs, as Jekyll's does") {
  Fixture f{
      {"_config.yml", "map: {a: 1}\nlast: x\n"},
      {"_posts/2020-01-01-a.md", "---\nown: 1\nurl: 2\n---\ntext"},
      {"a.txt", "text"},
      {"page.html", "---\nown: 1\n---\n"},
      {"site.html",
       "---\n---\n{% for k in site %}{% if k == 'collections' or k == 'map' %}{{ site[k] | size "
       "}}{% endif %} {{ k }}{% endfor %}"},
      {"index.html",
       "---\n---\n{% assign p = site.posts.first %}{% for k in p %}{{ k }} {% endfor %}|{{ p | "
       "join: "
       "'/' }}|{{ p | first | join: '=' }}|{% for k in site.static_files[0] %}{{ k }} {% endfor %}|"
       "{% assign p = site.html_pages | where: 'own', 1 | first %}{% for k in p %}{{ k | first }} "
       "{% endfor %}|{% for k in site.map %}{{ k | join: '=' }}{% endfor %}"}};
  CHECK(f.html("/") ==
        "name id relative_path excerpt title categories collection next tags previous content "
        "output path url date draft own slug ext |name/id/relative_path/excerpt/title/categories/"
        "collection/next/tags/previous/content/output/path/url/date/draft/own/slug/ext|"
        "name=2020-01-01-a.md|name basename extname path collection modified_time |"
        "own content dir excerpt name path url |a=1");
  std::string site(f.html("/site.html"));
  CHECK(site.find(" posts time html_pages config documents pages data categories related_posts "
                  "tags static_files1 collections ") == 0);
  CHECK(site.find("1 map last") != std::string::npos);
  CHECK(site.find("collections", site.find("collections") + 1) == site.find("collections_dir"));
}

TEST_CASE("where finds the same in a list that stays as in one that was made") {
  const std::vector<std::string> plain = {"1",  "01",        "1.0",      "'1'",   "'1.50'", "a",
                                          "A",  "a b",       "true",     "false", "'true'", "~",
                                          "''", "[a, b, a]", "[1, '1']", "[]",    "[true]", "-3"};
  std::vector<std::string> all = plain;
  all.insert(all.end(), {"{a: 1}", "2020-01-02", "[[a]]"});
  for (const auto& values : {plain, all}) {
    const std::string targets =
        "1 1.0 1.5 '1' '01' '1.50' 'a' 'b' true false 'false' nil empty blank '' '2020' 2020 -3 "
        "'[\"a\"]' 'none' site.posts";
    std::string page =
        "---\n---\n{% assign copy = site.posts | where_exp: 'p', 'true' %}{{ copy.size }}";
    auto add = [&](const std::string& filters) {
      for (const char* list : {"site.posts", "copy"})
        page += "{% assign x = " + std::string(list) + " | " + filters +
                " %}{{ x.url }} {{ x.size }}{% for p in x %} {{ p.url }}{% endfor %}|";
      page += "\n";
    };
    for (Str rest = targets, target; next_piece(rest, ' ', target);)
      for (const char* filter :
           {"where: 'v', ", "find: 'v', ", "where: 'draft', false | where: 'v', ", "where: 'url', ",
            "where: 'ext', '.md' | where: 'v.a', "})
        add(filter + std::string(target));
    add("where: 'ext', '.md' | push: 1 | push: 2");
    add("where: 'ext', '.md'");
    Fixture f{{"_config.yml", "a: 1\n"}, {"index.html", page}};
    for (std::size_t i = 0; i < values.size(); i++)
      f.w.put("_posts/2020-01-01-p" + std::to_string(i) + ".md",
              "---\nv: " + values[i] + "\n---\n");
    const std::string html(f.html("/"));
    int lines = 0;
    for (Str rest = html, line; next_piece(rest, '\n', line); lines++) {
      INFO(lines << ": " << line);
      const std::size_t half = line.find('|');
      Str first = line.substr(0, half), second = line.substr(std::min(half + 1, line.size()));
      if (!lines) first.remove_prefix(2);  // the number of posts
      CHECK(std::string(first) + "|" == second);
    }
    CHECK(lines > 100);
  }
}

TEST_CASE("where finds a document by its new value once its front matter has changed") {
  Fixture f{{"_config.yml", "a: 1\n"},
            {"_posts/2020-01-01-a.md", "---\nv: 1\n---\n"},
            {"_posts/2020-01-02-b.md", "---\nv: 2\n---\n"},
            {"index.html", "---\n---\n{{ site.posts | where: 'v', 2 | map: 'url' | join }}"}};
  CHECK(f.html("/") == "/2020/01/02/b.html");
  f.w.put("_posts/2020-01-01-a.md", "---\nv: 2\n---\n");
  CHECK(f.html("/") == "/2020/01/02/b.html /2020/01/01/a.html");
  f.w.put("_posts/2020-01-02-b.md", "---\nv: 3\n---\n");
  CHECK(f.html("/") == "/2020/01/01/a.html");
}

TEST_CASE("where takes work in proportion to the pages that ask, not to their product") {
  auto work = [](int count) {
    Fixture f{{"_config.yml", "a: 1\n"},
              {"_layouts/l.html",
               "{{ site.posts | where: 'lang', page.lang | where: 'key', page.key | size }}"}};
    for (int i = 0; i < count; i++)
      f.w.put("_posts/2020-01-01-p" + std::to_string(i) + ".md",
              "---\nlang: " + std::string(i % 2 ? "de" : "en") + "\nkey: k" + std::to_string(i) +
                  "\nlayout: l\n---\n");
    const std::uint64_t before = work_done;
    for (int i = 0; i < count; i++)
      CHECK(f.html("/2020/01/01/p" + std::to_string(i) + ".html") == "1");
    return work_done - before;
  };
  CHECK(work(1000) < 5 * work(250));
}

TEST_CASE("a template's variables can be counted, as Ruby counts a drop") {
  Fixture f{{"_layouts/default.html", ""},
            {"_includes/i.html", "({{ count }})"},
            {"a.html",
             "---\n---\n{{ count }} {{ min }} {{ max }}{% include i.html %}"
             "{% assign count = count | plus: 1 %} {{ count }}{% assign max = nil %}{{ max }}"}};
  CHECK(f.html("/a") == "9 content theme(9) 10");
}
