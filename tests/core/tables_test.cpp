// Documents from rows of tables. What academicpages' generators and Jekyll make of them is in
// tests/sites/tables; here is what differs from that, what changes, and what is broken.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "rendered.h"

using namespace meridian;
using site::Status;

namespace {
const std::pair<Str, Str> kConfig{
    "_config.yml",
    "collections: {talks: {output: true}, publications: {output: true}}\n"
    "meridian: {tables: {talks: tables/talks.tsv, publications: [p.tsv, more.csv]}}\n"};
constexpr const char* kTalks = "title\turl_slug\tdate\nTides\ttide\t2020-01-02\n";
const std::pair<Str, Str> kPapers{"p.tsv", "pub_date\ttitle\turl_slug\n"};
const std::pair<Str, Str> kMore{"more.csv", "pub_date,title,url_slug\n2019-05-06,\"A, b\",ab\n"};
const std::pair<Str, Str> kList{
    "list.html",
    "---\n---\n{% for t in site.talks %}{{ t.title }} {{ t.url }} {{ t.path }};{% endfor %}"};

/// The files with this table of talks.
void put_talks(Workspace& w, Str talks) {
  put_site(w, {kConfig, kPapers, kMore, kList, {"tables/talks.tsv", talks}});
}

/// The talks of a table.
std::string talks_of(Str talks) {
  Workspace w;
  put_talks(w, talks);
  return render(w, "/list").html;
}

/// What is said of a table of talks, a line each.
std::string found_in(Str talks) {
  Workspace w;
  put_talks(w, talks);
  Arena arena;
  site::Needs needs;
  Diagnostics diagnostics(arena);
  (void)w.site().render("/list", arena, needs, diagnostics);
  std::string all;
  for (const Diagnostic& d : diagnostics)
    all += std::string(d.file) + ":" + std::to_string(d.line) + " " + std::string(d.message) + "\n";
  return all;
}
}  // namespace

TEST_CASE("a row is a document, which names its table") {
  Workspace w;
  put_talks(w, kTalks);
  CHECK(render(w, "/list").html == "Tides /talks/2020-01-02-tide _talks/2020-01-02-tide.md;");
  Answer talk = render(w, "/talks/2020-01-02-tide");
  CHECK(talk.status == Status::Ready);
  CHECK(has(talk.json, "\"source\":\"tables/talks.tsv\""));
  CHECK(has(talk.json, "\"dependencies\":[\"tables/talks.tsv\"]"));
  CHECK(render(w, "/publication/2019-05-06-ab").status == Status::Ready);
  CHECK(has(render(w, "source:tables/talks.tsv").json, "/talks/2020-01-02-tide"));
  CHECK(has(render(w, "source:_talks/2020-01-02-tide.md").json, "/talks/2020-01-02-tide"));
}

TEST_CASE("a file of the same path takes the place of a row, whenever it comes") {
  Workspace w;
  put_talks(w, kTalks);
  CHECK(has(render(w, "/list").html, "Tides"));
  w.put("_talks/2020-01-02-tide.md", "---\ntitle: By hand\n---\n");
  CHECK(render(w, "/list").html ==
        "By hand /talks/2020-01-02-tide.html _talks/2020-01-02-tide.md;");
  w.remove("_talks/2020-01-02-tide.md");
  CHECK(has(render(w, "/list").html, "Tides /talks/2020-01-02-tide "));
}

TEST_CASE("pages change with the table") {
  for (Str path : {Str("tables/talks.tsv"), Str("_data/talks.tsv")}) {
    Workspace w;
    std::string config =
        "collections: [talks]\nmeridian: {tables: {talks: " + std::string(path) + "}}\n";
    put_site(w, {{"_config.yml", config}, kList, {path, "title\n"}});
    CHECK(render(w, "/list").html.empty());
    w.put(path, "title\nA\n");
    CHECK(has(render(w, "/list").html, "A /talks/a _talks/a.md;"));
    w.put(path, "title\nA\nB\n");
    CHECK(has(render(w, "/list").html, "B /talks/b "));
    w.put(path, "title\nB\n");
    CHECK_FALSE(has(render(w, "/list").html, "A "));
    w.remove(path);
    CHECK(render(w, "/list").html.empty());
  }
}

TEST_CASE("a table that is not here is asked for, with all others") {
  Workspace w;
  w.put("_config.yml", kConfig.second);
  w.put("list.html", kList.second);
  (void)w.options("{\"theme\":\"site\"}");
  Answer first = render(w, "/list");
  CHECK(first.status == Status::Needs);
  for (const char* path : {"\"tables/talks.tsv\"", "\"p.tsv\"", "\"more.csv\""})
    CHECK(has(first.json, path));
}

