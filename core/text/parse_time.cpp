// Ruby's Time.parse: Date._parse, and the rules for missing parts. Forms are searched one after the
// other; the text of a match is removed, so that later forms don't match it.
#include "meridian/text.h"

namespace meridian {

namespace {
/// Ruby refuses longer texts as well. It makes the cost of searching for every form at every place
/// a constant.
constexpr std::size_t kMaxLength = 128;

/// Zones that Ruby knows by name, and their hours west of UTC.
constexpr Name kZoneNames = "utc z ut gmt est edt cst cdt mst mdt pst pdt";
constexpr char kZoneHours[] = "000054657687";
constexpr char kMonths[] = "janfebmaraprmayjunjulaugsepoctnovdec";
constexpr char kMonthNumbers[] = "010203040506070809101112";

/// Forms of dates in the order in which they are tried, each in a small language: Y, y, e: a year,
/// or text in its place (Y: with any sign, y: or a day with its suffix); D, d, M: a day or month,
/// or text in its place; H, I, S, F: hour, minute, second and fraction; N: a month's name; *: the
/// rest of a word; ^: the rest of a word up to - / or .; _: spaces or none; !: any character but a
/// digit; &: a word boundary; the rest behind ? is optional; a comma is optional; p: a point or
/// comma; every other character is literal.
constexpr const char* kForms[] = {
    "D*_N*?_,_y",   // 2nd Jan 2020
    "&N*_D*?_,_y",  // January 2nd, 2020
    "Y-M-d",        // 2020-01-02
    "D-N^-e",       // 2-Jan-2020
    "&N^-D?-e",     // Jan-2-2020
    "Y/_M?!_d",     // 2020/01/02, 2/1/2020
    "Y._M._d",      // 2020.01.02, 2.1.2020
    "'e&",          // '20
    "&N*",          // January
    "o",            // 2nd
    "=",            // digits that run together
};
constexpr char kClock[] = "c";
constexpr char kHourMinute[] = "H_:_I?_:_S?pF", kHourH[] = "H_h?_I?_:_S?pF";  // 10:30:15.5, 10h30

enum Field {
  kYear,
  kYearday,
  kMonth,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kNanosecond,
  kFields
};  // as in Civil
constexpr int kNone = INT32_MIN;

/// Letters of the forms' numbers, and where they are kept.
constexpr char kNumbers[] = "YyeMDdHIS";
constexpr signed char kNumberFields[] = {kYear, kYear, kYear,   kMonth, kDay,
                                         kDay,  kHour, kMinute, kSecond};

bool is_letter(char c) { return is_alpha(c) || (c & 0x80); }
bool is_word_character(char c) { return is_digit(c) || is_letter(c); }

/// More digits than a field can hold give a number that is out of range for all fields, a year's
/// included.
int small_number(Str digits) {
  std::int64_t n = parse_int(digits);
  return n > 9999999 ? 9999999 : n < -9999999 ? -9999999 : int(n);
}

const char* skip_digits(const char* at) {
  while (is_digit(*at)) at++;
  return at;
}
const char* skip_space(const char* at) {
  while (*at == ' ') at++;
  return at;
}
bool is_border(const char* at) { return is_word_character(at[-1]) != is_word_character(*at); }
bool is_year(Str s) { return s.size() > 2 || char_at(s, 0) == '\''; }
Str piece(const char* from, const char* to) { return {from, std::size_t(to - from)}; }

/// Number of the name at `at`, in a list of names of `size` characters; -1 if none.
int name_at(const char* at, const char* names, std::size_t size) {
  for (int number = 0; *names; names += size, number++)
    if (!std::memcmp(at, names, size)) return number;
  return -1;
}
const char* skip_suffix(const char* at) {
  return name_at(at, "stndrdth", 2) >= 0 && !is_word_character(at[2]) ? at + 2 : nullptr;
}

class Parser {
 public:
  int field[kFields];
  Str zone;  // in small letters
  bool found = false;

