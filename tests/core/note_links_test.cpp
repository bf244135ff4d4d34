// Which notes link to which: lists with sentences, pages of tags, pictures; and the pages of a site
// that is written with them.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "markdown/commonmark.h"
#include "markdown/commonmark_module.h"
#include "meridian/notes.h"
#include "meridian/writer.h"
#include "site_fixture.h"
#include "sized.h"

using namespace meridian;

namespace {
constexpr const char* kWords = "From|Graph|All";

struct Given {
  std::string url, html, tags;
};

/// A site of notes whose titles are their addresses without slashes.
struct Notes {
  notes::Links links;
  explicit Notes(std::initializer_list<Given> given, Str baseurl = {}) {
    links.open(baseurl);
    for (const Given& note : given) {
      const std::string title = note.url.substr(1, note.url.size() - 2);
      REQUIRE(links.add({note.url, title, note.tags, note.html}));
    }
    links.finish();
  }
  std::string at(Str url) const {
    Text html;
    (void)links.write(url, kWords, html);
    return std::string(html.str());
  }
  /// The lists alone.
  std::string lists(Str url) const {
    std::string html = at(url);
    return html.substr(0, html.find("<h2>Graph"));
  }
};

std::string link(const std::string& to, const std::string& text) {
  return "<a href=\"" + to + "\" class=\"note-link\">" + text + "</a>";
}

/// What stands below /To/ when /A/ has this HTML.
std::string below(const std::string& html) {
  const Notes notes{{"/To/", "", ""}, {"/A/", html, ""}};
  std::string list = notes.lists("/To/");
  const std::string begin =
      "<h2>From</h2>\n<ul class=\"backlinks\">\n<li dir=\"auto\"><a href=\"/A/\">A</a>";
  const std::string end = "</li>\n</ul>\n";
  if (list.empty()) return "nothing";
  REQUIRE(list.compare(0, begin.size(), begin) == 0);
  return list.substr(begin.size(), list.size() - begin.size() - end.size());
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t number = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at++) number++;
  return number;
}

/// A folder of notes, written.
struct Written : Fixture {
  Writer writer{w};
  Arena arena;
  List<OutputFile> files;
  Written(std::initializer_list<std::pair<Str, Str>> given) : Fixture(given) {
    markdown::set_commonmark(markdown::commonmark_parse);
    REQUIRE(w.options("{\"theme\":\"meridian\"}"));
    site::Needs needs;
    Diagnostics diagnostics(arena);
    REQUIRE(writer.read_notes(arena, needs));
    files = writer.files(arena, needs, diagnostics);
  }
  std::string page(Str path) {
    site::Needs needs;
    Diagnostics diagnostics(arena);
    site::Page page = writer.page(path, arena, needs, diagnostics);
    CHECK(page.status == site::Status::Ready);
    return std::string(page.html);
  }
  bool writes(Str path) const {
    for (const OutputFile& file : files)
      if (file.path == path) return true;
    return false;
  }
};
}  // namespace

TEST_CASE("a note lists those that link to it, with the sentence around the link") {
  CHECK(below("<p>One. Here is " + link("/To/", "the <em>other</em>") + " one, see? Three.</p>") ==
        "<p dir=\"auto\">Here is <mark>the other</mark> one, see?</p>");
  CHECK(below("<p>" + link("/To/#part", "x") + " &amp; y</p>") ==
        "<p dir=\"auto\"><mark>x</mark> &amp; y</p>");
  CHECK(below("<p>文。这是" + link("/To/", "链接") + "的句子。后面</p>") ==
        "<p dir=\"auto\">这是<mark>链接</mark>的句子。</p>");
}

TEST_CASE("a link that is all of its block has no sentence") {
  CHECK(below("<ul>\n<li>" + link("/To/", "x") + "</li>\n<li>other</li>\n</ul>") == "");
  CHECK(below("<table><tr><td>" + link("/To/", "x") + "</td><td>y</td></tr></table>") == "");
}

