// Ruby's Time.parse, which is Date._parse and the rules for what is left out. The text is searched for one form after
// the other; what one of them matched is taken out, so that the next ones don't see it.
#include "names.h"

namespace meridian {

namespace {
/// Ruby refuses longer texts as well. It makes the cost of searching for every form at every place a constant.
constexpr std::size_t kMaxLength = 128;

constexpr char kMonthNumbers[] = "010203040506070809101112";
/// Zones that Ruby knows by name, and their hours west of UTC.
constexpr Name kZoneNames = "UTC Z UT GMT EST EDT CST CDT MST MDT PST PDT";
constexpr char kZoneHours[] = "000054657687";

/// Forms of dates in the order in which they are tried, each an own small language:
/// D, M, Y: a number of a day, month or year, which may be the other way round; N: a month's name; *: the rest of a
/// word; ^: the rest of a word up to - / or .; _: spaces or none; !: any character but a digit; &: a word's end; what
/// stands after ? need not be there; everything else stands for itself.
constexpr const char* kForms[] = {
    "D*_N*?_Y",  // 2nd Jan 2020
    "N*_D*?_Y",  // January 2nd, 2020
    "Y-M-D",     // 2020-01-02
    "D-N^-Y",    // 2-Jan-2020
    "N^-D?-Y",   // Jan-2-2020
    "Y/_M?!_D",  // 2020/01/02, 2/1/2020
    "Y._M._D",   // 2020.01.02, 2.1.2020
    "'Y&",       // '20
    "N*",        // January
};

bool is_letter(char c) { return is_alpha(c) || (c & 0x80); }

enum Field { kYear, kYearday, kMonth, kDay, kHour, kMinute, kSecond, kNanosecond, kFields };
constexpr int kNone = INT32_MIN;

/// More digits than a field can hold give a number that is too large for all of them, a year's included.
int small_number(Str digits) {
  std::int64_t n = parse_int(digits);
  return n > 9999999 ? 9999999 : n < -9999999 ? -9999999 : int(n);
}

Str first_number(Str s, bool with_sign) {
  while (!s.empty() && !is_digit(s[0]) && !(with_sign && (s[0] == '-' || s[0] == '+'))) s.remove_prefix(1);
  std::size_t end = s.empty() || is_digit(s[0]) ? 0 : 1;
  while (end < s.size() && is_digit(s[end])) end++;
  return s.substr(0, end);
}

std::int32_t fraction(Str digits) {
  std::int32_t n = 0;
  for (std::size_t i = 0; i < 9; i++) n = n * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return n;
}

class Parser {
 public:
  int field[kFields];
  Str zone;  // in capitals

  explicit Parser(Str s) {
    for (int& f : field) f = kNone;
    // Whatever is no word, number or mark of a date becomes a space.
    for (char c : s) {
      bool kept = is_digit(c) || is_letter(c) || (is_one_of(c, "-+',./:@[]"));
      if (kept || !size_ || text_[size_ - 1] != ' ') text_[size_++] = kept ? lower(c) : ' ';
    }
  }

  void parse() {
    find(&Parser::clock);
    bool date = false;
    for (const char* form : kForms) {
      form_ = form;
      if ((date = find(&Parser::form))) break;
    }
    if (!date && !find(&Parser::ordinal)) find(&Parser::digits);
    lone_number();
    int& year = field[kYear];
    if (two_digit_year_ && year >= 0 && year <= 99) year += year >= 69 ? 1900 : 2000;
  }

 private:
  MERIDIAN_NOINLINE char at(std::size_t i) const { return i < size_ ? text_[i] : '\0'; }
  MERIDIAN_NOINLINE bool digit(std::size_t i) const { return is_digit(at(i)); }
  bool word(std::size_t i) const { return digit(i) || is_letter(at(i)); }
  MERIDIAN_NOINLINE bool word_end(std::size_t i) const { return !i || word(i - 1) != word(i); }
  Str piece(std::size_t from, std::size_t to) const { return Str(text_ + from, to - from); }
  MERIDIAN_NOINLINE bool says(std::size_t i, const char* s) const {
    while (*s && at(i) == *s) i++, s++;
    return !*s;
  }
  MERIDIAN_NOINLINE int number(std::size_t from, std::size_t to) const { return small_number(piece(from, to)); }
  MERIDIAN_NOINLINE std::size_t skip_digits(std::size_t i) const {
    while (digit(i)) i++;
    return i;
  }
  MERIDIAN_NOINLINE std::size_t skip_space(std::size_t i) const {
    while (at(i) == ' ') i++;
    return i;
  }

