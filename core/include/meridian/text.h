// Text as Ruby and the web treat it: UTF-8, case, HTML and URL escaping, slugs, numbers, dates. The
// functions do what the Ruby method that their comment names does; Jekyll's output depends on it.
//
//     Text out;
//     add_slug(out, "Über uns & mehr");           // über-uns-mehr
//     out.add('\n');
//     add_escaped_html(out, "a < b");             // a &lt; b
//     Time time;
//     if (parse_time("2026-01-31 10:00 +0100", zone, now, time))
//       add_strftime(out, time, "%-d %B %Y");     // 31 January 2026
//
// Functions named add_… append to a Text. Functions that return a Str return a view of their
// argument. No function keeps an argument. All are linear in their input unless their comment says
// otherwise. Positions are bytes; bytes that are not UTF-8 are passed through, or decoded as
// U+FFFD.
//
// Failure: there are no errors and no diagnostics here. A function that may find nothing says by
// which value it reports that: -1 for an index, npos for a position, false with `out` as it was.
#pragma once
#include "meridian/base.h"

namespace meridian {

// ---- bytes ----
// Ruby's \s, and \v.
inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
inline bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
/// A code point would lose its upper bits: these are for bytes.
bool is_alpha(std::uint32_t) = delete;
bool is_alnum(std::uint32_t) = delete;
bool is_space(std::uint32_t) = delete;
/// ASCII only; other bytes stay.
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }
inline char upper(char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; }

/// Position of `c` among the characters of a literal, from 0; -1 when it is none of them. NUL is
/// none.
int index_in(const char* characters, char c);
inline bool is_one_of(char c, const char* characters) { return index_in(characters, c) >= 0; }
/// The value of a hexadecimal digit, -1 when it is none.
int hex_digit(char c);
/// The byte at `at`, NUL at and behind the end.
inline char char_at(Str s, std::size_t at) { return at < s.size() ? s[at] : '\0'; }

/// Ruby's String#strip, #lstrip, #rstrip: a view without white space (and NUL) at the ends.
Str strip(Str s);
Str lstrip(Str s);
Str rstrip(Str s);
/// Equality that ignores the case of ASCII letters.
bool equal_ignoring_case(Str a, Str b);
/// Order of names as people count: `Note 2` before `Note 10`, without the case of ASCII letters; a
/// slash is before all other characters. Zero for equal bytes alone.
int compare_naturally(Str a, Str b);
/// Splits: moves the next piece of `rest`, up to the separator or the end, to `piece`, and drops
/// the separator; false when `rest` is empty.
///
///     for (Str rest = "a/b", piece; next_piece(rest, '/', piece);) use(piece);
bool next_piece(Str& rest, char separator, Str& piece);
/// Position of `word` in a list of words with single spaces between them, from 0; -1 when absent.
/// The table of a family of names: one_of("append", "abs append prepend") == 1.
int one_of(Str word, Str list);
MERIDIAN_SMALL inline int one_of(Str word, const char* list) { return one_of(word, Str(list)); }

// ---- UTF-8 ----
/// The code point at `at`, which moves behind it. A byte that is not part of well-formed UTF-8
/// gives U+FFFD and counts as one. `at` is less than the size.
std::uint32_t decode(Str s, std::size_t& at);
/// A code point as UTF-8.
void add_utf8(Text& out, std::uint32_t code_point);
/// UTF-16 code units of well-formed UTF-8: its length in JavaScript.
std::uint32_t utf16_size(Str s);
/// Byte offset of the character that has the UTF-16 code unit `unit`; s.size() when there are
/// fewer.
std::size_t offset_of_utf16(Str s, std::uint32_t unit);
/// Offset of the first byte that is not part of well-formed UTF-8, npos when there is none.
std::size_t find_invalid_utf8(Str s);
/// Ruby's String#length: code points.
std::size_t count_characters(Str s);
/// Byte offset of the character with number `index`, from 0; s.size() when there are fewer.
std::size_t offset_of_character(Str s, std::size_t index);

// ---- Unicode (general categories and simple plus special case mappings, as Ruby's String) ----
// Tables of general categories and of simple and special case mappings, as Ruby's String has them.
//
// \p{Word}: letter, mark, decimal number, connector punctuation.
bool is_word(std::uint32_t code_point);
/// Simple mappings, of one code point to one; a code point without one is returned.
std::uint32_t upcase(std::uint32_t code_point);
std::uint32_t downcase(std::uint32_t code_point);
/// String#downcase.
void add_downcase(Text& out, Str s);
/// String#upcase, with special mappings: ß becomes SS.
void add_upcase(Text& out, Str s);
/// String#capitalize: the first character in upper case, the rest in lower case.
void add_capitalize(Text& out, Str s);

