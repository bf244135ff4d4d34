// Numbers as text, exactly, with one small big integer and no tables.
#include "meridian/text.h"

namespace meridian {

namespace {
/// Digits of a decimal number that are kept; what follows can only break a tie, so one digit stands for it.
/// (The exact decimal form of a midpoint between two doubles has at most 767 digits.)
constexpr int kMaxDigits = 770;

/// An unsigned integer of up to 128 words: 10^1100 with a double's mantissa and shift to spare, which is the largest
/// that reading or printing a double can need.
struct Big {
  static constexpr int kWords = 128;
  int size = 0;
  std::uint32_t words[kWords];

  explicit Big(std::uint64_t x) {
    for (; x; x >>= 32) words[size++] = std::uint32_t(x);
  }
  Big(const Big& other) : size(other.size) { std::memcpy(words, other.words, std::size_t(size) * 4); }

  /// this = this * factor + plus
  void multiply(std::uint32_t factor, std::uint32_t plus = 0) {
    std::uint64_t carry = plus;
    for (int i = 0; i < size; i++) {
      carry += std::uint64_t(words[i]) * factor;
      words[i] = std::uint32_t(carry);
      carry >>= 32;
    }
    if (!carry) return;
    if (size == kWords) fatal();
    words[size++] = std::uint32_t(carry);
  }
  /// Nothing happens when the exponent is not positive.
  void multiply_by_power_of_ten(int exponent) {
    for (; exponent >= 9; exponent -= 9) multiply(1000000000);
    for (; exponent > 0; exponent--) multiply(10);
  }
  void shift_left(int bits) {
    for (; bits >= 31; bits -= 31) multiply(1u << 31);
    if (bits > 0) multiply(1u << bits);
  }
  void add(const Big& b) { combine(b, 1); }
  void subtract(const Big& b) { combine(b, -1); }  // b <= this

  /// -1, 0 or 1
  int compare(const Big& b) const {
    if (size != b.size) return size < b.size ? -1 : 1;
    for (int i = size; i-- > 0;)
      if (words[i] != b.words[i]) return words[i] < b.words[i] ? -1 : 1;
    return 0;
  }
  int bit_length() const { return size ? size * 32 - __builtin_clz(words[size - 1]) : 0; }

 private:
  void combine(const Big& b, int sign) {
    std::int64_t carry = 0;
    for (int i = 0; i < size || i < b.size || carry; i++) {
      if (i == size) {
        if (size == kWords) fatal();
        words[size++] = 0;
      }
      carry += words[i] + sign * std::int64_t(i < b.size ? b.words[i] : 0);
      words[i] = std::uint32_t(carry);
      carry >>= 32;
    }
    while (size && !words[size - 1]) size--;
  }
};

/// d = mantissa * 2^exponent, for a finite d >= 0
std::uint64_t split(double d, int& exponent) {
  std::uint64_t bits;
  std::memcpy(&bits, &d, 8);
  int biased = int(bits >> 52) & 0x7FF;
  std::uint64_t fraction = bits & ((1ull << 52) - 1);
  exponent = (biased ? biased : 1) - 1075;
  return biased ? fraction | 1ull << 52 : fraction;
}

/// The shortest digits that read back as d > 0, and `point` so that d = 0.DIGITS * 10^point. At most 17.
/// Steele and White's algorithm: value, and half the gaps to both neighbours, as fractions of one denominator.
int shortest_digits(double d, char* digits, int& point) {
  int exponent;
  std::uint64_t mantissa = split(d, exponent);
  bool even = !(mantissa & 1);                               // then the ends of the interval round to d as well
  bool narrow = mantissa == 1ull << 52 && exponent > -1074;  // the neighbour below is nearer
  Big value(mantissa), unit(1), above(1), below(1);
  int up = exponent > 0 ? exponent : 0, down = exponent < 0 ? -exponent : 0;
  value.shift_left(up + 1 + narrow);
  unit.shift_left(down + 1 + narrow);
  above.shift_left(up + narrow);
  below.shift_left(up);

  auto reaches_unit = [&] {
    Big sum = value;
    sum.add(above);
    int c = sum.compare(unit);
    return even ? c >= 0 : c > 0;
  };
  // The estimate of log10 is exact or one too low.
  int bits = 64 - __builtin_clzll(mantissa);
  double logarithm = (exponent + bits - 1) * 0.30102999566398114;
  point = int(logarithm);
  if (logarithm < 0) point--;
  unit.multiply_by_power_of_ten(point);
  for (Big* b : {&value, &above, &below}) b->multiply_by_power_of_ten(-point);
  while (reaches_unit()) unit.multiply(10), point++;

  for (int count = 0;;) {
    for (Big* b : {&value, &above, &below}) b->multiply(10);
    int digit = 0;
    while (value.compare(unit) >= 0) value.subtract(unit), digit++;
    int c = value.compare(below);
    bool low = even ? c <= 0 : c < 0, high = reaches_unit();
    if (low && high) {
      value.multiply(2);
      high = value.compare(unit) >= 0;
    }
    digits[count++] = char('0' + digit + high);
    if (low || high) return count;
  }
}

/// numerator / denominator, correctly rounded.
double divide(Big& numerator, Big& denominator) {
  // Scaled so that the quotient has 53 bits, or fewer where doubles end.
  int exponent = numerator.bit_length() - denominator.bit_length() - 53;
  if (exponent < -1074) exponent = -1074;
  if (exponent < 0)
    numerator.shift_left(-exponent);
  else
    denominator.shift_left(exponent);
  std::uint64_t quotient = 0;
  int bits = numerator.bit_length() - denominator.bit_length();
  if (bits < 0) bits = 0;
  denominator.shift_left(bits);
  for (int i = 0;; i++) {
    quotient <<= 1;
    if (numerator.compare(denominator) >= 0) numerator.subtract(denominator), quotient |= 1;
    if (i == bits) break;
    numerator.multiply(2);
  }
  // Half of the last place decides; a tie goes to the even one.
  numerator.multiply(2);
  int c = numerator.compare(denominator);
  if (quotient >> 53) {  // one bit more than fits: the last one is the half, the rest breaks the tie
    bool half = quotient & 1, rest = numerator.size > 0;
    quotient >>= 1;
    exponent++;
    if (half && (rest || (quotient & 1))) quotient++;
  } else if (c > 0 || (c == 0 && (quotient & 1))) {
    quotient++;
  }
  if (quotient >> 53) quotient >>= 1, exponent++;  // rounded up to the next power of two
  if (quotient >> 52) {
    int biased = exponent + 1075;
    quotient = biased >= 0x7FF ? 0x7FFull << 52 : (quotient & ((1ull << 52) - 1)) | std::uint64_t(biased) << 52;
  }
  double d;
  std::memcpy(&d, &quotient, 8);
  return d;
}

/// A decimal number as it is read: value = digits * 10^exponent.
struct Decimal {
  Big digits{0};
  std::uint64_t head = 0;  // of the first 18 digits
  int count = 0, exponent = 0;

