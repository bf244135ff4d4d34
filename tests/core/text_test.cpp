// Text as Ruby and the web treat it. Expected values were printed by Ruby 3.1, unless a comment
// says otherwise.
#include "meridian/text.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "sized.h"

using namespace meridian;

namespace {
template <class Function>
std::string text_of(Function f) {
  Text out;
  f(out);
  return std::string(out.str());
}
#define TEXT(call) text_of([&](Text& out) { call; })

std::string slug(Str s, Str mode = "default", bool cased = false) {
  return TEXT(add_slug(out, s, mode, cased));
}
std::string number(double d) { return TEXT(add_float(out, d)); }
std::string date(const Time& t, Str format) { return TEXT(add_strftime(out, t, format)); }

/// Central European Time from 1996 on.
Zone berlin(Arena& arena) {
  Zone zone;
  zone.name = "Europe/Berlin";
  auto last_sunday = [](int year, int month) {
    Time t;
    t.seconds = seconds_of(year, month, 31);
    return t.seconds - 86400 * civil(t).weekday + 3600;
  };
  zone.transitions.add(arena, {0, 3600, "CET"});
  for (int year = 1996; year < 2038; year++) {
    zone.transitions.add(arena, {last_sunday(year, 3), 7200, "CEST"});
    zone.transitions.add(arena, {last_sunday(year, 10), 3600, "CET"});
  }
  return zone;
}

/// The result of Time.parse on May 6th, 2001; "none" when the text is not a date.
std::string parsed(Str s, const Zone& zone = Zone()) {
  Time now, t;
  now.seconds = seconds_of(2001, 5, 6, 7, 8, 9);
  if (!parse_time(s, zone, now, t)) return "none";
  return date(t, t.nanoseconds ? "%Y-%m-%d %H:%M:%S.%L %z"
                 : t.utc       ? "%Y-%m-%d %H:%M:%S UTC"
                               : "%Y-%m-%d %H:%M:%S %z");
}
}  // namespace

TEST_CASE("strip removes white space and NUL at the ends") {
  CHECK(strip(Str(" \t a b\0\n", 8)) == "a b");
  CHECK(lstrip("  a ") == "a ");
  CHECK(rstrip("  a ") == "  a");
  CHECK(strip(" \n ") == "");
}

TEST_CASE("one_of finds a word in a list of words") {
  CHECK(one_of("append", "abs append prepend") == 1);
  CHECK(one_of("pend", "abs append prepend") == -1);
  CHECK(one_of("prepend", "abs append prepend") == 2);
  CHECK(one_of("end", "prepend append end") == 2);
  CHECK(one_of("abs append", "abs append prepend") == -1);
  CHECK(one_of("append ", "abs append prepend") == -1);
  CHECK(one_of("", "abs append") == -1);
  CHECK(one_of("abs", "") == -1);
  CHECK(equal_ignoring_case("AbC", "aBc"));
  CHECK_FALSE(equal_ignoring_case("ab", "abc"));
}

TEST_CASE("decode accepts well-formed UTF-8 only, and add_utf8 writes it back") {
  std::string all;
  for (std::uint32_t c = 0; c < 0x110000; c += c < 0x3000 ? 1 : 97)
    if (c < 0xD800 || c > 0xDFFF) {
      std::string s = TEXT(add_utf8(out, c));
      std::size_t at = 0;
      REQUIRE(decode(s, at) == c);
      REQUIRE(at == s.size());
    }
  for (Str bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\xFF", "\x80"}) {
    std::size_t at = 0;
    CHECK(decode(bad, at) == 0xFFFD);
    CHECK(at == 1);
    CHECK(find_invalid_utf8(bad) == 0);
  }
  CHECK(find_invalid_utf8("aé€😀") == Str::npos);
  CHECK(count_characters("aé€😀") == 4);
  CHECK(offset_of_character("aé€😀", 2) == 3);
  CHECK(offset_of_character("aé", 9) == 3);
}

