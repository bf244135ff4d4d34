#include "style_text.h"

namespace meridian::scholar {

namespace {
/// Years before have their era behind them.
constexpr int kFirstBareYear = 1000;

bool is_upper(std::uint32_t c) { return downcase(c) != c; }
/// Names that citeproc puts in the order of their language, without initials: those that have
/// characters beyond Latin, Greek, Cyrillic, Hebrew, Armenian and Georgian, or combining marks.
bool is_romanesque(const bibtex::Person& name) {
  for (Str part : {name.first, name.last})
    for (std::size_t at = 0; at < part.size();) {
      std::uint32_t c = decode(part, at);
      bool mark = c >= 0x300 && c < 0x370;
      bool other = (c >= 0x600 && c < 0x10a0) || (c >= 0x1100 && c < 0x1d00) ||
                   (c >= 0x2e80 && c < 0xfb00 && c != 0x3000);
      if (mark || other) return false;
    }
  return true;
}
/// Offset in front of tags and closing quotes at the end.
std::size_t visible_end(Str s, std::size_t begin, bool& quote) {
  std::size_t end = s.size();
  for (;;) {
    if (end > begin && s[end - 1] == '>') {
      std::size_t open = s.rfind('<', end - 1);
      if (open == Str::npos || open < begin || char_at(s, open + 1) != '/') return end;
      end = open;
    } else if (ends_with(slice(s, begin, end), "”") || ends_with(slice(s, begin, end), "’")) {
      end -= 3;
      quote = true;
    } else {
      return end;
    }
  }
}
}  // namespace

Style style_named(Str name) { return name.find("ieee") != Str::npos ? Style::Ieee : Style::Apa; }

void Line::text(Str s) {
  for (std::size_t i = 0; i < s.size(); i++) {
    std::size_t end = i + 1;
    if (s[i] == '&') {
      while (is_alnum(char_at(s, end)) || char_at(s, end) == '#') end++;
      out_.add(char_at(s, end) == ';' ? "&" : "&amp;");
    } else {
      out_.add(s[i]);
    }
  }
}

void Line::italic(Str s) {
  if (s.empty()) return;
  add("<i>");
  text(s);
  add("</i>");
}

void Line::mark(char c) {
  if (empty()) return;
  bool quote = false;
  std::size_t end = visible_end(out_.str(), begin_, quote);
  char last = end > begin_ ? out_.str()[end - 1] : '\0';
  if (last == c || (c == '.' && is_one_of(last, ".?!")) || (c == ',' && last == ',')) return;
  if (quote && (c == '.' || c == ','))
    out_.insert(end, Str(&c, 1));
  else
    out_.add(c);
}

void Line::next(char c) {
  if (empty()) return;
  mark(c);
  out_.add(' ');
}

void add_initials(Line& line, Str given) {
  Text t;
  for (std::size_t at = 0; at < given.size();) {
    std::size_t begin = at;
    std::uint32_t c = decode(given, at);
    if (!is_upper(c)) {
      t.add(slice(given, begin, at));
      continue;
    }
    t.add(slice(given, begin, at));
    t.add(". ");
    for (std::size_t next = at; next < given.size(); at = next) {
      std::uint32_t follows = decode(given, next);
      if (is_upper(follows) || follows == '-' || (follows < 128 && is_space(char(follows)))) break;
    }
    while (is_space(char_at(given, at))) at++;
  }
  // No space before a hyphen, nor at the end.
  Str s = t.str();
  Text joined;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = i;
    while (is_space(char_at(s, end))) end++;
    if (end == s.size()) break;
    if (s[end] != '-') joined.add(slice(s, i, end));
    joined.add(s[end]);
    i = end + 1;
  }
  line.text(joined.str());
}

void add_person(Line& line, const bibtex::Person& name, bool last_first) {
  if (name.first.empty() || (name.last.empty() && name.prefix.empty())) {
    if (!name.prefix.empty()) line.text(name.prefix);
    if (!name.prefix.empty() && !name.last.empty()) line.add(" ");
    line.text(name.last.empty() ? name.first : name.last);
    if (!name.suffix.empty()) {
      line.add(last_first ? ", " : " ");
      line.text(name.suffix);
    }
    return;
  }
  if (!is_romanesque(name)) {
    line.text(name.last);
    line.add(" ");
    line.text(name.first);
    return;
  }
  if (!last_first) {
    add_initials(line, name.first);
    line.add(" ");
  }
  if (!name.prefix.empty()) {
    line.text(name.prefix);
    line.add(" ");
  }
  line.text(name.last);
  if (last_first) {
    line.add(", ");
    add_initials(line, name.first);
  }
  if (!name.suffix.empty()) {
    line.add(last_first ? ", " : " ");
    line.text(name.suffix);
  }
}

Str pages_of(const Item& item, bool whole) {
  Str s = item.text("pages");
  Text t;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = i;
    while (is_alnum(char_at(s, end))) end++;
    Str first = slice(s, i, end);
    if (first.empty() || !is_digit(first.back())) {
      end += first.empty();
      t.add(slice(s, i, end));
      i = end;
      continue;
    }
    std::size_t dash = end;
    while (char_at(s, dash) == ' ') dash++;
    std::size_t second = dash;
    if (starts_with(s.substr(dash), "–"))
      second += 3;
    else
      while (char_at(s, second) == '-') second++;
    if (second == dash) {
      t.add(first);
      i = end;
      continue;
    }
    while (char_at(s, second) == ' ') second++;
    i = second;
    while (is_alnum(char_at(s, i))) i++;
    Str last = slice(s, second, i);
    if (last.empty() || !is_digit(last.back())) {
      t.add(slice(s, end - first.size(), i));
      continue;
    }
    t.add(first);
    t.add("–");
    bool digits = is_digit(first[0]) && is_digit(last[0]);
    if (whole && digits && last.size() < first.size())
      t.add(first.substr(0, first.size() - last.size()));
    t.add(last);
  }
  return item.arena().copy(t.str());
}

