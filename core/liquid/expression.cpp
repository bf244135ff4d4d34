// Expressions, filters and conditions: the strict grammar, and the lax one that is used where the
// strict one fails.
#include "internal.h"

namespace meridian::liquid {

// ---- Expression.parse ----
namespace {
/// `-?\d+` or, with `dots`, `-?\d[\d\.]+`.
bool is_numeral(Str s, bool dots) {
  std::size_t begin = peek(s, 0) == '-', end = skip(s, begin, dots ? kDigits | kDots : kDigits);
  return is_digit(peek(s, begin)) && end == s.size() && end - begin > std::size_t(dots);
}

/// `(first..last)`, divided as by /\A\(\s*(?>(\S+)\s*\.\.)\s*(\S+)\s*\)\z/.
bool split_range(Str s, Str& first, Str& last) {
  if (s[0] != '(' || s.back() != ')') return false;
  s = slice(s, 1, s.size() - 1);
  std::size_t begin = skip_space(s, 0), end = skip(s, begin, ~kSpaces), dots = skip_space(s, end);
  if (!starts_with(slice(s, dots), "..")) {
    end = dots = slice(s, 0, end).rfind("..");
    if (dots == Str::npos) return false;
  }
  first = slice(s, begin, end);
  last = strip(slice(s, dots + 2));
  return !first.empty() && !last.empty() && skip(last, 0, ~kSpaces) == last.size();
}

/// Takes a lookup apart into `[…]` and `name?` (VariableParser).
void parse_lookup(Arena& arena, Str s, std::uint32_t depth, Expression* e) {
  e->op = Expression::Op::Lookup;
  // There may be a `]` ahead; a search that failed is not repeated.
  bool first = true, closed = true;
  for (std::size_t at = 0; at < s.size();) {
    const Expression* computed = nullptr;
    std::size_t begin = at, end = skip(s, at, kWords | kDashes);
    if (s[at++] == '[') {
      end = closed ? s.find(']', at) : Str::npos;
      closed = end != Str::npos;
      if (!closed || end == at) continue;
      computed = parse_expression(arena, slice(s, at, end), depth + 1);
      end++;
    } else {
      if (end == begin) continue;
      end += peek(s, end) == '?';
    }
    at = end;
    Str part = slice(s, begin, end);
    if (!first)
      e->keys.add(arena, {part, computed, std::int8_t(computed ? -1 : one_of(part, kCommands))});
    else if (computed)
      e->first = computed;
    else
      set(e->value, part);
    first = false;
  }
}
}  // namespace

const Expression* parse_expression(Arena& arena, Str markup, std::uint32_t depth) {
  auto* e = arena.make<Expression>();
  Value& v = e->value;
  Str s = strip(markup), first, last;
  if (s.empty() || depth > kMaxExpressionDepth) return e;
  if ((s[0] == '"' || s[0] == '\'') && s.back() == s[0]) {
    set(v, slice(s, 1, s.size() - 1));
  } else if (is_numeral(s, false)) {
    set(v, parse_int(s));
  } else if (split_range(s, first, last)) {
    const Expression *from = parse_expression(arena, first, depth + 1),
                     *to = parse_expression(arena, last, depth + 1);
    if (from->op == Expression::Op::Literal && to->op == Expression::Op::Literal)
      v = Value::make_range(clamp(to_i(from->value)), clamp(to_i(to->value)));
    else
      e->op = Expression::Op::Range, e->first = from, e->last = to;
  } else if (is_numeral(s, true)) {
    set(v, parse_float(s));
  } else {
    int word = one_of(s, "nil null true false blank empty");
    if (word < 0)
      parse_lookup(arena, s, depth, e);
    else if (word >= 4)
      v.kind = Kind::Blank;  // Jekyll's object outside of conditions, which prints nothing and
                             // equals nothing
    else if (word >= 2)
      set(v, word == 2);
  }
  return e;
}

const Expression* parse_expression(Arena& arena, Str markup) {
  return parse_expression(arena, markup, 0);
}

const Expression* parse_operand(Arena& arena, Str markup, bool literals) {
  int word = literals ? one_of(markup, "empty blank") : -1;
  if (word < 0) return parse_expression(arena, markup);
  auto* e = arena.make<Expression>();
  e->value.kind = word ? Kind::Blank : Kind::Empty;
  return e;
}

void set_operator(Condition& condition, Str op) {
  condition.op = op;
  condition.known = std::int8_t(one_of(op, kOperators));
}

// ---- filters ----
namespace {
FilterUse* new_filter(Arena& arena, const Environment& environment, Str name) {
  return arena.make<FilterUse>(name, find_filter(environment, name));
}

void add_argument(Arena& arena, FilterUse& use, Str markup) {
  Str name, value;
  if (split_attribute(markup, name, value))
    use.named.add(arena, {name, parse_expression(arena, value)});
  else
    use.arguments.add(arena, parse_expression(arena, markup));
}
}  // namespace

// ---- the strict grammar ----
namespace {
enum Type : std::int8_t {
  kComparison,
  kString,
  kNumber,
  kId,
  kDotDot,
  kEnd,
  kPipe,
  kDot,
  kColon,
  kComma,
  kOpenSquare,
  kCloseSquare,
  kOpenRound,
  kCloseRound,
  kQuestion,
  kDash,
  kUnexpected
};
constexpr char kTypeNames[] =
    "comparison string number id dotdot end_of_string "
    "pipe dot colon comma open_square close_square open_round close_round question dash";
constexpr char kSpecials[] = "|.:,[]()?-";  // in the order of the types from kPipe on

struct Token {
  Type type;
  Str text;
};

/// Liquid's Lexer and Parser in one, one token ahead. The first failure sets the complaint and
/// lasts.
class Strict {
 public:
  Strict(Arena& arena, Str markup, ParseError& why) : arena_(arena), s_(markup), error_(why) {
    token_ = lex(at_);
  }