TEST_CASE("upcase, downcase and capitalize are Ruby's") {
  struct {
    Str s, down, up, capital;
  } cases[] = {
      {"aBc", "abc", "ABC", "Abc"},
      {"straße", "straße", "STRASSE", "Straße"},
      {"ÉCOLE", "école", "ÉCOLE", "École"},
      {"ΑΣ", "ασ", "ΑΣ", "Ας"},
      {"İi", "i̇i", "İI", "İi"},
      {"ǆ", "ǆ", "Ǆ", "ǅ"},
      {"ﬃx", "ﬃx", "FFIX", "Ffix"},
      {"ᾳ", "ᾳ", "ΑΙ", "ᾼ"},
      {"ა", "ა", "Ა", "ა"},
      {"ŉ", "ŉ", "ʼN", "ʼN"},
      {"ЖУК", "жук", "ЖУК", "Жук"},
      {"", "", "", ""},
  };
  for (auto& c : cases) {
    INFO(c.s);
    CHECK(TEXT(add_downcase(out, c.s)) == c.down);
    CHECK(TEXT(add_upcase(out, c.s)) == c.up);
    if (c.s != "ΑΣ") CHECK(TEXT(add_capitalize(out, c.s)) == c.capital);
  }
  CHECK(TEXT(add_capitalize(out, "ΑΣ")) == "Ασ");  // Ruby knows no final sigma
  CHECK(TEXT(add_upcase(out, "a\xFFz")) == "A\xFFZ");
}

TEST_CASE("is_word is Ruby's \\p{Word}") {
  struct {
    std::uint32_t c;
    bool word;
  } cases[] = {
      {'a', true},       {'_', true},     {'$', false},     {0xE9, true},        {0x0301, true},
      {0x0345, true},    {0x0663, true},  {0x203F, true},   {0x2014, false},     {0x20AC, false},
      {0x2003, false},   {0x24B6, true},  {0x2160, true},   {0x4E2D, true},      {0x1F600, false},
      {0x10FFFF, false}, {0xE01EF, true}, {0xE01F0, false}, {0xFFFFFFFF, false},
  };
  for (auto& c : cases) {
    INFO(c.c);
    CHECK(is_word(c.c) == c.word);
  }
  CHECK(slug("a_b Ⅳ‿Ⓐ ٣é中") == "a-b-٣é中");
}

TEST_CASE("text is escaped for HTML, XML and URLs") {
  CHECK(TEXT(add_escaped_html(out, "<a b='\"&amp;\">")) ==
        "&lt;a b=&#39;&quot;&amp;amp;&quot;&gt;");
  CHECK(TEXT(add_escaped_once(out, "&amp; & &#39; &#x27; &;<")) ==
        "&amp; &amp; &#39; &amp;#x27; &amp;;&lt;");
  CHECK(TEXT(add_escaped_xml(out, "<'\">&")) == "&lt;&apos;&quot;&gt;&amp;");
  CHECK(TEXT(add_cgi_escaped(out, "a b*~é/+-._")) == "a+b%2A~%C3%A9%2F%2B-._");
  CHECK(TEXT(add_uri_escaped(out, "100% %41%2F é|a[b]%zz")) == "100%25%20A/%20%C3%A9%7Ca[b]%25zz");
  CHECK(TEXT(add_url_decoded(out, "a+b%C3%A9%2", true)) == "a bé%2");
  CHECK(TEXT(add_url_decoded(out, "a+b%zz")) == "a+b%zz");
}

TEST_CASE("strip_html removes what Liquid's does") {
  CHECK(TEXT(add_without_html(
            out, "a<b>c</b><!-- <i> -->d<script>x<y</script>e<style>\n</style>f")) == "acdef");
  CHECK(TEXT(add_without_html(out, "1 < 2 and <script unclosed")) == "1 < 2 and <script unclosed");
  CHECK(TEXT(add_without_html(out, "<<script></script>b>x")) == "x");  // in two passes
}

TEST_CASE("slugify has Jekyll's modes") {
  Str s = " The _config.yml file, Ähnliches & 2.0!";
  CHECK(slug(s) == "the-config-yml-file-ähnliches-2-0");
  CHECK(slug(s, "pretty") == "the-_config.yml-file,-ähnliches-&-2.0!");
  CHECK(slug(s, "ascii") == "the-config-yml-file-hnliches-2-0");
  CHECK(slug(s, "raw") == "the-_config.yml-file,-ähnliches-&-2.0!");
  CHECK(slug(s, "latin") == "the-config-yml-file-ahnliches-2-0");
  CHECK(slug(s, "none") == " the _config.yml file, ähnliches & 2.0!");
  CHECK(slug("Ab C", "default", true) == "Ab-C");
  CHECK(slug("Straße Łódź œuvre 中", "latin") == "strasse-lodz-oeuvre");
  CHECK(slug("--a--", "raw") == "-a-");
  CHECK(slug("!!!") == "");
}

// ---- numbers ----

