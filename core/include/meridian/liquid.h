// The Liquid language as Jekyll runs it: Liquid 5.4.0, error mode `warn`, errors raised
// (`render!`). Knows no Jekyll: the site registers its tags and filters in an Environment and gives
// the variables.
//
//   Template* page = parse(arena_of_file, source, body_offset, environment, diagnostics);
//   if (page->error) …                       // the template can't be rendered; diagnostics already
//   say why Context context(environment, render_arena, globals); context.now = …; context.site =
//   &my_state; Text html; if (!context.render(*page, html)) report(context.error, diagnostics);
#pragma once
#include "meridian/value.h"

namespace meridian::liquid {

class Context;
class Parser;
struct Node;
struct Tokens;
struct Internals;
struct Environment;
struct Block;       // what stands between `{% tag %}` and `{% endtag %}`
struct Expression;  // `a.b[c]`, `"text"`, `(1..n)`
struct Variable;    // an expression with its filters: what stands in `{{ }}`
struct Condition;   // `a == b and c`

// ---- limits ----
// Liquid's own: nesting of blocks in one file (Block::MAX_DEPTH) and of scopes, hence of includes,
// in one render.
constexpr std::uint32_t kMaxBlockDepth = 100;
constexpr std::uint32_t kMaxScopes = 100;
/// Of blocks inside blocks across all includes of a render: what the stack of a wasm instance
/// surely holds.
constexpr std::uint32_t kMaxNesting = 1000;
/// Of brackets and ranges inside one expression.
constexpr std::uint32_t kMaxExpressionDepth = 100;
/// Bytes of one tag: what is parsed of it takes up to sixty times as much memory.
constexpr std::size_t kMaxMarkup = 1 << 20;
/// Bytes that a parsed template may take: those around it must find room as well.
constexpr std::size_t kMaxTemplate = std::size_t(128) << 20;

// ---- errors ----
/// What Ruby would have raised. Strings live in the arena of the template (parse) or of the render.
struct Error {
  Str type;  ///< Ruby's class: "Liquid::SyntaxError", "Liquid::ArgumentError", "IOError"; empty: no
             ///< error
  Str text;  ///< the sentence alone
  Str template_name;   ///< Liquid's prefix names it when set: an include sets it on the way out
  Str markup_context;  ///< Liquid appends it: `in "{{ x | }}"`, `included `
  Str remedy;
  std::uint32_t line = 0;  ///< as Liquid counts: from the body's first line, quirks included
  bool parsing = false;    ///< else rendering
  const Source* source = nullptr;
  std::uint32_t offset = 0;  ///< in source->text
  explicit operator bool() const { return !type.empty(); }
  /// Ruby's exception.message: `Liquid error (line 3): …` for classes of Liquid, the bare text for
  /// others.
  void message(Text& out) const;
};
/// As a diagnostic of severity error, at its place in the file.
void report(const Error& error, Diagnostics& diagnostics);
/// A Context's on_error as Liquid has it: the message is printed, unless a limit was reached.
bool print_error(Context& context, const Node& node);

// ---- templates ----
struct TagType;

/// One tag in a parsed template (or a piece of text, or a `{{ }}`).
struct Node {
  const TagType* type = nullptr;
  Str markup;  ///< between the tag's name and `%}`, as written; of text the text itself
  std::uint32_t offset = 0;  ///< of `{%`, `{{` or the text in the source
  std::uint32_t line = 0;    ///< as Liquid counts
  Block* body = nullptr;     ///< of a tag with Body::Parsed
  Str raw = {};              ///< of a tag with Body::Raw: all up to `{% endtag %}`
  bool blank = false;        ///< prints nothing: a block of nothing else drops its white space
  void* data = nullptr;      ///< what the tag's parse hook keeps, in the template's arena
  Node* next = nullptr;
};

/// A parsed file. Lives in the arena it was parsed into; rendered as often as wanted.
struct Template {
  const Source* source;
  Block* body = nullptr;
  Error error = {};  ///< set: can't be rendered
  List<const Node*> uses =
      {};  ///< every tag of the environment (not Liquid's own) in the order of the text, also in
           ///< branches that may never be taken: their `data` names the static includes
};

/// Parses source.text from `body_offset` on (behind the front matter; lines in messages count from
/// there, those in diagnostics from the file's start). `source` must outlive the template. Never
/// nullptr. Reports syntax errors, lax-mode warnings (what Jekyll prints as "Liquid Warning") and
/// unknown filters.
Template* parse(Arena& arena, const Source& source, std::size_t body_offset,
                const Environment& environment, Diagnostics& diagnostics);

// ---- what the site adds ----
/// One call of a filter.
struct FilterCall {
  Context& context;
  Arena& arena;        ///< of the render: results live here
  char op;             ///< from the table, tells the filters of a family apart
  std::uint8_t count;  ///< arguments; keyword arguments arrive as a Map in the last one, as in Ruby
  Value input;
  const Value* args;
  Text out =
      {};  ///< scratch for a filter that makes text: `add_slug(call.out, …); return call.text();`

