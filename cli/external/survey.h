// What has become of addresses: each is asked for politely until it is known.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "external/asker.h"
#include "external/web_address.h"

namespace meridian::cli::external {

enum class Fate {
  Good,     ///< something answers there, or refuses strangers
  Gone,     ///< the host answers that there is nothing
  NoHost,   ///< no host has this name, or this machine has no network
  Unknown,  ///< there was no answer that says whether it is there
  Private   ///< it leads into a private network, and was not asked for
};

struct Outcome {
  Fate fate = Fate::Good;
  /// Why there is nothing, or it is not known: `answered with 404`.
  std::string reason;
  /// Where it has moved for good; empty: nowhere. A stranger's, though encoded as a WebAddress.
  std::string moved_to;
  /// Where its redirects led at last; empty: there were none. A stranger's, too.
  std::string last;
};

struct Survey {
  /// By the addresses' order.
  std::vector<Outcome> outcomes;
  /// Some host answered.
  bool any_answer = false;
};

/// Asks for all addresses: 16 at once, 2 of a host; by HEAD, and by GET where a host refuses that.
/// Redirects are followed to the fifth; what is busy, or does not answer, is asked once more.
/// `step` is called after each address. An address of a private network is not asked for unless
/// `limits` allow it.
Survey survey(Asker& asker, const AskLimits& limits, const std::vector<WebAddress>& addresses,
              const std::function<void()>& step);

}  // namespace meridian::cli::external
