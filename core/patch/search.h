// The search for one change of a text that makes some parts of its page the wanted ones.
#pragma once
#include "meridian/patch.h"
#include "probe.h"

namespace meridian::patch {

/// Tokens `from` to `to` of the page.
struct Range {
  std::uint32_t from, to;
};

/// What differs between the page and the wanted one: tokens of each. Inline elements differ as a
/// whole.
struct Difference {
  Range old, wanted;
};
Difference find_difference(const Tokens& page, const Tokens& wanted);

/// Whether every tag of a piece of a page has its other one there.
bool is_balanced(const Tokens& tokens, Range range);

/// Whether there is a patch; it says why not, else.
bool search(Probe& probe, const Tokens& wanted, Arena& arena, Patch& patch);

}  // namespace meridian::patch
