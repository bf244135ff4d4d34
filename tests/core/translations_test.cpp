// Pages in several languages: which belong together, the language that a path has, and what the
// theme makes of it. What a site's own layouts see stays as Jekyll has it.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "rendered.h"

using namespace meridian;

namespace {
using Files = std::vector<std::pair<std::string, std::string>>;

/// A site in the theme's layouts, whose pages all have the layout `single`.
struct Site {
  Workspace w;
  explicit Site(const Files& files, const std::string& config = "",
                const char* theme = "meridian") {
    w.put("_config.yml", "defaults: [{scope: {path: ''}, values: {layout: single}}]\n" + config);
    for (auto& [path, front] : files)
      w.put(path, "---\n" + front + "\n---\n{{ page.lang | escape }}!\n");
    w.files().complete = true;
    REQUIRE(
        w.options(std::string("{\"theme\":\"") + theme + "\",\"time\":\"2024-06-01T12:00:00Z\"}"));
  }
  std::string html(Str url) { return render(w, url).html; }
  /// `en=/about.html zh=/about.zh.html *=/about.html`: the alternates in the head.
  std::string alternates(Str url) {
    std::string page = html(url), found;
    const std::string mark = "<link rel=\"alternate\" hreflang=\"";
    for (std::size_t at = 0; (at = page.find(mark, at)) != std::string::npos;) {
      at += mark.size();
      std::size_t end = page.find('"', at), href = page.find("href=\"", end) + 6;
      std::string language = page.substr(at, end - at);
      found += (found.empty() ? "" : " ") + (language == "x-default" ? "*" : language) + "=" +
               page.substr(href, page.find('"', href) - href);
    }
    return found;
  }
};
}  // namespace

TEST_CASE("pages with one `ref` are translations of each other") {
  Site site({{"about.md", "{ref: about}"},
             {"uber.md", "{ref: about, lang: de, permalink: /de/ueber/}"},
             {"_posts/2020-01-01-x.md", "{ref: about, lang: fr, permalink: /x/}"},
             {"other.md", "{ref: other}"},
             {"plain.md", "{title: P}"}});
  const char* all = "en=/about.html fr=/x/ de=/de/ueber/ *=/about.html";
  for (Str url : {"/about.html", "/de/ueber/", "/x/"}) {
    std::string found = site.alternates(url);
    INFO(found);
    for (const char* one : {"en=/about.html", "fr=/x/", "de=/de/ueber/", "*=/about.html"})
      CHECK(has(" " + found + " ", std::string(" ") + one + " "));
    CHECK(found.size() == std::string(all).size());
    CHECK(found.rfind("en=", 0) == 0);  // the site's language is the first
  }
  CHECK(site.alternates("/other.html") == "");
  CHECK(site.alternates("/plain.html") == "");
  CHECK_FALSE(has(site.html("/plain.html"), "class=\"languages"));
}

TEST_CASE("page_id counts as ref; a number does as well") {
  Site site({{"a.md", "{page_id: 7}"},
             {"b.md", "{page_id: 7, lang: de}"},
             {"c.md", "{ref: 7, lang: fr}"}});
  CHECK(site.alternates("/a.html") == "en=/a.html de=/b.html fr=/c.html *=/a.html");
}

TEST_CASE("paths that differ by a language belong together") {
  Site site({{"index.md", ""},
             {"zh/index.md", ""},
             {"about.md", ""},
             {"about.zh.md", ""},
             {"de/about.html", ""},
             {"docs/pt-BR/a.md", ""},
             {"docs/a.md", ""},
             {"_posts/2020-01-01-x.md", ""},
             {"_posts/2020-01-01-x.fr.md", ""}});
  CHECK(site.alternates("/") == "en=/ zh=/zh/ *=/");
  CHECK(site.alternates("/zh/") == "en=/ zh=/zh/ *=/");
  CHECK(site.alternates("/about.html") ==
        "en=/about.html zh=/about.zh.html de=/de/about.html *=/about.html");
  CHECK(site.alternates("/docs/a.html") ==
        "en=/docs/a.html pt-BR=/docs/pt-BR/a.html *=/docs/a.html");
  CHECK(site.alternates("/2020/01/01/x.html") ==
        "en=/2020/01/01/x.html fr=/2020/01/01/x.fr.html *=/2020/01/01/x.html");
  CHECK(has(site.html("/about.zh.html"), "<html lang=\"zh\">"));
  CHECK(has(site.html("/docs/pt-BR/a.html"), "<html lang=\"pt-BR\">"));
}

