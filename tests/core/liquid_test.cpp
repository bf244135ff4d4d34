// The Liquid room: API, errors and limits. tests/spec/liquid_spec.cpp covers the language.
#include "meridian/liquid.h"

#include <catch2/catch_test_macros.hpp>
#include <iterator>
#include <string>

#include "support.h"

using namespace meridian;
using namespace meridian::liquid;

namespace {

// ---- a site in small: two tags and two filters ----

Value shout(FilterCall& call) {
  add_upcase(call.out, call.input_str());
  call.out.add(call.op);
  return call.text();
}
Value refuse(FilterCall& call) {
  return call.raise("TypeError", "no implicit conversion of nil into String");
}

bool parse_box(TagParse& p) {
  if (strip(p.node.markup) == "bad")
    return p.fail("ArgumentError", "a box is not bad", "write {% box good %}");
  p.node.data = const_cast<Variable*>(p.variable(p.node.markup));
  return true;
}
void render_box(Context& c, const Node& node) {
  Text inner;
  c.capture_body(node, inner);
  c.out().add('[');
  c.write(c.evaluate(static_cast<const Variable*>(node.data)));
  c.out().add('|');
  c.out().add(inner.str());
  c.out().add(']');
}
/// Keeps the include's template in the site pointer.
void render_include(Context& c, const Node&) {
  if (!c.push()) return;
  c.set("include", "yes");
  c.render(*static_cast<const Template*>(c.site));
  c.pop();
}

constexpr FilterRow kRows[] = {{"ask", shout, '?'}, {"refuse", refuse}, {"shout", shout, '!'}};
constexpr auto kFilters = packed<length_of_names(kRows)>(kRows);
constexpr TagType kTags[] = {{"box", render_box, parse_box, 0, Body::Parsed},
                             {"code", render_box, parse_box, 0, Body::Raw},
                             {"include", render_include}};
static_assert(is_sorted(kTags));

Environment environment() {
  Environment e;
  e.filter_names = kFilters.names;
  e.filters = kFilters.filters;
  e.tags = kTags;
  e.tag_count = std::size(kTags);
  return e;
}

/// One render and its results.
struct Page {
  Arena arena;
  Diagnostics diagnostics{arena};
  Environment env = environment();
  Source source;
  Template* parsed;
  Map* data = make_map(arena);
  SourceMap map;
  Text out;
  std::string error;

  explicit Page(Str text, std::size_t body = 0) : source{"page.md", text} {
    parsed = parse(arena, source, body, env, diagnostics);
  }
  std::string render(const Template* include = nullptr) {
    Context c(env, arena, data);
    c.site = const_cast<Template*>(include);
    c.map = &map;
    c.now.seconds = 981173106;
    if (!c.render(*parsed, out)) {
      Text message;
      c.error.message(message);
      error = std::string(c.error.type) + ": " + std::string(message.str());
      report(c.error, diagnostics);
    }
    return std::string(out.str());
  }
  std::string messages() const {
    Text text;
    for (const Diagnostic& d : diagnostics) print(d, text);
    return std::string(text.str());
  }
};

std::string render(Str text) { return Page(text).render(); }
std::string error_of(Str text) {
  Page page(text);
  page.render();
  return page.error;
}
std::string messages_of(Str text, std::size_t body = 0) {
  Page page(text, body);
  page.render();
  return page.messages();
}

}  // namespace

TEST_CASE("plus, minus, times: decimal numbers are exact") {
  CHECK(render("{{ 1.1 | plus: 2.2 }} {{ 0.1 | times: 3 }} {{ 100.0 | minus: 99.9 }}") ==
        "3.3 0.3 0.1");
  CHECK(
      render("{{ 1.005 | round: 2 }} {{ 2.5 | round }} {{ -2.5 | round }} {{ 15 | round: -1 }}") ==
      "1.01 3 -3 20");
  CHECK(render("{{ 10.5 | modulo: -3 }} {{ -10.5 | modulo: 3 }} {{ -7 | divided_by: 2 }}") ==
        "-1.5 1.5 -4");
  CHECK(render("{{ 1.0 | divided_by: 7 }} {{ 2 | divided_by: 3.0 }} {{ 10.5 | divided_by: 0 }}") ==
        "0.14285714285714285 0.6666666666666666 Infinity");
}

TEST_CASE("sort_natural sorts without regard to case; sort does not") {
  CHECK(render("{{ 'b,A,c,B,a' | split: ',' | sort_natural | join: ' ' }}") == "A a b B c");
  CHECK(render("{{ 'b,A,c,B,a' | split: ',' | sort | join: ' ' }}") == "A B a b c");
}

