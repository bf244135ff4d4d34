// Patterns of the lexers: regular expressions as Ruby's StringScanner matches them, compiled to a
// small program that a backtracking matcher runs.
//
// The notation is Ruby's, as far as lexers use it: literals, `.`, classes (`[a-z\w[:alpha:]]`),
// `\d \w \s \h \b \A \z \Z`, groups, `|`, `* + ? {m,n}` greedy and lazy, lookahead, lookbehind of
// one character, `\1`, and `(?mi)` at the begin for Ruby's flags. In addition `{name}` stands for a
// named part, and `{%name}` for any word of a list, tried in its order.
//
// A match begins where it is asked for and sees nothing of what stands before: `\b`, `^`, `\A` and
// lookbehind take it as the begin of the text, as StringScanner does. Lexers depend on that.
#pragma once
#include "meridian/text.h"

namespace meridian::rouge {

/// Words of a language, in the order in which patterns try them.
struct Words {
  Str name;
  List<Str> words;
  /// Open addressing: index of the word + 1, 0 for none. Its size is a power of two.
  List<std::uint16_t> slots;
  /// The bytes with which a word begins.
  bool begins[256] = {};

  void add(Arena& arena, Str word);
  bool has(Str word) const;
  /// Whether one of them is a prefix of the text.
  bool has_prefix_of(Str text) const;
};

/// A set of characters.
struct CharacterClass {
  bool ascii[128] = {};
  /// Which others: letters and what else continues a word, format characters (Cf), upper case, what
  /// lies above U+FFFF; and single ones.
  bool word = false, format = false, upper = false, astral = false;
  List<std::uint32_t> others;
  /// Of the characters that are not ASCII; `ascii` is negated already.
  bool negated = false;

  bool has(std::uint32_t c) const;
};

enum class Op : std::uint8_t {
  Byte,
  ByteIgnoringCase,
  Any,
  AnyOrNewline,
  Class,
  Many,  // of the instruction behind it: `least` to `most` times
  Split,
  Jump,
  Save,
  LineBegin,
  LineEnd,
  TextBegin,
  TextEnd,
  TextEndOrNewline,
  Boundary,
  NoBoundary,
  Ahead,
  NotAhead,
  Behind,
  NotBehind,
  Back,
  OneOf,
  Matched,
};

struct Instruction {
  Op op;
  /// Byte: the byte. Split: whether the jump is tried first. Many: whether it is lazy. Save, Back:
  /// the slot, the group.
  std::uint8_t small = 0;
  /// Split, Jump, Ahead …: where to. Class, OneOf: the index. Many: at least.
  std::uint16_t to = 0;
  /// Many: at most.
  std::uint32_t most = 0;
  /// Many, Split: the number among those of the language.
  std::uint16_t number = 0;
};

constexpr std::uint32_t kMaxGroups = 9;
constexpr std::uint32_t kNone = ~std::uint32_t(0), kMany = kNone;

struct Pattern {
  List<Instruction> code;
  /// The bytes with which a match can begin.
  bool begins[256] = {};
  /// Begins with `^`: it is tried at the begin of a line only.
  bool at_line_begin = false;
  /// Has nothing else that the begin of the text matters to.
  bool begins_anywhere = true;
  /// Asks for a group again: what is behind a place depends on what is before it.
  bool has_back = false;
};

/// A named part of patterns.
struct Part {
  Str name, text;
};

/// What the patterns of a language share.
struct Vocabulary {
  List<Part> parts;
  List<Words*> words;
  List<CharacterClass*> classes;
  /// How many loops and choices have a number.
  std::uint16_t numbers = 0;

  Words* find_words(Str name) const;
};

/// Compiles a pattern. False when it is not in the notation: a mistake in a table of this room.
[[nodiscard]] bool compile(Arena& arena, Vocabulary& vocabulary, Str source, Pattern& pattern);

/// Where the groups of a match lie, as offsets in the text that was matched; kNone for a group that
/// took no part. Group 0 is the match.
struct Match {
  Str text;
  std::uint32_t at[2 * (kMaxGroups + 1)];

  Str group(std::uint32_t i) const {
    return at[2 * i] == kNone ? Str() : slice(text, at[2 * i], at[2 * i + 1]);
  }
};

/// Ways that were tried and lead to no match, by the number of a Split or Many: a bit for each
/// place of a text, counted from its end. What does not close is looked for once, not again from
/// each place.
using Failed = List<std::uint8_t*>;

/// Runs patterns. Steps are counted: what a lexer may take for all its matches is bounded, since a
/// pattern with nested loops can take exponential time on a hostile text.
class Matcher {
 public:
  explicit Matcher(std::uint64_t steps) : steps_(steps) {}
  /// Whether the pattern matches at the begin of the text; with `from`, at this offset, and what
  /// stands before counts.
  [[nodiscard]] bool match(const Pattern& pattern, const Vocabulary& vocabulary, Str text,
                           Match& match, Failed& failed, std::uint32_t from = 0);
  /// Whether the steps or the memory for them were not enough: no match is true from then on.
  bool gave_up() const { return steps_ == 0; }
  void give_up() { steps_ = 0; }
  /// Counts steps that were taken elsewhere.
  void spend(std::uint64_t steps) { steps_ -= steps_ > steps ? steps : steps_; }

 private:
  /// What to do when a way fails.
  struct Choice {
    enum Kind : std::uint8_t { Try, Restore, Fewer, More, NextWord } kind;
    std::uint8_t slot = 0;
    std::uint16_t pc = 0;
    std::uint32_t at = 0, other = 0;
  };
  bool run(std::uint32_t pc, std::uint32_t at);
  bool one(const Instruction& instruction, std::uint32_t& at) const;
  bool look(const Instruction& instruction, std::uint32_t pc, std::uint32_t at);
  bool boundary(std::uint32_t at) const;
  bool many(std::uint32_t pc, std::uint32_t& at);
  bool again(Str group, std::uint32_t at);
  bool more(const Choice& choice, std::uint32_t& at);
  bool fewer(Choice choice, std::uint32_t& at);
  bool next_word(std::uint32_t pc, std::uint32_t from, std::uint32_t& at);
  void push(const Choice& choice);
  void forget_failed();
  bool has_failed(const Instruction& instruction, std::uint32_t at) const;
  bool end_failed(const Instruction& loop, std::uint32_t at) const;
  void mark_failed(const Instruction& instruction, std::uint32_t at);
  Str text() const { return match_->text; }

  std::uint64_t steps_;
  Arena arena_;
  List<Choice> choices_;
  const Pattern* pattern_ = nullptr;
  const Vocabulary* vocabulary_ = nullptr;
  Match* match_ = nullptr;
  Failed* failed_ = nullptr;
  /// From how few steps on ways are marked, and how far they went.
  std::uint64_t mark_below_ = 0;
  std::uint32_t furthest_ = 0;
};

}  // namespace meridian::rouge