  /// Searches a form from left to right and takes it out. The matcher gives the end of what it matches, or 0.
  MERIDIAN_NOINLINE bool find(std::size_t (Parser::*match)(std::size_t)) {
    for (std::size_t from = 0; from < size_; from++) {
      std::size_t to = (this->*match)(from);
      if (!to) continue;
      std::memmove(text_ + from + 1, text_ + to, size_ - to);
      text_[from] = ' ';
      size_ -= to - from - 1;
      return true;
    }
    return false;
  }

  /// Number of the name in the list whose first three letters stand at i, from 0; or -1.
  MERIDIAN_NOINLINE int name(std::size_t i, Str list) const {
    for (int number = 0; i + 3 <= size_; number++) {
      if (equal_ignoring_case(piece(i, i + 3), slice(list, 0, 3))) return number;
      while (!list.empty() && list[0] != ' ') list.remove_prefix(1);
      if (list.empty()) break;
      list.remove_prefix(1);
    }
    return -1;
  }

  // ---- clock ----

  /// `am`, `p.m.` and the like; 0 if there is none.
  MERIDIAN_NOINLINE std::size_t half_of_day(std::size_t i) const {
    if (at(i) != 'a' && at(i) != 'p') return 0;
    if (says(i + 1, ".m.")) return i + 4;
    return at(i + 1) == 'm' && word_end(i + 2) ? i + 2 : 0;
  }

  /// 10:30, 10:30:15.5, 10h30, 5 pm, with a zone.
  std::size_t clock(std::size_t from) {
    if (!digit(from) || (from && digit(from - 1))) return 0;
    std::size_t end = skip_digits(from);
    int hour = number(from, end), minute = kNone, second = kNone, nanosecond = kNone;
    std::size_t mark = skip_space(end);
    bool clock = at(mark) == 'h';
    if (clock) end = mark + 1;
    if (clock || at(mark) == ':') clock = part(mark, end, minute) || clock;
    if (minute >= 0 && at(skip_space(end)) == ':' && part(skip_space(end), end, second) && is_one_of(at(end), ".,")) {
      std::size_t begin = end + 1;
      end = skip_digits(begin);
      if (end > begin) nanosecond = fraction(piece(begin, end));
    }
    std::size_t half_begin = skip_space(end), half = half_of_day(half_begin);
    if (!clock && !half) return 0;
    if (half) {
      hour = hour % 12 + (at(half_begin) == 'p' ? 12 : 0);
      end = half;
    }
    const int found[] = {hour, minute, second, nanosecond};
    std::memcpy(field + kHour, found, sizeof found);
    std::size_t zone_begin = skip_space(end), zone_end = find_zone(zone_begin);
    if (!zone_end) return end;
    keep_zone(zone_begin, zone_end);
    return zone_end;
  }

  /// The number behind a mark; `end` moves behind it.
  MERIDIAN_NOINLINE bool part(std::size_t mark, std::size_t& end, int& out) {
    std::size_t begin = skip_space(mark + 1);
    if (!digit(begin)) return false;
    end = skip_digits(begin);
    out = number(begin, end);
    return true;
  }

  /// End of the zone, 0 when there is none.
  std::size_t find_zone(std::size_t from) const {
    std::size_t i = from + (says(from, "gmt") || says(from, "utc") ? 3 : 0);
    if (is_one_of(at(i), "+-") && digit(i + 1)) {
      i = skip_digits(i + 1);
      if (is_one_of(at(i), ",.:") && digit(i + 1)) i = skip_digits(i + 1);
      return i;
    }
    for (i = from; is_letter(at(i));) i++;
    return i > from && word_end(i) ? i : 0;
  }

  void keep_zone(std::size_t from, std::size_t to) {
    std::size_t size = to - from < sizeof zone_ ? to - from : 0;  // a longer one is none that is known
    for (std::size_t i = 0; i < size; i++) zone_[i] = upper(text_[from + i]);
    zone = Str(zone_, size);
  }

  // ---- dates ----

  std::size_t form(std::size_t from) {
    year_ = month_ = day_ = {};
    std::size_t end = match(form_, from);
    if (end) keep_date();
    return end;
  }

