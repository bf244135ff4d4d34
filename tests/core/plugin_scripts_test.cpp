// Plugins in JavaScript: what the core asks of its host, and what it makes of the answers.
#include "meridian/plugin_scripts.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "site_fixture.h"

using namespace meridian;

namespace {
std::vector<std::string> asked;
std::string looked_up;

/// A host whose functions give back what they were asked, or what their name says.
bool host(Str request, Text& answer) {
  asked.emplace_back(request);
  auto has = [&](Str text) { return request.find(text) != Str::npos; };
  if (has("\"silent\"")) return false;
  if (has("\"fails\"")) {
    answer.add("!Error: no");
  } else if (has("\"list\"")) {
    answer.add("=[1,{\"a\":\"b\"}]");
  } else if (has("\"large\"")) {
    answer.add('\'');
    answer.add((1 << 20) + 1, 'x');
  } else if (has("\"look\"")) {
    Text json;
    for (Str expression : {"page", "site.title", "x", "\"a\""}) {
      site::look_up_for_plugin(expression, json);
      json.add('\n');
    }
    looked_up = json.str();
    answer.add("'");
  } else {
    answer.add("'<");
    answer.add(request);
    answer.add('>');
  }
  return true;
}

constexpr const char* kNames =
    R"({"plugins":{"_plugins/a.js":{"filters":["shout","list","upcase"],"tags":["me","fails","silent","look","gist","large"],"blocks":["note","fails_too"]}}})";

struct Plugged : Fixture {
  Plugged(Str page, site::PluginFunction function = host)
      : Fixture{{"_config.yml", "title: T\n"},
                {"_plugins/a.js", "x"},
                {"_plugins/b.rb", "x"},
                {"_plugins/inner/c.js", "x"},
                {"page.html", page}} {
    asked.clear();
    site::set_plugin_function(function);
  }
  ~Plugged() { site::set_plugin_function(nullptr); }
  Plugged& named() {
    REQUIRE(w.options(kNames));
    return *this;
  }
  Answer page() { return render(w, "/page.html"); }
};
}  // namespace

TEST_CASE("a site asks for its plugins in JavaScript before its first page, once") {
  Plugged f("---\n---\n{% me x %}");
  Answer answer = f.page();
  CHECK(answer.status == site::Status::Needs);
  CHECK(answer.json == R"({"paths":[],"zones":[],"modules":["_plugins/a.js"]})");
  CHECK(f.named().page().status == site::Status::Ready);
}

TEST_CASE("functions of plugins get what templates have, and give text or values") {
  const std::pair<const char*, const char*> kCases[] = {
      {"{% me  a b %}", R"(<["_plugins/a.js","tags","me",["a b"]]>)"},
      {"{% note x %}in {{ 1 }}{% endnote %}",
       R"(<["_plugins/a.js","blocks","note",["x","in 1"]]>)"},
      {"{{ 'a' | shout }}", R"(<["_plugins/a.js","filters","shout",["a"]]>)"},
      {"{{ 'a' | shout: 1, k: page.k }}",
       R"(<["_plugins/a.js","filters","shout",["a",1,{"k":["v"]}]]>)"},
      {"{{ nil | list | last | map: 'a' }}", "b"},
      {"{% liquid me x %}", R"(<["_plugins/a.js","tags","me",["x"]]>)"},
      // A plugin takes the place of Liquid's own and of Jekyll's.
      {"{{ 'a' | upcase }}", R"(<["_plugins/a.js","filters","upcase",["a"]]>)"},
      {"{% gist 1 %}", R"(<["_plugins/a.js","tags","gist",["1"]]>)"},
      {"{% assign l = 'a,b' | split: ',' %}{{ l | where_exp: 'x', 'x == \"b\"' }}", "b"},
      // Who sees the page has it run: nothing, the content, the input.
      {"<{% silent %}>", "<>"},
  };
  for (auto [template_text, html] : kCases) {
    INFO(template_text);
    Plugged f(std::string("---\nk: [v]\n---\n") + template_text);
    Answer answer = f.named().page();
    CHECK(answer.html == html);
    CHECK(answer.json.find("\"diagnostics\":[]") != std::string::npos);
  }
}

TEST_CASE("a function that fails is reported at the tag, and the rest of the page is shown") {
  Plugged f("---\n---\na\n{% fails %}{% fails_too %}b{% endfails_too %}{{ 'c' | shout }}");
  Answer answer = f.named().page();
  CHECK(answer.html.find("a\n") == 0);
  CHECK(answer.html.find("shout") != std::string::npos);
  CHECK(answer.json.find(R"("line":4,"column":1,"file":"page.html","message":"the tag `fails` of)"
                         R"( `_plugins/a.js`: Error: no","remedy":"mend the plugin")") !=
        std::string::npos);
}

