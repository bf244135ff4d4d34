#include <catch2/catch_test_macros.hpp>
#include <string>

#include "check_fixture.h"

namespace {
const Str kSite = "meridian: {theme: site}\n";
const std::string kMark = "\xEF\xBB\xBF", kFront = "---\ntitle: A\n---\n";

/// The same text as an editor writes it in UTF-16.
std::string in_utf16(const std::string& text, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (char c : text) {
    if (big_endian) out += '\0';
    out += c;
    if (!big_endian) out += '\0';
  }
  return out;
}

/// Findings about the whole site, with the names of their rules.
std::string all_findings(std::initializer_list<std::pair<Str, Str>> files) {
  return findings(files, "{}", true, true, true);
}

/// The same of a plain folder, without those of rendering: its theme is not here.
std::string of_folder(std::initializer_list<std::pair<Str, Str>> files) {
  return findings(files, "{}", true, true);
}
}  // namespace

TEST_CASE("a byte order mark or UTF-16 before front matter is reported where Jekyll copies") {
  const std::string marked = kMark + kFront, little = in_utf16(kFront, false),
                    big = in_utf16(kFront, true), sheet = kMark + "---\n---\na{b:c}\n",
                    plain = kMark + "no front matter\n";
  for (Str name : {"a.md", "a.html", "a.txt", "sub/a.markdown", "_notes/a.md"}) {
    INFO(name);
    for (const std::string& text : {marked, little, big}) {
      std::string said = all_findings(
          {{"_config.yml", "meridian: {theme: site}\ncollections: {notes: {output: true}}\n"},
           {"index.md", "---\n---\n"},
           {name, text}});
      CHECK(has(said, std::string(name) + ": " +
                          (text == marked ? "a byte order mark precedes the front matter"
                                          : "the file is UTF-16, not UTF-8") +
                          ": the file is copied as it is, and is not a page [encoding]; save it as "
                          "UTF-8 without a byte order mark (BOM)"));
      CHECK(lines_of(said) == 1);
    }
  }
  CHECK(has(all_findings({{"_config.yml", kSite}, {"index.md", "---\n---\n"}, {"a.scss", sheet}}),
            "a.scss: a byte order mark precedes"));
  // Jekyll reads these without the mark.
  CHECK(all_findings({{"_config.yml", kSite},
                      {"index.md", "---\nlayout: l\n---\n{% include i.html %}"},
                      {"_layouts/l.html", kMark + "---\n---\n{{ content }}"},
                      {"_includes/i.html", plain},
                      {"_posts/2020-01-01-a.md", marked},
                      {"notes.txt", plain}}) == "");
  // So do the plugin for Markdown without front matter, and plain folders.
  CHECK(all_findings(
            {{"_config.yml", "meridian: {theme: site}\nplugins: [jekyll-optional-front-matter]\n"},
             {"index.md", "---\n---\n"},
             {"a.md", marked}}) == "");
  CHECK(of_folder({{"README.md", "# A\n"}, {"a.md", marked}}) == "");
  CHECK(has(all_findings({{"README.md", "# A\n"}, {"a.md", little}}), "save the file as UTF-8"));
}

TEST_CASE("CR LF is reported where the separator of excerpts is not found because of it") {
  auto check = [](const char* config, const char* post) {
    return all_findings(
        {{"_config.yml", config}, {"index.md", "---\n---\n"}, {"_posts/2020-01-01-a.md", post}});
  };
  const char *two = "---\r\ntitle: A\r\n---\r\nOne\r\n\r\nTwo\r\n", *config = kSite.data();
  CHECK(check(config, two) ==
        "_posts/2020-01-01-a.md: lines end with CR LF, so that `excerpt_separator` is not found: "
        "the excerpt is the whole text [encoding]; save it with LF; in git, write `* text=auto "
        "eol=lf` into .gitattributes\n");
  CHECK(check(config, "---\ntitle: A\n---\nOne\n\nTwo\n") == "");
  CHECK(check(config, "---\r\ntitle: A\r\n---\r\nOne\r\n") == "");
  CHECK(check("meridian: {theme: site}\nexcerpt_separator: <!--more-->\n", two) == "");
  CHECK(check(config,
              "---\r\ntitle: A\r\nexcerpt_separator: \"\\r\\n\\r\\n\"\r\n---\r\n"
              "One\r\n\r\nTwo\r\n") == "");
  CHECK(has(all_findings({{"_config.yml", kSite},
                          {"index.md", "---\n---\n"},
                          {"_posts/2020-01-01-a.md", two},
                          {"_posts/2020-01-02-b.md", two}}),
            "the excerpt is the whole text, as in 1 other file"));
}

