// Files that commands write beside an author's sources.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "destination.h"
#include "made_files.h"

namespace meridian::cli {

/// Files that are going to be written. None is written unless all can be, and none of an author's
/// is replaced.
class Beside {
 public:
  explicit Beside(const Options& options);

  /// False after the reason was printed; `status()` is the exit status.
  bool open(const Options& options);
  int status() const { return destination_.status(); }
  std::filesystem::path at(const std::string& path) const { return destination_.folder() / path; }

  /// The bytes have to last until write().
  void add(const std::string& path, std::string_view bytes) { files_.push_back({path, bytes}); }
  /// Adds a copy of a file.
  void copy(const std::string& path, std::filesystem::path from) {
    copies_.push_back({path, std::move(from)});
  }
  /// Lets a file be replaced, or removed when it is not added.
  void allow(const std::string& path);
  /// Adds one that is there and may be replaced.
  void replace(const std::string& path, std::string_view bytes);
  /// A page of the shell. Its compressed forms, which came with the shell, are those of what it
  /// was, and a host would send them.
  void replace_page(const std::string& path, std::string_view bytes);
  /// Replaces the files in a folder that the command has made, and removes those that are not among
  /// the new ones.
  bool replace_all(const MadeFolder& folder) {
    return destination_.allow_made(folder.path, folder.is_made);
  }
  bool write();

 private:
  Destination destination_;
  std::vector<std::pair<std::string, std::string_view>> files_;
  std::vector<std::pair<std::string, std::filesystem::path>> copies_;
};

/// Whether a file has these bytes.
bool holds(const std::filesystem::path& path, std::string_view bytes);

}  // namespace meridian::cli
