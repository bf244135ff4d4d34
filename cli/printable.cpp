#include "printable.h"

#include <cstdio>

#include "meridian/text.h"
#include "options.h"

namespace meridian::cli {

namespace {
/// The control characters of ASCII and of Latin-1, and those that turn the direction of text.
bool is_control(std::uint32_t c) {
  return c < ' ' || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

std::string without_controls(std::string_view text, Str kept) {
  Text shown;
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t c = decode(text, at);
    const bool stays = !is_control(c) || (c < 0x80 && kept.find(char(c)) != Str::npos);
    add_utf8(shown, stays ? c : '?');
  }
  return std::string(shown.str());
}
}  // namespace

std::string printable(std::string_view text) { return without_controls(text, ""); }

std::string printable_lines(std::string_view text) { return without_controls(text, "\n\t"); }

int refuse(const std::string& message) {
  std::fprintf(stderr, "meridian: %s\n", message.c_str());
  return kWrongUse;
}

std::string counted(std::size_t number, const char* one) {
  return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

}  // namespace meridian::cli
