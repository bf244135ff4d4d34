// The theme's layout `cv`: its HTML for every kind of data, as tests/sites/cv/ has it, and what an
// author is told of data that it leaves out. MERIDIAN_WRITE_EXPECTED=1 writes the HTML anew, to be
// looked at before it is committed.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "meridian/check.h"
#include "rendered.h"
#include "sized.h"
#include "support.h"

using namespace meridian;

namespace {
using Files = std::vector<std::pair<std::string, std::string>>;

const std::string kFolder = "tests/sites/cv/";
const std::string kPage = "---\nlayout: cv\ntitle: CV\n---\n";

/// The site of an author in the theme's layouts.
struct Site {
  Workspace w;
  Author author{w};
  explicit Site(const Files& files, const std::string& page = kPage) {
    put_site(w, std::vector<std::pair<Str, Str>>{
                    {"_config.yml",
                     "title: Lab\nauthor: {name: Ada}\nurl: https://lab.example\n"
                     "collections: {publications: {output: true}}\n"}});
    w.put("cv.md", page);
    w.put("index.md", "---\nlayout: single\n---\nHome\n");
    for (auto& [path, text] : files) w.put(path, text);
    w.files().complete = true;
    REQUIRE(w.options("{\"theme\":\"meridian\"}"));
  }
  std::string html() { return render(w, "/cv.html").html; }
  std::string findings() {
    Arena arena;
    site::Needs needs;
    Diagnostics found(arena);
    List<OutputFile> outputs = Writer(w).files(arena, needs, found);
    for (const OutputFile& output : outputs)
      if (output.kind == OutputFile::Page) {
        Diagnostics of_page(arena);
        (void)w.site().render_output(output.path, arena, needs, of_page);
        for (const Diagnostic& d : of_page) found.add(d);
      }
    Check(w, outputs).finish(found);
    return support::print_all(found);
  }
};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at++) n++;
  return n;
}
/// What the layout adds to the page, a line for each tag that begins a block.
std::string cv_of(const std::string& html) {
  std::size_t begin = html.find("<section class=\"page__content cv");
  std::size_t end = html.find("<p class=\"archive__item-citation", begin);
  REQUIRE(end != std::string::npos);
  std::string out;
  for (char c : html.substr(begin, end - begin)) {
    out += c;
    for (std::string tag : {"<section", "<h2", "<h3", "<ul", "<li", "<p ", "<time", "<header",
                            "<script", "<div", "<span"})
      if (out.size() > tag.size() && out.compare(out.size() - tag.size(), tag.size(), tag) == 0 &&
          out[out.size() - tag.size() - 1] != '\n')
        out.insert(out.size() - tag.size(), "\n");
  }
  return out + "\n";
}

void compare(const std::string& name, const Files& files, const std::string& page = kPage) {
  INFO(name);
  std::string html = cv_of(Site(files, page).html()), path = kFolder + name + ".html";
  if (std::getenv("MERIDIAN_WRITE_EXPECTED")) std::ofstream(path, std::ios::binary) << html;
  CHECK(html == support::read_file(path));
}

Files data(const std::string& file, const std::string& as) {
  std::string text = support::read_file(kFolder + file);
  REQUIRE_FALSE(text.empty());
  return {{"_data/" + as, text}};
}

std::string findings(const std::string& text, const std::string& file = "_data/cv.json") {
  return Site(Files{{file, text}}).findings();
}

std::string many_entries(int number) {
  std::string json = "{\"basics\":{\"name\":\"Ada\"},\"work\":[";
  for (int i = 0; i < number; i++)
    json += std::string(i ? "," : "") +
            "{\"name\":\"Society\",\"position\":\"Analyst\",\"startDate\":\"2020-05\","
            "\"highlights\":[\"A *note*\",\"C++ <T>\"]}";
  return json + "]}";
}

/// Bytes of work for one page.
std::uint64_t work_of(const Files& files, std::size_t& entries) {
  Site site(files);
  std::uint64_t before = work_done;
  entries = count(site.html(), "<li class=\"cv__entry\"");
  return work_done - before;
}
}  // namespace