TEST_CASE("long sentences are cut between words, and between characters") {
  std::string words;
  for (int i = 0; i < 100; i++) words += "word ";
  const std::string cut = below("<p>" + words + link("/To/", "x") + " " + words + "</p>");
  INFO(cut);
  CHECK(cut.size() < 2 * notes::kAround + 60);
  CHECK(cut.compare(0, 23, "<p dir=\"auto\">…word w") == 0);
  CHECK(cut.find("<mark>x</mark> word") != std::string::npos);
  std::string signs;
  for (int i = 0; i < 100; i++) signs += "字";
  CHECK(find_invalid_utf8(below("<p>" + signs + link("/To/", "x") + signs + "</p>")) == Str::npos);
  CHECK(find_invalid_utf8(below("<p>" + link("/To/", signs + signs) + signs + "</p>")) ==
        Str::npos);
}

TEST_CASE("each note is listed once, with its first link, and none links to itself") {
  CHECK(below("<p>First " + link("/To/", "1") + ".</p><p>Then " + link("/To/", "2") + ".</p>") ==
        "<p dir=\"auto\">First <mark>1</mark>.</p>");
  const Notes notes{{"/A/", "<p>see " + link("/A/", "me") + "</p>", ""}};
  CHECK(notes.at("/A/").empty());
}

TEST_CASE("what an embedded note links to is its own, and embedding is a link") {
  const Notes notes{{"/To/", "", ""},
                    {"/In/", "", ""},
                    {"/A/",
                     "<div class=\"embed\">\n<p class=\"embed-title\"><a href=\"/To/\">To</a></p>\n"
                     "<div><p>text " +
                         link("/In/", "in") + "</p></div>\n</div>\n<p>end</p>",
                     ""}};
  CHECK(notes.lists("/To/").find("<li dir=\"auto\"><a href=\"/A/\">A</a></li>") !=
        std::string::npos);
  CHECK(notes.at("/In/").empty());
}

TEST_CASE("code, comments and links to elsewhere are no links between notes") {
  CHECK(below("<pre><code>" + link("/To/", "x") + "</code></pre>") == "nothing");
  CHECK(below("<!-- " + link("/To/", "x") + " --><p>y</p>") == "nothing");
  CHECK(below("<p><a href=\"https://host.example/To/\">x</a> " + link("//To/", "y") + "</p>") ==
        "nothing");
  CHECK(below("<script>\"" + link("/To/", "x") + "\"</script>") == "nothing");
}

TEST_CASE("addresses are compared without their encoding, and with the baseurl") {
  const Notes notes{{{"/Zwei%20W%C3%B6rter/", "", ""},
                     {"/A/", "<p>see " + link("/base/Zwei W%c3%b6rter/?q#x", "x") + "</p>", ""}},
                    "/base"};
  const std::string list = notes.at("/Zwei%20W%C3%B6rter/");
  CHECK(list.find("<a href=\"/base/A/\">A</a><p dir=\"auto\">see <mark>x</mark></p>") !=
        std::string::npos);
  CHECK(notes.at("/A/").find("href=\"/base/Zwei%20W%C3%B6rter/\"") != std::string::npos);
}

TEST_CASE("titles and sentences are text, whatever stands in them") {
  notes::Links links;
  links.open("");
  REQUIRE(links.add({"/To/", "To", "", ""}));
  REQUIRE(links.add({"/A/", "&lt;b&gt; \"x\"", "",
                     "<p>&lt;img onerror=x&gt; " + link("/To/", "&lt;script&gt;") + "</p>"}));
  links.finish();
  Text html;
  REQUIRE(links.write("/To/", "<i>|<i>|<i>", html));
  const std::string text(html.str());
  for (const char* raw : {"<b>", "<img", "<script", "<i>"})
    CHECK(text.find(raw) == std::string::npos);
  CHECK(text.find("<mark>&lt;script&gt;</mark>") != std::string::npos);
}

