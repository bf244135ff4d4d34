// Functions of numbers.
#include "evaluate.h"

namespace meridian::sass {

namespace {
Number* reduced(const BuiltInCall& call, int i) {
  auto* number = call.make<Number>(*call.number(i));
  reduce(call.context.arena, number);
  number->at = call.at;
  return number;
}

Node* percentage(const BuiltInCall& call, int) {
  Number* number = reduced(call, 0);
  if (number->units)
    return call.fail("argument $number of `percentage($number)` must be unitless",
                     "divide the unit away");
  return call.number_node(number->value * 100, single_unit(call.context.arena, "%"));
}

enum Rounding { kRound, kCeil, kFloor, kAbs };

Node* round(const BuiltInCall& call, int rounding) {
  Number* number = reduced(call, 0);
  double value = number->value;
  number->value = rounding == kRound   ? round_to(value, call.context.print.precision)
                  : rounding == kCeil  ? __builtin_ceil(value)
                  : rounding == kFloor ? __builtin_floor(value)
                                       : __builtin_fabs(value);
  return number;
}

Node* extreme(const BuiltInCall& call, int sign) {
  ListNode* list = call.list(0);
  if (list->items.empty()) return call.fail("At least one argument must be passed.");
  Number* best = nullptr;
  for (std::uint32_t i = 0; i < list->items.size; i++) {
    Node* value = value_at(list, i);
    auto* number = as<Number>(value);
    if (!number) {
      Text message;
      message.add("\"");
      message.add(to_string(call.context, value, call.context.print));
      message.add(sign < 0 ? "\" is not a number for `min'" : "\" is not a number for `max'");
      return call.fail(message.str(), "use unquote() or interpolation for CSS's own function");
    }
    bool comparable = true, better = !best;
    if (best)
      better = sign < 0 ? less(call.context.arena, number, best, comparable)
                        : less(call.context.arena, best, number, comparable);
    if (!comparable) {
      Text message;
      message.add("Incompatible units: '");
      message.add(unit_of(call.context.arena, number));
      message.add("' and '");
      message.add(unit_of(call.context.arena, best));
      message.add("'.");
      return call.fail(message.str(), "compare values of one unit");
    }
    if (better) best = number;
  }
  return best;
}

Node* random(const BuiltInCall& call, int) {
  double random = call.evaluator.random();
  auto* limit = as<Number>(call[0]);
  if (!limit) {
    if (!as<Boolean>(call[0])) {
      call.wrong_type(0, "number");
      return call.null();
    }
    return call.number_node(random);
  }
  if (limit->value < 1) return call.fail("$limit must be greater than or equal to 1 for `random'");
  if (!near(__builtin_trunc(limit->value), limit->value))
    return call.fail("Expected $limit to be an integer for `random'");
  return call.number_node(__builtin_floor(1 + random * limit->value));
}

Node* unit(const BuiltInCall& call, int) {
  Number* number = reduced(call, 0);
  return call.text(quote(call.context.arena, unit_of(call.context.arena, number), '"'));
}

Node* unitless(const BuiltInCall& call, int) { return call.boolean(!reduced(call, 0)->units); }

Node* comparable(const BuiltInCall& call, int) {
  Number *a = reduced(call, 0), *b = reduced(call, 1);
  if (!a->units || !b->units) return call.boolean(true);
  normalize(call.context.arena, a);
  normalize(call.context.arena, b);
  return call.boolean(same_units(a->units, b->units));
}
}  // namespace

const BuiltIn kNumberFunctions[] = {{"percentage($number)", percentage, 0},
                                    {"round($number)", round, kRound},
                                    {"ceil($number)", round, kCeil},
                                    {"floor($number)", round, kFloor},
                                    {"abs($number)", round, kAbs},
                                    {"min($numbers...)", extreme, -1},
                                    {"max($numbers...)", extreme, 1},
                                    {"random($limit: false)", random, 0},
                                    {"unit($number)", unit, 0},
                                    {"unitless($number)", unitless, 0},
                                    {"comparable($number1, $number2)", comparable, 0},
                                    {nullptr, nullptr, 0}};

}  // namespace meridian::sass
