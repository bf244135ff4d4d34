// What a workspace keeps when a file's bytes are put: the answers are those of a new workspace, and
// the model stays where only the text of a page is another one.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "rendered.h"

using namespace meridian;

namespace {
using Files = std::vector<std::pair<Str, Str>>;

const Files kSite = {
    {"_config.yml",
     "title: Kept\ncollections: {notes: {output: true}}\n"
     "permalink: /:title/\n"},
    {"_layouts/p.html", "<h1>{{ page.title }}</h1>{{ content }}<p>{{ page.next.excerpt }}</p>"},
    {"_posts/2020-01-01-a.md", "---\ntitle: A\nlayout: p\n---\nFirst of *a*.\n\nMore.\n"},
    {"_posts/2020-01-02-b.md", "---\ntitle: B\nlayout: p\n---\nOf b, behind {{ page.title }}.\n"},
    {"_notes/n.md", "---\ntitle: N\n---\n# Heading\n\n{{ site.posts.last.content }}\n"},
    {"index.md",
     "---\ntitle: Home\n---\n{% for p in site.posts %}{{ p.title }}: {{ p.excerpt }}{% endfor %}"
     "{% for n in site.notes %}{{ n.title }} {{ n.content }}{% endfor %}\n"},
    {"untitled.md", "---\nlayout: p\n---\n# A heading\n"},
    {"page.html", "---\ntitle: HTML\n---\n<p>{{ page.title }}\n"},
};

void begin(Workspace& w) {
  REQUIRE(w.options("{\"theme\":\"site\",\"time\":\"2024-06-01T12:00:00Z\"}"));
}

/// All pages of a site and what is said of them.
std::string all_of(Workspace& w) {
  std::string all;
  (void)render(w, "/nowhere/");  // the page for which the model is made depends on the settings
  for (Str url : {"/", "/a/", "/b/", "/notes/n", "/untitled/", "/page/"}) {
    Answer a = render(w, url);
    all += std::string(url) + "\n" + a.html + a.json + "\n";
  }
  return all;
}

std::string all_of(const Files& files) {
  Workspace w;
  begin(w);
  for (auto& [path, text] : files) w.put(path, text);
  w.files().complete = true;
  return all_of(w);
}

/// The site with the text of one file replaced.
Files with(Str path, Str text) {
  Files files = kSite;
  for (auto& file : files)
    if (file.first == path) file.second = text;
  return files;
}

std::string manifest_of(const Files& files) {
  Workspace w;
  begin(w);
  for (auto& [path, text] : files) w.put(path, text);
  w.files().complete = true;
  Arena arena;
  Diagnostics diagnostics(arena);
  Text manifest;
  REQUIRE(w.manifest(manifest, diagnostics));
  return std::string(manifest.str());
}
}  // namespace

TEST_CASE("a page's new text keeps the model where its front matter is the same") {
  Workspace w;
  begin(w);
  put_site(w, kSite);
  (void)all_of(w);
  auto keeps = [&](Str path, Str text) {
    const Map* model = w.site().config();
    REQUIRE(model);
    // The arena of a model that is built anew may be given the same memory: one value says which.
    *model->find("title") = "marked";
    w.put(path, text);
    std::string pages = all_of(w);
    bool kept = w.site().config()->find("title")->str() == "marked";
    CHECK(pages == all_of(with(path, text)));
    w.put(path, [&] {
      for (auto& [known, old] : kSite)
        if (known == path) return old;
      return Str();
    }());
    CHECK(all_of(w) == all_of(kSite));
    return kept;
  };
  CHECK(keeps("_posts/2020-01-01-a.md", "---\ntitle: A\nlayout: p\n---\nOther.\n"));
  CHECK(keeps("_posts/2020-01-01-a.md", "---  \ntitle: A\nlayout: p\n---\n"));
  CHECK(keeps("_posts/2020-01-01-a.md", "---\ntitle: A\nlayout: p\n---\n{% if x %}unclosed"));
  CHECK(keeps("index.md", "---\ntitle: Home\n---\n{{ site.posts.first.content }}\n"));
  CHECK(keeps("_notes/n.md", "---\ntitle: N\n---\nAnother.\n"));
  CHECK(keeps("_layouts/p.html", "<h2>{{ page.title }}</h2>{{ content }}"));

  CHECK_FALSE(keeps("_layouts/p.html", "---\nkind: other\n---\n{{ layout.kind }}{{ content }}"));
  CHECK_FALSE(keeps("_posts/2020-01-01-a.md", "---\ntitle: Z\nlayout: p\n---\nFirst.\n"));
  CHECK_FALSE(keeps("_posts/2020-01-01-a.md", "---\ntitle: A\nlayout: p\nFirst.\n"));
  CHECK_FALSE(keeps("_posts/2020-01-01-a.md", "\xEF\xBB\xBF---\ntitle: A\nlayout: p\n---\nX\n"));
  CHECK_FALSE(keeps("_posts/2020-01-01-a.md", "---\ntitle: A\nlayout: p\n---\n\xFF\n"));
  CHECK_FALSE(keeps("untitled.md", "---\nlayout: p\n---\n# Another heading\n"));
  CHECK_FALSE(keeps("page.html", "---\ntitle: HTML\n---\n<meta name=\"meridian-shell\">\n"));
}

