// The Liquid language as Jekyll runs it: Liquid 5.4.0, error mode `warn`, errors raised
// (`render!`). This room knows no Jekyll: the site registers its tags and filters in an Environment
// and provides the variables.
//
//     Environment environment;                       // outlives the templates
//     Template* page = parse(file_arena, source, body_offset, environment, diagnostics);
//     if (page->error) return;                       // can't be rendered; already in `diagnostics`
//     Context context(environment, render_arena, globals);
//     context.now = now;
//     Text html;
//     if (!context.render(*page, html)) report(context.error, diagnostics);
//
// A filter is a function and a row of a table; so is a tag:
//
//     Value shout(FilterCall& call) {
//       call.out.add(call.input_str());
//       call.out.add('!');
//       return call.text();
//     }
//     constexpr FilterRow kRows[] = {{"shout", shout}};
//     constexpr auto kFilters = packed<length_of_names(kRows)>(kRows);
//
//     void render_year(Context& c, const Node&) { c.out().add_int(civil(c.now).year); }
//     constexpr TagType kTags[] = {{"year", render_year}};
//     static_assert(is_sorted(kTags));
//
//     environment.filter_names = kFilters.names;
//     environment.filters = kFilters.filters;
//     environment.tags = kTags;
//     environment.tag_count = 1;
//
// Ownership: a Template lives in the arena that it is parsed into, and refers to its source text by
// views; both outlive it. It is constant and can be rendered any number of times. Values that a
// render makes live in the render's arena. A Context serves one render.
//
// Failure: parse() never returns nullptr; a template that can't be rendered has `error` set, and
// the diagnostic has been added. While rendering, what would raise in Ruby calls raise(): the
// context has failed(), every enclosing render stops, and the first error stays in Context::error.
// What was written before stays in the output. Functions that return bool return false once the
// context has failed.
//
// Complexity: parsing is linear in the source. A render is bounded by limits.steps and
// limits.output, memory by max_memory (base.h).
#pragma once
#include "meridian/value.h"