  explicit Parser(Str s) {
    for (int& f : field) f = kNone;
    // Every character that is no part of a date becomes a space.
    char* at = text_;
    for (char c : s) {
      bool kept = is_word_character(c) || is_one_of(c, "-+',./:@[]");
      if (kept || *at != ' ') *++at = kept ? lower(c) : ' ';
    }
  }

  void parse() {
    int& hour = field[kHour];
    search(kClock);
    if (half_of_day_) hour = hour % 12 + (half_of_day_ == 'p' ? 12 : 0);
    for (const char* form : kForms)
      if (search(form)) break;
    // A number that is left over is the hour of a day, or the day of an hour.
    Str rest = strip(text_ + 1);
    if (rest.empty() || rest.size() > 2 || !is_digit(rest[0]) || !is_digit(rest.back())) return;
    int n = small_number(rest), &day = field[kDay];
    if (hour >= 0 && day < 0 && n >= 1 && n <= 31)
      day = n;
    else if (day >= 0 && hour < 0 && n <= 24)
      hour = n;
  }

 private:
  /// Searches a form from left to right and removes its match.
  MERIDIAN_NOINLINE bool search(const char* form) {
    for (char* from = text_ + 1; *from; from++) {
      for (Str& p : piece_) p = {};
      const char* to = match(form, from);
      if (!to) continue;
      keep_pieces();
      std::memset(from, ' ', std::size_t(to - from));
      return found = true;
    }
    return false;
  }

  /// End of the match of the form, nullptr when it does not match. A piece is stored as soon as it
  /// matches: a later attempt overwrites it.
  const char* match(const char* form, const char* at) {
    for (;;) {
      char c = *form++;
      switch (c) {
        case '\0': return at;
        case '?': {
          const char* end = match(form, at);
          return end ? end : at;
        }
        case '_': at = skip_space(at); break;
        case ',': at += *at == ','; break;
        case '&':
          if (!is_border(at)) return nullptr;
          break;
        case '!':
          if (!*at || is_digit(*at)) return nullptr;
          at++;
          break;
        case '*':
        case '^': {
          const char *ends = c == '*' ? "- '0123456789" : "-/.", *begin = at;
          while (*at && !is_one_of(*at, ends)) at++;
          for (; at >= begin; at--)  // the longest first
            if (const char* end = match(form, at)) return end;
          return nullptr;
        }
        case 'N': {
          int number = name_at(at, kMonths, 3);
          if (number < 0) return nullptr;
          piece_[kMonth] = Str(kMonthNumbers + number * 2, 2);
          at += 3;
          break;
        }
        case 'p':
          if (!is_one_of(*at++, ".,")) return nullptr;
          break;
        case 'F':
          piece_[kNanosecond] = piece(at, skip_digits(at));
          at = skip_digits(at);
          break;
        case 'c': return match_clock(at);
        case 'o': return match_ordinal(at);
        case '=': return match_digits(at);
        default:
          int which = index_in(kNumbers, c);
          if (which < 0 && *at++ != c) return nullptr;
          if (which >= 0 && !(at = match_number(c, at, kNumberFields[which]))) return nullptr;
      }
    }
  }

  const char* match_number(char letter, const char* at, int number_field) {
    const char* begin = at;
    if (number_field <= kDay) {
      at += *at == '\'';
      at += (*at == '-' && (letter == 'Y' || letter > 'Z')) || (*at == '+' && letter == 'Y');
    }
    if (!is_digit(*at)) return nullptr;
    at = skip_digits(at);
    Str &number = piece_[number_field], &day = piece_[kDay];
    const char* end = letter == 'y' ? skip_suffix(at) : nullptr;
    if (end) {
      number = day;
      day = piece(begin + (*begin == '\''), at);
      return end;
    }
    number = piece(begin, at);
    return at;
  }

