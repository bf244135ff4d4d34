// The syntax tree of a sheet. Expressions and the values that they evaluate to are of one type, as
// in libsass: an evaluated list is a list node, and a value may stand in the tree.
//
// Nodes live in the arena of the compilation. They are shared and mutable, as libsass's are: the
// flags of a value change when it is read from a variable, and output depends on that.
#pragma once
#include "meridian/sass.h"

namespace meridian::sass {

struct Environment;
struct Definition;
struct SelectorList;

struct Namespaces;

/// A sheet as a parser sees it: a copy that ends with NUL.
struct Sheet {
  Source source;
  /// The text that is parsed: with the indented syntax, what it was converted to.
  Str text;
  /// Whether it is CSS that dart-sass reads: names of colours and of functions mean nothing in it.
  bool css = false;
  /// What @use of the sheet gives; nullptr while it uses nothing.
  Namespaces* namespaces = nullptr;
};

/// Where a node stands: for diagnostics, and for the names that are known there.
struct Place {
  Sheet* sheet = nullptr;
  std::uint32_t offset = 0;
};

/// A name: variables, functions and mixins are found by its address. Underscores are hyphens.
struct Symbol {
  Str name;
  std::uint64_t hash;
  /// Whether libsass leaves a call with this name to the browser, even if there is such a function:
  /// `calc`, `-moz-calc`, `expression`.
  bool special;
};

enum class Kind : std::uint8_t {
  Null,
  Boolean,
  Number,
  Rgba,
  Hsla,
  String,  ///< without quotes: identifiers, CSS as written
  Quoted,  ///< may have quotes
  List,
  Map,
  Function,
  Selectors,
  // What is evaluated to one of the above.
  Schema,  ///< text with interpolations
  Binary,
  Unary,
  Call,
  Variable,
  Parent,  ///< `&` as an expression
  Argument,
  Arguments,
  MediaQuery,
  MediaExpression,
  AtRootQuery,
  SupportsOperation,
  SupportsNegation,
  SupportsDeclaration,
  SupportsInterpolation,
  CssIf,
};

/// Nodes are most of the memory of a compilation, and each new page of it costs time: small members
/// come first, in what is left of the word that the flags begin.
struct Node {
  Place at;
  Kind kind;
  /// libsass's flags. Delayed: `/` is kept, colours stay as written. Expanded: already evaluated.
  /// Interpolant: stands in #{}.
  bool delayed : 1 = false, expanded : 1 = false, interpolant : 1 = false;
  MERIDIAN_INLINE Node(Kind kind, const Place& at) : at(at), kind(kind) {}
};

/// Whether evaluation gives the node itself, without a look at it.
inline bool is_plain(const Node* node) { return node->kind <= Kind::String; }

/// The node as a T, or nullptr when it is of another kind.
template <class T>
MERIDIAN_INLINE T* as(Node* node) {
  return node && T::is(node->kind) ? static_cast<T*>(node) : nullptr;
}
template <class T>
MERIDIAN_INLINE const T* as(const Node* node) {
  return node && T::is(node->kind) ? static_cast<const T*>(node) : nullptr;
}

struct Null : Node {
  static bool is(Kind kind) { return kind == Kind::Null; }
  explicit Null(const Place& at) : Node(Kind::Null, at) {}
};

struct Boolean : Node {
  bool value;
  static bool is(Kind kind) { return kind == Kind::Boolean; }
  Boolean(const Place& at, bool value) : Node(Kind::Boolean, at), value(value) {}
};

/// The units of a number: `px*px/s`. Constant once made; nullptr stands for none.
struct Units {
  List<Str> numerators, denominators;
};

struct Number : Node {
  /// Whether compressed output drops the zero before the point; a number as written may not have
  /// had one.
  bool zero;
  const Units* units;
  double value;
  static bool is(Kind kind) { return kind == Kind::Number; }
  Number(const Place& at, double value, const Units* units = nullptr, bool zero = true)
      : Node(Kind::Number, at), zero(zero), units(units), value(value) {}
};

/// What both forms of colours share.
struct Color : Node {
  double alpha;
  /// As written: `#FFF`, `Red`; empty when it is computed.
  Str shown;
  static bool is(Kind kind) { return kind == Kind::Rgba || kind == Kind::Hsla; }
  Color(Kind kind, const Place& at, double alpha, Str shown)
      : Node(kind, at), alpha(alpha), shown(shown) {}
};

struct Rgba : Color {
  double red, green, blue;
  /// Whether it was written as a call of rgb().
  bool as_function = false;
  static bool is(Kind kind) { return kind == Kind::Rgba; }
  Rgba(const Place& at, double red, double green, double blue, double alpha = 1, Str shown = {})
      : Color(Kind::Rgba, at, alpha, shown), red(red), green(green), blue(blue) {}
};

/// Hue in degrees, saturation and lightness in percent.
struct Hsla : Color {
  double hue, saturation, lightness;
  static bool is(Kind kind) { return kind == Kind::Hsla; }
  Hsla(const Place& at, double hue, double saturation, double lightness, double alpha);
};

/// A string, with or without quotes.
struct String : Node {
  /// `"`, `'`, `*` (as fits the text), or 0.
  char quote = 0;
  Str value;
  /// Known to have no backslash: not searched for one each time that it grows.
  bool plain = false;
  static bool is(Kind kind) { return kind == Kind::String || kind == Kind::Quoted; }
  String(Kind kind, const Place& at, Str value, char quote = 0)
      : Node(kind, at), quote(quote), value(value) {}
  bool may_be_quoted() const { return kind == Kind::Quoted; }
};

/// Hash: an unevaluated map, keys and values in turn.
enum class Separator : std::uint8_t { Space, Comma, Hash, Slash };

struct ListNode : Node {
  Separator separator;
  bool arguments : 1, bracketed : 1, from_selector : 1 = false;
  List<Node*> items;
  static bool is(Kind kind) { return kind == Kind::List; }
  explicit ListNode(const Place& at, Separator separator = Separator::Space, bool arguments = false,
                    bool bracketed = false)
      : Node(Kind::List, at), separator(separator), arguments(arguments), bracketed(bracketed) {}
};

struct MapNode : Node {
  struct Entry {
    Node* key;
    Node* value;
    std::uint64_t hash;
  };
  List<Entry> entries;
  /// Open addressing of the entries' numbers, from 1; empty while there are few.
  List<std::uint32_t> slots;
  Node* duplicate = nullptr;
  static bool is(Kind kind) { return kind == Kind::Map; }
  explicit MapNode(const Place& at) : Node(Kind::Map, at) {}
};

/// What get-function() gives.
struct FunctionNode : Node {
  Definition* definition;
  bool css;
  static bool is(Kind kind) { return kind == Kind::Function; }
  FunctionNode(const Place& at, Definition* definition, bool css)
      : Node(Kind::Function, at), definition(definition), css(css) {}
};

/// A list of selectors as a value: `&`.
struct SelectorsNode : Node {
  SelectorList* list;
  static bool is(Kind kind) { return kind == Kind::Selectors; }
  SelectorsNode(const Place& at, SelectorList* list) : Node(Kind::Selectors, at), list(list) {}
};

struct Schema : Node {
  List<Node*> parts;
  bool css;
  static bool is(Kind kind) { return kind == Kind::Schema; }
  explicit Schema(const Place& at, bool css = true) : Node(Kind::Schema, at), css(css) {}
};

enum class Op : std::uint8_t { And, Or, Eq, Neq, Gt, Gte, Lt, Lte, Add, Sub, Mul, Div, Mod };

/// An operator, and whether there is white space around it.
struct Operator {
  Op op;
  bool space_before = false, space_after = false;
};

struct Binary : Node {
  /// Whether it is part of a calculation, such as calc().
  bool calculation = false;
  Operator op;
  Node *left, *right;
  static bool is(Kind kind) { return kind == Kind::Binary; }
  Binary(const Place& at, Operator op, Node* left, Node* right)
      : Node(Kind::Binary, at), op(op), left(left), right(right) {}
};

/// Group: parentheses around what calc() may keep in them.
enum class UnaryOp : std::uint8_t { Plus, Minus, Not, Slash, Group };

struct Unary : Node {
  UnaryOp op;
  Node* operand;
  static bool is(Kind kind) { return kind == Kind::Unary; }
  Unary(const Place& at, UnaryOp op, Node* operand)
      : Node(Kind::Unary, at), op(op), operand(operand) {}
};

struct Variable : Node {
  const Symbol* symbol;
  /// The namespace in front of it, or nullptr; likewise of calls, assignments and @include.
  const Symbol* space;
  static bool is(Kind kind) { return kind == Kind::Variable; }
  Variable(const Place& at, const Symbol* symbol, const Symbol* space = nullptr)
      : Node(Kind::Variable, at), symbol(symbol), space(space) {}
};

struct Parent : Node {
  static bool is(Kind kind) { return kind == Kind::Parent; }
  explicit Parent(const Place& at) : Node(Kind::Parent, at) {}
};

struct Argument : Node {
  bool rest, keywords;
  Node* value;
  /// nullptr for one by position.
  const Symbol* name;
  static bool is(Kind kind) { return kind == Kind::Argument; }
  explicit Argument(const Place& at, Node* value, const Symbol* name = nullptr, bool rest = false,
                    bool keywords = false)
      : Node(Kind::Argument, at), rest(rest), keywords(keywords), value(value), name(name) {}
};

struct Arguments : Node {
  bool named : 1 = false, rest : 1 = false, keywords : 1 = false;
  List<Argument*> items;
  static bool is(Kind kind) { return kind == Kind::Arguments; }
  explicit Arguments(const Place& at) : Node(Kind::Arguments, at) {}
};

struct Call : Node {
  /// nullptr when the name has interpolations: then it is `schema`.
  const Symbol* symbol;
  /// As written, with underscores.
  Str name;
  Node* schema = nullptr;
  const Symbol* space = nullptr;
  Arguments* arguments;
  FunctionNode* function = nullptr;
  bool via_call = false;
  /// Whether it is a value: calc(), min(), … that can't be made a number.
  bool calculation = false;
  /// Whether no part of its arguments is delayed but what undelay() looks at.
  bool undelayed = false;
  static bool is(Kind kind) { return kind == Kind::Call; }
  Call(const Place& at, const Symbol* symbol, Str name, Arguments* arguments)
      : Node(Kind::Call, at), symbol(symbol), name(name), arguments(arguments) {}
};

struct MediaQuery : Node {
  Node* type = nullptr;
  bool negated = false, restricted = false;
  List<Node*> features;
  static bool is(Kind kind) { return kind == Kind::MediaQuery; }
  explicit MediaQuery(const Place& at) : Node(Kind::MediaQuery, at) {}
};

struct MediaExpression : Node {
  Node *feature, *value;
  bool interpolated;
  static bool is(Kind kind) { return kind == Kind::MediaExpression; }
  MediaExpression(const Place& at, Node* feature, Node* value, bool interpolated = false)
      : Node(Kind::MediaExpression, at),
        feature(feature),
        value(value),
        interpolated(interpolated) {}
};

/// `(with: …)` and `(without: …)` of @at-root.
struct AtRootQuery : Node {
  Node *feature, *value;
  static bool is(Kind kind) { return kind == Kind::AtRootQuery; }
  explicit AtRootQuery(const Place& at, Node* feature = nullptr, Node* value = nullptr)
      : Node(Kind::AtRootQuery, at), feature(feature), value(value) {}
};

/// A condition of @supports, of any of the four kinds. `left` is the only operand of a negation and
/// of an interpolation; a declaration is `(left: right)`.
struct Supports : Node {
  Node *left, *right;
  bool is_and;
  static bool is(Kind kind) {
    return kind >= Kind::SupportsOperation && kind <= Kind::SupportsInterpolation;
  }
  Supports(Kind kind, const Place& at, Node* left, Node* right = nullptr, bool is_and = false)
      : Node(kind, at), left(left), right(right), is_and(is_and) {}
};

/// What a branch of CSS's if() depends on.
struct Condition {
  enum class Type : std::uint8_t { Sass, Css, Not, Group, And, Or };
  Type type;
  /// Whether the browser may replace it by any part of a condition: `var(--a)`.
  bool substitution = false;
  /// Whether sass() is in it.
  bool sass = false;
  /// Of sass().
  Node* value = nullptr;
  /// Of Css, as written.
  Schema* text = nullptr;
  List<Condition*> operands;
  explicit Condition(Type type) : type(type) {}
};

/// `if(css(…): a; sass($b): c; else: d)`, of CSS; Sass's own if() is a Call.
struct CssIf : Node {
  struct Branch {
    /// nullptr: else.
    Condition* condition;
    Node* value;
  };
  List<Branch> branches;
  static bool is(Kind kind) { return kind == Kind::CssIf; }
  explicit CssIf(const Place& at) : Node(Kind::CssIf, at) {}
};

}  // namespace meridian::sass
