// Numbers as text, exactly, with one small big integer and no tables.
#include "meridian/text.h"

namespace meridian {

namespace {
/// Digits of a decimal number that are kept; the rest can only break a tie, so one digit replaces
/// it. (The exact decimal form of a midpoint between two doubles has at most 767 digits.)
constexpr int kMaxDigits = 770;
/// The first bit of a double's mantissa, which is not written.
constexpr std::uint64_t kHidden = 1ull << 52;

/// An unsigned integer of up to 128 words: 10^1100 with a double's mantissa and shift to spare,
/// which is the largest that reading or printing a double can need.
struct Big {
  static constexpr int kWords = 128;
  int size = 2;
  std::uint32_t words[kWords];

  explicit Big(std::uint64_t x) {
    words[0] = std::uint32_t(x);
    words[1] = std::uint32_t(x >> 32);
    trim();
  }

  /// this = this * factor + plus
  MERIDIAN_NOINLINE void multiply(std::uint32_t factor, std::uint32_t plus = 0) {
    std::uint64_t carry = plus;
    for (int i = 0; i < size || carry; i++) {
      MERIDIAN_ASSERT(i < kWords);
      if (i == size) words[size++] = 0;
      carry += std::uint64_t(words[i]) * factor;
      words[i] = std::uint32_t(carry);
      carry >>= 32;
    }
  }
  /// this = this * base^exponent, for a base up to 10. Nothing happens when the exponent is not
  /// positive.
  MERIDIAN_NOINLINE void multiply_by_power(std::uint32_t base, int exponent) {
    for (; exponent > 0; exponent--) {
      std::uint32_t factor = base;
      for (; exponent > 1 && factor < (1u << 31) / 5; exponent--) factor *= base;
      multiply(factor);
    }
  }
  /// this = this / 10^9; returns the remainder
  std::uint32_t divide() {
    constexpr std::uint32_t kDivisor = 1000000000;
    std::uint64_t rest = 0;
    for (int i = size; i-- > 0;) {
      rest = rest << 32 | words[i];
      words[i] = std::uint32_t(rest / kDivisor);
      rest %= kDivisor;
    }
    trim();
    return std::uint32_t(rest);
  }
  /// Subtracts b if it is not larger than this. Whether it was not.
  bool subtract(const Big& b) {
    if (size < b.size) return false;
    for (int sign = -1;; sign = 1) {
      std::int64_t carry = 0;
      for (int i = 0; i < size; i++) {
        carry += words[i] + sign * std::int64_t(i < b.size ? b.words[i] : 0);
        words[i] = std::uint32_t(carry);
        carry >>= 32;
      }
      if (carry >= 0) {
        trim();
        return sign < 0;
      }
    }  // it was larger: restore
  }
  int bit_length() const { return size ? size * 32 - __builtin_clz(words[size - 1]) : 0; }

 private:
  void trim() {
    while (size && !words[size - 1]) size--;
  }
};

/// A parsed number: value = digits * 10^exponent.
struct Decimal {
  Big digits{0};
  int count = 0, exponent = 0;

  void add(int digit, bool after_point) {
    exponent -= after_point;
    if (count < kMaxDigits) {
      digits.multiply(10, std::uint32_t(digit));
      count += digits.size > 0;  // without the zeros that lead
      return;
    }
    exponent++;
    if (digit && count == kMaxDigits) {
      digits.multiply(10, 1);
      exponent--;
      count++;
    }
  }

  double value() {
    int bits = digits.bit_length();
    int magnitude = bits * 3 / 10 + exponent;  // of the decimal form, up to four digits too low
    if (magnitude > 310) return bits ? __builtin_inf() : 0;
    if (magnitude < -330) return 0;
    if (bits <= 53 && exponent >= -22 &&
        exponent <= 22) {  // both exact as doubles, so is one operation's rounding
      double number = 0, power = 1;
      for (int i = digits.size; i-- > 0;) number = number * 4294967296.0 + digits.words[i];
      for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--) power *= 10;
      return exponent < 0 ? number / power : number * power;
    }
    Big denominator(1);
    denominator.multiply_by_power(10, -exponent);
    digits.multiply_by_power(10, exponent);
    return divide(digits, denominator);
  }

 private:
  /// numerator / denominator, correctly rounded.
  static double divide(Big& numerator, Big& denominator) {
    constexpr int kLeast =
        -1076;  // the least double is 2^-1074, and two more bits of the quotient tell how to round
    int exponent = numerator.bit_length() - denominator.bit_length();
    numerator.multiply_by_power(2, -exponent);
    denominator.multiply_by_power(2, exponent);
    if (exponent++ < kLeast) exponent = kLeast;
    std::uint64_t quotient = 0;
    for (; !(quotient >> 54) && exponent > kLeast; exponent--) {
      quotient = quotient * 2 + numerator.subtract(denominator);
      numerator.multiply(2);
    }
    // Up when more than half of the last place is left, or half of it and the last bit is 1.
    int rest = int(quotient & 7) | (numerator.size > 0);
    quotient = (quotient >> 2) + (rest == 3 || rest >= 6);
    // A 53rd bit of the quotient counts the exponent up, and so does one more that rounding made.
    quotient += std::uint64_t(exponent - kLeast) << 52;
    constexpr std::uint64_t kInfinity = 0x7FFull << 52;
    if (quotient > kInfinity) quotient = kInfinity;
    double d;
    std::memcpy(&d, &quotient, 8);
    return d;
  }
};

/// The decimal digits of number * 2^exponent * 10^-power, behind zeros; the last digit is a tenth.
struct Places {
  static constexpr int kCount = 792;  // the double with the most digits needs 770
  char digits[kCount];