TEST_CASE("names that are no languages, or have no sibling, mean nothing") {
  Site site({{"index.md", ""},
             {"cs/index.md", ""},
             {"cv/index.md", ""},
             {"api/index.md", ""},
             {"ml/index.md", ""},
             {"deno.md", ""},
             {"deno.ts.md", ""},
             {"v1.md", ""},
             {"v1.2.md", ""},
             {"it/only.md", ""},
             {"de.md", ""}});
  for (Str url : {"/", "/cs/", "/cv/", "/api/", "/ml/", "/deno.html", "/deno.ts.html", "/v1.html",
                  "/v1.2.html", "/it/only.html", "/de.html"}) {
    INFO(std::string(url));
    CHECK(site.alternates(url) == "");
    CHECK(has(site.html(url), "<html lang=\"en\">"));
  }
}

TEST_CASE("`languages` in the configuration decides, and a page's own `lang` wins") {
  Files files{{"index.md", ""}, {"cs/index.md", ""}, {"de/index.md", ""}, {"cs/only.md", ""}};
  Site site(files, "languages: [en, cs]\ndefault_lang: en\n");
  CHECK(site.alternates("/") == "en=/ cs=/cs/ *=/");
  CHECK(site.alternates("/de/") == "");
  CHECK(has(site.html("/cs/only.html"), "<html lang=\"cs\">"));
  CHECK(Site(files, "languages: [en]\n").alternates("/") == "");
  Site own(
      {{"a.md", "lang: de"}, {"a.en.md", "lang: de"}, {"b.md", ""}, {"b.fr.md", "locale: de_AT"}});
  CHECK(own.alternates("/a.html") == "");  // both are German
  CHECK(own.alternates("/b.html") == "en=/b.html de-AT=/b.fr.html *=/b.html");
  CHECK(has(own.html("/b.fr.html"), "<html lang=\"de-AT\">"));
}

TEST_CASE(
    "x-default is the page in the site's language, addresses are absolute where there is one") {
  Site site(Files{{"a.md", "{ref: a, lang: en}"}, {"b.md", "{ref: a, lang: de}"}},
            "locale: de-DE\nurl: https://x.example\nbaseurl: /b\n");
  CHECK(site.alternates("/a.html") ==
        "de=https://x.example/b/b.html en=https://x.example/b/a.html *=https://x.example/b/b.html");
}

TEST_CASE("the switch names each language by itself, and marks the page's own") {
  Site site({{"a.md", ""},
             {"a.ar.md", ""},
             {"a.zh-Hant.md", ""},
             {"b.md", "{ref: b}"},
             {"c.md", "{ref: b, lang: tlh}"}});
  std::string page = site.html("/a.ar.html");
  CHECK(has(page, "<html lang=\"ar\" dir=\"rtl\">"));
  CHECK(has(page, "<a href=\"/a.html\" lang=\"en\" hreflang=\"en\">English</a>"));
  CHECK(has(page,
            "<a href=\"/a.ar.html\" lang=\"ar\" hreflang=\"ar\" dir=\"rtl\" "
            "aria-current=\"page\">العربية</a>"));
  CHECK(has(page, "lang=\"zh-Hant\" hreflang=\"zh-Hant\">繁體中文</a>"));
  CHECK(has(site.html("/b.html"), "hreflang=\"tlh\">tlh</a>"));  // a language that it does not know
}

