// Lexers: the first byte chooses the language, the rest is code. It ends, every byte of the code is
// in the result in its order, and a second time gives the same.
#include "fuzz.h"
#include "meridian/rouge.h"

using namespace meridian;

namespace {
constexpr const char* kNames[] = {
    "bash",   "c",          "console",   "cpp",     "csharp",   "css",      "diff",   "docker",
    "elixir", "erb",        "go",        "haskell", "html",     "ini",      "java",   "js",
    "json",   "kotlin",     "tex",       "liquid",  "make",     "markdown", "nginx",  "nim",
    "text",   "powershell", "python",    "r",       "ruby",     "rust",     "scss",   "sql",
    "swift",  "toml",       "ts",        "xml",     "yaml",     "hcl",      "coq",    "graphql",
    "ocaml",  "terraform",  "tsx",       "zig",     "verilog",  "vhdl",     "matlab", "stata",
    "scheme", "pascal",     "batchfile", "cypher",  "protobuf", "solidity", "nasm",   "prolog",
    "lean",   "sas"};

/// The text of HTML that has elements without attributes in quotes that hold `>`.
void add_text(Text& out, Str html) {
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '<') {
      i = html.find('>', i);
    } else if (html[i] == '&') {
      std::size_t end = html.find(';', i);
      Str name = slice(html, i, end + 1);
      out.add(name == "&lt;" ? '<' : name == "&gt;" ? '>' : '&');
      i = end;
    } else {
      out.add(html[i]);
    }
  }
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  Str name = kNames[*data % (sizeof kNames / sizeof *kNames)],
      code = fuzz::text(data + 1, size - 1);
  Text once, again, kept;
  bool done = rouge::add_highlighted(once, name, code);
  fuzz::expect(done == rouge::add_highlighted(again, name, code), "the second time is different");
  fuzz::expect(once.str() == again.str(), "the second time is different");
  fuzz::expect(done || once.empty(), "nothing is added in vain");
  add_text(kept, once.str());
  // Rouge's lexer of Coq drops an identifier that ends the code.
  fuzz::expect(!done || kept.str() == code || name == "coq", "the code is kept");
  return 0;
}