TEST_CASE("a text that comes after the manifest keeps the model, also a newer one") {
  std::string manifest = manifest_of(kSite);
  auto read = [&](Str changed, Str text) {
    Workspace w;
    begin(w);
    REQUIRE(w.list(manifest));
    (void)render(w, "/");
    Files files = with(changed, text);
    for (auto& [path, own] : files) {
      w.put(path, own);
      (void)render(w, "/");
    }
    CHECK(all_of(w) == all_of(files));
  };
  read("", "");
  read("_posts/2020-01-01-a.md", "---\ntitle: A\nlayout: p\n---\nAnother excerpt.\n");
  read("_posts/2020-01-01-a.md", "---\ntitle: Another\nlayout: p\n---\nFirst of *a*.\n");
  read("untitled.md", "---\nlayout: p\n---\n# Another heading\n");
  read("_notes/n.md", "---\ntitle: N\n---\n\xFF");
}

TEST_CASE("the manifest has the excerpt of a post without the heading that is its title") {
  const std::string manifest = manifest_of(
      {{"_config.yml",
        "plugins: [jekyll-titles-from-headings]\n"
        "titles_from_headings: {collections: true, strip_title: true}\n"},
       {"_posts/2020-01-01-a.md", "---\nlayout: none\n---\n# Heading\n\nText of a.\n\nMore.\n"},
       {"index.md", "---\ntitle: Home\n---\n{{ site.posts[0].excerpt }}\n"}});
  CHECK(manifest.find("\"excerpt\":\"Text of a.\"") != std::string::npos);
}

TEST_CASE("an excerpt that the manifest had is another one once the text is") {
  const Files files = {
      {"_config.yml", "title: T\npermalink: /:title/\n"},
      {"_posts/2020-01-01-a.md", "---\ntitle: A\n---\nFirst.\n\nMore.\n"},
      {"index.md", "---\ntitle: Home\n---\n{% for p in site.posts %}{{ p.excerpt }}{% endfor %}\n"},
  };
  Workspace w;
  begin(w);
  REQUIRE(w.list(manifest_of(files)));
  CHECK(render(w, "/").html == "<p>First.</p>\n\n");
  w.put("_posts/2020-01-01-a.md", "---\ntitle: A\n---\nNewer.\n\nMore.\n");
  CHECK(render(w, "/").html == "<p>Newer.</p>\n\n");
}

TEST_CASE("a text that is given up comes back when a page needs it") {
  Workspace whole, w;
  begin(whole);
  begin(w);
  put_site(whole, kSite);
  const Str late = "_posts/2020-01-01-a.md";
  for (auto& [path, text] : kSite)
    if (path != late) w.put(path, text);
  REQUIRE(w.files().put_without_body(late, with("", "").at(2).second));
  w.files().complete = true;
  begin(w);
  auto all = [&] {
    std::string pages;
    for (Str url : {"/", "/a/", "/b/", "/notes/n"}) {
      Answer a = render(w, url);
      while (a.status == site::Status::Needs) {
        REQUIRE(a.json.find(std::string(late)) != std::string::npos);
        REQUIRE(w.files().put_body(w.files().get(late), kSite[2].second));
        a = render(w, url);
      }
      pages += a.html;
      (void)w.files().drop_body(w.files().get(late));
    }
    return pages;
  };
  std::string expected;
  for (Str url : {"/", "/a/", "/b/", "/notes/n"}) expected += render(whole, url).html;
  CHECK(all() == expected);
  std::uint32_t model = w.site().forgotten();
  CHECK(all() == expected);
  CHECK(w.site().forgotten() == model);
  // Of these the model has more than the front matter.
  for (Str text : {Str("---\nlayout: p\n---\n# No title\n"), Str("No front matter"),
                   Str("---\ntitle: [\n---\n"), Str("---\ntitle: A\n---\n\xFF")})
    CHECK_FALSE(w.files().put_without_body(late, text));
}