bool are_several(Str pages) {
  return pages.find("–") != Str::npos || pages.find_first_of(",&-") != Str::npos;
}

Str first_of(const Item& item, Str names) {
  for (const Field& field : item.entry().fields)
    if (one_of(field.name, names) >= 0)
      if (Str text = item.text(field.name); !text.empty()) return text;
  for (Str name; next_piece(names, ' ', name);)
    if (Str text = item.text(name); !text.empty()) return text;
  return {};
}

Str ordinal(Arena& arena, Str number) {
  std::int64_t n;
  if (!bibtex::is_number(number, n)) return number;
  std::int64_t last = n % 10, tens = n / 10 % 10;
  return arena.join(number, tens == 1   ? "th"
                            : last == 1 ? "st"
                            : last == 2 ? "nd"
                            : last == 3 ? "rd"
                                        : "th");
}

bool is_numeric(Str text) {
  bool digits = false;
  for (std::size_t i = 0; i < text.size(); i++) {
    char c = text[i];
    if (is_space(c) && !is_one_of(char_at(text, i + 1), "-,&") &&
        (!i || !is_one_of(text[i - 1], "-,&")))
      return false;
    if (!is_alnum(c) && !is_space(c) && !is_one_of(c, "-,&")) return false;
    if (is_alpha(c) && (i == 0 || !is_alnum(text[i - 1]))) return false;
    digits |= is_digit(c);
  }
  return digits;
}

Str in_title_case(Arena& arena, Str s) {
  // CSL's list, as citeproc-ruby has it.
  constexpr Name kSmallWords =
      "a about above across afore after against along alongside amid amidst among amongst an and "
      "anenst apropos apud around as aside astride at athwart atop barring before behind below "
      "beneath beside besides between beyond but by circa d despite down during except for "
      "forenenst from given in inside into lest like modulo near next nor notwithstanding of off "
      "on onto out over per plus pro qua sans since so than the through thru throughout thruout "
      "till to toward towards under underneath until unto up upon v versus via vis-à-vis vs with "
      "within without";
  Text t;
  bool first = true;
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = i;
    std::uint32_t letter = decode(s, end);
    bool begins = is_word(letter) && !(letter < 128 && !is_alpha(char(letter)));
    std::size_t word = end;
    if (begins)
      while (word < s.size()) {
        std::size_t next = word;
        std::uint32_t c = decode(s, next);
        if (!(c == '.' || (is_word(c) && !(c < 128 && !is_alpha(char(c)))))) break;
        word = next;
      }
    while (word > end && s[word - 1] == '.') word--;
    if (!begins || word == end) {
      // What follows a digit or `_` in one word is no begin of a word.
      std::size_t behind = end;
      bool digits = letter < 128 && (is_digit(char(letter)) || letter == '_');
      while (digits && is_alnum(char_at(s, behind))) behind++;
      t.add(slice(s, i, behind));
      i = behind;
      continue;
    }
    Text low;
    add_downcase(low, slice(s, i, word));
    bool small = one_of(low.str(), kSmallWords) >= 0;
    bool last = word == s.size() || s[word] == '\n';
    std::uint32_t upper_letter = upcase(letter);
    if (upper_letter != letter && (!small || first || last))
      add_utf8(t, upper_letter);
    else
      t.add(slice(s, i, end));
    t.add(slice(s, end, word));
    first = false;
    i = word;
  }
  return arena.copy(t.str());
}

int month_of(const Item& item) {
  std::int64_t month = 0;
  Str date = item.text("date");
  if (!date.empty()) {
    std::size_t dash = date.find('-');
    if (dash == Str::npos || !bibtex::is_number(date.substr(dash + 1, 2), month)) return 0;
  } else if (!bibtex::is_number(item.text("month_numeric"), month)) {
    return 0;
  }
  return month >= 1 && month <= 12 ? int(month) : 0;
}

Str printed_year(const Item& item) {
  Str year = item.text("date");
  year = year.empty() ? item.text("year") : slice(year, 0, year.find('-'));
  std::int64_t number;
  bool early = bibtex::is_number(year, number) && number > 0 && number < kFirstBareYear;
  return early ? item.arena().join(year, " AD") : year;
}

void add_apa(const Item& item, Text& out);
void add_ieee(const Item& item, std::uint32_t number, Text& out);
void cite_apa(const Item& item, bool suppress_author, Text& out);

void add_reference(Style style, const Item& item, std::uint32_t number, Text& out) {
  if (style == Style::Ieee)
    add_ieee(item, number, out);
  else
    add_apa(item, out);
}

Around around(Style style) {
  return style == Style::Ieee ? Around{"", ", ", ""} : Around{"(", "; ", ")"};
}

void add_citation(Style style, const Item& item, std::uint32_t number, Str locator, Str label,
                  bool suppress_author, Text& out) {
  if (style == Style::Ieee) {
    out.add('[');
    out.add_int(number);
  } else {
    cite_apa(item, suppress_author, out);
  }
  if (!locator.empty()) {
    Line line(out);
    bool several = are_several(locator);
    line.add(", ");
    if (label == "page")
      line.add(several ? "pp. " : "p. ");
    else if (label == "chapter")
      line.add(style == Style::Ieee ? "ch. " : "Chapter ");
    else if (label == "section")
      line.add(style == Style::Ieee ? "sec. " : "Section ");
    else if (label == "figure")
      line.add("Figure ");
    line.text(locator);
  }
  if (style == Style::Ieee) out.add(']');
}

}  // namespace meridian::scholar
