// The manifest of a large site in segments: a visitor who has the segment of a page gets the same
// page.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <set>
#include <vector>

#include "meridian/value.h"
#include "rendered.h"

using namespace meridian;

namespace {

constexpr int kPosts = 700;

const char* kLayout =
    "<head><link rel=\"stylesheet\" href=\"/style.css\"></head>{{ page.title }} {{ content }}"
    "{% if page.previous.url %}<a href=\"{{ page.previous.url }}\">{{ page.previous.title }}</a>"
    "{% endif %}{% if page.next.url %}<a href=\"{{ page.next.url }}#top\">{{ page.next.title }}</a>"
    "{% endif %}{% for post in site.posts limit: 3 %}<a href=\"{{ post.url }}\">{{ post.title }}"
    "</a>{% endfor %}{{ site.data.words.end }}";

/// Posts that show their neighbours and the newest ones, and pages that list some or all.
void put_large_site(Workspace& w, const std::string& config = {}) {
  std::vector<std::pair<std::string, std::string>> files = {
      {"_config.yml", "meridian: {theme: site}\n" + config},
      {"_layouts/default.html", kLayout},
      {"_data/words.yml", "end: The end\n"},
      {"style.css", "---\n---\np { color: red }\n"},
      {"index.md", "---\nlayout: default\ntitle: Home\n---\nHello\n"},
      {"about.md",
       "---\nlayout: default\ntitle: About\n---\n[One]({% post_url 2001-01-07-p7 %})\n"},
      {"all.md",
       "---\nlayout: default\ntitle: All\n---\n{% for p in site.posts %}{{ p.title }} "
       "{% endfor %}\n"},
      {"count.md", "---\nlayout: default\ntitle: Count\n---\n{{ site.posts.size }}\n"},
      {"feed.xml", "---\n---\n{% for p in site.posts %}<a href=\"{{ p.url }}\"/>{% endfor %}\n"}};
  for (int i = 0; i < kPosts; i++) {
    char date[16];
    std::snprintf(date, sizeof date, "20%02d-%02d-%02d", 1 + i / 336, 1 + i / 28 % 12, 1 + i % 28);
    files.emplace_back("_posts/" + std::string(date) + "-p" + std::to_string(i + 1) + ".md",
                       "---\nlayout: default\ntitle: Post " + std::to_string(i) +
                           (i == 4 ? "\npermalink: /kept/" : "") + "\n---\nText " +
                           std::to_string(i * 7919) + "\n");
  }
  for (const auto& [path, text] : files) w.put(Str(path), Str(text));
  put_site(w, {});
}

struct Cut {
  std::string whole, common;
  std::vector<std::string> segments;
};

Cut cut(Workspace& w) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Text manifest, text;
  ManifestSegments segments(w);
  REQUIRE(w.manifest(manifest, diagnostics, {.segments = &segments}));
  Cut made{.whole = std::string(manifest.str()), .common = {}, .segments = {}};
  std::uint32_t count = segments.cut(manifest.str());
  segments.print_common(text);
  made.common = std::string(text.str());
  for (std::uint32_t i = 0; i < count; i++) {
    text.truncate(0);
    segments.print(i, text);
    made.segments.emplace_back(text.str());
  }
  return made;
}

Value parsed(const std::string& json, Arena& arena) {
  Diagnostics diagnostics(arena);
  Value value;
  REQUIRE(parse_json({"segment.json", Str(json)}, arena, value, diagnostics));
  return value;
}

/// A visitor's core: the common files and those of segments, as web/shell/manifest_segments.js puts
/// them together, and what it asks for.
struct Visit {
  Workspace core;
  Arena arena;
  Array* files = make_array(arena);
  std::set<std::string> known;

  Visit() { put_site(core, {}); }

  void take(const std::string& segment) {
    for (const Value& file : *get(parsed(segment, arena), "files").array())
      if (known.emplace(get(file, "path").str()).second) files->push(file);
    Text list;
    Map* all = make_map(arena);
    all->set("files", Value(files));
    print_json(Value(all), list);
    REQUIRE(core.list(list.str()));
  }

  std::string page(Str url, Workspace& host) {
    Text html, json;
    for (int i = 0; core.render(url, html, json) == site::Status::Needs && i < 9; i++) {
      Arena needs;
      const std::string answer(json.str());
      for (const Value& path : *get(parsed(answer, needs), "paths").array()) {
        const site::File* file = host.files().find(path.str());
        REQUIRE(file);
        core.put(path.str(), Str(file->bytes, std::size_t(file->size)));
      }
      json.truncate(0);
    }
    return std::string(html.str());
  }
};

std::string page_of(Workspace& w, Str url) {
  Text html, json;
  REQUIRE(w.render(url, html, json) == site::Status::Ready);
  return std::string(html.str());
}
}  // namespace

