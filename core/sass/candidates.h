// Where the file of an import may lie.
#pragma once
#include "meridian/sass.h"

namespace meridian::sass {

/// The folder of a path, without a final slash; empty in the root.
Str folder_of(Str path);

/// The candidates in one folder; the last ones, from `indexes` on, count when no other exists.
void add_candidates(Arena& arena, Str folder, Str address, List<Str>& paths,
                    std::uint32_t& indexes);

}  // namespace meridian::sass
