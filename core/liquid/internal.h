// Declarations shared by the files of this room.
#pragma once
#include "meridian/liquid.h"

namespace meridian::liquid {

/// Each byte belongs to one.
enum Class : std::int8_t {
  kSpaces = 1,
  kDigits = 2,
  kLetters = 4,
  kDashes = 8,
  kDots = 16,
  kOthers = 32
};
constexpr int kWords = kDigits | kLetters;  // Ruby's \w, which is ASCII
Class class_of(char c);
bool is_word(char c);

// ---- markup: hand-written forms of Liquid's regular expressions ----
/// End of a closed quoted string that begins at `at`; `at` itself when none does.
std::size_t quoted_end(Str s, std::size_t at);
/// End of QuotedFragment's second form at `at`: anything but white space, commas, pipes and lone
/// quotes.
std::size_t run_end(Str s, std::size_t at);
/// End of a QuotedFragment at `at`; `at` itself when there is none.
std::size_t fragment_end(Str s, std::size_t at);
/// The first QuotedFragment; empty when there is none.
Str find_fragment(Str s);
/// Offset in `s` of the end of its part `part`.
std::size_t behind(Str s, Str part);
/// The byte at `at`, NUL behind the end: char_at() out of line.
char peek(Str s, std::size_t at);
/// End of the run of bytes of these classes.
std::size_t skip(Str s, std::size_t at, int classes);
std::size_t skip_space(Str s, std::size_t at);
bool is_blank(Str s);
std::size_t skip_word(Str s, std::size_t at);  ///< behind \w*
/// Splits `name: value` that is nothing else (JustTagAttributes).
bool split_attribute(Str s, Str& name, Str& value);
/// The first run of VariableSignature at or after `from`: the name in {% assign %} and {% capture
/// %}.
Str find_signature(Str s, std::size_t from);

/// A sentence in the arena: each `$` of the pattern stands for the next argument.
Str format(Arena& arena, const char* pattern, Str a);
Str format(Arena& arena, const char* pattern, Str a, Str b, Str c = {});
Str digits(Arena& arena, std::int64_t i);

// ---- expressions ----
/// One step of a lookup: `.name` or `[computed]`.
struct Key {
  Value name;
  const Expression* computed;
  std::int8_t command;  // place in kCommands, -1: none
};
constexpr char kCommands[] = "size first last";
enum Command : std::int8_t { kSize, kFirst, kLast };

struct Expression {
  enum class Op : std::uint8_t { Literal, Lookup, Range } op = Op::Literal;
  Value value = {};                   // the literal, or the name of a plain lookup
  const Expression* first = nullptr;  // of a lookup `[name]`, or of a range
  const Expression* last = nullptr;
  List<Key> keys = {};
};

struct NamedArgument {
  Str name;
  const Expression* value;
};
struct FilterUse {
  Str name;
  const Filter* filter;  // nullptr: there is no filter of that name
  List<const Expression*> arguments = {};
  List<NamedArgument> named = {};
  FilterUse* next = nullptr;
};
struct Variable {
  const Expression* expression = nullptr;
  FilterUse* filters = nullptr;
};

constexpr char kOperators[] = "== != <> < > <= >= contains";
enum Operator : std::int8_t {
  kUnknown = -1,
  kEqual,
  kDiffers,
  kDiffersToo,
  kLess,
  kGreater,
  kAtMost,
  kAtLeast,
  kContains,
  kAlone  // no operator: the value of the left side
};

struct Condition {
  const Expression* left = nullptr;
  const Expression* right = nullptr;
  Str op = {};  // as written
  std::int8_t known = kAlone;
  char relation = 0;  // to `next`: 'a'nd, 'o'r
  Condition* next = nullptr;
};

/// The message of a strict parse that failed.
struct ParseError {
  Str message;
};

const Expression* parse_expression(Arena& arena, Str markup, std::uint32_t depth);
/// Strict parsers: false with a message in the arena when the markup does not match Liquid's strict
/// grammar.
bool parse_variable_strictly(Arena& arena, const Environment& environment, Str markup,
                             Variable& out, ParseError& why);
Condition* parse_condition_strictly(Arena& arena, Str markup, bool literals, ParseError& why);
void parse_variable_laxly(Arena& arena, const Environment& environment, Str markup, Variable& out);
/// nullptr when the markup does not match the lax grammar either.
Condition* parse_condition_laxly(Arena& arena, Str s);
/// With `literals` the words `empty` and `blank` are the literals that conditions know.
const Expression* parse_operand(Arena& arena, Str markup, bool literals = true);
void set_operator(Condition& condition, Str op);

/// A part of if, unless, case or for.
struct Branch {
  const Condition* condition = nullptr;  // nullptr: else
  Block* body = nullptr;
  Branch* next = nullptr;
};

constexpr char kLoopOptions[] = "limit offset cols";
enum LoopOption : std::int8_t { kLimit, kOffset, kColumns };  // columns are those of a tablerow

struct ForTag {
  Str variable, name;
  const Expression* collection = nullptr;
  const Expression* options[3] = {};
  bool reversed = false, continued = false;
  Branch parts = {};  // of a for: the body, and the else branch, rendered for an empty collection
};
bool parse_for_strictly(Arena& arena, Str markup, ForTag& out, ParseError& why);
bool parse_for_laxly(Arena& arena, Str markup, ForTag& out);

// ---- templates ----
struct Block {
  Node* first = nullptr;
  Node* last = nullptr;
  bool blank = true;  // nothing but white space and tags that print nothing
};

/// The source of the next token: the body of a file, or the lines of a {% liquid %} tag.
struct Tokens {
  Str text;  // the rest
  std::uint32_t line = 1;
  bool lines = false;
  const char* code_from = nullptr;  // the begin of Markdown whose code is text
  bool no_end[2] = {};              // the rest has no end, of variables and of tags
};

/// The tag that ended a block: one that the registry does not know; without a name at the end of
/// the text.
struct BlockEnd {
  Str name, markup;
};

class Parser {
 public:
  Parser(Arena& arena, const Source& source, const Environment& environment,
         Diagnostics& diagnostics, Template& result)
      : arena_(arena),
        source_(source),
        environment_(environment),
        diagnostics_(diagnostics),
        result_(result) {}
  void document(std::size_t offset);

