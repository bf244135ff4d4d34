// Filters and tags of plugins in Ruby: the expected texts are what the plugins themselves made of
// these templates, with Ruby 3.1 and Jekyll 4.3.1.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/rouge.h"
#include "site_fixture.h"

using namespace meridian;

namespace {
rouge::Filtered filter(Text& out, Str name, Str request) {
  return rouge::add_filtered(out, name, request) ? rouge::Filtered::Made : rouge::Filtered::Failed;
}

std::string made(const std::string& body, Str config = "", bool loaded = true) {
  rouge::filter = loaded ? filter : nullptr;
  std::string page = "---\n---\n" + body;
  Fixture f{
      {"_config.yml", config},
      {"_data/m.yaml",
       "- {name: A, group: past, role: pi}\n- {name: B, group: now}\n"
       "- {name: C, role: phd, group: past now}\n"},
      {"_data/d.yaml", "link: https://x.org/$VALUE\nicon: fa\n"},
      {"_data/h.yaml", "link: abc\nother: 1\n"},
      {"assets/f.css", "--title: \"Barlow Sans\", serif;\n --b: \"Mono\";\n--r: 400;\n--s: 600;\n"},
      {"assets/mark.svg", "\xEF\xBB\xBF<svg/>"},
      {"assets/55.js", std::string(54, '0') + "1"},
      {"assets/_sass/z.scss", "a{}\n"},
      {"assets/_sass/b/x.scss", "b{}\n"},
      {"assets/_sass/b2/x.scss", "c{}\n"},
      {"assets/_sass/b.scss", "d{}\n"},
      {"assets/_sass/.x/x.scss", "e{}\n"},
      {"index.html", page}};
  std::string html = f.html("/");
  rouge::filter = nullptr;
  return html;
}
std::string shown(const std::string& expression) {
  return made("{% assign s = 'Hello, World 2024: é' %}{% assign t = 'one\ntwo' %}{{ " + expression +
              " }}");
}
}  // namespace

TEST_CASE("regex_replace and its kin replace as String#gsub and #sub do") {
  const struct {
    const char *template_text, *expected;
  } kCases[] = {
      {"s | regex_replace: '(\\w+), (\\w+)', '\\2-\\1'", "World-Hello 2024: é"},
      {"s | regex_replace: '[eo]', '<\\0>'", "H<e>ll<o>, W<o>rld 2024: é"},
      {"'aab' | regex_replace: 'a*', '-'", "--b-"},
      {"s | regex_replace: '^', '>'", ">Hello, World 2024: é"},
      {"s | regex_replace: '\\bW', 'w' | regex_replace: '\\Bl', 'L'", "HeLLo, worLd 2024: é"},
      {"s | regex_replace_once: 'l+(o)', '[\\1]\\\\\\&'", "He[o]\\llo, World 2024: é"},
      {"s | regex_remove: 'l'", "Heo, Word 2024: é"},
      {"s | regex_remove_once: 'l'", "Helo, World 2024: é"},
      {"s | regex_replace: '(?i)hello', 'H'", "H, World 2024: é"},
      {"s | regex_replace: 'H(?=e)', 'J'", "Jello, World 2024: é"},
      {"'été' | regex_replace: '[éa]', 'e'", "ete"},
      {"'A. B. C' | regex_replace: '([A-Z])\\.', '\\1'", "A B C"},
      {"'abab' | regex_replace: '(ab)\\1', 'y'", "y"},
      {"'foo bar' | regex_replace: '(?:foo|bar)+', 'z'", "z z"},
      {"t | regex_replace: 'o.*t', 'X'", "Xwo"},
      {"s | regex_scan: '(\\w)(\\d)'", "2"},
      {"s | regex_scan: '[A-Z]\\w+', false, true | join: ','", "Hello,World"},
      {"t | regex_scan: 'n.*w', true", "ne\ntw"},
      {"t | regex_scan: 'n.*w'", ""},
      {"'Hi — (x) é; a' | regex_strip", "Hi x é; a"},
      {"'Æneas Ørsted, Łódź' | remove_accents", "AEneas Orsted, Lodz"},
  };
  for (const auto& one : kCases) {
    INFO(one.template_text);
    CHECK(shown(one.template_text) == one.expected);
  }
  // The gem's `.` stops at a line feed.
  CHECK(made("{% assign t = 'one\ntwo' %}{{ t | regex_replace: 'o.*t', 'X' }}",
             "plugins: [jekyll-regex-replace]\n") == "one\ntwo");
}

