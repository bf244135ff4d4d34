// Emoji codes of GitHub's dialect: `:tada:`.
#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// The emoji whose code `s` begins with (at its first colon), and the size of the code; empty when there is none.
/// Knows the codes that are used most; the full list is a file of its own.
Str find_emoji(Str s, std::size_t& size);

}  // namespace meridian::markdown
