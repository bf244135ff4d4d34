// Lexers: the tables of languages, what is made of them, and the run of a lexer over code.
//
// A language is a text of lines:
//
//     %kw def if else              words, which may go on in further lines of the same name
//     id = [a-z_]\w*               a part of patterns, {id}
//     start => +bol *hook          what is done before the first character
//     @root                        a state: rules follow, the first that matches counts
//     <whitespace                  the rules of another state
//     {id} => kw?k|n               a rule: a pattern and what is done when it matches
//     (def)(\s+) => k t +name      with several tokens, one for each group
//     *rule                        a rule that is a function of C++
//
// Languages that few sites use are files of such lines in lexers/, each below its names; behind a
// `<` those of languages whose lines are read before. They have the hooks of texts.cpp.
//
// `@<root` adds rules before those of a state that the base of the language has. What is done:
//
//     k           a token, by the class that its HTML has; `t` is Text, which has none; `_` skips
//     kw?k        k when the text is one of the words; kw~k ignores case, kw^k takes prefixes
//     a?k+s|n     the first alternative that holds; its state is pushed
//     -?s -!s     pops one if the top is this state, or is another
//     >css        the text goes to this lexer, which goes on where it was; >>css to a new one
//     +s - -2 =s  pushes a state, pops one or more, replaces the top
//     + !         pushes the top again; only the first state is left
//     *hook       calls a function of the language
#pragma once
#include "pattern.h"

namespace meridian::rouge {

class Run;

/// A function of a language. As a rule: whether it matched; it has moved on and given tokens then.
struct Hook {
  Name name;
  bool (*call)(Run& run);
};

/// A language as this room's tables have it.
struct Language {
  /// Its names: Rouge's tag and aliases.
  Name names;
  /// The text of lines; `base` is read before, if any.
  Name base, text;
  const Hook* hooks = nullptr;
  std::uint32_t hook_count = 0;
  /// Not states and patterns, but a function that lexes all of the text.
  void (*lex)(Run& run, Str text) = nullptr;
};

extern const Language kBash, kBibtex, kC, kCmake, kConf, kConsole, kCpp, kCsharp, kCss, kDart,
    kDiff, kDocker, kElixir, kErb, kFortran, kGo, kGradle, kGroovy, kHaskell, kHtml, kIni, kJava,
    kJavascript, kJson, kJsp, kJsx, kJulia, kKotlin, kLatex, kLiquid, kLua, kMakefile, kMarkdown,
    kNginx, kNim, kObjectiveC, kPerl, kPhp, kPlaintext, kPowershell, kProperties, kPython, kR,
    kRuby, kRust, kScala, kScss, kSql, kSwift, kToml, kTypescript, kXml, kYaml;

/// Something that a rule does.
struct Act {
  enum Kind : std::uint8_t {
    Emit,
    Push,
    PushTop,
    Pop,
    PopIf,
    PopUnless,
    Goto,
    Reset,
    Call,
    Delegate,
    Fresh
  } kind;
  std::uint8_t token = 0, group = 0;
  /// How `words` are asked: '?', '~', '^'.
  char test = 0;
  /// Acts to skip when this one was done: the other alternatives.
  std::uint16_t skip = 0;
  /// A state, a hook, a count, a lexer; of Emit a state + 1, 0 for none.
  std::uint16_t number = 0;
  const Words* words = nullptr;
};

struct Rule {
  enum Kind : std::uint8_t { Match, Mixin, Native } kind = Match;
  std::uint16_t number = 0;
  Pattern pattern;
  List<Act> acts;
};

struct State {
  Str name;
  List<Rule> rules;
};

/// A language that was read.
struct Lexer {
  const Language* language = nullptr;
  Vocabulary vocabulary;
  List<State> states;
  List<Act> start;
  /// Names of the lexers that it gives code to.
  List<Str> others;
  std::uint16_t root = 0;

  const Words& words(Str name) const { return *vocabulary.find_words(name); }
  std::uint16_t state(Str name) const;
};

/// The language with this name, as Rouge finds it; nullptr when this room has none.
const Language* find_language(Str name);
/// The same, of those whose lines are a file.
const Language* find_text_language(Str name);
/// The name of the language that Rouge guesses from code: by its first line, mostly.
Str guess_language(Str code);
/// Its lexer, read at the first use. Never nullptr: the tables are right, as a test says.
const Lexer& lexer_of(const Language& language);
/// Reads a language. False when a line is wrong, which `at` gets.
[[nodiscard]] bool read_language(Arena& arena, const Language& language, Lexer& lexer, Str& line);

/// The number of a token by the class of its HTML; 0 for `t`, -1 when there is none.
int token_of(Str name);
Str class_of(std::uint8_t token);

/// Writes tokens as HTML; neighbours of the same kind are one.
class Sink {
 public:
  explicit Sink(Text& out) : out_(out) {}
  void add(std::uint8_t token, Str text);
  void end();

 private:
  Text& out_;
  std::uint8_t open_ = 0;
};

/// What the runs of one piece of code share.
struct Work {
  Arena& arena;
  Sink& sink;
  Matcher matcher;
  int depth = 0;
};

/// A lexer at work. Hooks read the match and keep what they need to know in `numbers` and `texts`.
class Run {
 public:
  Run(Work& work, const Lexer& of);
  /// Back to the begin, as before the first character.
  void reset();
  /// Lexes a text, going on in the state that the last one ended in.
  void feed(Str code);

  // ---- for hooks ----
  const Lexer& lexer;
  Match match{};
  /// What is lexed, and how far.
  Str text;
  std::uint32_t at = 0;
  List<std::uint32_t> numbers;
  List<Str> texts;
  /// Of Markdown, the lexer of the fence that is open.
  Run* fence = nullptr;

  Arena& arena() { return work_.arena; }
  Str rest() const { return text.substr(at); }
  void token(std::uint8_t token, Str s) { work_.sink.add(token, s); }
  void token(const char* name, Str s) { work_.sink.add(std::uint8_t(token_of(name)), s); }
  void push(Str state) { push(lexer.state(state)); }
  void push(std::uint16_t state) { stack_.add(work_.arena, state); }
  void push_top();
  void pop(std::uint32_t count = 1);
  void go(Str state);
  bool top_is(Str state) const;
  void give_up() { work_.matcher.give_up(); }
  void spend(std::uint64_t steps) { work_.matcher.spend(steps); }
  bool gave_up() const { return work_.matcher.gave_up(); }
  /// The run of another lexer, which is kept; nullptr when there is no such language.
  Run* other(Str name);
  /// A run of another lexer from its begin, in the arena.
  Run* fresh(Str name);

 private:
  bool step(const State& state);
  bool matched(const Rule& rule);
  bool act(const Act& act);

  Work& work_;
  List<std::uint16_t> stack_;
  List<Run*> others_;
  Failed failed_;
  std::uint32_t empty_matches_ = 0;
};

}  // namespace meridian::rouge
