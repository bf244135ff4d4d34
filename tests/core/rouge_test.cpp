// The lexers' engine and their names. What they make of code is compared with Rouge in
// tests/spec/rouge_spec.cpp.
#include "meridian/rouge.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace meridian;

namespace {
std::string highlighted(const std::string& language, const std::string& code) {
  Text out;
  return rouge::add_highlighted(out, language, code) ? std::string(out.str()) : "(none)";
}
std::string repeated(const std::string& piece, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += piece;
  return all;
}
}  // namespace

TEST_CASE("the tables of all languages can be read") {
  Text line;
  bool right = rouge::tables_are_right(line);
  CHECK(std::string(line.str()) == "");
  CHECK(right);
}

TEST_CASE("a lexer is found by Rouge's tag and aliases, whose case counts") {
  for (const char* name :
       {"python", "py", "sh", "bash", "c++", "R", "LaTeX", "rust,ignore", "text"})
    CHECK(rouge::has_lexer(name));
  for (const char* name : {"Python", "cobol", "", "python ", "py bash"})
    CHECK_FALSE(rouge::has_lexer(name));
}

TEST_CASE("options behind a question mark are left to Rouge where its lexer reads them") {
  CHECK(rouge::has_lexer("python?x=1"));
  CHECK_FALSE(rouge::has_lexer("console?comments=true"));
}

TEST_CASE("every name that has a lexer is known") {
  for (const char* name : {"python", "c++", "yml", "shell-session"}) CHECK(rouge::is_known(name));
  CHECK(rouge::is_known("cobol") == false);
}

TEST_CASE("names that others know are not mistaken for those of Rouge") {
  for (const char* name :
       {"i3",      "Python",      "abnf",     "agda",     "arduino",    "asciidoc", "asm",
        "asy",     "bnf",         "c++11",    "cairo",    "capnp",      "cobol",    "coffee2",
        "csv",     "ditaa",       "env",      "fish",     "fortran90",  "gas",      "git",
        "gnuplot", "hcl2",        "http2",    "ipython",  "java8",      "json5",    "kql",
        "latex2e", "log",         "math",     "mermaid",  "mips",       "modula2",  "mysql",
        "none",    "nohighlight", "nushell",  "objdump",  "octave",     "openscad", "org",
        "output",  "php7",        "plantuml", "postgres", "postgresql", "pug",      "purescript",
        "pycon",   "raku",        "reg",      "rst",      "sass2",      "sparc",    "sshconfig",
        "stylus",  "svelte",      "svg",      "tcsh",     "text-only",  "thrift",   "tikz",
        "tmux",    "txt",         "v",        "vba",      "wasm",       "wast",     "wgsl"}) {
    INFO(name);
    CHECK_FALSE(rouge::is_known(name));
  }
}

TEST_CASE("tokens become elements, neighbours of one kind are one, markup is escaped") {
  CHECK(highlighted("python", "a<b") ==
        "<span class=\"n\">a</span><span class=\"o\">&lt;</span><span class=\"n\">b</span>");
  CHECK(highlighted("diff", "+a\n+b\n") == "<span class=\"gi\">+a\n+b\n</span>");
  CHECK(highlighted("text", "a & b") == "a &amp; b");
  CHECK(highlighted("python", "") == "");
}

TEST_CASE("without a lexer the text stays as it was") {
  Text out;
  out.add("before");
  CHECK_FALSE(rouge::add_highlighted(out, "cobol", "MOVE 1 TO X."));
  CHECK(std::string(out.str()) == "before");
}

TEST_CASE("where Rouge raises an error there are no colours") {
  // A sigil needs a letter.
  CHECK(highlighted("elixir", "~(a)") == "(none)");
}

TEST_CASE("Markdown with code whose lexer is not here has no colours") {
  CHECK(highlighted("markdown", "```abap\nx\n```\n") == "(none)");
  CHECK(highlighted("markdown", "```no such language\nx\n```\n") != "(none)");
}

TEST_CASE("a pattern that would backtrack for ever takes each way once") {
  // In R's strings a backslash can be read in two ways: 2^60 ways for these.
  CHECK(highlighted("r", "'" + repeated("\\", 60)) ==
        "<span class=\"err\">'" + repeated("\\", 60) + "</span>");
  // Comments that do not end are looked for again at each beginning.
  CHECK(highlighted("c", repeated("/* ", 40'000)).size() > 1);
}

TEST_CASE("rows of backticks take steps by their length, not by its square") {
  std::string row(20'000, '`');
  CHECK(highlighted("markdown", "a " + row) ==
        "a <span class=\"sb\">" + row.substr(1) + "</span><span class=\"err\">`</span>");
  CHECK(highlighted("markdown", "a " + row + " b") ==
        "a <span class=\"sb\">" + row.substr(1) + "</span><span class=\"err\">`</span> b");
  // The end of a fence is compared with each line.
  std::string blanks(4'000, ' ');
  CHECK(highlighted("markdown", blanks + "```\n" + repeated(blanks + "x\n", 4'000)).size() > 1);
}

TEST_CASE("what does not close is looked for once, not again from each place") {
  struct Case {
    const char *language, *before, *piece, *piece2;
  };
  for (const Case& each : {Case{"markdown", "", "&", ""},
                           {"markdown", "", "a<", ""},
                           {"markdown", "", "a %><-", ""},
                           {"markdown", "", "\\<\\>", ""},
                           {"markdown", "a", "*<%", "b"},
                           {"markdown", "a <", "b@", "c"},
                           {"markdown", "", "![", "a"},
                           {"markdown", "", "\n* -", ""},
                           {"markdown", "", "~", ""},
                           {"html", "", "&", "a"},
                           {"xml", "", "<?", "a"},
                           {"php", "<?php ", "/*", "*"},
                           {"css", "a{", "url(", "a"},
                           {"ruby", "", "a[", "("},
                           {"go", "", "`", "/*a"},
                           {"c", "", "/*", "*"}}) {
    std::string code = each.before + repeated(each.piece, 20'000) + repeated(each.piece2, 20'000);
    INFO(each.language << " " << each.piece);
    CHECK(highlighted(each.language, code) != "(none)");
  }
}

TEST_CASE("a search that fails hides no match behind it") {
  std::string row(5'000, '&');
  CHECK(highlighted("markdown", row + "a &amp; b") ==
        highlighted("text", row + "a ") + "<span class=\"ni\">&amp;amp;</span> b");
  std::string name = "x" + repeated("10x", 5'000);
  CHECK(highlighted("php", "<?php " + name) ==
        "<span class=\"cp\">&lt;?php</span> <span class=\"n\">" + name + "</span>");
  CHECK(highlighted("markdown", std::string(5'000, '<') + "\n<b>") ==
        highlighted("text", std::string(5'000, '<') + "\n") +
            "<span class=\"nt\">&lt;b&gt;</span>");
}

TEST_CASE("lexers within lexers end at a depth") {
  std::string code = "x\n";
  for (int i = 0; i < 30; ++i) {
    std::string fence(std::size_t(i) + 3, '`');
    code = fence + "markdown\n" + code + fence + "\n";
  }
  CHECK(highlighted("markdown", code) == "(none)");
}

TEST_CASE("code in other scripts, and bytes that are not UTF-8, are kept") {
  CHECK(highlighted("python", "größe") == "<span class=\"n\">größe</span>");
  CHECK(highlighted("json", "\"日本\"") == "<span class=\"s2\">\"日本\"</span>");
  CHECK(highlighted("bash", "\xff\xfe").find('\xff') != std::string::npos);
}
