// One build at a time in a folder.
#pragma once
#include <filesystem>

namespace meridian::cli {

/// Holds a folder until it goes, or the process ends however it ends.
class FolderLock {
 public:
  FolderLock() = default;
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  /// False when another process holds the folder. A folder that can't be locked, as on some network
  /// drives, counts as held.
  bool take(const std::filesystem::path& folder);
  bool is_held() const { return handle_ >= 0; }

 private:
  int handle_ = -1;
};

}  // namespace meridian::cli
