// Names and patterns of files, as Ruby's File has them.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

/// File.fnmatch: `*`, `?`, `[a-z]`; with `pathname` a `*` stops at `/` and `**/` does not, as in
/// Dir.glob, and
/// `{a,b}` alternatives count. Linear in the text for each star.
bool matches(Str pattern, Str text, bool pathname);
bool has_glob(Str pattern);
/// Whether the name of a file, or of a folder on the way, begins with a dot: Dir["**/*"] has none.
bool has_hidden_part(Str path);

/// Is a page of this name, without extension, the page of its folder?
bool is_index(Str name);
/// End of the run of characters of a class that begins at `at`.
std::size_t skip(Str s, std::size_t at, bool (*kind)(char));
/// Without the slashes that it begins with.
Str without_slashes(Str path);
/// `folder/name`, or the name alone in the root.
Str path_in(Arena& arena, Str folder, Str name);

}  // namespace meridian::site
