// The files of a source: regular ones inside it, also by links, with names that an address can
// have.
#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "meridian/base.h"

namespace meridian::cli {

struct SourceFile {
  std::string path;  ///< from the source, with slashes
  std::int64_t size;
};

/// Walks through a source. Files that are left out are reported, except those that are never
/// published, as `.git`.
class Walk {
 public:
  /// `root` is canonical. The folder `destination` is no source.
  Walk(std::filesystem::path root, const std::filesystem::path& destination,
       Diagnostics& diagnostics);
  std::vector<SourceFile> files;

 private:
  struct Folder {
    dev_t device;
    ino_t number;
    bool operator==(const Folder&) const = default;
  };
  void enter(const std::filesystem::path& folder, const struct stat& status, bool linked);
  void visit(const std::filesystem::path& entry, bool linked);
  bool follow(const std::filesystem::path& entry, bool linked, struct stat& status);
  bool leave_out(const std::filesystem::path& entry, Severity severity, const std::string& why,
                 const char* remedy);

  std::filesystem::path root_;
  Diagnostics& diagnostics_;
  std::vector<Folder> way_;  // from the root to the folder that is being read
  Folder destination_{};
  bool has_destination_ = false;
};

}  // namespace meridian::cli