  /// 10:30, 10:30:15.5, 10h30, 5 pm, with a zone.
  const char* match_clock(const char* at) {
    if (!is_digit(*at) || is_digit(at[-1])) return nullptr;
    const char* end = match(kHourMinute, at);
    if (!end) end = match(kHourH, at);
    const char *half = skip_space(end ? end : skip_digits(at)), *half_end = nullptr;
    if (*half == 'a' || *half == 'p') {
      if (half[1] == 'm' && !is_word_character(half[2])) half_end = half + 2;
      if (name_at(half + 1, ".m.", 3) >= 0) half_end = half + 4;
    }
    if (half_end) {
      half_of_day_ = *half;
      end = half_end;
    }
    if (!end) return nullptr;
    const char *zone_begin = skip_space(end), *zone_end = skip_zone(zone_begin);
    if (!zone_end) return end;
    keep_zone(zone_begin, zone_end);
    return zone_end;
  }

  static const char* skip_zone(const char* from) {
    const char* at = from + (name_at(from, "gmtutc", 3) >= 0 ? 3 : 0);
    if (is_one_of(*at, "+-") && is_digit(at[1])) {
      at = skip_digits(at + 1);
      return is_one_of(*at, ",.:") && is_digit(at[1]) ? skip_digits(at + 1) : at;
    }
    while (is_letter(*at)) at++;
    return at > from && !is_digit(*at) ? at : nullptr;
  }

  void keep_zone(const char* from, const char* to) {
    auto size = std::size_t(to - from);
    if (size > sizeof zone_) size = 0;  // none that is known
    std::memcpy(zone_, from, size);
    zone = Str(zone_, size);
  }

  /// 2nd
  const char* match_ordinal(const char* at) {
    if (!is_digit(*at)) return nullptr;
    const char *digits_end = skip_digits(at), *end = skip_suffix(digits_end);
    if (end) field[kDay] = small_number(piece(at, digits_end));
    return end;
  }

  /// Digits that run together: 20200102, 20200102T030405Z, 2020001, 0102.
  const char* match_digits(const char* from) {
    const char *at = from + is_one_of(*from, "+-"), *end = skip_digits(at);
    if (end - at < 2) return nullptr;
    if (end - at > 14) end = at + 14;
    auto count = end - at;
    behind_century_ = count < 7;
    const char* rest = at + (count < 5 ? 0 : behind_century_ ? 2 : 4);
    if (rest > at) piece_[kYear] = piece(*from == '-' ? from : at, rest);
    if (count % 2)
      piece_[kYearday] = Str(rest, 3);
    else
      keep_pairs(rest, end, count < 4 ? kDay : kMonth);
    at = skip_space(end);
    if (*at == 't') at = skip_space(at + 1);
    end = skip_digits(at);
    if (end - at >= 2) keep_pairs(at, end - at > 6 ? at + 6 : end, kHour);
    const char* zone_end = *end == 'z'             ? end + 1
                           : is_one_of(*end, "+-") ? skip_digits(end + 1)
                                                   : end;
    if (zone_end == end || zone_end > end + 5 || !is_border(zone_end)) return end;
    keep_zone(end, zone_end);
    return zone_end;
  }

  /// Two digits for each field from the first one on.
  void keep_pairs(const char* from, const char* to, int first) {
    for (; from + 2 <= to && first <= kSecond; from += 2) piece_[first++] = Str(from, 2);
  }

  /// Decides which of the three numbers of a date is the year, the month and the day, and stores
  /// them.
  void keep_pieces() {
    Str &year = piece_[kYear], &month = piece_[kMonth], &day = piece_[kDay];
    if (!year.empty() && !month.empty() && day.empty()) {  // two numbers are month and day
      swap(month, day);
      swap(year, month);
    }
    if (year.empty() && is_year(day)) swap(year, day);
    if (is_year(month)) {  // month first, as in American dates
      swap(year, month);
      swap(month, day);
    }
    if (is_year(day)) swap(year, day);
    for (int i = 0; i < kFields; i++) {
      Str digits = piece_[i];
      while (!digits.empty() && !is_digit(digits[0]) && (i != kYear || digits[0] == '\''))
        digits.remove_prefix(1);
      if (digits.empty()) continue;
      int n = small_number(digits);
      if (i == kYear && (behind_century_ || (digits.size() < 3 && is_digit(digits[0]))) && n >= 0)
        n += n >= 69 ? 1900 : 2000;  // 99 is 1999
      if (i == kNanosecond) {
        n = 0;
        for (std::size_t d = 0; d < 9; d++) n = n * 10 + (d < digits.size() ? digits[d] - '0' : 0);
      }
      field[i] = n;
    }
  }
  static void swap(Str& a, Str& b) {
    Str keep = a;
    a = b;
    b = keep;
  }

