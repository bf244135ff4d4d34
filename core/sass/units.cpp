// Units of numbers, and numbers as text.
#include "value.h"

namespace meridian::sass {

namespace {
constexpr double kPi = 3.14159265358979323846;

/// Kinds of units that can be converted: names, and how many there are of each before.
constexpr const char* kUnits[] = {"in",   "cm", "pc", "mm", "pt",  "px",  "deg",  "grad", "rad",
                                  "turn", "s",  "ms", "Hz", "kHz", "dpi", "dpcm", "dppx"};
constexpr int kFirst[] = {0, 6, 10, 12, 14, 17};
constexpr const char* kMain[] = {"px", "deg", "s", "Hz", "dpi"};

/// One of the first unit in all others of its kind, as libsass's tables have them: the quotients
/// there are not those of two factors, and the last digit depends on it.
constexpr double kLengths[6][6] = {
    {1, 2.54, 6, 25.4, 72, 96},
    {1.0 / 2.54, 1, 6.0 / 2.54, 10, 72.0 / 2.54, 96.0 / 2.54},
    {1.0 / 6.0, 2.54 / 6.0, 1, 25.4 / 6.0, 72.0 / 6.0, 96.0 / 6.0},
    {1.0 / 25.4, 1.0 / 10.0, 6.0 / 25.4, 1, 72.0 / 25.4, 96.0 / 25.4},
    {1.0 / 72.0, 2.54 / 72.0, 6.0 / 72.0, 25.4 / 72.0, 1, 96.0 / 72.0},
    {1.0 / 96.0, 2.54 / 96.0, 6.0 / 96.0, 25.4 / 96.0, 72.0 / 96.0, 1}};
constexpr double kAngles[4][4] = {{1, 40.0 / 36.0, kPi / 180.0, 1.0 / 360.0},
                                  {36.0 / 40.0, 1, kPi / 200.0, 1.0 / 400.0},
                                  {180.0 / kPi, 200.0 / kPi, 1, 0.5 / kPi},
                                  {360.0, 400.0, 2.0 * kPi, 1}};
constexpr double kResolutions[3][3] = {
    {1, 1 / 2.54, 1 / 96.0}, {2.54, 1, 2.54 / 96}, {96, 96 / 2.54, 1}};

/// The number of a unit, -1 for one that can't be converted; its kind in `kind`.
int unit_number(Str unit, int& kind) {
  int number = 0;
  kind = 0;
  for (const char* name : kUnits) {
    if (number == kFirst[kind + 1]) kind++;
    if (*name == char_at(unit, 0) && unit == name) return number;
    number++;
  }
  return -1;
}

/// How many `to` are one `from`; 0 when they are of different kinds.
double factor(Str from, Str to) {
  if (from == to) return 1;
  int kind, other;
  int a = unit_number(from, kind), b = unit_number(to, other);
  if (a < 0 || b < 0 || kind != other) return 0;
  a -= kFirst[kind];
  b -= kFirst[kind];
  switch (kind) {
    case 0: return kLengths[a][b];
    case 1: return kAngles[a][b];
    case 2: return a == b ? 1 : a ? 1 / 1000.0 : 1000.0;
    case 3: return a == b ? 1 : a ? 1000.0 : 1 / 1000.0;
    default: return kResolutions[a][b];
  }
}

double power(double base, int exponent) {
  double result = 1;
  for (int i = exponent < 0 ? -exponent : exponent; i > 0; i--) result *= base;
  return exponent < 0 ? 1 / result : result;
}

/// A unit and how often it is a factor.
struct Exponent {
  Str unit;
  int count;
};

Exponent& exponent_of(Arena& arena, List<Exponent>& list, Str unit) {
  for (Exponent& exponent : list)
    if (exponent.unit == unit) return exponent;
  return list.add(arena, {unit, 0});
}

double cancel(Exponent& left, Exponent& right) {
  int kind, other;
  if (left.unit == right.unit || !left.count || !right.count) return 0;
  if (unit_number(left.unit, kind) < 0 || unit_number(right.unit, other) < 0 || kind != other)
    return 0;
  double f;
  if (right.count < 0 && left.count > 0 && -right.count > left.count) {
    f = power(factor(right.unit, left.unit), left.count);
    right.count += left.count;
    left.count = 0;
  } else {
    f = power(factor(left.unit, right.unit), right.count);
    left.count += right.count;
    right.count = 0;
  }
  return f;
}

const Units* or_none(Units* units) {
  return units->numerators.empty() && units->denominators.empty() ? nullptr : units;
}

bool same(const List<Str>& a, const List<Str>& b) {
  if (a.size != b.size) return false;
  for (std::uint32_t i = 0; i < a.size; i++)
    if (a[i] != b[i]) return false;
  return true;
}

/// What makes a number of this unit one of the main unit of its kind; that in `main`.
double main_factor(Str unit, Str& main) {
  int kind;
  main = unit;
  if (unit_number(unit, kind) < 0 || unit == kMain[kind]) return 1;
  main = kMain[kind];
  return factor(main, unit);
}

double main_units(Arena& arena, const List<Str>& from, List<Str>& to) {
  double result = 1;
  for (Str unit : from) {
    Str main;
    result /= main_factor(unit, main);
    to.add(arena, main);
  }
  stable_sort(to.begin(), to.size, [](Str a, Str b) { return a < b; });
  return result;
}

/// Takes units of `from` that can be converted out of `to`; false when one is left.
bool match_units(Arena& arena, const List<Str>& from, const List<Str>& to, double& result,
                 bool divide, bool& rest) {
  List<Str> left = clone(arena, to);
  bool all = true;
  for (Str unit : from) {
    bool found = false;
    for (std::uint32_t i = 0; i < left.size && !found; i++) {
      double f = factor(unit, left[i]);
      if (f == 0) continue;
      result = divide ? result / f : result * f;
      for (std::uint32_t n = i + 1; n < left.size; n++) left[n - 1] = left[n];
      left.size--;
      found = true;
    }
    all = all && found;
  }
  rest = !left.empty();
  return all;
}

const List<Str> kNone;
const List<Str>& numerators(const Number* number) {
  return number->units ? number->units->numerators : kNone;
}
const List<Str>& denominators(const Number* number) {
  return number->units ? number->units->denominators : kNone;
}

/// Whether it is one unit, not a product or quotient.
bool is_single(const Units* units) {
  return units && units->numerators.size == 1 && units->denominators.empty();
}

/// Where both numbers have the same unit: their values in the main unit of its kind.
bool in_main_unit(Number& a, Number& b) {
  if (!is_single(a.units) || !same_units(a.units, b.units)) return false;
  Str main;
  double f = 1 / main_factor(a.units->numerators[0], main);
  a.value *= f;
  b.value *= f;
  return true;
}
}  // namespace

const Units* single_unit(Arena& arena, Str name) {
  auto* units = arena.make<Units>();
  units->numerators.add(arena, name);
  return units;
}

const Units* product(Context& context, const Place& at, const Units* a, const Units* b,
                     bool divide) {
  if (!b || (divide && is_single(a) && same_units(a, b))) return b ? nullptr : a;
  Arena& arena = context.arena;
  auto* units = arena.make<Units>();
  auto add = [&arena, units](const Units* from, bool swap) {
    if (!from) return;
    for (Str unit : from->numerators)
      (swap ? units->denominators : units->numerators).add(arena, unit);
    for (Str unit : from->denominators)
      (swap ? units->numerators : units->denominators).add(arena, unit);
  };
  add(a, false);
  add(b, divide);
  return context.may_have(at, units) ? or_none(units) : a;
}

bool equal_units(const Units* a, const Units* b) {
  if (!a || !b) return false;
  return same(a->numerators, b->numerators) && same(a->denominators, b->denominators);
}

Str unit_of(Arena& arena, const Number* number) {
  if (!number->units) return "";
  const Units& units = *number->units;
  if (units.numerators.size == 1 && units.denominators.empty()) return units.numerators[0];
  Text text;
  for (std::uint32_t i = 0; i < units.numerators.size; i++) {
    if (i) text.add('*');
    text.add(units.numerators[i]);
  }
  for (std::uint32_t i = 0; i < units.denominators.size; i++) {
    text.add(i ? '*' : '/');
    text.add(units.denominators[i]);
  }
  return arena.copy(text.str());
}

bool is_css_unit(const Number* number) {
  return numerators(number).size <= 1 && denominators(number).empty();
}

void reduce(Arena& arena, Number* number) {
  const List<Str>&above = numerators(number), &below = denominators(number);
  if (above.size + below.size < 2) return;
  List<Exponent> exponents;
  for (Str unit : above) exponent_of(arena, exponents, unit).count++;
  for (Str unit : below) exponent_of(arena, exponents, unit).count--;
  for (Str left : above)
    for (Str right : below) {
      Exponent& l = exponent_of(arena, exponents, left);
      Exponent& r = exponent_of(arena, exponents, right);
      work_done += kBytesOfItem;
      if (double f = cancel(l, r); f != 0) number->value /= f;
    }
  stable_sort(exponents.begin(), exponents.size,
              [](const Exponent& a, const Exponent& b) { return a.unit < b.unit; });
  auto* units = arena.make<Units>();
  for (Exponent& exponent : exponents) {
    for (int i = 0; i < exponent.count; i++) units->numerators.add(arena, exponent.unit);
    for (int i = 0; i > exponent.count; i--) units->denominators.add(arena, exponent.unit);
  }
  number->units = or_none(units);
}

void normalize(Arena& arena, Number* number) {
  if (!number->units) return;
  auto* units = arena.make<Units>();
  double f = main_units(arena, number->units->numerators, units->numerators);
  f *= main_units(arena, number->units->denominators, units->denominators);
  number->value *= f;
  number->units = or_none(units);
}

double conversion(Arena& arena, const Number* number, const Number* other) {
  double result = 1;
  bool above_left = false, below_left = false;
  bool above = match_units(arena, numerators(number), numerators(other), result, false, above_left);
  bool below =
      match_units(arena, denominators(number), denominators(other), result, true, below_left);
  if ((!above || !below) && other->units) return 0;
  if ((above_left || below_left) && number->units) return 0;
  return result;
}

namespace {
/// Whether two units can be compared without making new ones, and the factor for the second.
bool simple_units(const Number* a, const Number* b) {
  auto few = [](const Number* n) {
    return !n->units || numerators(n).size + denominators(n).size < 2;
  };
  return few(a) && few(b) && (!a->units || !b->units || same_units(a->units, b->units));
}
}  // namespace

bool less(Arena& arena, const Number* a, const Number* b, bool& comparable) {
  comparable = true;
  if (!a->units && !b->units) return a->value < b->value;
  Number left(*a), right(*b);
  if (in_main_unit(left, right)) return left.value < right.value;
  if (!(simple_units(a, b) && (!a->units || !b->units))) {
    reduce(arena, &left);
    reduce(arena, &right);
    if (left.units && right.units) {
      normalize(arena, &left);
      normalize(arena, &right);
      comparable = same_units(left.units, right.units);
    }
  }
  return left.value < right.value;
}

bool equal(const Number* a, const Number* b) {
  if (!a->units || !b->units) {
    auto one = [](const Number* n) {
      return !n->units || numerators(n).size + denominators(n).size == 1;
    };
    if (one(a) && one(b)) return near(a->value, b->value);
  }
  Number left(*a), right(*b);
  if (in_main_unit(left, right)) return near(left.value, right.value);
  // Units that need work are rare: an arena for them lives as long as the comparison.
  Arena arena;
  reduce(arena, &left);
  reduce(arena, &right);
  if (left.units && right.units) {
    normalize(arena, &left);
    normalize(arena, &right);
    if (!same_units(left.units, right.units)) return false;
  }
  return near(left.value, right.value);
}

// ---- numbers as text ----

double round_to(double value, int precision) {
  // pow(0.1, precision + 1)
  double almost = precision == kPrecision ? 1.0000000000000006e-11 : 1.0000000000000004e-06;
  double part = value - __builtin_trunc(value);
  if (part - 0.5 > -almost) return __builtin_ceil(value);
  return __builtin_round(value);
}

namespace {
/// The digits of mantissa * 2^exponent, which is not negative.
void add_large(Text& out, std::uint64_t mantissa, int exponent) {
  // A double has at most 1024 bits before the point.
  std::uint32_t words[36] = {std::uint32_t(mantissa), std::uint32_t(mantissa >> 32)};
  int size = 2;
  for (int i = 0; i < exponent; i++) {
    std::uint32_t carry = 0;
    for (int n = 0; n < size; n++) {
      std::uint32_t next = words[n] >> 31;
      words[n] = words[n] << 1 | carry;
      carry = next;
    }
    if (carry) words[size++] = carry;
  }
  char digits[320];
  int at = 320;
  while (size) {
    std::uint64_t rest = 0;
    for (int n = size; n-- > 0;) {
      rest = rest << 32 | words[n];
      words[n] = std::uint32_t(rest / 10);
      rest %= 10;
    }
    digits[--at] = char('0' + rest);
    while (size && !words[size - 1]) size--;
  }
  out.add(digits + at, std::size_t(320 - at));
}
}  // namespace

void add_fixed(Text& out, double value, int precision) {
  if (value != value) return out.add(value < 0 ? "-nan" : "nan");
  std::uint64_t mantissa;
  std::memcpy(&mantissa, &value, 8);
  bool negative = mantissa >> 63;
  int biased = int(mantissa >> 52 & 0x7FF);
  mantissa &= (1ull << 52) - 1;
  if (biased == 0x7FF) return out.add(negative ? "-inf" : "inf");
  if (biased)
    mantissa |= 1ull << 52;
  else
    biased = 1;
  int shift = 1075 - biased;
  if (shift <= 0) {
    if (negative) out.add('-');
    return add_large(out, mantissa, -shift);
  }
  std::uint64_t scale = 1;
  for (int i = 0; i < precision; i++) scale *= 10;
  // mantissa * scale / 2^shift, a half to even; the product has at most 53 + 34 bits.
  unsigned __int128 product = static_cast<unsigned __int128>(mantissa) * scale;
  std::uint64_t quotient = 0, fraction = 0;
  if (shift < 120) {
    unsigned __int128 whole = product >> shift;
    unsigned __int128 rest = product - (whole << shift);
    unsigned __int128 half = static_cast<unsigned __int128>(1) << (shift - 1);
    if (rest > half || (rest == half && (whole & 1))) whole++;
    // Before the point there are fewer than 53 bits, as shift is positive.
    std::uint64_t integer = mantissa >> (shift < 64 ? shift : 63);
    if (shift >= 64) integer = 0;
    unsigned __int128 behind = whole - static_cast<unsigned __int128>(integer) * scale;
    fraction = std::uint64_t(behind);
    if (fraction >= scale) {
      fraction -= scale;
      integer++;
    }
    quotient = integer;
  }
  if (negative && (quotient || fraction)) out.add('-');
  out.add_int(std::int64_t(quotient));
  if (!fraction) return;
  out.add('.');
  for (scale /= 10; fraction; scale /= 10) {
    out.add(char('0' + fraction / scale));
    fraction %= scale;
  }
}

void add_general(Text& out, double value) {
  if (value == 0) return out.add(__builtin_signbit(value) ? "-0" : "0");
  if (value < 0) {
    out.add('-');
    value = -value;
  }
  if (value != value || value - value != 0) return out.add(value != value ? "nan" : "inf");
  // Six significant digits; a scale for the few magnitudes that a channel or a message has.
  int exponent = 0;
  double scaled = value;
  while (scaled >= 10 && exponent < 300) scaled /= 10, exponent++;
  while (scaled < 1 && exponent > -300) scaled *= 10, exponent--;
  if (exponent >= -4 && exponent < 6) {
    Text fixed;
    add_fixed(fixed, value, 5 - exponent > 9 ? 9 : 5 - exponent);
    return out.add(fixed.str());
  }
  Text mantissa;
  add_fixed(mantissa, scaled, 5);
  if (mantissa.str() == "10") {
    exponent++;
    out.add('1');
  } else {
    out.add(mantissa.str());
  }
  out.add(exponent < 0 ? "e-" : "e+");
  int size = exponent < 0 ? -exponent : exponent;
  if (size < 10) out.add('0');
  out.add_int(size);
}

}  // namespace meridian::sass
