#include "external/web_address.h"

#include <arpa/inet.h>

#include <array>
#include <cstring>

#include "meridian/text.h"

namespace meridian::cli::external {

namespace {
// What browsers and servers surely take; longer ones are made by programs.
constexpr std::size_t kMostBytes = 2000;
constexpr std::size_t kMostOfHost = 253;  // RFC 1035
constexpr int kLastPort = 65535;
constexpr std::size_t kPortDigits = 5;

/// By RFC 6890 and its registries of special-purpose addresses.
constexpr Network kPrivate[] = {{"0.0.0.0", 8},    {"10.0.0.0", 8},     {"100.64.0.0", 10},
                                {"127.0.0.0", 8},  {"169.254.0.0", 16}, {"172.16.0.0", 12},
                                {"192.0.0.0", 24}, {"192.168.0.0", 16}, {"198.18.0.0", 15},
                                {"224.0.0.0", 3},  {"::", 96},          {"fc00::", 7},
                                {"fe80::", 9},     {"ff00::", 8}};
/// Prefixes of IPv6 behind which an address of IPv4 stands, in bytes: mapped, NAT64, 6to4.
struct Embedding {
  const char* prefix;
  std::size_t bytes;
};
constexpr Embedding kEmbeddings[] = {{"::ffff:0:0", 12}, {"64:ff9b::", 12}, {"2002::", 2}};

using V4 = std::array<unsigned char, 4>;
using V6 = std::array<unsigned char, 16>;

template <class Bytes>
bool is_below(const Bytes& bytes, const Network& network) {
  Bytes prefix;
  if (::inet_pton(sizeof bytes == 4 ? AF_INET : AF_INET6, network.prefix, prefix.data()) != 1)
    return false;
  const std::size_t whole = std::size_t(network.bits) / 8, rest = std::size_t(network.bits) % 8;
  return std::memcmp(bytes.data(), prefix.data(), whole) == 0 &&
         (!rest || ((bytes[whole] ^ prefix[whole]) >> (8 - rest)) == 0);
}

template <class Bytes>
bool is_private_number(const Bytes& bytes) {
  for (const Network& network : kPrivate)
    if (is_below(bytes, network)) return true;
  return false;
}

bool is_private_v6(const V6& bytes) {
  for (const Embedding& one : kEmbeddings)
    if (is_below(bytes, {one.prefix, int(one.bytes * 8)})) {
      V4 inner;
      std::memcpy(inner.data(), bytes.data() + one.bytes, inner.size());
      return is_private_number(inner);
    }
  return is_private_number(bytes);
}

/// A character that becomes a digit, a letter or a dot of ASCII in a name (NFKC, by UTS 46), so
/// that 127.0.0.1 could be written with it: of other widths, in circles, above and below the line,
/// of mathematics. No name needs it.
bool is_disguise(std::uint32_t c) {
  constexpr std::uint32_t kRanges[][2] = {{0xB2, 0xB3},       {0xB9, 0xB9},      {0x2070, 0x209C},
                                          {0x2460, 0x24FF},   {0x3002, 0x3002},  {0xFF00, 0xFFEF},
                                          {0x1D400, 0x1D7FF}, {0x1FBF0, 0x1FBF9}};
  for (const auto& range : kRanges)
    if (c >= range[0] && c <= range[1]) return true;
  return false;
}

/// A letter of a host's name; what a program could read as the end of it is none.
bool is_of_host(char c) { return is_alnum(c) || is_one_of(c, "-._") || (c & 0x80); }

bool is_host(Str host) {
  if (host.empty() || host.size() > kMostOfHost || find_invalid_utf8(host) != Str::npos)
    return false;
  if (host[0] == '[') {
    V6 bytes;
    std::string inner(slice(host, 1, host.size() - 1));
    return ends_with(host, "]") && ::inet_pton(AF_INET6, inner.c_str(), bytes.data()) == 1;
  }
  for (char c : host)
    if (!is_of_host(c)) return false;
  for (std::size_t at = 0; at < host.size();)
    if (is_disguise(decode(host, at))) return false;
  return host[0] != '.' && host.back() != '.' && host.find(Str("..")) == Str::npos;
}

/// Takes `:port` from the end of a host; false where it is none. `port` gets 0 for the scheme's.
bool take_port(Str& host, int standard, int& port) {
  std::size_t colon = host.rfind(':');
  port = 0;
  if (colon == Str::npos || host.find(']', colon) != Str::npos) return true;
  Str digits = host.substr(colon + 1);
  host = host.substr(0, colon);
  if (digits.empty()) return true;
  if (digits.size() > kPortDigits || digits.find_first_not_of("0123456789") != Str::npos)
    return false;
  port = int(parse_int(digits));
  if (port < 1 || port > kLastPort) return false;
  if (port == standard) port = 0;
  return true;
}

/// Path and query, with `/` before them.
void add_rest(Text& out, Str rest) {
  if (rest.empty() || rest[0] == '?') out.add('/');
  bool query = false;
  for (char c : rest) {
    query |= c == '?';
    if (c == '\\' && !query)
      out.add('/');
    else if (c <= ' ' || c == 0x7F || (c & 0x80) || is_one_of(c, "\"<>\\^`{|}"))
      add_percent(out, c);
    else
      out.add(c);
  }
}
}  // namespace

std::optional<WebAddress> web_address(std::string_view written) {
  Str text = strip(Str(written));
  if (text.size() > kMostBytes) return {};
  bool secure = true;
  for (const char* scheme : {"https:", "http:"}) {
    const std::size_t size = Str(scheme).size();
    if (!equal_ignoring_case(text.substr(0, size), scheme)) continue;
    secure = size > 5;
    text.remove_prefix(size);
    break;
  }
  if (text.size() < 2 || !is_one_of(text[0], "/\\") || !is_one_of(text[1], "/\\")) return {};
  text = text.substr(2, text.find('#') - 2);
  Str host = text.substr(0, text.find_first_of("/\\?"));
  Str rest = text.substr(host.size());
  if (std::size_t at = host.rfind('@'); at != Str::npos) host = host.substr(at + 1);
  int port;
  if (!take_port(host, secure ? 443 : 80, port)) return {};
  if (ends_with(host, ".")) host.remove_suffix(1);
  if (!is_host(host)) return {};
  WebAddress address;
  for (char c : host) address.host += lower(c);
  Text out;
  out.add(secure ? "https://" : "http://");
  out.add(Str(address.host));
  if (port) {
    out.add(':');
    out.add_int(port);
  }
  add_rest(out, rest);
  address.text = out.str();
  return address;
}

std::span<const Network> private_networks() { return kPrivate; }

bool is_private(const std::string& host) {
  if (host.find(':') != host.npos) {
    bool bracket = host[0] == '[';
    V6 bytes;
    std::string inner = bracket ? host.substr(1, host.size() - 2) : host;
    return ::inet_pton(AF_INET6, inner.c_str(), bytes.data()) != 1 || is_private_v6(bytes);
  }
  // In any notation that programs take, as 127.1 and 0x7f000001.
  if (in_addr number; ::inet_aton(host.c_str(), &number) != 0) {
    V4 bytes;
    std::memcpy(bytes.data(), &number.s_addr, bytes.size());
    return is_private_number(bytes);
  }
  // Without a dot a name is one of a local network.
  if (host.find('.') == host.npos) return true;
  for (const char* end : {".localhost", ".local", ".internal", ".home.arpa"})
    if (ends_with(Str(host), end)) return true;
  return false;
}

}  // namespace meridian::cli::external