TEST_CASE("what the generators do not know") {
  // Further columns are keys; those of addresses as the theme calls them.
  Workspace w;
  put_site(w, {kConfig,
               kMore,
               {"p.tsv",
                "title\turl_slug\tcategory\tslides_url\tvenue\n"
                "P\tp\tbooks\thttps://a.example/it's\tB & C\n"},
               {"tables/talks.tsv", "title\n"},
               {"list.html",
                "---\n---\n{% for p in site.publications %}{% if p.title == 'P' %}{{ p.category }} "
                "{{ p.slidesurl }} {{ p.venue }} {{ p.url }}{{ p.content }}{% endif %}"
                "{% endfor %}"}});
  CHECK(render(w, "/list").html ==
        "books https://a.example/it's B &amp; C /publication/p"
        "<p><a href=\"https://a.example/it%27s\">Download slides here</a></p>\n");
  // Without a slug the title is one; a short word is a place, too; quotes in a title are text.
  CHECK(has(talks_of("title\tdate\nOn \"Tides\"\t2020-01-02\n"),
            "On \"Tides\" /talks/2020-01-02-on-tides "));
  // As spreadsheets write them.
  CHECK(has(talks_of("\xEF\xBB\xBFtitle\turl_slug\r\nA\ta\r\n\t\r\n\r\nB\tb\r\n"),
            "A /talks/a _talks/a.md;B /talks/b "));
  CHECK(has(talks_of("title\turl_slug\rA\ta\rB\tb"), "A /talks/a _talks/a.md;B /talks/b "));
}

TEST_CASE("a name never leads out of the collection") {
  std::string talks = talks_of("title\turl_slug\nA\t../../x\nB\t/etc/y\nC\t..\n");
  CHECK(has(talks, "_talks/x.md;"));
  CHECK(has(talks, "_talks/y.md;"));
  CHECK_FALSE(has(talks, "_talks/../"));
}

TEST_CASE("mistakes in tables are reported with their rows") {
  CHECK(found_in(kTalks).empty());
  CHECK(has(found_in("title\turl_slug\n\"two\nlines\"\ta\n\tb\nA\ta\n"),
            "tables/talks.tsv:5 `_talks/a.md` has the same URL, /talks/a"));
  CHECK(has(found_in("title\tdate\n\t2020-01-01\n"),
            "tables/talks.tsv:2 a row needs a `title` or a `url_slug`"));
  CHECK(has(found_in("title\tdate\nA\tsoon\n"), "tables/talks.tsv:2 the date can't be read"));
  CHECK(has(found_in("title\n\"A\n"), "tables/talks.tsv:2 a quoted field is not closed"));
  CHECK(has(found_in("title\nA\xFF\n"), "tables/talks.tsv:2 invalid UTF-8"));
  CHECK(found_in("").empty());

  Workspace w;
  put_site(w, {{"_config.yml",
                "collections: [talks]\nmeridian: {tables: {talks: no.tsv, notes: a.tsv}}\n"},
               kList});
  std::string said = render(w, "/list").json;
  CHECK(has(said, "`meridian.tables` names `no.tsv`, which is not there"));
  CHECK(has(said, "`meridian.tables` names `notes`, which is not a collection"));
}

TEST_CASE("Liquid in a row fails at its line") {
  Workspace w;
  put_talks(w, "title\turl_slug\tdescription\nA\ta\tFine.\nB\tb\t{% nothing %}{{ 1 | none }\n");
  Answer page = render(w, "/talks/b");
  CHECK(has(page.json, "\"line\":3,\"column\":1,\"file\":\"tables/talks.tsv\""));
}

TEST_CASE("the manifest has a table whole, and pages name it") {
  Workspace w;
  std::string talks = kTalks;
  for (int i = 0; i < 3000; i++) talks += "Talk " + std::to_string(i) + "\n";
  put_talks(w, talks);
  Arena arena;
  Diagnostics diagnostics(arena);
  Text manifest;
  REQUIRE(w.manifest(manifest, diagnostics));
  std::string text(manifest.str());
  CHECK(has(text, "Talk 2999\\n"));
  CHECK(has(text, "\"/talks/2020-01-02-tide\":[\"tables/talks.tsv\"]"));
}

TEST_CASE("there are as many rows as a site may have") {
  std::string talks = "title\n";
  for (int i = 0; i < 10001; i++) talks += "T" + std::to_string(i) + "\n";
  CHECK(has(found_in(talks), "tables/talks.tsv:10002 there are more than 10,000 rows"));
}