namespace meridian::liquid {

class Context;
class Parser;
struct Node;
struct Tokens;
struct Internals;
struct Environment;
/// The nodes between `{% tag %}` and `{% endtag %}`.
struct Block;
/// `a.b[c]`, `"text"`, `(1..n)`.
struct Expression;
/// An expression with its filters: the markup of `{{ }}`.
struct Variable;
/// `a == b and c`.
struct Condition;

// ---- limits ----
/// Liquid's own limits: of nested blocks in one file (Block::MAX_DEPTH), and of nested scopes,
/// hence of includes, in one render.
constexpr std::uint32_t kMaxBlockDepth = 100;
constexpr std::uint32_t kMaxScopes = 100;
/// Bytes of the stack (kMaxStack) that a block takes with its tag, across all includes: 370 for
/// `if`, 550 for `for`, 580 for `include`, 630 for `capture`.
constexpr std::size_t kStackOfBlock = 640;
/// Of nested brackets and ranges in one expression.
constexpr std::uint32_t kMaxExpressionDepth = 100;
/// Bytes of one tag: its parsed form takes up to sixty times as much memory.
constexpr std::size_t kMaxMarkup = 1 << 20;
/// Bytes that a parsed template may take, so that others find room as well.
constexpr std::size_t kMaxTemplate = std::size_t(128) << 20;

// ---- errors ----
/// The exception that Ruby would have raised. Strings live in the arena of the template (parse) or
/// of the render.
struct Error {
  /// Ruby's class: "Liquid::SyntaxError", "Liquid::ArgumentError", "IOError"; empty: no error.
  Str type;
  /// The sentence alone.
  Str text;
  /// Liquid's prefix names it when set: an include sets it as the error passes through it.
  Str template_name;
  /// Liquid appends it: `in "{{ x | }}"`, `included `.
  Str markup_context;
  Str remedy;
  /// As Liquid counts: from the body's first line, quirks included.
  std::uint32_t line = 0;
  /// Whether it was raised while parsing; else while rendering.
  bool parsing = false;
  /// What the filter got that raised it; nil: no filter did.
  Value input;
  const Source* source = nullptr;
  /// Byte in source->text.
  std::uint32_t offset = 0;
  explicit operator bool() const { return !type.empty(); }
  /// Appends Ruby's exception.message: `Liquid error (line 3): …` for classes of Liquid, the bare
  /// text for others.
  void message(Text& out) const;
};
/// Adds the error as a diagnostic of severity error, at its place in the file.
void report(const Error& error, Diagnostics& diagnostics);
/// Liquid's `render` as a Context::on_error: prints the message in the place of what failed, except
/// for undefined variables and filters. False when a limit was reached: the render ends.
bool print_error(Context& context, const Node& node);

// ---- templates ----
struct TagType;

/// One tag of a parsed template, a piece of text, or a `{{ }}`.
struct Node {
  const TagType* type = nullptr;
  /// All between the tag's name and `%}`, as written; of text the text itself.
  Str markup;
  /// Of `{%`, `{{` or the text in the source.
  std::uint32_t offset = 0;
  /// As Liquid counts.
  std::uint32_t line = 0;
  /// Of a tag with Body::Parsed.
  Block* body = nullptr;
  /// Of a tag with Body::Raw: all up to `{% endtag %}`.
  Str raw = {};
  /// It prints nothing: a block of such nodes alone drops its white space.
  bool blank = false;
  /// Kept by the tag's parse hook, in the template's arena.
  void* data = nullptr;
  Node* next = nullptr;
};

/// A parsed file. Lives in the arena that it was parsed into; constant, rendered any number of
/// times.
struct Template {
  const Source* source;
  Block* body = nullptr;
  /// When set, the template can't be rendered.
  Error error = {};
  /// Every tag of the environment (not Liquid's own) in the order of the text, also in branches
  /// that may never be taken: their `data` names the static includes.
  List<const Node*> uses = {};
};

/// Parses source.text from the byte `body_offset` on, which is behind the front matter: lines in
/// Liquid's messages count from there, those in diagnostics from the file's start. `source` must
/// outlive the template. Never nullptr. Reports syntax errors, markup that only the lax parser
/// accepts (Jekyll's "Liquid Warning") and unknown filters.
Template* parse(Arena& arena, const Source& source, std::size_t body_offset,
                const Environment& environment, Diagnostics& diagnostics);

// ---- what the site adds ----
/// One call of a filter. Reads the input and the arguments, and returns the result as a Value whose
/// strings are in `arena`, literals, or views of the input.
struct FilterCall {
  Context& context;
  /// Of the render: results live here.
  Arena& arena;
  /// From the table: tells the filters of a family apart.
  char op;
  /// Number of arguments; keyword arguments are a Map in the last one, as in Ruby.
  std::uint8_t count;
  Value input;
  const Value* args;
  /// Scratch for a filter that makes text: `add_slug(call.out, …); return call.text();`
  Text out = {};