TEST_CASE("a CV has the HTML that is expected of its data") {
  compare("json-resume", data("json-resume.json", "cv.json"));
  compare("rendercv", data("rendercv.yml", "cv.yml"));
  compare("al-folio", data("al-folio.yml", "cv.yml"));
  compare("collections",
          Files{{"_publications/one.md", "---\ntitle: One\ndate: 2019-01-01\n---\nText\n"},
                {"_publications/two.md", "---\ntitle: Two\ndate: 2021-01-01\n---\n*\n"}});
  compare("empty", Files{{"_data/cv.json", "{}"}});
  compare("nothing", Files());
  compare("right-to-left", data("json-resume.json", "cv.json"),
          "---\nlayout: cv\ntitle: السيرة\nlang: ar\n---\n");
  compare("hostile", data("hostile.json", "cv.json"));
  compare("broken-shapes", data("broken-shapes.json", "cv.json"));
}

TEST_CASE("nothing of hostile data is a tag, a script or an address that does something") {
  std::string html = cv_of(Site(data("hostile.json", "cv.json")).html());
  for (const char* bad :
       {"<b>Lo", "<img src=x", "<script>", " href=\"javascript", " href=\"JAVASCRIPT",
        " href=\"data:text", " href=\"vbscript", " href=\"&#", "onerror=\"alert(1))", "<style"}) {
    INFO(bad);
    CHECK_FALSE(has(html, bad));
  }
  CHECK(count(html, "<script") == 1);   // the JSON-LD
  CHECK(count(html, "</script") == 1);  // which nothing in it ends
  CHECK(has(html, "\\u003c/script>"));
}

TEST_CASE("the page of a language that is written from right to left says so") {
  std::string html =
      Site(data("json-resume.json", "cv.json"), "---\nlayout: cv\nlang: ar\n---\n").html();
  CHECK(has(html, "<html lang=\"ar\" dir=\"rtl\">"));
  CHECK(has(html, "<li dir=\"ltr\">"));  // a phone number
}

TEST_CASE("work grows with the number of entries, not with its square") {
  for (const char* kind : {"json", "yml"}) {
    auto site_with = [&](int entries) {
      std::string json = many_entries(entries), file = std::string("_data/cv.") + kind;
      if (kind[0] == 'y')  // the same as RenderCV: JSON is YAML
        json = "{\"cv\":{\"name\":\"Ada\",\"sections\":{\"work\":" +
               json.substr(json.find("\"work\":") + 7) + "}}";
      return Files{{file, json}};
    };
    constexpr int kFew = support::sized(1000), kMany = 10 * kFew;
    std::size_t few = 0, many = 0;
    std::uint64_t small = work_of(site_with(kFew), few), large = work_of(site_with(kMany), many);
    INFO(kind << ' ' << small << ' ' << large);
    CHECK(few == std::size_t(kFew));
    CHECK(many == std::size_t(kMany));
    CHECK(large < 12 * small);
    CHECK(large < std::uint64_t(limits.steps.most) * kBytesOfStep / 2);
  }
}

TEST_CASE("broken JSON in _data is reported in JSON's terms, at its place") {
  struct {
    const char *json, *place, *message;
  } cases[] = {
      {"{\n  \"basics\": {\"name\": \"Ada\"},\n  \"work\": [}\n", ":3:12: this is not a JSON value",
       "write a value, or delete what comes before it"},
      {"{\"work\": [{\"name\": \"Soc", ":1:24: a string is not closed",
       "close it with a double quote"},
      {"{\"work\": [1", ":1:12: expected a comma or the closing bracket",
       "put a comma between two entries, and close what is open"},
      {"{\"work\": [\"1\" 2]}", ":1:15: expected a comma", "put a comma between two entries"},
      {"{\"work\" [1]}", ":1:9: expected : after a name", "write \"name\": value"},
      {"{\"a\": {'b': \"x}", ": names and strings", ""},
  };
  for (auto& [json, place, message] : cases) {
    INFO(json);
    std::string found = findings(json);
    CHECK(has(found, "_data/cv.json"));
    if (*message) {
      CHECK(has(found, std::string("_data/cv.json") + place));
      CHECK(has(found, message));
    }
    CHECK_FALSE(has(found, "the whole value in quotes"));
    CHECK_FALSE(has(found, "''"));
  }
}

