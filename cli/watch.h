// Which sources have changed, for builds that follow them.
#pragma once
#include <unordered_map>

#include "folder_events.h"
#include "options.h"
#include "walk.h"

namespace meridian::cli {

/// The difference between two looks at the sources.
struct Changes {
  /// Paths of files that are still there, and others than before.
  std::vector<std::string> edited;
  /// Paths of those that came or went.
  std::vector<std::string> listed;
  bool any() const { return !listed.empty() || !edited.empty(); }
};

class Watch {
 public:
  /// Takes the first look.
  explicit Watch(const Options& options);
  /// Waits until files have changed since the last look, at most so many milliseconds (-1: for
  /// ever).
  Changes wait(int most);

 private:
  Changes look();
  bool look_at(const std::set<std::string>& paths, Changes& changes);

  const Options& options_;
  std::filesystem::path root_;
  std::unordered_map<std::string, SourceFile> files_;
  /// Links lead to other files, whose changes are told by another path.
  bool has_links_ = false;
  /// Milliseconds between two looks where changes are not told.
  int pause_ = kBetweenLooks;
  /// The source is not there: moved away for a moment.
  bool lost_ = false;
  FolderEvents events_;
};

}  // namespace meridian::cli