  std::size_t match(const char* form, std::size_t i) {
    switch (*form) {
      case '\0': return i;
      case '?': {
        std::size_t end = match_rest(form + 1, i);
        return end ? end : i;
      }
      case '_': return match(form + 1, skip_space(i));
      case '&': return word_end(i) ? match(form + 1, i) : 0;
      case '!': return i < size_ && !digit(i) ? match(form + 1, i + 1) : 0;
      case '*':
      case '^': {
        const char* ends = *form == '*' ? "- '0123456789" : "-/.";
        std::size_t end = i;
        while (end < size_ && !is_one_of(at(end), ends)) end++;
        for (std::size_t e = end; e + 1 > i; e--)  // the longest first
          if (std::size_t matched = match(form + 1, e)) return matched;
        return 0;
      }
      case 'N': {
        int number = name(i, kMonthNames);
        if (number < 0 || (form == form_ && !word_end(i))) return 0;
        month_ = Str(kMonthNumbers + number * 2, 2);
        return match(form + 1, i + 3);
      }
      case 'D':
      case 'M':
      case 'Y': return match_number(form, i);
      default: return at(i) == *form ? match(form + 1, i + 1) : 0;
    }
  }

  /// The part of a form that need not be there: a comma before the year, and the era.
  std::size_t match_rest(const char* form, std::size_t i) {
    if (*form == '_') {
      i = skip_space(i);
      if (at(i) == ',') i++;
    }
    return match(form, i);
  }

  std::size_t match_number(const char* form, std::size_t i) {
    std::size_t begin = i;
    if (at(i) == '\'') i++;
    bool first = form == form_;
    if ((*form == 'Y' || form[1] == '\0') && (at(i) == '-' || (first && at(i) == '+'))) i++;
    if (!digit(i)) return 0;
    i = skip_digits(i);
    std::size_t ordinal = ordinal_suffix(i);
    bool suffixed = *form == 'Y' && form_[1] == '*' && ordinal;
    if (suffixed) i = ordinal;
    Str number = piece(begin, i);
    std::size_t end = match(form + 1, i);
    if (end) (*form == 'D' ? day_ : *form == 'M' ? month_ : year_) = number;
    return end;
  }

  MERIDIAN_NOINLINE std::size_t ordinal_suffix(std::size_t i) const {
    for (const char* suffix = "stndrdth"; *suffix; suffix += 2)
      if (at(i) == suffix[0] && at(i + 1) == suffix[1] && word_end(i + 2)) return i + 2;
    return 0;
  }

  /// Finds out which of the three numbers is which.
  void keep_date() {
    auto is_year = [](Str s) { return s.size() > 2 || starts_with(s, "'"); };
    auto swap = [](Str& a, Str& b) {
      Str keep = a;
      a = b;
      b = keep;
    };
    if (!year_.empty() && !month_.empty() && day_.empty()) {  // two numbers are month and day
      day_ = month_;
      month_ = year_;
      year_ = {};
    }
    if (year_.empty() && is_year(day_)) swap(year_, day_);
    if (!year_.empty() && !is_digit(year_.back())) {  // 2nd
      Str day = first_number(year_, true);
      year_ = day_;
      day_ = day;
    }
    if (is_year(month_)) {  // month first, as Americans have it
      swap(year_, month_);
      swap(month_, day_);
    }
    if (is_year(day_)) swap(year_, day_);
    if (!year_.empty()) {
      Str digits = first_number(year_, true);
      field[kYear] = small_number(digits);
      two_digit_year_ = digits.size() < 3 && is_digit(digits[0]);
    }
    if (!month_.empty()) field[kMonth] = small_number(first_number(month_, false));
    if (!day_.empty()) field[kDay] = small_number(first_number(day_, false));
  }

  /// 2nd
  std::size_t ordinal(std::size_t from) {
    if (!digit(from)) return 0;
    std::size_t i = skip_digits(from), end = ordinal_suffix(i);
    if (end) field[kDay] = number(from, i);
    return end;
  }

  /// Digits that run together: 20200102, 20200102T030405Z, 2020001, 0102.
  std::size_t digits(std::size_t from) {
    std::size_t i = from + is_one_of(at(from), "+-"), end = skip_digits(i);
    if (end - i < 2) return 0;
    if (end - i > 14) end = i + 14;
    bool behind_century = end - i < 7;
    std::size_t year_end = end - i < 5 ? i : i + (behind_century ? 2 : 4);
    if (year_end > i) {
      field[kYear] = number(at(from) == '-' ? from : i, year_end);
      two_digit_year_ = behind_century;
    }
    if ((end - i) % 2) {
      field[kYearday] = number(year_end, year_end + 3);
    } else {
      Field first = end - i < 4 ? kDay : kMonth;
      keep_pairs(year_end, end, first);
    }
    i = skip_space(end);
    if (at(i) == 't') i = skip_space(i + 1);
    end = skip_digits(i);
    if (end - i >= 2) keep_pairs(i, end - i > 6 ? i + 6 : end, kHour);
    std::size_t zone_end = at(end) == 'z' ? end + 1 : is_one_of(at(end), "+-") ? skip_digits(end + 1) : end;
    if (zone_end > end && zone_end < end + 6 && word_end(zone_end)) {
      keep_zone(end, zone_end);
      end = zone_end;
    }
    return end;
  }

