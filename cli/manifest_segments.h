// The manifest of a large site in segments (ManifestSegments in meridian/workspace.h).
#pragma once
#include "made_files.h"
#include "open_site.h"

namespace meridian::cli {

/// Where the files are, beside the shell's.
inline constexpr const char* kSegmentsFolder = "meridian/segments/";

/// JSON files: one that all pages need, and then one for each segment; none where the manifest has
/// no segments.
std::vector<MadeFile> files_of(ManifestSegments& segments, Str manifest);
/// The number of segments among them.
std::size_t segments_in(const std::vector<MadeFile>& files);

/// Whether a file of them may have this name: `common.json`, `12.json`.
bool is_name_of_segment(const std::string& name);

}  // namespace meridian::cli