TEST_CASE("tags have pages, and those above them count their notes") {
  const std::string tagged = "<p><a href=\"/tags/Sky/near/\" class=\"tag\">#Sky/near</a></p>";
  const Notes notes{
      {"/A/", tagged, ""}, {"/B/", "", "sky, #Other"}, {"/C/", "", "sky/near\nsky/far"}};
  CHECK(notes.at("/tags/") ==
        "<ul class=\"tags\">\n<li><a dir=\"auto\" href=\"/tags/other/\">#other</a> "
        "<span>1</span></li>\n"
        "<li><a dir=\"auto\" href=\"/tags/sky/\">#sky</a> <span>3</span></li>\n"
        "<li><a dir=\"auto\" href=\"/tags/sky/far/\">#sky/far</a> <span>1</span></li>\n"
        "<li><a dir=\"auto\" href=\"/tags/sky/near/\">#sky/near</a> <span>2</span></li>\n</ul>\n");
  CHECK(notes.at("/tags/sky/") ==
        "<ul class=\"tags\">\n<li><a dir=\"auto\" href=\"/tags/sky/far/\">#sky/far</a> "
        "<span>1</span></li>\n"
        "<li><a dir=\"auto\" href=\"/tags/sky/near/\">#sky/near</a> <span>2</span></li>\n</ul>\n"
        "<ul class=\"note-list\">\n<li><a dir=\"auto\" href=\"/B/\">B</a></li>\n</ul>\n");
  CHECK(notes.at("/tags/SKY/near") ==
        "<ul class=\"note-list\">\n<li><a dir=\"auto\" href=\"/A/\">A</a></li>\n<li><a "
        "dir=\"auto\" href=\"/C/\">C</a></li>\n</ul>\n");
  std::string pages;
  for (Str url : notes.links.pages()) {
    pages += std::string(url) + " ";
    CHECK(notes.links.has_page(url));
  }
  CHECK(pages == "/tags/ /tags/other/ /tags/sky/ /tags/sky/far/ /tags/sky/near/ /graph/ ");
  for (const char* url : {"/A/", "/tags/none/", "/tags", "/", ""})
    CHECK(!notes.links.has_page(url));
}

