// What `meridian check` says of _config.yml.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "check_fixture.h"

namespace {

/// The findings in `_config.yml` of a site of one page, which the theme shows.
std::string settings(const std::string& config, Str page = "---\ntitle: Home\n---\nx\n") {
  std::string all =
                  findings({{"_config.yml", config}, {"index.md", page}}, "{\"theme\": \"auto\"}"),
              some;
  for (std::size_t at = 0, end; at < all.size(); at = end + 1) {
    end = all.find('\n', at);
    std::string line = all.substr(at, end - at);
    if (line.rfind("_config.yml", 0) == 0) some += line.substr(11) + "\n";
  }
  return some;
}

TEST_CASE("a key near a known one is reported with it") {
  CHECK(settings("titel: x\n") == ":1:1: nothing reads the key `titel`; did you mean `title`?\n");
  CHECK(settings("url: https://a.example\nauther: Ada\n") ==
        ":2:1: nothing reads the key `auther`; did you mean `author`?\n");
  CHECK(settings("permalnik: pretty\nexlude: [a]\nbase_url: /a\nTitle: x\nplugin: [a]\n") ==
        ":1:1: nothing reads the key `permalnik`; did you mean `permalink`?\n"
        ":2:1: nothing reads the key `exlude`; did you mean `exclude`?\n"
        ":3:1: nothing reads the key `base_url`; did you mean `baseurl`?\n"
        ":4:1: nothing reads the key `Title`; did you mean `title`?\n"
        ":5:1: nothing reads the key `plugin`; did you mean `plugins`?\n");
}

TEST_CASE("a key of one's own is no finding") {
  CHECK(settings("favourite: tea\nnavbar-links: {Home: /}\ntime: 2026-01-01\n") == "");
  // The known key is there, too; a template reads it; it is another theme's.
  CHECK(settings("title: x\ntitel: y\n") == "");
  CHECK(settings("titel: y\n", "---\n---\n{{ site.titel }}\n") == "");
  CHECK(settings("authors: {ada: {name: Ada}}\nlanguage: en\n") == "");
}

TEST_CASE("a form that Jekyll and its plugins take is no finding") {
  // Any list keeps jekyll-github-metadata from asking the network; a text for each language.
  CHECK(settings("plugins: [jekyll-github-metadata, jekyll-seo-tag]\ngithub: [metadata]\n"
                 "description: {en: One, de: Eins}\n") == "");
}

TEST_CASE("settings of other themes are no findings") {
  // minimal-mistakes
  CHECK(
      settings("minimal_mistakes_skin: default\nsubtitle: x\nmasthead_title: x\nsearch: true\n"
               "search_full_content: true\nsearch_provider: lunr\nlunr: {search_within_pages: a}\n"
               "reCaptcha: {siteKey: a}\nbaidu_site_verification: a\nfooter: {links: []}\n"
               "analytics: {provider: false, google: {anonymize_ip: true}}\nlsi: false\n"
               "kramdown: {enable_coderay: false, toc_levels: 1..6}\nwhitelist: [a]\n"
               "comments: {provider: staticman_v2}\ntag_archive: {type: liquid, path: /tags/}\n"
               "compress_html: {clippings: all, ignore: {envs: development}}\n") == "");
  // just-the-docs
  CHECK(
      settings("search_enabled: true\nsearch: {heading_level: 2, tokenizer_separator: /s/}\n"
               "aux_links: {a: [b]}\nnav_sort: case_sensitive\ncolor_scheme: nil\nmermaid: {}\n"
               "callouts: {note: {title: Note, color: blue}}\nliquid: {strict_filters: true}\n") ==
      "");
  // chirpy
  CHECK(settings("theme_mode: dark\ncdn: x\navatar: /a.png\ntoc: true\npageviews: {provider: a}\n"
                 "github: {username: a}\ntwitter: {username: a}\npwa: {enabled: true}\n"
                 "comments: {active: giscus, giscus: {repo: a/b}}\nassets: {self_host: {env: a}}\n"
                 "analytics: {google: {id: G-1}, goatcounter: {id: a}}\n"
                 "collections: {tabs: {output: true, sort_by: order}}\n"
                 "kramdown: {syntax_highlighter_opts: {css_class: highlight}}\n") == "");
  // al-folio
  CHECK(settings("first_name: a\nlast_name: b\nkeywords: a, b\nicon: a\nlast_updated: false\n"
                 "footer_text: a\nblog_name: a\nnavbar_fixed: true\ngiscus: {repo: a/b, lang: en}\n"
                 "terser: {compress: {drop_console: true}}\njekyll-minifier: {exclude: [a]}\n"
                 "jekyll-archives: {posts: {enabled: [year]}}\ndisplay_tags: [a]\n"
                 "scholar: {last_name: [E], join_strings: true, details_link: D, locale: en}\n"
                 "imagemagick: {enabled: false}\nenable_math: true\nrss_icon: false\n"
                 "collections: {news: {defaults: {layout: post}, output: true}}\n") == "");
  // academicpages, whose own settings have `comment`
  CHECK(
      settings("site_theme: default\nog_description: a\ntalkmap_link: false\n"
               "staticman: {branch: a}\nalexa_site_verification: a\ncomments: {provider: }\n"
               "author: {academia: a, inspire-hep: b, zhihu: c}\nread_more: disabled\n"
               "defaults: [{scope: {path: '', type: posts}, values: {share: true, comment: true}}]"
               "\nanalytics: {provider: 'false'}\n") == "");
  // beautiful-jekyll
  CHECK(settings(
            "navbar-links: {Home: /}\ntitle-img: a\ntitle-separator: '-'\nprose: {media: img}\n"
            "social-network-links: {rss: true}\nlink-tags: true\nurl-pretty: a.example\n"
            "post_search: true\nrss-description: a\nexcerpt_length: 50\nmatomo: {uri: a}\n") == "");
}

TEST_CASE("a key of meridian counts below meridian only") {
  CHECK(settings("search: true\n") ==
        ":1:1: `search` counts below `meridian` only; write `meridian: {search: true}`\n");
  CHECK(settings("serach: true\n") ==
        ":1:1: nothing reads the key `serach`; write `meridian: {search: true}`\n");
  CHECK(settings("meridian: {serach: true, colour: red}\n") ==
        ":1:12: nothing reads the key `meridian.serach`; did you mean `search`?\n"
        ":1:26: nothing reads the key `meridian.colour`; its keys are theme, theme_from, "
        "playground, edit, notes, math, search, offline, aids, card, shell, tables, pictures, "
        "globe\n");
  // That of other themes.
  CHECK(settings("search: {heading_level: 2}\n") == "");
  CHECK(settings("search: true\nsearch_provider: lunr\n") == "");
  CHECK(settings("search: true\n", "---\n---\n{% if site.search %}x{% endif %}\n") == "");
}

TEST_CASE("keys of nested mappings are checked where something reads them") {
  CHECK(settings("author: {nmae: Ada, pronuons: she, cat: Tib}\n") ==
        ":1:10: nothing reads the key `author.nmae`; did you mean `name`?\n"
        ":1:21: nothing reads the key `author.pronuons`; did you mean `pronouns`?\n");
  CHECK(settings("collections:\n  news:\n    ouput: true\n    colour: red\n") ==
        ":3:5: nothing reads the key `collections.news.ouput`; did you mean `output`?\n");
  CHECK(settings("sass: {sytle: compressed}\nkramdown: {auto_id: false, hard_warp: true}\n") ==
        ":1:8: nothing reads the key `sass.sytle`; did you mean `style`?\n"
        ":2:12: nothing reads the key `kramdown.auto_id`; did you mean `auto_ids`?\n"
        ":2:28: nothing reads the key `kramdown.hard_warp`; did you mean `hard_wrap`?\n");
  CHECK(
      settings("defaults:\n  - scope: {path: '', typ: posts}\n    vlaues: {}\n    values: {layuot: "
               "page, author_profil: true}\n") ==
      ":2:23: nothing reads the key `defaults[].scope.typ`; its keys are path, type\n"
      ":3:5: nothing reads the key `defaults[].vlaues`; its keys are scope, values\n"
      ":4:14: nothing asks for `layuot`; did you mean `layout`?\n"
      ":4:28: nothing asks for `author_profil`; did you mean `author_profile`?\n");
  CHECK(settings("comments: {provder: giscus}\n") ==
        ":1:12: nothing reads the key `comments.provder`; did you mean `provider`?\n");
  // Of a plugin that is not listed nothing is known.
  CHECK(settings("feed: {pahts: 1}\ntoc: true\n") == "");
  CHECK(settings("plugins: [jekyll-feed]\nfeed: {pats: x, posts_limit: many}\n") ==
        ":2:30: `feed.posts_limit` must be a number; write digits, such as 10\n");
}

TEST_CASE("a repository is a name or an address, and nothing else") {
  for (const char* good : {"owner/name", "owner/name@main", "owner/name@feature/x",
                           "https://github.com/owner/name", "https://codeberg.org/owner/name@main",
                           "https://gitlab.com/group/below/name", "codeberg.org/owner/na.me_1"})
    CHECK(settings((std::string("meridian: {edit: '") + good + "'}\n").c_str()) == "");
  for (const char* bad :
       {"javascript:alert(1)//", "http://github.com/owner/name", "owner", "owner/", "/name",
        "owner/name?x", "owner/name#x", "owner/na me", "a/b&open=c", "../name", "owner//name",
        "https://github.com/", "https://github.com", "\\\"><script>/x", "https://u:p@host/o/n"})
    CHECK(settings((std::string("meridian: {edit: \"") + bad + "\"}\n").c_str())
              .find("`meridian.edit` is not a repository: `") != std::string::npos);
  for (const char* word : {"true", "false"})
    CHECK(settings((std::string("meridian: {edit: ") + word + "}\n").c_str()) == "");
  CHECK(settings("repository: a/b\"onclick=x\n") ==
        ":1:13: `repository` is not a repository: `a/b\"onclick=x`; write owner/name, "
        "owner/name@branch, or an address such as https://codeberg.org/owner/name\n");
  CHECK(settings("meridian: {edit: [a]}\n") ==
        ":1:18: `meridian.edit` must be true or false or a repository; write true or false, "
        "without quotes\n");
}

TEST_CASE("values of another type are reported") {
  CHECK(settings("permalink: [a]\n") ==
        ":1:12: `permalink` must be a style or a pattern; Jekyll stops here; write it on one line, "
        "such as /:year/:title/\n");
  CHECK(settings("paginate: ten\n") ==
        ":1:11: `paginate` must be a number; Jekyll stops here; write digits, such as 10\n");
  CHECK(settings("paginate: '10'\n") == "");
  CHECK(settings("collections: foo\n") ==
        ":1:14: `collections` must be a mapping or a list; Jekyll stops here; write its keys on "
        "separate lines below it, indented by two spaces\n");
  CHECK(settings("title: [a]\nfuture: 'false'\nkramdown: x\nsass: []\n") ==
        ":1:8: `title` must be text; write it on one line, in quotes\n"
        ":2:9: `future` must be true or false; write true or false, without quotes\n"
        ":3:11: `kramdown` must be a mapping; Jekyll stops here; write its keys on separate "
        "lines below it, indented by two spaces\n"
        ":4:7: `sass` must be a mapping; Jekyll stops here; write its keys on separate "
        "lines below it, indented by two spaces\n");
  CHECK(
      settings("collections: {news: true, talks: {output: 'no'}}\n") ==
      ":1:21: `collections.news` must be a mapping; Jekyll stops here; write its keys on separate "
      "lines below it, indented by two spaces\n"
      ":1:43: `collections.talks.output` must be true or false; write true or false, without "
      "quotes\n");
  CHECK(settings("title: 2026\ndescription:\nlogo: false\nkramdown: {auto_ids: 'true'}\n") == "");
}

TEST_CASE("values that mean nothing are reported") {
  CHECK(settings("markdown: comonmark\n") ==
        ":1:11: `markdown` can't be `comonmark`; Jekyll stops here; did you mean `CommonMark`?\n");
  CHECK(settings("markdown: redcarpet\n") ==
        ":1:11: `markdown` can't be `redcarpet`; Jekyll stops here; write kramdown, GFM, "
        "CommonMark or CommonMarkGhPages\n");
  CHECK(settings("baseurl: sub\n") ==
        ":1:10: `baseurl` must begin with a slash; write `baseurl: /sub`\n");
  CHECK(settings("baseurl: https://a.example/sub\n") ==
        ":1:10: `baseurl` is a whole address; write scheme and host as `url`, and here only the "
        "path behind them\n");
  CHECK(settings("url: example.com\n") ==
        ":1:6: `url` has no scheme; write `url: https://example.com`\n");
  CHECK(settings("locale: xx\n") ==
        ":1:9: there is no language `xx`; write the tag of one, such as en, pt-BR or zh-Hant\n");
  CHECK(settings("locale: english\nlang: cn\n") ==
        ":1:9: there is no language `english`; write the tag of one, such as en, pt-BR or zh-Hant\n"
        ":2:7: there is no language `cn`; write the tag of one, such as en, pt-BR or zh-Hant\n");
  CHECK(settings("permalink: prety\n") ==
        ":1:12: `permalink`: all documents get the address `/prety`; did you mean `pretty`?\n");
  CHECK(settings("sass: {style: compresed}\nliquid: {error_mode: strikt}\n") ==
        ":1:15: `sass.style` can't be `compresed`; did you mean `compressed`?\n"
        ":2:22: `liquid.error_mode` can't be `strikt`; did you mean `strict`?\n");
  CHECK(settings("meridian: {theme: merdian, aids: [copy, zom]}\n") ==
        ":1:19: `meridian.theme` can't be `merdian`; did you mean `meridian`?\n"
        ":1:41: `meridian.aids[]` can't be `zom`; write anchors, contents, copy, notes, progress "
        "or zoom\n");
  CHECK(settings("comments: {provider: giscuss}\n") ==
        ":1:22: `comments.provider` can't be `giscuss`; did you mean `giscus`?\n");
  CHECK(settings("url: ''\nbaseurl: ''\nlocale: pt_BR.UTF-8\nlang: yue\nmarkdown: Kramdown\n"
                 "permalink: /:title/\nsass: {style: ':compressed'}\n") == "");
}

TEST_CASE("a plugin near one that is there is reported with it") {
  CHECK(settings("plugins:\n  - jekyll-feed\n  - jekyll-sitmap\n") ==
        ":3:5: there is no plugin `jekyll-sitmap`; did you mean `jekyll-sitemap`?\n");
}

TEST_CASE("keys that stand twice are reported, whatever they are") {
  CHECK(settings("title: a\nmine: {a: 1, a: 2}\ntitle: b\n") ==
        ":2:14: `a` is set twice, and only the last one counts; remove one of them; the first is "
        "in line 2\n"
        ":3:1: `title` is set twice, and only the last one counts; remove one of them; the first "
        "is in line 1\n");
  CHECK(settings("a: &a {x: 1}\nb: &b {y: 1}\nc:\n  <<: *a\n  z: 1\n") == "");
}

TEST_CASE("tabs and lists that are none are reported at their places") {
  CHECK(settings("title: a\nauthor:\n\tname: Ada\n").substr(0, 5) == ":3:1:");
  CHECK(settings("title: a\nplugins: jekyll-feed\n") ==
        ":2:1: `plugins` must be a list; write `[a, b]`, or one `- item` a line\n");
  CHECK(settings("plugins: [jekyll-polyglot]\nlanguages: [en, a b]\n") ==
        ":2:17: `a b` in `languages` is skipped; write codes such as en and pt-BR, 64 at most\n");
}

TEST_CASE("a layout that only _config.yml names is reported where it does") {
  auto layouts = [](std::initializer_list<std::pair<Str, Str>> files) {
    return findings(files, "{}", false, false, true);
  };
  CHECK(layouts({{"_config.yml",
                  "title: a\ndefaults:\n  - scope: {path: ''}\n    values: {layout: singel}\n"},
                 {"index.md", "---\n---\nx\n"},
                 {"b.md", "---\n---\nx\n"}}) ==
        "_config.yml:4:22: there is no layout `singel`; add it to _layouts, or name another one\n");
  std::string archives =
      layouts({{"_config.yml",
                "title: archive\nplugins: [jekyll-archives]\njekyll-archives:\n  "
                "enabled: all\n  layouts: {year: yearly}\n"},
               {"_layouts/default.html", "{{ content }}"},
               {"index.md", "---\n---\nx\n"},
               {"_posts/2020-01-02-a.md", "---\n---\nx\n"}});
  CHECK(has(archives, "_config.yml:5:19: there is no layout `yearly`;"));
  CHECK(has(archives, "_config.yml:3:1: there is no layout `archive`;"));
}

/// The place of the first finding of a site with this `_config.yml`, front matter and data.
std::string places(const std::string& yaml, const std::string& front, const std::string& data) {
  std::string said = findings({{"_config.yml", yaml},
                               {"index.md", "---\n---\n{{ site.data.d }}\n"},
                               {"a.md", front},
                               {"_data/d.yml", data}},
                              "{}", false, false, true),
              found;
  for (std::size_t at = 0, end; at < said.size(); at = end + 1) {
    end = said.find('\n', at);
    std::string line = said.substr(at, end - at);
    if (line.find(" closed") != std::string::npos || line.find("indented") != std::string::npos)
      found += line.substr(0, line.find(';')) + "\n";
  }
  return found;
}

TEST_CASE("what is not closed in YAML is reported where it opens") {
  for (const char* open : {"a: \"It\n", "a: 'It\n", "a: [x, \"It]\n", "a:\n  b: 'It\n",
                           "a:\n  - \"It\n", "\"a: It\n"}) {
    INFO(open);
    std::string before = "x: 1\n# \"\ny: \"2\"\nw: it's\n", after = "c: d\ne: \"f\"\ng: 'h'\n";
    if (Str(open).find("- ") != Str::npos) after = "  - \"x\"\n" + after;
    std::string yaml = before + open + after;
    std::string first = open;
    std::size_t quote = first.find_first_of("\"'"), line = first.rfind('\n', quote) + 1;
    std::string number = std::to_string(line ? 6 : 5), column = std::to_string(quote - line + 1);
    CHECK(has(places(yaml, "---\n---\n", "a: 1\n"),
              "_config.yml:" + number + ":" + column + ": a quoted value is not closed"));
    CHECK(has(places("", "---\n---\n", yaml),
              "_data/d.yml:" + number + ":" + column + ": a quoted value is not closed"));
    number = std::to_string(line ? 7 : 6);
    CHECK(has(places("", "---\n" + yaml + "---\n", "a: 1\n"),
              "a.md:" + number + ":" + column + ": a quoted value is not closed"));
  }
  for (const char* open : {"a: [x, y\n", "a: {x: y\n", "a:\n  b: [[x]\n"}) {
    std::string first = open;
    std::size_t bracket = first.find_first_of("[{"), line = first.rfind('\n', bracket) + 1;
    CHECK(has(places("x: 1\n" + first + "c: 'd'\ne: [f]\n", "---\n---\n", "a: 1\n"),
              "_config.yml:" + std::to_string(line ? 3 : 2) + ":" +
                  std::to_string(bracket - line + 1) + ": a list in [ ]"));
  }
  // Values that are closed in another line.
  CHECK(places("a: \"x\n  y: z\"\nb: 'x\n\n  it''s: y'\nc: {d: \"e\n  f\"}\n", "---\n---\n",
               "a: 1\n") == "");
}

TEST_CASE("keys that are set twice are reported where the second one stands") {
  std::string twice = " is set twice, and only the last one counts [";
  std::string said = findings(
      {{"_config.yml", "title: a\nauthor: {name: x, name: y}\ntitle: b\n"},
       {"_data/d.yml", "- a: 1\n  b: {c: 1, d: 2, c: 3}\n  a: 2\n- a: 1\nb: 1\n"},
       {"_data/e.yml", "x: &x {a: 1}\ny:\n  <<: *x\n  <<: *x\n  a: 2\nz: [{a: 1}, {a: 2}]\nx: 2\n"},
       {"_data/.hidden.yml", "a: 1\na: 2\n"},
       {"_layouts/l.html", "---\nx: 1\nx: 2\n---\n{{ content }}{{ page.q }}{{ layout.x }}\n"},
       {"_includes/i.html", "---\nx: 1\nx: 2\n---\n"},
       {"_posts/2020-01-01-p.md", "---\ntitle: é\ntags: [a]\n\"title\": b\n---\ntitle: x\n"},
       {"index.md", "---\nlayout: l\nq:\n  - {a: 1, é: 2, a: 3}\n---\na: 1\na: 2\n"}},
      "{}", false, true);
  for (const char* one :
       {"_config.yml:2:19: `name`", "_config.yml:3:1: `title`", "_data/e.yml:7:1: `x`",
        "_layouts/l.html:3:1: `x`", "_posts/2020-01-01-p.md:4:1: `title`", "index.md:4:18: `a`"}) {
    INFO(one << "\n" << said);
    CHECK(has(said, one + twice));
  }
  CHECK(has(said, "remove one of them; the first is in line 2"));
  std::size_t count = 0;
  for (std::size_t at = 0; (at = said.find(twice, at)) != std::string::npos; at++) count++;
  CHECK(count == 6);  // a file that can't be parsed has none
}

TEST_CASE("a text that is indented too little is reported with its block") {
  for (const char* text : {"a: |\n  x\n y\n", "a: >\nx y\n", "a: |\n\n    \n  x\n", "a: |2\n x\n"})
    CHECK(has(places(text + std::string("b: 1\n"), "---\n---\n", "a: 1\n"),
              "this line is indented less than the text that begins below line 1 needs"));
}

TEST_CASE("an indented entry of front matter is reported where it stands") {
  CHECK(places("", "---\ntitle: x\n layout: y\n---\n", "a: 1\n") ==
        "a.md:3:2: this line is indented, so it continues the value of `title`\n");
  CHECK(places("", "---\n layout: none\ntitle: x\n---\n", "a: 1\n") ==
        "a.md:2:2: this line is indented, so that nothing is read from `title` on\n");
  CHECK(places(" url: https://a.example\ntitle: x\n", "---\n---\n", " a: 1\nb: 2\n") ==
        "_config.yml:1:2: this line is indented, so that nothing is read from `title` on\n"
        "_data/d.yml:1:2: this line is indented, so that nothing is read from `b` on\n");
  CHECK(places("", "---\n title: x\n layout: none\n---\n", "  a: 1\n  b: 2\n") == "");
  CHECK(has(findings({{"_config.yml", ""}, {"index.md", "---\n layout: y\n---\n"}}, "{}", false,
                     false, true),
            "index.md:2:2: there is no layout `y`;"));
}

}  // namespace
