// Ruby's Time#strftime.
#include "names.h"

namespace meridian {

namespace {
/// Widest field that one directive may ask for: more is no date any more, and text could be made very long very
/// cheaply.
constexpr int kMaxWidth = 1024;

Str nth_word(Str list, int n) {
  while (n--) list.remove_prefix(list.find(' ') + 1);
  return list.substr(0, list.find(' '));
}

int floor_modulo(int a, int b) { return (a % b + b) % b; }
bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/// Week and year of ISO 8601: weeks begin on Monday, the first one holds January 4th.
int iso_week(const Civil& c, int& year) {
  int weekday = (c.weekday + 6) % 7;  // Monday is 0
  int week = (c.yearday - 1 - weekday + 10) / 7;
  year = int(c.year);
  if (week < 1) {
    year--;
    int last_yearday = c.yearday + (is_leap(year) ? 366 : 365);
    return (last_yearday - 1 - weekday + 10) / 7;
  }
  if (week == 53 && c.yearday - weekday + 3 > (is_leap(year) ? 366 : 365)) {
    year++;
    return 1;
  }
  return week;
}

/// What stands between % and the letter.
struct Directive {
  char pad = 0;  // '0', '_' or '-', 0: as the letter has it
  bool upcase = false, change_case = false;
  int colons = 0, width = 0;
};

class Writer {
 public:
  Writer(Text& out, const Time& t, const Zone* zone) : out_(out), time_(t), civil_(civil(t)), zone_(zone) {}

  void write(Str format) {
    for (std::size_t i = 0; i < format.size();) {
      std::size_t percent = format.find('%', i);
      out_.add(format.substr(i, percent - i));
      if (percent == Str::npos) return;
      i = percent + 1;
      Directive d;
      if (!read(format, i, d) || !letter(format[i], d)) {
        i = i < format.size() ? i + 1 : i;
        out_.add(format.substr(percent, i - percent));
      } else {
        i++;
      }
    }
  }

 private:
  /// Flags, width and modifier; `at` then stands at the letter. False when there is none.
  static bool read(Str format, std::size_t& at, Directive& d) {
    for (; at < format.size(); at++) {
      char c = format[at];
      if (c == '-' || c == '_' || (c == '0' && !d.width))
        d.pad = d.pad == '-' ? '-' : c;
      else if (c == '^')
        d.upcase = true;
      else if (c == '#')
        d.change_case = true;
      else if (c == ':')
        d.colons++;
      else if (is_digit(c))
        d.width = d.width < kMaxWidth ? d.width * 10 + (c - '0') : kMaxWidth;
      else
        break;
    }
    if (d.width > kMaxWidth) d.width = kMaxWidth;
    if (at + 1 < format.size() && (format[at] == 'E' || format[at] == 'O')) {
      const char* allowed = format[at] == 'E' ? "cCxXyY" : "deHkIlmMSuUVwWy";
      if (is_one_of(format[at + 1], allowed)) at++;
    }
    return at < format.size() && (!d.colons || format[at] == 'z');
  }

  bool letter(char c, const Directive& d) {
    if (number_letter(c, d) || name_letter(c, d)) return true;
    // Directives that stand for several others.
    constexpr char kLetters[] = "cDxFTXRrv";
    constexpr const char* kFormats[] = {
        "%a %b %e %H:%M:%S %Y", "%m/%d/%y",  "%m/%d/%y", "%Y-%m-%d", "%H:%M:%S", "%H:%M:%S", "%H:%M",
        "%I:%M:%S %p",          "%e-%^b-%4Y"};
    int several_of = index_in(kLetters, c);
    if (several_of < 0) return false;
    several(kFormats[several_of], d);
    return true;
  }

  bool number_letter(char c, const Directive& d) {
    // Each with its width; the last three are padded with spaces, all others with zeros.
    constexpr char kLetters[] = "YGCygmdHIMSUWVjuwekl";
    constexpr char kWidths[] = "44222222222222311222";
    if (c == 's') {
      number(time_.seconds, 1, '0', d);
      return true;
    }
    int which = index_in(kLetters, c);
    if (which < 0) return false;
    const Civil& t = civil_;
    int year = int(t.year), iso_year;
    int week = iso_week(t, iso_year), hour12 = (t.hour + 11) % 12 + 1, short_year = floor_modulo(year, 100);
    int from_monday = (t.weekday + 6) % 7;
    const int values[] = {year,
                          iso_year,
                          (year - short_year) / 100,
                          short_year,
                          floor_modulo(iso_year, 100),
                          t.month,
                          t.day,
                          t.hour,
                          hour12,
                          t.minute,
                          t.second,
                          (t.yearday + 6 - t.weekday) / 7,
                          (t.yearday + 6 - from_monday) / 7,
                          week,
                          t.yearday,
                          from_monday + 1,
                          t.weekday,
                          t.day,
                          t.hour,
                          hour12};
    bool long_year = which < 2 && values[which] < 0;
    number(values[which], kWidths[which] - '0' + long_year, which >= 17 ? '_' : '0', d);
    return true;
  }

