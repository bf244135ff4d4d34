// Decimal arithmetic, digit by digit: slow and small, and exact where doubles are not.
#include "internal.h"

namespace meridian::liquid {

namespace {
constexpr int kRoom = int(sizeof Decimal::digits);

/// Makes digits out of sums of digits; false when the whole is negative.
bool carry(int* sums, int count) {
  int over = 0;
  for (int i = count; i--;) {
    int v = sums[i] + over;
    over = v / 10 - (v % 10 < 0);
    sums[i] = v - over * 10;
  }
  return over == 0;
}

void assign(Decimal& d, const int* digits, int count, int exponent) {
  d.exponent = exponent;
  while (count && !*digits) digits++, count--, d.exponent--;
  d.size = count < kRoom ? count : kRoom;
  for (int i = 0; i < d.size; i++) d.digits[i] = std::uint8_t(digits[i]);
  d.trim();
}
}  // namespace

void Decimal::trim() {
  while (size && !digits[size - 1]) size--;
  if (!size) exponent = 0;
}

void Decimal::parse(const Str& s) {
  *this = {};
  std::size_t at = 0;
  if (!s.empty() && s[0] == '-') negative = true, at++;
  bool point = false;
  for (; at < s.size() && (is_digit(s[at]) || s[at] == '.'); at++) {
    if (s[at] == '.') {
      point = true;
    } else if (s[at] == '0' && !size) {
      exponent -= point;
    } else {
      if (size < kDigits) digits[size++] = std::uint8_t(s[at] - '0');
      exponent += !point;
    }
  }
  if (at < s.size() && s[at] == 'e') exponent += int(parse_int(slice(s, at + 1)));
  trim();
}

double Decimal::value() const {
  Text text;
  text.add(negative ? "-0." : "0.");
  for (int i = 0; i < size; i++) text.add(char('0' + digits[i]));
  if (!size) text.add('0');
  text.add('e');
  text.add_int(exponent);
  return parse_float(text.str());
}

void Decimal::round(int places) {
  int keep = exponent + places;
  if (keep >= size) return;
  bool up = keep >= 0 && digits[keep] >= 5;
  size = keep < 0 ? 0 : keep;
  while (up && size && digits[size - 1] == 9) size--;
  if (up && size) digits[size - 1]++;
  if (up && !size) digits[size++] = 1, exponent++;
  trim();
}

void multiply(const Decimal& a, const Decimal& b, Decimal& out) {
  int sums[kRoom * 2] = {};
  for (int i = 0; i < a.size; i++)
    for (int j = 0; j < b.size; j++) sums[i + j + 1] += a.digits[i] * b.digits[j];
  carry(sums, a.size + b.size);
  out.negative = a.negative != b.negative;
  assign(out, sums, a.size + b.size, a.exponent + b.exponent);
}

void add(const Decimal& a, const Decimal& b, bool subtract, Decimal& out) {
  // Digits that lie far behind the first one of the greater number can't be seen in a double.
  int sums[kRoom * 2] = {}, count = kRoom * 2;
  int top = (a.size && a.exponent > b.exponent) || !b.size ? a.exponent : b.exponent;
  auto put = [&](const Decimal& d, int sign) {
    for (int i = 0, at = top - d.exponent + 1; i < d.size && at < count; i++, at++) sums[at] += sign * d.digits[i];
  };
  put(a, a.negative ? -1 : 1);
  put(b, b.negative != subtract ? -1 : 1);
  out.negative = false;
  if (!carry(sums, count)) {  // again from the negated digits: what carry() left is the complement
    for (int i = 0; i < count; i++) sums[i] = -sums[i];
    carry(sums, count);
    out.negative = true;
  }
  assign(out, sums, count, top + 1);
}

void divide(const Decimal& a, const Decimal& b, bool whole, Decimal& out) {
  int quotient[Decimal::kDigits] = {}, rest[kRoom + 1] = {};
  int exponent = a.exponent - b.exponent + 1, count = whole ? exponent : Decimal::kDigits;
  if (count > Decimal::kDigits) count = Decimal::kDigits;
  int width = b.size + 1, next = 0;
  for (; next < b.size - 1; next++) rest[next + 2] = next < a.size ? a.digits[next] : 0;
  for (int i = 0; i < count; i++, next++) {
    for (int k = 0; k + 1 < width; k++) rest[k] = rest[k + 1];
    rest[width - 1] = next < a.size ? a.digits[next] : 0;
    for (;; quotient[i]++) {
      int less[kRoom + 1];
      less[0] = rest[0];
      for (int k = 1; k < width; k++) less[k] = rest[k] - b.digits[k - 1];
      if (!carry(less, width)) break;
      std::memcpy(rest, less, sizeof(int) * std::size_t(width));
    }
  }
  out.negative = a.negative != b.negative;
  assign(out, quotient, count < 0 ? 0 : count, exponent);
}

}  // namespace meridian::liquid