  /// Argument `i`, from 0; nil when not given.
  const Value& arg(std::uint32_t i) const;
  /// Ruby's to_s of the input or of an argument (for an array that is its inspect).
  Str input_str();
  Str arg_str(std::uint32_t i);
  /// The keyword argument `name`; nil when not given.
  Value named(Str name) const;
  /// The bytes that were written to `out`, as a string in the arena.
  Value text();
  /// Stops the render with Ruby's error of this class, and returns nil. A filter's ArgumentError is
  /// Liquid::ArgumentError, which argument_error() raises.
  Value raise(Str type, Str text);
  Value argument_error(Str text);
  /// The input as the array filters see it (Liquid's InputIterator): an array is flattened, a map
  /// or a scalar is the only item, a range gives its numbers, a drop its pairs, nil nothing. A new
  /// array; counts its items as steps.
  Array* items();
};

/// A filter in an Environment's table.
struct Filter {
  Value (*run)(FilterCall&);
  char op;
  /// Fewest and most arguments besides the input; other counts raise Ruby's "wrong number of
  /// arguments".
  std::uint8_t min, max;
};
/// A filter as it is written in the source of a table.
struct FilterRow {
  const char* name;
  Value (*run)(FilterCall&);
  char op = 0;
  std::uint8_t min = 0, max = 0;
};
/// The table in half the bytes: the names in one string with single spaces, the filters in its
/// order.
template <std::size_t kLength, std::size_t kCount>
struct FilterTable {
  char names[kLength] = {};
  Filter filters[kCount] = {};
};
/// Bytes of FilterTable::names for these rows.
template <std::size_t kCount>
constexpr std::size_t length_of_names(const FilterRow (&rows)[kCount]) {
  std::size_t length = 0;
  for (const FilterRow& row : rows) length += __builtin_strlen(row.name) + 1;
  return length;
}
/// Makes the table at compile time: `constexpr auto kTable =
/// packed<length_of_names(kRows)>(kRows);`
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

/// How the parser treats the text behind an opening tag. None: the tag has no end tag. Parsed: a
/// template. Raw: kept as text. Comment: parsed only to find its end.
enum class Body : std::uint8_t { None, Parsed, Raw, Comment };

/// The argument of a tag's parse hook.
struct TagParse {
  /// The template's.
  Arena& arena;
  const Source& source;
  Diagnostics& diagnostics;
  const Environment& environment;
  Node& node;
  /// For Liquid's own tags.
  Parser& parser;
  Tokens& tokens;
  /// Makes the whole template fail, as Jekyll's build would abort. Returns false, for `return
  /// parse.fail(…)`.
  bool fail(Str type, Str text, Str remedy = {});
  /// Liquid's Expression.parse, which is lax and never fails.
  const Expression* expression(Str markup);
  /// A whole `x | filter: y`: by the strict parser if possible, else by the lax one with a warning.
  const Variable* variable(Str markup);
};

/// A tag in an Environment's table. Plain functions: state is in the node's `data` and in
/// Context::site.
struct TagType {
  Name name;
  /// Writes to context.out(), and renders the tag's body by context.body(node).
  void (*render)(Context&, const Node&);
  /// Called at the opening tag, before the body is parsed; returns false after fail(). nullptr:
  /// nothing to parse.
  bool (*parse)(TagParse&) = nullptr;
  /// Tells the tags of a family apart.
  char op = 0;
  Body body = Body::None;
};

/// How markup is treated that only the lax parser accepts: silently accepted (Lax, Quiet), accepted
/// with a warning (Warn, Jekyll's default), or a syntax error (Strict). With Lax the strict parser
/// is not tried at all; Quiet is Warn without the warnings.
enum class ErrorMode : std::uint8_t { Lax, Warn, Strict, Quiet };

/// A filter that is known when the site is read. Its name is borrowed like the tables.
struct NamedFilter {
  Str name;
  Filter filter;
};

/// The site's tags and filters, looked up before Liquid's own. The tables are borrowed and outlive
/// the templates; that of the tags is sorted by name, bytewise.
struct Environment {
  ErrorMode error_mode = ErrorMode::Warn;
  /// With single spaces between them.
  const char* filter_names = "";
  const Filter* filters = nullptr;
  const TagType* tags = nullptr;
  std::uint32_t tag_count = 0;
  /// Tags of a plugin that few sites have.
  const TagType* plugin_tags = nullptr;
  std::uint32_t plugin_tag_count = 0;
  /// Further filters and tags, known when the site is read: those before everything else of the
  /// same name, the last one first.
  List<NamedFilter> own_filters = {};
  List<TagType> own_tags = {};
  /// An unknown tag is reported as an error, and the template is rendered without it (and without
  /// its `end…`). Else it makes the template fail, as in Jekyll.
  bool skips_unknown_tags = false;
  /// The text is Markdown, in whose spans and fences of code braces mean nothing.
  bool skips_code = false;
  /// `x == blank` holds for what ActiveSupport's blank? holds for; plain Ruby has no such method.
  bool knows_blank = false;
};
/// Checks at compile time that a table can be searched: static_assert(is_sorted(kTags));
template <class T, std::size_t N>
constexpr bool is_sorted(const T (&table)[N]) {
  for (std::size_t i = 1; i < N; i++)
    if (!(table[i - 1].name < table[i].name)) return false;
  return true;
}
/// A filter or tag by name, Liquid's own included; nullptr when there is none.
const Filter* find_filter(const Environment& environment, Str name);
const TagType* find_tag(const Environment& environment, Str name);

// ---- expressions at run time ----
/// Liquid's Expression.parse: `markup` as context["a.b"] evaluates it. Never fails. The result
/// lives in the arena and has views of `markup`.
const Expression* parse_expression(Arena& arena, Str markup);
/// Parses `x | filter: y` (for group_by_exp) by the lax parser. Never fails.
const Variable* parse_variable(Arena& arena, const Environment& environment, Str markup);
/// Parses a condition (for where_exp, find_exp) by the strict parser; nullptr, and `error` is a
/// Liquid::SyntaxError, when it is malformed.
[[nodiscard]] const Condition* parse_condition(Arena& arena, Str markup, Error& error);
/// Scans `name: value` pairs (Liquid's TagAttributes), one for each call; false at the end.
bool next_attribute(Str& rest, Str& name, Str& value);
/// The next quoted fragment of Liquid (`"a b"`, `a.b["c d"]`), skipping everything else; empty at
/// the end.
Str next_fragment(Str& rest);

// ---- rendering ----
/// One render: variables, output, errors. Made on the stack for each render; 100 scopes make it
/// some kilobytes large.
class Context {
 public:
  /// `globals` is a Map or a Drop (`site`, `page`, …): it is searched after all that templates
  /// assign.
  Context(const Environment& environment, Arena& arena, const Value& globals);

