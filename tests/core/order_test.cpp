// A page does not depend on what was rendered before it: files arrive as they are requested, in any
// order, change and are removed.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "rendered.h"

using namespace meridian;

namespace {

using Held = std::map<std::string, std::string>;

/// A host that holds these files, and a visitor who has none of them yet.
struct Visit {
  Held files;
  Workspace w;

  explicit Visit(Held held) : files(std::move(held)) {
    std::string list;
    for (auto& [path, text] : files) list += (list.empty() ? "\"" : ",\"") + path + "\"";
    REQUIRE(w.list("{\"complete\":true,\"files\":[" + list + "]}"));
    REQUIRE(w.options("{\"theme\":\"site\",\"time\":\"2024-06-01T12:00:00Z\"}"));
  }
  /// The page, once all files that it needs were put.
  std::string html(Str url) {
    for (int round = 0; round < 100; ++round) {
      Answer a = render(w, url);
      if (a.status == site::Status::Redirect) return "leads on: " + a.json;
      if (a.status != site::Status::Needs) return a.html;
      for (auto& [path, text] : files)
        if (a.json.find('"' + path + '"') != std::string::npos) w.put(path, text);
    }
    return "it asks for ever";
  }
};

/// The same, where all files are at hand.
std::string at_hand(const Held& files, Str url) {
  Visit visit(files);
  for (auto& [path, text] : files) visit.w.put(path, text);
  return visit.html(url);
}

void check_first(const Held& files, Str url, const std::string& expected) {
  CHECK(at_hand(files, url) == expected);
  CHECK(Visit(files).html(url) == expected);
}

const Held kNotes = {
    {"_config.yml", "collections: {notes: {output: true}}\nplugins: [jekyll-redirect-from]\n"},
    {"_notes/c.md", "---\nredirect_from: /old/\n---\n{{ page.previous.url }} {{ page.next.url }}"},
    {"_notes/a.md", "---\ndate: 2022-01-01\n---\n{{ page.previous.url }} {{ page.next.url }}"},
    {"_notes/b.md", "---\ndate: 2021-01-01\n---\n{{ page.previous.url }} {{ page.next.url }}"},
    {"pages.html", "---\n---\n{% for p in site.pages %}{{ p.url }} {% endfor %}"},
    {"collections.html",
     "---\n---\n{% for c in site.collections %}{{ c.label }} {{ c.docs | map: 'url' }};{% endfor "
     "%}"},
};

}  // namespace

TEST_CASE("previous and next are set also when the first document is requested first") {
  check_first(kNotes, "/notes/a.html", "<p>/notes/b.html /notes/c.html</p>\n");
  check_first(kNotes, "/notes/b.html", "<p>/notes/a.html</p>\n");
  check_first(kNotes, "/notes/c.html", "<p>/notes/a.html</p>\n");
}

TEST_CASE("lists of collections, pages and redirects are complete on the first request") {
  check_first(kNotes, "/collections.html", "notes /notes/b.html/notes/a.html/notes/c.html;posts ;");
  check_first(kNotes, "/pages.html", "/collections.html /pages.html /old/ /redirects.json ");
  check_first(kNotes, "/redirects.json", "{\"/old/\":\"/notes/c.html\"}");
}

TEST_CASE("of two documents with one URL the one that Jekyll writes last counts") {
  check_first({{"_config.yml", ""},
               {"same/index.md", "---\n---\nby its name"},
               {"a.md", "---\npermalink: /there/\n---\na"},
               {"z.md", "---\npermalink: /there/\n---\nz"}},
              "/there/", "<p>z</p>\n");
  Held notes = {{"_config.yml", "collections: {notes: {output: true, order: [z.md, a.md]}}\n"},
                {"_notes/a.md", "---\npermalink: /there/\n---\na"},
                {"_notes/z.md", "---\npermalink: /there/\n---\nz"}};
  check_first(notes, "/there/", "<p>a</p>\n");
}

TEST_CASE("a file that no manifest lists is read when its address is requested") {
  Held files = {{"_config.yml", "title: T\n"},
                {"feed.xml", "---\n---\n<t>{{ site.title }}</t>"},
                {"plain.xml", "<t/>"},
                {"style.scss", "---\n---\nb { c: d }"}};
  check_first(files, "/feed.xml", "<t>T</t>");
  check_first(files, "/plain.xml", "leads on: {\"url\":\"/plain.xml\"}");
  check_first(files, "/style.css", at_hand(files, "/style.css"));
}

TEST_CASE("Markdown with a title in the manifest is a static file where Jekyll has no page") {
  Workspace w;
  REQUIRE(w.options("{\"theme\":\"site\"}"));
  REQUIRE(w.list(
      "{\"complete\":true,\"files\":[{\"path\":\"_config.yml\",\"text\":\"\"},{\"path\":\"plain."
      "md\",\"title\":\"P\"},"
      "{\"path\":\"index.html\",\"text\":\"---\\n---\\n{{ site.pages | map: 'url' }} {{ "
      "site.static_files | map: "
      "'path' "
      "}}\"}]}"));
  CHECK(render(w, "/").html == "/ /plain.md");
}

