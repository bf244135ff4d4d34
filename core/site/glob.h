// Names and patterns of files, as Ruby's File has them.
#pragma once
#include "meridian/base.h"

namespace meridian::site {

/// File.fnmatch: `*`, `?`, `[a-z]`; with `pathname` a `*` stops at `/` and `**/` does not, as in Dir.glob, and
/// `{a,b}` alternatives count. Linear in the text for each star.
bool matches(Str pattern, Str text, bool pathname);
bool has_glob(Str pattern);

Str file_name(Str path);           ///< behind the last slash
Str folder_of(Str path);           ///< before the last slash, empty when there is none
Str extension_of(Str path);        ///< Ruby's File.extname: `.md`, empty for `.hidden` and `name.`
Str without_extension(Str path);

}  // namespace meridian::site
