// The lexers of code, with tokens that open, close or continue something in one of the languages.
#include "growth.h"
#include "meridian/rouge.h"

namespace growth {

namespace {
constexpr char kTokens[] =
    R"(a A a\s 1 1. 0x1 1e \s \n \t " ' ` ''' """ ``` --- \\ /* */ // # -- ; { } ( ) [ ] < > </ <a\s )"
    R"(/> <!-- --> <![CDATA[ <? ?> <% %> ${ #{ #[ {{ }} {% %} {- -} $ $a $( @ @a : :: , . .. = == => -> )"
    R"(<- + - * % & | ! ? ~ ^ _ <<A\n <<-A\n r#" %q( %w[ /a/ \\a s/a/ if\s end\n begin\n def\sa class\sA )"
    R"(function\sa import\sa let\sa return\s $$ \\begin{a} \\[ #if\n (* *) =begin\n |\s q{ m{ é)";

template <int at>
void lex(const std::string& text);
constexpr const char* kNames[] = {
    "bash",       "bibtex",     "c",       "cmake",    "conf",        "console",   "cpp",
    "csharp",     "css",        "dart",    "diff",     "docker",      "elixir",    "erb",
    "fortran",    "go",         "groovy",  "haskell",  "html",        "ini",       "java",
    "js",         "json",       "julia",   "kotlin",   "liquid",      "lua",       "make",
    "markdown",   "matlab",     "nginx",   "nim",      "objective_c", "perl",      "php",
    "powershell", "properties", "python",  "r",        "ruby",        "rust",      "sass",
    "scala",      "scss",       "sql",     "swift",    "tex",         "toml",      "ts",
    "xml",        "yaml",       "zig",     "tsx",      "jsx",         "terraform", "verilog",
    "vhdl",       "sas",        "stata",   "ocaml",    "scheme",      "pascal",    "batchfile",
    "cypher",     "protobuf",   "graphql", "solidity", "nasm",        "prolog",    "lean",
    "coq",        "hcl"};
constexpr int kCount = sizeof kNames / sizeof *kNames;

template <int at>
void lex(const std::string& text) {
  meridian::Text out;
  (void)meridian::rouge::add_highlighted(out, kNames[at], text);
}

template <int at>
void add(std::vector<Subject>& subjects) {
  if constexpr (at < kCount) {
    if (meridian::rouge::has_lexer(kNames[at]))
      subjects.push_back({std::string("code ") + kNames[at], words_of(kTokens), {{}}, lex<at>});
    add<at + 1>(subjects);
  }
}
}  // namespace

void add_lexers(std::vector<Subject>& subjects) { add<0>(subjects); }

}  // namespace growth