  Places(std::uint64_t number, int exponent, bool minus_one) {
    Big whole(number);
    whole.multiply_by_power(2, exponent);
    whole.multiply_by_power(5, -exponent);
    whole.multiply(10);
    for (int i = 0; minus_one && !whole.words[i]--;) i++;
    std::memset(digits, '0', kCount);
    for (char* group = digits + kCount; whole.size; group -= 9) {
      std::uint32_t rest = whole.divide();
      for (char* digit = group; rest; rest /= 10) *--digit = char('0' + rest % 10);
    }
  }
};

/// The shortest NUMBER that reads back as d > 0, and `point` so that d = 0.NUMBER * 10^point. At
/// most 17 digits.
std::uint64_t shortest(double d, int& point) {
  std::uint64_t mantissa;
  std::memcpy(&mantissa, &d, 8);
  int biased = int(mantissa >> 52);
  mantissa &= kHidden - 1;
  bool narrow = !mantissa && biased > 1;  // the neighbour below is nearer
  if (biased)
    mantissa |= kHidden;
  else
    biased = 1;
  // All between `low` and `high` reads back; the ends too when the mantissa is even. Both are made
  // so that a number that is cut after some digits is larger than `low` (smaller than `high`) if it
  // is when both are cut as well.
  int exponent = biased - 1077;
  bool even = !(mantissa & 1);
  const Places low(mantissa * 4 - 2 + narrow, exponent, even), value(mantissa * 4, exponent, false),
      high(mantissa * 4 + 2, exponent, !even);
  int at = 0;
  while (high.digits[at] == '0') at++;
  point = Places::kCount - 1 - at + (exponent < 0 ? exponent : 0);
  std::uint64_t below = 0, number = 0, above = 0;
  for (;; at++) {
    auto append = [at](std::uint64_t& n, const Places& places) {
      n = n * 10 + std::uint64_t(places.digits[at] - '0');
    };
    append(below, low);
    append(number, value);
    append(above, high);
    bool cut = number > below, up = number < above;
    if (cut || up) return number + (up && (!cut || value.digits[at + 1] >= '5'));
  }
}
}  // namespace

void add_float(Text& out, double d) {
  if (d != d) return out.add("NaN");
  if (d < 0 || (d == 0 && 1 / d < 0)) {
    out.add('-');
    d = -d;
  }
  if (d - d != 0) return out.add("Infinity");
  int point = 1;
  Text number;
  number.add_int(d > 0 ? std::int64_t(shortest(d, point)) : 0);
  Str digits = number.str();
  bool scientific = point < -3 || point > 15;
  int shown = scientific ? 1 : point;  // digits before the point
  if (shown <= 0) {
    out.add("0.");
    out.add(std::size_t(-shown), '0');
    return out.add(digits);
  }
  for (int i = 0; i <= shown || i < int(digits.size()); i++) {
    if (i == shown) out.add('.');
    out.add(i < int(digits.size()) ? digits[std::size_t(i)] : '0');
  }
  if (!scientific) return;
  out.add(point < 1 ? "e-" : "e+");
  int exponent = point < 1 ? 1 - point : point - 1;
  if (exponent < 10) out.add('0');
  out.add_int(exponent);
}

double parse_float(Str s, std::size_t* used) {
  std::size_t i = is_one_of(char_at(s, 0), "+-"), end = 0;
  Decimal number;
  for (bool after_point = false;; i++) {
    char c = char_at(s, i);
    if (is_digit(c))
      number.add(c - '0', after_point), end = i + 1;
    else if (c == '.' && !after_point && is_digit(char_at(s, i + 1)))
      after_point = true;
    else
      break;
  }
  if (end && (char_at(s, i) | 32) == 'e') {
    bool down = char_at(s, ++i) == '-';
    i += is_one_of(char_at(s, i), "+-");
    int exponent = 0;
    for (; is_digit(char_at(s, i)); end = ++i)
      if (exponent < 100000000) exponent = exponent * 10 + (s[i] - '0');
    number.exponent += down ? -exponent : exponent;
  }
  if (used) *used = end;
  double d = number.value();
  return char_at(s, 0) == '-' ? -d : d;
}

std::int64_t parse_int(Str s, std::size_t* used) {
  bool negative = char_at(s, 0) == '-';
  const std::uint64_t limit = (1ull << 63) - !negative;
  std::uint64_t n = 0;
  std::size_t i = is_one_of(char_at(s, 0), "+-"), end = 0;
  while (is_digit(char_at(s, i))) {
    auto digit = std::uint64_t(s[i] - '0');
    n = n > (limit - digit) / 10 ? limit : n * 10 + digit;  // saturates
    end = ++i;
    if (char_at(s, i) == '_' && is_digit(char_at(s, i + 1))) i++;
  }
  if (used) *used = end;
  return std::int64_t(negative ? 0 - n : n);
}

}  // namespace meridian
