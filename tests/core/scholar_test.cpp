// Answers of the room scholar: files, queries, options, order. What tags write is compared with
// jekyll-scholar by tests/sites/scholar.
#include "meridian/scholar.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "sized.h"
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
  CHECK(std::string(json.str()).find("there is no bibliography `") != std::string::npos);
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
  std::string file = "@misc{a, title = {" + std::string(support::sized(5000), 'a') + "}}";
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

TEST_CASE("works of a publications page have the names of academicpages' documents, as HTML") {
  Asked asked;
  auto works = [&](const std::string& file, const std::string& own = "Ann B. Roe") {
    return asked("--file _bibliography/references.bib --publications " + own, "{}", "bibliography",
                 file);
  };
  auto has = [&](const std::string& file, const std::string& part) {
    std::string json = works(file);
    INFO(json);
    CHECK(json.find(part) != std::string::npos);
  };
  has("@article{k, title = {A {B} \\& <c> \\emph{d}}}",
      R"("title":"A B &amp; &lt;c&gt; <i>d</i>")");
  has("@misc{k, title = {A \\&amp; B &amp; \\enquote{C} \\url{d_e}}}",
      R"("title":"A &amp; B &amp; “C” d_e")");
  has("@misc{k, author = {Roe, A. and Bo Doe and others}}",
      R"("authors":["<b>A. Roe</b>","Bo Doe"],"others":"et al.")");
  has("@misc{k, author = {Roe, Bob and Row, A. and {Roe}}}",
      R"("authors":["Bob Roe","A. Row","Roe"])");
  has("@misc{k, author = {Roe, Anna}}", R"("authors":["<b>Anna Roe</b>"])");
  has("@article{k, journal = {J}, volume = 3, number = 4, pages = {5 - 6}}",
      "\"venue\":\"J\",\"where\":\" 3 (4), 5 – 6\"");
  has("@book{k, publisher = {P}, note = {N}}", R"("venue":"","where":"P. N")");
  has("@misc{k, eprint = {1906.1}, archivePrefix = {arXiv}}", R"("category":"preprint")");
  has("@article{k, journal = {arXiv preprint arXiv:1906.2 [cs]}}", R"("arxiv":"1906.2")");
  has("@misc{k, url = {https://doi.org/10.1/x\\_y}}", R"("doi":"10.1/x_y")");
  has("@misc{k, doi = {doi:10.1/X}}", R"("doi":"10.1/X")");
  has("@misc{k, pdf = {https://a.org/~b/c\\_d.pdf}}", R"("paperurl":"https://a.org/~b/c_d.pdf")");
  has("@misc{k, keywords = {a b; c}}", R"("tags":["a b","c"])");
  has("@misc{k, title = {x < y}}", "title = {x &lt; y}");
  has("@inbook{k, crossref = {p}} @book{p, title = {T}}", "@book{p,\\n  title = {T}\\n}");
  CHECK(works("@misc{k, url = {javascript:alert(1)}, pdf = {JavaScript:x}, code = {a b}}")
            .find("url\":") == std::string::npos);
}

TEST_CASE("TeX of a publications page becomes HTML, and mathematics stays mathematics") {
  Asked asked;
  auto title = [&](const std::string& tex) {
    std::string json = asked("--file _bibliography/references.bib --publications -", "{}",
                             "bibliography", "@misc{k, title = {" + tex + "}}");
    std::size_t begin = json.find("\"title\":\"") + 9;
    return json.substr(begin, json.find("\",\"authors", begin) - begin);
  };
  const std::pair<const char*, const char*> kTexts[] = {
      // Simple mathematics
      {"H$_2$O and CO$_{2}$", "H<sub>2</sub>O and CO<sub>2</sub>"},
      {"$x^9$ or \\(x_i^2\\)", "<i>x</i><sup>9</sup> or <i>x</i><sub><i>i</i></sub><sup>2</sup>"},
      {"$^{3}$He at $10^{-3}$\\,K", "<sup>3</sup>He at 10<sup>−3</sup>\u202fK"},
      {"$\\Lambda$CDM, $\\alpha$", "ΛCDM, α"},
      {"$\\mathrm{H}_0$ {$5\\times 3$}", "H<sub>0</sub> 5×3"},
      {"$$w$$ \\[z\\] \\ensuremath{\\pi}", "<i>w</i> <i>z</i> π"},
      {"$a<b$ & $c$", "<i>a</i>&lt;<i>b</i> &amp; <i>c</i>"},
      {"$O(n \\log n)$", "<i>O</i>(<i>n</i> log\u202f<i>n</i>)"},
      {"$\\mathbf{v}'$", "<b>v</b>′"},
      // The rest is TeX for the page's script.
      {"$\\sqrt{s}$ = 13", "\\\\(\\\\sqrt{s}\\\\) = 13"},
      {"$\\frac{a}{b} < \\bar p$", "\\\\(\\\\frac{a}{b} &lt; \\\\bar p\\\\)"},
      {"$x^$ $\\unknown$", "\\\\(x^\\\\) \\\\(\\\\unknown\\\\)"},
      // No mathematics
      {"costs $5", "costs $5"},
      {"\\$5 and \\$6", "$5 and $6"},
      {"50\\% \\& \\#1 a\\_b", "50% &amp; #1 a_b"},
      // Markup
      {"\\emph{e} \\textbf{b \\textit{i}}", "<i>e</i> <b>b <i>i</i></b>"},
      {"{\\em e} {\\bfseries b} {\\tt t}", "<i>e</i> <b>b</b> <code>t</code>"},
      {"\\emph{the $x$ thing}", "<i>the <i>x</i> thing</i>"},
      {"10\\textsuperscript{th} \\texttt{a\\_b}", "10<sup>th</sup> <code>a_b</code>"},
      // Commands that are unknown keep what they are applied to.
      {"\\foo{bar} \\mbox{x} \\underline{u} {\\LaTeX} \\bar", "bar x u LaTeX "},
      {"{\\oe}uvre, Erd{\\H o}s, M{\\\"u}ller, \\c{c}, {\\o}", "œuvre, Erdős, Müller, ç, ø"},
      {"a\\\\b re\\-port \\textcopyright{} c", "a b report © c"},
      // Addresses
      {"\\url{http://x.y/~u_v}", "<a href=\\\"http://x.y/~u_v\\\">http://x.y/~u_v</a>"},
      {"\\href{http://x.y/~u}{a {b} $c$} d", "<a href=\\\"http://x.y/~u\\\">a b <i>c</i></a> d"},
      {"\\href{http://x.y}{a \\url{http://z}}", "<a href=\\\"http://x.y\\\">a http://z</a>"},
      {"\\href{javascript:x}{t} \\url{javascript:x}", "t javascript:x"},
      {"\\href{http://x.y/\\\"><b>}{t}",
       "<a href=\\\"http://x.y/\\\\&quot;&gt;&lt;b&gt;\\\">t</a>"},
      {"\\href{http://x.y}{a $b} c$", "<a href=\\\"http://x.y\\\">a \\\\(b} c\\\\)</a>"},
      {"\1$x$\1", "<i>x</i>"},
  };
  for (auto [tex, html] : kTexts) {
    INFO(tex);
    CHECK(title(tex) == html);
  }
}

TEST_CASE("addresses of a publications page keep their tilde") {
  Asked asked;
  for (const char* url : {"http://x.y/~user", "http://x.y/\\~{}user", "http://x.y/\\~user",
                          "http://x.y/$\\sim$user", "http://x.y/{\\textasciitilde}user",
                          "http://x.y/\\textasciitilde user", "\\url{http://x.y/~user}"}) {
    INFO(url);
    std::string json = asked("--file _bibliography/references.bib --publications -", "{}",
                             "bibliography", std::string("@misc{k, url = {") + url + "}}");
    CHECK(json.find(R"("link":"http://x.y/~user")") != std::string::npos);
  }
}

TEST_CASE("works are sorted by year and month, in words first, without a year last") {
  Asked asked;
  std::string json = asked(
      "--file _bibliography/references.bib --publications -", "{}", "bibliography",
      "@misc{a, year=1999} @misc{b} @misc{c, year={in press}} @misc{d, year=2001, month=mar}"
      "@misc{e, year=2001, month=nov} @misc{f, date={2001-07-01}} @misc{g, year=2001, month=nov}");
  std::string keys;
  for (std::size_t at = 0; (at = json.find("\"key\":\"", at)) != std::string::npos;)
    keys += json[at += 7];
  CHECK(keys == "cegfdab");
}

TEST_CASE("files of a publications page lie below the root, and a missing one is named") {
  scholar::Engine engine;
  Text request, json;
  scholar::add(request, "tag", "bibliography");
  scholar::add(request, "markup", "--publications A --file /files/a.bib --file b");
  scholar::add(request, "site", R"({"source":"refs"})");
  engine.answer(request.str(), json);
  CHECK(std::string(json.str()) == R"({"files":["files/a.bib","b.bib"]})");
  scholar::add(request, "complete", "true");
  json.truncate(0);
  engine.answer(request.str(), json);
  CHECK(std::string(json.str()).find("correct the path in `publications`") != std::string::npos);
}

TEST_CASE("a long parent is not repeated for each of its children") {
  Asked asked;
  std::string file;
  for (int i = 0; i < 2000; i++) file += "@inbook{k" + std::to_string(i) + ", crossref = {p}}\n";
  file += "@book{p, title = {" + std::string(100'000, 'x') + "}}";
  CHECK(asked("--file _bibliography/references.bib --publications -", "{}", "bibliography", file)
            .size() < 2'000'000);
}
