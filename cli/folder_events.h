// Waits until something may have changed in some folders: by inotify, or, where that can't be, by
// the clock.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

namespace meridian::cli {

/// Least milliseconds between two looks where a system does not tell of changes.
inline constexpr int kBetweenLooks = 500;

/// What may have changed.
struct Touched {
  /// Paths of files, within the root.
  std::set<std::string> paths;
  /// Others as well: folders came or went, or what has changed is not known.
  bool others = false;
};

class FolderEvents {
 public:
  FolderEvents();
  ~FolderEvents();
  FolderEvents(const FolderEvents&) = delete;
  FolderEvents& operator=(const FolderEvents&) = delete;
  /// Adds folders of a root, each with a slash at its end; those that are known stay. Whether some
  /// were not.
  bool follow(const std::string& root, const std::vector<std::string>& folders);
  /// Waits at most so many milliseconds (-1: for ever), and then for the end of a burst of changes,
  /// as a checkout makes. `pause`: where changes are not told, it waits so long at most.
  Touched wait(int most, int pause);

 private:
  bool read_events(Touched& touched);

  int handle_ = -1;  // -1: changes are not told
  std::map<int, std::string> folders_;
};

}  // namespace meridian::cli