// ---- escaping ----
/// CGI.escapeHTML: & < > " ' become character references; the apostrophe is &#39;.
void add_escaped_html(Text& out, Str s);
/// Liquid's escape_once: as add_escaped_html, but ampersands of character references stay.
void add_escaped_once(Text& out, Str s);
/// Jekyll's xml_escape: & < > " and ' (as &apos;).
void add_escaped_xml(Text& out, Str s);
/// CGI.escape: a space becomes +, every byte but letters, digits and -_.~ becomes %XX.
void add_cgi_escaped(Text& out, Str s);
/// Decodes Base64 (RFC 4648, or its alphabet for URLs) up to a `=`; other characters are ignored.
/// Returns the bits of the last digits, and in `digits` how many digits there were.
unsigned add_base64_decoded(Text& out, Str s, bool url_safe, std::size_t& digits);
/// The alphabet of Base64; the last two characters replace the two before them in the one for URLs.
extern const char kBase64[];
/// Addressable::URI.normalize_component as in Jekyll's uri_escape: reserved and unreserved
/// characters stay, every other byte becomes %XX.
void add_uri_escaped(Text& out, Str s);
/// `%XX` of a byte.
void add_percent(Text& out, char c);
/// The byte that Addressable's normalisation reads at `at`, where it differs from the one that
/// stands there; -1 where it does not. It is the byte of `%XX`, or the ASCII character that NFKC
/// makes of a full-width one, an ideographic space or an ellipsis (whose first two dots are added);
/// `at` is moved to its last byte. No other compatibility form is folded: that takes Unicode's
/// tables.
int uri_byte(Text& out, Str s, std::size_t& at);
/// Percent-decoding; malformed escapes stay. With `plus`, + becomes a space (CGI.unescape).
void add_url_decoded(Text& out, Str s, bool plus = false);
/// Liquid's strip_html: drops script, style and comments with their content, then every tag.
void add_without_html(Text& out, Str s);

// ---- tags of HTML: enough to find an element in a page that was rendered, and read what it says
// ----
/// A start or end tag of HTML. Its strings are views of the page.
struct Tag {
  /// As written; compare with is().
  Str name;
  /// All between the name and `>`.
  Str attributes;
  bool closing = false;
  /// Offsets of `<`, and behind `>`.
  std::size_t begin = 0, end = 0;
  /// Whether the element has this name, ignoring case.
  bool is(Str other) const { return equal_ignoring_case(name, other); }
};

/// Finds the next tag from `at` on; skips comments and the contents of scripts, styles, templates
/// and text areas. False at the end. Linear in what it reads. This is enough to find an element in
/// a page that was rendered, and to read its text; it is no HTML parser.
///
///     for (Tag tag; next_tag(page, tag.end, tag);)
///       if (tag.is("img") && !tag.closing) use(attribute(tag, "src"));
[[nodiscard]] bool next_tag(Str page, std::size_t at, Tag& tag);

/// The next attribute from `at` on, which moves behind it: name and value as written, without
/// quotes, with character references. False when there is none. Linear.
[[nodiscard]] bool next_attribute(const Tag& tag, std::size_t& at, Str& name, Str& value);
/// The value of an attribute as written, with its character references. Empty when it has no value;
/// with data() == nullptr when there is no such attribute.
Str attribute(const Tag& tag, Str name);
/// Whether an element stands within a sentence (`<em>`, `<a>`); all others end it.
bool is_inline(const Tag& tag);
/// Appends the text of HTML without tags: character references that an HTML writer has to use are
/// decoded, runs of spaces and control characters become one space, and none stands at the begin.
void add_plain(Text& out, Str html);

// ---- slugs ----
/// Jekyll::Utils.slugify. `mode` is one of "none raw default pretty ascii latin"; with `cased`,
/// letters keep their case.
void add_slug(Text& out, Str s, Str mode = "default", bool cased = false);

// ---- numbers ----
/// Ruby's Float#to_s: the shortest digits that read back as `d`: `1.0`, `0.001`, `1.0e+16`, `NaN`,
/// `Infinity`.
void add_float(Text& out, double d);
/// The number that the longest decimal prefix stands for, correctly rounded; 0 when there is none.
/// `used` gets the prefix's length.
double parse_float(Str s, std::size_t* used = nullptr);
/// Ruby's String#to_i: the longest prefix that is an integer with a sign and single underscores. It
/// saturates at the limits of 64 bits; 0 when there is none. `used` gets the prefix's length.
std::int64_t parse_int(Str s, std::size_t* used = nullptr);

