// Answers of the room scholar: files, queries, options, order. What tags write is compared with
// jekyll-scholar by tests/sites/scholar.
#include "meridian/scholar.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support.h"

using namespace meridian;

namespace {
const std::string kFile =
    "@article{a, author = {Roe, Ann}, title = {Ruby on rails}, year = 2001, tags = {x, y}}\n"
    "@book{b, author = {Doe, Bo}, title = {Trains}, year = 1999}\n"
    "@misc{c, title = {C}, date = {2010-03-04}}\n";

struct Asked {
  scholar::Engine engine;
  std::string operator()(const std::string& markup, const std::string& site = "{}",
                         const std::string& tag = "bibliography", const std::string& file = kFile) {
    Text request, json;
    scholar::add(request, "tag", tag);
    scholar::add(request, "markup", markup);
    scholar::add(request, "written", markup);
    scholar::add(request, "site", site);
    scholar::add(request, "file:_bibliography/references.bib", file);
    engine.answer(request.str(), json);
    return std::string(json.str());
  }
  /// The keys of the references, in their order.
  std::string keys(const std::string& markup, const std::string& site = "{}") {
    std::string json = (*this)(markup, site), found;
    for (std::size_t at = 0; (at = json.find("id=\\\"", at)) != std::string::npos;) {
      at += 5;
      found += json.substr(at, json.find('\\', at) - at) + " ";
    }
    return found;
  }
};
}  // namespace

TEST_CASE("files that a tag needs are asked for by their paths from the site's root") {
  scholar::Engine engine;
  auto files = [&](const char* markup, const char* settings) {
    Text request, json;
    scholar::add(request, "tag", "bibliography");
    scholar::add(request, "markup", markup);
    scholar::add(request, "site", settings);
    engine.answer(request.str(), json);
    return std::string(json.str());
  };
  CHECK(files("", "{}") == R"({"files":["_bibliography/references.bib"]})");
  CHECK(files("", R"({"source":"/refs/","bibliography":"x"})") == R"({"files":["refs/x.bib"]})");
  CHECK(files("-f a --file sub/b.bibtex", "{}") ==
        R"({"files":["_bibliography/a.bib","_bibliography/sub/b.bibtex"]})");
}

TEST_CASE("a file that is not there is an error that names it") {
  Text request, json;
  scholar::add(request, "tag", "bibliography");
  scholar::add(request, "complete", "true");
  scholar::Engine().answer(request.str(), json);
  CHECK(std::string(json.str()).find("there is no such bibliography") != std::string::npos);
}

TEST_CASE("queries choose entries") {
  Asked asked;
  const char* const cases[][2] = {
      {"@*", "a b c "},
      {"@book", "b "},
      {"!@book", "a c "},
      {"@book, @misc", "b c "},
      {"@*[year>2000]", "a c "},
      {"@*[year<=1999]", "b "},
      {"@*[year=2010]", "c "},
      {"@*[author]", "a b "},
      {"@*[author=Doe, Bo]", ""},  // a comma is an `and`
      {"@*[title ~= ^R.by|[Tt]rai+ns$]", "a b "},
      {"@*[title ^= on]", ""},
      {"@*[title !~ rails && year != 1999 || key = b]", "b c "},
      {"@*[type = x]", ""},
      {"b", "b "},
      {"@*[", "a b c "},
      {"@", ""},
      {"@*[title ~= (((a*)*)*)*$]", "a b c "},
      {"@*[title ~= (]", "a b c "},
      {"@*[title ~= \\bon\\b]", "a "},
  };
  for (auto [query, keys] : cases) {
    INFO(query);
    CHECK(asked.keys(std::string("-q ") + query) == keys);
  }
}

TEST_CASE("a pattern that tries every way through a text gives up") {
  Asked asked;
  std::string file = "@misc{a, title = {" + std::string(5000, 'a') + "}}";
  (void)asked("-q @*[title ~= (a|aa)+(a|aa)+(a|aa)+b]", "{}", "bibliography", file);
  (void)asked("-q @*[title ~= a*a*a*a*a*a*b]", "{}", "bibliography", file);
  (void)asked("-q @*[title ~= " + std::string(10000, '(') + "]", "{}", "bibliography", file);
}

TEST_CASE("options may stand against each other and need no order") {
  Asked asked;
  CHECK(asked.keys("-m1 -o1") == "b ");
  CHECK(asked.keys("--max 1 --offset 2") == "c ");
  CHECK(asked.keys("--max 0") == "a b c ");  // as a range that ends at -1
  CHECK(asked.keys("--offset 9") == "");
  CHECK(asked.keys("-p pre -m 1") == "pre-a ");
  CHECK(asked.keys("-m nothing") == "a b c ");
  CHECK(asked.keys("-z --unknown x") == "a b c ");
}

TEST_CASE("entries are sorted, also by several keys, and what lacks a key comes first") {
  Asked asked;
  auto sorted = [&](const char* by, const char* order) {
    return asked.keys("", std::string(R"({"sort_by":)") + by + R"(,"order":)" + order + "}");
  };
  CHECK(sorted(R"("year")", R"("ascending")") == "c b a ");
  CHECK(sorted(R"("year")", R"("descending")") == "a b c ");
  CHECK(sorted(R"(["author","year"])", R"(["descending","ascending"])") == "a b c ");
  CHECK(sorted(R"("name")", R"("reverse")") == "a b c ");
}

TEST_CASE("settings of a page stand before those of the site, and texts are escaped in JSON") {
  Asked asked;
  CHECK(asked(R"(-T {{ "x" }}\)").find(R"("template":"{{ \"x\" }}\\")") != std::string::npos);
  std::string json = asked("b nope", "{}", "cite");
  CHECK(json.find("(missing reference)") != std::string::npos);
  CHECK(json.find("there is no entry `nope` to cite") != std::string::npos);
  CHECK(asked("a", "{}", "cite").find(R"("cited":["a"])") != std::string::npos);
}

TEST_CASE("requests that are cut anywhere are answered") {
  Text request;
  scholar::add(request, "tag", "bibliography");
  scholar::add(request, "site", R"({"a":{"b":[1,"x",{"c":null}]},"sort_by":"year"})");
  scholar::add(request, "page", R"({"x":"\u00e9\n"})");
  scholar::add(request, "file:_bibliography/references.bib", kFile);
  scholar::Engine engine;
  for (std::size_t size = 0; size <= request.size(); size++) {
    Text json;
    engine.answer(slice(request.str(), 0, size), json);
    CHECK(json.str()[0] == '{');
  }
}