TEST_CASE("the lax parser is used where the strict one fails") {
  CHECK(render("{% assign site.url = 1 %}{{ 'x' | \"text\" }}{{ 'a' 'b' | upcase }}") == "xA");
  CHECK(messages_of("{{ x y }}") ==
        "page.md:1:1: Expected end_of_string but found id in \"{{ x y }}\"\n  1 | {{ x y }}\n    | "
        "^\n");
}

TEST_CASE("cycle skips a literal nil, not a variable that is nil") {
  CHECK(render("{% for i in (1..3) %}{% cycle 'row': 'on', nil, 'off', null %} {% endfor %}") ==
        "on off on ");
  CHECK(render("{% for i in (1..2) %}{% cycle nil, nil %}{% cycle 'a', nil %}{% cycle 'b', none "
               "%}{% endfor %}") == "aba");
}

TEST_CASE("an unknown filter returns its input and is reported with the nearest name") {
  CHECK(render("{{ 'a' | upcas }}") == "a");
  CHECK(messages_of("---\n---\nx {{ 'a' | shuot }}", 8) ==
        "page.md:3:12: unknown filter 'shuot'\n  3 | x {{ 'a' | shuot }}\n    |            ^ did "
        "you mean 'shout'?\n");
  CHECK(messages_of("{% comment %}{{ 'a' | nonsense }}{% endcomment %}").empty());
  // A template with a syntax error gets no warnings about filters.
  CHECK(messages_of("{{ x | \"No words\" }}").find("unknown filter") == std::string::npos);
}

TEST_CASE("syntax errors have their place in the file, and Liquid's line number from the body") {
  CHECK(messages_of("---\nt: 1\n---\na\n{% fro i in a %}", 13) ==
        "page.md:5:1: Unknown tag 'fro'\n  5 | {% fro i in a %}\n    | ^ did you mean 'for'?\n");
  Page page("---\nt: 1\n---\na\n{% fro i in a %}", 13);
  page.render();
  CHECK(page.error == "Liquid::SyntaxError: Liquid syntax error (line 2): Unknown tag 'fro'");
  CHECK(page.parsed->error.parsing);
  CHECK(messages_of("a {% if true %}\nb") ==
        "page.md:1:3: 'if' tag was never closed\n  1 | a {% if true %}\n    |   ^ write {% endif "
        "%} where it ends\n");
  CHECK(messages_of("{% endfor %}") ==
        "page.md:1:1: Unknown tag 'endfor'\n  1 | {% endfor %}\n    | ^ there is no open {% for %} "
        "here\n");
}

TEST_CASE("an error while rendering stops the page and has its class and line") {
  CHECK(error_of("\n{{ 'x' | upcase: 1 }}") ==
        "Liquid::ArgumentError: Liquid error (line 2): wrong number of arguments (given 2, "
        "expected 1)");
  CHECK(error_of("{{ nil | refuse }}") == "TypeError: no implicit conversion of nil into String");
  CHECK(error_of("{% if 1 < 'a' %}{% endif %}") ==
        "Liquid::ArgumentError: Liquid error (line 1): comparison of Integer with String failed");
  CHECK(error_of("{% render 'a' %}") ==
        "Liquid::FileSystemError: Liquid error (line 1): This liquid context does not allow "
        "includes.");
}

TEST_CASE("on_error: print_error writes the message in the place of the node") {
  Page page("a{{ 1 | divided_by: 0 }}b");
  Context c(page.env, page.arena, page.data);
  c.on_error = print_error;
  Text out;
  CHECK(c.render(*page.parsed, out));
  CHECK(out.str() == "aLiquid error (line 1): divided by 0b");
}

TEST_CASE("registered tags have a parsed or a raw body, and raise errors of their own class") {
  CHECK(render("{% box 'a' | shout %}{{ 1 | plus: 1 }}{% endbox %}") == "[A!|2]");
  CHECK(render("{% code 'a' | ask %}{{ 1 }}{% endcode %}") == "[A?|{{ 1 }}]");
  CHECK(error_of("{% box bad %}{% endbox %}") == "ArgumentError: a box is not bad");
}

TEST_CASE("Template::uses has every registered tag, also in branches that are not taken") {
  Page page(
      "{% if false %}{% include a.html %}{% else %}{% box x %}{% include b.html %}{% endbox %}{% "
      "endif %}");
  std::string seen;
  scan(*page.parsed, [&](const Node& node) {
    seen += std::string(Str(node.type->name)) + " " + std::string(node.markup) + ";";
  });
  CHECK(seen == "include a.html ;box x ;include b.html ;");
}

TEST_CASE("an include shares the scope and can break the loop around it") {
  Page include("{% assign seen = include %}{% if i == 2 %}{% break %}{% endif %}<{{ i }}>");
  Page page("{% for i in (1..4) %}{% include a.html %}{% endfor %}{{ seen }}{{ include }}");
  CHECK(page.render(include.parsed) == "<1>yes");
}

