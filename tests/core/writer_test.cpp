#include "meridian/writer.h"

#include <catch2/catch_test_macros.hpp>

#include "meridian/site_modules.h"
#include "rendered.h"

using namespace meridian;
using site::Status;

namespace {
std::string files(Writer& writer) {
  Text json;
  CHECK(writer.files(json) == site::Status::Ready);
  return std::string(json.str());
}
Answer page(Writer& writer, Str path) {
  Text html, json;
  site::Status status = writer.page(path, html, json);
  return {status, std::string(html.str()), std::string(json.str())};
}
}  // namespace

TEST_CASE("Writer::files lists outputs with kind and source") {
  Workspace w;
  put_site(w, {{"_config.yml", "plugins: [jekyll-redirect-from]"},
               {"index.md", "---\n---\nHome"},
               {"about.md", "---\npermalink: /about/\nredirect_from: /old/\n---\n"},
               {"images/a.svg", "<svg/>"}});
  Writer writer(w);
  std::string json = files(writer);
  CHECK(json.find(R"({"path":"index.html","kind":"page","source":"index.md"})") != json.npos);
  CHECK(json.find(R"({"path":"about/index.html","kind":"page","source":"about.md"})") != json.npos);
  CHECK(json.find(R"({"path":"images/a.svg","kind":"static","source":"images/a.svg"})") !=
        json.npos);
  CHECK(json.find(R"("path":"old/index.html","kind":"redirect")") != json.npos);
  CHECK(json.find(R"("path":"redirects.json","kind":"page")") != json.npos);
}

TEST_CASE("neither outputs nor manifest have files that Jekyll would not publish") {
  Workspace w;
  put_site(w, {{"_config.yml", "exclude: [private/]\n"},
               {"index.md", "---\n---\n{% include_relative _pieces/a.md %}"},
               {"_pieces/a.md", "read by a page"},
               {"_includes/a.html", ""},
               {"_data/a.yml", "a: 1"},
               {".env", "SECRET"},
               {"index.md~", "SECRET"},
               {"_data/.a.yml", "SECRET"},
               {"_pieces/b.md", "SECRET"},
               {"private/a.md", "SECRET"},
               {"_drafts/a.md", "SECRET"},
               {"_posts/2020-01-01-off.md", "---\npublished: false\n---\nSECRET"},
               {"_posts/2999-01-01-later.md", "---\n---\nSECRET"}});
  Writer writer(w);
  std::string written = files(writer);
  CHECK(written.find("\"index.html\"") != written.npos);
  Text manifest;
  Arena arena;
  Diagnostics diagnostics(arena);
  REQUIRE(w.manifest(manifest, diagnostics));
  for (Str path : {"_config.yml", "index.md", "_pieces/a.md", "_includes/a.html", "_data/a.yml"})
    CHECK(manifest.str().find(arena.join("{\"path\":\"", path, "\"")) != Str::npos);
  for (Str path : {".env", "index.md~", "_data/.a.yml", "_pieces/b.md", "private/a.md",
                   "_drafts/a.md", "_posts/2020-01-01-off.md", "_posts/2999-01-01-later.md"}) {
    CHECK(manifest.str().find(path) == Str::npos);
    CHECK(written.find(std::string(path)) == written.npos);
  }
}