  /// Two digits for each field from the first one on.
  void keep_pairs(std::size_t from, std::size_t to, int first) {
    for (; from + 2 <= to && first <= kSecond; from += 2) field[first++] = number(from, from + 2);
  }

  /// A number that is left over is the hour of a day, or the day of an hour.
  void lone_number() {
    Str rest = strip(piece(0, size_));
    if (rest.empty() || rest.size() > 2 || first_number(rest, false) != rest) return;
    int n = small_number(rest), &day = field[kDay], &hour = field[kHour];
    if (hour >= 0 && day < 0 && n >= 1 && n <= 31)
      day = n;
    else if (day >= 0 && hour < 0 && n <= 24)
      hour = n;
  }

  char text_[kMaxLength];
  std::size_t size_ = 0;
  char zone_[16];
  const char* form_ = nullptr;
  Str year_, month_, day_;
  bool two_digit_year_ = false;  // 99 stands for 1999
};

/// Ruby's Time.zone_offset: minutes east of UTC.
bool zone_offset(Str name, int year, const Zone& local, int& minutes) {
  if (is_one_of(char_at(name, 0), "+-")) {  // only +hh, +hhmm and +hh:mm count
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
  for (int month = 1; month < 8; month += 6) {  // what the site's own clocks are called in winter and in summer
    Zone::Transition t = local.at(seconds_of(year, month, 1));
    minutes = t.offset_minutes;
    if (!name.empty() && equal_ignoring_case(t.abbreviation, name)) return true;
  }
  return false;
}

/// What is missing before the first thing that is given is taken from now; what is missing behind it is the least.
void fill(int* field, const Civil& now) {
  const int nows[] = {int(now.year), kNone, now.month, now.day, now.hour, now.minute, now.second};
  const int least[] = {0, kNone, 1, 1, 0, 0, 0};
  bool given = false;
  for (int i = kYear; i <= kSecond; i++) {
    if (field[i] == kNone)
      field[i] = given ? least[i] : nows[i];
    else
      given = true;
  }
}

bool in_range(const int* field) {
  const int least[] = {-999999, 1, 1, 1, 0, 0, 0}, most[] = {999999, 366, 12, 31, 24, 59, 60};
  for (int i = kYear; i <= kSecond; i++)
    if (field[i] != kNone && (field[i] < least[i] || field[i] > most[i])) return false;
  return field[kHour] < 24 || (!field[kMinute] && !field[kSecond]);
}
}  // namespace

bool parse_time(Str s, const Zone& local, const Time& now, Time& out) {
  if (s.size() > kMaxLength) return false;
  Parser parser(s);
  parser.parse();
  int* field = parser.field;
  bool any = false;
  for (int i = 0; i < kFields; i++) any = any || field[i] != kNone;
  if (!any) return false;

  Time clock = now;  // on the clock of the zone that is named, or of the site
  int offset = 0;
  bool has_offset =
      !parser.zone.empty() &&
      zone_offset(parser.zone, field[kYear] != kNone ? field[kYear] : int(civil(now).year), local, offset);
  if (offset <= -1440 || offset >= 1440) return false;
  clock.offset_minutes = std::int16_t(has_offset ? offset : local.at(now.seconds).offset_minutes);
  fill(field, civil(clock));
  if (!in_range(field)) return false;

  bool by_yearday = field[kYearday] != kNone;
  std::int64_t seconds =
      seconds_of(field[kYear], by_yearday ? 1 : field[kMonth], by_yearday ? field[kYearday] : field[kDay], field[kHour],
                 field[kMinute], field[kSecond]);
  out.nanoseconds = field[kNanosecond] != kNone ? field[kNanosecond] : 0;
  out.seconds = has_offset ? seconds - offset * 60 : local.from_local(seconds);
  out.offset_minutes = std::int16_t(has_offset ? offset : local.at(out.seconds).offset_minutes);
  out.utc = has_offset && one_of(parser.zone, "UTC Z -00:00 -0000 -00") >= 0;
  return true;
}

}  // namespace meridian
