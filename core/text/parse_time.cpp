// Ruby's Time.parse, which is Date._parse and the rules for what is left out. The text is searched for one form after
// the other; what one of them matched is taken out, so that the next ones don't see it.
#include "names.h"

namespace meridian {

namespace {
/// Ruby refuses longer texts as well. It makes the cost of searching for every form at every place a constant.
constexpr std::size_t kMaxLength = 128;

constexpr char kMonthNumbers[] = "010203040506070809101112";
/// Zones that Ruby knows by name, and their hours east of UTC.
constexpr Str kZoneNames = "UTC Z UT GMT EST EDT CST CDT MST MDT PST PDT";
constexpr signed char kZoneHours[] = {0, 0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7};

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

/// What was found; -1 stands for nothing.
struct Found {
  std::int64_t year = -1;
  bool has_year = false, century = true;  // whether two digits of a year stand for four
  int yearday = -1, month = -1, day = -1, hour = -1, minute = -1, second = -1;
  std::int32_t nanoseconds = -1;
  Str zone;
  bool any() const {
    return has_year || yearday >= 0 || month >= 0 || day >= 0 || hour >= 0 || minute >= 0 || second >= 0 || nanoseconds >= 0;
  }
};

int small_number(Str digits) {
  std::int64_t n = parse_int(digits);
  return n > 9999 ? 9999 : int(n);
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
  explicit Parser(Str s) {
    // Whatever is no word, number or mark of a date becomes a space.
    for (char c : s) {
      bool kept = is_digit(c) || is_letter(c) || (is_one_of(c, "-+',./:@[]"));
      if (kept || !size_ || text_[size_ - 1] != ' ') text_[size_++] = kept ? lower(c) : ' ';
    }
  }

  Found parse() {
    find(&Parser::weekday);
    find(&Parser::clock);
    bool date = false;
    for (const char* form : kForms) {
      form_ = form;
      if ((date = find(&Parser::form))) break;
    }
    if (!date && !find(&Parser::ordinal)) find(&Parser::digits);
    find(&Parser::before_christ);
    lone_number();
    if (found_.has_year && found_.century && found_.year >= 0 && found_.year <= 99)
      found_.year += found_.year >= 69 ? 1900 : 2000;
    return found_;
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
  /// Number between two places; more than a field can hold is too large for all of them.
  MERIDIAN_NOINLINE int number(std::size_t from, std::size_t to) const {
    int n = 0;
    for (; from < to; from++) n = n > 999 ? 9999 : n * 10 + (text_[from] - '0');
    return n;
  }
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

  std::size_t weekday(std::size_t i) {
    if (!word_end(i) || name(i, kDayNames) < 0) return 0;
    for (i += 3; i < size_ && at(i) != '-' && at(i) != '/' && at(i) != ' ' && !digit(i);) i++;
    return i;
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
    std::size_t i = skip_digits(from), end = i;
    Found f;
    f.hour = number(from, i);
    i = skip_space(i);
    std::size_t next = skip_space(i + 1);
    bool clock = at(i) == ':' && digit(next);
    if (clock) {
      i = end = skip_digits(next);
      f.minute = number(next, i);
      i = skip_space(i);
      next = skip_space(i + 1);
      if (at(i) == ':' && digit(next)) {
        i = end = skip_digits(next);
        f.second = number(next, i);
        if (at(i) == '.' || at(i) == ',') {
          end = skip_digits(i + 1);
          if (end > i + 1) f.nanoseconds = fraction(piece(i + 1, end));
        }
      }
    } else if (at(i) == 'h') {
      clock = true;
      end = i + 1;
      if (digit(next)) {
        i = end = skip_digits(next);
        f.minute = number(next, i);
        if (at(i) == 'm') end = ++i;
        next = skip_space(i);
        if (digit(next)) {
          end = skip_digits(next);
          f.second = number(next, end);
          if (at(end) == 's') end++;
        }
      }
    }
    std::size_t half = half_of_day(skip_space(end));
    if (half) f.hour = f.hour % 12 + (at(skip_space(end)) == 'p' ? 12 : 0);
    else if (!clock) return 0;
    if (half) end = half;
    std::size_t zone_begin = skip_space(end), zone_end = zone(zone_begin);
    if (zone_end) {
      f.zone = keep_zone(zone_begin, zone_end);
      end = zone_end;
    }
    found_ = f;
    return end;
  }

  std::size_t zone(std::size_t from) const {
    std::size_t i = from;
    if (says(i, "gmt") || says(i, "utc")) i += 3;
    else if (says(i, "ut")) i += 2;
    if ((at(i) == '+' || at(i) == '-') && digit(i + 1)) {
      i = skip_digits(i + 1);
      if (is_one_of(at(i), ",.:") && digit(i + 1)) i = skip_digits(i + 1);
      if (at(i) == ':' && digit(i + 1)) i = skip_digits(i + 1);
      return i;
    }
    for (i = from; i < size_ && (is_letter(at(i)) || at(i) == '.' || at(i) == ' '); i++)  // Eastern Standard Time
      if (i > from && (says(i, "standard time") || says(i, "daylight time")) && word_end(i + 13)) return i + 13;
    for (i = from; is_letter(at(i));) i++;
    if (i == from || !word_end(i)) return 0;
    return says(i, " dst") && word_end(i + 4) ? i + 4 : i;
  }

  Str keep_zone(std::size_t from, std::size_t to) {
    zone_size_ = to - from < sizeof zone_ ? to - from : 0;  // a longer one is none that is known
    for (std::size_t i = 0; i < zone_size_; i++) zone_[i] = upper(text_[from + i]);
    return Str(zone_, zone_size_);
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
      case '*': case '^': {
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
      case 'D': case 'M': case 'Y': return match_number(form, i);
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
    auto swap = [](Str& a, Str& b) { Str keep = a; a = b; b = keep; };
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
      found_.has_year = true;
      found_.year = parse_int(digits.substr(digits[0] == '+'));
      if (digits.size() > 2 || !is_digit(digits[0])) found_.century = false;
    }
    if (!month_.empty()) found_.month = small_number(first_number(month_, false));
    if (!day_.empty()) found_.day = small_number(first_number(day_, false));
  }

  /// 2nd
  std::size_t ordinal(std::size_t from) {
    if (!digit(from)) return 0;
    std::size_t i = skip_digits(from), end = ordinal_suffix(i);
    if (end) found_.day = number(from, i);
    return end;
  }

  /// Digits that run together: 20200102, 20200102T030405Z, 2020001, 0102.
  std::size_t digits(std::size_t from) {
    std::size_t i = from + (at(from) == '-' || at(from) == '+');
    std::size_t end = skip_digits(i);
    if (end - i < 2) return 0;
    if (end - i > 14) end = i + 14;
    Str date = piece(i, end);
    bool negative = at(from) == '-';
    i = skip_space(end);
    if (at(i) == 't') i = skip_space(i + 1);
    std::size_t time_end = skip_digits(i);
    if (time_end - i > 6) time_end = i + 6;
    Str time;
    end = i;
    if (time_end - i >= 2) {
      time = piece(i, time_end);
      end = time_end;
    }
    if ((at(end) == '.' || at(end) == ',') && !time.empty()) {
      std::size_t fraction_end = skip_digits(end + 1);
      found_.nanoseconds = fraction(piece(end + 1, fraction_end));
      end = fraction_end;
    }
    keep_digits(date, negative);
    keep_time_digits(time);
    std::size_t zone_end = at(end) == 'z' ? end + 1 : skip_digits(end + 1);
    bool offset = (at(end) == '+' || at(end) == '-') && zone_end > end + 1 && zone_end < end + 6;
    if ((at(end) == 'z' || offset) && word_end(zone_end)) {
      found_.zone = keep_zone(end, zone_end);
      end = zone_end;
    }
    return end;
  }

  void keep_digits(Str s, bool negative) {
    auto take = [&](std::size_t count) {
      int n = small_number(s.substr(0, count));
      s.remove_prefix(count);
      return n;
    };
    bool odd = s.size() % 2 == 1;
    if (s.size() == 5 || s.size() >= 6) {  // a year comes first
      found_.has_year = true;
      found_.century = s.size() < 7;
      found_.year = take(s.size() < 7 ? 2 : 4);
      if (negative) found_.year = -found_.year;
    }
    if (odd) {
      found_.yearday = take(3);
      return;
    }
    if (s.size() >= 4) found_.month = take(2);
    found_.day = take(2);
    keep_time_digits(s);
  }

  void keep_time_digits(Str s) {
    int* fields[] = {&found_.hour, &found_.minute, &found_.second};
    for (int* field : fields) {
      if (s.size() < 2) return;
      *field = small_number(s.substr(0, 2));
      s.remove_prefix(2);
    }
  }

  std::size_t before_christ(std::size_t i) {
    if (!word_end(i)) return 0;
    std::size_t end = says(i, "b.c.e.") ? i + 6 : says(i, "b.c.") ? i + 4 : says(i, "bce") ? i + 3 : says(i, "bc") ? i + 2 : 0;
    if (!end || (at(i + 1) != '.' && !word_end(end))) return 0;
    found_.year = 1 - found_.year;
    found_.century = false;
    return end;
  }

  /// A number that is left over is the hour of a day, or the day of an hour.
  void lone_number() {
    Str rest = strip(piece(0, size_));
    if (rest.empty() || rest.size() > 2 || first_number(rest, false) != rest) return;
    if (found_.hour >= 0 && found_.day < 0 && small_number(rest) >= 1 && small_number(rest) <= 31) found_.day = small_number(rest);
    else if (found_.day >= 0 && found_.hour < 0 && small_number(rest) <= 24) found_.hour = small_number(rest);
  }

  char text_[kMaxLength];
  std::size_t size_ = 0;
  char zone_[16];
  std::size_t zone_size_ = 0;
  const char* form_ = nullptr;
  Str year_, month_, day_;
  Found found_;
};

/// Ruby's Time.zone_offset: seconds east of UTC.
bool zone_offset(Str zone, std::int64_t year, const Zone& local, int& seconds) {
  auto two = [&](std::size_t i) { return (zone[i] - '0') * 10 + zone[i + 1] - '0'; };
  if (!zone.empty() && (zone[0] == '+' || zone[0] == '-')) {
    // Only +hh, +hhmm and +hh:mm count.
    bool colon = zone.size() == 6 && zone[3] == ':';
    if (zone.size() != 3 && zone.size() != 5 && !colon) return false;
    for (std::size_t i = 1; i < zone.size(); i++)
      if (!is_digit(zone[i]) && !(colon && i == 3)) return false;
    seconds = two(1) * 3600 + (zone.size() > 3 ? two(zone.size() - 2) * 60 : 0);
    if (zone[0] == '-') seconds = -seconds;
    return true;
  }
  int number = one_of(zone, kZoneNames);
  if (number >= 0) {
    seconds = kZoneHours[number] * 3600;
    return true;
  }
  if (zone.size() == 1 && zone[0] >= 'A' && zone[0] <= 'Y' && zone[0] != 'J') {  // as soldiers have it
    int c = zone[0];
    seconds = (c <= 'I' ? c - 'A' + 1 : c <= 'M' ? c - 'A' : 'M' - c) * 3600;
    return true;
  }
  for (int month : {1, 7}) {
    Zone::Transition t = local.at(local.from_local(seconds_of(year, month, 1)));
    if (zone.empty() || !equal_ignoring_case(t.abbreviation, zone)) continue;
    seconds = t.offset_minutes * 60;
    return true;
  }
  return false;
}

/// What is missing before the first thing that is given is taken from now; what is missing behind it is the least.
void fill(Found& f, const Civil& now) {
  bool given = f.has_year;
  if (!given) f.year = now.year;
  given = given || f.yearday >= 0;
  int* fields[] = {&f.month, &f.day, &f.hour, &f.minute, &f.second};
  const int nows[] = {now.month, now.day, now.hour, now.minute, now.second}, least[] = {1, 1, 0, 0, 0};
  for (int i = 0; i < 5; i++) {
    if (*fields[i] >= 0) given = true;
    else *fields[i] = given ? least[i] : nows[i];
  }
}

bool in_range(const Found& f) {
  if (f.year > 999999 || f.year < -999999) return false;
  if (f.yearday >= 0 && (f.yearday < 1 || f.yearday > 366)) return false;
  if (f.month < 1 || f.month > 12 || f.day < 1 || f.day > 31 || f.minute > 59 || f.second > 60) return false;
  return f.hour < 24 || (f.hour == 24 && !f.minute && !f.second);
}
}  // namespace

bool parse_time(Str s, const Zone& local, const Time& now, Time& out) {
  if (s.size() > kMaxLength) return false;
  Parser parser(s);  // holds the bytes of the zone
  Found f = parser.parse();
  if (!f.any()) return false;

  Time clock = now;  // on the clock of the zone that is named, or of the site
  clock.utc = false;
  int offset = 0;
  bool has_offset = !f.zone.empty() && zone_offset(f.zone, f.has_year ? f.year : civil(now).year, local, offset);
  clock.offset_minutes = std::int16_t(has_offset ? offset / 60 : local.at(now.seconds).offset_minutes);
  if (offset <= -86400 || offset >= 86400) return false;
  fill(f, civil(clock));
  if (!in_range(f)) return false;

  std::int64_t seconds = f.yearday >= 0 ? seconds_of(f.year, 1, f.yearday, f.hour, f.minute, f.second)
                                        : seconds_of(f.year, f.month, f.day, f.hour, f.minute, f.second);
  out.nanoseconds = f.nanoseconds >= 0 ? f.nanoseconds : 0;
  out.seconds = has_offset ? seconds - offset : local.from_local(seconds);
  out.offset_minutes = std::int16_t(has_offset ? offset / 60 : local.at(out.seconds).offset_minutes);
  out.utc = has_offset && one_of(f.zone, "UTC Z -00:00 -0000 -00") >= 0;
  return true;
}

}  // namespace meridian