  /// Argument `i`, nil when not given.
  const Value& arg(std::uint32_t i) const;
  /// Ruby's to_s of the input or of an argument (of an array that is its inspect).
  Str input_str();
  Str arg_str(std::uint32_t i);
  /// Keyword argument, nil when not given.
  Value named(Str name) const;
  /// What was written to `out`, as a string in the arena.
  Value text();
  /// Aborts the render with Ruby's error of this class. A filter's ArgumentError is
  /// Liquid::ArgumentError.
  Value raise(Str type, Str text);
  Value argument_error(Str text);
  /// The input as the array filters see it (Liquid's InputIterator): an array flattened, a map or
  /// scalar as the one item, a range's numbers, a drop's pairs, nothing for nil. A fresh array;
  /// counts its items as steps.
  Array* items();
};

struct Filter {
  Value (*run)(FilterCall&);
  char op;
  /// Fewest and most arguments besides the input; other counts raise Ruby's "wrong number of
  /// arguments".
  std::uint8_t min, max;
};
/// A filter as a table has it where it is written.
struct FilterRow {
  const char* name;
  Value (*run)(FilterCall&);
  char op = 0;
  std::uint8_t min = 0, max = 0;
};
/// The table in half the bytes: the names in one string, with spaces between them, and the filters
/// in their order.
template <std::size_t kLength, std::size_t kCount>
struct FilterTable {
  char names[kLength] = {};
  Filter filters[kCount] = {};
};
template <std::size_t kCount>
constexpr std::size_t length_of_names(const FilterRow (&rows)[kCount]) {
  std::size_t length = 0;
  for (const FilterRow& row : rows) length += __builtin_strlen(row.name) + 1;
  return length;
}
template <std::size_t kLength, std::size_t kCount>
constexpr FilterTable<kLength, kCount> packed(const FilterRow (&rows)[kCount]) {
  FilterTable<kLength, kCount> table;
  char* at = table.names;
  Filter* filter = table.filters;
  for (const FilterRow& row : rows) {
    for (const char* c = row.name; *c; c++) *at++ = *c;
    *at++ = ' ';
    *filter++ = {row.run, row.op, row.min, row.max};
  }
  at[-1] = '\0';
  return table;
}

/// Of a comment, what stands inside is parsed for its end alone.
enum class Body : std::uint8_t { None, Parsed, Raw, Comment };

/// Given to a tag's parse hook.
struct TagParse {
  Arena& arena;  ///< the template's
  const Source& source;
  Diagnostics& diagnostics;
  const Environment& environment;
  Node& node;
  Parser& parser;  // for Liquid's own tags
  Tokens& tokens;
  /// Fails the whole template, as Jekyll's build would abort. Gives false, for `return
  /// parse.fail(…)`.
  bool fail(Str type, Str text, Str remedy = {});
  /// Expression.parse; never fails (the lax way).
  const Expression* expression(Str markup);
  /// A whole `x | filter: y`; strictly if possible, else the lax way with a warning.
  const Variable* variable(Str markup);
};

struct TagType {
  Name name;
  /// Writes to context.out() (and context.body(node) renders the body there).
  void (*render)(Context&, const Node&);
  bool (*parse)(TagParse&) =
      nullptr;  ///< called at the opening tag, before the body; false after fail()
  char op = 0;
  Body body = Body::None;
};

/// What happens to markup that only the lax parser takes: nothing, a warning (Jekyll's default), a
/// syntax error. Quiet is Warn without the words; with Lax the strict parser is not asked at all.
enum class ErrorMode : std::uint8_t { Lax, Warn, Strict, Quiet };

/// The tables of the site, looked up before Liquid's own; that of the tags is sorted by name
/// (bytewise). Outlives the templates.
struct Environment {
  ErrorMode error_mode = ErrorMode::Warn;
  const char* filter_names = "";  ///< with single spaces between them
  const Filter* filters = nullptr;
  const TagType* tags = nullptr;
  std::uint32_t tag_count = 0;
  /// A tag of an unknown name is an error that is told, and the template goes on without it (and
  /// without its `end…`).
  bool skips_unknown_tags = false;
};
/// Makes sure at compile time that a table can be searched: static_assert(is_sorted(kTags));
template <class T, std::size_t N>
constexpr bool is_sorted(const T (&table)[N]) {
  for (std::size_t i = 1; i < N; i++)
    if (!(table[i - 1].name < table[i].name)) return false;
  return true;
}
/// nullptr when there is none.
const Filter* find_filter(const Environment& environment, Str name);
const TagType* find_tag(const Environment& environment, Str name);

// ---- expressions at run time ----
/// Expression.parse: what `context["a.b"]` evaluates. Never fails.
const Expression* parse_expression(Arena& arena, Str markup);
/// A parsed `x | filter: y` (group_by_exp), lax. Never fails.
const Variable* parse_variable(Arena& arena, const Environment& environment, Str markup);
/// A condition, strictly (where_exp, find_exp): nullptr with `error` (Liquid::SyntaxError) set
/// otherwise.
const Condition* parse_condition(Arena& arena, Str markup, Error& error);
/// Scans `name: value` pairs (Liquid's TagAttributes), one call each; false at the end.
bool next_attribute(Str& rest, Str& name, Str& value);
/// The next quoted fragment of Liquid (`"a b"`, `a.b["c d"]`), skipping what is none; empty at the
/// end.
Str next_fragment(Str& rest);

// ---- rendering ----
class Context {
 public:
  /// `globals` is a Map or a Drop (`site`, `page`, …): found after all that templates assign.
  Context(const Environment& environment, Arena& arena, const Value& globals);

