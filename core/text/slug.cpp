// Jekyll::Utils.slugify.
#include "unicode_data.h"

namespace meridian {

namespace {
enum class Mode { Raw, Default, Pretty, Ascii, Latin };
constexpr Name kModes = "raw default pretty ascii latin";

/// Whether a character is kept; runs of all others become one hyphen.
bool is_kept(std::uint32_t c, Mode mode) {
  bool ascii = c < 128;
  switch (mode) {
    case Mode::Raw: return !(ascii && is_space(char(c)));
    case Mode::Ascii: return ascii && is_alnum(char(c));
    case Mode::Pretty: return is_slug_letter(c) || (ascii && is_one_of(char(c), "._~!$&'()+,;=@"));
    default: return is_slug_letter(c);
  }
}

void add_transliterated(Text& out, Str s) {
  for (std::size_t at = 0; at < s.size();) {
    std::uint32_t c = decode(s, at);
    if (c < 128)
      out.add(char(c));
    else
      out.add(without_accents(c));
  }
}
}  // namespace

void add_slug(Text& out, Str s, Str mode_name, bool cased) {
  int number = one_of(mode_name, kModes);
  if (number < 0) return cased ? out.add(s) : add_downcase(out, s);
  auto mode = Mode(number);
  Text plain, slug;
  if (mode == Mode::Latin) {
    add_transliterated(plain, s);
    s = plain.str();
  }
  bool in_gap = false;
  for (std::size_t at = 0; at < s.size();) {
    std::size_t start = at;
    bool keep = is_kept(decode(s, at), mode);
    if (keep)
      slug.add(s.substr(start, at - start));
    else if (!in_gap)
      slug.add('-');
    in_gap = !keep;
  }
  Str trimmed = slug.str();
  if (starts_with(trimmed, "-")) trimmed.remove_prefix(1);
  if (ends_with(trimmed, "-")) trimmed.remove_suffix(1);
  if (cased)
    out.add(trimmed);
  else
    add_downcase(out, trimmed);
}

}  // namespace meridian
