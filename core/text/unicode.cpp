// Classes and cases of characters. The tables travel packed; they are unpacked at the first use into memory that costs
// nothing to download.
#include "unicode_data.h"
#include "unicode_tables.inc"

namespace meridian {

namespace {
/// Behind the ends of the runs of characters that are none of \p{Word}, and of those that are, in turns, from U+0080
/// on.
std::uint32_t word_ends[kWordRuns];
/// The partner of each letter that has one, 0 for all others: zeroed memory costs nothing to download.
std::uint32_t upper_cases[kCaseEnd], lower_cases[kCaseEnd];

std::uint32_t read_varint(const unsigned char*& at) {
  std::uint32_t n = 0;
  for (int shift = 0;; shift += 7) {
    n |= std::uint32_t(*at & 127) << shift;
    if (!(*at++ & 128)) return n;
  }
}

void unpack_words() {
  const unsigned char* at = kWords;
  std::uint32_t end = 128;
  for (std::uint32_t& run_end : word_ends) run_end = end += read_varint(at) + 1;
}

void unpack_cases() {
  const unsigned char *at = kCases, *end = kCases + sizeof kCases;
  for (std::uint32_t point = 0; at < end;) {
    point += read_varint(at);
    std::uint32_t packed = read_varint(at), distance = read_varint(at);
    distance = distance & 1 ? 0 - (distance >> 1) : distance >> 1;
    std::uint32_t step = packed & 4 ? 2 : 1;
    for (std::uint32_t count = (packed >> 3) + 1;; point += step) {
      if (packed & 1) upper_cases[point] = point + distance;
      if (packed & 2) lower_cases[point + distance] = point;
      if (!--count) break;
    }
  }
}

std::uint32_t partner(const std::uint32_t* cases, std::uint32_t c) {
  static bool unpacked;
  if (!unpacked) unpack_cases();
  unpacked = true;
  return c < kCaseEnd && cases[c] ? cases[c] : c;
}
}  // namespace

bool is_word(std::uint32_t c) {
  if (c < 128) return is_alnum(char(c)) || c == '_';
  if (!word_ends[0]) unpack_words();
  int low = 0, high = kWordRuns;
  while (low < high) {  // the first run that ends behind c
    int middle = (low + high) / 2;
    if (word_ends[middle] <= c)
      low = middle + 1;
    else
      high = middle;
  }
  return low & 1;
}

bool is_slug_letter(std::uint32_t c) {
  std::uint32_t begin = 0;
  for (const unsigned char* at = kSigns; at < kSigns + sizeof kSigns;) {
    begin += read_varint(at);
    std::uint32_t end = begin + read_varint(at);
    if (c >= begin && c < end) return false;
    begin = end;
  }
  return is_word(c);
}

// ---- case -----------------------------------------------------------------------------------------

std::uint32_t upcase(std::uint32_t c) { return c < 128 ? std::uint32_t(upper(char(c))) : partner(upper_cases, c); }
std::uint32_t downcase(std::uint32_t c) { return c < 128 ? std::uint32_t(lower(char(c))) : partner(lower_cases, c); }

namespace {
constexpr std::uint32_t kDottedI = 0x130, kIota = 0x399, kCombiningIota = 0x345;
constexpr char kSmallDottedI[] = "i\xCC\x87";  // the only letter whose lower case is two characters

/// Entry of kSpecials for a letter that becomes several: how its title case is made, and its upper case. False if none.
bool find_special(Str letter, char& how, Str& upper_case) {
  Str rest(reinterpret_cast<const char*>(kSpecials), sizeof kSpecials);
  while (!rest.empty()) {
    std::size_t end = rest.find(' ');
    if (starts_with(rest, letter)) {
      how = rest[letter.size()];
      upper_case = rest.substr(letter.size() + 1, end - letter.size() - 1);
      return true;
    }
    rest.remove_prefix(end + 1);
  }
  return false;
}

/// Title case of a letter that has no entry in kSpecials.
std::uint32_t title_case(std::uint32_t c) {
  if ((c >= 0x10D0 && c <= 0x10FF) || (c >= 0x1C90 && c <= 0x1CBF)) return downcase(c);  // Georgian: only whole words
  if (c >= 0x1C4 && c <= 0x1CC) return c - (c - 0x1C4) % 3 + 1;                          // ǆ becomes ǅ
  if (c >= 0x1F1 && c <= 0x1F3) return 0x1F2;
  return upcase(c);
}

void add_special_title(Text& out, std::uint32_t c, char how, Str upper_case) {
  if (how == 'u') return out.add(upper_case);
  if (how == 't') return add_utf8(out, c >= 0x1FB3 ? (c & ~15u) | 12 : c | 8);  // ᾀ becomes ᾈ, ᾳ becomes ᾼ
  for (std::size_t at = 0; at < upper_case.size();) {
    bool first = at == 0;
    std::uint32_t u = decode(upper_case, at);
    if (how == 'i')
      u = u == kIota ? kCombiningIota : u;
    else if (!first)
      u = downcase(u);
    add_utf8(out, u);
  }
}

void add_upper(Text& out, std::uint32_t c, Str bytes, bool title) {
  char how;
  Str upper_case;
  // Letters with several capitals are few, and none of them has a simple partner outside Greek's block of old letters.
  if (c >= 0xDF && (c < 0x590 || (c >= 0x1E96 && c < 0x2000) || (c >= 0xFB00 && c < 0xFB18)) &&
      find_special(bytes, how, upper_case)) {
    if (title)
      add_special_title(out, c, how, upper_case);
    else
      out.add(upper_case);
  } else {
    add_utf8(out, title ? title_case(c) : upcase(c));
  }
}

void add_cased(Text& out, Str s, bool up, bool first_is_title) {
  for (std::size_t at = 0; at < s.size();) {
    std::size_t start = at;
    std::uint32_t c = decode(s, at);
    Str bytes = s.substr(start, at - start);
    bool title = first_is_title && start == 0;
    if (c == 0xFFFD)
      out.add(bytes);  // what is not UTF-8 stays as it is
    else if (up || title)
      add_upper(out, c, bytes, title);
    else if (c == kDottedI)
      out.add(kSmallDottedI);
    else
      add_utf8(out, downcase(c));
  }
}
}  // namespace

void add_downcase(Text& out, Str s) { add_cased(out, s, false, false); }
void add_upcase(Text& out, Str s) { add_cased(out, s, true, false); }
void add_capitalize(Text& out, Str s) { add_cased(out, s, false, true); }

Str without_accents(std::uint32_t c) {
  if (c < 0xC0 || c >= 0x17F) return "?";
  Str rest(reinterpret_cast<const char*>(kLatin), sizeof kLatin);
  for (; c > 0xC0; c--) rest.remove_prefix(rest.find(' ') + 1);
  return rest.substr(0, rest.find(' '));
}

}  // namespace meridian