  bool name_letter(char c, const Directive& d) {
    switch (c) {
      case 'a': words(nth_word(kDayNames, civil_.weekday).substr(0, 3), true, d); return true;
      case 'A': words(nth_word(kDayNames, civil_.weekday), true, d); return true;
      case 'b':
      case 'h': words(nth_word(kMonthNames, civil_.month - 1).substr(0, 3), true, d); return true;
      case 'B': words(nth_word(kMonthNames, civil_.month - 1), true, d); return true;
      case 'p': words(civil_.hour < 12 ? "AM" : "PM", false, d); return true;
      case 'P': words(civil_.hour < 12 ? "am" : "pm", true, d); return true;
      case 'n': words("\n", false, d); return true;
      case 't': words("\t", false, d); return true;
      case '%': words("%", false, d); return true;
      case 'L': fraction(d.width ? d.width : 3); return true;
      case 'N': fraction(d.width ? d.width : 9); return true;
      case 'z': offset(d); return true;
      case 'Z':
        if (!zone_name().empty()) words(zone_name(), false, d);
        return true;
      default: return false;
    }
  }

  void number(std::int64_t n, int width, char pad, const Directive& d) {
    if (d.width) width = d.width;
    if (d.pad) pad = d.pad;
    std::size_t start = out_.size();
    out_.add_int(n);
    if (pad == '-') return;
    bool after_sign = n < 0 && pad == '0';
    pad_left(start + after_sign, width - after_sign, pad == '0' ? '0' : ' ');
  }

  /// `changes_up`: what the flag # does to it.
  void words(Str s, bool changes_up, const Directive& d) {
    std::size_t start = out_.size();
    out_.add(s);
    bool down = d.change_case && !changes_up;
    change_case(start, !down && (d.upcase || d.change_case), down);
    if (d.pad != '-') pad_left(start, d.width, d.pad == '0' ? '0' : ' ');
  }
  void several(Str format, const Directive& d) {
    std::size_t start = out_.size();
    write(format);
    change_case(start, d.upcase, false);
    pad_left(start, d.width, d.pad == '0' ? '0' : ' ');
  }
  void change_case(std::size_t start, bool up, bool down) {
    for (std::size_t i = start; i < out_.size() && (up || down); i++) {
      char& c = out_.data()[i];
      c = up ? upper(c) : lower(c);
    }
  }

  void fraction(int digits) {
    std::int32_t rest = time_.nanoseconds;
    for (std::int32_t unit = 100000000; digits > 0; digits--, unit /= 10) {
      out_.add(unit ? char('0' + rest / unit) : '0');
      if (unit) rest %= unit;
    }
  }

  Str zone_name() const {
    if (time_.utc) return "UTC";
    return zone_ ? zone_->at(time_.seconds).abbreviation : Str();
  }

  void offset(const Directive& d) {
    std::size_t start = out_.size();
    int minutes = time_.offset_minutes;
    int hours = (minutes < 0 ? -minutes : minutes) / 60;
    minutes = (minutes < 0 ? -minutes : minutes) % 60;
    if (hours < 10 && (d.pad != '_' && d.pad != '-')) out_.add('0');
    out_.add_int(hours);
    if (d.colons == 3 && !minutes) {
    } else {
      if (d.colons) out_.add(':');
      if (minutes < 10) out_.add('0');
      out_.add_int(minutes);
      if (d.colons == 2) out_.add(":00");
    }
    char sign = time_.offset_minutes < 0 ? '-' : '+';
    int width = d.width ? d.width : d.pad == '_' ? int(out_.size() - start) + 1 + (hours < 10) : 0;
    if (d.pad != '_') pad_left(start, width - 1, '0');
    out_.insert(start, Str(&sign, 1));
    if (d.pad == '_') pad_left(start, width, ' ');
  }

  void pad_left(std::size_t start, int width, char c) {
    Text padding;
    std::size_t size = out_.size() - start;
    if (width > 0 && size < std::size_t(width)) padding.add(std::size_t(width) - size, c);
    out_.insert(start, padding.str());
  }

  Text& out_;
  const Time& time_;
  const Civil civil_;
  const Zone* zone_;
};
}  // namespace

void add_strftime(Text& out, const Time& t, Str format, const Zone* zone) { Writer(out, t, zone).write(format); }

}  // namespace meridian