  char text_[kMaxLength + 8] = {};  // between NULs, enough of them for the longest name
  char zone_[16];
  char half_of_day_ = 0;
  bool behind_century_ = false;  // a year of two digits, with a sign or without
  Str piece_[kFields];           // the match of the current form
};

/// Ruby's Time.zone_offset: minutes east of UTC.
bool zone_offset(Str name, int year, const Zone& local, int& minutes) {
  if (is_one_of(name[0], "+-")) {  // only +hh, +hhmm and +hh:mm count
    bool colon = char_at(name, 3) == ':';
    if (name.size() != (colon ? 6 : 5) && name.size() != 3) return false;
    int rest = name.size() > 3 ? small_number(slice(name, name.size() - 2)) : 0;
    minutes = small_number(slice(name, 1, 3)) * 60 + rest;
    if (name[0] == '-') minutes = -minutes;
    return true;
  }
  int number = one_of(name, kZoneNames);
  if (number >= 0) {
    minutes = ('0' - kZoneHours[number]) * 60;
    return true;
  }
  for (int month = 1; month < 8;
       month += 6) {  // the names of the site's own zone in winter and in summer
    Zone::Transition t = local.at(seconds_of(year, month, 1));
    minutes = t.offset / 60;
    if (equal_ignoring_case(t.abbreviation, name)) return true;
  }
  return false;
}

void set_offset(Time& t, int minutes) {
  t.offset_minutes = std::int16_t(minutes);
  t.offset_seconds = 0;
}

/// Parts that are missing before the first given one are those of now; parts missing behind it are
/// the least. False when a field is out of range.
bool fill(int* field, const Civil& now) {
  constexpr int kLeast[] = {-999999, 1, 1, 1, 0, 0, 0}, kMost[] = {999999, 366, 12, 31, 24, 59, 60};
  int nows[kFields];
  std::memcpy(nows, &now, sizeof nows);
  bool given = false;
  for (int i = kYear; i <= kSecond; i++) {
    if (field[i] == kNone)
      field[i] = given ? kLeast[i] : nows[i];
    else
      given = true;
    if (field[i] < kLeast[i] || field[i] > kMost[i]) return false;
  }
  return field[kHour] < 24 || (!field[kMinute] && !field[kSecond]);
}
}  // namespace

bool parse_time(Str s, const Zone& local, const Time& now, Time& out) {
  if (s.size() > kMaxLength) return false;
  Parser parser(s);
  parser.parse();
  if (!parser.found) return false;

  int* field = parser.field;
  Time clock = now;  // on the clock of the zone that is named, or of the site
  int offset = 0;
  bool has_offset = !parser.zone.empty() &&
                    zone_offset(parser.zone, field[kYear] != kNone ? field[kYear] : civil(now).year,
                                local, offset);
  if (offset <= -1440 || offset >= 1440) return false;
  local.set_clock(clock);
  if (has_offset) set_offset(clock, offset);
  bool by_yearday = field[kYearday] != kNone;
  if (!fill(field, civil(clock))) return false;

  std::int64_t seconds = seconds_of(field[kYear], by_yearday ? 1 : field[kMonth],
                                    by_yearday ? field[kYearday] : field[kDay], field[kHour],
                                    field[kMinute], field[kSecond]);
  out.nanoseconds = field[kNanosecond] != kNone ? field[kNanosecond] : 0;
  out.seconds = has_offset ? seconds - offset * 60 : local.from_local(seconds);
  local.set_clock(out);
  if (has_offset) set_offset(out, offset);
  out.utc = has_offset && one_of(parser.zone, "utc z -00:00 -0000 -00") >= 0;
  return true;
}

}  // namespace meridian
