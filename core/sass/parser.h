// The parser of SCSS, as libsass's: it looks ahead to tell selectors from declarations and values
// with interpolations from those without, and then parses one of them.
//
// Failure: a mistake is reported to the context, once; from then on no token is found, so that all
// functions return soon, with nodes of no meaning but never nullptr where a comment doesn't say so.
#pragma once
#include "local.h"
#include "match.h"
#include "selector.h"

namespace meridian::sass {

class Parser {
 public:
  Parser(Context& context, Sheet& sheet);
  /// A parser of text that was made by evaluation, which stands at `at`. The text ends with NUL.
  Parser(Context& context, Str text, const Place& at, bool allow_parent = true);

  /// The whole sheet.
  Block* parse();
  SelectorList* selectors(bool chroot);
  List<CssMediaQuery*> css_media_queries();
  /// `name($a, $b: c)`, of a built-in function.
  Definition* signature();

 private:
  enum class Scope : std::uint8_t {
    Root,
    Mixin,
    Function,
    Media,
    Control,
    Properties,
    Rules,
    AtRoot
  };
  struct Lookahead {
    const char* found = nullptr;
    const char* error = nullptr;
    const char* position = nullptr;
    bool parsable = false, interpolants = false, custom_property = false;
  };
  /// What ahead_selector() has read up to `to`, which is an interpolation or the end of the list.
  struct ReadAhead {
    const char *from = nullptr, *to = nullptr, *end = nullptr, *last_colon = nullptr;
    bool covers(const char* p) const { return p >= from && p <= to; }
  };
  /// Counts a level of nesting while it lives.
  class Nested {
   public:
    explicit Nested(Parser& parser);
    ~Nested() { parser_.nesting_--; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Parser& parser_;
  };

  // ---- tokens: parser_tokens.cpp ----
  bool failed() const { return context_.failed; }
  Place place() const;
  Place place(const char* p) const;
  /// The end of the token, which may begin behind white space and `//` comments.
  const char* peek(match::Matcher m) { return peek(m, position_); }
  const char* peek(match::Matcher m, const char* from);
  /// As peek(), also behind `/* */` comments.
  const char* peek_css(match::Matcher m);
  bool peek(char c) { return peek(c, position_); }
  bool peek(char c, const char* from);
  bool peek_css(char c);
  bool peek_css_end(bool (*ends)(const char*));
  /// Takes a token: it is in `lexed_` then. `lazy`: behind white space and `//` comments.
  const char* lex(match::Matcher m, bool lazy = true);
  const char* lex_css(match::Matcher m);
  bool lex(char c, bool lazy = true);
  bool lex_css(char c);
  bool lex_word(const char* literal);
  bool lex_keyword(const char* literal);
  bool lex_keyword_css(const char* literal);
  void skip_comments();
  bool take(const char* from, const char* end);
  bool at_end() const { return position_ >= end_ || !*position_; }
  bool newline_ahead();
  void error(Str message, Str remedy = {});
  /// `Invalid CSS after "…": expected …, was "…"`.
  void css_error(Str expected, bool trim = true);
  Node* nothing();
  template <class T, class... A>
  T* make(A&&... arguments) {
    return context_.arena.make<T>(static_cast<A&&>(arguments)...);
  }
  const Symbol* symbol(Str name) { return context_.symbols.get(name); }

  // ---- statements: parser.cpp ----
  Block* block(bool root = false);
  bool block_nodes(Block* block);
  bool block_node(Block* block);
  bool at_rule(Block* block);
  void block_comments(Block* block);
  /// Notes where the statements from `first` on end.
  void mark_end(Block* block, std::uint32_t first);
  void import_rule(Block* block);
  void use_rule(Block* block, bool forward);
  const Symbol* lex_namespace(match::Matcher behind);
  void import_address(CssImport* import, List<Str>& paths, Str text);
  void extend_rule(Block* block);
  Statement* declaration_with_block();
  Declaration* declaration();
  StyleRule* style_rule(const Lookahead& lookahead);
  SelectorSchema* selector_schema(const char* end);
  Statement* include();
  Statement* definition(bool mixin);
  Parameters* parameters();
  Parameter parameter();
  void add_parameter(Parameters& list, const Parameter& parameter);
  Arguments* arguments();
  Argument* argument();
  void add_argument(Arguments& list, Argument* argument);
  Statement* assignment(const Symbol* space);
  Statement* if_rule();
  Statement* for_rule();
  Statement* each_rule();
  Statement* while_rule();
  Statement* message(StatementKind kind);
  Statement* return_rule();
  Statement* unknown_rule();
  const Symbol* lex_variable();
  Lookahead ahead_selector(const char* from);
  void read_ahead(const char* from, const char* end);
  Lookahead ahead_value();

