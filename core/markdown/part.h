#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// A part of a text, without the checks of substr, which cost bytes in the module: it must be
/// inside.
inline Str part(Str s, std::size_t from, std::size_t size) { return {s.data() + from, size}; }
inline Str part(Str s, std::size_t from) { return {s.data() + from, s.size() - from}; }

}  // namespace meridian::markdown
