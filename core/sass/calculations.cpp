// Calculations: calc(), min(), max() and clamp() of numbers whose units only the browser can add.
#include "evaluate.h"

namespace meridian::sass {

namespace {
bool is_operation(const Node* node) {
  auto* binary = as<Binary>(node);
  return binary && binary->op.op >= Op::Add && binary->op.op <= Op::Div;
}

/// Whether the units of both are known to be of one kind; both may be without.
bool compatible(Arena& arena, const Number* a, const Number* b) {
  return !a->units == !b->units && conversion(arena, a, b) != 0;
}
/// Whether text that was the whole of a calc() needs parentheses in another one.
bool needs_parentheses(Arena& arena, Str text) {
  return text.find_first_of(" \t\n\r\f/*") != Str::npos ||
         lower_case(arena, text).starts_with("var(");
}
}  // namespace

Node* Evaluator::operate(const Place& at, Op op, Node* left, Node* right) {
  auto *a = as<Number>(left), *b = as<Number>(right);
  bool sum = op == Op::Add || op == Op::Sub;
  if (a && b && (!sum || compatible(arena(), a, b))) {
    if (op == Op::Div && b->value == 0) {
      auto* result = make<Number>(*a);
      result->value = a->value / b->value;
      return result;
    }
    return numbers(op, a, b, at);
  }
  if (a && b && !a->units != !b->units) {
    Text message;
    message.add(text(a));
    message.add(" and ");
    message.add(text(b));
    message.add(" are incompatible.");
    fail(at, message.str(), "give both a unit");
  }
  if (sum && b && b->value < 0) {
    b = make<Number>(*b);
    b->value = -b->value;
    right = b;
    op = op == Op::Add ? Op::Sub : Op::Add;
  }
  auto* made = make<Binary>(at, Operator{op}, left, right);
  made->calculation = true;
  return made;
}

Node* Evaluator::operand(Node* node) {
  Deeper deeper(context_, node->at);
  if (!context_.step(node->at)) return node;
  if (is_operation(node) && !as<Binary>(node)->calculation) {
    auto* binary = as<Binary>(node);
    Node* left = operand(binary->left);
    return operate(node->at, binary->op.op, left, operand(binary->right));
  }
  set_delayed(node, false);
  auto in_parentheses = [this, node](const String* string) {
    return constant(context_, node->at, arena().join("(", string->value, ")"));
  };
  auto* group = as<Unary>(node);
  if (group && group->op == UnaryOp::Group) {
    Node* inner = operand(group->operand);
    auto* string = as<String>(inner);
    return string ? in_parentheses(string) : inner;
  }
  Node* value = evaluate(node);
  auto* call = as<Call>(value);
  if (call && call->calculation && call->name == "calc") {
    value = call->arguments->items[0]->value;
    auto* string = as<String>(value);
    return string && needs_parentheses(arena(), string->value) ? in_parentheses(string) : value;
  }
  if (value->kind == Kind::List) return constant(context_, node->at, text(value));
  return value;
}

Node* Evaluator::calculation(Call* call) {
  Str name = lower_case(arena(), call->name);
  int function = one_of(name, "calc clamp max min");
  if (function < 0 || call->arguments->rest || call->arguments->named ||
      call->arguments->items.empty())
    return nullptr;
  auto* values = make<Arguments>(call->at);
  bool numbers = true, fitting = true;
  Number* first = nullptr;
  for (Argument* item : call->arguments->items) {
    Node* value = operand(item->value);
    if (context_.failed) return value;
    auto* number = as<Number>(value);
    numbers = numbers && number;
    if (number && !first) first = number;
    bool free = function > 1 && number && (!number->units || !first->units);
    fitting = fitting && number && (free || compatible(arena(), first, number));
    values->items.add(arena(), make<Argument>(item->at, value));
  }
  std::uint32_t count = values->items.size;
  auto at = [values](std::uint32_t i) { return as<Number>(values->items[i]->value); };
  bool comparable;
  if (numbers && fitting) {
    if (function == 0) return at(0);
    if (function == 1 && count == 3) {
      if (!less(arena(), at(0), at(1), comparable)) return at(0);
      return less(arena(), at(1), at(2), comparable) ? at(1) : at(2);
    }
    if (function > 1) {
      Number* best = at(0);
      for (std::uint32_t i = 1; i < count; i++)
        if (function == 2 ? less(arena(), best, at(i), comparable)
                          : less(arena(), at(i), best, comparable))
          best = at(i);
      return best;
    }
  }
  if (function == 0 && as<Call>(values->items[0]->value)) return values->items[0]->value;
  auto* made = make<Call>(call->at, call->symbol, name, values);
  made->calculation = true;
  return made;
}

}  // namespace meridian::sass