TEST_CASE("of layouts with one name and several extensions the last one counts") {
  check_first({{"_config.yml", ""},
               {"_layouts/page.html", "H {{ content }}"},
               {"_layouts/page.htm", "O {{ content }}"},
               {"_layouts/page.liquid", "L {{ content }}"},
               {"_layouts/page.liquid~", "~ {{ content }}"},
               {"a.md", "---\nlayout: page\n---\nA"}},
              "/a.html", "L <p>A</p>\n");
}

TEST_CASE("jekyll-readme-index leaves the address of another page alone") {
  Held files = {{"_config.yml", "plugins: [jekyll-readme-index]\ninclude: [_pages]\n"},
                {"README.md", "Read me"},
                {"drafts/README.md", "Docs"},
                {"_pages/home.md", "---\npermalink: /\n---\nHome"},
                {"list.html", "---\n---\n{% for p in site.pages %}{{ p.url }} {% endfor %}"}};
  CHECK(at_hand(files, "/") == "<p>Home</p>\n");
  check_first(files, "/drafts/", "<p>Docs</p>\n");
  check_first(files, "/list.html", "/ /list.html /drafts/ ");
}

TEST_CASE("a long chain of layouts is requested one after the other") {
  Held files = {{"_config.yml", ""}, {"index.html", "---\nlayout: l1\n---\nx"}};
  std::string expected = "x";
  for (int i = 1; i <= 12; ++i) {
    std::string next = i < 12 ? "---\nlayout: l" + std::to_string(i + 1) + "\n---\n" : "";
    files["_layouts/l" + std::to_string(i) + ".html"] = next + "({{ content }})";
    expected = "(" + expected + ")";
  }
  check_first(files, "/", expected);
}

TEST_CASE("links to other sources use the permalink of their front matter") {
  check_first({{"_config.yml", "plugins: [jekyll-relative-links]\n"},
               {"index.md", "---\n---\n[other](other.md)"},
               {"other.md", "---\npermalink: /there/\n---\n"}},
              "/", "<p><a href=\"/there/\">other</a></p>\n");
}

TEST_CASE("a changed _config.yml applies to templates that were parsed before") {
  Visit v(
      Held{{"_config.yml", ""},
           {"index.md", "---\n---\n{{ site.posts.first.excerpt | strip_html | strip_newlines }}"},
           {"_posts/2020-01-01-p.md", "---\n---\none\n\ntwo\n\nthree\n"},
           {"marked.md", "\xEF\xBB\xBF---\n---\nx"}});
  CHECK(v.html("/") == "<p>one</p>\n");
  v.w.put("_config.yml", "excerpt_separator: three\n");
  CHECK(v.html("/") == "<p>onetwo</p>\n");
  v.w.put("_config.yml", "");
  CHECK(v.html("/") == "<p>one</p>\n");
  // Markup that only the lax parser accepts is an error in strict mode alone.
  v.w.put("index.md", "---\n---\n{% if 1 == 1 foo bar %}x{% endif %}");
  std::string lax = v.html("/");
  v.w.put("_config.yml", "liquid: {error_mode: strict}\n");
  std::string strict = v.html("/");
  CHECK(strict != lax);
  v.w.remove("_config.yml");
  v.w.put("_config.yml", "");
  CHECK(v.html("/") == lax);
}

TEST_CASE("a folder without its _config.yml is a plain folder again") {
  markdown::set_commonmark(markdown::commonmark_parse);
  Visit v(Held{{"README.md", "# R\n"}});
  auto list = [&](const char* more) {
    REQUIRE(v.w.list(std::string("{\"complete\":true,\"files\":[\"README.md\"") + more + "]}"));
  };
  const std::string plain = v.html("/");
  CHECK(plain == "<h1 id=\"r\">R</h1>\n");
  v.w.put("_posts/2020-01-01-p.md", "---\n---\n");
  list(",\"_posts/2020-01-01-p.md\"");
  CHECK(v.html("/") != plain);
  v.w.remove("_posts/2020-01-01-p.md");
  list("");
  CHECK(v.html("/") == plain);
}

TEST_CASE("a document in a folder of templates is rendered again when its file changes") {
  Visit v(Held{{"_config.yml", "collections: {layouts: {output: true}}\ninclude: [_data]\n"},
               {"_layouts/a.md", "---\ntitle: A title that is long enough\n---\n"},
               {"_data/b.md", "---\ntitle: B\n---\n"},
               {"index.html",
                "---\n---\n{% for d in site.layouts %}{{ d.title }}{% endfor %} {{ site.pages | "
                "map: 'title' }}"}});
  CHECK(v.html("/") == "A title that is long enough B");
  v.w.put("_layouts/a.md", "---\ntitle: Another\n---\n");
  CHECK(v.html("/") == "Another B");
  v.w.put("_data/b.md", "---\ntitle: C\n---\n");
  CHECK(v.html("/") == "Another C");
}

