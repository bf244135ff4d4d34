// The contents of the shell's files as they came, by its list (kShellList): what of a shell beside
// somebody's sources is ours to replace.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "meridian/base.h"

namespace meridian::cli {

struct ShellList {
  struct Content {
    std::int64_t size;
    std::string hash;  ///< add_git_hash(); of pages without what is set in them (plain_shell())
  };
  std::string version;
  std::map<std::string, Content> files;  ///< by their paths from the site's root

  /// Reads the list of a folder with a shell. False when there is none, or one without contents.
  bool read(const std::filesystem::path& folder);
  /// Whether a file has these bytes in this shell.
  bool has(const std::string& path, const std::string& bytes) const;
};

}  // namespace meridian::cli
