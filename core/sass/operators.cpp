// Operators: arithmetic, comparison, and the strings that they make of everything else.
#include "evaluate.h"

namespace meridian::sass {

namespace {
constexpr const char* kNames[] = {"and", "or",   "eq",    "neq",   "gt",  "gte", "lt",
                                  "lte", "plus", "minus", "times", "div", "mod"};
constexpr const char* kSigns[] = {"&&", "||", "==", "!=", ">", ">=", "<",
                                  "<=", "+",  "-",  "*",  "/", "%"};

bool is_comparison(Op op) { return op >= Op::Eq && op <= Op::Lte; }

double apply(Op op, double a, double b) {
  switch (op) {
    case Op::Add: return a + b;
    case Op::Sub: return a - b;
    case Op::Mul: return a * b;
    case Op::Div: return a / b;
    default: {
      double rest = __builtin_fmod(a, b);
      return rest != 0 && ((a > 0 && b < 0) || (a < 0 && b > 0)) ? rest + b : rest;
    }
  }
}

bool has_interpolants(const Schema* schema) {
  for (Node* part : schema->parts)
    if (part->interpolant) return true;
  return false;
}
}  // namespace

Node* Evaluator::undefined_operation(Op op, Node* left, Node* right, const Place& at) {
  Text message;
  message.add("Undefined operation: \"");
  message.add(to_string(context_, left));
  message.add(' ');
  message.add(kNames[int(op)]);
  message.add(' ');
  message.add(to_string(context_, right, {Form::ToSass}));
  message.add("\".");
  fail(at, message.str(), "check the types of both values");
  return make<Null>(at);
}

Node* Evaluator::to_value(Node* node) {
  if (node->kind != Kind::Selectors && node->kind != Kind::Binary) return node;
  return quoted(context_, node->at, text(node));
}

Node* Evaluator::value_of(Node* operand) {
  while (auto* variable = as<Variable>(operand)) operand = this->variable(variable);
  return operand;
}

bool Evaluator::holds(Node* condition) {
  auto* negation = as<Unary>(condition);
  if (negation && negation->op != UnaryOp::Not) negation = nullptr;
  auto* b = as<Binary>(condition);
  if (b && (b->calculation || b->op.op > Op::Lte)) b = nullptr;
  if (!negation && !b) return !is_false(evaluate(condition));
  Deeper deeper(context_, condition->at);
  if (!context_.step(condition->at)) return false;
  if (negation) return !holds(negation->operand);
  if (b->op.op == Op::And) return holds(b->left) && holds(b->right);
  if (b->op.op == Op::Or) return holds(b->left) || holds(b->right);
  Node* left = value_of(b->left);
  Node* right = value_of(b->right);
  if (left->kind == Kind::Number && right->kind == Kind::Number) return compare(b, left, right);
  return !is_false(binary(b, left, right));
}

Node* Evaluator::binary(Binary* b) {
  Op op = b->op.op;
  if (op == Op::And || op == Op::Or) {
    Node* left = evaluate(b->left);
    return is_false(left) == (op == Op::And) ? left : evaluate(b->right);
  }
  Node* left = value_of(b->left);
  Node* right = value_of(b->right);
  // What loops calculate with.
  bool is_kept = !force_ && op == Op::Div && b->delayed;
  if (left->kind == Kind::Number && right->kind == Kind::Number && !is_kept)
    return numbers(b, as<Number>(left), as<Number>(right));
  return binary(b, left, right);
}

Node* Evaluator::binary(Binary* b, Node* left, Node* right) {
  Op op = b->op.op;
  for (Node** side : {&left, &right}) {
    if ((*side)->kind == Kind::CssIf) set_delayed(*side = evaluate(*side), false);
    while (auto* inner = as<Binary>(*side)) {
      if (context_.failed || (!force_ && inner->delayed)) break;
      *side = evaluate(inner);
    }
  }
  if (!force_ && op == Op::Div && b->delayed) {
    b->right = evaluate(b->right);
    b->left = evaluate(b->left);
    return b;
  }
  auto *left_number = as<Number>(left), *right_number = as<Number>(right);
  auto *left_color = as<Color>(left), *right_color = as<Color>(right);
  if ((left_number || left_color) && (right_number || right_color)) {
    if (left_number && right_number) return numbers(b, left_number, right_number);
    if (op == Op::Eq || op == Op::Neq) {
      bool same = left_color && right_color &&
                  equal(to_rgba(context_, left_color), to_rgba(context_, right_color));
      return make<Boolean>(b->at, same == (op == Op::Eq));
    }
    if (!is_comparison(op)) {
      if (left_number) return number_color(op, left_number, to_rgba(context_, right_color), b->at);
      if (right_number) return color_number(op, to_rgba(context_, left_color), right_number, b->at);
      return colors(op, to_rgba(context_, left_color), to_rgba(context_, right_color), b->at);
    }
  }
  // Of text without interpolation in it, only the part next to the operator counts.
  auto *left_schema = as<Schema>(b->left), *right_schema = as<Schema>(b->right);
  // dart-sass takes it as a whole.
  if (context_.dart()) left_schema = right_schema = nullptr;
  if (left_schema && !left_schema->interpolant && !is_right_interpolant(left_schema) &&
      !left_schema->parts.empty()) {
    auto* whole = make<Schema>(b->at);
    auto* last = make<Binary>(b->at, b->op, left_schema->parts.back(), b->right);
    last->delayed = b->left->delayed || b->right->delayed;
    for (std::uint32_t i = 0; i + 1 < left_schema->parts.size; i++)
      whole->parts.add(arena(), evaluate(left_schema->parts[i]));
    whole->parts.add(arena(), evaluate(last));
    return evaluate(whole);
  }
  if (right_schema && !right_schema->interpolant && !right_schema->parts.empty() &&
      (!is_left_interpolant(right_schema) || op == Op::Div)) {
    auto* whole = make<Schema>(b->at);
    auto* first = make<Binary>(b->at, b->op, b->left, right_schema->parts[0]);
    first->delayed = b->left->delayed || b->right->delayed;
    whole->parts.add(arena(), evaluate(first));
    for (std::uint32_t i = 1; i < right_schema->parts.size; i++)
      whole->parts.add(arena(), evaluate(right_schema->parts[i]));
    return evaluate(whole);
  }
  if (is_comparison(op)) {
    Local force(force_, true);
    evaluate_again(left);
    evaluate_again(right);
    // The copy that a string would become is compared only.
    auto again = [this](Node* value) {
      set_delayed(value, false);
      return value->kind == Kind::Quoted ? value : evaluate(value);
    };
    left = again(left);
    right = again(right);
  } else {
    left = evaluate(left);
    right = evaluate(right);
  }
  return operate(b, left, right);
}

Node* Evaluator::operate(Binary* b, Node* left, Node* right) {
  Op op = b->op.op;
  auto *s1 = as<Schema>(b->left), *s2 = as<Schema>(b->right);
  auto *b1 = as<Binary>(b->left), *b2 = as<Binary>(b->right);
  bool text_only = (s2 && is_left_interpolant(s2)) || (s1 && is_right_interpolant(s1)) ||
                   (b1 && is_right_interpolant(b1)) || (b2 && is_left_interpolant(b2));
  bool interpolates = (s1 && has_interpolants(s1)) || (s2 && has_interpolants(s2)) || text_only;
  if (interpolates && !context_.dart()) {
    if (op >= Op::Add || op == Op::Eq) {
      auto* string = as<String>(left);
      if (string) {
        const char* text = arena().join(string->value, Str("", 1)).data();
        const char* end = match::dimension(text);
        if (end && !*end) left = parse_dimension(context_, b->at, string->value);
      }
    }
    if (text_only) {
      Text joined;
      joined.add(text(to_value(left)));
      if (b->op.space_before) joined.add(' ');
      joined.add(kSigns[int(op)]);
      if (b->op.space_after) joined.add(' ');
      joined.add(text(to_value(right)));
      auto* made = constant(context_, b->at, context_.copy(joined));
      made->interpolant = has_interpolant(b->left);
      return made;
    }
  }
  if (is_comparison(op)) return make<Boolean>(b->at, compare(b, left, right));
  auto *left_number = as<Number>(left), *right_number = as<Number>(right);
  auto *left_color = as<Color>(left), *right_color = as<Color>(right);
  if (left_number && right_number) {
    reduce(arena(), left_number);
    reduce(arena(), right_number);
    return numbers(op, left_number, right_number, b->at);
  }
  if (left_number && right_color)
    return number_color(op, left_number, to_rgba(context_, right_color), b->at);
  if (left_color && right_number)
    return color_number(op, to_rgba(context_, left_color), right_number, b->at);
  if (left_color && right_color)
    return colors(op, to_rgba(context_, left_color), to_rgba(context_, right_color), b->at);
  bool interpolant =
      op != Op::Sub && !context_.dart() && (is_right_interpolant(b) || is_left_interpolant(b));
  Node *v1 = to_value(left), *v2 = to_value(right);
  for (Node* node : {v1, v2})
    if (node->kind == Kind::Map || left->kind == Kind::Function) {
      fail(b->at, arena().join(to_string(context_, node), " isn't a valid CSS value."),
           "take a value from it first");
      return node;
    }
  Node* result = strings(b->op, v1, v2, b->at, !interpolant);
  auto* string = as<String>(result);
  if (string && op != Op::Sub) {
    auto *first = as<String>(left), *second = as<String>(right);
    if (first || second) string->quote = (first ? first : second)->quote;
  }
  result->interpolant = b->interpolant;
  return result;
}

bool Evaluator::compare(Binary* b, Node* left, Node* right) {
  Op op = b->op.op;
  auto *l = as<Number>(left), *r = as<Number>(right);
  if (op == Op::Eq || op == Op::Neq)
    return (l && r ? equal(l, r) : equal(left, right)) == (op == Op::Eq);
  if (!l || !r) {
    undefined_operation(op, left, right, b->at);
    return false;
  }
  bool comparable = true, smaller = less(arena(), l, r, comparable);
  if (!comparable) {
    Text message;
    message.add("Incompatible units: '");
    message.add(unit_of(arena(), r));
    message.add("' and '");
    message.add(unit_of(arena(), l));
    message.add("'.");
    fail(b->at, message.str(), "compare values of one unit");
  }
  if (op == Op::Gte) return !smaller;
  if (op == Op::Lte) return smaller || equal(l, r);
  if (op == Op::Gt) return !smaller && !equal(l, r);
  return smaller;
}

Node* Evaluator::numbers(Binary* b, Number* left, Number* right) {
  Op op = b->op.op;
  if (is_comparison(op)) return make<Boolean>(b->at, compare(b, left, right));
  return numbers(op, left, right, b->at);
}

Node* Evaluator::numbers(Op op, Number* left, Number* right, const Place& at) {
  if (right->value == 0 && (op == Op::Mod || op == Op::Div))
    return quoted(context_, at, op == Op::Mod || left->value == 0 ? "NaN" : "Infinity");
  auto* result = make<Number>(*left);
  if (same_units(left->units, right->units) && op != Op::Mul && op != Op::Div) {
    result->value = apply(op, left->value, right->value);
    return result;
  }
  if (op == Op::Mul || op == Op::Div) {
    result->value = apply(op, left->value, right->value);
    result->units = product(context_, at, left->units, right->units, op == Op::Div);
    reduce(arena(), result);
    return result;
  }
  if (!left->units) result->units = right->units;
  Number l(*left), r(*right);
  reduce(arena(), &l);
  reduce(arena(), &r);
  double factor = conversion(arena(), &r, &l);
  if (factor == 0) {
    Text message;
    message.add("Incompatible units: '");
    message.add(unit_of(arena(), &r));
    message.add("' and '");
    message.add(unit_of(arena(), &l));
    message.add("'.");
    fail(at, message.str(), "convert one of the values, or use calc()");
  }
  result->value = apply(op, left->value, r.value * factor);
  result->at = at;
  return result;
}

Node* Evaluator::colors(Op op, Rgba* left, Rgba* right, const Place& at) {
  if (left->alpha != right->alpha) {
    Text message;
    message.add("Alpha channels must be equal: ");
    message.add(to_string(context_, left));
    message.add(' ');
    message.add(kNames[int(op)]);
    message.add(' ');
    message.add(to_string(context_, right));
    message.add('.');
    fail(at, message.str(), "use mix()");
  } else if ((op == Op::Div || op == Op::Mod) &&
             (right->red == 0 || right->green == 0 || right->blue == 0)) {
    fail(at, "divided by 0");
  }
  return make<Rgba>(at, apply(op, left->red, right->red), apply(op, left->green, right->green),
                    apply(op, left->blue, right->blue), left->alpha);
}

Node* Evaluator::number_color(Op op, Number* left, Rgba* right, const Place& at) {
  if (op == Op::Add || op == Op::Mul)
    return make<Rgba>(at, apply(op, left->value, right->red), apply(op, left->value, right->green),
                      apply(op, left->value, right->blue), right->alpha);
  if (op == Op::Mod) return undefined_operation(op, left, right, at);
  return quoted(context_, at, arena().join(text(left), kSigns[int(op)], text(right)));
}

Node* Evaluator::color_number(Op op, Rgba* left, Number* right, const Place& at) {
  if ((op == Op::Div || op == Op::Mod) && right->value == 0) fail(at, "divided by 0");
  return make<Rgba>(at, apply(op, left->red, right->value), apply(op, left->green, right->value),
                    apply(op, left->blue, right->value), left->alpha);
}

String* Evaluator::appended(bool plain, Str first, Str second, const Place& at) {
  Str text = arena().grow(first, second);
  plain = (plain || first.find('\\') == Str::npos) && second.find('\\') == Str::npos;
  if (!plain) return verbatim(context_, at, text);
  auto* result = make<String>(Kind::Quoted, at, text);
  result->plain = true;
  return result;
}

Node* Evaluator::strings(Operator sign, Node* left, Node* right, const Place& at, bool delayed) {
  Op op = sign.op;
  auto *l = as<String>(left), *r = as<String>(right);
  Str first = left->kind == Kind::Quoted ? l->value : text(left);
  Str second = right->kind == Kind::Quoted ? r->value : text(right);
  if (left->kind == Kind::Null || right->kind == Kind::Null) {
    Text message;
    message.add("Invalid null operation: \"");
    message.add(to_string(context_, left, {Form::Inspect}));
    message.add(' ');
    message.add(kNames[int(op)]);
    message.add(' ');
    message.add(to_string(context_, right, {Form::Inspect}));
    message.add("\".");
    fail(at, message.str(), "give both a value");
    return left;
  }
  if (!context_.may_make(at, first.size() + second.size())) return left;
  count_text(second);
  if (op == Op::Add) return appended(l && l->plain, first, second, at);
  if (op != Op::Sub && op != Op::Div) return undefined_operation(op, left, right, at);
  if (left->kind == Kind::Quoted && l->quote) first = quote(arena(), first);
  if (right->kind == Kind::Quoted && r->quote) second = quote(arena(), second);
  Text joined;
  joined.add(first);
  if (!delayed && sign.space_before) joined.add(' ');
  joined.add(kSigns[int(op)]);
  if (!delayed && sign.space_after) joined.add(' ');
  joined.add(second);
  return constant(context_, at, context_.copy(joined));
}

}  // namespace meridian::sass
