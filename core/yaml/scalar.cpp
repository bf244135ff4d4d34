#include "scalar.h"

namespace meridian::yaml {

namespace {
/// Reads along a scalar; each reader takes what it names and tells whether it was there.
class Scan {
 public:
  explicit Scan(Str s) : at_(s.data()), end_(s.data() + s.size()) {}
  bool at_end() const { return at_ == end_; }
  MERIDIAN_NOINLINE char peek() const { return at_ == end_ ? '\0' : *at_; }
  MERIDIAN_NOINLINE bool accept(char c) {
    bool here = peek() == c && at_ != end_;
    at_ += here;
    return here;
  }
  MERIDIAN_NOINLINE bool accept_one_of(const char* characters) {
    bool here = is_one_of(peek(), characters);
    at_ += here;
    return here;
  }
  /// Between least and most digits.
  MERIDIAN_NOINLINE bool digits(int least, int most, int& number) {
    number = 0;
    for (; most && is_digit(peek()); most--, least--) number = number * 10 + (*at_++ - '0');
    return least <= 0;
  }
  /// As many as there are; the number of them.
  MERIDIAN_NOINLINE std::size_t run_of(const char* characters) {
    const char* start = at_;
    while (accept_one_of(characters)) {
    }
    return std::size_t(at_ - start);
  }
  const char* at() const { return at_; }

 private:
  const char *at_, *end_;
};

constexpr char kDigits[] = "0123456789";

/// The digits without their separators, in a small buffer; empty when they don't fit, which no number of 64 bits does.
struct Plain {
  char data[400];
  std::size_t size = 0;
  explicit Plain(Str s) {
    for (char c : s) {
      if (c == '_' || c == ',') continue;
      if (size == sizeof data) {
        size = 0;
        return;
      }
      data[size++] = c;
    }
  }
  Str str() const { return {data, size}; }
};

// ---- words ----------------------------------------------------------------------------------------

bool resolve_word(Str s, Value& out) {
  char word[6];
  if (s.size() >= sizeof word) return false;
  for (std::size_t i = 0; i < s.size(); i++) word[i] = lower(s[i]);
  switch (one_of(Str(word, s.size()), "~ null yes true on no false off")) {
    case -1: return false;
    case 0:
    case 1: out = nullptr; return true;
    case 2:
    case 3:
    case 4: out = true; return true;
    default: out = false; return true;
  }
}

// ---- dates ----------------------------------------------------------------------------------------

struct Calendar {
  int year, month, day;
};

int days_in_month(const Calendar& d) {
  return int((seconds_of(d.year, d.month + 1, 1) - seconds_of(d.year, d.month, 1)) / 86400);
}

/// `+01:00`, `-5`, `+0530`: in minutes, as Psych reads it (where -00:30 is half an hour east).
bool read_offset(Scan& scan, int& minutes) {
  bool west = scan.peek() == '-';
  if (!scan.accept_one_of("+-")) return false;
  int hours, rest = 0;
  if (!scan.digits(1, 2, hours)) return false;
  scan.accept(':');
  if (!scan.at_end() && !scan.digits(1, 2, rest)) return false;
  minutes = west && hours ? -(hours * 60 + rest) : hours * 60 + rest;
  return true;
}

/// 2020-1-2, 2020-01-02 03:04:05.25 +01:00
bool resolve_date(Str s, Value& out) {
  Scan scan(s);
  Calendar date;
  bool negative = scan.accept('-');
  if (!scan.digits(4, 4, date.year) || !scan.accept('-') || !scan.digits(1, 2, date.month) || !scan.accept('-') ||
      !scan.digits(1, 2, date.day))
    return false;
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) return false;
  auto midnight = [&] { return seconds_of(negative ? -date.year : date.year, date.month, date.day); };
  if (scan.at_end()) {
    if (negative || date.day > days_in_month(date)) return false;
    out = Value::date(midnight());
    return true;
  }

  if (!scan.accept_one_of("Tt") && !scan.run_of(" \t")) return false;
  int hour, minute, second;
  if (!scan.digits(1, 2, hour) || !scan.accept(':') || !scan.digits(2, 2, minute) || !scan.accept(':') ||
      !scan.digits(2, 2, second))
    return false;
  if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && (minute || second))) return false;
  Time time;
  if (scan.accept('.')) {
    std::int32_t unit = 100000000;
    for (; is_digit(scan.peek()); unit /= 10) {
      time.nanoseconds += (scan.peek() - '0') * unit;
      scan.accept(scan.peek());
    }
  }
  time.seconds = midnight() + hour * 3600 + minute * 60 + second;
  scan.run_of(" \t");
  time.utc = scan.accept('Z');
  int offset = 0;
  if (!time.utc && !scan.at_end() && !read_offset(scan, offset)) return false;
  if (!scan.at_end() || offset <= -1440 || offset >= 1440) return false;
  time.offset_minutes = std::int16_t(offset);
  time.seconds -= offset * 60;
  out = time;
  return true;
}

// ---- numbers --------------------------------------------------------------------------------------