  /// For tags that are blocks: parses up to a tag that is not registered. False when the block is
  /// complete (or the parse failed): `{% endname %}` was found.
  bool body(Block& block, Tokens& tokens, const Node& opening, bool& blank, BlockEnd& block_end);
  bool out_of_place(const BlockEnd& block_end, const TagParse& parse);
  bool foreign(Str name);
  /// The error for a tag that does not belong in a block, or is outside of all blocks.
  bool unknown_tag(Str tag, Str block_name = {}, Str delimiter = {});
  bool raw_body(Tokens& tokens, Node& node);

  bool fail(Str type, Str text, Str remedy = {});
  bool syntax_error(Str text, Str remedy = {});
  bool failed() const { return failed_; }
  /// The strict parser rejected a piece of markup. True when the lax one may try.
  bool may_be_lax(const ParseError& why, Str context_begin, Str markup, Str context_end);
  ErrorMode error_mode() const { return environment_.error_mode; }
  const Variable* variable(Str markup);
  Block* new_block() { return arena_.make<Block>(); }
  Arena& arena() { return arena_; }
  std::uint32_t in_comment = 0;  // its content is parsed, but its filters are not reported

 private:
  void parse_into(Block& block, Tokens& tokens, BlockEnd& block_end);
  bool parse_lines(Block& block, Tokens& tokens, BlockEnd& block_end);
  bool tag(Block& block, Tokens& tokens, Str name, Str markup, BlockEnd& block_end);
  bool finish_block(TagParse& parse);
  void liquid_tag(Block& block, Str markup);
  bool never_closed(const Node& node);
  bool unterminated(Str token);
  void trim_before(Block& block, Str token);
  std::uint32_t offset(Str piece) const;  // of the current token for text that is not the source's