TEST_CASE("floats print as by Ruby's Float#to_s") {
  CHECK(number(1) == "1.0");
  CHECK(number(-0.0) == "-0.0");
  CHECK(number(0.1) == "0.1");
  CHECK(number(100) == "100.0");
  CHECK(number(123456789012345.6) == "123456789012345.6");
  CHECK(number(1e15) == "1.0e+15");
  CHECK(number(9007199254740992) == "9.007199254740992e+15");
  CHECK(number(1e16) == "1.0e+16");
  CHECK(number(0.0001) == "0.0001");
  CHECK(number(0.00001) == "1.0e-05");
  CHECK(number(1.5e-7) == "1.5e-07");
  CHECK(number(5e-324) == "5.0e-324");
  CHECK(number(1.7976931348623157e308) == "1.7976931348623157e+308");
  CHECK(number(INFINITY) == "Infinity");
  CHECK(number(-INFINITY) == "-Infinity");
  CHECK(number(NAN) == "NaN");
}

TEST_CASE("floats print with the fewest digits that read back, and are parsed exactly") {
  // Against the C library, which is exact on the systems that we build on.
  std::mt19937_64 random(1);
  for (int i = 0; i < support::sized(100000); i++) {
    std::uint64_t bits = random();
    if (i % 3 == 1) bits &= (1ull << 52) - 1;  // subnormal
    double d;
    std::memcpy(&d, &bits, 8);
    if (i % 3 == 2) d = double(random() % 1000000) / 1000;
    if (d - d != 0) continue;
    std::string printed = number(d);
    REQUIRE(std::strtod(printed.c_str(), nullptr) == d);
    REQUIRE(parse_float(printed) == d);
    char buffer[64];
    int precision = 0;
    do std::snprintf(buffer, sizeof buffer, "%.*e", precision++, d);
    while (std::strtod(buffer, nullptr) != d);
    std::string digits;
    for (char c : printed.substr(0, printed.find('e')))
      if (c >= '0' && c <= '9') digits += c;
    digits.erase(0, digits.find_first_not_of('0'));
    digits.erase(digits.find_last_not_of('0') + 1);
    REQUIRE(int(digits.size()) <= precision);
    std::snprintf(buffer, sizeof buffer, "%.*e", int(random() % 40), d);
    REQUIRE(parse_float(buffer) == std::strtod(buffer, nullptr));
  }
}

TEST_CASE("parse_float rounds a tie to even, however many digits decide") {
  std::string half = "9007199254740993";  // 2^53 + 1
  CHECK(parse_float(half) == 9007199254740992.0);
  CHECK(parse_float(half + "." + std::string(900, '0')) == 9007199254740992.0);
  CHECK(parse_float(half + "." + std::string(900, '0') + "1") == 9007199254740994.0);
  CHECK(parse_float("2.4703282292062327e-324") == 0);
  CHECK(parse_float("2.4703282292062328e-324") == 5e-324);
  CHECK(parse_float("1e400") == INFINITY);
  CHECK(parse_float("-1e-400") == 0);
  CHECK(parse_float("0e99999999999") == 0);
  CHECK(parse_float("0." + std::string(2000, '0') + "1e2001") == 1);
}

TEST_CASE("parse_int and parse_float read a prefix, as Ruby's to_i and to_f") {
  std::size_t used;
  CHECK(parse_float("1.5abc", &used) == 1.5);
  CHECK(used == 3);
  CHECK(parse_float("1.e5", &used) == 1);
  CHECK(used == 1);
  CHECK(parse_float("2e", &used) == 2);
  CHECK(used == 1);
  CHECK(parse_float("abc", &used) == 0);
  CHECK(used == 0);
  CHECK(parse_float(".5") == 0.5);
  CHECK(parse_int("-12x", &used) == -12);
  CHECK(used == 3);
  CHECK(parse_int("1_000__1") == 1000);
  CHECK(parse_int("9223372036854775808") == INT64_MAX);
  CHECK(parse_int("-9223372036854775808") == INT64_MIN);
  CHECK(parse_int("-99999999999999999999") == INT64_MIN);
  CHECK(parse_int("+") == 0);
}

// ---- dates ----