bool resolve_special_float(Str s, Value& out) {
  if (equal_ignoring_case(s, ".inf") || equal_ignoring_case(s, "+.inf"))
    out = __builtin_inf();
  else if (equal_ignoring_case(s, "-.inf"))
    out = -__builtin_inf();
  else if (equal_ignoring_case(s, ".nan"))
    out = __builtin_nan("");
  else
    return false;
  return true;
}

/// 1:30, -1:30:15.5. Psych counts the first part as hours even when there are only two.
bool resolve_sexagesimal(Str s, Value& out) {
  Scan scan(s);
  scan.accept_one_of("+-");
  if (!is_digit(scan.peek())) return false;
  scan.run_of("0123456789_");
  std::int64_t sum = 0;
  if (scan.at() - s.data() > 15) return false;  // no time of day; and the sum stays far from its limits
  sum = parse_int(s) * 3600;
  int part;
  int parts = 0;
  for (; scan.accept(':'); parts++) {
    if (parts == 2 || !scan.digits(1, 2, part) || part > 59) return false;
    sum += part * (parts ? 1 : 60);
  }
  if (!parts) return false;
  if (scan.at_end()) {
    out = sum;
    return true;
  }
  Plain fraction(slice(s, std::size_t(scan.at() - s.data())));
  if (!scan.accept('.')) return false;
  scan.run_of("0123456789_");
  if (!scan.at_end()) return false;
  if (fraction.size > 1)
    out = double(sum) + parse_float(fraction.str()) * (parts == 1 ? 60 : 1);
  else
    out = double(sum);
  return true;
}

/// 1.5, .5, 1., 1_000.5, 1.5e+3 (the exponent needs its sign)
bool resolve_float(Str s, Value& out) {
  Scan scan(s);
  scan.accept_one_of("+-");
  const char* before = scan.at();
  if (is_digit(scan.peek())) scan.run_of("0123456789_,");
  bool whole = scan.at() > before;
  if (!scan.accept('.')) return false;
  bool fraction = scan.run_of(kDigits) > 0;
  if (!whole && !fraction) return false;
  if (scan.accept_one_of("eE") && (!scan.accept_one_of("+-") || !scan.run_of(kDigits))) return false;
  if (!scan.at_end()) return false;
  Plain plain(s);
  if (!plain.size) return false;
  if (!fraction) {  // 1.e+3: a point needs a digit behind it for us
    std::size_t point = plain.str().find('.');
    std::memmove(plain.data + point, plain.data + point + 1, --plain.size - point);
  }
  out = parse_float(plain.str());
  return true;
}

/// 12, 1_000, 1,000, 0b11, 017, 0x1F. What does not fit 64 bits keeps its decimal digits; in other bases it is text.
bool resolve_integer(Str s, Value& out) {
  std::size_t i = is_one_of(s[0], "+-");
  int base = 10;
  if (char_at(s, i) == '0' && i + 1 < s.size()) {
    base = s[i + 1] == 'b' ? 2 : s[i + 1] == 'x' ? 16 : 8;
    i += base == 8 ? 1 : 2;
  }
  std::uint64_t sum = 0;
  bool digits = base == 8, separated = false, plain = base == 10, fits = true;
  for (; i < s.size(); i++) {
    if (is_one_of(s[i], "_,")) {
      if (base == 10 && (separated || !digits)) return false;
      separated = true;
      plain = false;
      continue;
    }
    int digit = index_in("0123456789abcdef", lower(s[i]));
    if (digit < 0 || digit >= base) return false;
    digits = true;
    separated = false;
    fits = fits && sum <= std::uint64_t(INT64_MAX - digit) / std::uint64_t(base);
    sum = sum * std::uint64_t(base) + std::uint64_t(digit);
  }
  if (!digits || (base == 10 && separated)) return false;
  if (fits)
    out = s[0] == '-' ? -std::int64_t(sum) : std::int64_t(sum);
  else if (plain)
    out = Value::integer(s);
  else
    return false;
  return true;
}
}  // namespace

Value resolve(Str s, bool& is_symbol) {
  is_symbol = false;
  if (s.empty()) return {};
  Value v = s;
  if (resolve_word(s, v)) return v;
  // Whatever is no word begins with one of these; all other scalars are text, and most are.
  if (!is_digit(s[0]) && !is_one_of(s[0], "+-.:")) return v;
  if (std::memchr(s.data(), '\n', s.size())) return v;
  is_symbol = s[0] == ':' && s.size() > 1;
  if (is_symbol) return v;
  resolve_date(s, v) || resolve_special_float(s, v) || resolve_sexagesimal(s, v) || resolve_float(s, v) ||
      resolve_integer(s, v);
  return v;
}

Str decode_base64(Str text, Arena& arena) {
  auto* data = static_cast<char*>(arena.alloc(text.size()));
  std::size_t size = 0;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == '=') break;
    int value = index_in("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", c);
    if (value < 0) continue;
    bits = bits << 6 | std::uint32_t(value);
    count += 6;
    if (count >= 8) data[size++] = char(bits >> (count -= 8));
  }
  return {data, size};
}

}  // namespace meridian::yaml
