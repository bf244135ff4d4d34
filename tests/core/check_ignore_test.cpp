// Comments that silence diagnostics.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "check_fixture.h"
#include "rendered.h"

TEST_CASE("a comment silences the rules that it names, on its line, the next one, or in the file") {
  for (const char* body : {
           "<!-- meridian-ignore-next-line broken-link -->\n[a](gone/)",
           "<!-- meridian-ignore-next-line broken-link -->\n\n[a](gone/)",
           "[a](gone/) <!-- meridian-ignore-line broken-link -->",
           "[a](gone/)\n\n<!-- meridian-ignore-file broken-link -->",
           "{% comment %} meridian-ignore-next-line broken-link {% endcomment %}\n[a](gone/)",
           "{%- comment -%}meridian-ignore-line broken-link{%- endcomment -%}[a](gone/)",
           "<!-- meridian-ignore-line missing-file, broken-link -- both are made later -->"
           "![x](a.png)[a](gone/)",
       }) {
    INFO(body);
    CHECK(of_page(body) == "");
  }
  CHECK(of_page("x", "# meridian-ignore-next-line misspelt-key\npermlink: /x/\n") == "");
}

TEST_CASE("other rules and other lines stay") {
  CHECK(has(of_page("<!-- meridian-ignore-next-line broken-link -->\n[a](gone/) ![b](no.png)"),
            "there is no file `no.png`"));
  std::string said = of_page("<!-- meridian-ignore-next-line broken-link -->\nx\n\n[a](gone/)");
  CHECK(has(said, "this link leads to no page"));
  CHECK(has(said,
            "page.md:4:32: there is no `broken-link` to silence here; remove the name, or "
            "the comment\n"));
}

TEST_CASE("a comment that silences nothing, or no rule that there is, is reported") {
  CHECK(of_page("<!-- meridian-ignore-file broken-link -->") ==
        "page.md:4:27: there is no `broken-link` to silence here; remove the name, or the "
        "comment\n");
  CHECK(of_page("<!-- meridian-ignore-file brokn-link -->") ==
        "page.md:4:27: there is no rule `brokn-link`; did you mean `broken-link`?\n");
  CHECK(has(of_page("<!-- meridian-ignore-file -->"), "names no rule, and silences nothing"));
}

TEST_CASE("text that is no comment silences nothing, and is not reported") {
  for (const char* body :
       {"meridian-ignore-file broken-link", "`meridian-ignore-line broken-link`",
        "<!-- meridian-ignore-everything broken-link -->", "<!-- meridian-ignored -->"}) {
    INFO(body);
    CHECK(of_page(body) == "");
  }
}

TEST_CASE("comments are read in linear time, and at most 1000 of a file") {
  for (const char* piece :
       {"<!-- meridian-ignore-next-line broken-link -->", "<!-- meridian-ignore-file a -->\n",
        "# meridian-ignore-line\n\n\n", "meridian-ignore-"}) {
    std::string body;
    while (body.size() < 1'000'000) body += piece;
    std::string said = findings({{"_config.yml", ""}, {"index.md", "---\n---\n" + body}});
    CHECK(std::count(said.begin(), said.end(), '\n') <= 1000);
  }
}
