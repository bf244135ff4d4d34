// Names and patterns of files, as Ruby's File has them.
#pragma once
#include "meridian/base.h"

namespace meridian::site {

/// File.fnmatch: `*`, `?`, `[a-z]`; with `pathname` a `*` stops at `/` and `**/` does not, as in Dir.glob, and
/// `{a,b}` alternatives count. Linear in the text for each star.
bool matches(Str pattern, Str text, bool pathname);
bool has_glob(Str pattern);

Str file_name(Str path);     ///< behind the last slash
Str folder_of(Str path);     ///< before the last slash, empty when there is none
Str extension_of(Str path);  ///< Ruby's File.extname: `.md`, empty for `.hidden` and `name.`
Str without_extension(Str path);

/// Is a page of this name, without extension, the page of its folder?
bool is_index(Str name);
bool is_html(Str extension);
/// Behind the characters of a kind that stand from `at` on.
std::size_t skip(Str s, std::size_t at, bool (*kind)(char));
/// Without the slashes that it begins with.
Str without_slashes(Str path);
/// Without one slash that it begins with: scopes and links are written both ways.
Str without_slash(Str path);
/// Without the characters `c` at its end.
Str without_last(Str path, char c);
/// `folder/name`, or the name alone in the root.
Str path_in(Arena& arena, Str folder, Str name);

}  // namespace meridian::site
