// Text of HTML that was rendered.
#include "meridian/text.h"

namespace meridian {

namespace {
void add_space(Text& out) {
  if (out.size() && out.back() != ' ') out.add(' ');
}

/// The character of a reference `&name;` that begins at `at`, which moves behind it; 0: it is none.
/// Names are those that an HTML writer has to use; others are what stands there.
std::uint32_t reference(Str html, std::size_t& at) {
  constexpr std::size_t kLongest = 10;
  Str rest = html.substr(at + 1, kLongest);
  Str name = rest.substr(0, rest.find(';'));
  if (name.size() == rest.size()) return 0;
  std::uint32_t c = 0;
  if (char_at(name, 0) == '#') {
    bool hexadecimal = lower(char_at(name, 1)) == 'x';
    for (std::size_t i = hexadecimal ? 2 : 1; i < name.size(); i++) {
      int digit = hex_digit(name[i]);
      if (digit < 0 || (!hexadecimal && digit > 9)) return 0;
      c = c * (hexadecimal ? 16 : 10) + std::uint32_t(digit);
    }
  } else {
    int number = one_of(name, "amp lt gt quot apos nbsp");
    if (number < 0) return 0;
    c = static_cast<unsigned char>("&<>\"' "[number]);
  }
  at += name.size() + 2;
  return c ? c : ' ';
}
}  // namespace

void add_plain(Text& out, Str html) {
  for (std::size_t at = 0; at < html.size();) {
    char c = html[at];
    if (c == '&') {
      std::uint32_t decoded = reference(html, at);
      if (decoded > ' ' && decoded != 0x7F && decoded != 0xA0) {
        add_utf8(out, decoded);
        continue;
      }
      if (decoded) {
        add_space(out);
        continue;
      }
    }
    at++;
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F)
      add_space(out);
    else
      out.add(c);
  }
}

bool is_inline(const Tag& tag) {
  char name[8];
  if (tag.name.size() > sizeof name) return false;
  for (std::size_t i = 0; i < tag.name.size(); i++) name[i] = lower(tag.name[i]);
  return one_of({name, tag.name.size()},
                "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span "
                "strong sub sup time u var wbr") >= 0;
}

}  // namespace meridian
