// Addresses of the web, as they are asked for, and those that lead into a private network.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meridian::cli::external {

/// An address of http or https whose parts are known for certain: a program that gets `text` asks
/// no other host.
struct WebAddress {
  /// `https://a.example/b?c`: without a user, the standard port and a fragment. Control characters,
  /// blanks, quotes and bytes beyond ASCII are percent-encoded, but for the host's letters.
  std::string text;
  /// In lower case; of IPv6 in brackets.
  std::string host;
};

/// Reads an address as browsers do; one that begins with `//` is of https. Nothing where it is of
/// another scheme, has no host that may be, or is longer than 2,000 bytes. Linear.
std::optional<WebAddress> web_address(std::string_view written);

/// The addresses below a prefix, as `10.0.0.0` and 8 bits.
struct Network {
  const char* prefix;
  int bits;
};
/// Those that are not the internet's: of this machine, of local networks, and without a receiver.
std::span<const Network> private_networks();

/// Whether a host, a name or an address in numbers, is this machine or in a private network by
/// what its name says: names are not resolved.
bool is_private(const std::string& host);

}  // namespace meridian::cli::external