  // ---- rules with conditions: parser_conditions.cpp ----
  Statement* media_rule();
  ListNode* media_queries();
  Node* media_query();
  Node* media_expression();
  /// `(400px <= width < 700px)`, behind its first value.
  Node* media_range(Node* first);
  CssMediaQuery* css_media_query();
  Statement* supports_rule();
  Node* supports_condition(bool top);
  Node* supports_in_parens(bool required);
  Node* supports_interpolation();
  Statement* at_root_rule();
  AtRootQuery* at_root_query();

  // ---- expressions: parser_values.cpp ----
  Node* list(bool delayed = false);
  Node* comma_list(bool delayed);
  Node* space_list();
  Node* map_or_list();
  Node* bracketed();
  Node* disjunction();
  Node* conjunction();
  Node* relation();
  Node* expression();
  Node* terms();
  Node* factor();
  /// A value that is no call, with signs in front of it.
  Node* signed_value();
  Node* value();
  Node* fold(Node* base, List<Node*>& operands, List<Operator>& operators, std::uint32_t from = 0);
  Node* calc_function();
  /// A call of a function, or if() of CSS.
  Node* call();
  Call* function_call();
  Node* number_token();
  Node* dimension_token();
  Node* percentage_token();
  Node* color_token();
  Node* color_or_string(Str text);

  // ---- if() of CSS: css_if.cpp ----
  /// nullptr when none follows.
  Node* css_if();
  Condition* condition();
  Condition* condition_in_parens();
  Condition* css_condition(const char* from, const char* end);

  // ---- strings: parser_strings.cpp ----
  Node* interpolated(Str chunk, bool constant = false, bool css = true);
  Node* string() { return interpolated(lexed_); }
  Node* interpolation();
  Node* value_schema(const char* stop);
  Node* identifier_schema();
  Node* custom_value();
  Node* raw_value();
  Node* ie_property();
  Node* ie_keyword_argument();
  Node* url_string();
  Node* url_argument();
  Schema* any_value();
  Node* any_value_token();
  Node* any_value_parts(match::Matcher open, match::Matcher close);
  /// The expression between `from` and `to`.
  Node* part(const char* from, const char* to, bool delayed = false);

  // ---- selectors: parser_selectors.cpp ----
  Complex* complex(bool chroot);
  Component* compound();
  Simple* simple();
  Simple* pseudo();
  Simple* negation();
  Simple* attribute();

  Context& context_;
  Sheet* sheet_;
  const char *begin_, *position_, *end_;
  const char* token_;
  Str lexed_;
  /// Of text that evaluation made.
  Place base_;
  bool synthetic_, allow_parent_ = true;
  Scope scope_ = Scope::Root;
  bool in_root_ = true;
  /// Whether @content was seen since the mixin began.
  bool content_ = false;
  /// Statements of the sheet that may stand in front of @use.
  std::uint32_t checked_ = 0;
  int nesting_ = 0;
  ReadAhead read_;
  std::uint32_t indentation_ = 0;

  friend class Nested;
};

/// The number that `text` is, such as `10px`.
Number* parse_dimension(Context& context, const Place& at, Str text);
/// A name or unit with its escapes as dart-sass writes them; itself when that changes nothing.
Str escaped_name(Context& context, Str name);
/// The colour with this name; false when there is none.
bool named_color(Str name, Rgba& color);

}  // namespace meridian::sass