TEST_CASE("the manifest has the text of layouts and includes, the most used ones first") {
  Workspace w;
  std::string large(15 << 10, 'x'), larger(17 << 10, 'x');
  put_site(w, {{"_config.yml", "meridian: {theme: site}\n"},
               {"_layouts/default.html", "---\na: 1\n---\n{% include often.html %}{{ content }}"},
               {"_layouts/unused.html", "unused {{ content }}"},
               {"_includes/often.html", "{% include inner.html %}"},
               {"_includes/inner.html", ""},
               {"_includes/larger.html", larger},
               {"_sass/_part.scss", "p { color: red }"},
               {"main.scss", "---\n---\n@import 'part';"},
               {"other.md", "---\nlayout: default\n---\nother text\n{% include larger.html %}"}});
  std::string includes;
  for (char name = 'a'; name < 'l'; name++) {
    w.put(std::string("_includes/") + name + ".html", name + large);
    includes += std::string("{% include ") + name + ".html %}";
  }
  w.put("index.md", "---\nlayout: default\n---\n" + includes);
  Text manifest;
  Arena arena;
  Diagnostics diagnostics(arena);
  REQUIRE(w.manifest(manifest, diagnostics));
  auto text_begins = [&](Str path, Str text) {
    Str json = manifest.str();
    std::size_t at = json.find(arena.join("{\"path\":\"", path, "\""));
    REQUIRE(at != Str::npos);
    json = json.substr(at, json.find("}", at) - at);
    return json.find(arena.join("\"text\":\"", text)) != Str::npos;
  };
  CHECK(text_begins("_layouts/default.html", "---\\na: 1\\n---\\n{% include often"));
  CHECK(text_begins("_includes/often.html", "{% include inner"));
  CHECK(text_begins("_includes/inner.html", "\""));
  CHECK(text_begins("_includes/a.html", "ax"));
  CHECK(text_begins("_includes/h.html", "hx"));
  CHECK(!text_begins("_includes/i.html", ""));       // together they are more than 128 KB
  CHECK(!text_begins("_includes/larger.html", ""));  // more than 16 KB
  CHECK(!text_begins("_layouts/unused.html", ""));
  CHECK(!text_begins("_sass/_part.scss", ""));
  CHECK(!text_begins("other.md", ""));
}

TEST_CASE("the manifest has a heading that is a page's title, below front matter, too") {
  Workspace w;
  put_site(w, {{"_config.yml", "plugins: [jekyll-titles-from-headings]\n"},
               {"index.md", "---\n---\n# Home\n"},
               {"under.md", "---\nlang: en\n---\n# Under\n"},
               {"own.md", "---\ntitle: Own\n---\n# Other\n"},
               {"list.html", "---\n---\n{% for p in site.pages %}{{ p.title }},{% endfor %}"}});
  Text manifest;
  Arena arena;
  Diagnostics diagnostics(arena);
  REQUIRE(w.manifest(manifest, diagnostics));
  CHECK(manifest.str().find("\"title\":\"Under\"") != Str::npos);
  CHECK(manifest.str().find("\"title\":\"Other\"") == Str::npos);
  // A list of pages is the same without their texts.
  Workspace listed;
  REQUIRE(listed.list(manifest.str()));
  listed.put("list.html", "---\n---\n{% for p in site.pages %}{{ p.title }},{% endfor %}");
  for (Workspace* one : {&w, &listed}) {
    Text html, json;
    REQUIRE(one->render("/list.html", html, json) == site::Status::Ready);
    CHECK(html.str().find("Under,") != Str::npos);
  }
}

TEST_CASE("the manifest names the sheets that a page of another language links, not their copies") {
  site::set_sass(
      [](Str, const sass::Options&, const List<Source>&, Text&, Diagnostics&) { return true; });
  Workspace w;
  put_site(w, {{"_config.yml",
                "plugins: [jekyll-multiple-languages-plugin]\nlanguages: [es, en]\n"
                "meridian: {theme: site}\n"},
               {"_i18n/es.yml", "a: b"},
               {"_i18n/en.yml", "a: b"},
               {"css/a.scss", "---\n---\n"},
               {"css/a.meridian.css", "p { color: red }"},
               {"en/css/a.meridian.css", "p { color: red }"},
               {"one.html", "---\n---\n<head><link href=\"/css/a.css\"></head>"},
               {"two.html", "---\n---\n<head><link href=\"/en/css/a.css\"></head>"}});
  Text manifest;
  Arena arena;
  Diagnostics diagnostics(arena);
  REQUIRE(w.manifest(manifest, diagnostics));
  for (Str page : {"\"/one.html\":[\"one.html\",\"css/", "\"/en/one.html\":[\"one.html\",\"css/",
                   "\"/two.html\":[\"two.html\",\"en/css/"})
    CHECK(manifest.str().find(page) != Str::npos);
}