TEST_CASE("the lab-website-template's filters of lists and data") {
  CHECK(shown("'a,  ,b ,, c' | split: ',' | array_filter | join: '|'") == "a|b|c");
  CHECK(shown("'a,b,c,d,e,f,g,h' | split: ',' | array_carve | join: '|'") == "a|b|c|...|f|g|h");
  CHECK(shown("'a,b,c,d,e' | split: ',' | array_carve: 2 | join: '|'") == "a|b|...|d|e");
  CHECK(shown("site.data.m[1].role | is_nil: 'none'") == "none");
  CHECK(shown("site.data.m | data_filter: 'group: past' | map: 'name'") == "AC");
  CHECK(shown("site.data.m | data_filter: 'group: ^past$, role: pi' | map: 'name'") == "A");
  CHECK(shown("site.data.m | data_filter: 'role' | map: 'name'") == "B");
  CHECK(shown("site.data.h | object_items | join: ','") == "link,other");
  // The newer template's argument is an expression in Ruby.
  const struct {
    const char *expression, *names;
  } kExpressions[] = {
      {"role == 'pi'", "A"},
      {"role != 'pi'", "BC"},
      {"!role", "B"},
      {"role.nil?", "B"},
      {"role == nil", "B"},
      {"role == 'pi' or role == 'phd'", "AC"},
      {"role == 'phd' and group != 'past'", "C"},
      {"role == 'pi' && group == 'now' || group == 'now'", "B"},
      {"group =~ /past/", "AC"},
      {"group !~ /^past$/", "BC"},
      {"group.include?('now')", "BC"},
      {"item.name == 'A'", "A"},
      {"name == role", ""},
      {"age == 3 or name == \"C\"", "C"},
  };
  for (const auto& one : kExpressions) {
    INFO(one.expression);
    CHECK(made(std::string("{% capture e %}") + one.expression +
               "{% endcapture %}{{ site.data.m | data_filter: e | map: 'name' }}") == one.names);
  }
  CHECK(made("{% assign h = site.data.h | hash_default: site.data.d %}{{ h.link }} {{ h.icon }}") ==
        "https://x.org/abc fa");
  CHECK(shown("site.data.h | hash_default: site.data.d | jsonify") ==
        "{\"link\":\"https://x.org/abc\",\"other\":1,\"icon\":\"fa\"}");
  CHECK(shown("site.data.h | hash_default: site.none | jsonify") ==
        "{\"link\":\"abc\",\"other\":1}");
  CHECK(shown("'a b' | split: ' ' | array_carve: 1 | join: '|'") == "a|b");
  CHECK(shown("s | array_filter") == "Hello, World 2024: é");
}

TEST_CASE("filters that look at files") {
  CHECK(shown("'assets/mark.svg' | file_read") == "\xEF\xBB\xBF<svg/>");
  CHECK(shown("'assets/f.css' | file_exists") == "assets/f.css");
  CHECK(shown("'assets/none.css' | file_exists") == "");
  CHECK(shown("'assets/f.css' | file_read | google_fonts") ==
        "https://fonts.googleapis.com/css2?display=swap&"
        "&family=Barlow+Sans:ital,wght@0,400;0,600;1,400;1,600"
        "&family=Mono:ital,wght@0,400;0,600;1,400;1,600");
}

TEST_CASE("bust_file_cache and bust_css_cache add the MD5 of files") {
  CHECK(shown("'/x/assets/55.js' | bust_file_cache") ==
        "/x/assets/55.js?af5f21ee0485ed692db35ece3433f39b");
  CHECK(shown("'/assets/none.js' | bust_file_cache") == "/assets/none.js");
  // Of `c{}`, `b{}`, `a{}`, `d{}`: Dir.glob has a folder before the file that begins with its name.
  CHECK(shown("'a.css' | bust_css_cache") == "a.css?02cc6f9e1de813c5ec6865d9e1bb0ec3");
}

TEST_CASE("the tags details and file_exists of al-folio") {
  const struct {
    const char *template_text, *expected;
  } kCases[] = {
      {"{% details Some *caption* <picture>x</picture> `<pre>` a < b %}\nBody **b**\n{% enddetails "
       "%}",
       "<details><summary>Some <em>caption</em> x <code class=\"language-plaintext "
       "highlighter-rouge\">&lt;pre&gt;</code> a &lt; b</summary>\n<p>Body "
       "<strong>b</strong></p>\n</details>"},
      {"{% details %}\nx\n{% enddetails %}", "<details><summary></summary>\n<p>x</p>\n</details>"},
      {"{% details   # Head {#x}  %}{% enddetails %}",
       "<details><summary><h1 id=\"x\">Head</h1></summary>\n</details>"},
      {"{% details A <b title='>'>c</b> %}<i>d</i>{% enddetails %}",
       "<details><summary>A <b title=\"&gt;\">c</b></summary><p><i>d</i></p>\n</details>"},
      {"{% assign p = 'assets/f' %}{% file_exists {{ p }}.css %}", "true"},
      {"{% file_exists assets/none.css %}", "false"},
      {"{% file_exists ../{{ 'etc/passwd' }} %}", "false"},
      {"{% file_exists %}", "false"},
  };
  for (const auto& one : kCases) {
    INFO(one.template_text);
    CHECK(made(one.template_text) == one.expected);
  }
}

