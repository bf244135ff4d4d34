// BibTeX: entries, strings, names, TeX as text, and what is left out. Expected texts are those of
// bibtex-ruby 6.2 and latex-decode 0.4.2, unless a comment says otherwise.
#include "meridian/bibtex.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "sized.h"
#include "support.h"

using namespace meridian;

namespace {
struct Read {
  std::string text;
  Arena arena;
  Diagnostics diagnostics{arena};
  bibtex::Bibliography all{arena};
  explicit Read(std::string t) : text(std::move(t)) {
    bibtex::read({"a.bib", text}, all, diagnostics);
    bibtex::finish(all, diagnostics);
  }
  std::string printed() {
    Text out;
    for (const bibtex::Entry* entry : all.entries) bibtex::print(*entry, "", out);
    return std::string(out.str());
  }
  std::string found() { return support::print_all(diagnostics); }
  std::string keys() {
    std::string s;
    for (const bibtex::Entry* entry : all.entries) s += std::string(entry->key) + " ";
    return s;
  }
  std::string field(const char* name, std::uint32_t entry = 0) {
    const bibtex::Field* found = all.entries[entry]->get(name);
    return found ? std::string(text_of(arena, *found)) : "(none)";
  }
};

std::string latex(const std::string& text) {
  Text out;
  bibtex::decode_latex(text, out);
  return std::string(out.str());
}

/// `first|von|last|jr` of each person.
std::string names(const std::string& text, bool good = true) {
  Arena arena;
  List<bibtex::Person> list;
  CHECK(bibtex::parse_names(arena, text, list) == good);
  std::string s;
  for (const bibtex::Person& p : list) {
    if (!s.empty()) s += "; ";
    for (Str part : {p.first, p.prefix, p.last, p.suffix}) s += std::string(part) + "|";
  }
  return s;
}
}  // namespace

TEST_CASE("an entry has its fields in the order of the file, the last value of a name counts") {
  Read r("@Article{ k:1 ,\n Title = {A {b} c}, year = 2020, title = \"x {\"}y\", note={},}");
  CHECK(r.printed() == "@article{k:1,\n  title = {x {\"}y},\n  year = {2020},\n  note = {}\n}\n");
  CHECK(r.found().empty());
}

TEST_CASE("strings are put in wherever they are defined, and joined with what is beside them") {
  Read r(
      "@article{a, journal = j # \" of \" # x, note = nope # {!}, month = jan}\n"
      "@string{j = {Journal}} @STRING{X = y # y} @string{y = \"Z\"}");
  CHECK(r.field("journal") == "Journal of ZZ");
  CHECK(r.field("note") == "nope # \"!\"");
  CHECK(r.found() ==
        "a.bib:1:1: no @string defines `nope`\n"
        "  1 | @article{a, journal = j # \" of \" # x, note = nope # {!}, month = jan}\n"
        "    | ^ define it, or put the text in braces\n");
}

TEST_CASE("strings that lead to themselves, or grow exponentially, end") {
  Read circle("@string{a = b # \"1\"} @string{b = a # \"2\"} @misc{k, note = a}");
  CHECK(circle.field("note") == "a # \"21\"");
  std::string text = "@string{s0 = \"0123456789\"}\n";
  for (int i = 1; i < 32; i++) {
    std::string before = "s" + std::to_string(i - 1);
    text += "@string{s" + std::to_string(i) + " = " + before + " # " + before + "}\n";
  }
  Read laughs(text + "@misc{k, note = s31}");
  CHECK(laughs.found().find("more than 16 MB") != std::string::npos);
}

TEST_CASE("months are symbols with a number, however they are written") {
  Read r(
      "@misc{a, month = mar}@misc{b, month = {March}}@misc{c, month = \"3\"}"
      "@misc{d, month = mar # \"~1\"}@misc{e, month = {Spring}}@misc{f, month = 12}");
  for (std::uint32_t i = 0; i < 4; i++) {
    CHECK(r.field("month", i) == "mar");
    CHECK(r.field("month_numeric", i) == "3");
  }
  CHECK(r.field("month", 4) == "Spring");
  CHECK(r.field("month_numeric", 4) == "(none)");
  CHECK(r.field("month_numeric", 5) == "12");
  CHECK(Read("@misc{a, month = {mar}, x = 1}").printed() ==
        "@misc{a,\n  month = mar,\n  x = {1},\n  month_numeric = {3}\n}\n");
}

