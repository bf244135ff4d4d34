// HTML5's named character references, all 2,125 that end in a semicolon.
#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// Adds the characters of a reference (`&ouml;`, `&#228;`, `&#xE4;`), given with its `&` and `;`.
/// An unknown name is added as it is; a number that is no character gives U+FFFD (CommonMark
/// 0.31.2, section 2.5).
void add_character_reference(Text& out, Str reference);

}  // namespace meridian::markdown