TEST_CASE("JSON that only YAML can't read counts") {
  Site site(Files{{"_data/cv.json", R"({"basics": {"name": "Ada \ud83d\ude00"}})"}});
  CHECK(has(site.html(), "Ada \xF0\x9F\x98\x80</p>"));
  CHECK(site.findings() == "");
}

TEST_CASE("what a CV leaves out is reported with its place and a remedy") {
  struct {
    const char *file, *text, *found;
  } cases[] = {
      {"cv.json", R"({"basics": "x"})",
       ":1:12: `basics` is not a set of keys, so that the page has no name and no contact"},
      {"cv.json", R"({"work": 5})", ":1:10: `work` is a number, where a CV has a list"},
      {"cv.json", R"({"work": {"name": "x"}})", ":1:10: `work` is keys with values"},
      {"cv.json", R"({"work": [3]})", ":1:11: an entry of `work` is a number"},
      {"cv.json", R"({"work": [null]})", ":1:11: an entry of `work` is empty"},
      {"cv.json", R"({"work": [{"name": ["a"]}]})",
       ":1:20: `name` is a list, where a CV has a text"},
      {"cv.json", R"({"work": [{"titel": "a"}]})", "did you mean `title`?"},
      {"cv.json", R"({"work": [{"x": "a"}]})", "give it a `name`, `title` or `position`"},
      {"cv.json", R"({"work": [{"name": "a", "startDate": "2020-13"}]})",
       ":1:38: `startDate` is not a date"},
      {"cv.json", R"({"work": [{"name": "a", "endDate": "soon"}]})",
       "write it as 2020, 2020-05 or 2020-05-31"},
      {"cv.json", R"({"awards": [{"title": "a", "date": {"year": 1}}]})",
       ":1:36: `date` is not a date"},
      {"cv.json", R"({"eduction": []})", "did you mean `education`?"},
      {"cv.json", R"({"basics": {"profiles": ["x"]}})",
       ":1:26: a profile without `network` and `url` is not shown"},
      {"cv.json", "5", "this is not the data of a CV"},
      {"cv.json", "<html>", "this is not the data of a CV"},
      {"cv.yml", "cv:\n  name: A\n  sections:\n    work: 5\n",
       "_data/cv.yml:4:11: `work` is a number"},
      {"cv.yml", "cv:\n  name: A\n  sections: [a]\n", "_data/cv.yml:3:13: `sections` is a list"},
      {"cv.yml", "cv:\n  sections:\n    a:\n      - name: B\n        start_date: soon\n",
       "_data/cv.yml:5:21: `start_date` is not a date"},
      {"cv.yml", "- title: A\n  contents: [x]\n- title: B\n  contents: 7\n",
       "_data/cv.yml:4:13: `contents` is a number"},
      {"resume.json", R"({"work": 5})", "_data/resume.json:1:10: `work` is a number"},
  };
  for (auto& [file, text, found] : cases) {
    INFO(text);
    std::string all = findings(text, std::string("_data/") + file);
    INFO(all);
    CHECK(has(all, found));
    CHECK(count(all, "_data/") == 1);
  }
}

TEST_CASE("data that is right is not reported") {
  for (const char* name : {"json-resume.json", "rendercv.yml", "al-folio.yml"}) {
    std::string file = name, extension = file.substr(file.find('.'));
    CHECK(Site(data(file, "cv" + extension)).findings() == "");
  }
  CHECK(findings("{}") == "");
  CHECK(findings("") == "");
  CHECK(findings(R"({"work": "on request", "education": null, "skills": [],
    "awards": [{"title": 5, "date": 2020}], "meta": {"a": 1}, "volunteer":
    [{"position": "x", "startDate": "2020-05-01", "endDate": "present"}]})") == "");
}

TEST_CASE("of many mistakes the first ones are reported, in linear time") {
  std::string json = "{\"work\": [";
  for (int i = 0; i < 20000; i++) json += "3, ";
  std::uint64_t before = work_done;
  std::string found = findings(json + "4]}");
  CHECK(count(found, "_data/cv.json") == 20);
  CHECK(work_done - before < 100'000'000);
}

TEST_CASE("a layout of the site's own with that name is not checked") {
  Files files{{"_data/cv.json", R"({"work": 5})"}, {"_layouts/cv.html", "{{ content }}"}};
  CHECK(Site(files).findings() == "");
}
