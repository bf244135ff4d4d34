// Expressions.
#include "parser.h"

namespace meridian::sass {

namespace {
constexpr char kExpression[] = "expression (e.g. 1px, bold)";

bool has_interpolants(Node* node) {
  auto* schema = as<Schema>(node);
  if (!schema) return false;
  for (Node* part : schema->parts)
    if (part->interpolant) return true;
  return false;
}

/// Single values are delayed or not; what lists hold keeps its state.
void set_delayed(Node* node, bool delayed) {
  node->delayed = delayed;
  if (auto* binary = as<Binary>(node)) {
    set_delayed(binary->left, delayed);
    set_delayed(binary->right, delayed);
  }
}

/// Whether a name, a variable or an interpolation may begin at `p`: else it is no call, and no text
/// with interpolations outside of quotes.
bool begins_name(const char* p) {
  return match::name_part(*p)
             ? !match::digit(*p)
             : (*p | 32) == 'u' || *p == '\\' || *p == '$' || (p[0] == '#' && p[1] == '{');
}

/// Whether the number was written with a zero before its point, or needs none.
bool has_zero(Str text) {
  if (text.starts_with("-")) text.remove_prefix(1);
  return !(text.starts_with(".") || text.starts_with("0."));
}

/// The units that follow a number.
const Units* parse_units(Arena& arena, Str text) {
  if (text.empty()) return nullptr;
  auto* units = arena.make<Units>();
  bool numerator = true;
  while (true) {
    std::size_t at = text.find_first_of("*/");
    Str unit = text.substr(0, at);
    if (!unit.empty()) (numerator ? units->numerators : units->denominators).add(arena, unit);
    if (at == Str::npos) return units;
    if (text[at] == '/') numerator = false;
    text.remove_prefix(at + 1);
  }
}
}  // namespace

Node* Parser::list(bool delayed) {
  Nested nested(*this);
  return comma_list(delayed);
}

Node* Parser::comma_list(bool delayed) {
  if (peek_css_end(match::list_ends)) return make<ListNode>(place());
  Node* first = space_list();
  if (!peek_css(',')) {
    if (!delayed) set_delayed(first, false);
    return first;
  }
  auto* items = make<ListNode>(first->at, Separator::Comma);
  items->items.add(context_.arena, first);
  while (lex_css(',') && !peek_css_end(match::list_ends))
    items->items.add(context_.arena, space_list());
  return items;
}

Node* Parser::space_list() {
  Node* first = disjunction();
  if (peek_css_end(match::space_list_ends)) return first;
  auto* items = make<ListNode>(first->at);
  items->items.add(context_.arena, first);
  while (!peek_css_end(match::space_list_ends) && match::optional_whitespace(position_) < end_)
    items->items.add(context_.arena, disjunction());
  return items;
}

Node* Parser::map_or_list() {
  Nested nested(*this);
  Node* key = list();
  if (!lex_css(':')) return key;
  auto* keys = as<ListNode>(key);
  if (keys && keys->separator == Separator::Comma) css_error("\")\"");
  auto* map = make<ListNode>(key->at, Separator::Hash);
  map->items.add(context_.arena, key);
  map->items.add(context_.arena, space_list());
  while (lex_css(',') && !peek_css(')')) {
    map->items.add(context_.arena, space_list());
    if (!lex(':')) css_error("\":\"");
    map->items.add(context_.arena, space_list());
  }
  return map;
}

Node* Parser::bracketed() {
  Nested nested(*this);
  auto* items = make<ListNode>(place(), Separator::Space, false, true);
  if (peek_css_end(match::list_ends)) return items;
  bool parenthesis = peek_css('(');
  Node* first = space_list();
  if (!peek_css(',')) {
    auto* inner = as<ListNode>(first);
    if (inner && !inner->bracketed && !parenthesis) {
      inner->bracketed = true;
      return inner;
    }
    items->items.add(context_.arena, first);
    return items;
  }
  items->separator = Separator::Comma;
  items->items.add(context_.arena, first);
  while (lex_css(',') && !peek_css_end(match::list_ends))
    items->items.add(context_.arena, space_list());
  return items;
}

Node* Parser::disjunction() {
  Nested nested(*this);
  skip_comments();
  Node* left = conjunction();
  while (lex_keyword_css("or"))
    left = make<Binary>(left->at, Operator{Op::Or}, left, conjunction());
  return left;
}

Node* Parser::conjunction() {
  skip_comments();
  Node* left = relation();
  while (lex_keyword_css("and")) left = make<Binary>(left->at, Operator{Op::And}, left, relation());
  return left;
}

Node* Parser::relation() {
  skip_comments();
  Node* left = expression();
  List<Node*> operands;
  List<Operator> operators;
  while (!failed()) {
    const char* at = match::optional_whitespace(position_);
    Op op;
    bool equals = at[0] && at[1] == '=';
    if (at[0] == '=' && equals)
      op = Op::Eq;
    else if (at[0] == '!' && equals)
      op = Op::Neq;
    else if (at[0] == '>')
      op = equals ? Op::Gte : Op::Gt;
    else if (at[0] == '<')
      op = equals ? Op::Lte : Op::Lt;
    else
      break;
    if (at + 1 + equals > end_) break;
    bool before = peek(match::comments) != nullptr;
    take(at, at + 1 + equals);
    bool after = peek(match::comments) != nullptr;
    operators.add(context_.arena, Operator{op, before, after});
    operands.add(context_.arena, expression());
  }
  return fold(left, operands, operators);
}

Node* Parser::expression() {
  skip_comments();
  Node* left = terms();
  // dart-sass takes `-#{…}` for a name.
  auto name_at = [this](const char* p) {
    return match::identifier(p) || (context_.dart() && match::text(p, "-#{"));
  };
  const char* at = match::optional_whitespace(position_);
  auto minus = [](const char* p, bool spaced) {
    if (*p != '-' || match::unsigned_number(p)) return false;
    return spaced ? !space(p[1]) : !match::unsigned_number(p + 1);
  };
  // A minus between values without white space, or not in front of a number.
  bool operation = peek_css('+') || (!space(*position_) && minus(at, true)) || minus(at, false);
  if (!operation || name_at(at)) return left;
  List<Node*> operands;
  List<Operator> operators;
  bool before = peek(match::comments) != nullptr;
  while (!failed()) {
    Op op = Op::Add;
    if (!lex_css('+')) {
      const char* behind = peek(match::comments);
      const char* name = match::optional_whitespace(behind ? behind : position_);
      if (name_at(name) || !lex_css('-')) break;
      op = Op::Sub;
    }
    bool after = peek(match::comments) != nullptr;
    operators.add(context_.arena, Operator{op, before, after});
    operands.add(context_.arena, terms());
    before = peek(match::comments) != nullptr;
  }
  return operands.empty() ? left : fold(left, operands, operators);
}

Node* Parser::terms() {
  skip_comments();
  Node* left = factor();
  List<Node*> operands;
  List<Operator> operators;
  bool before = peek(match::comments) != nullptr;
  while (!failed()) {
    Op op;
    if (lex_css('*'))
      op = Op::Mul;
    else if (lex_css('/'))
      op = Op::Div;
    else if (lex_css('%'))
      op = Op::Mod;
    else
      break;
    bool after = peek(match::comments) != nullptr;
    operators.add(context_.arena, Operator{op, before, after});
    operands.add(context_.arena, factor());
    before = peek(match::comments) != nullptr;
  }
  return fold(left, operands, operators);
}

Node* Parser::fold(Node* base, List<Node*>& operands, List<Operator>& operators,
                   std::uint32_t from) {
  Place at = base->at;
  if (operands.size > kMaxDepth / 2) {
    error("Stack depth exceeded max of 1024", "calculate in steps, with variables between them");
    return base;
  }
  if (!context_.dart() && has_interpolants(base) && from + 1 < operands.size) {
    Op op = operators[0].op;
    if (op >= Op::Eq && op != Op::Sub && op != Op::Mod) {
      Node* right = fold(operands[from], operands, operators, from + 1);
      return make<Binary>(at, operators[0], base, right);
    }
  }
  for (std::uint32_t i = from; i < operands.size; i++) {
    if (!context_.dart() && has_interpolants(operands[i])) {
      if (i + 1 < operands.size) {
        Node* right = fold(operands[i + 1], operands, operators, i + 2);
        right = make<Binary>(at, operators[i], operands[i], right);
        return make<Binary>(at, operators[i], base, right);
      }
      return make<Binary>(at, operators[i], base, operands[i]);
    }
    auto* binary = make<Binary>(at, operators[i], base, operands[i]);
    base = binary;
    if (operators[i].op == Op::Div && binary->left->delayed && binary->right->delayed)
      binary->delayed = true;
  }
  // dart-sass keeps `1/2/3` as well.
  bool kept = context_.dart() && base->delayed;
  if (auto* binary = kept ? nullptr : as<Binary>(base)) {
    if (as<Binary>(binary->left)) set_delayed(base, false);
    if (as<Binary>(binary->right)) set_delayed(base, false);
  }
  return base;
}

Node* Parser::factor() {
  Nested nested(*this);
  skip_comments();
  if (!context_.step(place(position_))) return nothing();
  if (lex('(')) {
    Node* inner = map_or_list();
    if (!lex_css(')')) error("unclosed parenthesis", "close it with )");
    if (context_.dart() && (inner->kind == Kind::Call || inner->kind == Kind::Variable ||
                            inner->kind == Kind::Schema || inner->kind == Kind::String))
      return make<Unary>(inner->at, UnaryOp::Group, inner);
    return inner;
  }
  if (lex('[')) {
    Node* inner = bracketed();
    if (!lex_css(']')) error("unclosed squared bracket", "close it with ]");
    return inner;
  }
  if (context_.dart()) {
    if (const Symbol* space = lex_namespace(match::variable)) {
      lex(match::variable, false);
      return make<Variable>(place(), symbol(lexed_), space);
    }
    if (const Symbol* space = lex_namespace(match::functional)) {
      Call* call = function_call();
      call->space = space;
      return call;
    }
  }
  const char* at = match::optional_whitespace(position_);
  if (!begins_name(at)) return signed_value();
  if (peek(match::ie_property)) return ie_property();
  if (peek(match::ie_keyword_argument)) return ie_keyword_argument();
  const char* end = match::calc(at);
  // dart-sass calculates what libsass leaves as it is.
  bool calculated = context_.dart() && (*at | 32) == 'c';
  if (end && *end == '(' && end < end_ && !calculated) return calc_function();
  if (lex(match::functional_schema)) {
    Node* name = identifier_schema();
    Place begin = place();
    auto* call = make<Call>(begin, nullptr, Str(), arguments());
    call->schema = name;
    return call;
  }
  if (lex(match::identifier_schema)) {
    Node* text = identifier_schema();
    if (auto* schema = as<Schema>(text))
      if (lex('(')) {
        schema->parts.add(context_.arena, list());
        lex(')');
      }
    return text;
  }
  if (const char* prefix = match::uri_prefix(at)) {
    const char* value = match::uri_value(match::optional_spaces(prefix));
    if (value && value <= end_) return url_string();
  }
  if (peek(match::functional)) return call();
  return signed_value();
}

Node* Parser::signed_value() {
  UnaryOp op;
  if (lex('+'))
    op = UnaryOp::Plus;
  else if (lex('-'))
    op = UnaryOp::Minus;
  else if (lex('/'))
    op = UnaryOp::Slash;
  else if (lex_keyword("not"))
    op = UnaryOp::Not;
  else
    return value();
  Place begin = place();
  Node* operand = factor();
  auto* unary = make<Unary>(begin, op, operand);
  unary->delayed = operand->delayed;
  return unary;
}

Node* Parser::value() {
  skip_comments();
  const char* at = match::optional_whitespace(position_);
  if (lex('&')) return make<Parent>(place());
  if (lex(match::important)) return constant(context_, place(), "!important");
  const char* end = match::percentage(at);
  if (end && end <= end_ && match::number(end)) {
    take(at, end);
    return percentage_token();
  }
  end = match::number(at);
  if (end && end <= end_ && (*end == '-' || *end == '+') && match::number(end + 1)) {
    take(at, end);
    return number_token();
  }
  const char* behind_string = match::quoted_string(at);
  if (behind_string && behind_string <= end_ && *behind_string == '-') {
    take(at, behind_string);
    return string();
  }
  if (const char* stop = peek(match::value_schema)) return value_schema(stop);
  if (behind_string && behind_string <= end_) {
    take(at, behind_string);
    return string();
  }
  if (lex_word("true")) return make<Boolean>(place(), true);
  if (lex_word("false")) return make<Boolean>(place(), false);
  if (lex_word("null")) return make<Null>(place());
  if (lex(match::identifier)) {
    Str name = escaped_name(context_, lexed_);
    if (name.data() == lexed_.data()) return color_or_string(lexed_);
    // `\\0` is left to Internet Explorer.
    if (name == "\xEF\xBF\xBD" && lexed_.starts_with("\\0")) name = "\\0 ";
    return constant(context_, place(), name, false);
  }
  if (lex(match::percentage)) return percentage_token();
  for (match::Matcher m : {match::hex_color, match::hex_number}) {
    end = m(at);
    if (end && end <= end_ && *end != '-') {
      take(at, end);
      return color_token();
    }
  }
  if (lex(match::hex_color_alpha)) return color_token();
  if (*at == '#' && (end = match::identifier(at + 1)) && end <= end_) {
    take(at, end);
    return quoted(context_, place(), lexed_);
  }
  if ((end = match::dimension(at)) && end <= end_) {
    if (*end == '-' && space(end[1])) end++;
    take(at, end);
    return dimension_token();
  }
  const char* name = *at == '|' ? match::strict_identifier(at + 1) : nullptr;
  if (name && name <= end_) {
    take(at, name);
    return constant(context_, place(), lexed_);
  }
  if (lex(match::number)) return number_token();
  if (lex(match::variable)) return make<Variable>(place(), symbol(lexed_));
  css_error(kExpression);
  return nothing();
}

// ---- single values ----

Node* Parser::number_token() {
  auto* number = make<Number>(place(), parse_float(lexed_), nullptr, has_zero(lexed_));
  number->delayed = true;
  return number;
}

Node* Parser::percentage_token() {
  auto* units = make<Units>();
  units->numerators.add(context_.arena, "%");
  auto* number = make<Number>(place(), parse_float(lexed_), units, true);
  number->delayed = true;
  return number;
}

Node* Parser::dimension_token() { return parse_dimension(context_, place(), lexed_); }

Number* parse_dimension(Context& context, const Place& at, Str text) {
  // The number may have an exponent that is no unit; both end where a matcher of numbers does.
  std::size_t used = text.find_first_not_of("-+0123456789.");
  if (used == Str::npos) used = text.size();
  char next = char_at(text, used + 1);
  if (char_at(text, used) == 'e' && (is_digit(next) || next == '-' || next == '+')) {
    used = text.find_first_not_of("-+0123456789.", used + 1);
    if (used == Str::npos) used = text.size();
  }
  Str ended = context.arena.join(text, Str("", 1));
  const char* behind = match::number(ended.data());
  std::size_t length = behind ? std::size_t(behind - ended.data()) : 0;
  const Units* units = parse_units(context.arena, escaped_name(context, text.substr(length)));
  context.may_have(at, units);
  auto* number =
      context.arena.make<Number>(at, parse_float(text.substr(0, used)), units, has_zero(text));
  number->delayed = true;
  return number;
}

Node* Parser::color_token() {
  Str text = lexed_;
  if (text[0] != '#') return quoted(context_, place(), text);
  Str digits = text.substr(1);
  bool wide = digits.size() > 4;
  auto channel = [digits, wide](std::size_t i) -> double {
    if (!wide) return hex_digit(digits[i]) * 17;
    return hex_digit(digits[i * 2]) * 16 + hex_digit(digits[i * 2 + 1]);
  };
  double alpha = digits.size() % 4 == 0 ? channel(3) / 255 : 1;
  if (context_.dart() && alpha < 1) text = {};
  return make<Rgba>(place(), channel(0), channel(1), channel(2), alpha, text);
}

Node* Parser::color_or_string(Str text) {
  Rgba color(place(), 0, 0, 0);
  if ((sheet_ && sheet_->css) || !named_color(text, color))
    return constant(context_, place(), text);
  auto* copy = make<Rgba>(color);
  copy->delayed = true;
  copy->shown = text;
  return copy;
}

Node* Parser::calc_function() {
  lex(match::identifier);
  Str name = lexed_;
  Place at = place();
  lex('(');
  const char* from = position_;
  list();
  const char* to = position_;
  if (const char* end = match::skip_scope(position_, "(", ')'))
    if (end <= end_) position_ = end;
  auto* list = make<Arguments>(at);
  list->items.add(context_.arena, make<Argument>(at, interpolated({from, std::size_t(to - from)})));
  return make<Call>(at, symbol(name), name, list);
}

Node* Parser::call() {
  Node* branches = context_.dart() ? css_if() : nullptr;
  return branches ? branches : function_call();
}

Call* Parser::function_call() {
  lex(match::identifier);
  Str name = lexed_;
  const Symbol* symbol = this->symbol(name);
  if (symbol->name == "content-exists" && scope_ != Scope::Mixin)
    error("Cannot call content-exists() except within a mixin.");
  Place at = place();
  return make<Call>(at, symbol, name, arguments());
}

}  // namespace meridian::sass
