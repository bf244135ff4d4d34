#include "external/networks.h"

#include <arpa/inet.h>

#include <cstring>

#include "meridian/text.h"

namespace meridian::cli::external {

namespace {
struct Prefix {
  const char* prefix;
  int bits;
};
/// By RFC 6890 and its registry of special-purpose addresses.
constexpr Prefix kV4[] = {
    {"0.0.0.0", 8},      {"10.0.0.0", 8},     {"100.64.0.0", 10}, {"127.0.0.0", 8},
    {"169.254.0.0", 16}, {"172.16.0.0", 12},  {"192.0.0.0", 24},  {"192.0.2.0", 24},
    {"192.88.99.0", 24}, {"192.168.0.0", 16}, {"198.18.0.0", 15}, {"198.51.100.0", 24},
    {"203.0.113.0", 24}, {"224.0.0.0", 3},
};
/// Of IPv6, the internet has 2000::/3 without Teredo and other protocols, documentation and 6to4,
/// and NAT64 (kNat64). Addresses that contain one of IPv4, as ::ffff:127.0.0.1, are in ::/10.
constexpr Prefix kV6[] = {
    {"::", 10},     {"64:ff9b:1::", 48}, {"100::", 8},   {"200::", 7},       {"400::", 6},
    {"800::", 5},   {"1000::", 4},       {"2001::", 23}, {"2001:db8::", 32}, {"2002::", 16},
    {"3fff::", 20}, {"4000::", 2},       {"8000::", 1},
};
/// The prefix behind which a translator expects an address of IPv4 (RFC 6052). In networks without
/// IPv4 every name without an address of IPv6 leads there.
constexpr Prefix kNat64 = {"64:ff9b::", 96};

bool is_below(const std::string& number, const Network& network) {
  unsigned char bytes[16], prefix[16];
  const int family = network.prefix.find(':') == std::string::npos ? AF_INET : AF_INET6;
  if (::inet_pton(family, network.prefix.c_str(), prefix) != 1 ||
      ::inet_pton(family, number.c_str(), bytes) != 1)
    return false;
  const std::size_t whole = std::size_t(network.bits) / 8, rest = std::size_t(network.bits) % 8;
  return std::memcmp(bytes, prefix, whole) == 0 &&
         (!rest || ((bytes[whole] ^ prefix[whole]) >> (8 - rest)) == 0);
}

std::vector<Network> all_networks() {
  std::vector<Network> all;
  for (const Prefix& one : kV4) all.push_back({one.prefix, one.bits});
  for (const Prefix& one : kV4)
    all.push_back({std::string(kNat64.prefix) + one.prefix, kNat64.bits + one.bits});
  for (const Prefix& one : kV6) all.push_back({one.prefix, one.bits});
  return all;
}

bool is_number(const std::string& host) {
  unsigned char bytes[16];
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}
}  // namespace

const std::vector<Network>& private_networks() {
  static const std::vector<Network> kAll = all_networks();
  return kAll;
}

bool is_private_number(const std::string& number) {
  if (!is_number(number)) return true;
  for (const Network& network : private_networks())
    if (is_below(number, network)) return true;
  return false;
}

bool is_private(const std::string& host) {
  if (host[0] == '[') return is_private_number(host.substr(1, host.size() - 2));
  if (is_number(host)) return is_private_number(host);
  // Without a dot a name is one of a local network.
  if (host.find('.') == host.npos) return true;
  for (const char* end : {".localhost", ".local", ".internal", ".home.arpa"})
    if (ends_with(Str(host), end)) return true;
  return false;
}

}  // namespace meridian::cli::external
