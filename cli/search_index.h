// The index of the site's search, which visitors load piece by piece (meridian/search.h).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "made_files.h"
#include "open_site.h"

namespace meridian::cli {

/// Where its files are, beside the shell's.
inline constexpr const char* kSearchFolder = "meridian/search/";

/// The files of the index, the head first; none where the site has no search. Pages that can't be
/// rendered are left out; their problems are reported where the pages are.
std::vector<MadeFile> make_search_index(OpenSite& opened, const Options& options);

/// A written page that has a button for the search, with the script that opens it. Empty where
/// there is no button: a site without any needs no index.
std::string with_search_keys(const site::Site& site, std::string_view page);

/// Whether a file of the index may have this name: `h0.bin`.
bool is_name_of_index(const std::string& name);

}  // namespace meridian::cli