TEST_CASE("hostile languages and references break nothing") {
  Site site({{"a.md", "{ref: 'x\"><script>', lang: en}"},
             {"b.md", "{ref: 'x\"><script>', lang: '\"><script>alert(1)</script>'}"},
             {"c.md", "{ref: [1, {a: b}], lang: [de]}"},
             {"d.md", "{ref: [1, {a: b}], lang: {x: y}}"},
             {"..zh..md", ""},
             {".zh.md", ""},
             {"zh/.md", ""}});
  for (Str url : {"/a.html", "/b.html", "/c.html", "/d.html"}) {
    INFO(std::string(url));
    std::string page = site.html(url);
    CHECK(has(page, "<html"));
    CHECK_FALSE(has(page, "<script>alert"));
  }
}

TEST_CASE("unpublished translations are none") {
  Site site(Files{{"a.md", ""}, {"a.de.md", "published: false"}});
  CHECK(site.alternates("/a.html") == "");
}

TEST_CASE("a site's own layouts see what Jekyll's do") {
  Workspace w;
  put_site(w, std::vector<std::pair<Str, Str>>{
                  {"_config.yml", ""},
                  {"_layouts/own.html", "[{{ page.lang }}|{{ page.translations }}]{{ content }}"},
                  {"a.md", "---\nlayout: own\nref: a\n---\nA"},
                  {"a.zh.md", "---\nlayout: own\nref: a\n---\nB"}});
  CHECK(render(w, "/a.zh.html").html == "[|]<p>B</p>\n");
}

TEST_CASE("finding translations takes time in proportion to the site, once") {
  auto work = [](int pages) {
    Files files;
    for (int i = 0; i < pages; i++) {
      std::string name = "p" + std::to_string(i);
      files.emplace_back(name + ".md", "");
      files.emplace_back(name + ".de.md", "");
      files.emplace_back("r" + name + ".md", "ref: " + name);
    }
    Site site(files, "locale: en\n");
    CHECK(site.alternates("/p1.html") == "en=/p1.html de=/p1.de.html *=/p1.html");
    (void)site.html("/rp1.html");
    std::uint64_t before = work_done;
    for (int i = 0; i < 20; i++) (void)site.html("/p2.de.html"), (void)site.html("/rp2.html");
    return work_done - before;
  };
  // Without a navigation the masthead lists all pages: that is what grows.
  CHECK(work(2000) < 11 * work(200));
}

TEST_CASE("words in the form of minimal-mistakes' ui-text.yml") {
  Site site({{"_posts/2020-01-01-x.md", "{last_modified_at: 2021-01-01, read_time: true}"}},
            "locale: tr-TR\n");
  site.w.put("_data/ui-text.yml",
             "# Turkish\n# -------\ntr: &DEFAULT_TR\n  minute_read           : \"dakika\"\n"
             "  meta_label            :\n  date_label            : \"G\xC3\xBCncelleme tarihi:\"\n"
             "  powered_by            : \"Eme\xC4\x9Fi ge\xC3\xA7"
             "enler: \"\n"
             "tr-TR:\n  <<: *DEFAULT_TR\n");
  std::string html = site.html("/2020/01/01/x.html");
  CHECK(has(html, "1 dakika"));
  CHECK(has(html, "G\xC3\xBCncelleme tarihi:</strong>"));
  CHECK(has(html,
            "Eme\xC4\x9Fi ge\xC3\xA7"
            "enler: "));
  CHECK_FALSE(has(html, "Updated:"));
}

TEST_CASE("jekyll-polyglot: pages that nobody wrote are in the language of their address") {
  Site site({{"about.md", "{lang: en}"}, {"plain.md", "{title: Plain}"}},
            "locale: en-US\nplugins: [jekyll-polyglot]\nlanguages: [en, de]\n");
  CHECK(has(site.html("/de/nowhere/"), "<html lang=\"de\">"));
  CHECK(has(site.html("/nowhere/"), "<html lang=\"en\">"));
  CHECK(has(site.html("/de/plain.html"), "<html lang=\"en\">"));  // its text is
  CHECK(has(site.html("/de/about.html"), "<html lang=\"en\">"));
}