TEST_CASE("backslashes in links, tags, layouts and settings are reported with the remedy") {
  auto body = [](const std::string& text, const char* layout = "l") {
    std::string page = std::string("---\nlayout: ") + layout + "\n---\n" + text + "\n";
    return all_findings({{"_config.yml", kSite},
                         {"_layouts/l.html", "{{ content }}"},
                         {"_layouts/sub/m.html", "{{ content }}"},
                         {"_includes/sub/p.html", "{% if x %}{% include {{ x }} %}{% endif %}"},
                         {"img/b.png", "x"},
                         {"docs/about.md", "---\nlayout: l\n---\n# A\n"},
                         {"docs/x.md", "x"},
                         {"index.md", page}});
  };
  const std::string slashes = "; write `/` between folders, not `\\`\n";
  CHECK(body("![b](img\\b.png)") ==
        "index.md:4:6: only browsers read `\\` in an address as `/`: `img\\b.png` [portability]" +
            slashes);
  CHECK(body("[a](docs\\about.html#a) [b](docs/about.html?x=a\\b)") ==
        "index.md:4:5: only browsers read `\\` in an address as `/`: `docs\\about.html#a` "
        "[portability]" +
            slashes);
  CHECK(has(body("[a](docs\\nope.html)"), "`docs\\nope.html` [broken-link]" + slashes));
  CHECK(has(body("[a](docs\\about.md)"), "write {% link docs/about.md %}, or its address"));
  for (const char* tag :
       {"include sub\\p.html", "include_relative docs\\x.md", "link docs\\about.md"}) {
    INFO(tag);
    std::string said = body("{% " + std::string(tag) + " %}"), path = tag;
    path = path.substr(path.find(' ') + 1);
    path[path.find('\\')] = '/';
    CHECK(has(said, "index.md:4:1: "));
    CHECK(has(said, "[liquid]; write `" + path + "`, with slashes\n"));
  }
  CHECK(has(body("", "sub\\m"),
            "index.md:2:1: there is no layout `sub\\m` [missing-layout]; write `sub/m`, with "
            "slashes\n"));
  // In a plain folder the browser does not read them as slashes.
  std::string notes = of_folder({{"README.md", "![[sub\\n]] [a](sub\\n.md) ![b](img\\b.png)\n"},
                                 {"sub/n.md", "# N\n"},
                                 {"img/b.png", "x"}});
  CHECK(lines_of(notes) == 3);
  for (const char* place : {"README.md:1:2: ", "README.md:1:16: ", "README.md:1:31: "})
    CHECK(has(notes, place));
  CHECK(notes.find("[broken-link]" + slashes) != notes.rfind("[broken-link]" + slashes));
  CHECK(has(notes, "[missing-file]" + slashes));
  std::string said = all_findings({{"_config.yml",
                                    "meridian: {theme: site}\nexclude:\n  - a\n  - docs\\b\n"
                                    "defaults: [{scope: {path: 'a\\b'}, values: {k: 1}}]\n"
                                    "sass: {sass_dir: 'a\\b'}\ntitle: a\\b\n"},
                                   {"index.md", "---\n---\n{{ page.k }}"}});
  CHECK(has(said,
            "_config.yml:4:5: `exclude`: no path of a source has a backslash: `docs\\b` "
            "[settings]; write `/` between folders\n"));
  CHECK(has(said, "_config.yml:5:27: `defaults[].scope.path`: "));
  CHECK(has(said, "_config.yml:6:18: `sass.sass_dir`: "));
  CHECK(lines_of(said) == 3);
}

TEST_CASE("a name in another case than the file is reported with the file's name") {
  auto body = [](const std::string& text, const char* layout = "big") {
    std::string page = std::string("---\nlayout: ") + layout + "\n---\n" + text + "\n";
    return all_findings({{"_config.yml", kSite},
                         {"_layouts/big.html", "{{ content }}"},
                         {"_includes/sub/p.html", "{% if x %}{% include {{ x }} %}{% endif %}"},
                         {"docs/about.md", "---\nlayout: big\n---\n# A\n"},
                         {"docs/x.md", "x"},
                         {"index.md", page}});
  };
  const std::string differ = "; upper and lower case differ: the file is `";
  CHECK(has(body("{% include Sub/p.html %}"), differ + "_includes/sub/p.html`"));
  CHECK(has(body("{% include_relative Docs/x.md %}"), differ + "docs/x.md`"));
  CHECK(has(body("{% link docs/About.md %}"), differ + "docs/about.md`"));
  CHECK(has(body("", "Big"), "index.md:2:1: there is no layout `Big` [missing-layout]" + differ +
                                 "_layouts/big.html`"));
  CHECK(has(body("[a](Docs/about.html)"), differ + "/docs/about.html`"));
  CHECK_FALSE(has(body("{% include nope.html %}"), "upper and lower case"));
}