TEST_CASE("an include that includes itself raises \"Nesting too deep\"") {
  Page self("a{% include self.html %}");
  Page page("{% include self.html %}");
  page.render(self.parsed);
  CHECK(page.error == "Liquid::StackLevelError: Liquid error (line 1): Nesting too deep");
  CHECK(page.out.size() == 99);
}

TEST_CASE("blocks nested through includes stop at kMaxStack") {
  std::string text;
  for (int i = 0; i < 90; i++) text += "{% if true %}{% for i in (1..1) %}";
  // Half of it are loops, whose scopes are used up first; without them the nesting itself is the
  // limit.
  std::string plain;
  for (int i = 0; i < 95; i++) plain += "{% if true %}";
  plain += "{% include self.html %}";
  for (int i = 0; i < 95; i++) plain += "{% endif %}";
  Page self(plain);
  REQUIRE_FALSE(self.parsed->error);
  Page page("{% include self.html %}");
  page.render(self.parsed);
  CHECK(page.error == "Liquid::StackLevelError: Liquid error (line 1): Nesting too deep");
  Page deep(text);
  CHECK(deep.parsed->error.type == "Liquid::StackLevelError");
}

TEST_CASE("SourceMap: each piece of the output has its source") {
  Page include("[{{ 'inc' }}]");
  Page page("---\n---\nab{{ 1 }}cd{% include x %}e", 8);
  CHECK(page.render(include.parsed) == "ab1cd[inc]e");
  std::size_t offset;
  auto at = [&](std::size_t i) { return page.map.find(i, offset); };
  CHECK((at(1) == &page.source && offset == 9));     // b
  CHECK((at(2) == &page.source && offset == 10));    // 1, by {{ 1 }}
  CHECK((at(4) == &page.source && offset == 18));    // d
  CHECK((at(5) == &include.source && offset == 0));  // [
  CHECK((at(7) == &include.source && offset == 1));  // n, by {{ 'inc' }}
  CHECK((at(10) == &page.source && offset == 34));   // e
}

TEST_CASE("parse_expression and parse_condition evaluate with the current variables") {
  Page page("");
  Context c(page.env, page.arena, page.data);
  c.set("x", 4);
  Error error;
  const Condition* condition = parse_condition(page.arena, "x > 3 and x != 5", error);
  REQUIRE(condition);
  CHECK(c.test(condition));
  CHECK(parse_condition(page.arena, "x == 1 y", error) == nullptr);
  CHECK(error.text == "Expected end_of_string but found id");
  CHECK(c.evaluate(parse_variable(page.arena, page.env, "x | times: 2 | plus: 1")).i == 9);
  CHECK(c.lookup("x").i == 4);
  Value argument = 3;
  CHECK(c.call("minus", 10, &argument, 1).i == 7);
}

