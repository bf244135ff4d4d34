// Which files of the shell a site of raw sources needs: those of features that it names.
#pragma once
#include <string>
#include <vector>

#include "open_site.h"

namespace meridian::cli {

/// The files of the shell's folder `meridian/` that visitors of raw sources need. A source counts
/// that has a word of a feature in its text or path, so that some files stay in vain, and none that
/// is needed is left out; messages in languages that no source names are left out, and compressed
/// forms without `--compress`. Linear in the size of the sources. All files where the site says
/// `meridian: {shell: all}`, but for the scripts below.
std::vector<std::string> shell_of_sources(OpenSite& opened, const Options& options);

/// Scripts that read what only a build writes.
inline constexpr const char* kSegmentsReader = "meridian/segments.js";
inline constexpr const char* kSearchKeys = "meridian/search-keys.js";
/// What shows a first page where nothing was written; the profile card; the module of GitHub's
/// Markdown.
inline constexpr const char* kFirstPage = "meridian/first-page.js";
inline constexpr const char* kCardScript = "meridian/profile.js";
inline constexpr const char* kCommonmark = "meridian/commonmark.wasm";

/// Removes a file, and its compressed forms.
void leave_out(std::vector<std::string>& files, const std::string& path);

/// Adds a file that the shell has, and its compressed forms with `--compress`.
void take_along(std::vector<std::string>& files, const Options& options, const std::string& path);

}  // namespace meridian::cli