TEST_CASE("civil and seconds_of agree for every day of four centuries, and far away") {
  int month_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  Time t;
  t.seconds = seconds_of(1800, 1, 1);
  int weekday = 3;  // a Wednesday
  for (int year = 1800; year < 2200; year++) {
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    int yearday = 0;
    for (int month = 1; month <= 12; month++)
      for (int day = 1; day <= month_lengths[month - 1] + (month == 2 && leap); day++) {
        Civil c = civil(t);
        bool right = c.year == year && c.month == month && c.day == day && c.yearday == ++yearday &&
                     c.weekday == weekday;
        if (!right) FAIL(year << "-" << month << "-" << day);
        if (seconds_of(year, month, day) != t.seconds) FAIL("seconds_of");
        t.seconds += 86400;
        weekday = (weekday + 1) % 7;
      }
  }
  CHECK(seconds_of(2020, 14, 1) == seconds_of(2021, 2, 1));
  CHECK(seconds_of(2020, 0, 31) == seconds_of(2019, 12, 31));
  CHECK(seconds_of(2020, 2, 30) == seconds_of(2020, 3, 1));
  Time bc;
  bc.seconds = seconds_of(-43, 3, 15) - 1;
  CHECK(civil(bc).year == -43);
  CHECK(civil(bc).second == 59);
}

TEST_CASE("strftime is Ruby's Time#strftime") {
  Time t;
  t.seconds = seconds_of(2020, 1, 2, 15, 4, 5) + 5 * 3600 + 1800;
  t.offset_minutes = -330;
  t.nanoseconds = 12345678;
  struct {
    Str format, expected;
  } cases[] = {
      {"%Y-%m-%d %H:%M:%S %z", "2020-01-02 15:04:05 -0530"},
      {"%-d %B %y, %A %j %a %b", "2 January 20, Thursday 002 Thu Jan"},
      {"%e|%k|%l|%I|%p|%P|%-m|%_m|%3m|%05d", " 2|15| 3|03|PM|pm|1| 1|001|00002"},
      {"%^b %^A %#p %#B %10A %-10A %010A|%^10a",
       "JAN THURSDAY pm JANUARY   Thursday Thursday 00Thursday|       THU"},
      {"%L %N %3N %6N %12N", "012 012345678 012 012345 012345678000"},
      {"%:z %::z %_z %-z %10z", "-05:30 -05:30:00  -530 -0530 -000000530"},
      {"%c|%D|%F|%T|%R|%r|%x|%X|%v",
       "Thu Jan  2 15:04:05 2020|01/02/20|2020-01-02|15:04:05|15:04|03:04:05 PM|01/02/20|15:04:05| "
       "2-JAN-2020"},
      {"%C %u %w %U %W %V %G %g %s", "20 4 4 00 00 01 2020 20 1577997245"},
      {"%% %n%t| %Q %! %Ey %Od %EQ %", "% \n\t| %Q %! 20 02 %EQ %"},
      {"%Z|%5Z|", "||"},
  };
  for (auto& c : cases) CHECK(date(t, c.format) == c.expected);
  t.offset_seconds = -58;
  CHECK(date(t, "%T %z %:z %::z") == "15:03:07 -0530 -05:30 -05:30:58");
  t.offset_seconds = 0;
  t.seconds = seconds_of(2021, 1, 3);
  CHECK(date(t, "%G-W%V") == "2020-W53");
  t.seconds = seconds_of(-5, 1, 3);
  CHECK(date(t, "%Y %C") == "-0005 -1");
  t.seconds = 0;
  t.offset_minutes = 0;
  t.utc = true;
  CHECK(date(t, "%Z %z %-z") == "UTC +0000 -0000");
  CHECK(date(t, "%5000000d").size() == 1024);  // a width is no way to make a text of megabytes
}

TEST_CASE("a Zone has the offset at a moment, and the moment of a civil time") {
  Arena arena;
  Zone zone = berlin(arena);
  CHECK(zone.at(seconds_of(2020, 7, 1)).offset == 7200);
  CHECK(zone.at(seconds_of(2020, 12, 1)).abbreviation == "CET");
  CHECK(zone.at(seconds_of(1900, 1, 1)).offset == 3600);
  CHECK(zone.at(seconds_of(2020, 3, 29, 1)).offset == 7200);
  CHECK(zone.at(seconds_of(2020, 3, 29, 1) - 1).offset == 3600);
  CHECK(zone.from_local(seconds_of(2020, 7, 1, 12)) == seconds_of(2020, 7, 1, 10));
  CHECK(zone.from_local(seconds_of(2020, 3, 29, 2, 30)) ==
        seconds_of(2020, 3, 29, 1, 30));  // skipped
  CHECK(zone.from_local(seconds_of(2020, 10, 25, 2, 30)) ==
        seconds_of(2020, 10, 25, 0, 30));  // twice
  CHECK(Zone().from_local(77) == 77);
  Time t;
  t.seconds = seconds_of(2020, 7, 1);
  CHECK(TEXT(add_strftime(out, t, "%Z", &zone)) == "CEST");
}

