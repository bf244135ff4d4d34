#include "external/host.h"

#include <arpa/inet.h>

#include <algorithm>
#include <vector>

#include "meridian/text.h"

namespace meridian::cli::external {

namespace {
constexpr std::size_t kMaxHost = 253;  // RFC 1035
using CodePoints = std::vector<std::uint32_t>;

/// Letters, digits and marks that UTS 46 maps to others or removes, apart from case, by block:
/// of other widths, above the line, in circles, of mathematics, ligatures, variation selectors,
/// Hangul in pieces, and accents that become part of the letter before them.
constexpr std::uint32_t kMapped[][2] = {
    {0xAA, 0xBA},       {0x130, 0x133},     {0x13F, 0x140},     {0x149, 0x149},
    {0x17F, 0x17F},     {0x1C4, 0x1CC},     {0x1F1, 0x1F3},     {0x2B0, 0x374},
    {0x37A, 0x37A},     {0x3D0, 0x3D6},     {0x3F0, 0x3F9},     {0x587, 0x587},
    {0x61C, 0x61C},     {0x675, 0x678},     {0x958, 0x95F},     {0x9DC, 0x9DF},
    {0xA33, 0xA36},     {0xA59, 0xA5E},     {0xB5C, 0xB5D},     {0xE33, 0xE33},
    {0xEB3, 0xEB3},     {0xEDC, 0xEDD},     {0xF43, 0xFB9},     {0x10FC, 0x10FC},
    {0x1100, 0x11FF},   {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x1C80, 0x1C88},
    {0x1D00, 0x1DFF},   {0x1E9A, 0x1E9E},   {0x1F71, 0x2BFF},   {0x2C7C, 0x2C7D},
    {0x2D6F, 0x2D6F},   {0x3038, 0x303A},   {0x3099, 0x309F},   {0x30FF, 0x30FF},
    {0x3131, 0x33FF},   {0xA69C, 0xA69D},   {0xA770, 0xA770},   {0xA7F2, 0xA7F9},
    {0xAB5C, 0xABBF},   {0xF900, 0xFFFF},   {0x10780, 0x107BF}, {0x1BCA0, 0x1BCA3},
    {0x1D165, 0x1D1FF}, {0x1D400, 0x1D7FF}, {0x1EE00, 0x1FBFF}, {0x2F800, 0x2FA1F},
    {0xE0000, 0x10FFFF}};

bool is_mapped(std::uint32_t c) {
  for (const auto& range : kMapped)
    if (c >= range[0] && c <= range[1]) return true;
  return false;
}

/// Punycode's digits: a to z, 0 to 9.
char digit(std::uint32_t value) { return char(value < 26 ? 'a' + value : '0' + value - 26); }

/// The bias after a delta (RFC 3492, 6.1).
std::uint32_t adapt(std::uint32_t delta, std::uint32_t count, bool first) {
  delta = first ? delta / 700 : delta / 2;
  delta += delta / count;
  std::uint32_t k = 0;
  for (; delta > 455; k += 36) delta /= 35;
  return k + 36 * delta / (delta + 38);
}

void add_number(std::string& out, std::uint32_t number, std::uint32_t bias) {
  for (std::uint32_t k = 36;; k += 36) {
    const std::uint32_t t = k <= bias ? 1 : std::min(k - bias, 26u);
    if (number < t) break;
    out += digit(t + (number - t) % (36 - t));
    number = (number - t) / (36 - t);
  }
  out += digit(number);
}

/// RFC 3492, 6.3. A label is a part of a host, so nothing overflows: 253 bytes of delta at most
/// 0x10FFFF each.
std::string punycode(const CodePoints& label) {
  std::string out;
  for (std::uint32_t c : label)
    if (c < 128) out += char(c);
  std::uint32_t done = std::uint32_t(out.size()), basic = done, n = 128, delta = 0, bias = 72;
  if (basic) out += '-';
  while (done < label.size()) {
    std::uint32_t next = 0x10FFFF;
    for (std::uint32_t c : label)
      if (c >= n) next = std::min(next, c);
    delta += (next - n) * (done + 1);
    n = next;
    for (std::uint32_t c : label) {
      delta += c < n;
      if (c != n) continue;
      add_number(out, delta, bias);
      bias = adapt(delta, done + 1, done == basic);
      delta = 0;
      done++;
    }
    delta++, n++;
  }
  return out;
}

/// Appends a label; false: it is not one.
bool add_label(std::string& out, Str label) {
  CodePoints points;
  bool ascii = true;
  for (std::size_t at = 0; at < label.size();) {
    std::uint32_t c = decode(label, at);
    if (c < 128) {
      if (!is_alnum(char(c)) && !is_one_of(char(c), "-_")) return false;
      points.push_back(std::uint32_t(lower(char(c))));
      continue;
    }
    c = downcase(c);
    if (!is_word(c) || is_mapped(c)) return false;
    ascii = false;
    points.push_back(c);
  }
  if (points.empty()) return false;
  if (!ascii)
    out += "xn--" + punycode(points);
  else
    out.append(points.begin(), points.end());
  return true;
}

/// Whether programs read a host that ends with this label as an address of IPv4.
bool is_number(Str label) {
  if (starts_with(label, "0x")) {
    for (char c : label.substr(2))
      if (hex_digit(c) < 0) return false;
    return true;
  }
  return label.find_first_not_of("0123456789") == Str::npos;
}

std::optional<std::string> v4(const std::string& host) {
  in_addr number;
  // In any notation: 127.1, 0x7f000001, 0177.0.0.1.
  if (::inet_aton(host.c_str(), &number) == 0) return {};
  char text[INET_ADDRSTRLEN];
  return ::inet_ntop(AF_INET, &number, text, sizeof text);
}

std::optional<std::string> v6(Str written) {
  if (!ends_with(written, "]")) return {};
  const std::string inner(slice(written, 1, written.size() - 1));
  in6_addr number;
  char text[INET6_ADDRSTRLEN];
  if (::inet_pton(AF_INET6, inner.c_str(), &number) != 1) return {};
  return "[" + std::string(::inet_ntop(AF_INET6, &number, text, sizeof text)) + "]";
}
}  // namespace

std::optional<std::string> host_of(Str written) {
  if (written.empty() || written.size() > kMaxHost || find_invalid_utf8(written) != Str::npos)
    return {};
  if (written[0] == '[') return v6(written);
  if (ends_with(written, ".")) written.remove_suffix(1);
  std::string host;
  for (std::size_t at = 0, dot = 0; dot != Str::npos; at = dot + 1) {
    dot = written.find('.', at);
    if (at) host += '.';
    if (!add_label(host, slice(written, at, dot))) return {};
  }
  const std::size_t dot = host.rfind('.');
  return is_number(Str(host).substr(dot == host.npos ? 0 : dot + 1)) ? v4(host)
                                                                     : std::optional(host);
}

}  // namespace meridian::cli::external
