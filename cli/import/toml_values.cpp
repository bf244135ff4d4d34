#include "toml_values.h"

namespace meridian::cli::hugo {

namespace {
/// The word with TOML's underscores removed; false when one does not stand between two digits.
bool without_underscores(Str word, Text& out) {
  bool hexadecimal = starts_with(word, "0x");
  auto is_part = [&](char c) { return hexadecimal ? hex_digit(c) >= 0 : is_digit(c); };
  for (std::size_t at = 0; at < word.size(); at++) {
    if (word[at] != '_') {
      out.add(word[at]);
      continue;
    }
    if (at == 0 || !is_part(word[at - 1]) || !is_part(char_at(word, at + 1))) return false;
  }
  return true;
}

/// Digits with a base of 2, 8 or 16, without their prefix; false beyond 63 bits.
bool read_digits(Str digits, unsigned base, std::int64_t& out) {
  std::uint64_t value = 0;
  for (char c : digits) {
    int digit = hex_digit(c);
    if (digit < 0 || unsigned(digit) >= base || value > (std::uint64_t(INT64_MAX) - digit) / base)
      return false;
    value = value * base + unsigned(digit);
  }
  out = std::int64_t(value);
  return !digits.empty();
}

std::size_t skip_digits(Str s, std::size_t at) {
  while (is_digit(char_at(s, at))) at++;
  return at;
}

bool read_number(Str word, Value& out) {
  Text plain;
  if (!without_underscores(word, plain)) return false;
  Str s = plain.str();
  if (s.size() > 2 && s[0] == '0') {
    int which = index_in("box", s[1]);
    constexpr unsigned kBases[] = {2, 8, 16};
    std::int64_t value;
    if (which >= 0) {
      if (word[2] == '_' || !read_digits(s.substr(2), kBases[which], value)) return false;
      out = value;
      return true;
    }
  }
  std::size_t first = is_one_of(char_at(s, 0), "+-");
  std::size_t end = skip_digits(s, first);
  if (end == first || (s[first] == '0' && end > first + 1)) return false;
  if (end == s.size()) {
    // parse_int() stops at the limits, where the digits alone tell whether they were exceeded.
    out = Value::integer(s[0] == '+' ? s.substr(1) : s);
    return !out.is_big_integer();
  }
  if (s[end] == '.') {
    std::size_t fraction = skip_digits(s, end + 1);
    if (fraction == end + 1) return false;
    end = fraction;
  }
  if ((char_at(s, end) | 32) == 'e') {
    std::size_t exponent = end + 1 + is_one_of(char_at(s, end + 1), "+-");
    end = skip_digits(s, exponent);
    if (end == exponent) return false;
  }
  if (end != s.size()) return false;
  out = parse_float(s[0] == '+' ? s.substr(1) : s);
  return true;
}

/// `count` digits at `at`, which moves behind them; -1 when others stand there.
std::int32_t number_at(Str s, std::size_t& at, std::size_t count) {
  std::int32_t value = 0;
  for (std::size_t end = at + count; at < end; at++) {
    if (!is_digit(char_at(s, at))) return -1;
    value = value * 10 + (s[at] - '0');
  }
  return value;
}

struct Clock {
  std::int32_t hour = 0, minute = 0, second = 0, nanoseconds = 0;
};

bool read_clock(Str s, std::size_t& at, Clock& out) {
  out.hour = number_at(s, at, 2);
  if (out.hour < 0 || out.hour > 23 || char_at(s, at++) != ':') return false;
  out.minute = number_at(s, at, 2);
  if (out.minute < 0 || out.minute > 59 || char_at(s, at++) != ':') return false;
  out.second = number_at(s, at, 2);
  if (out.second < 0 || out.second > 60) return false;  // 60: a leap second (RFC 3339, 5.6)
  if (char_at(s, at) != '.') return true;
  std::size_t end = skip_digits(s, at + 1);
  std::int32_t unit = 100'000'000;
  for (std::size_t i = at + 1; i < end; i++, unit /= 10) out.nanoseconds += (s[i] - '0') * unit;
  bool has_digits = end > at + 1;
  at = end;
  return has_digits;
}

/// `Z`, `+01:00` or nothing.
bool read_offset(Str s, std::size_t& at, Time& time) {
  char sign = char_at(s, at);
  if (sign == '\0') return true;
  at++;
  if ((sign | 32) == 'z') {
    time.utc = true;
    return true;
  }
  if (sign != '+' && sign != '-') return false;
  std::int32_t hours = number_at(s, at, 2);
  if (hours < 0 || hours > 23 || char_at(s, at++) != ':') return false;
  std::int32_t minutes = number_at(s, at, 2);
  if (minutes < 0 || minutes > 59) return false;
  std::int32_t east = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
  time.offset_minutes = std::int16_t(east);
  time.seconds -= std::int64_t(east) * 60;
  return true;
}

bool read_date(Str s, Value& out) {
  std::size_t at = 0;
  std::int32_t year = number_at(s, at, 4);
  if (year < 0 || char_at(s, at++) != '-') return false;
  std::int32_t month = number_at(s, at, 2);
  if (month < 1 || month > 12 || char_at(s, at++) != '-') return false;
  std::int32_t day = number_at(s, at, 2);
  std::int64_t midnight = seconds_of(year, month, day);
  // The 31st of April is the 1st of May there.
  if (day < 1 || civil(Time{midnight}).month != month) return false;
  if (at == s.size()) {
    out = Value::date(midnight);
    return true;
  }
  if (!is_one_of(s[at++], "Tt ")) return false;
  Clock clock;
  if (!read_clock(s, at, clock)) return false;
  Time time;
  time.seconds = seconds_of(year, month, day, clock.hour, clock.minute, clock.second);
  time.nanoseconds = clock.nanoseconds;
  if (!read_offset(s, at, time)) return false;
  out = Value(time);
  return at == s.size();
}
}  // namespace

bool read_toml_word(Str word, Arena& arena, Value& out) {
  constexpr double kInfinity = __builtin_inf();
  switch (one_of(word, "true false inf +inf -inf nan +nan -nan")) {
    case 0: out = true; return true;
    case 1: out = false; return true;
    case 2:
    case 3: out = kInfinity; return true;
    case 4: out = -kInfinity; return true;
    case 5:
    case 6:
    case 7: out = __builtin_nan(""); return true;
    default: break;
  }
  if (char_at(word, 4) == '-' && is_digit(char_at(word, 3)) && read_date(word, out)) return true;
  if (char_at(word, 2) == ':') {
    std::size_t at = 0;
    Clock clock;
    out = arena.copy(word);
    return read_clock(word, at, clock) && at == word.size();
  }
  return read_number(word, out);
}

}  // namespace meridian::cli::hugo
