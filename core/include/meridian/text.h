// Text as Ruby and the web treat it: UTF-8, case, escaping, slugs, URLs, numbers and dates.
#pragma once
#include "meridian/base.h"

namespace meridian {

// ---- bytes
// ----------------------------------------------------------------------------------------
inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }  // Ruby's \s, and \v
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_alpha(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
inline bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
bool is_alpha(std::uint32_t) = delete;  // a code point would lose its upper bits
bool is_alnum(std::uint32_t) = delete;
bool is_space(std::uint32_t) = delete;
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }
inline char upper(char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; }

/// Position of c among the characters of a literal, -1 when it is none of them. (NUL is none.)
int index_in(const char* characters, char c);
inline bool is_one_of(char c, const char* characters) { return index_in(characters, c) >= 0; }
/// What a hexadecimal digit stands for, -1 when it is none.
int hex_digit(char c);
/// The character at `at`, NUL behind the end.
inline char char_at(Str s, std::size_t at) { return at < s.size() ? s[at] : '\0'; }

Str strip(Str s);  ///< without white space (and NUL, as in Ruby) at both ends
Str lstrip(Str s);
Str rstrip(Str s);
bool equal_ignoring_case(Str a, Str b);  ///< ASCII letters only
/// Cuts the next piece off `rest`, and the separator behind it; false when nothing is left.
bool next_piece(Str& rest, char separator, Str& piece);
/// Position of `word` in a list of words with single spaces between them, counted from 0; -1 if
/// absent. The table of a family of names: one_of("append", "abs append prepend") == 1.
int one_of(Str word, Str list);
MERIDIAN_SMALL inline int one_of(Str word, const char* list) { return one_of(word, Str(list)); }

// ---- UTF-8
// ----------------------------------------------------------------------------------------
/// The character at `at`, which moves behind it. Bytes that are not UTF-8 give U+FFFD, one byte
/// each.
std::uint32_t decode(Str s, std::size_t& at);
void add_utf8(Text& out, std::uint32_t code_point);
/// How many UTF-16 code units well-formed UTF-8 is, as JavaScript counts.
std::uint32_t utf16_size(Str s);
/// Offset of the character that has the UTF-16 code unit `unit`; the size where there are not so
/// many.
std::size_t offset_of_utf16(Str s, std::uint32_t unit);
/// Offset of the first byte that is not part of well-formed UTF-8, or npos.
std::size_t find_invalid_utf8(Str s);
std::size_t count_characters(Str s);
/// Byte offset of the character with number `index`; s.size() when there are fewer.
std::size_t offset_of_character(Str s, std::size_t index);

// ---- Unicode (general categories and simple plus special case mappings, as Ruby's String)
// ----------
bool is_word(
    std::uint32_t code_point);  ///< \p{Word}: letter, mark, decimal number, connector punctuation
std::uint32_t upcase(std::uint32_t code_point);  ///< simple mappings, of one character to one
std::uint32_t downcase(std::uint32_t code_point);
void add_downcase(Text& out, Str s);    ///< String#downcase
void add_upcase(Text& out, Str s);      ///< String#upcase (ß becomes SS)
void add_capitalize(Text& out, Str s);  ///< String#capitalize: first character up, the rest down

// ---- escaping
// -------------------------------------------------------------------------------------
/// CGI.escapeHTML: & < > " '  (the apostrophe as &#39;).
void add_escaped_html(Text& out, Str s);
/// As Liquid's escape_once: ampersands of character references stay.
void add_escaped_once(Text& out, Str s);
/// Jekyll's xml_escape: & < > " and ' (as &apos;).
void add_escaped_xml(Text& out, Str s);
/// CGI.escape: space becomes +, all but alnum and -_.~ becomes %XX.
void add_cgi_escaped(Text& out, Str s);
/// Adds what Base64 (RFC 4648, or its alphabet for URLs) stands for, up to a `=`; other characters
/// are passed over. Gives the last digits' bits, and in `digits` how many there were.
unsigned add_base64_decoded(Text& out, Str s, bool url_safe, std::size_t& digits);
/// The digits of Base64; the last two stand in for the two before them where URLs are to be safe.
extern const char kBase64[];
/// Addressable::URI.normalize_component as Jekyll's uri_escape: reserved and unreserved characters
/// stay.
void add_uri_escaped(Text& out, Str s);
/// `%XX` of a byte.
void add_percent(Text& out, char c);
/// The byte that Addressable's normalisation reads at `at`, where it is not the one that stands
/// there: of `%XX`, or the ASCII character that NFKC makes of a full-width one, an ideographic
/// space or an ellipsis (whose first two dots are added); `at` is its last byte then. Else -1. No
/// other compatibility form is folded: that takes Unicode's tables.
int uri_byte(Text& out, Str s, std::size_t& at);
/// Percent-decoding; malformed escapes stay. `plus` turns + into a space (CGI.unescape).
void add_url_decoded(Text& out, Str s, bool plus = false);
/// Liquid's strip_html: script, style and comments with their content, then every tag.
void add_without_html(Text& out, Str s);

