// The folder of a new site: one that was not there, or was empty. What is in the way is never
// replaced.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "disk.h"
#include "folder_writer.h"
#include "lock.h"
#include "options.h"

namespace meridian::cli {

class NewFolder {
 public:
  NewFolder() = default;
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  /// Checks and makes the folder. False after the reason was printed; then `status()` is the exit
  /// status.
  /// `source`: of a command that copies from there; a link in it is not followed.
  bool open(const std::string& name, const std::filesystem::path& source = {});
  /// Writes a file at a path below the folder, where it appears as a whole. False after the error
  /// was printed.
  bool write(const std::string& path, std::string_view bytes);
  /// Writes a copy of a file, piece by piece; the same holds. Where `from` can't be read, which its
  /// error() tells, nothing is written.
  bool copy(const std::string& path, InputFile& from);
  /// Removes the files and folders that were made here, so that a second try finds what the first
  /// one found.
  void undo();

  int status() const { return status_; }
  const std::filesystem::path& path() const { return writer_.folder(); }

 private:
  bool refuse(const std::string& message);
  bool fail(const std::filesystem::path& path, const char* what, int error);
  bool make_way(const std::string& path);

  FolderWriter writer_;
  std::vector<std::filesystem::path> made_;  // in the order in which they were made
  int status_ = kOk;
  FolderLock lock_;
};

}  // namespace meridian::cli