TEST_CASE("parse_time is Ruby's Time.parse") {
  struct {
    Str text, expected;
  } cases[] = {
      {"2020-01-02", "2020-01-02 00:00:00 +0000"},
      {"2020-1-2 3:04", "2020-01-02 03:04:00 +0000"},
      {"2020-01-02T03:04:05Z", "2020-01-02 03:04:05 UTC"},
      {"2020-01-02 03:04:05.25 +05:30", "2020-01-02 03:04:05.250 +0530"},
      {"2020-01-02 03:04:05 -0000", "2020-01-02 03:04:05 UTC"},
      {"2020-01-02 10", "2020-01-02 10:00:00 +0000"},
      {"2020/1/2 10:30 pm", "2020-01-02 22:30:00 +0000"},
      {"01/02/2020", "2020-02-01 00:00:00 +0000"},
      {"12/25/2020", "none"},
      {"12/25", "2001-12-25 00:00:00 +0000"},
      {"1.2.2020", "2020-02-01 00:00:00 +0000"},
      {"2 Jan 2020", "2020-01-02 00:00:00 +0000"},
      {"2jan2020", "2020-01-02 00:00:00 +0000"},
      {"January 2nd, 2020 at 3pm", "2020-01-02 15:00:00 +0000"},
      {"Jan 2020", "2020-01-01 00:00:00 +0000"},
      {"Jan 2 '20", "2020-01-02 00:00:00 +0000"},
      {"2-Jan-20", "2020-01-02 00:00:00 +0000"},
      {"Thu, 02 Jan 2020 03:04:05 +0000", "2020-01-02 03:04:05 +0000"},
      {"Thu Jan  2 03:04:05 UTC 2020", "2020-01-02 03:04:05 UTC"},
      {"2020-01-02 03:04 PST", "2020-01-02 03:04:00 -0800"},
      {"20200102", "2020-01-02 00:00:00 +0000"},
      {"20200102T030405Z", "2020-01-02 03:04:05 UTC"},
      {"10:30", "2001-05-06 10:30:00 +0000"},
      {"20h30", "2001-05-06 20:30:00 +0000"},
      {"May", "2001-05-01 00:00:00 +0000"},
      {"2020-02-30", "2020-03-01 00:00:00 +0000"},
      {"2020-01-02T24:00:00", "2020-01-03 00:00:00 +0000"},
      {"2020", "none"},
      {"2020-01-32", "none"},
      {"2020-00-10", "none"},
      {"2020-01-02T25:00", "none"},
      {"today", "none"},
      {"", "none"},
      {"Monday", "none"},
  };
  for (auto& c : cases) {
    INFO(c.text);
    CHECK(parsed(c.text) == c.expected);
  }
  Arena arena;
  Zone zone = berlin(arena);
  CHECK(parsed("2020-07-01 12:00", zone) == "2020-07-01 12:00:00 +0200");
  CHECK(parsed("2020-01-01 12:00 CEST", zone) == "2020-01-01 12:00:00 +0200");
  CHECK(parsed("2020-01-01 12:00 UTC", zone) == "2020-01-01 12:00:00 UTC");
}

TEST_CASE("parse_time ends for every text, and refuses long ones") {
  std::mt19937 random(3);
  const std::string pieces = "0123456789 :-/.,'+TZapmhjanfeb\xC3\xFF";
  for (int i = 0; i < 20000; i++) {
    std::string s;
    for (unsigned n = random() % 40; n--;) s += pieces[random() % pieces.size()];
    parsed(s);
  }
  CHECK(parsed("2020-01-02" + std::string(200, ' ')) == "none");
  CHECK(parsed(std::string(128, '9')) == "none");
}

TEST_CASE("tags: attributes are read up to the end, whatever stands where a name begins") {
  Tag tag;
  for (Str page : {"<a ='>' href=x>", "<a =\">\" href=x>", "<a b ='>'/ href=x>"}) {
    INFO(std::string(page));
    REQUIRE(next_tag(page, 0, tag));
    attribute(tag, "id");
    CHECK(attribute(tag, "href") == "x");
  }
}
