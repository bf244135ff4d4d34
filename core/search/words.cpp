#include "words.h"

#include "meridian/text.h"

namespace meridian::search {

namespace {
// Base letters in lower case, by code point from U+00C0 and from U+1E00 (the decompositions of
// Unicode, and letters with strokes and hooks as they are typed without); `-`: it stays, A: ae,
// O: oe, S: ss, T: th, J: ij.
constexpr char kLatin[] =
    "aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiJJjjkkklllllll"
    "lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bb---------------ff-------------oo-------------uu---------------"
    "----dddlllnnnaaiioouuuuuuuuuu-aaaaAA--ggkkoooo--jdddgg--nnaaAAoo"
    "aaaaeeeeiiiioooorrrruuuusstt--hh------aaeeooooooooyy";
constexpr char kLatinAdditional[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyas--S-aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

enum Class : std::uint8_t { Separator, Ignored, Letter, Paired };

struct Range {
  std::uint16_t first, last;
};
// Combining marks, vowel points, and characters that are not seen.
constexpr Range kIgnored[] = {{0xAD, 0xAD},    {0x300, 0x36F}, {0x591, 0x5BD},   {0x5BF, 0x5BF},
                              {0x5C1, 0x5C2},  {0x610, 0x61A}, {0x640, 0x640},   {0x64B, 0x65F},
                              {0x670, 0x670},  {0x6D6, 0x6DC}, {0x200B, 0x200F}, {0xFE00, 0xFE0F},
                              {0xFEFF, 0xFEFF}};
// Punctuation and signs outside ASCII.
constexpr Range kSeparators[] = {
    {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
    {0xF7, 0xF7},     {0x37E, 0x37E},   {0x387, 0x387},   {0x55A, 0x55F},   {0x5BE, 0x5BE},
    {0x5C0, 0x5C0},   {0x5C3, 0x5C3},   {0x600, 0x60F},   {0x61B, 0x61F},   {0x66A, 0x66D},
    {0x6D4, 0x6D4},   {0x964, 0x965},   {0xE2F, 0xE2F},   {0xE4F, 0xE4F},   {0x2000, 0x200A},
    {0x2010, 0x20CF}, {0x2190, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x3004}, {0x3008, 0x3020},
    {0x3030, 0x3030}, {0x30FB, 0x30FB}, {0xD800, 0xF8FF}, {0xFE10, 0xFE6F}, {0xFF00, 0xFF0F},
    {0xFF1A, 0xFF20}, {0xFF3B, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}};
// Thai, Lao, Myanmar, Khmer, kana, ideographs: words without spaces between them.
constexpr Range kPaired[] = {{0xE00, 0xEFF},   {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x3005, 0x3007},
                             {0x3040, 0x30FF}, {0x31F0, 0x31FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
                             {0xF900, 0xFAFF}, {0xFF66, 0xFF9F}};

template <std::size_t N>
bool is_in(const Range (&ranges)[N], std::uint32_t c) {
  for (const Range& range : ranges)
    if (c <= range.last) return c >= range.first;
  return false;
}

Class class_of(std::uint32_t c) {
  if (c < 0x80) return is_alnum(char(c)) ? Letter : Separator;
  if (c < 0x250) return c == 0xAD ? Ignored : is_in(kSeparators, c) ? Separator : Letter;
  if (c > 0xFFFF) return c >= 0x20000 ? Paired : c >= 0x1F000 ? Separator : Letter;
  if (is_in(kPaired, c)) return c == 0xE2F || c == 0xE4F || c == 0x30FB ? Separator : Paired;
  if (is_in(kIgnored, c)) return Ignored;
  return is_in(kSeparators, c) ? Separator : Letter;
}

/// A code point in its folded form: case, tones and variants of a letter don't count.
std::uint32_t fold(std::uint32_t c) {
  if (c >= 0x370 && c < 0x400) {
    // Greek: vowels with a tone by their places, then capitals, and the final sigma.
    constexpr char kTones[] = "\x86\x88\x89\x8A\x8C\x8E\x8F\xAC\xAD\xAE\xAF\xCC\xCD\xCE";
    constexpr char kVowels[] = "\xB1\xB5\xB7\xB9\xBF\xC5\xC9\xB1\xB5\xB7\xB9\xBF\xC5\xC9";
    int vowel = index_in(kTones, char(c));
    if (vowel >= 0) return 0x300 + static_cast<unsigned char>(kVowels[vowel]);
    return c == 0x3C2 ? 0x3C3 : c >= 0x391 && c <= 0x3A9 ? c + 32 : c;
  }
  if (c >= 0x400 && c < 0x530) {
    if (c < 0x410)
      c += 80;
    else if (c < 0x430)
      c += 32;
    else if (c >= 0x460)
      c |= c < 0x4C0 || c > 0x4CF;
    return c == 0x451 ? 0x435 : c;
  }
  if (c >= 0x531 && c <= 0x556) return c + 48;
  if (c >= 0x622 && c <= 0x6F9) {
    // Arabic: forms of alef, yeh and teh marbuta, and both sets of digits.
    if (c == 0x622 || c == 0x623 || c == 0x625 || c == 0x671) return 0x627;
    if (c == 0x649 || c == 0x6CC) return 0x64A;
    if (c == 0x629) return 0x647;
    if (c == 0x6A9) return 0x643;
    if (c >= 0x660 && c <= 0x669) return c - 0x660 + '0';
    if (c >= 0x6F0) return c - 0x6F0 + '0';
    return c;
  }
  // Full-width forms.
  if (c >= 0xFF10 && c <= 0xFF5A) {
    c -= 0xFEE0;
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
  return c;
}

struct Folder {
  Token& token;
  void add(char c) {
    if (token.size < kMaxWord) token.folded[token.size++] = c;
  }
  void add_code_point(std::uint32_t c) {
    char base = 0;
    if (c < 0x80)
      base = lower(char(c));
    else if (c >= 0xC0 && c - 0xC0 < sizeof kLatin - 1)
      base = kLatin[c - 0xC0];
    else if (c >= 0x1E00 && c - 0x1E00 < sizeof kLatinAdditional - 1)
      base = kLatinAdditional[c - 0x1E00];
    // Letters of two have a second one at the same place.
    constexpr char kDouble[] = "AOSTJ", kFirst[] = "aosti", kSecond[] = "eeshj";
    int two = base ? index_in(kDouble, base) : -1;
    if (two >= 0) {
      add(kFirst[two]);
      base = kSecond[two];
    }
    if (base && base != '-') return add(base);
    c = fold(c);
    if (c < 0x80) return add(char(c));
    int length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    // A character that does not fit whole is left out.
    if (token.size + std::size_t(length) > kMaxWord) return;
    add(char((0xF00 >> length) | (c >> (6 * (length - 1)))));
    for (int rest = length - 1; rest--;) add(char(0x80 | ((c >> (6 * rest)) & 0x3F)));
  }
};
}  // namespace

bool next_word(Str text, std::size_t& at, Token& token) {
  Folder folder{token};
  token.size = 0;
  token.pair = false;
  std::size_t second = 0;
  while (at < text.size()) {
    std::size_t here = at;
    // Most text is ASCII.
    if (!token.pair && is_alnum(text[at])) {
      if (!token.size) token.begin = here;
      do folder.add(lower(text[at++]));
      while (at < text.size() && is_alnum(text[at]));
      token.end = at;
      continue;
    }
    std::uint32_t c = static_cast<unsigned char>(text[at]);
    if (c < 0x80)
      at++;
    else
      c = decode(text, at);
    Class kind = class_of(c);
    if (kind == Ignored) continue;
    if (kind == Letter && !token.pair) {
      if (!token.size) token.begin = here;
      folder.add_code_point(c);
      token.end = at;
      continue;
    }
    if (kind == Paired && (!token.size || token.pair)) {
      if (!token.size) token.begin = here;
      folder.add_code_point(c);
      token.end = at;
      if (token.pair) {
        at = second;
        return true;
      }
      token.pair = true;
      second = at;
      continue;
    }
    if (token.size) {
      // The next word may begin here.
      if (kind != Separator) at = here;
      return true;
    }
  }
  return token.size > 0;
}

}  // namespace meridian::search