  void add(char c, bool after_point) {
    if (count >= kMaxDigits) {
      exponent += !after_point;
      if (c != '0' && count == kMaxDigits) {
        digits.multiply(10, 1);
        exponent--;
        count++;
      }
      return;
    }
    if (count || c != '0') count++;
    if (count <= 18) head = head * 10 + std::uint64_t(c - '0');
    digits.multiply(10, std::uint32_t(c - '0'));
    exponent -= after_point;
  }

  double value() {
    if (!head) return 0;
    if (count + exponent > 310) return __builtin_inf();
    if (count + exponent < -330) return 0;
    if (count <= 15 && exponent >= -22 && exponent <= 22) {  // both exact as doubles, so is one operation's rounding
      double power = 1;
      for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--) power *= 10;
      return exponent < 0 ? double(head) / power : double(head) * power;
    }
    Big denominator(1);
    digits.multiply_by_power_of_ten(exponent);
    denominator.multiply_by_power_of_ten(-exponent);
    return divide(digits, denominator);
  }
};
}  // namespace

void add_float(Text& out, double d) {
  if (d != d) return out.add("NaN");
  if (d < 0 || (d == 0 && 1 / d < 0)) {
    out.add('-');
    d = -d;
  }
  if (d - d != 0) return out.add("Infinity");
  char digits[20] = {'0'};
  int point = 1, count = 1;
  if (d > 0) count = shortest_digits(d, digits, point);
  bool scientific = point < -3 || point > 16;
  int shown = scientific ? 1 : point;  // digits before the point
  if (shown <= 0) {
    out.add("0.");
    out.add(std::size_t(-shown), '0');
    out.add(digits, std::size_t(count));
    return;
  }
  for (int i = 0; i < shown || i < count || i == shown; i++) {
    if (i == shown) out.add('.');
    out.add(i < count ? digits[i] : '0');
  }
  if (!scientific) return;
  out.add(point < 1 ? "e-" : "e+");
  int exponent = point < 1 ? 1 - point : point - 1;
  if (exponent < 10) out.add('0');
  out.add_int(exponent);
}

double parse_float(Str s, std::size_t* used) {
  std::size_t i = 0, end = 0;
  auto digit = [&] { return i < s.size() && is_digit(s[i]); };
  bool negative = i < s.size() && s[i] == '-';
  if (negative || (i < s.size() && s[i] == '+')) i++;
  Decimal number;
  for (; digit(); end = i) number.add(s[i++], false);
  if (i + 1 < s.size() && s[i] == '.' && is_digit(s[i + 1])) {
    i++;
    for (; digit(); end = i) number.add(s[i++], true);
  }
  if (end && i < s.size() && (s[i] | 32) == 'e') {
    i++;
    bool down = i < s.size() && s[i] == '-';
    if (down || (i < s.size() && s[i] == '+')) i++;
    int exponent = 0;
    for (; digit(); end = ++i)
      if (exponent < 100000000) exponent = exponent * 10 + (s[i] - '0');
    number.exponent += down ? -exponent : exponent;
  }
  if (used) *used = end;
  double d = number.value();
  return negative ? -d : d;
}

std::int64_t parse_int(Str s, std::size_t* used) {
  std::size_t i = 0, end = 0;
  bool negative = !s.empty() && s[0] == '-';
  if (negative || (!s.empty() && s[0] == '+')) i++;
  const std::uint64_t limit = (1ull << 63) - !negative;
  std::uint64_t n = 0;
  bool full = false;
  while (i < s.size() && is_digit(s[i])) {
    auto digit = std::uint64_t(s[i] - '0');
    full = full || n > (limit - digit) / 10;
    n = full ? limit : n * 10 + digit;
    end = ++i;
    if (i + 1 < s.size() && s[i] == '_' && is_digit(s[i + 1])) i++;
  }
  if (used) *used = end;
  return std::int64_t(negative ? 0 - n : n);
}

}  // namespace meridian