// ---- tags of HTML: enough to find an element in a page that was rendered, and read what it says
// ------
/// A start or end tag. Its strings are of the page.
struct Tag {
  Str name;        ///< as written
  Str attributes;  ///< what stands between the name and `>`
  bool closing = false;
  std::size_t begin = 0, end = 0;  ///< of `<`, and behind `>`
  bool is(Str other) const { return equal_ignoring_case(name, other); }
};

/// The next tag from `at` on; comments and the contents of scripts, styles, templates and text
/// areas have none. False at the end. Linear in what it reads.
bool next_tag(Str page, std::size_t at, Tag& tag);

/// An attribute's value as it is written, with its character references; empty when it has none,
/// without an address when it isn't there.
Str attribute(const Tag& tag, Str name);

// ---- slugs
// ----------------------------------------------------------------------------------------
/// Jekyll::Utils.slugify; mode one of "none raw default pretty ascii latin". With `cased` letters
/// keep their case.
void add_slug(Text& out, Str s, Str mode = "default", bool cased = false);

// ---- numbers
// --------------------------------------------------------------------------------------
/// Ruby's Float#to_s: the shortest digits that read back, `1.0`, `0.001`, `1.0e+16`, `NaN`,
/// `Infinity`.
void add_float(Text& out, double d);
/// The longest prefix that is a decimal number, correctly rounded; 0 when there is none. `used`
/// gets its length.
double parse_float(Str s, std::size_t* used = nullptr);
/// The longest prefix that is an integer with a sign and single underscores (Ruby's String#to_i),
/// saturating.
std::int64_t parse_int(Str s, std::size_t* used = nullptr);

// ---- dates
// ----------------------------------------------------------------------------------------
/// A point in time and the offset of the clock it is shown on.
struct Time {
  std::int64_t seconds = 0;         ///< since 1970-01-01 00:00 UTC
  std::int32_t nanoseconds = 0;     ///< 0 … 999,999,999
  std::int16_t offset_minutes = 0;  ///< east of UTC
  bool utc = false;                 ///< Ruby's Time#utc?, which prints "UTC" instead of "+0000"
};
struct Civil {
  std::int32_t year, yearday, month, day;  ///< all but the year from 1
  std::int32_t hour, minute, second;
  std::int32_t weekday;  ///< Sunday is 0
};
Civil civil(const Time& t);
/// Seconds since the epoch of a civil date and time taken as UTC. Proleptic Gregorian; months and
/// days may overflow.
std::int64_t seconds_of(std::int64_t year, std::int32_t month, std::int32_t day,
                        std::int32_t hour = 0, std::int32_t minute = 0, std::int32_t second = 0);

/// A time zone's history as data: offsets from UTC by the moment they begin. Without transitions it
/// is UTC.
struct Zone {
  struct Transition {
    std::int64_t from;  ///< seconds since the epoch
    std::int32_t offset_minutes;
    Str abbreviation;  ///< "CEST"; empty: printed as an offset
  };
  Str name;
  List<Transition> transitions;  ///< ascending; the first one counts for all earlier moments too
  /// Offset and abbreviation at a moment in UTC.
  Transition at(std::int64_t seconds) const;
  /// The moment when a clock in this zone shows the civil seconds (as seconds_of gives them).
  std::int64_t from_local(std::int64_t civil_seconds) const;
};

/// Ruby's Time#strftime, with flags and widths (`%-d`, `%^b`, `%03d`, `%L`, `%:z`, `%s`, `%%`, …).
/// The width of one directive is capped (liquidjs CVE-2026-45357). `zone` gives `%Z`.
void add_strftime(Text& out, const Time& t, Str format, const Zone* zone = nullptr);
/// What Time.parse and Date._parse make of text as authors write it in front matter and data (ISO
/// 8601, RFC 2822, `2020-1-2`, `2 Jan 2020`, `January 2, 2020`, `2020/01/02 10:30 pm +0100`, …);
/// missing parts from `now`, zone from `local`. False when it is no date.
bool parse_time(Str s, const Zone& local, const Time& now, Time& out);

}  // namespace meridian
