// Filters that calculate.
#include <cmath>

#include "internal.h"

namespace meridian::liquid {

Value to_number(const Value& v) {
  if (v.is_number()) return v;
  if (!v.is_string()) return 0;
  Str s = strip(v.str());  // -?\d+\.\d+ and nothing else is a decimal number
  std::size_t at = begins(s, "-"), begin = at;
  while (at < s.size() && is_digit(s[at])) at++;
  bool decimal = at > begin && at + 1 < s.size() && s[at] == '.';
  while (decimal && ++at < s.size()) decimal = is_digit(s[at]);
  if (decimal) return parse_float(s);
  return to_i(v);
}

namespace {
double to_double(const Value& v) { return v.is(Kind::Float) ? v.d : double(v.i); }

void read(const Value& v, Decimal& out) {
  Text text;
  print(v, text);
  out.parse(text.str());
}

/// An Int if it fits, else the Float.
Value integer(double d) {
  if (d >= -9223372036854775808.0 && d < 9223372036854775808.0) return std::int64_t(d);
  return d;
}

bool is_finite(const Value& v) { return !v.is(Kind::Float) || v.d - v.d == 0; }

Value not_finite(FilterCall& call, double d) {
  return call.raise("Liquid::FloatDomainError", d != d  ? Str("Computation results in 'NaN' (Not a Number)")
                                                : d < 0 ? Str("Computation results in '-Infinity'")
                                                        : Str("Computation results in 'Infinity'"));
}

/// False when the result is no int64.
bool integers(char op, std::int64_t x, std::int64_t y, std::int64_t& out) {
  switch (op) {
    case '+': return !__builtin_add_overflow(x, y, &out);
    case '-': return !__builtin_sub_overflow(x, y, &out);
    case '*': return !__builtin_mul_overflow(x, y, &out);
  }
  if (y == -1) {
    out = 0;
    return op == '%' || !__builtin_sub_overflow(std::int64_t(0), x, &out);
  }
  std::int64_t quotient = x / y, rest = x % y;  // Ruby rounds down
  if (rest && (rest < 0) != (y < 0)) quotient--, rest += y;
  out = op == '/' ? quotient : rest;
  return true;
}

double doubles(char op, double x, double y) {
  switch (op) {
    case '+': return x + y;
    case '-': return x - y;
    case '*': return x * y;
    default: return x / y;
  }
}

double decimals(char op, const Value& x, const Value& y) {
  Decimal a, b, result, whole;
  read(x, a);
  read(y, b);
  switch (op) {
    case '+': case '-': add(a, b, op == '-', result); break;
    case '*': multiply(a, b, result); break;
    case '/': divide(a, b, false, result); break;
    default:
      divide(a, b, true, whole);
      multiply(whole, b, result);
      add(a, Decimal(result), true, result);
      if (result.size && result.negative != b.negative) add(Decimal(result), b, false, result);
  }
  return result.value();
}
}  // namespace

Value filter_arithmetic(FilterCall& call) {  // plus, minus, times, divided_by, modulo
  Value x = to_number(call.input), y = to_number(call.arg(0));
  bool whole = x.is(Kind::Int) && y.is(Kind::Int);
  bool divides = call.op == '/' || call.op == '%';
  if (divides && to_double(y) == 0) {
    if (whole || call.op == '%') return call.raise("Liquid::ZeroDivisionError", "divided by 0");
    return to_double(x) / to_double(y);
  }
  std::int64_t i;
  if (whole && integers(call.op, x.i, y.i, i)) return i;
  if (is_finite(x) && is_finite(y)) return decimals(call.op, x, y);
  return doubles(call.op, to_double(x), to_double(y));
}

Value filter_round(FilterCall& call) {  // round, ceil, floor, abs
  Value x = to_number(call.input);
  if (call.op == 'a') {
    if (x.is(Kind::Float)) return std::fabs(x.d);
    return x.i == INT64_MIN ? x : Value(x.i < 0 ? -x.i : x.i);
  }
  if (!is_finite(x)) return not_finite(call, x.d);
  if (call.op != 'r') return x.is(Kind::Int) ? x : integer(call.op == 'c' ? std::ceil(x.d) : std::floor(x.d));
  std::int64_t places = to_i(to_number(call.arg(0)));
  if (x.is(Kind::Int) && places >= 0) return x;
  if (places > 400) return x;  // a double has no more
  Decimal d;
  read(x, d);
  d.round(places < -400 ? -400 : int(places));
  return places > 0 ? Value(d.value()) : integer(d.value());
}

Value filter_bound(FilterCall& call) {  // at_least, at_most
  Value x = to_number(call.input), y = to_number(call.arg(0));
  int order;
  if (!compare(y, x, order)) return x;
  return (call.op == 'l' ? order > 0 : order < 0) ? y : x;
}

}  // namespace meridian::liquid