TEST_CASE("what is too large is an error") {
  Plugged f("---\n---\n[{% large %}]");
  Answer answer = f.named().page();
  CHECK(answer.html == "[]");
  CHECK(answer.json.find("`_plugins/a.js`: more than 1 MB goes there or comes back") !=
        std::string::npos);
  Plugged g("---\n---\n{% assign x = 'xxxxxxxxxx' %}" + [] {
    std::string twice;
    for (int i = 0; i < 17; i++) twice += "{% assign x = x | append: x %}";
    return twice;
  }() + "{{ x | shout | size }}");
  answer = g.named().page();
  CHECK(answer.html == "1310720");
  CHECK(asked.empty());
}

TEST_CASE("a function looks up variables, the page's data and the configuration") {
  Plugged f("---\nk: v\n---\n{% assign x = 3 %}{% look %}");
  CHECK(f.named().page().html == "");
  CHECK(looked_up.find(R"("k":"v")") != std::string::npos);
  CHECK(looked_up.find(R"("url":"/page.html")") != std::string::npos);
  CHECK(looked_up.find("look %}") == std::string::npos);
  CHECK(looked_up.substr(looked_up.find('\n')) == "\n\"T\"\n3\n\"a\"\n");
  Text none;
  site::look_up_for_plugin("page", none);
  CHECK(none.empty());
}

TEST_CASE("without a host that runs plugins each use is an error, and nothing else is lost") {
  Plugged f("---\n---\n{% me %}{% note %}b{% endnote %}{{ 'c' | shout }}", nullptr);
  Answer answer = f.named().page();
  CHECK(answer.html == "bc");
  for (const char* name : {"tag `me`", "block `note`", "filter `shout`"}) {
    INFO(name);
    CHECK(answer.json.find(std::string("\"severity\":\"error\"")) != std::string::npos);
    CHECK(answer.json.find(std::string("the ") + name + " of `_plugins/a.js` is not run here") !=
          std::string::npos);
  }
}

TEST_CASE("plugins of what came from elsewhere are not asked for") {
  Plugged f("---\n---\n<{% me %}>", nullptr);
  Answer answer = f.page();
  CHECK(answer.status == site::Status::Ready);
  CHECK(answer.html == "<>");
  CHECK(answer.json.find("plugins of what came from elsewhere are not run") != std::string::npos);
  CHECK(answer.json.find("Unknown tag 'me'") != std::string::npos);
}

TEST_CASE("a plugin that can't be loaded says why, and its tags are unknown") {
  Plugged f("---\n---\n<{% me %}>");
  REQUIRE(f.w.options(R"j({"plugins":{"_plugins/a.js":"SyntaxError: x (line 3)"}})j"));
  Answer answer = f.page();
  CHECK(answer.html == "<>");
  CHECK(answer.json.find(R"j("file":"_plugins/a.js","message":"SyntaxError: x (line 3)")j") !=
        std::string::npos);
}

TEST_CASE("a changed plugin is asked for again, and templates are parsed with its names") {
  Plugged f("---\n---\n{% me %}{% new %}");
  CHECK(f.named().page().html.find("\"me\"") != std::string::npos);
  f.w.put("_plugins/a.js", "y");
  CHECK(f.page().status == site::Status::Needs);
  REQUIRE(f.w.options(R"({"plugins":{"_plugins/a.js":{"tags":["new"]}}})"));
  Answer answer = f.page();
  CHECK(answer.html == R"(<["_plugins/a.js","tags","new",[""]]>)");
  CHECK(answer.json.find("Unknown tag 'me'") != std::string::npos);
  f.w.remove("_plugins/a.js");
  CHECK(f.page().html == "");
}

TEST_CASE("a page that uses a plugin depends on its file") {
  Plugged f("---\n---\n{% me %}");
  CHECK(f.named().page().json.find("\"_plugins/a.js\"") != std::string::npos);
  f.w.put("page.html", "---\n---\nx");
  CHECK(f.page().json.find("_plugins/a.js") == std::string::npos);
}

TEST_CASE("more than 200 names are too many") {
  std::string names = "{\"plugins\":{\"_plugins/a.js\":{\"tags\":[\"me\"";
  for (int i = 0; i < 300; i++) names += ",\"t" + std::to_string(i) + "\"";
  Plugged f("---\n---\n{% me %}{% t198 %}{% t199 %}");
  REQUIRE(f.w.options(names + "]}}}"));
  Answer answer = f.page();
  CHECK(answer.html.find("t198") != std::string::npos);
  CHECK(answer.json.find("plugins have more than 200 names") != std::string::npos);
  CHECK(answer.json.find("Unknown tag 't199'") != std::string::npos);
}
