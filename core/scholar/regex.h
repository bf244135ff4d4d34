// The regular expressions of queries: `[keywords ~= ruby|rails]`.
#pragma once
#include "meridian/text.h"

namespace meridian::scholar {

/// Whether a part of `text` matches. Understands . [] [^] ^ $ \b \d \w \s * + ? | ( ) and the
/// lazy forms; other characters stand for themselves. Gives up, and returns false, after
/// kMaxMatchSteps: a pattern can be made to try every way through a text.
bool matches(Str pattern, Str text);

constexpr std::uint32_t kMaxMatchSteps = 200000;

}  // namespace meridian::scholar
