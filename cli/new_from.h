// A copy of somebody else's site to begin with: `meridian new FOLDER --from DIR`.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "new_files.h"
#include "new_folder.h"

namespace meridian::cli {

/// What is to be known of a copy.
struct SiteCopy {
  std::size_t files = 0;
  /// Files that were not copied, each with the reason: `CNAME: it gives a site …`.
  std::vector<std::string> left_out;
  /// Whether one of them can't be read.
  bool unread = false;
  /// Settings that still say who the other one is: `_config.yml:12: email: ada@example.org`.
  std::vector<std::string> others;
  /// Settings that did not get their value.
  std::vector<std::string> unset;
};

/// Copies the sources below the canonical path `from` into a new folder, with the values in
/// `_config.yml`. Links that lead out of the folder, and what was made of the sources, stay behind.
/// False after it was printed what the disk refused.
bool copy_site(const std::filesystem::path& from, const SiteValues& values, NewFolder& folder,
               SiteCopy& copied);

}  // namespace meridian::cli
