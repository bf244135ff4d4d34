// Networks that are not the internet's. One list for both commands: `curl.cpp` reads it here, and
// `node/asker.cpp` hands it to Node.
#pragma once
#include <string>
#include <vector>

namespace meridian::cli::external {

/// The addresses below a prefix, such as `10.0.0.0` and 8 bits.
struct Network {
  std::string prefix;
  int bits;
};

/// Networks of this machine, local networks, and networks without a receiver. Those of IPv4 are
/// listed a second time, as addresses of IPv6 that a translator (NAT64) turns into them.
const std::vector<Network>& private_networks();

/// Whether an address in numbers is in one of `private_networks`. What is not an address counts as
/// private.
bool is_private_number(const std::string& number);

/// Whether a host, as `host_of` writes it, is this machine or in a private network by what its name
/// says. Names are not resolved.
bool is_private(const std::string& host);

}  // namespace meridian::cli::external