TEST_CASE("the manifest names the sheets that a page links, and the Sass that they are made of") {
  site::set_sass(
      [](Str, const sass::Options&, const List<Source>&, Text&, Diagnostics&) { return true; });
  Workspace w;
  put_site(w, {{"_config.yml", "baseurl: /base\nmeridian: {theme: site}\n"},
               {"_layouts/default.html",
                "<head><link href='https://example.org/base/css/a.css?1' rel=stylesheet>"
                "<link href=../css/b.css rel=stylesheet><link href=\"/css/other.css\">"
                "<script>night = '/css/c.css'</script><!-- <link href='/css/c.css'> -->"
                "<link rel='alternate stylesheet' href='/css/c.css'>"
                "<link rel='stylesheet' href='/css/c.css' disabled>"
                "<link href='/base/css/a.css'></head>/base/css/c.css {{ content }}"},
               {"_sass/_part.scss", "@import 'deep'"},
               {"_sass/_deep.scss", "p { color: red }"},
               {"_sass/_other.scss", ""},
               {"css/a.scss", "---\n---\n@import 'part';"},
               {"css/b.sass", "---\n---\n@import deep"},
               {"css/c.scss", "---\n---\n@import 'other';"},
               {"css/b.meridian.css", "p { color: red }"},
               {"index.md", "---\nlayout: default\n---\nText"}});
  Text manifest, parts, none;
  Arena arena;
  Diagnostics diagnostics(arena);
  REQUIRE(w.manifest(manifest, diagnostics, {.sass = &parts}));
  CHECK(manifest.str().find("\n\"/\":[\"index.md\",\"_layouts/default.html\",\"css/a.scss\","
                            "\"css/b.meridian.css\"]") != Str::npos);
  std::size_t at = manifest.str().find("},\"sass\":\"") + 2;
  Str named = manifest.str().substr(at, sizeof("\"sass\":\"0123456789abcdef\"") - 1);
  CHECK(std::string(parts.str()) ==
        "{\"meridian\":1," + std::string(named) +
            ",\"files\":{\n\"css/a.scss\":\"---\\n---\\n@import 'part';\","
            "\n\"_sass/_part.scss\":\"@import 'deep'\","
            "\n\"_sass/_deep.scss\":\"p { color: red }\","
            "\n\"css/b.sass\":\"---\\n---\\n@import deep\"\n}}\n");
  // It is no source of the site.
  w.put("sass.meridian.json", parts.str());
  manifest.truncate(0), parts.truncate(0);
  w.put("_sass/_deep.scss", std::string(1 << 20, ' '));
  REQUIRE(w.manifest(manifest, diagnostics, {.sass = &parts}));
  CHECK(manifest.str().find("sass.json") == Str::npos);
  CHECK(manifest.str().find("\"sass\":") == Str::npos);  // it is too much
  CHECK(parts.size() == 0);
  site::set_sass(nullptr);
}

TEST_CASE("Writer::page gives the page as rendered, and a redirect's page") {
  Workspace w;
  put_site(w, {{"_config.yml", "plugins: [jekyll-redirect-from]"},
               {"about.md", "---\npermalink: /about/\nredirect_from: /old/\n---\nText"}});
  Writer writer(w);
  Answer about = page(writer, "about/index.html");
  CHECK(about.status == site::Status::Ready);
  CHECK(about.html == render(w, "/about/").html);
  Answer old = page(writer, "old/index.html");
  CHECK(old.status == site::Status::Redirect);
  CHECK(old.html.find("url=/about/") != std::string::npos);
  CHECK(page(writer, "none.html").status == site::Status::NotFound);
}

TEST_CASE("a page can be written right after a file has changed") {
  Workspace w;
  put_site(w, {{"_config.yml", ""}, {"a.md", "---\n---\nOne"}, {"b.md", "---\n---\nTwo"}});
  Writer writer(w);
  CHECK(page(writer, "a.html").html == "<p>One</p>\n");
  w.put("b.md", "---\npermalink: /c.html\n---\nThree");
  CHECK(page(writer, "b.html").status == site::Status::NotFound);
  CHECK(page(writer, "c.html").html == "<p>Three</p>\n");
}

