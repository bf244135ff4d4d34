// The search index: words and how they are folded, sections of HTML, ranking, typing errors, shards
// that come one by one, and bytes that are no index.
#include "meridian/search.h"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <string>
#include <vector>

using namespace meridian;

namespace {
/// An index of which all shards, or those that are asked for, are here.
struct Site {
  search::Builder builder;
  search::Index index;
  std::vector<std::pair<std::string, std::string>> files;

  void add(const char* url, const char* title, const std::string& html, const char* collection = "",
           unsigned year = 0, const char* tags = "") {
    search::Document document;
    document.url = url;
    document.title = title;
    document.html = html;
    document.collection = collection;
    document.year = year;
    document.tags = tags;
    CHECK(builder.add(document));
  }
  void open(bool all = true) {
    files.clear();
    for (const search::Shard& shard : builder.write())
      files.emplace_back(search::kKinds[int(shard.kind)] + std::to_string(shard.number),
                         std::string(shard.bytes));
    REQUIRE(index.open(files[0].second));
    if (all)
      for (const auto& [name, bytes] : files) put(name, bytes);
  }
  void put(const std::string& name, const std::string& bytes) {
    std::string kinds = search::kKinds;
    index.put(search::Kind(kinds.find(name[0])), unsigned(std::stoul(name.substr(1))), bytes);
  }
  /// The answer, with | for separators of fields and a line for each record, [] for marks.
  std::string ask(search::Query query) {
    Text out;
    index.search(query, out);
    std::string text;
    for (char c : out.str())
      text += c == '\x1E' ? '\n' : c == '\x1F' ? '|' : c == 2 ? '[' : c == 3 ? ']' : c;
    return text;
  }
  std::string ask(const char* words) {
    search::Query query;
    query.query = words;
    return ask(query);
  }
  /// Addresses of the documents that are found, best first.
  std::string found(const char* words) {
    std::string answer = ask(words), urls;
    for (std::size_t at = 0; (at = answer.find("\nd|", at)) != std::string::npos;) {
      at += 3;
      urls += answer.substr(at, answer.find('|', at) - at) + ' ';
    }
    return urls;
  }
  /// Answers as a browser does: shards that are wanted come, until there are none.
  std::string ask_for_shards(const char* words, std::vector<std::string>& wanted) {
    for (int round = 0; round < 8; round++) {
      std::string answer = ask(words);
      std::string names = answer.substr(answer.find("\nw") + 2);
      if (names.empty()) return answer;
      for (std::size_t at = 0; at < names.size();) {
        std::size_t end = names.find('|', at + 1);
        std::string name = names.substr(at + 1, end == std::string::npos ? end : end - at - 1);
        wanted.push_back(name);
        for (const auto& [file, bytes] : files)
          if (file == name) put(name, bytes);
        at = end == std::string::npos ? names.size() : end;
      }
    }
    return "no end";
  }
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("a document is found by a word of its title, of a heading and of its text") {
  Site site;
  site.add("/comets/", "Comets",
           "<p>Ice and dust.</p><h2 id=\"orbit\">Orbits</h2><p>Long ones.</p>");
  site.add("/stars/", "Stars", "<p>Hot gas.</p>");
  site.open();
  CHECK(site.found("comets") == "/comets/ ");
  CHECK(site.found("orbits") == "/comets/ ");
  CHECK(site.found("gas") == "/stars/ ");
  CHECK(site.found("nothing-of-this").empty());
  CHECK(has(site.ask("orbits"), "\ns|orbit|[Orbits]|Long ones."));
}

TEST_CASE("a title weighs more than a heading, a heading more than the text") {
  Site site;
  site.add("/text/", "One", "<p>comet comet comet and more of it</p>");
  site.add("/heading/", "Two", "<h2 id=a>A comet</h2><p>and more</p>");
  site.add("/title/", "Comet", "<p>and more</p>");
  site.open();
  CHECK(site.found("comet") == "/title/ /heading/ /text/ ");
}

TEST_CASE("a page that lists others comes behind them") {
  Site site;
  search::Document list;
  list.url = "/all/";
  list.title = "Everything";
  list.html = "<h2 id=comet>Comet</h2><p>comet</p>";
  list.is_list = true;
  CHECK(site.builder.add(list));
  site.add("/one/", "One", "<p>a comet, among other words</p>");
  site.open();
  CHECK(site.found("comet") == "/one/ /all/ ");
}

TEST_CASE("case and diacritics don't count") {
  Site site;
  site.add("/de/", "Größe und Ärger", "<p>Straßenbahn, Œuvre, Łódź, Ångström</p>");
  site.add("/el/", "Αστρονομία", "<p>ΚΟΣΜΟΣ</p>");
  site.add("/ru/", "Ёлка", "<p>ЗВЕЗДА</p>");
  site.add("/ar/", "أَسْمَاء", "<p>إِلَى مَكْتَبَة</p>");
  site.open();
  for (const char* word :
       {"grosse", "GRÖSSE", "arger", "strassenbahn", "oeuvre", "lodz", "angstrom"})
    CHECK(site.found(word) == "/de/ ");
  for (const char* word : {"αστρονομια", "κοσμος"}) CHECK(site.found(word) == "/el/ ");
  for (const char* word : {"елка", "звезда"}) CHECK(site.found(word) == "/ru/ ");
  for (const char* word : {"اسماء", "الى", "مكتبه"}) CHECK(site.found(word) == "/ar/ ");
}

TEST_CASE("text without spaces is found by any part of it") {
  Site site;
  site.add("/zh/", "天文学家", "<p>赫歇尔发现了天王星。</p>");
  site.add("/ja/", "彗星の観測", "<p>カタログ</p>");
  site.open();
  for (const char* word : {"天文", "文学家", "天文学家", "家", "天王星", "星"})
    CHECK(has(site.found(word), "/zh/"));
  CHECK(site.found("観測") == "/ja/ ");
  CHECK(site.found("文天").empty());
  CHECK(has(site.ask("天王星"), "发现了[天王星]"));
}

TEST_CASE("a word is found by its begin, and by forms with another ending") {
  Site site;
  site.add("/a/", "Astronomer", "<p>planet galaxy Stern</p>");
  site.open();
  for (const char* word : {"astro", "planets", "galaxies", "plan", "Sterne", "Sternen"})
    CHECK(site.found(word) == "/a/ ");
}

namespace {
/// A stemmer for three words; of others it takes off an s.
std::size_t write_stem(const char* word, std::size_t size, char* stem) {
  Str whole(word, size), found = whole;
  if (whole == "mice" || whole == "mouse") found = "mous";
  if (ends_with(whole, "s")) found = whole.substr(0, size - 1);
  if (whole == "unknown") found = {};
  if (found.size()) std::memcpy(stem, found.data(), found.size());
  return found.size();
}
}  // namespace

TEST_CASE("a word finds those with the same stem that begin as it does") {
  Site site;
  std::string many;
  for (int i = 0; i < 100; i++) many += " combined" + std::to_string(i);
  site.add("/a/", "A", "<p>comb</p>");
  site.add("/b/", "B", "<p>combs</p>");
  site.add("/c/", "C", "<p>mice</p>");
  site.add("/many/", "Many", "<p>" + many + "</p>");
  site.open();
  auto found = [&](const char* words) {
    search::Query query;
    query.query = words;
    query.write_stem = write_stem;
    return site.ask(query);
  };
  // The word itself comes first; what only begins with it comes last.
  for (const auto& [word, first, second] :
       {std::array{"comb", "d|/a/", "d|/b/"}, std::array{"combs", "d|/b/", "d|/a/"}}) {
    std::string answer = found(word);
    INFO(answer);
    CHECK(answer.find(first) < answer.find(second));
    CHECK(has(answer, second));
  }
  CHECK(has(found("combs"), "[comb]"));
  // Stems that begin otherwise than their word are not looked for, nor those that are not known.
  CHECK_FALSE(has(found("mouse"), "/c/"));
  CHECK(found("unknown").find("\nd") == std::string::npos);
  // A few endings are found without a stemmer.
  CHECK(has(site.ask("combs"), "/a/"));
}

TEST_CASE("a typing error is found wherever it is, two in long words") {
  Site site;
  site.add("/a/", "Observatory", "<p>telescope Звёздное</p>");
  site.open();
  for (const char* word :
       {"telescpoe", "teelscope", "elescope", "yelescope", "telescop", "telescopee", "telezcope",
        "observtaory", "tele5copez", "observatiri", "звезднае", "свездное"}) {
    INFO(word);
    CHECK(site.found(word) == "/a/ ");
  }
  for (const char* word : {"te5e5copez", "gas", "teslacope"}) {
    INFO(word);
    CHECK(site.found(word).empty());
  }
}

TEST_CASE("a document with all words comes before those with some") {
  Site site;
  for (int i = 0; i < 20; i++) site.add("/other/", "Nebula", "<p>only nebula here</p>");
  site.add("/both/", "Notes", "<p>a catalogue</p><h2 id=x>More</h2><p>of every nebula</p>");
  site.open();
  CHECK(site.found("nebula catalogue") == "/both/ ");
  CHECK(has(site.found("nebula missingword"), "/other/"));
}

TEST_CASE("words in one section weigh more than in sections apart") {
  Site site;
  site.add("/apart/", "A", "<h2 id=a>B</h2><p>comet and</p><h2 id=c>D</h2><p>tail and</p>");
  site.add("/together/", "A", "<h2 id=a>B</h2><p>comet tail</p><h2 id=c>D</h2><p>and and</p>");
  site.open();
  CHECK(site.found("comet tail") == "/together/ /apart/ ");
}

TEST_CASE("facets count what was found, and filter it") {
  Site site;
  site.add("/a/", "Comet one", "", "posts", 1786, "sky\nsister");
  site.add("/b/", "Comet two", "", "posts", 1787, "sky");
  site.add("/c/", "Comet three", "", "talks", 1787, "");
  site.open();
  std::string answer = site.ask("comet");
  for (const char* part : {"\nc|posts|2", "\nc|talks|1", "\ny|1787|2", "\ny|1786|1", "\nt|sky|2",
                           "\nt|sister|1", "\nn|3"})
    CHECK(has(answer, part));
  CHECK(answer.find("\ny|1787") < answer.find("\ny|1786"));
  search::Query query;
  query.query = "comet";
  query.collection = "posts";
  query.year = "1787";
  answer = site.ask(query);
  CHECK(has(answer, "\nn|1\nd|/b/|[Comet] two|posts|1787"));
  query.collection = query.year = {};
  query.tag = "sister";
  CHECK(has(site.ask(query), "\nn|1\nd|/a/"));
}

TEST_CASE("languages are counted, filter, and the reader's own comes first") {
  Site site;
  for (const char* language : {"en", "de", "en", "pt-BR"}) {
    search::Document document;
    std::string url = std::string("/") + language + "/";
    document.url = url;
    document.title = "Comet";
    document.language = language;
    CHECK(site.builder.add(document));
  }
  site.open();
  CHECK(site.found("comet") == "/en/ /de/ /en/ /pt-BR/ ");
  for (const char* part : {"\nl|en|2", "\nl|de|1", "\nl|pt-BR|1"})
    CHECK(has(site.ask("comet"), part));
  search::Query query;
  query.query = "comet";
  query.preferred = "de";
  // It says which come first, not how many there are.
  std::string answer = site.ask(query);
  CHECK(has(answer, "\nn|4\nd|/de/"));
  query.preferred = "fr";
  CHECK(has(site.ask(query), "\nn|4\nd|/en/"));
  query.language = "pt-BR";
  CHECK(has(site.ask(query), "\nn|1\nd|/pt-BR/"));
}

TEST_CASE("a title in another language comes before a text in the reader's") {
  Site site;
  for (bool title : {false, true}) {
    search::Document document;
    document.url = title ? "/title/" : "/text/";
    document.title = title ? "Comet" : "Other";
    document.html = title ? "words" : "<p>a comet</p>";
    document.language = title ? "en" : "de";
    CHECK(site.builder.add(document));
  }
  site.open();
  search::Query query;
  query.query = "comet";
  query.preferred = "de";
  std::string answer = site.ask(query);
  CHECK(answer.find("/title/") < answer.find("/text/"));
}

TEST_CASE("lists of frequent words are apart from the words") {
  Site site;
  // In each document a word of its own, one that all have, and one of ten.
  for (unsigned i = 0; i < 4000; i++) {
    std::string own = "rare";
    for (unsigned letter = 0, rest = i; letter < 3; letter++, rest /= 26)
      own += char('a' + rest % 26);
    std::string text = "<p>frequent tenth" + std::string(1, char('a' + i % 10)) + " " + own;
    site.add(("/" + std::to_string(i) + "/").c_str(), "Page", text);
  }
  site.open(false);
  auto lists = [](const std::vector<std::string>& names) {
    return std::count_if(names.begin(), names.end(), [](auto& name) { return name[0] == 'o'; });
  };
  std::vector<std::string> wanted;
  CHECK(has(site.ask_for_shards("rareacd", wanted), "\nn|1\nd|/"));
  CHECK(lists(wanted) == 0);
  CHECK(has(site.ask_for_shards("frequent", wanted), "\nn|4000\nd|/"));
  CHECK(lists(wanted) == 1);
  // Of ten words with this beginning all, which lie side by side.
  wanted.clear();
  CHECK(has(site.ask_for_shards("tenth", wanted), "\nn|4000\nd|/"));
  CHECK(lists(wanted) <= 3);
  // Without its list a word is found nowhere, and the answer says what it lacks.
  site.open(false);
  for (const auto& [name, bytes] : site.files)
    if (name[0] != 'o' && name[0] != 'h') site.put(name, bytes);
  std::string answer = site.ask("frequent");
  CHECK(has(answer, "\nn|0"));
  CHECK(has(answer, "\nw|o"));
}

TEST_CASE("a snippet is the part with the words, whose marks are around them") {
  Site site;
  std::string filler;
  for (int i = 0; i < 60; i++) filler += "filler words ";
  site.add("/a/", "A", "<p>" + filler + "the great comet of 1811 &amp; its <b>ta</b>il " + filler);
  site.open();
  std::string answer = site.ask("comet tail");
  CHECK(has(answer, "great [comet] of 1811 & its [tail] filler"));
  CHECK(has(answer, "|…"));
  CHECK(answer.size() < 400);
}

TEST_CASE("text is what readers see: no tags, comments or scripts, and no control characters") {
  Site site;
  site.add("/a/", "T&amp;T <b>x</b>\x1E",
           "<!-- secret --><script>var secret = '<p>';</script><style>secret{}</style>"
           "<p title=\"secret\">one<br>two &lt;i&gt; \x02three&#30;four &#x41;</p>");
  site.open();
  CHECK(site.found("secret").empty());
  std::string answer = site.ask("one");
  CHECK(has(answer, "|[one] two <i> three four A"));
  CHECK(answer.find("\nd|") == answer.rfind("\nd|"));
}

TEST_CASE("formulas are read as text") {
  Site site;
  site.add(
      "/a/", "A \\(\\beta\\)",
      "<h2 id=\"h\">On \\(\\alpha_1\\)</h2><p>found \\(\\frac{x}{y} \\leq \\sqrt{s}\\) or "
      "\\[\\hat{H} = \\log n\\] and <code class=\"language-math math-inline\">\\gamma^2</code> "
      "but <code>\\alpha</code> C:\\dir \\( open</p>");
  site.open();
  std::string answer = site.ask("found");
  CHECK(has(answer, "|[found] xy ≤ √s or H = log n and γ2 but \\alpha C:\\dir \\( open"));
  CHECK(has(answer, "On α1"));
  CHECK(site.found("γ2") == "/a/ ");
  CHECK(has(answer, "|A β|"));
}

TEST_CASE("what `data-nosnippet` marks is not read, and an element's id is its first heading's") {
  Site site;
  site.add("/a/", "A",
           "<form data-nosnippet>secret <b>secret</b></form><ul><li id=\"k\"><h3>Comet</h3><p>tail"
           "</p></li><li id=\"m\">text <h3>Moon</h3></li></ul><p data-nosnippet>open");
  site.open();
  CHECK(site.found("secret").empty());
  CHECK(site.found("open").empty());
  CHECK(has(site.ask("comet"), "k|[Comet]"));
  CHECK(has(site.ask("tail"), "k|"));
  CHECK(!has(site.ask("moon"), "m|"));
}

TEST_CASE("only the shards of the words and of the pages shown are wanted") {
  Site site;
  // 600 documents with words of their own.
  for (unsigned i = 0; i < 600; i++) {
    std::string text = "<p>";
    for (unsigned j = 0; j < 40; j++) {
      unsigned number = i * 97 + j * 7919;
      for (unsigned letter = 0; letter < 6; letter++, number /= 5) text += char('a' + number % 23);
      text += ' ';
    }
    site.add(("/" + std::to_string(i) + "/").c_str(), "Page", i == 300 ? text + "quixotic" : text);
  }
  site.open(false);
  REQUIRE(site.files.size() > 30);
  std::vector<std::string> wanted;
  std::string answer = site.ask_for_shards("quixotic", wanted);
  CHECK(has(answer, "\nd|/300/"));
  CHECK(wanted.size() <= 5);
  wanted.clear();
  site.open(false);
  CHECK(has(site.ask_for_shards("quixotci", wanted), "\nd|/300/"));
  CHECK(wanted.size() <= 14);
}

TEST_CASE("what was added can be searched while more comes") {
  Site site;
  site.add("/a/", "First", "");
  site.open();
  CHECK(site.found("first") == "/a/ ");
  site.add("/b/", "First again", "");
  site.open();
  CHECK(site.found("first") == "/a/ /b/ ");
}

TEST_CASE("a word that is everywhere is kept with its best sections alone") {
  Site site;
  for (unsigned i = 0; i < 9000; i++)
    site.add("/x/", i == 8999 ? "the" : "page", i % 4000 == 3999 ? "<p>the rare" : "<p>the word");
  site.open();
  CHECK(has(site.ask("the"), "\nd|/x/|[the]|"));
  CHECK(has(site.ask("the"), "\nn|8192"));
  // It is no condition beside others.
  CHECK(has(site.ask("the rare"), "\nn|2"));
}

TEST_CASE("bytes that are no index, or a part of one, are read as nothing") {
  Site site;
  site.add("/a/", "Comet", "<h2 id=x>Tail</h2><p>long words of all kinds", "posts", 1786, "sky");
  site.open();
  std::string head = site.files[0].second;
  search::Index other;
  CHECK_FALSE(other.open(""));
  CHECK_FALSE(other.open("<!doctype html>"));
  for (std::size_t size = 0; size < head.size(); size++) {
    bool opened = other.open(Str(head.data(), size));
    Text out;
    if (opened) other.search({}, out);
  }
  std::string huge = "MSI2hash\xFF\xFF\xFF\xFF\x0F\xFF\xFF\xFF\xFF\x0F";
  CHECK_FALSE(other.open(huge));
  // No documents, sections, terms, endings; a number of lists that no index has.
  CHECK(other.open(std::string("MSI2hash\0\0\0\0\x05\0\0", 15)));
  CHECK_FALSE(other.open(std::string("MSI2hash\0\0\0\0\xFF\xFF\xFF\xFF\x0F\0\0", 19)));
  // Every byte of every shard in turn is another one.
  for (auto& [name, bytes] : site.files) {
    if (name[0] == 'h') continue;
    for (char& c : bytes) {
      char right = c;
      for (char wrong : {'\0', '\x7F', '\xFF'}) {
        c = wrong;
        REQUIRE(site.index.open(head));
        for (auto& [file, text] : site.files) site.put(file, text);
        CHECK(has(site.ask("comet tali long"), "\nn|"));
      }
      c = right;
    }
  }
}

TEST_CASE("the same documents give the same bytes") {
  Site one, two;
  for (Site* site : {&one, &two}) {
    site->add("/a/", "Comet", "<p>words</p>");
    site->add("/b/", "Other", "<p>words</p>");
    site->open();
  }
  two.open();
  CHECK(one.files == two.files);
}

TEST_CASE("a long text without tags is several sections, in linear time") {
  Site site;
  std::string text;
  for (int i = 0; i < 200000; i++) text += "word ";
  site.add("/a/", "Long", text + "needle" + std::string(100000, '<') + "<!--");
  site.add("/b/", "Deep", std::string(200000, '&'));
  site.open();
  CHECK(has(site.ask("needle"), "[needle]"));
}
