// The languages by their names, and the lexers that were read.
#include "meridian/rouge.h"

#include "lexer.h"

namespace meridian::rouge {

namespace {
// Plain text first, as most code has no language.
const Language* const kLanguages[] = {
    &kPlaintext, &kBash,       &kBibtex,     &kC,      &kCmake,      &kConf,       &kConsole,
    &kCpp,       &kCsharp,     &kCss,        &kDart,   &kDiff,       &kDocker,     &kElixir,
    &kErb,       &kFortran,    &kGo,         &kGradle, &kGroovy,     &kHaskell,    &kHtml,
    &kIni,       &kJava,       &kJavascript, &kJson,   &kJsp,        &kJsx,        &kJulia,
    &kKotlin,    &kLatex,      &kLiquid,     &kLua,    &kMakefile,   &kMarkdown,   &kNginx,
    &kNim,       &kObjectiveC, &kPerl,       &kPhp,    &kPowershell, &kProperties, &kPython,
    &kR,         &kRuby,       &kRust,       &kScala,  &kScss,       &kSql,        &kSwift,
    &kToml,      &kTypescript, &kXml,        &kYaml,
};

/// Steps of the matcher for each byte of code, and for short code. Real code takes 10 to 100 for
/// each byte, whatever its language; a million steps are some milliseconds, so a megabyte made to
/// be slow takes two seconds.
constexpr std::uint64_t kStepsOfByte = 300, kLeastSteps = 1'000'000;

struct Cache {
  Arena arena;
  List<const Lexer*> lexers;
};
/// Lexers stay until the process ends.
Cache& cache() {
  static Cache* cache = new Cache;
  return *cache;
}

/// The name without options; empty when there are options that the lexer would read.
Str plain_name(Str name) {
  std::size_t mark = name.find('?');
  if (mark == Str::npos) return name;
  name = name.substr(0, mark);
  const Language* language = find_language(name);
  return language && language->lex ? Str() : name;
}
}  // namespace

const Language* find_language(Str name) {
  for (const Language* language : kLanguages) {
    if (one_of(name, language->names) >= 0) return language;
  }
  return find_text_language(name);
}

const Lexer& lexer_of(const Language& language) {
  Cache& kept = cache();
  for (const Lexer* lexer : kept.lexers) {
    if (lexer->language == &language) return *lexer;
  }
  Lexer* lexer = kept.arena.make<Lexer>();
  Str line;
  bool right = read_language(kept.arena, language, *lexer, line);
  MERIDIAN_ASSERT(right);
  (void)right;
  kept.lexers.add(kept.arena, lexer);
  return *lexer;
}

Str guess_language(Str code) {
  Str line = code.substr(code.find_first_not_of(" \t\n\v\f\r"));
  line = line.substr(0, line.find('\n'));
  if (starts_with(line, "#!")) {
    // The program, or the one that env is to find.
    for (Str word, rest = line.substr(2); next_piece(rest, ' ', word);) {
      Str program = word.substr(word.rfind('/') + 1);
      for (Str names :
           {Str("shell sh bash zsh ksh"), Str("python python python2 python3"), Str("ruby ruby"),
            Str("javascript node jsc"), Str("r Rscript"), Str("make make"), Str("rust rustc")}) {
        Str language;
        next_piece(names, ' ', language);
        if (one_of(program, names) >= 0) return language;
      }
    }
  }
  if (starts_with(code, "<?xml")) return "xml";
  if (starts_with(code, "Index: ") || starts_with(code, "diff --git a/")) return "diff";
  if (equal_ignoring_case(line.substr(0, 14), "<!doctype html")) return "html";
  if (starts_with(line, "%YAML")) return "yaml";
  if (starts_with(line, "\\documentclass")) return "tex";
  return "plaintext";
}

bool has_lexer(Str name) { return find_language(plain_name(name)); }

bool add_highlighted(Text& out, Str name, Str code) {
  const Language* language = find_language(plain_name(name));
  if (!language) return false;
  Arena arena;
  Text html;
  Sink sink(html);
  Work work{arena, sink, Matcher(kLeastSteps + code.size() * kStepsOfByte)};
  Run run(work, lexer_of(*language));
  run.reset();
  run.feed(code);
  if (run.gave_up()) return false;
  sink.end();
  out.add(html.str());
  return true;
}

namespace {
bool is_right(const Language& language, Text& line) {
  Arena arena;
  Lexer lexer;
  Str at;
  if (read_language(arena, language, lexer, at)) return true;
  line.add(language.names);
  line.add(": ");
  line.add(at);
  return false;
}
}  // namespace

bool tables_are_right(Text& line) {
  for (const Language* language : kLanguages) {
    if (!is_right(*language, line)) return false;
  }
  Str files = lexer_files(), name;
  for (Str file; next_piece(files, '\0', file);) {
    if (!next_piece(file, ' ', name)) continue;
    const Language* language = find_text_language(name.substr(0, name.find('\n')));
    if (!language) return line.add(name), false;
    if (!is_right(*language, line)) return false;
  }
  return true;
}

namespace {
void lex_plaintext(Run& run, Str text) { run.token("t", text); }
}  // namespace

const Language kPlaintext = {"plaintext text", "", "@root", nullptr, 0, lex_plaintext};

}  // namespace meridian::rouge