TEST_CASE("the tags of jekyll-tabs, with the name of the tabs as their id") {
  CHECK(made("{% assign p = 'v' %}{% tabs one %}noise{% tab one first %}Some **text** {{ p }}{% "
             "endtab %}"
             "{% tab one x<y> %}2{% endtab %}{% tab two other %}3{% endtab %}{% endtabs %}") ==
        "<ul class=\"tab\" data-tab=\"one-3\">\n    \n        <li class=\"active\">\n"
        "            <a href=\"\">first</a>\n        </li>\n    \n        <li>\n"
        "            <a href=\"\">x<y></a>\n        </li>\n    \n    </ul>\n"
        "    <ul class=\"tab-content\" id=\"one-3\">\n    \n"
        "        <li class=\"active\"><p>Some <strong>text</strong> v</p>\n</li>\n    \n"
        "        <li><p>2</p>\n</li>\n    \n</ul>\n");
  // The last text of a label counts, at the place of the first; a tab outside prints its text.
  const std::string twice = made(
      "{% tab one a %}1{% endtab %}{% tab one b %}2{% endtab %}{% tab one a %}3{% endtab %}|"
      "{% tabs one %}{% endtabs %}");
  CHECK(twice.substr(0, twice.find('|')) == "<p>1</p>\n<p>2</p>\n<p>3</p>\n");
  CHECK(twice.find("<li class=\"active\"><p>3</p>\n</li>\n    \n        <li><p>2</p>") !=
        std::string::npos);
  for (const char* wrong : {"{% tabs %}{% endtabs %}", "{% tab one %}x{% endtab %}",
                            "{% tab one two three %}x{% endtab %}"}) {
    INFO(wrong);
    CHECK(made(wrong).find("<ul") == std::string::npos);
  }
  std::string many = "{% for i in (1..400) %}{% tab a b %}x{% endtab %}{% endfor %}";
  CHECK(made(many).size() == 400 * std::string("<p>x</p>\n").size());
}

TEST_CASE("quote belongs to jekyll-scholar: without the plugin its text stays") {
  CHECK(made("{% quote b2018 %}\nOne\ntwo\n{% endquote %}") == "\nOne\ntwo\n");
}

TEST_CASE("emojify makes pictures where the site has emoji_dir") {
  const std::string smile = "{{ 'a :wink: :none: :+1::smile:' | emojify }}";
  CHECK(made(smile) == "a :wink: :none: :+1::smile:");
  CHECK(made(smile, "emoji_dir: /img\n") ==
        "a <img alt=\"wink\" src=\"/img/wink.png\" class=\"emoji\" /> :none: "
        "<img alt=\"+1\" src=\"/img/+1.png\" class=\"emoji\" />"
        "<img alt=\"smile\" src=\"/img/smile.png\" class=\"emoji\" />");
}

TEST_CASE("hideCustomBibtex removes lines with the keys that the site names") {
  const char* bibtex =
      "{% capture b %}@article{x,\n  title = {T},\n  abbr={A},\n  mypdf = {no},\n"
      "  note = {pdf = x},\n  author = {A*, B† and Ç},\n  pdf =  {x},\n}\n"
      "{% endcapture %}{{ b | hideCustomBibtex }}";
  CHECK(made(bibtex, "filtered_bibtex_keywords: [abbr, pdf]\n") ==
        "@article{x,\n  title = {T},\n  mypdf = {no},\n  note = {pdf = x},\n"
        "  author = {A, B and Ç},\n}\n");
}

TEST_CASE("patterns that can't be read are reported, and the text stays") {
  std::string nested(300, '('), choices, repeats = "(a{9}){9}{9}";
  for (int i = 0; i < 30; ++i) choices += "(a|)";
  for (const std::string& pattern :
       {nested, choices, repeats, std::string("a\\"), std::string("["), std::string("[a"),
        std::string("[a-\\w]"), std::string("[[:alpha"), std::string("[一-龥]"),
        std::string("(?<n>a)"), std::string("(?<=a)b"), std::string("a++"), std::string("\\p{Han}"),
        std::string("{%x}"), std::string("(?"), std::string(1000, 'a'), std::string("a{1000}"),
        std::string("(")}) {
    INFO(pattern);
    Text out;
    CHECK_FALSE(rouge::add_filtered(out, "replace", pattern + '\0' + "x" + '\0' + "aaaa"));
  }
  CHECK(shown("s | regex_replace: '(?<=H)e', 'x'") == "Hello, World 2024: é");
}

TEST_CASE("a pattern that would take for ever ends") {
  Text out;
  std::string text(20000, 'a');
  CHECK_FALSE(
      rouge::add_filtered(out, "replace", std::string("(a+)+(a+)+\\1b") + '\0' + '\0' + text));
}

TEST_CASE("without the module a page asks for it") {
  rouge::filter = [](Text&, Str, Str) { return rouge::Filtered::NotLoaded; };
  Fixture f{{"_config.yml", ""}, {"index.html", "---\n---\n{{ 'a' | regex_remove: 'a' }}"}};
  Answer a = render(f.w, "/");
  CHECK(a.status == site::Status::Needs);
  CHECK(a.json.find("\"rouge\"") != std::string::npos);
  rouge::filter = nullptr;
}
