// The statements of a sheet, before and after evaluation.
#pragma once
#include "ast.h"

namespace meridian::sass {

enum class StatementKind : std::uint8_t {
  Block,
  StyleRule,
  Bubble,
  Trace,
  AtRule,
  KeyframeRule,
  Declaration,
  Assignment,
  Import,
  ImportStub,
  Warn,
  Error,
  Debug,
  Comment,
  If,
  For,
  Each,
  While,
  Return,
  Extend,
  Definition,
  Include,
  Content,
  MediaRule,
  CssMediaRule,
  SupportsRule,
  AtRootRule,
  Use,
  ModuleCss,
};

struct Block;

/// Where a statement begins and ends.
struct Extent : Place {
  /// 0: not known.
  std::uint32_t end = 0;
  Extent(const Place& at) : Place(at) {}
};

struct Statement {
  StatementKind kind;
  bool group_end = false;
  /// How much deeper nested output indents it.
  std::uint32_t tabs = 0;
  Extent at;
  /// Of those that have one.
  Block* block = nullptr;
  Statement(StatementKind kind, Extent at, Block* block = nullptr)
      : kind(kind), at(at), block(block) {}
};

template <class T>
inline T* as(Statement* statement) {
  return statement && statement->kind == T::kKind ? static_cast<T*>(statement) : nullptr;
}

struct Block : Statement {
  static constexpr StatementKind kKind = StatementKind::Block;
  List<Statement*> items;
  bool root;
  explicit Block(Extent at, bool root = false) : Statement(kKind, at), root(root) {}
};

/// A selector with interpolations.
struct SelectorSchema {
  Place at;
  Schema* contents;
};

struct StyleRule : Statement {
  static constexpr StatementKind kKind = StatementKind::StyleRule;
  SelectorList* selector = nullptr;
  SelectorSchema* schema = nullptr;
  bool root = false;
  explicit StyleRule(Extent at) : Statement(kKind, at) {}
};

/// A rule on its way out of the rules around it.
struct Bubble : Statement {
  static constexpr StatementKind kKind = StatementKind::Bubble;
  Statement* node;
  Bubble(Extent at, Statement* node) : Statement(kKind, at), node(node) {}
};

/// What an @include or an @import has made.
struct Trace : Statement {
  static constexpr StatementKind kKind = StatementKind::Trace;
  bool import;
  Trace(Extent at, Block* block, bool import) : Statement(kKind, at, block), import(import) {}
};

struct AtRule : Statement {
  static constexpr StatementKind kKind = StatementKind::AtRule;
  Str keyword;  ///< with its @
  Node* value = nullptr;
  AtRule(Extent at, Str keyword) : Statement(kKind, at), keyword(keyword) {}
  bool is_keyframes() const {
    return keyword == "@keyframes" || keyword == "@-webkit-keyframes" ||
           keyword == "@-moz-keyframes" || keyword == "@-o-keyframes";
  }
  bool is_media() const {
    return keyword == "@media" || keyword == "@-webkit-media" || keyword == "@-moz-media" ||
           keyword == "@-o-media";
  }
};

struct KeyframeRule : Statement {
  static constexpr StatementKind kKind = StatementKind::KeyframeRule;
  SelectorList* name = nullptr;
  KeyframeRule(Extent at, Block* block) : Statement(kKind, at, block) {}
};

struct Declaration : Statement {
  static constexpr StatementKind kKind = StatementKind::Declaration;
  Node *property, *value;
  bool custom, indented = false;
  Declaration(Extent at, Node* property, Node* value, bool custom = false, Block* block = nullptr)
      : Statement(kKind, at, block), property(property), value(value), custom(custom) {}
};

struct Assignment : Statement {
  static constexpr StatementKind kKind = StatementKind::Assignment;
  const Symbol* symbol;
  const Symbol* space = nullptr;
  Node* value;
  bool is_default, global;
  Assignment(Extent at, const Symbol* symbol, Node* value, bool is_default, bool global)
      : Statement(kKind, at),
        symbol(symbol),
        value(value),
        is_default(is_default),
        global(global) {}
};

/// Imports that are left to the browser.
struct CssImport : Statement {
  static constexpr StatementKind kKind = StatementKind::Import;
  List<Node*> urls;
  ListNode* queries = nullptr;
  explicit CssImport(Extent at) : Statement(kKind, at) {}
};

/// The place of an imported sheet.
struct ImportStub : Statement {
  static constexpr StatementKind kKind = StatementKind::ImportStub;
  Str path;
  ImportStub(Extent at, Str path) : Statement(kKind, at), path(path) {}
};

/// @warn, @error, @debug and @return.
struct Message : Statement {
  Node* value;
  Message(StatementKind kind, Extent at, Node* value) : Statement(kind, at), value(value) {}
};

struct Comment : Statement {
  static constexpr StatementKind kKind = StatementKind::Comment;
  Node* text;
  bool important;
  Comment(Extent at, Node* text, bool important)
      : Statement(kKind, at), text(text), important(important) {}
};

struct If : Statement {
  static constexpr StatementKind kKind = StatementKind::If;
  Node* predicate;
  Block* alternative;
  If(Extent at, Node* predicate, Block* block, Block* alternative)
      : Statement(kKind, at, block), predicate(predicate), alternative(alternative) {}
};

struct For : Statement {
  static constexpr StatementKind kKind = StatementKind::For;
  const Symbol* symbol;
  Node *low, *high;
  bool inclusive;
  For(Extent at, const Symbol* symbol, Node* low, Node* high, Block* block, bool inclusive)
      : Statement(kKind, at, block), symbol(symbol), low(low), high(high), inclusive(inclusive) {}
};

struct Each : Statement {
  static constexpr StatementKind kKind = StatementKind::Each;
  List<const Symbol*> symbols;
  Node* list;
  Each(Extent at, const List<const Symbol*>& symbols, Node* list, Block* block)
      : Statement(kKind, at, block), symbols(symbols), list(list) {}
};

struct While : Statement {
  static constexpr StatementKind kKind = StatementKind::While;
  Node* predicate;
  While(Extent at, Node* predicate, Block* block)
      : Statement(kKind, at, block), predicate(predicate) {}
};

struct Extend : Statement {
  static constexpr StatementKind kKind = StatementKind::Extend;
  SelectorList* selector = nullptr;
  SelectorSchema* schema = nullptr;
  bool optional = false;
  explicit Extend(Extent at) : Statement(kKind, at) {}
};

struct Parameter {
  Place at;
  const Symbol* symbol;
  Node* value;  ///< the default, or nullptr
  bool rest;
};
struct Parameters {
  List<Parameter> items;
  bool optional = false, rest = false;
};

struct BuiltIn;

struct Definition : Statement {
  static constexpr StatementKind kKind = StatementKind::Definition;
  const Symbol* symbol;
  Str name;
  Parameters* parameters;
  Environment* environment = nullptr;
  bool mixin;
  /// Whether @content stands in it.
  bool content = false;
  const BuiltIn* built_in = nullptr;
  /// The built-in function for two arguments, when this one has four: rgba().
  Definition* for_two = nullptr;
  Definition(Extent at, const Symbol* symbol, Str name, Parameters* parameters, Block* block,
             bool mixin)
      : Statement(kKind, at, block),
        symbol(symbol),
        name(name),
        parameters(parameters),
        mixin(mixin) {}
};

struct Include : Statement {
  static constexpr StatementKind kKind = StatementKind::Include;
  const Symbol* symbol;
  const Symbol* space = nullptr;
  Arguments* arguments;
  Parameters* block_parameters = nullptr;
  Include(Extent at, const Symbol* symbol, Arguments* arguments)
      : Statement(kKind, at), symbol(symbol), arguments(arguments) {}
};

struct Content : Statement {
  static constexpr StatementKind kKind = StatementKind::Content;
  Arguments* arguments;
  Content(Extent at, Arguments* arguments) : Statement(kKind, at), arguments(arguments) {}
};

/// @media before evaluation.
struct MediaRule : Statement {
  static constexpr StatementKind kKind = StatementKind::MediaRule;
  ListNode* queries = nullptr;
  explicit MediaRule(Extent at) : Statement(kKind, at) {}
};

/// One query of @media as text.
struct CssMediaQuery {
  Str modifier, type;
  List<Str> features;
  bool matches_all_types() const { return type.empty() || equal_ignoring_case(type, "all"); }
};

/// @media after evaluation.
struct CssMediaRule : Statement {
  static constexpr StatementKind kKind = StatementKind::CssMediaRule;
  List<CssMediaQuery*> queries;
  CssMediaRule(Extent at, Block* block) : Statement(kKind, at, block) {}
};

struct SupportsRule : Statement {
  static constexpr StatementKind kKind = StatementKind::SupportsRule;
  Node* condition;
  SupportsRule(Extent at, Node* condition, Block* block = nullptr)
      : Statement(kKind, at, block), condition(condition) {}
};

struct AtRootRule : Statement {
  static constexpr StatementKind kKind = StatementKind::AtRootRule;
  AtRootQuery* query = nullptr;
  AtRootRule(Extent at, Block* block, AtRootQuery* query)
      : Statement(kKind, at, block), query(query) {}
};

/// `$name: value` behind `with`.
struct Setting {
  const Symbol* symbol;
  Node* value;
  bool is_default;
};

/// @use and @forward.
struct Use : Statement {
  static constexpr StatementKind kKind = StatementKind::Use;
  bool forward;
  /// Of a sheet; `built_in` is what follows `sass:`.
  Str path, built_in;
  /// @use: the namespace, or nullptr for `*`.
  const Symbol* space = nullptr;
  /// @forward: what stands in front of names, and which names are shown or hidden.
  Str prefix;
  bool show = false, hide = false;
  List<const Symbol*> names;
  List<Setting> settings;
  Use(Extent at, bool forward) : Statement(kKind, at), forward(forward) {}
};

struct Module;

/// The place of a module's CSS.
struct ModuleCss : Statement {
  static constexpr StatementKind kKind = StatementKind::ModuleCss;
  Module* module;
  ModuleCss(Extent at, Module* module) : Statement(kKind, at), module(module) {}
};

}  // namespace meridian::sass
