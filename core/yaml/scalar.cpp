#include "scalar.h"

namespace meridian::yaml {

namespace {
/// Reads along a scalar; each reader consumes the part that it names, or returns false.
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
  /// Numbers with separators between them: 4 is four digits, 2 is two, 1 is one or two.
  MERIDIAN_NOINLINE bool numbers(const char* form, int* out) {
    for (; *form; form++) {
      if (!is_digit(*form)) {
        if (!accept(*form)) return false;
        continue;
      }
      int least = *form - '0', most = least == 4 ? 4 : 2;
      for (*out = 0; most && is_digit(peek()); most--, least--) *out = *out * 10 + (*at_++ - '0');
      if (least > 0) return false;
      out++;
    }
    return true;
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

/// The digits without their separators, in a small buffer; empty when they don't fit, which no
/// number of 64 bits does.
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

// ---- words ----

bool resolve_word(Str s, Value& out) {
  char word[6];
  if (s.size() >= sizeof word) return false;
  for (std::size_t i = 0; i < s.size(); i++) word[i] = lower(s[i]);
  int number = one_of(Str(word, s.size()), "~ null yes true on no false off .inf +.inf -.inf .nan");
  if (number < 0) return false;
  if (number < 2)
    out = nullptr;
  else if (number < 8)
    out = number < 5;
  else
    out = number < 10 ? __builtin_inf() : number < 11 ? -__builtin_inf() : __builtin_nan("");
  return true;
}

// ---- dates ----

/// `Z`, `+01:00`, `-5`, `+0530` or nothing, up to the end: in minutes, as Psych reads it (where
/// -00:30 is half an hour east).
bool read_offset(Scan& scan, Time& time) {
  scan.run_of(" \t");
  time.utc = scan.accept('Z');
  if (time.utc || scan.at_end()) return scan.at_end();
  bool west = scan.peek() == '-';
  int hours, minutes = 0;
  if (!scan.accept_one_of("+-") || !scan.numbers("1", &hours)) return false;
  const char* form = scan.accept(':') ? "2" : "1";
  if (!scan.at_end() && !scan.numbers(form, &minutes)) return false;
  minutes += hours * 60;
  time.offset_minutes = std::int16_t(west && hours ? -minutes : minutes);
  return scan.at_end() && minutes < 1440;
}

/// 2020-1-2, 2020-01-02 03:04:05.25 +01:00
bool resolve_date(Str s, Value& out, const Zone* zone) {
  Scan scan(s);
  int date[3], clock[3];
  bool negative = scan.accept('-');
  if (!scan.numbers("4-1-1", date)) return false;
  int year = negative ? -date[0] : date[0], month = date[1], day = date[2];
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  std::int64_t midnight = seconds_of(year, month, day);
  // February has no 30th, which with a time of day would become a day in March.
  if (scan.at_end()) {
    // 1st
    Value v = Value::date(midnight);
    if (negative || civil(v.time()).month != month) return false;
    out = v;
    return true;
  }

  if ((!scan.accept_one_of("Tt") && !scan.run_of(" \t")) || !scan.numbers("1:2:2", clock))
    return false;
  if (clock[0] > 24 || clock[1] > 59 || clock[2] > 60 || (clock[0] == 24 && (clock[1] || clock[2])))
    return false;
  Time time;
  if (scan.accept('.')) {
    for (std::int32_t unit = 100000000; is_digit(scan.peek()); unit /= 10) {
      time.nanoseconds += (scan.peek() - '0') * unit;
      scan.accept(scan.peek());
    }
  }
  bool local = scan.at_end();
  if (!read_offset(scan, time)) return false;
  time.seconds = midnight + clock[0] * 3600 + clock[1] * 60 + clock[2] - time.offset_minutes * 60;
  if (local && zone) zone->set_clock(time);
  out = time;
  return true;
}

// ---- numbers ----

/// 1:30, -1:30:15.5. Psych counts the first part as hours even when there are only two.
bool resolve_sexagesimal(Str s, Value& out) {
  Scan scan(s);
  scan.accept_one_of("+-");
  if (!is_digit(scan.peek())) return false;
  scan.run_of("0123456789_");
  std::int64_t sum = 0;
  if (scan.at() - s.data() > 15)
    return false;  // no time of day; and the sum stays far from its limits
  sum = parse_int(s) * 3600;
  int part;
  int parts = 0;
  for (; scan.accept(':'); parts++) {
    if (parts == 2 || !scan.numbers("1", &part) || part > 59) return false;
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
  if (scan.accept_one_of("eE") && (!scan.accept_one_of("+-") || !scan.run_of(kDigits)))
    return false;
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

/// 12, 1_000, 1,000, 0b11, 017, 0x1F. What does not fit 64 bits keeps its decimal digits; in other
/// bases it is text.
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
    int digit = hex_digit(s[i]);
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

Value resolve(Str s, const Zone* zone) {
  if (s.empty()) return {};
  Value v = s;
  if (resolve_word(s, v)) return v;
  // A scalar of another type begins with one of these, unless it is a word; most are text.
  if (!is_digit(s[0]) && !is_one_of(s[0], "+-.")) return v;
  if (std::memchr(s.data(), '\n', s.size())) return v;
  resolve_date(s, v, zone) || resolve_sexagesimal(s, v) || resolve_float(s, v) ||
      resolve_integer(s, v);
  return v;
}

Str decode_base64(Str text, Arena& arena) {
  Text data;
  std::size_t digits;
  add_base64_decoded(data, text, false, digits);
  return arena.copy(data.str());
}

}  // namespace meridian::yaml