// ---- dates ----
/// A point in time, and the offset of the clock that it is shown on.
struct Time {
  /// Since 1970-01-01 00:00 UTC.
  std::int64_t seconds = 0;
  /// 0 to 999,999,999.
  std::int32_t nanoseconds = 0;
  /// East of UTC.
  std::int16_t offset_minutes = 0;
  /// Of local mean time: seconds beyond `offset_minutes`, of the same sign. Ruby prints them by
  /// `%::z` alone.
  std::int8_t offset_seconds = 0;
  /// Ruby's Time#utc?: prints "UTC" instead of "+0000".
  bool utc = false;
};
/// A point in time as a clock and a calendar (proleptic Gregorian) show it.
struct Civil {
  /// All but the year count from 1.
  std::int32_t year, yearday, month, day;
  std::int32_t hour, minute, second;
  /// 0 is Sunday.
  std::int32_t weekday;
};
/// The calendar date and the time of day on the clock of `t`.
Civil civil(const Time& t);
/// Seconds since the epoch of a civil date and time in UTC. Months and days may overflow: the 32nd
/// of January is the 1st of February.
std::int64_t seconds_of(std::int64_t year, std::int32_t month, std::int32_t day,
                        std::int32_t hour = 0, std::int32_t minute = 0, std::int32_t second = 0);

/// A time zone of the tz database as data: offsets from UTC by the moments at which they begin.
/// Without transitions it is UTC. The host provides it; strings and transitions are its arena's.
struct Zone {
  struct Transition {
    /// Seconds since the epoch.
    std::int64_t from;
    /// Seconds east of UTC.
    std::int32_t offset;
    /// Such as "CEST"; empty: printed as an offset.
    Str abbreviation;
  };
  Str name;
  /// Ascending; the first one also holds for all earlier moments.
  List<Transition> transitions;
  /// Offset and abbreviation at a moment in UTC.
  Transition at(std::int64_t seconds) const;
  /// Puts a moment on this zone's clock.
  void set_clock(Time& t) const;
  /// The moment at which a clock in this zone shows the civil seconds (as seconds_of() gives them).
  std::int64_t from_local(std::int64_t civil_seconds) const;
};

/// Ruby's Time#strftime, with flags and widths (`%-d`, `%^b`, `%03d`, `%L`, `%:z`, `%s`, `%%`, …).
/// The width of one directive is capped, as a template may ask for a billion blanks (liquidjs
/// CVE-2026-45357). `zone` provides `%Z`; nullptr: the offset.
void add_strftime(Text& out, const Time& t, Str format, const Zone* zone = nullptr);
/// Ruby's Time.parse and Date._parse for dates as authors write them in front matter and data: ISO
/// 8601, RFC 2822, `2020-1-2`, `2 Jan 2020`, `January 2, 2020`, `2020/01/02 10:30 pm +0100`. Parts
/// that are missing are those of `now`; without a zone it is a time of `local`. False when it is no
/// date.
[[nodiscard]] bool parse_time(Str s, const Zone& local, const Time& now, Time& out);

// ---- edit distance ----

/// Letters that were omitted, added or replaced (Levenshtein's distance); `most + 1` when there are
/// more than `most`, and for names of more than 64 bytes, which are not compared. `kTyping`: an
/// exchange of neighbours counts once (Damerau), and a capital is no difference.
template <bool kTyping>
int edit_distance(Str a, Str b, int most) {
  constexpr int kMaxName = 64;
  const int rows = int(a.size()), columns = int(b.size());
  if (rows > kMaxName || columns > kMaxName || rows - columns > most || columns - rows > most)
    return most + 1;
  int lines[3][kMaxName + 1];
  int *before = lines[0], *last = lines[1], *now = lines[2];
  for (int j = 0; j <= columns; j++) last[j] = j;
  for (int i = 1; i <= rows; i++) {
    [[maybe_unused]] int nearest = now[0] = i;
    for (int j = 1; j <= columns; j++) {
      const char x = a[std::size_t(i - 1)], y = b[std::size_t(j - 1)];
      int least = last[j - 1] + (kTyping ? lower(x) != lower(y) : x != y);
      if (last[j] + 1 < least) least = last[j] + 1;
      if (now[j - 1] + 1 < least) least = now[j - 1] + 1;
      if constexpr (kTyping)
        if (i > 1 && j > 1 && x == b[std::size_t(j - 2)] && a[std::size_t(i - 2)] == y &&
            before[j - 2] + 1 < least)
          least = before[j - 2] + 1;
      now[j] = least;
      if (kTyping && least < nearest) nearest = least;
    }
    if (kTyping && nearest > most) return most + 1;
    int* oldest = before;
    before = last, last = now, now = oldest;
  }
  return last[columns] > most ? most + 1 : last[columns];
}

}  // namespace meridian