  Arena& arena() { return arena_; }
  const Environment& environment() const { return environment_; }

  // ---- set by the caller before rendering ----
  void* site = nullptr;
  /// Of `"now" | date`.
  meridian::Time now = {};
  /// Of local time; nullptr: UTC.
  const Zone* zone = nullptr;
  /// Liquid's options of these names: undefined filters or variables raise an error.
  bool strict_filters = false, strict_variables = false;
  /// Liquid's `render` instead of `render!`: called for a node that failed; it writes what takes
  /// the node's place and returns true, or returns false to keep the error. nullptr: every error is
  /// kept.
  bool (*on_error)(Context&, const Node&) = nullptr;
  /// Gets a segment for each piece of the output; nullptr: no positions are recorded.
  SourceMap* map = nullptr;

  /// The first error of the render; what was written before it stays in the output.
  Error error;

  /// Renders a template into `out`. False when an error stopped it; see `error`.
  [[nodiscard]] bool render(const Template& t, Text& out);
  /// Renders a template at the place of the calling tag, with its variables: an include. `{% break
  /// %}` inside leaves the loop around the tag. A template with an error raises it.
  bool render(const Template& t);
  /// The same into a text of its own, without positions.
  bool capture(const Template& t, Text& out);

  // ---- for tags ----
  Text& out() { return *out_; }
  /// Renders the body of the tag at this place, or into a text of its own.
  void body(const Node& node);
  void capture_body(const Node& node, Text& out);
  /// Writes a value as `{{ v }}` does.
  void write(const Value& v);

