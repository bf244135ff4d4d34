// Unicode tables for the other files of this room.
#pragma once
#include "meridian/text.h"

namespace meridian {

/// \p{L}, \p{M} or \p{Nd}: the characters that Jekyll keeps in slugs.
bool is_slug_letter(std::uint32_t code_point);
/// Letters of Latin-1 and Latin Extended-A without their accents, `?` for everything else beyond
/// ASCII.
Str without_accents(std::uint32_t code_point);

}  // namespace meridian
