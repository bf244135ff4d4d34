// When a site needs the lexers of code, and what it shows without them. The browser's part is
// tested in tests/web/highlight.test.mjs.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/rouge.h"
#include "site_fixture.h"

using namespace meridian;

namespace {
bool loaded = false;

/// As the browser's host: without the module it says that the lexers are lacking.
bool highlight(Text& out, Str name, Str code) {
  if (!loaded) rouge::lacks_lexers = true;
  return loaded && rouge::add_highlighted(out, name, code);
}

struct Code : Fixture {
  Code(std::initializer_list<std::pair<Str, Str>> files) : Fixture(files) {
    rouge::highlighter = highlight;
    loaded = false;
  }
  ~Code() {
    rouge::highlighter = nullptr;
    rouge::lacks_lexers = false;
  }
  /// What the worker does when the module has come.
  void load() {
    loaded = true;
    REQUIRE(w.options("{}"));
  }
};

constexpr const char* kCode = "---\nlayout: l\n---\n```python\nimport this\n```\n";
constexpr const char* kPlain =
    "<div class=\"language-python highlighter-rouge\"><div class=\"highlight\"><pre "
    "class=\"highlight\"><code>import this\n</code></pre></div></div>\n";
constexpr const char* kColoured =
    "<div class=\"language-python highlighter-rouge\"><div class=\"highlight\"><pre "
    "class=\"highlight\"><code><span class=\"kn\">import</span> <span class=\"nn\">this</span>\n"
    "</code></pre></div></div>\n";
constexpr const char* kConfig = "theme: site\n";
}  // namespace

TEST_CASE("a page is shown without tokens until the lexers are there") {
  Code f{{"_config.yml", kConfig}, {"_layouts/l.html", "{{ content }}"}, {"index.md", kCode}};
  CHECK(f.html("/") == kPlain);
  f.load();
  CHECK(f.html("/") == kColoured);
}

TEST_CASE("words of code are counted with its tokens, so the lexers come first") {
  Code f{{"_config.yml", kConfig},
         {"_layouts/l.html", "{{ content | number_of_words }}"},
         {"index.md", kCode}};
  Answer page = render(f.w, "/");
  CHECK(page.status == site::Status::Needs);
  CHECK(page.json.find("\"modules\":[\"rouge\"]") != std::string::npos);
  f.load();
  CHECK(f.html("/") == "9");
}

TEST_CASE("words of text need no lexers, also beside code") {
  Code f{{"_config.yml", kConfig},
         {"_layouts/l.html", "{{ content | strip_html | number_of_words }}"},
         {"index.md", kCode}};
  CHECK(f.html("/") == "2");
}

TEST_CASE("what programs read has tokens from the begin") {
  Code f{{"_config.yml", kConfig},
         {"_layouts/l.html", "{{ content }}"},
         {"index.md", kCode},
         {"code.txt", "---\n---\n{% highlight python %}import this{% endhighlight %}"}};
  CHECK(render(f.w, "/code.txt").status == site::Status::Needs);
  f.load();
  CHECK(f.html("/code.txt").find("<span class=\"kn\">import</span>") != std::string::npos);
}

TEST_CASE("what is written has tokens") {
  Code f{{"_config.yml", kConfig}, {"_layouts/l.html", "{{ content }}"}, {"index.md", kCode}};
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  auto written = [&] {
    needs = {};
    return f.w.site().render_output("index.html", arena, needs, diagnostics);
  };
  CHECK(written().status == site::Status::Needs);
  CHECK(needs.rouge);
  f.load();
  site::Page page = written();
  CHECK(page.status == site::Status::Ready);
  CHECK(std::string(page.html) == kColoured);
}