TEST_CASE("words that are no tags make no pages") {
  Arena arena;
  for (const char* word : {"", "#", "/", "..", "a/../b", ".", "##"})
    CHECK(notes::url_of_tag(word, arena).empty());
  CHECK(notes::url_of_tag("Größe/#a b", arena) == "/tags/gr%C3%B6%C3%9Fe/a%20b/");
  const std::string deep(10'000, '/');
  CHECK(notes::url_of_tag("a" + deep + "b", arena) == "/tags/a/b/");
  std::string long_tag;
  for (int i = 0; i < 10'000; i++) long_tag += "a/";
  CHECK(notes::url_of_tag(long_tag, arena).size() <= notes::kMaxTag + 1);
}

TEST_CASE("the picture of a note has its neighbours, as links that the keyboard passes over") {
  const Notes notes{{"/To/", "", ""},
                    {"/A/", "<p>" + link("/To/", "x") + link("/B/", "b") + "</p>", ""},
                    {"/B/", "<p>" + link("/To/", "x") + "</p>", ""},
                    {"/Far/", "<p>" + link("/A/", "a") + "</p>", ""}};
  const std::string html = notes.at("/To/");
  const std::string svg = html.substr(html.find("<svg"));
  INFO(svg);
  CHECK(svg.find("aria-hidden=\"true\"") != std::string::npos);
  CHECK(count(svg, "<circle") == 3);
  CHECK(count(svg, "tabindex=\"-1\"") == 3);
  CHECK(count(svg.substr(0, svg.find("/>")), "M") == 3);
  CHECK(svg.find("class=\"here\"><title>To</title>") != std::string::npos);
  CHECK(svg.find("/Far/") == std::string::npos);
  CHECK(html.find("<p><a href=\"/graph/\">All</a></p>") != std::string::npos);
  CHECK(html == notes.at("/To/"));
}

TEST_CASE("nodes lie within the picture, and apart from each other") {
  std::initializer_list<Given> given = {
      {"/a/", link("/b/", "") + link("/c/", "") + link("/d/", "") + link("/e/", ""), ""},
      {"/b/", link("/c/", ""), ""},
      {"/c/", link("/d/", ""), ""},
      {"/d/", link("/e/", ""), ""},
      {"/e/", link("/f/", ""), ""},
      {"/f/", "", ""},
      {"/g/", link("/h/", ""), ""},
      {"/h/", "", ""}};
  const Notes notes{given};
  const std::string svg = notes.at("/graph/");
  std::vector<std::pair<int, int>> places;
  for (std::size_t at = 0; (at = svg.find("<circle cx=\"", at)) != std::string::npos; at++) {
    const int x = std::stoi(svg.substr(at + 12)),
              y = std::stoi(svg.substr(svg.find("cy=\"", at) + 4));
    CHECK((x >= 0 && x <= 720 && y >= 0 && y <= 600));
    for (auto [other_x, other_y] : places)
      CHECK((other_x - x) * (other_x - x) + (other_y - y) * (other_y - y) > 400);
    places.emplace_back(x, y);
  }
  CHECK(places.size() == 8);
  CHECK(count(svg, "<li>") == 8);
}

TEST_CASE("notes without a link to the others stay near them in the picture") {
  notes::Links links;
  links.open("");
  auto add = [&](const std::string& url, const std::string& to) {
    REQUIRE(links.add({url, url, "", link(to, "x")}));
  };
  for (int i = 0; i < 200; i++)
    add("/n" + std::to_string(i) + "/", "/n" + std::to_string(i / 3) + "/");
  add("/x/", "/y/");
  add("/y/", "/x/");
  links.finish();
  Text html;
  REQUIRE(links.write("/graph/", kWords, html));
  const std::string svg(html.str());
  int least = 720, most = 0;
  for (std::size_t at = 0; (at = svg.find("<title>/n", at)) != std::string::npos; at++) {
    const int x = std::stoi(svg.substr(svg.find("cx=\"", at) + 4));
    least = x < least ? x : least;
    most = x > most ? x : most;
  }
  CHECK(most - least > 480);
}

TEST_CASE("ten thousand notes that all link to one and to the next take linear time") {
  notes::Links links;
  links.open("");
  constexpr int kNotes = support::sized(10'000);
  for (int i = 0; i < kNotes; i++) {
    const std::string url = "/n" + std::to_string(i) + "/";
    std::string html = "<p>A sentence with " + link("/n0/", "the hub") + " in it.</p>";
    for (int k = 1; k <= 10; k++)
      html += "<p>Another with " + link("/n" + std::to_string((i + k) % kNotes) + "/", "n") +
              " in it.</p>";
    REQUIRE(links.add({url, url, "a/b", html}));
  }
  links.finish();
  Text html;
  for (int i = 0; i < kNotes; i++) {
    html.truncate(0);
    REQUIRE(links.write("/n" + std::to_string(i) + "/", kWords, html));
    REQUIRE(html.size() < 100'000);
  }
  html.truncate(0);
  REQUIRE(links.write("/n0/", kWords, html));
  CHECK(count(std::string(html.str()), "<mark>") == notes::kMaxListed);
  const std::string more = "<p>+ " + std::to_string(kNotes - 1 - notes::kMaxListed) + "</p>";
  CHECK(std::string(html.str()).find(more) != std::string::npos);
}

TEST_CASE("hostile HTML takes linear time and makes no links that are none") {
  const char* pieces[] = {"<a href=\"/To/\">",
                          "<div class=\"embed\">",
                          "<!--",
                          "<pre>",
                          "</a>",
                          "<a href='/To/",
                          "&#x110000;",
                          "<p>"};
  for (const char* piece : pieces) {
    std::string html;
    for (int i = 0; i < support::sized(100'000); i++) html += piece;
    const Notes notes{{"/To/", "", ""}, {"/A/", html, ""}};
    CHECK(notes.at("/To/").size() < 10'000);
  }
}

TEST_CASE("a written folder of notes has the links below each note, and pages of tags") {
  Written site{{"README.md", "---\ntags: [Home]\n---\n# Home\n\nSee [[One]] for #More/news.\n"},
               {"One.md", "# One\n\nText.\n"}};
  const std::string one = site.page("One/index.html");
  INFO(one);
  CHECK(one.find("<link rel=\"stylesheet\" href=\"/meridian/notes.css\">") != std::string::npos);
  CHECK(one.find("<li dir=\"auto\"><a href=\"/\">Home</a><p dir=\"auto\">See <mark>One</mark> for "
                 "#More/news.</p>") != std::string::npos);
  CHECK(one.find("<aside class=\"note-links\" data-words=") != std::string::npos);
  const std::string home = site.page("index.html");
  CHECK(home.find("<a class=\"tag\" href=\"/tags/home/\">#Home</a>") != std::string::npos);
  CHECK(home.find("<a href=\"/tags/more/news/\" class=\"tag\">#More/news</a>") !=
        std::string::npos);
  for (const char* path : {"tags/index.html", "tags/home/index.html", "tags/more/index.html",
                           "tags/more/news/index.html", "graph/index.html"})
    CHECK(site.writes(path));
  CHECK(site.page("tags/more/news/index.html").find("<h1><bdi>#more/news</bdi></h1>") !=
        std::string::npos);
  CHECK(
      site.page("tags/more/news/index.html").find("<li><a dir=\"auto\" href=\"/\">Home</a></li>") !=
      std::string::npos);
  CHECK(site.page("graph/index.html").find("<svg class=\"note-graph\"") != std::string::npos);
}

TEST_CASE("a folder without links by name or tags is written as it was") {
  Written site{{"README.md", "# Home\n\n[One](One.md)\n"}, {"One.md", "# One\n"}};
  CHECK(site.page("One/index.html").find("backlinks") == std::string::npos);
  CHECK(site.page("One/index.html").find("notes.css") == std::string::npos);
  CHECK_FALSE(site.writes("graph/index.html"));
}

TEST_CASE("a note with a permalink has its links, whatever its file is called") {
  Written site{{"README.md", "See [[One]].\n"}, {"One.md", "---\npermalink: first\n---\nText\n"}};
  CHECK(site.page("first.html").find("<p dir=\"auto\">See <mark>One</mark>.</p>") !=
        std::string::npos);
}

TEST_CASE("a page of the site's own has the place of a tag's") {
  Written site{{"README.md", "#a and #b\n"}, {"tags/a.md", "# Own\n"}};
  CHECK(site.page("tags/a/index.html").find("Own</h1>") != std::string::npos);
  CHECK(site.writes("tags/b/index.html"));
}

TEST_CASE("a first page that is no note has the tags with the most notes, and a picture") {
  std::string html = "<p>";
  notes::Links links;
  links.open("");
  for (int i = 0; i < 40; i++) {
    std::string tag = "t" + std::to_string(i), url = "/n" + std::to_string(i) + "/";
    REQUIRE(links.add(
        {url, url, i % 2 ? tag + " often" : tag, "<a class=\"note-link\" href=\"/n0/\">0</a>"}));
  }
  links.finish();
  Text home;
  REQUIRE(links.write("/", "Tags|Graph|All notes", home));
  const std::string page(home.str());
  INFO(page);
  CHECK(page.find("<h2>Tags</h2>\n<ul class=\"tags\">\n<li><a dir=\"auto\" href=\"/tags/often/\">"
                  "#often</a> <span>20</span>") == 0);
  CHECK(page.find("<p><a href=\"/tags/\">Tags (41)</a></p>") != std::string::npos);
  CHECK(page.find("<svg class=\"note-graph\"") != std::string::npos);
  CHECK(page.find("<p><a href=\"/graph/\">All notes</a></p>") != std::string::npos);
  // A note at this address has what belongs below it.
  links.open("");
  REQUIRE(links.add({"/", "Home", "a", "<a class=\"note-link\" href=\"/b/\">b</a>"}));
  REQUIRE(links.add({"/b/", "B", "", ""}));
  links.finish();
  home.truncate(0);
  REQUIRE(links.write("/", "Linked|Graph|All notes", home));
  CHECK(home.str().find("tags") == Str::npos);
}

TEST_CASE("notes that link to one, and those of a tag, are in the order of their names") {
  notes::Links links;
  links.open("");
  for (const char* name : {"Note 10", "note 2", "Note 1", "Hub"})
    REQUIRE(links.add({name, name, "t", "<a class=\"note-link\" href=\"/Hub/\">x</a>"}));
  REQUIRE(links.add({"/Hub/", "Hub itself", "", ""}));
  links.finish();
  for (const char* url : {"/Hub/", "/tags/t/"}) {
    Text html;
    REQUIRE(links.write(url, "Linked|Graph|All", html));
    const std::string page(html.str());
    INFO(page);
    CHECK(page.find("Hub</a>") < page.find("Note 1</a>"));
    CHECK(page.find("Note 1</a>") < page.find("note 2</a>"));
    CHECK(page.find("note 2</a>") < page.find("Note 10</a>"));
  }
}