  bool failed() const { return failed_; }
  bool at_token(Type type) const { return token_.type == type; }
  bool look_id_and_colon() const {
    std::size_t at = at_;
    return at_token(kId) && lex(at).type == kColon;
  }
  Str next() {
    Str text = token_.text;
    if (!failed_) token_ = lex(at_);
    return text;
  }
  bool accept(Type type) {
    if (failed_ || !at_token(type)) return false;
    next();
    return true;
  }
  bool accept_id(Str word) { return at_token(kId) && token_.text == word && accept(kId); }
  Str expect(Type type) {
    if (at_token(type)) return next();
    fail("Expected $ but found $", type_name(type), type_name(token_.type));
    return {};
  }
  /// The whole markup was parsed.
  bool end() {
    expect(kEnd);
    return !failed_;
  }
  void fail(const char* pattern, Str a = {}, Str b = {}) {
    if (failed_) return;
    failed_ = true;
    // Liquid tokenises the markup first, so the message names a character that is no token.
    Token t = token_;
    for (std::size_t at = at_; t.type != kEnd && t.type != kUnexpected;) t = lex(at);
    error_.message = t.type == kUnexpected ? format(arena_, "Unexpected character $", t.text)
                                           : format(arena_, pattern, a, b);
    token_ = {kEnd, {}};
  }

  /// An expression without the white space between its tokens.
  Str expression() {
    std::size_t mark = text_.size();
    const char* begin = token_.text.data();
    last_ = begin;
    expression(0);
    Str text = slice(text_.str(), mark);
    if (std::size_t(last_ - begin) == text.size()) return {begin, text.size()};  // there was none
    return failed_ ? Str() : arena_.copy(text);
  }

 private:
  static Str type_name(int type) {
    Str names = kTypeNames, name;
    for (; type >= 0; type--) next_piece(names, ' ', name);
    return name;
  }

  void append() {
    last_ = token_.text.data() + token_.text.size();
    text_.add(next());
  }
  void append(Type type) {
    if (at_token(type))
      append();
    else
      expect(type);
  }

  void expression(std::uint32_t depth) {
    if (failed_) return;
    if (depth > kMaxExpressionDepth) return fail("Nesting too deep");
    switch (token_.type) {
      case kString:
      case kNumber: return append();
      case kId: append(); return lookups(depth);
      case kOpenSquare: return lookups(depth);
      case kOpenRound:
        append();
        expression(depth + 1);
        append(kDotDot);
        expression(depth + 1);
        return append(kCloseRound);
      default: {
        Str name = type_name(token_.type);
        fail(at_token(kEnd) ? "[:$] is not a valid expression"
                            : "[:$, \"$\"] is not a valid expression",
             name, token_.text);
      }
    }
  }
  void lookups(std::uint32_t depth) {
    while (!failed_) {
      if (at_token(kOpenSquare)) {
        append();
        expression(depth + 1);
        append(kCloseSquare);
      } else if (at_token(kDot)) {
        append();
        append(kId);
      } else {
        return;
      }
    }
  }