namespace {
/// Documents that show each other in every way, of two collections and as pages.
Held shown_documents() {
  const char* ways[] = {"{{ D | strip_html | truncate: 90 }}", "{{ D.content | size }}",
                        "{{ D.output | strip_html | truncate: 60 }}",
                        "{{ D.excerpt | strip_html | truncate: 40 }}",
                        "{{ D.next.output | size }} {{ D.previous.content | size }}"};
  const char* lists[] = {"site.posts", "site.notes", "site.documents"};
  Held files{
      {"_config.yml",
       "collections: {notes: {output: true, sort_by: rank}}\npaginate: 2\n"
       "plugins: [jekyll-paginate, jekyll-feed]\n"},
      {"_layouts/post.html",
       "<i>{{ page.excerpt | size }} {{ page.content | size }} {{ page.next "
       "| size }}</i>{{ content }}{{ site.notes[1].output | size }}"},
      {"index.html", "---\n---\n{% for p in paginator.posts %}{{ p }}{{ p.excerpt }}{% endfor %}"},
      {"all.html", "---\n---\n{% for d in site.documents %}{{ d.content | size }} {% endfor %}"}};
  for (int i = 0; i < 10; i++) {
    std::string way = ways[i % 5],
                other = std::string(lists[i % 3]) + '[' + std::to_string(i) + ']';
    std::string text = "---\nrank: " + std::to_string(i * 7 % 10) + "\nlayout: post\n---\n";
    for (std::string doc : {other, std::string("page.previous"), std::string("site.posts[2]")}) {
      std::string shown = way;
      for (std::size_t at; (at = shown.find("D")) != std::string::npos;) shown.replace(at, 1, doc);
      text += shown + "\n\n";
    }
    std::string name = "d" + std::to_string(i) + ".md";
    files[i % 2 ? "_posts/2024-01-0" + std::to_string(i) + "-" + name : "_notes/" + name] = text;
  }
  return files;
}
}  // namespace

TEST_CASE("what a page shows of others does not depend on which were rendered before") {
  const Held files = shown_documents();
  std::vector<std::string> addresses{"/", "/page2/", "/all.html", "/feed.xml"};
  for (int i = 0; i < 10; i++)
    addresses.push_back(i % 2
                            ? "/2024/01/0" + std::to_string(i) + "/d" + std::to_string(i) + ".html"
                            : "/notes/d" + std::to_string(i) + ".html");
  std::map<std::string, std::string> alone;
  for (const std::string& address : addresses) {
    alone[address] = at_hand(files, address);
    REQUIRE(alone[address].size() > 20);
  }
  std::uint32_t random = 1;
  for (int order = 0; order < 12; order++) {
    Visit visit(files);
    for (std::size_t i = addresses.size(); i > 1; i--) {
      random = random * 1664525 + 1013904223;
      std::swap(addresses[i - 1], addresses[(random >> 16) % i]);
    }
    for (const std::string& address : addresses) {
      INFO(order << ' ' << address);
      CHECK(visit.html(address) == alone[address]);
    }
  }
}

TEST_CASE("a document prints its page once Jekyll has rendered it, else its text") {
  Held files{{"_config.yml", "collections: {staff: {output: false}}\n"},
             {"_layouts/frame.html", "<b>{{ page.title }}</b>{{ content }}"},
             {"_staff/a.md", "---\ntitle: A\nlayout: frame\n---\n{{ site.staff[1] }}"},
             {"_staff/b.md", "---\ntitle: B\nlayout: frame\n---\n*Bea*, {{ site.staff[0] }}"},
             {"index.html", "---\n---\n{{ site.staff[0] }}|{{ site.staff[1] | strip_html }}"}};
  check_first(files, "/",
              "<b>A</b><p><em>Bea</em>, {{ site.staff[0] }}</p>\n|BBea, A&lt;p&gt;Bea, {{ "
              "site.staff[0] }}&lt;/p&gt;\n");
}

TEST_CASE("a page that shows another one's layout is rendered again when the layout changes") {
  Visit v(Held{{"_config.yml", "collections: {staff: {output: true}}\n"},
               {"_layouts/frame.html", "<b>{{ content }}</b>"},
               {"_staff/a.html", "---\nlayout: frame\n---\na"},
               {"index.html", "---\n---\n{{ site.staff[0] }}"},
               {"other.html", "---\n---\n{{ site.staff[0] }}!"}});
  CHECK(v.html("/") == "<b>a</b>");
  CHECK(v.html("/other.html") == "<b>a</b>!");
  Answer other = render(v.w, "/other.html");
  CHECK(has(other.json, "_layouts/frame.html"));
  v.w.put("_layouts/frame.html", "<i>{{ content }}</i>");
  CHECK(v.html("/other.html") == "<i>a</i>!");
}
