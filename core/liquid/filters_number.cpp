// Filters that calculate.
#include <cmath>

#include "internal.h"

namespace meridian::liquid {

Value to_number(const Value& v) {
  if (v.is_number()) return v;
  if (!v.is_string()) return 0;
  Str s = strip(v.str());  // -?\d+\.\d+ and nothing else is a decimal number
  std::size_t begin = peek(s, 0) == '-', point = skip(s, begin, kDigits),
              end = skip(s, point + 1, kDigits);
  if (point > begin && peek(s, point) == '.' && end > point + 1 && end == s.size())
    return parse_float(s);
  return to_i(v);
}

namespace {
/// An Int if it fits, else the Float.
Value integer(double d) {
  if (d >= -9223372036854775808.0 && d < 9223372036854775808.0) return std::int64_t(d);
  return d;
}

bool is_finite(double d) { return d - d == 0; }

Value not_finite(FilterCall& call, const Value& v) {
  const char* pattern =
      v.d != v.d ? "Computation results in '$' (Not a Number)" : "Computation results in '$'";
  return call.raise("Liquid::FloatDomainError", format(call.arena, pattern, to_str(call.arena, v)));
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

// ---- decimal numbers ----
//
// Ruby's Liquid calculates with BigDecimal, so that 1.1 + 2.2 is 3.3. A double's shortest decimal
// form has at most 17 digits, which fit an integer; numbers that don't fit are calculated as
// doubles.

struct Decimal {
  std::int64_t digits = 0;  // without trailing zeros
  int exponent = 0;

  explicit Decimal(const Value& v) {
    if (v.is(Kind::Int)) {
      digits = v.i;
    } else {
      Text text;  // `-1.5e-07`, at most 17 digits
      add_float(text, v.d);
      Str s = text.str();
      std::size_t e = s.find('e');
      bool point = false;
      for (char c : slice(s, 0, e)) {
        if (is_digit(c)) {
          digits = digits * 10 + (c - '0');
          exponent -= point;
        }
        point = point || c == '.';
      }
      if (s[0] == '-') digits = -digits;
      exponent += int(parse_int(slice(slice(s, e), 1)));
    }
    for (; digits && digits % 10 == 0; digits /= 10) exponent++;
  }
  double value() const {
    Text text;
    text.add_int(digits);
    text.add('e');
    text.add_int(exponent);
    return parse_float(text.str());
  }
  /// Writes zeros behind the digits down to that exponent; false when they don't fit.
  bool scale(int to) {
    for (; digits && exponent > to; exponent--)
      if (__builtin_mul_overflow(digits, std::int64_t(10), &digits)) return false;
    exponent = to;
    return true;
  }
  /// Halves go away from zero.
  void round(int places) {
    std::int64_t last = 0;
    for (; exponent < -places && (digits || last); exponent++) {
      last = digits % 10;
      digits /= 10;
    }
    digits += last >= 5 ? 1 : last <= -5 ? -1 : 0;
  }
};

constexpr std::int64_t kExact = std::int64_t(1) << 53;  // integers below are doubles too

bool decimals(char op, Decimal& a, Decimal& b, double& out) {
  if (op == '*') {
    a.exponent += b.exponent;
  } else {
    int least = a.exponent < b.exponent ? a.exponent : b.exponent;
    if (!a.scale(least) || !b.scale(least)) return false;
  }
  if (op == '/') {
    out = double(a.digits) / double(b.digits);
    return a.digits < kExact && a.digits > -kExact && b.digits < kExact && b.digits > -kExact;
  }
  if (!integers(op, a.digits, b.digits, a.digits)) return false;
  out = a.value();
  return true;
}

double doubles(char op, double x, double y) {
  switch (op) {
    case '+': return x + y;
    case '-': return x - y;
    case '*': return x * y;
    case '/': return x / y;
    default: return x - y * std::floor(x / y);
  }
}
}  // namespace

Value filter_arithmetic(FilterCall& call) {  // plus, minus, times, divided_by, modulo
  Value x = to_number(call.input), y = to_number(call.arg(0));
  bool whole = x.is(Kind::Int) && y.is(Kind::Int);
  double a = to_double(x), b = to_double(y), d;
  if (b == 0 && (call.op == '/' || call.op == '%')) {
    if (whole || call.op == '%') return call.raise("Liquid::ZeroDivisionError", "divided by 0");
    return a / b;
  }
  std::int64_t i;
  if (whole && integers(call.op, x.i, y.i, i)) return i;
  if (is_finite(a) && is_finite(b)) {
    Decimal first(x), second(y);
    if (decimals(call.op, first, second, d)) return d;
  }
  return doubles(call.op, a, b);
}

Value filter_round(FilterCall& call) {  // round, ceil, floor, abs
  Value x = to_number(call.input);
  if (call.op == 'a') {
    if (x.is(Kind::Float))
      x.d = std::fabs(x.d);
    else if (x.i < 0)
      x.i = std::int64_t(0 - std::uint64_t(x.i));
    return x;
  }
  if (!is_finite(to_double(x))) return not_finite(call, x);
  std::int64_t places = to_i(to_number(call.arg(0)));
  if ((x.is(Kind::Int) && places >= 0) || places > 400) return x;  // a double has no more
  if (call.op != 'r') return integer(call.op == 'c' ? std::ceil(x.d) : std::floor(x.d));
  Decimal d(x);
  d.round(places < -400 ? -400 : int(places));
  double rounded = d.value();  // scaling changes a number that does not fit
  return places > 0 || !d.scale(0) ? Value(rounded) : Value(d.digits);
}

Value filter_bound(FilterCall& call) {  // at_least, at_most
  Value x = to_number(call.input), y = to_number(call.arg(0));
  int order;
  if (!compare(y, x, order)) return x;
  return (call.op == 'l' ? order > 0 : order < 0) ? y : x;
}

}  // namespace meridian::liquid