  Arena& arena() { return arena_; }
  const Environment& environment() const { return environment_; }

  // Set by the caller before rendering.
  void* site = nullptr;        ///< for the site's own tags and filters: Liquid's registers
  meridian::Time now = {};     ///< of `"now" | date`
  const Zone* zone = nullptr;  ///< local time; nullptr: UTC
  bool strict_filters = false, strict_variables = false;
  /// Liquid's `render` instead of `render!`: called for what failed, writes what takes its place;
  /// false: the error stays. nullptr: every error stays.
  bool (*on_error)(Context&, const Node&) = nullptr;
  /// Asked for positions: gets a segment for each piece of the output. nullptr: none are kept.
  SourceMap* map = nullptr;

  /// First error of the render; what was written before it stays in the output.
  Error error;

  /// Renders into `out`. False when an error stopped it.
  bool render(const Template& t, Text& out);
  /// Renders at the place where the calling tag stands, with its variables: an include. `{% break
  /// %}` inside leaves the loop around. A failed template raises its error.
  bool render(const Template& t);
  /// The same into text of its own, without positions.
  bool capture(const Template& t, Text& out);

  // For tags.
  Text& out() { return *out_; }
  /// Renders the tag's body at this place, or into text of its own.
  void body(const Node& node);
  void capture_body(const Node& node, Text& out);
  void write(const Value& v);  ///< as `{{ v }}` does

  // Variables.
  /// Enters a scope, to be left by pop(). False (an error is raised, nothing entered) when nested
  /// too deep.
  bool push(Map* variables = nullptr);
  void pop();
  void set(Str name,
           const Value& v);  ///< in the innermost scope; `name` must live as long as the render
  void assign(Str name, const Value& v);  ///< in the outermost one, as {% assign %}
  Value find(Str name);          ///< a variable by name: scopes from the inside, counters, globals
  Value lookup(Str expression);  ///< Liquid's context["a.b[0]"]
  Value evaluate(const Expression* expression);
  Value evaluate(const Variable* variable);
  bool test(const Condition* condition);
  /// Calls a filter by name with positional arguments.
  Value call(Str filter, const Value& input, const Value* args = nullptr, std::uint32_t count = 0);

  // Stopping.
  void raise(Str type, Str text, Str remedy = {});
  bool failed() const { return aborted_; }
  /// True when the current block must be left: an error, {% break %} or {% continue %}.
  bool stopped() const { return aborted_ || interrupts_ != kNoInterrupt; }
  /// Counts work; raises Liquid::MemoryError ("Memory limits exceeded") and gives false when there
  /// was too much.
  bool count(std::uint64_t steps);
  /// Same for a string or an output that is about to have `bytes` bytes.
  bool fits(std::uint64_t bytes);
  /// Same for the printed form of `v`: arrays that hold each other's copies print exponentially
  /// much.
  bool fits_printed(const Value& v);

 private:
  friend struct Internals;  // Liquid's own tags
  static constexpr std::uint64_t kNoInterrupt = 1;

  const Environment& environment_;
  Arena& arena_;
  Value globals_;
  Text* out_ = nullptr;
  const Source* source_ = nullptr;  // of the template that is rendered now
  const Node* node_ = nullptr;      // what is rendered now: where an error stands
  Map* scopes_[kMaxScopes];
  Map* own_scopes_[kMaxScopes] = {};
  std::uint32_t scope_count_ = 0;
  std::uint32_t nesting_ = 0;
  bool aborted_ = false;
  // {% break %} (1) and {% continue %} (0) that no loop has taken yet, the last one lowest, above
  // them a 1: a tablerow takes none, so that they can pile up.
  std::uint64_t interrupts_ = kNoInterrupt;
  std::uint64_t begin_ = work_done;
  Map* counters_ = make_map(arena_);  // increment, decrement
  Map* cycles_ = make_map(arena_);
  Map* offsets_ = make_map(arena_);  // where a loop ended, for offset:continue
  Drop* loop_ = nullptr;             // the innermost forloop
  Value changed_;                    // last output of ifchanged
};

/// Lists every tag of the environment in a template: sees also branches that are never taken.
template <class Visitor>
void scan(const Template& t, Visitor visit) {
  for (const Node* node : t.uses) visit(*node);
}

/// Ruby's Integer(v.to_s) as Liquid uses it for limits and lengths; false (argument error raised)
/// when it is none.
bool to_integer(FilterCall& call, const Value& v, std::int64_t& out);
/// Liquid's to_number: an Int or a Float; 0 for what is no number.
Value to_number(const Value& v);
/// Ruby's <=>: false when the two can't be compared.
bool compare(const Value& a, const Value& b, int& order);

}  // namespace meridian::liquid