TEST_CASE("ManifestSegments: each page is in its segment, is the same there, and others need all") {
  Workspace w;
  put_large_site(w);
  Cut made = cut(w);
  REQUIRE(made.segments.size() == 32);
  CHECK(made.common.size() < 4000);
  CHECK(has(made.common, "\"complete\":true"));
  CHECK(has(made.common, "/style.css"));
  CHECK(has(made.common, "2003-01-28-p"));  // the newest, which all pages show
  Arena arena;
  std::set<std::string> found;
  for (std::uint32_t i = 0; i < made.segments.size(); i++) {
    CHECK(made.segments[i].size() < made.whole.size() / 8);
    Visit visit;
    visit.take(made.common);
    visit.take(made.segments[i]);
    for (const Map::Entry& page : *get(parsed(made.segments[i], arena), "pages").map()) {
      Str url = page.key.str();
      CHECK(shard_of(url, std::uint32_t(made.segments.size())) == i);
      CHECK(found.emplace(url).second);
      CHECK(visit.page(url, w) == page_of(w, url));
    }
  }
  CHECK(found.size() == kPosts + 2);
  for (const char* page : {"/", "/about.html", "/kept/"}) CHECK(found.count(page) == 1);
  for (const char* page : {"/all.html", "/count.html", "/feed.xml"}) CHECK(found.count(page) == 0);
}

TEST_CASE(
    "ManifestSegments: a page is the same with the segments of pages that were read before it") {
  Workspace w;
  put_large_site(w);
  Cut made = cut(w);
  REQUIRE(made.segments.size());
  Visit visit;
  visit.take(made.common);
  Arena arena;
  std::uint32_t step = 7;  // none of the powers of two, so that all segments are visited
  for (std::uint32_t i = 0, segment = 3; i < made.segments.size(); i++) {
    segment = (segment + step) % std::uint32_t(made.segments.size());
    visit.take(made.segments[segment]);
    for (const Map::Entry& page : *get(parsed(made.segments[segment], arena), "pages").map())
      CHECK(visit.page(page.key.str(), w) == page_of(w, page.key.str()));
  }
}

TEST_CASE("ManifestSegments: there are none of a small site, nor where all pages need all") {
  Workspace small;
  put_site(small,
           {{"_config.yml", "meridian: {theme: site}\n"}, {"index.md", "---\n---\nHello\n"}});
  CHECK(cut(small).segments.empty());
  Workspace w;
  put_large_site(w);
  w.put("_layouts/default.html", "{{ content }} of {{ site.posts.size }}");
  CHECK(cut(w).segments.empty());
}

TEST_CASE("ManifestSegments: addresses with baseurl and host are the site's") {
  Workspace w;
  put_large_site(w, "url: https://a.example\nbaseurl: /b\n");
  std::string layout(kLayout);
  const std::string plain = "href=\"{{ page.previous.url }}\"";
  layout.replace(layout.find(plain), plain.size(),
                 "href=\"{{ page.previous.url | absolute_url }}\"");
  w.put("_layouts/default.html", Str(layout));
  Cut made = cut(w);
  REQUIRE(made.segments.size() == 32);
  std::size_t pages = 0;
  Arena arena;
  for (const std::string& segment : made.segments)
    pages += get(parsed(segment, arena), "pages").map()->size();
  CHECK(pages == kPosts + 2);
}

TEST_CASE("ManifestSegments: pages of one address, and links that do not end") {
  Workspace w;
  put_large_site(w);
  for (const char* name : {"one.md", "two.md"})
    w.put(name, "---\nlayout: default\ntitle: Same\npermalink: /same/\n---\nText\n");
  for (const char* name : {"one.css", "two.css"})
    w.put(name, "---\npermalink: /same.css\n---\np {}\n");
  std::string many = "---\npermalink: /open/\n---\n";
  for (int i = 0; i < 5000; i++) many += "<a href=\"/x ";
  w.put("open.html", Str(many));
  Cut made = cut(w);
  REQUIRE(made.segments.size() == 32);
  Arena arena;
  std::size_t pages = 0;
  CHECK(get(parsed(made.common, arena), "pages").map()->find("/same.css"));
  for (const std::string& segment : made.segments)
    pages += get(parsed(segment, arena), "pages").map()->size();
  CHECK(pages >= kPosts + 3);
}

TEST_CASE("ManifestSegments: many pictures are left to the host, style sheets are not") {
  for (int count : {100, 300}) {
    Workspace w;
    put_large_site(w);
    for (int i = 0; i < count; i++) w.put(Str("images/" + std::to_string(i) + ".png"), "\x89PNG");
    w.put("plain.css", "p {}");
    Cut made = cut(w);
    REQUIRE(made.segments.size() == 32);
    CHECK(has(made.common, "images/") == (count == 100));
    CHECK(has(made.common, "plain.css"));
    CHECK(!has(made.segments[0], "images/"));
  }
}