  Arena& arena_;
  const Source& source_;
  const Environment& environment_;
  Diagnostics& diagnostics_;
  Template& result_;
  std::uint32_t line_ = 1;  // Liquid's parse_context.line_number
  std::uint32_t at_ = 0;    // of the token that is parsed
  std::uint32_t depth_ = 0;
  std::size_t held_before_ = memory_held;
  bool trim_ = false;
  bool failed_ = false;  // result_ has its error
};

extern const TagType kText;
/// Binary search in a table sorted by name.
const TagType* search(const TagType* at, std::size_t count, Str name);
const TagType* find_standard_tag(Str name);
/// A tag of the environment.
const TagType* find_own_tag(const Environment& environment, Str name);
/// Drops the text nodes of a block that has nothing else to show.
void remove_text(Block* block);

/// `did you mean 'x'?` with the known word nearest to a misspelt name, or empty.
Str suggest(Arena& arena, Str name, Str known);
Str suggest_filter(Arena& arena, const Environment& environment, Str name);
Str suggest_tag(Arena& arena, const Environment& environment, Str name);

// ---- at run time ----
/// The items of a loop, without a copy of them.
struct Sequence {
  Value of;
  std::uint32_t begin = 0, size = 0;
  bool reversed = false;
  Value at(Arena& arena, std::uint32_t i) const;
  /// Keeps the items with numbers from `from` up to but without `to`, as Utils.slice_collection.
  void cut(std::int64_t from, std::int64_t to = INT64_MAX);
};
/// The items of `v` as {% for %} sees it: none for a value that can't be looped over.
Sequence sequence(const Value& v);

std::int64_t to_i(const Value& v);                ///< Ruby's to_i
std::int32_t clamp(std::int64_t i);               ///< to the range of a Range's ends
bool parse_integer(Str text, std::int64_t& out);  ///< Ruby's Integer(): the whole string
bool to_integer(Context& c, const Value& v,
                std::int64_t& out);  ///< Utils.to_integer; false when it raised
std::int64_t saturate(double d);
inline double to_double(const Value& number) {
  return number.is(Kind::Float) ? number.d : double(number.i);
}
Str to_s(Arena& arena, const Value& v);  ///< Ruby's to_s, which shows an array as inspect does
/// Assignment without a copy on the way.
template <class T>
inline void set(Value& v, T x) {
  new (&v) Value(x);
}
Value pair(Arena& arena, const Value& key, const Value& value);
bool is_empty(const Value& v);                     ///< Ruby's empty?; false for values without it
bool size_of(const Value& v, std::int64_t& size);  ///< Ruby's size; false for values without it
bool end_of(Arena& arena, const Value& v, bool last, Value& out);
/// Ruby's s[at, length] by characters, empty where that is nil.
Str substring(Str s, std::int64_t at, std::int64_t length);
/// Entry `key` of a map, a drop or (by number) an array; false when there can't be one.
bool index(const Value& object, const Value& key, Value& out);
/// The variable `forloop`, and `tablerowloop`, which has columns.
class Loop final : public Drop {
 public:
  Str name;
  Drop* parent = nullptr;
  bool table = false;
  std::uint32_t length = 0, index = 0, columns = UINT32_MAX;

  Value get(Str key) override;
  void print(Text& out) override {
    out.add(table ? "Liquid::TablerowloopDrop" : "Liquid::ForloopDrop");
  }
};

/// Opens the context's private parts to Liquid's own tags.
struct Internals {
  static void render_block(Context& c, const Block& block);
  static void capture(Context& c, const Block& block, Text& out);
  static void mark(Context& c, std::size_t offset, bool verbatim);
  static void verbatim(Context& c, Str text);
  static bool render_template(Context& c, const Template& t);
  static void text(Context& c, const Node& node);
  static void output(Context& c, const Node& node);
  static void interrupt(Context& c, const Node& node);
  static void loop(Context& c, const Node& node);
  static void cycle(Context& c, const Node& node);
  static void count(Context& c, const Node& node);
  static void if_changed(Context& c, const Node& node);
  static void capture_variable(Context& c, const Node& node);
  static Value filter(Context& c, const FilterUse& use, const Value& input);
  static bool segment(Context& c, const ForTag& tag, bool table, Sequence& out);
};

// ---- filters, by family ----

enum Conversion : char {
  kCapitalize,
  kDowncase,
  kUpcase,
  kStripHtml,
  kEscapeOnce,
  kEscape,  // this and those behind it leave nil alone
  kUrlEncode,
  kUrlDecode
};
Value filter_convert(FilterCall&);
Value filter_base64(FilterCall&);
Value filter_strip(FilterCall&);
Value filter_replace(FilterCall&);
Value filter_append(FilterCall&);
Value filter_slice(FilterCall&);
Value filter_truncate(FilterCall&);
Value filter_split(FilterCall&);
Value filter_newlines(FilterCall&);
Value filter_date(FilterCall&);
Value filter_default(FilterCall&);
Value filter_size(FilterCall&);
Value filter_end(FilterCall&);
Value filter_join(FilterCall&);
Value filter_sort(FilterCall&);
Value filter_compact(FilterCall&);
Value filter_map(FilterCall&);
Value filter_uniq(FilterCall&);
Value filter_where(FilterCall&);
Value filter_reverse(FilterCall&);
Value filter_concat(FilterCall&);
Value filter_arithmetic(FilterCall&);
Value filter_round(FilterCall&);
Value filter_bound(FilterCall&);

}  // namespace meridian::liquid