  Token lex(std::size_t& at) const {
    at = skip_space(s_, at);
    Str s = slice(s_, at);
    if (s.empty()) return {kEnd, s};
    std::size_t size;
    Type type = lex_type(s, size);
    at += size;
    return {type, slice(s, 0, size)};
  }
  /// Of the token that `s` begins with.
  static Type lex_type(Str s, std::size_t& size) {
    char c = s[0], d = peek(s, 1);
    if ((c == '<' && d == '>') || (d == '=' && is_one_of(c, "=!<>"))) return size = 2, kComparison;
    if (c == '<' || c == '>') return size = 1, kComparison;
    if (starts_with(s, "contains") && is_space(peek(s, 8))) return size = 8, kComparison;
    size = quoted_end(s, 0);
    if (size) return kString;
    if (is_digit(c) || (c == '-' && is_digit(d))) {
      std::size_t end = skip(s, 1, kDigits);
      if (peek(s, end) == '.' && is_digit(peek(s, end + 1))) end = skip(s, end + 1, kDigits);
      return size = end, kNumber;
    }
    if (is_word(c)) {
      std::size_t end = skip(s, 0, kWords | kDashes);
      return size = end + (peek(s, end) == '?'), kId;
    }
    if (c == '.' && d == '.') return size = 2, kDotDot;
    decode(s, size);
    int special = index_in(kSpecials, c);
    return special < 0 ? kUnexpected : Type(kPipe + special);
  }