TEST_CASE("limits of steps and output raise \"Memory limits exceeded\" with a remedy") {
  support::OtherLimits usual;
  limits.steps.most = limits.output.most = 1000;
  Page loop("{% for i in (1..100000) %}{% endfor %}");
  loop.render();
  CHECK(loop.error == "Liquid::MemoryError: Liquid error (line 1): Memory limits exceeded");
  CHECK(loop.messages() ==
        "page.md:1:1: Memory limits exceeded\n  1 | {% for i in (1..100000) %}{% endfor %}\n"
        "    | ^ the page takes too many steps to render\n");
  Page text(
      "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..9) %}{% assign s = s | append: s %}{% endfor "
      "%}");
  text.render();
  CHECK(text.error == "Liquid::MemoryError: Liquid error (line 1): Memory limits exceeded");
  // The output around empty bodies counts as well.
  Page cells("{% tablerow i in (1..100000) %}{% endtablerow %}");
  limits.steps.most = 1'000'000;
  limits.output.most = 10'000;
  std::string row = cells.render();
  CHECK(cells.error == "Liquid::MemoryError: Liquid error (line 1): Memory limits exceeded");
  CHECK(row.size() < 10'100);
}

TEST_CASE("texts and arrays that a loop makes longer take linear memory") {
  for (const char* body :
       {"{% assign s = s | append: 'x' %}", "{% assign s = s | prepend: 'x' %}",
        "{% assign s = 'x' | append: s %}", "{% assign s = s | append: i | prepend: ',' %}",
        "{% capture s %}{{ s }}x{% endcapture %}", "{% capture s %}x{{ s }}{% endcapture %}",
        "{% capture s %}<{{ s }}>{% endcapture %}",
        "{% capture t %}{{ t }}y{% endcapture %}{% assign s = s | append: 'x' %}"}) {
    std::string source = std::string("{% assign s = '' %}{% for i in (1..10000) %}") + body +
                         "{% endfor %}{{ s | size }}";
    Page page(source);
    std::size_t before = memory_held;
    std::string printed = page.render();
    INFO(body << " " << printed);
    REQUIRE(!printed.empty());
    CHECK(std::stoi(printed) >= 10'000);
    CHECK(memory_held - before < 2'000'000);
  }
}

TEST_CASE("what a loop copies whole in each round ends with an error") {
  const std::string limit = "Liquid::MemoryError: Liquid error (line 1): Memory limits exceeded";
  support::OtherLimits restored;
  limits.steps.most = 2'000'000;
  for (const char* body :
       {"{% capture s %}{{ s }}xxxx{% endcapture %}", "{% capture s %}x{{ s }}y{% endcapture %}",
        "{% capture t %}{{ big }}{% endcapture %}", "{% ifchanged %}{{ big }}{% endifchanged %}",
        "{% assign s = s | append: 'xxxx' | upcase | strip %}",
        "{% assign s = s | append: 'xxxx' | escape %}"}) {
    INFO(body);
    std::string big(20'000, 'a'), source = "{% assign s = '' %}{% for i in (1..20000) %}";
    source += std::string(body) + "{% endfor %}";
    Page page(source);
    page.data->set("big", Value(Str(big.data(), big.size())));
    page.render();
    CHECK(page.error == limit);
  }
  // What the values of a small site take is less than half of a gigabyte.
  limits.steps.most = restored.limits.steps.most;
  max_memory = std::size_t(1) << 30;
  for (const char* body : {"{% assign s = s | append: 'xxxxxxxx' | upcase %}",
                           "{% assign a = s | append: i | split: '' %}{% assign s = a | join %}",
                           "{% assign s = s | concat: b | reverse %}"}) {
    INFO(body);
    std::string source = "{% assign s = 'a' | split: ',' %}{% assign b = s %}";
    source += "{% for i in (1..100000) %}";
    source += std::string(body) + "{% endfor %}";
    Page page(source);
    page.render();
    CHECK(page.error == limit);
    CHECK(page.arena.held() < std::size_t(400) << 20);
  }
}

TEST_CASE("arrays that a loop makes longer take linear memory, and don't change each other") {
  Page page(
      "{% assign one = 'x' | split: ',' %}{% assign s = one %}{% for i in (1..5000) %}"
      "{% assign s = s | concat: one %}{% endfor %}{{ s | size }}");
  std::size_t before = memory_held;
  CHECK(page.render() == "5001");
  CHECK(memory_held - before < 2'000'000);
  CHECK(render("{% assign a = 'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p' | split: ',' %}"
               "{% assign one = '1' | split: ',' %}{% assign two = '2,2' | split: ',' %}"
               "{% assign b = a | concat: one %}{% assign c = b | concat: one %}"
               "{% assign d = b | concat: two %}{% assign e = c | reverse %}"
               "{{ a | join }} {{ b | join: '' }} {{ c | join: '' }} {{ d | join: '' }} "
               "{{ e | first }}{{ c | last }}") ==
        "a b c d e f g h i j k l m n o p abcdefghijklmnop1 abcdefghijklmnop11 "
        "abcdefghijklmnop122 11");
}

TEST_CASE("a nested loop starts with empty variables and reuses the map of its scope") {
  CHECK(render("{% for i in (1..2) %}{% for j in (1..2) %}{{ k }}{{ i }}{{ j }} {% endfor %}{{ j "
               "}}{% endfor %}") == "11 12 21 22 ");
  Page page("{% for i in (1..1000) %}{% for j in (1..1) %}{% endfor %}{% endfor %}");
  std::size_t before = memory_held;
  page.render();
  CHECK(memory_held - before < 200'000);
}

TEST_CASE("strict_variables and strict_filters raise an error") {
  Page page("{{ a.b }}");
  page.data->set("a", make_map(page.arena));
  Context c(page.env, page.arena, page.data);
  c.strict_variables = true;
  Text out;
  CHECK_FALSE(c.render(*page.parsed, out));
  CHECK(c.error.type == "Liquid::UndefinedVariable");
  CHECK(c.error.text == "undefined variable b");
}

TEST_CASE("\"now\" | date uses Context::now and Context::zone") {
  CHECK(render("{{ 'now' | date: '%Y-%m-%d %H:%M %Z' }} {{ 'today' | date: '%j' }}") ==
        "2001-02-03 04:05 UTC 034");
  CHECK(render("{{ 66999999999999999 | date: '%Y' }} {{ -9223372036854775808 | date: '%Y' }}") ==
        "2123147449 -9223372036854775808");
}

TEST_CASE("blocks of only white space and blank tags print nothing") {
  CHECK(render("<{% if true %}\n  {% assign x = 1 %}\n{% endif %}>") == "<>");
  CHECK(render("<{% for i in (1..3) %} {% comment %}x{% endcomment %} {% endfor %}>") == "<>");
  CHECK(render("<{% if true %} {{ nil }} {% endif %}>") == "<  >");
}
