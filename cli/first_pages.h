// The pages that first visitors of a site of raw sources see while the core is on its way
// (FirstPages in meridian/workspace.h).
#pragma once
#include "made_files.h"
#include "open_site.h"

namespace meridian::cli {

/// Where the files are, beside the shell's.
inline constexpr const char* kFirstFolder = "meridian/first/";

/// JSON files, each for some of the pages.
std::vector<MadeFile> files_of(FirstPages& first);
/// The site's first page alone, as such a file; empty without one.
std::string home_of(const FirstPages& first);

}  // namespace meridian::cli