TEST_CASE("a permalink does not lead out of the destination") {
  Workspace w;
  put_site(w, {{"_config.yml", ""}, {"out.md", "---\npermalink: /a/../../out.html\n---\n"}});
  Writer writer(w);
  CHECK(files(writer).find("..") == std::string::npos);
}

TEST_CASE("needs names the missing files") {
  Workspace w;
  REQUIRE(w.list(R"({"files":["_config.yml","index.md"]})"));
  Text json, html;
  Writer writer(w);
  CHECK(writer.files(json) == site::Status::Needs);
  CHECK(json.str().find("_config.yml") != Str::npos);
  CHECK(writer.page("index.html", html, json) == site::Status::Needs);
}

TEST_CASE("a profile with one list needs no more files than that list") {
  Workspace w;
  REQUIRE(w.list(
      R"({"files":["_config.yml","index.md","about.md","_talks/a.md","_publications/a.md"],"complete":true})"));
  w.put("_config.yml",
        "author: {name: Ada}\ncollections: {talks: {output: true}, publications: {output: true}, "
        "notes: {output: "
        "true}}\n");
  REQUIRE(w.options("{\"theme\":\"\"}"));
  Writer writer(w);
  auto needs = [&](Str wanted) {
    Text sections, json;
    Status status = writer.profile(wanted, sections, json);
    return status == Status::Needs ? std::string(json.str().data(), json.str().size())
                                   : std::string("ready");
  };
  CHECK(needs("") == "ready");
  CHECK(needs("globe") == "ready");
  std::string talks = needs("talks");
  CHECK(talks.find("_talks/a.md") != std::string::npos);
  CHECK(talks.find("_publications/a.md") == std::string::npos);
  CHECK(talks.find("index.md") == std::string::npos);
  // The name of an empty collection may mean a section, as any other word.
  for (Str word : {"notes", "News", "*"}) CHECK(needs(word).find("index.md") != std::string::npos);
  CHECK(needs("*").find("_publications/a.md") != std::string::npos);
}

TEST_CASE("a person's site has a profile: name, links, lists, and the sections of the home page") {
  Workspace w;
  put_site(w,
           {{"_config.yml",
             "title: T\nbaseurl: /b\nauthor: {name: Ada \"L\", avatar: a.png, bio: '*Analyst*.', "
             "github: ada, "
             "employer: Society}\n"
             "collections: {publications: {output: true}, hidden: {output: false}}\n"},
            {"index.md", "---\ntitle: Home\n---\n# News & more\n\n{{ page.title }}.\n\n# Awards\n"},
            {"_publications/a.md", "---\ntitle: A & B\ndate: 1843-08-01\n---\n"},
            {"_publications/b.md", "---\ntitle: Older\ndate: 1842-08-01\n---\n"},
            {"_hidden/c.md", "---\ntitle: C\n---\n"}});
  REQUIRE(w.options("{\"theme\":\"\"}"));
  Text json;
  Writer writer{w};
  CHECK(writer.files(json) == Status::Ready);
  CHECK(json.str().find("\"profile.json\"") != Str::npos);
  Text text, about;
  REQUIRE(writer.page("profile.json", text, about) == Status::Ready);
  Arena arena;
  Diagnostics diagnostics(arena);
  Value profile;
  REQUIRE(parse_json({"profile.json", text.str()}, arena, profile, diagnostics));
  CHECK(get(profile, "name").str() == "Ada \"L\"");
  CHECK(get(profile, "avatar").str() == "/b/images/a.png");
  CHECK(get(profile, "bio").str() == "Analyst.");
  CHECK(get((*get(profile, "links").array())[0], "url").str() == "https://github.com/ada");
  CHECK(get((*get(profile, "links").array())[0], "icon").str() == "github");
  const Map* lists = get(profile, "lists").map();
  REQUIRE(lists->get("publications").array()->size() == 2);
  CHECK(lists->get("hidden").nil());
  CHECK(get((*lists->get("publications").array())[0], "date").str() == "1843-08-01");
  CHECK(get((*lists->get("publications").array())[0], "url").str() == "/b/publications/a.html");
  const Array& sections = *get(profile, "sections").array();
  REQUIRE(sections.size() == 2);
  CHECK(get(sections[0], "title").str() == "News & more");
  CHECK(get(sections[0], "id").str() == "news--more");
  CHECK(json.str().find("\"profile-sections/2.json\"") != Str::npos);
  CHECK(json.str().find("\"profile-sections/3.json\"") == Str::npos);
  Text section, other;
  REQUIRE(writer.page("profile-sections/1.json", section, about) == Status::Ready);
  CHECK(section.str() ==
        R"({"html":"<h1 id=\"news--more\">News &amp; more</h1>\n\n<p>Home.</p>\n\n"})");
  for (const char* none :
       {"0.json", "3.json", "1", "01.json", "-1.json", "99999999999999999999.json", ".json"})
    CHECK(writer.page(arena.join("profile-sections/", none), other, about) == Status::NotFound);
  // Parts that are not wanted are absent, and a site without an author has no profile.
  Text some, person;
  REQUIRE(writer.profile("posts", some, person) == Status::Ready);
  CHECK(starts_with(some.str(), "[\"<h1 id="));
  CHECK(person.str().find("publications") == Str::npos);
  Text no_sections, listed;
  REQUIRE(writer.profile("publications globe", no_sections, listed) == Status::Ready);
  CHECK(no_sections.str() == "[]");
  CHECK(listed.str().find("1843-08-01") != Str::npos);
  w.put("_config.yml", "title: T\n");
  Text none;
  CHECK(writer.page("profile.json", none, about) == Status::NotFound);
}