  /// Enters a scope, which pop() leaves. False, with an error raised and nothing entered, when
  /// scopes are nested too deep.
  [[nodiscard]] bool push(Map* variables = nullptr);
  void pop();
  /// Sets a variable in the innermost scope. `name` must live as long as the render.
  void set(Str name, const Value& v);
  /// Sets a variable in the outermost scope, as {% assign %} does.
  void assign(Str name, const Value& v);
  /// A variable by name: in scopes from the innermost, counters, globals; nil when there is none.
  Value find(Str name);
  /// Tries drops among the variables, those of inner scopes first, until `is` takes one.
  template <class Is>
  void find_drop(Is is) const {
    for (std::uint32_t i = scope_count_; i--;)
      for (const Map::Entry& variable : *scopes_[i])
        if (variable.value.is(Kind::Drop) && is(variable.value.drop)) return;
  }
  /// Liquid's context["a.b[0]"].
  Value lookup(Str expression);
  Value evaluate(const Expression* expression);
  Value evaluate(const Variable* variable);
  bool test(const Condition* condition);
  /// Calls a filter by name with positional arguments.
  Value call(Str name, const Value& input, const Value* args = nullptr, std::uint32_t count = 0);

  /// Raises an error of this class at the present node, unless there is one already.
  void raise(Str type, Str text, Str remedy = {});
  /// Adds a diagnostic about the present node, which does not end the render.
  void report(Diagnostics& diagnostics, Report report, Str text, Str remedy);
  /// Whether an error was raised, so that the render ends.
  bool failed() const { return aborted_; }
  /// Whether the current block must be left: for an error, {% break %} or {% continue %}.
  bool stopped() const { return aborted_ || interrupts_ != kNoInterrupt; }
  /// Counts work; raises Liquid::MemoryError ("Memory limits exceeded") and returns false when
  /// there was too much.
  bool count(std::uint64_t steps);
  /// The same for a string or an output that is about to have `bytes` bytes.
  bool fits(std::uint64_t bytes);
  /// The same for the printed form of `v`: arrays that hold each other's copies print exponentially
  /// much.
  bool fits_printed(const Value& v);

 private:
  friend struct Internals;  // Liquid's own tags
  void write_text(Str text);
  static constexpr std::uint64_t kNoInterrupt = 1;

  const Environment& environment_;
  Arena& arena_;
  Value globals_;
  Text* out_ = nullptr;
  /// Of the template that is being rendered.
  const Source* source_ = nullptr;
  /// The node that is being rendered: the place of an error.
  const Node* node_ = nullptr;
  Map* scopes_[kMaxScopes];
  Map* own_scopes_[kMaxScopes] = {};
  std::uint32_t scope_count_ = 0;
  bool aborted_ = false;
  /// {% break %} (1) and {% continue %} (0) that no loop has consumed yet, the last one lowest,
  /// above them a 1. A tablerow consumes none, so that they can pile up.
  std::uint64_t interrupts_ = kNoInterrupt;
  std::uint64_t begin_ = work_done - work_of_others;
  /// Bytes that were held outside of the arena then.
  std::size_t others_ = memory_held - arena_.held();
  /// Of increment and decrement.
  Map* counters_ = make_map(arena_);
  Map* cycles_ = make_map(arena_);
  /// Where a loop ended, for offset:continue.
  Map* offsets_ = make_map(arena_);
  /// The innermost forloop.
  Drop* loop_ = nullptr;
  /// The last output of ifchanged.
  Value changed_;
};

/// Calls `visit` with every tag of the environment in a template, also in branches that are never
/// taken.
template <class Visitor>
void scan(const Template& t, Visitor visit) {
  for (const Node* node : t.uses) visit(*node);
}

/// Ruby's Integer(v.to_s) as Liquid uses it for limits and lengths; false, with an argument error
/// raised, when `v` is no integer.
[[nodiscard]] bool to_integer(FilterCall& call, const Value& v, std::int64_t& out);
/// Liquid's to_number: an Int or a Float; 0 for everything that is no number.
Value to_number(const Value& v);
/// Ruby's <=>: sets `order`; false when the two can't be compared.
[[nodiscard]] bool compare(const Value& a, const Value& b, int& order);

}  // namespace meridian::liquid
