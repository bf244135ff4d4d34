// Classes and cases of characters. The tables travel packed; they are unpacked at the first use
// into memory that costs nothing to download.
#include "unicode_data.h"
#include "unicode_tables.inc"

namespace meridian {

namespace {
/// Of each character beyond ASCII.
enum Class : std::uint8_t { kOther, kLetter, kSign };
Class classes[kWordEnd];
/// The partner of each letter that has one, 0 for all others: zeroed memory costs nothing to
/// download.
std::uint32_t upper_cases[kCaseEnd], lower_cases[kCaseEnd];

std::uint32_t read_varint(const unsigned char*& at) {
  std::uint32_t n = 0;
  for (int shift = 0;; shift += 7) {
    n |= std::uint32_t(*at & 127) << shift;
    if (!(*at++ & 128)) return n;
  }
}

MERIDIAN_NOINLINE void unpack_runs(const unsigned char* at, std::size_t size, Class what) {
  std::uint32_t end = 128;
  for (const unsigned char* table_end = at + size; at < table_end;) {
    std::uint32_t begin = end + read_varint(at) + 1;
    end = begin + read_varint(at) + 1;
    std::memset(classes + begin, what, end - begin);
  }
}

Class class_of(std::uint32_t c) {
  static bool unpacked;
  if (!unpacked) {
    unpack_runs(kWords, sizeof kWords, kLetter);
    unpack_runs(kSigns, sizeof kSigns, kSign);
  }
  unpacked = true;
  return c < kWordEnd ? classes[c] : kOther;
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

bool is_word(std::uint32_t c) { return c == '_' || is_slug_letter(c) || class_of(c) == kSign; }
bool is_slug_letter(std::uint32_t c) {
  return c < 128 ? is_alnum(char(c)) : class_of(c) == kLetter;
}

// ---- case ----

std::uint32_t upcase(std::uint32_t c) {
  return c < 128 ? std::uint32_t(upper(char(c))) : partner(upper_cases, c);
}
std::uint32_t downcase(std::uint32_t c) {
  return c < 128 ? std::uint32_t(lower(char(c))) : partner(lower_cases, c);
}

namespace {
constexpr std::uint32_t kDottedI = 0x130, kIota = 0x399, kCombiningIota = 0x345;
constexpr char kSmallDottedI[] = "i\xCC\x87";  // the only letter whose lower case is two characters

/// The entry of kSpecials for a letter that becomes several; empty for all others.
Str find_special(Str letter) {
  Str rest(reinterpret_cast<const char*>(kSpecials), sizeof kSpecials), entry;
  while (next_piece(rest, ' ', entry))
    if (starts_with(entry, letter)) return slice(entry, letter.size());
  return {};
}

/// Title case of a letter that has no entry in kSpecials.
std::uint32_t title_case(std::uint32_t c) {
  if ((c >= 0x10D0 && c <= 0x10FF) || (c >= 0x1C90 && c <= 0x1CBF))
    return downcase(c);                                          // Georgian: only whole words
  if (c >= 0x1C4 && c <= 0x1CC) return c - (c - 0x1C4) % 3 + 1;  // ǆ becomes ǅ
  if (c >= 0x1F1 && c <= 0x1F3) return 0x1F2;
  return upcase(c);
}

void add_upper(Text& out, std::uint32_t c, Str bytes, bool title) {
  if (c >= 0x1F80 && c < 0x1FB0) {  // ᾀ becomes ᾈ, or ἈΙ
    if (title) return add_utf8(out, c | 8);
    add_utf8(out, 0x1F08 + (c & 7) + (c >= 0x1FA0 ? 0x60 : (c & 0x10) * 2));
    return add_utf8(out, kIota);
  }
  bool may_be_special = c >= 0xDF && (c < 0x2000 || (c >= 0xFB00 && c < 0xFB18));
  Str special = may_be_special ? find_special(bytes) : Str();
  if (special.empty()) return add_utf8(out, title ? title_case(c) : upcase(c));
  std::size_t slash = special.find('/');
  Str upper_case = special.substr(0, slash);
  if (!title) return out.add(upper_case);
  if (slash != Str::npos) return out.add(special.substr(slash + 1));
  for (std::size_t at = 0; at < upper_case.size();) {
    bool first = at == 0;
    std::uint32_t u = decode(upper_case, at);
    add_utf8(out, first ? u : u == kIota ? kCombiningIota : downcase(u));
  }
}

void add_cased(Text& out, Str s, bool up, bool first_is_title) {
  for (std::size_t at = 0; at < s.size();) {
    std::size_t start = at;
    std::uint32_t c = decode(s, at);
    Str bytes = s.substr(start, at - start);
    bool title = first_is_title && start == 0;
    if (c == 0xFFFD)
      out.add(bytes);  // bytes that are not UTF-8 stay as they are
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