  Arena& arena_;
  Str s_;
  ParseError& error_;
  std::size_t at_ = 0;
  Token token_;
  bool failed_ = false;
  Text text_;
  const char* last_ = nullptr;  // end of the last token of the expression
};

Str strict_argument(Arena& arena, Strict& p) {
  if (!p.look_id_and_colon()) return p.expression();
  Str name = p.next();
  p.next();
  return format(arena, "$: $", name, p.expression());
}
}  // namespace

bool parse_variable_strictly(Arena& arena, const Environment& environment, Str markup,
                             Variable& out, ParseError& why) {
  Strict p(arena, markup, why);
  if (p.at_token(kEnd)) return true;
  out.expression = parse_expression(arena, p.expression());
  for (FilterUse** end = &out.filters; p.accept(kPipe); end = &(*end)->next) {
    *end = new_filter(arena, environment, p.expect(kId));
    if (p.accept(kColon)) do
        add_argument(arena, **end, strict_argument(arena, p));
      while (p.accept(kComma));
  }
  return p.end();
}

namespace {
Condition* strict_comparison(Arena& arena, Strict& p, bool literals) {
  auto* c = arena.make<Condition>();
  c->left = parse_operand(arena, p.expression(), literals);
  if (p.at_token(kComparison)) {
    set_operator(*c, p.next());
    c->right = parse_operand(arena, p.expression(), literals);
  }
  return c;
}
}  // namespace

Condition* parse_condition_strictly(Arena& arena, Str markup, bool literals, ParseError& why) {
  Strict p(arena, markup, why);
  Condition* first = strict_comparison(arena, p, literals);
  for (Condition* last = first; !p.failed();) {
    last->relation = p.accept_id("and") ? 'a' : p.accept_id("or") ? 'o' : '\0';
    if (!last->relation) break;
    Condition* next = strict_comparison(arena, p, literals);
    last->next = next;
    last = next;
  }
  return p.end() ? first : nullptr;
}

namespace {
void set_collection(Arena& arena, ForTag& tag, Str collection) {
  tag.collection = parse_expression(arena, collection);
  tag.name = format(arena, "$-$", tag.variable, collection);
}
void set_option(Arena& arena, ForTag& tag, int option, Str value) {
  tag.options[option] = parse_expression(arena, value);
  if (option == kOffset) tag.continued = value == "continue";
}
}  // namespace

bool parse_for_strictly(Arena& arena, Str markup, ForTag& out, ParseError& why) {
  Strict p(arena, markup, why);
  out.variable = p.expect(kId);
  if (!p.accept_id("in")) p.fail("For loops require an 'in' clause");
  set_collection(arena, out, p.expression());
  out.reversed = p.accept_id("reversed");
  while (p.look_id_and_colon()) {
    int option = one_of(p.next(), kLoopOptions);
    if (option != kLimit && option != kOffset) {
      p.fail("Invalid attribute in for loop. Valid attributes are limit and offset");
      return false;
    }
    p.next();
    set_option(arena, out, option, p.expression());
  }
  return p.end();
}

// ---- the lax grammar ----
namespace {
/// One filter: everything up to the next pipe. The first word is its name; arguments follow a colon
/// or a comma.
void lax_filter(Arena& arena, const Environment& environment, Str s, FilterUse**& end) {
  std::size_t begin = skip(s, 0, ~kWords);
  if (begin == s.size()) return;
  FilterUse* use = new_filter(arena, environment, slice(s, begin, skip_word(s, begin)));
  *end = use;
  end = &use->next;
  for (std::size_t at = 0; at < s.size();) {
    if (char c = s[at++]; c != ':' && c != ',') continue;
    begin = skip_space(s, at);
    std::size_t name = skip_word(s, begin), colon = skip_space(s, name),
                value = skip_space(s, colon + 1);
    if (name == begin || peek(s, colon) != ':' || fragment_end(s, value) == value) value = begin;
    std::size_t stop = fragment_end(s, value);
    if (stop == value) continue;
    add_argument(arena, *use, slice(s, begin, stop));
    at = stop;
  }
}
}  // namespace

void parse_variable_laxly(Arena& arena, const Environment& environment, Str markup, Variable& out) {
  out = {};
  Str first = find_fragment(markup);
  if (first.empty()) return;
  out.expression = parse_expression(arena, first);
  FilterUse** last = &out.filters;
  for (std::size_t at = markup.find('|', behind(markup, first)); at++ < markup.size();) {
    std::size_t begin = at;
    while (at < markup.size()) {  // white space, commas and fragments: up to a pipe or a lone quote
      std::size_t stop = is_space(markup[at]) || markup[at] == ',' ? at + 1 : run_end(markup, at);
      if (stop == at) break;
      at = stop;
    }
    if (at != begin) lax_filter(arena, environment, slice(markup, begin, at), last);
  }
}

namespace {
/// Length of `and` or `or` as a separate word at `at`, else 0.
std::size_t boolean_word(Str s, std::size_t at) {
  if (at && is_word(s[at - 1])) return 0;
  std::size_t size = starts_with(slice(s, at), "and") ? 3 : starts_with(slice(s, at), "or") ? 2 : 0;
  return is_word(peek(s, at + size)) ? 0 : size;
}

/// /(QuotedFragment)\s*([=!<>a-z_]+)?\s*(QuotedFragment)?/
Condition* lax_comparison(Arena& arena, Str s) {
  Str left = find_fragment(s);
  if (left.empty()) return nullptr;
  auto* c = arena.make<Condition>();
  c->left = parse_operand(arena, left);
  std::size_t begin = skip_space(s, behind(s, left)), end = begin;
  while ((peek(s, end) >= 'a' && peek(s, end) <= 'z') || is_one_of(peek(s, end), "=!<>_")) end++;
  if (end != begin) set_operator(*c, slice(s, begin, end));
  begin = skip_space(s, end);
  end = fragment_end(s, begin);
  c->right = parse_operand(arena, slice(s, begin, end));
  return c;
}
}  // namespace

Condition* parse_condition_laxly(Arena& arena, Str s) {
  Condition *first = nullptr, *last = nullptr;
  bool operand = true;  // is expected next; else an operator
  for (std::size_t at = 0;
       at < s.size();) {  // the result of `scan(ExpressionsAndOperators)`, part by part
    std::size_t begin = at;
    if (std::size_t word = boolean_word(s, at)) {
      at += word;
    } else {
      for (at = skip_space(s, at); at < s.size() && !boolean_word(s, at); at = skip_space(s, at)) {
        std::size_t end = fragment_end(s, at);
        at = end == at ? skip(s, at, ~kSpaces) : end;
      }
      if (skip_space(s, begin) == at) continue;  // white space alone
    }
    Str part = strip(slice(s, begin, at));
    if (operand) {
      Condition* c = lax_comparison(arena, part);
      if (!c) return nullptr;
      (last ? last->next : first) = c;
      last = c;
    } else {
      if (one_of(part, "and or") < 0) return nullptr;
      last->relation = part[0];
    }
    operand = !operand;
  }
  return operand ? nullptr : first;
}

bool parse_for_laxly(Arena& arena, Str markup, ForTag& out) {
  out = {};
  std::size_t at = skip(markup, 0, kWords | kDashes), word = skip_space(markup, at),
              begin = skip_space(markup, word + 2);
  out.variable = slice(markup, 0, at);
  if (!at || word == at || !starts_with(slice(markup, word), "in") || begin == word + 2)
    return false;
  std::size_t end = run_end(markup, begin);
  if (end == begin) return false;
  set_collection(arena, out, slice(markup, begin, end));
  out.reversed = starts_with(slice(markup, skip_space(markup, end)), "reversed");
  Str rest = markup, name, value;
  while (next_attribute(rest, name, value)) {
    int option = one_of(name, kLoopOptions);
    if (option >= 0) set_option(arena, out, option, value);
  }
  return true;
}

// ---- at run time ----
const Variable* parse_variable(Arena& arena, const Environment& environment, Str markup) {
  auto* v = arena.make<Variable>();
  ParseError why;
  if (!parse_variable_strictly(arena, environment, markup, *v, why))
    parse_variable_laxly(arena, environment, markup, *v);
  return v;
}

const Condition* parse_condition(Arena& arena, Str markup, Error& error) {
  ParseError why;
  const Condition* c = parse_condition_strictly(arena, markup, false, why);
  if (!c) {
    error.type = "Liquid::SyntaxError";
    error.text = why.message;
  }
  return c;
}

}  // namespace meridian::liquid
