#include "meridian/text.h"
#include "meridian/words.h"

namespace meridian {

namespace {
bool is_character(std::uint32_t code_point) {
  return code_point <= 0x10FFFF && code_point - 0xD800 >= 0x800;
}

/// The character at `at`; its length, or 0 when the bytes there are not well-formed UTF-8 (RFC
/// 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t decode_strictly(Str s, std::size_t at, std::uint32_t& code_point) {
  auto lead = static_cast<unsigned char>(s[at]);
  code_point = lead;
  if (lead < 0x80) return 1;
  std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (lead < 0xC2 || lead > 0xF4 || s.size() - at < length) return 0;
  code_point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; i++) {
    if ((s[at + i] & 0xC0) != 0x80) return 0;
    code_point = code_point << 6 | (s[at + i] & 0x3F);
  }
  // Three bytes hold more than 11 bits, four more than 16; two do with the leads that are allowed.
  return code_point >> (5 * length - 4) && is_character(code_point) ? length : 0;
}

/// Of the character that begins with this byte; none for those that go on.
std::uint32_t utf16_units(char byte) {
  return ((byte & 0xC0) != 0x80) + (std::uint8_t(byte) >= 0xF0);
}
}  // namespace

std::uint32_t decode(Str s, std::size_t& at) {
  std::uint32_t code_point;
  std::size_t length = decode_strictly(s, at, code_point);
  at += length ? length : 1;
  return length ? code_point : 0xFFFD;
}

void add_utf8(Text& out, std::uint32_t code_point) {
  if (code_point < 0x80) return out.add(char(code_point));
  if (!is_character(code_point)) code_point = 0xFFFD;
  char bytes[4];
  char* first = bytes + sizeof bytes;
  std::uint32_t room = 0x3F;  // the bits that fit the first byte
  do {
    *--first = char(0x80 | (code_point & 0x3F));
    code_point >>= 6;
    room >>= 1;
  } while (code_point > room);
  *--first = char(~(room * 2 + 1) | code_point);
  out.add(first, std::size_t(bytes + sizeof bytes - first));
}

std::size_t find_invalid_utf8(Str s) {
  std::uint32_t code_point;
  for (std::size_t at = 0; at < s.size();) {
    // Most of it is ASCII, a word at a time.
    if (s.size() - at >= kWordBytes && !(load_word(s.data() + at) & kHighBits)) {
      at += kWordBytes;
      continue;
    }
    std::size_t length = decode_strictly(s, at, code_point);
    if (!length) return at;
    at += length;
  }
  return Str::npos;
}

std::uint32_t utf16_size(Str s) {
  std::uint32_t units = 0;
  for (char c : s) units += utf16_units(c);
  return units;
}

std::size_t offset_of_utf16(Str s, std::uint32_t unit) {
  std::size_t at = 0;
  for (std::uint32_t units = 0; at < s.size(); at++) {
    std::uint32_t more = utf16_units(s[at]);
    if (more && units + more > unit) break;
    units += more;
  }
  return at;
}

namespace {
MERIDIAN_INLINE void skip_character(Str s, std::size_t& at) {
  if (static_cast<unsigned char>(s[at]) < 0x80)
    at++;
  else
    decode(s, at);
}
}  // namespace

std::size_t count_characters(Str s) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < s.size(); count++) skip_character(s, at);
  return count;
}

std::size_t offset_of_character(Str s, std::size_t index) {
  std::size_t at = 0;
  while (index-- && at < s.size()) skip_character(s, at);
  return at;
}

}  // namespace meridian