TEST_CASE("a second entry of a key gets the next key in Ruby's order") {
  CHECK(Read("@misc{a1,} @misc{a1,} @misc{a1,} @misc{az,} @misc{az,} @misc{Zz9,} @misc{Zz9,}"
             "@misc{a-,} @misc{a-,}")
            .keys() == "a1 a2 a3 az ba Zz9 AAa0 a- b- ");
}

TEST_CASE("what an entry lacks comes from its parent") {
  Read r(
      "@inproceedings{c, crossref = {p}, title = {C}}"
      "@proceedings{p, title = {P}, publisher = {ACM}} @misc{d, crossref = {none}}");
  CHECK(r.field("publisher") == "ACM");
  CHECK(r.field("booktitle") == "P");
  CHECK(r.field("title") == "C");
  CHECK(r.field("title", 2) == "(none)");
  CHECK(r.found().find("there is no entry `none` to refer to") != std::string::npos);
}

TEST_CASE("comments, preambles and text between entries are no entries") {
  Read r(
      "me@example.org @comment{ @misc{no, a = 1} } @preamble{ \"\\x\" # {y} }\n"
      "% @ \n@comment no\n@misc{yes, a = 1}");
  CHECK(r.keys() == "yes ");
  CHECK(r.found().empty());
}

TEST_CASE("a broken entry is left out with its place, and reading goes on") {
  struct Case {
    const char *text, *keys, *found;
  };
  const Case cases[] = {
      {"@misc{a, t = {x}\n y = 1}\n@misc{b, t = {y}}", "b ",
       "a.bib:2:2: a comma or a closing brace is expected here\n"},
      {"@misc{a, t = }\n@misc{b,}", "b ", "a.bib:1:14: a field has no value\n"},
      {"@misc{a, t {x}}\n@misc{b,}", "b ", "a.bib:1:10: `t` has no value here\n"},
      {"@misc{t = {x}}\n@misc{b,}", "b ", "a.bib:1:7: the entry has no key, and is skipped\n"},
      {"@misc(a, t = {x})\n@misc{b,}", "b ", "a.bib:1:1: an entry is in parentheses\n"},
      {"@misc{a, t = \"x } y\"}\n@misc{b,}", "b ",
       "a.bib:1:14: a quote has one closing brace too many\n"},
      {"@misc{o,}\n@misc{a, t = {x {y}\n@misc{b, u = {z}}\n @misc{c,}", "o b c ",
       "a.bib:2:1: this entry is not closed, and is skipped\n"},
      {"@misc{a, t = \"x\n@misc{b,}\n@misc{c, t = \"y\n@misc{d,}", "b d ",
       "a.bib:1:1: this entry is not closed, and is skipped\n"},
      {"@misc{a, t = {x {y}\n}\n@misc{b,}", "b ",
       "a.bib:3:1: a comma or a closing brace is expected here\n"},
      {"@misc{a", "", "a.bib:1:7: the entry has no key, and is skipped\n"},
      {"@misc{a, =1}\n@misc{b,}", "b ", "a.bib:1:10: a field is expected here"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    Read r(c.text);
    CHECK(r.keys() == c.keys);
    CHECK(r.found().substr(0, std::string(c.found).size()) == c.found);
    for (const Diagnostic& d : r.diagnostics) CHECK(!d.remedy.empty());
  }
}

TEST_CASE("hostile files are read in linear time") {
  // Quadratic time would exceed that of the whole run.
  auto read = [](const std::string& text) {
    Read r(text);
    (void)r.printed();
  };
  auto many = [](const char* piece, int count) {
    std::string s;
    for (int i = 0; i < support::sized(count); i++) s += piece;
    return s;
  };
  read(many("@misc{a, t={x\n", 60000));  // none is closed
  read(many("@misc{same,}\n", 60000));   // of one key
  read("@misc{a, t={" + many("{", 400000));
  read("@misc{a, author={" + many("a  ", 200000) + "}}");
  read("@misc{a, author={" + many(",", 300000) + "}}");
  read("@misc{a, " + many("f=1,", 200000) + "}");
  std::string fields = "@misc{a, ";
  for (int i = 0; i < support::sized(100000); i++) fields += "f" + std::to_string(i) + "=1,";
  read(fields + "}");
  CHECK(Read(fields + "}").all.entries[0]->fields.size == bibtex::kMaxFields);
  for (const char* piece : {"\\", "\\'{", "\\c ", "$", "~", "{", "\\emph{", "\\alpha ", "-", "\\'a",
                            "\xcc\x81", "\\c{a"})
    (void)latex(many(piece, 200000));
}

TEST_CASE("names are told apart as BibTeX does it") {
  CHECK(names("Donald E. Knuth") == "Donald E.||Knuth||");
  CHECK(names("Knuth, Donald E. and Jan van der Berg and Plato") ==
        "Donald E.||Knuth||; Jan|van der|Berg||; ||Plato||");
  CHECK(names("van der Berg, Jan and King, Jr., Martin Luther") ==
        "Jan|van der|Berg||; Martin Luther||King|Jr.|");
  CHECK(names("Jean de La Fontaine") == "Jean|de|La Fontaine||");
  CHECK(names("{The AND Group} and de Silva") == "||{The AND Group}||; |de|Silva||");
  CHECK(names("{\\'E}mile Zola and others") == "|{\\'E}mile|Zola||; ||others||");
  CHECK(names("Charles Louis Xavier Joseph de la Vall{\\'e}e Poussin") ==
        "Charles Louis Xavier Joseph|de la|Vall{\\'e}e Poussin||");
  CHECK(names("\xe7\x8e\x8b \xe5\xb0\x8f\xe6\x98\x8e") ==
        "\xe5\xb0\x8f\xe6\x98\x8e||\xe7\x8e\x8b||");
  CHECK(names("").empty());
  // bibtex-ruby drops all names of the field.
  CHECK(names("A, B, C, D and E F", false) == "||A, B, C, D||; E||F||");
}

TEST_CASE("TeX becomes text") {
  const char* const cases[][2] = {
      {"M{\\\"u}ller, \\'{E}cole, \\'a\\`e\\^o\\~n\\=u\\.z", "Müller, École, áèôñūż"},
      {"Garc{\\'\\i}a, Stra{\\ss}e, {\\O}re \\AA ngstr\\\"om", "Garcı́a, Straße, Øre Å ngström"},
      {"\\c{c} \\v{s} \\H{o} \\u g \\k{a} \\c cb \\r{a} \\d{s}", "ç š ő ğ ą çb å ṣ"},
      {"1--2---3 ``a'' `b'", "1–2—3 “a” ‘b’"},
      {"\\& 5\\% \\$3 \\# \\_ a~b", "& 5% $3 # _ a\u00a0b"},
      {"$\\alpha$-\\beta{} \\infty x", "α-β ∞x"},
      {"{\\LaTeX} \\unknown{x} \\{y\\}", "\\LaTeX \\unknownx {y}"},
      {"\\textquotedblleft a\\textquotedblright", "“a”"},
      {"e\xcc\x81 \\'{\\^e}", "é \\’ê"},
      {"plain text", "plain text"},
  };
  for (auto [from, to] : cases) CHECK(latex(from) == to);
}

TEST_CASE("BibTeX that was printed reads as the same entry") {
  const std::string text =
      "@article{k, author = {van der Berg, Jan and King, Jr., M. and {A and B}}, month = mar,\n"
      " title = {A {B} \\\"{u} # \"q\"}, note = undefined # { x \"y\" \\z}, pages = 1, x = {a\n "
      "b}}";
  Read first(text);
  std::string once = first.printed();
  Read second(once);
  CHECK(second.field("author") == first.field("author"));
  CHECK(second.field("title") == first.field("title"));
  CHECK(second.field("month") == first.field("month"));
  CHECK(second.all.entries[0]->find("author")->names.size == 3);
}