TEST_CASE(
    "search finds pages of sources, without lists' further pages and what asks to be left out") {
  Workspace w;
  CHECK(w.options(R"({"time": "2026-01-01T00:00:00Z"})"));
  w.put("_config.yml",
        "title: T\ncollections: {talks: {output: true}}\nmeridian: {search: true}\n");
  w.put("index.md",
        "---\ntitle: Home\n---\n{% for post in site.posts %}{{ post.title }}{% endfor %}\n");
  w.put("about.md", "---\ntitle: About\nlayout: single\n---\n## A heading\n\nText.\n");
  w.put("hidden.md", "---\ntitle: Hidden\nsearch: false\n---\nText.\n");
  w.put("404.md", "---\npermalink: /404.html\n---\nLost.\n");
  w.put("feed.xml", "---\n---\n<feed/>\n");
  w.put("_talks/one.md",
        "---\ntitle: One\nlang: pt_BR\ndate: 2019-05-01\ntags: [sky, \"two words\"]\n---\n");
  CHECK(w.list(R"({"files": [], "complete": true})"));
  Text html, json;
  REQUIRE(w.search("", html, json) == site::Status::Ready);
  std::string list(json.str());
  INFO(list);
  for (const char* row :
       {R"(["index.html","/","","en",0,true,""])",
        R"(["about.html","/about.html","","en",0,false,""])",
        R"(["talks/one.html","/talks/one.html","talks","pt-BR",2019,false,"sky\ntwo words"])"})
    CHECK(list.find(row) != std::string::npos);
  for (const char* other : {"hidden", "404", "feed", "redirects"})
    CHECK(list.find(other) == std::string::npos);
  json.truncate(0);
  REQUIRE(w.search("about.html", html, json) == site::Status::Ready);
  CHECK(std::string(json.str()) == "\"About\"");
  std::string content(html.str());
  CHECK(content.find("<h2 id=\"a-heading\">A heading</h2>") != std::string::npos);
  CHECK(content.find("<html") == std::string::npos);
  // Pages have their layouts afterwards.
  html.truncate(0);
  json.truncate(0);
  REQUIRE(w.render("/about.html", html, json) == site::Status::Ready);
  CHECK(std::string(html.str()).find("data-meridian-search") != std::string::npos);
  CHECK(w.search("nowhere.html", html, json) == site::Status::NotFound);
}
