// Addresses of the web, as they are asked for.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace meridian::cli::external {

/// An address of http or https whose parts are known for certain: a program that gets `text` asks
/// no other host.
struct WebAddress {
  /// `https://a.example/b?c`: without a user, the standard port and a fragment. Control characters,
  /// blanks, quotes and bytes beyond ASCII are percent-encoded; the host is that of host.h.
  std::string text;
  /// As host.h normalises it.
  std::string host;
};

/// Reads an address as browsers do; one that begins with `//` is of https. Nothing where it is of
/// another scheme, has no host that may be, or is longer than 2,000 bytes. Linear.
std::optional<WebAddress> web_address(std::string_view written);

}  // namespace meridian::cli::external