TEST_CASE("paths that differ by case only are reported once, at the permalink") {
  std::string said = all_findings({{"_config.yml", kSite},
                                   {"index.md", "---\n---\n"},
                                   {"about.md", "---\npermalink: /about/\n---\n"},
                                   {"other.md", "---\npermalink: /About/\n---\n"},
                                   {"more.md", "---\npermalink: /About/more/\n---\n"},
                                   {"a/x.png", "x"},
                                   {"a/X.png", "x"},
                                   {"\xC3\xA9.png", "x"},
                                   {"\xC3\x89.png", "x"},
                                   {"_drafts/Y.md", "---\n---\n"},
                                   {"_drafts/y.md", "---\n---\n"}});
  CHECK(has(said,
            ".md:2:1: `/About/` differs from another folder of the site by upper and lower "
            "case only: `/about/` [file-case]") !=
        has(said,
            ".md:2:1: `/about/` differs from another folder of the site by upper and lower "
            "case only: `/About/` [file-case]"));
  CHECK(has(said, "x.png` [file-case]") != has(said, "X.png` [file-case]"));
  CHECK(has(said, "\xC3\xA9.png` [file-case]") != has(said, "\xC3\x89.png` [file-case]"));
  CHECK(has(said, "differs from another source by upper and lower case only: `_drafts/"));
  CHECK(lines_of(said) == 4);
}

TEST_CASE("Index.md is reported: it is not the first page of its folder") {
  const Str kMessage =
      "`Index.md` is not the first page of its folder [file-case]; rename it to "
      "`index.md`\n";
  CHECK(
      all_findings({{"_config.yml", kSite}, {"index.md", "---\n---\n"}, {"a/Index.md", kFront}}) ==
      "a/Index.md: " + std::string(kMessage));
  CHECK(of_folder({{"README.MD", "# A\n"}, {"a/Index.md", "# B\n"}}) ==
        "a/Index.md: " + std::string(kMessage));
  CHECK(all_findings({{"_config.yml", kSite},
                      {"index.md", "---\n---\n"},
                      {"a/Index.md", "---\npermalink: /a/\n---\n"}}) == "");
  CHECK(of_folder({{"README.MD", "# A\n"}, {"a/ReadMe.md", "# B\n"}}) == "");
}

TEST_CASE("names that Windows can't have are reported once each") {
  auto check = [](Str name) {
    return all_findings({{"_config.yml", kSite}, {"index.md", "---\n---\n"}, {name, "x"}});
  };
  for (Str name : {"aux.txt", "CON", "a/nul.tar.gz", "Com1.png", "lpt9 .txt"})
    CHECK(has(check(name), "` is that of a device [portability]; rename it"));
  for (Str name : {"a:b.txt", "what?.txt", "a|b", "a*b/c.txt", "a<b>.txt", "\"a\".txt"})
    CHECK(has(check(name), "` has one of < > : \" | ? * \\ [portability]"));
  for (Str name : {"dot.", "space ", "folder./a.txt"})
    CHECK(has(check(name), "` ends with a dot or a space [portability]"));
  for (Str name : {"auxiliary.txt", "com0", "com10", "a b.txt", "a.b.c", ".hidden", "con-a.md"})
    CHECK(check(name) == "");
  CHECK(lines_of(all_findings({{"_config.yml", kSite},
                               {"index.md", "---\n---\n"},
                               {"a:b/c.txt", "x"},
                               {"a:b/d.txt", "x"}})) == 1);
  // Of a page only its address may have it.
  CHECK(has(all_findings({{"_config.yml", kSite},
                          {"index.md", "---\n---\n"},
                          {"a.md", "---\npermalink: /aux/\n---\n"}}),
            "a.md: Windows can't have `/aux/index.html`: the name `aux` is that of a device"));
}
