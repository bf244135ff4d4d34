#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// A part of a text, without the checks of substr, which cost bytes in the module: it must be
/// inside.
inline Str part(Str s, std::size_t from, std::size_t size) { return {s.data() + from, size}; }
inline Str part(Str s, std::size_t from) { return {s.data() + from, s.size() - from}; }

/// Where the line with the character at `at` ends: at its newline or carriage return, or at the end
/// of the text.
std::size_t line_end(Str s, std::size_t at);

}  // namespace meridian::markdown
