// What first visitors of a site of raw sources see of its pages while the core is on its way
// (FirstText in meridian/workspace.h).
#pragma once
#include "made_files.h"
#include "open_site.h"

namespace meridian::cli {

/// Where the files are, beside the shell's.
inline constexpr const char* kFirstFolder = "meridian/first/";

/// JSON files, each for some of the pages.
std::vector<MadeFile> files_of(FirstText& first);

/// The same as put_search_index() for these.
bool put_first_text(const std::filesystem::path& source, const std::vector<MadeFile>& files);

}  // namespace meridian::cli
