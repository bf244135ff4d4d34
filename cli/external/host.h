// Hosts of addresses, in the one form in which both commands ask for them.
#pragma once
#include <optional>
#include <string>

#include "meridian/base.h"

namespace meridian::cli::external {

/// Normalises a host as browsers do (url.spec.whatwg.org, "host parsing"), so that no program that
/// gets the result reads another host in it: ASCII in lower case, without a dot at the end, IPv4 as
/// four decimal numbers (`0x7f.1` is `127.0.0.1`), IPv6 in its shortest form in brackets, labels
/// beyond ASCII in Punycode (RFC 3492).
///
/// Nothing where it is not a host: with an invalid number at its end, a zone of IPv6, `%`, or a
/// character that IDNA maps to another one or removes (UTS 46), other than capital letters. Names
/// don't need them, and `127.0.0.1` can be disguised by them. Linear in hosts of 253 bytes or less;
/// longer ones are refused.
std::optional<std::string> host_of(Str written);

}  // namespace meridian::cli::external
