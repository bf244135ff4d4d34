// Ruby's Time#strftime.
#include "meridian/text.h"

namespace meridian {

namespace {
/// Widest field that one directive may ask for: more is not a date any more, and text could be made
/// very long very cheaply.
constexpr int kMaxWidth = 1024;

Str nth_word(Str list, int n) {
  while (n--) list.remove_prefix(list.find(' ') + 1);
  return list.substr(0, list.find(' '));
}

int floor_modulo(int a, int b) { return (a % b + b) % b; }

/// The part between % and the letter.
struct Directive {
  char pad = 0;  // '0', '_' or '-'; 0: the letter's default
  bool upcase = false, change_case = false;
  int colons = 0, width = 0;
};

class Writer {
 public:
  Writer(Text& out, const Time& t, const Zone* zone) : out_(out), time_(t), zone_(zone) {}

  void write(Str format) {
    for (std::size_t i = 0; i < format.size() && !out_.full();) {
      std::size_t percent = format.find('%', i);
      out_.add(format.substr(i, percent - i));
      if (percent == Str::npos) return;
      i = percent + 1;
      Directive d;
      bool known = read(format, i, d) && letter(format[i], d);
      i += i < format.size();
      if (!known) out_.add(slice(format, percent, i));
    }
  }

 private:
  /// Reads flags, width and modifier; `at` is then at the letter. False when there is none.
  static bool read(Str format, std::size_t& at, Directive& d) {
    char c;
    for (;; at++) {
      c = char_at(format, at);
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
    if ((c == 'E' && is_one_of(char_at(format, at + 1), "cCxXyY")) ||
        (c == 'O' && is_one_of(char_at(format, at + 1), "deHkIlmMSuUVwWy")))
      c = format[++at];
    return c && (!d.colons || c == 'z');
  }

  bool letter(char c, const Directive& d) {
    // Directives that are abbreviations of several others.
    constexpr char kSeveral[] = "cDxFTXRrv";
    constexpr const char* kFormats[] = {"%a %b %e %H:%M:%S %Y",
                                        "%m/%d/%y",
                                        "%m/%d/%y",
                                        "%Y-%m-%d",
                                        "%H:%M:%S",
                                        "%H:%M:%S",
                                        "%H:%M",
                                        "%I:%M:%S %p",
                                        "%e-%^b-%4Y"};
    int which = index_in(kSeveral, c);
    if (which >= 0) {
      several(kFormats[which], d);
      return true;
    }
    switch (c) {
      case 's': number(time_.seconds, 1, '0', d); return true;
      case 'n': words("\n", d); return true;
      case 't': words("\t", d); return true;
      case '%': words("%", d); return true;
      case 'L': fraction(d.width ? d.width : 3); return true;
      case 'N': fraction(d.width ? d.width : 9); return true;
      case 'z': offset(d); return true;
      case 'Z':
        if (!zone_name().empty()) words(zone_name(), d, true);
        return true;
      default: return field(c, d);
    }
  }

  /// Values computed from the date: numbers, and indexes of names.
  bool field(char c, const Directive& d) {
    constexpr char kLetters[] = "YGCygmdHIMSUWVjuweklpPaAbhB";
    // Numbers are padded with zeros, three of them with spaces. Names are cut to three letters, or
    // to none.
    constexpr char kWidths[] = "442222222222223112229939339";
    constexpr int kSpaces = 17, kNames = 20;
    constexpr Name kAllNames =
        "AM PM am pm Sunday Monday Tuesday Wednesday Thursday Friday Saturday "
        "January February March April May June July August September October November December";
    int which = index_in(kLetters, c);
    if (which < 0) return false;
    const Civil t = civil(time_);
    int from_monday = (t.weekday + 6) % 7;
    // Weeks of ISO 8601 belong to the year of their Thursday.
    Time thursday = time_;
    thursday.seconds += (3 - from_monday) * 86400;
    const Civil iso = civil(thursday);
    int short_year = floor_modulo(t.year, 100);
    int hour12 = (t.hour + 11) % 12 + 1, afternoon = t.hour >= 12, day_name = 4 + t.weekday,
        month_name = 10 + t.month;
    const int values[] = {t.year,
                          iso.year,
                          (t.year - short_year) / 100,
                          short_year,
                          floor_modulo(iso.year, 100),
                          t.month,
                          t.day,
                          t.hour,
                          hour12,
                          t.minute,
                          t.second,
                          (t.yearday + 6 - t.weekday) / 7,
                          (t.yearday + 6 - from_monday) / 7,
                          (iso.yearday + 6) / 7,
                          t.yearday,
                          from_monday + 1,
                          t.weekday,
                          t.day,
                          t.hour,
                          hour12,
                          afternoon,
                          2 + afternoon,
                          day_name,
                          day_name,
                          month_name,
                          month_name,
                          month_name};
    int value = values[which], width = kWidths[which] - '0';
    if (which >= kNames)
      words(nth_word(kAllNames, value).substr(0, std::size_t(width)), d, c == 'p');
    else
      number(value, width + (which < 2 && value < 0), which >= kSpaces ? '_' : '0', d);
    return true;
  }

  void number(std::int64_t n, int width, char pad, const Directive& d) {
    if (d.width) width = d.width;
    if (d.pad) pad = d.pad;
    std::size_t start = out_.size();
    out_.add_int(n);
    if (pad == '-') return;
    bool after_sign = n < 0 && pad == '0';
    pad_left(start + after_sign, width - after_sign, pad);
  }

  /// `down`: the effect of the flag #.
  MERIDIAN_NOINLINE void words(Str s, const Directive& d, bool down = false) {
    std::size_t start = out_.size();
    out_.add(s);
    down = down && d.change_case;
    change_case(start, !down && (d.upcase || d.change_case), down);
    if (d.pad != '-') pad_left(start, d.width, d.pad);
  }
  void several(Str format, const Directive& d) {
    std::size_t start = out_.size();
    write(format);
    change_case(start, d.upcase, false);
    pad_left(start, d.width, d.pad);
  }
  void change_case(std::size_t start, bool up, bool down) {
    for (std::size_t i = start; i < out_.size() && (up || down); i++) {
      char& c = out_.data()[i];
      c = up ? upper(c) : lower(c);
    }
  }

  MERIDIAN_NOINLINE void fraction(int digits) {
    std::size_t start = out_.size();
    padded(time_.nanoseconds, 9);
    out_.truncate(start + std::size_t(digits));
    if (digits > 9) out_.add(std::size_t(digits - 9), '0');
  }

  Str zone_name() const {
    if (time_.utc) return "UTC";
    return zone_ ? zone_->at(time_.seconds).abbreviation : Str();
  }

  void offset(const Directive& d) {
    std::size_t start = out_.size();
    int seconds = time_.offset_minutes * 60 + time_.offset_seconds;
    bool west = seconds < 0;
    if (west) seconds = -seconds;
    int hours = seconds / 3600, minutes = seconds / 60 % 60;
    bool spaces = d.pad == '_';
    padded(hours, spaces ? 1 : 2);
    if (d.colons < 3 || minutes) {
      if (d.colons) out_.add(':');
      padded(minutes, 2);
      if (d.colons == 2) {
        out_.add(':');
        padded(seconds % 60, 2);
      }
    }
    int width = d.width ? d.width : spaces ? int(out_.size() - start) + 1 + (hours < 10) : 0;
    if (!spaces) pad_left(start, width - 1, '0');
    out_.insert(start, west || (d.pad == '-' && time_.utc) ? "-" : "+");
    if (spaces) pad_left(start, width, ' ');
  }

  MERIDIAN_NOINLINE void padded(int n, int width) { number(n, width, '0', {}); }

  /// With zeros or spaces.
  void pad_left(std::size_t start, int width, char pad) {
    std::size_t size = out_.size() - start, missing = std::size_t(width) - size;
    if (width <= int(size)) return;
    if (pad != '0') pad = ' ';
    out_.add(missing, pad);
    if (out_.full()) return;
    char* begin = out_.data() + start;
    std::memmove(begin + missing, begin, size);
    std::memset(begin, pad, missing);
  }

  Text& out_;
  const Time& time_;
  const Zone* zone_;
};
}  // namespace

void add_strftime(Text& out, const Time& t, Str format, const Zone* zone) {
  Writer(out, t, zone).write(format);
}

}  // namespace meridian
