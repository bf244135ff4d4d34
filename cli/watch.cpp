#include "watch.h"

#include <algorithm>
#include <chrono>

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
using Clock = std::chrono::steady_clock;
// Of the time that a look takes: a large site on a slow disk must not keep a core busy.
constexpr int kLeastRest = 4;

int milliseconds_until(Clock::time_point end, Clock::time_point begin) {
  return int(std::chrono::duration_cast<std::chrono::milliseconds>(end - begin).count());
}

/// Files that editors have beside the one that is edited. Jekyll never takes them for sources.
bool is_temporary(const std::string& path) {
  std::string name = path.substr(path.rfind('/') + 1);
  auto begins = [&](const char* with) { return name.rfind(with, 0) == 0; };
  auto ends = [&](std::string_view with) {
    return name.size() >= with.size() && name.substr(name.size() - with.size()) == with;
  };
  return begins("#") || ends("~") || begins(".#") || begins(".goutputstream") ||
         (begins(".") && (ends(".swp") || ends(".swx")));
}
}  // namespace

Watch::Watch(const Options& options) : options_(options) {
  std::error_code error;
  root_ = fs::canonical(options.source, error);
  look();
}

/// Looks at all files.
Changes Watch::look() {
  Clock::time_point begin = Clock::now();
  Arena arena;
  Diagnostics reported(arena);  // by the build
  Walk walk(root_, options_.destination, reported);
  // A file may have changed before its folder was followed.
  if (events_.follow(root_.native() + '/', walk.folders)) return look();
  Changes changes;
  lost_ = walk.folders.empty();
  if (lost_) return changes;
  std::unordered_map<std::string, SourceFile> files;
  files.reserve(walk.files.size());
  for (SourceFile& file : walk.files) {
    if (is_temporary(file.path)) continue;
    auto old = files_.find(file.path);
    if (old == files_.end())
      changes.listed.push_back(file.path);
    else if (!(old->second == file))
      changes.edited.push_back(file.path);
    std::string path = file.path;
    files.emplace(std::move(path), std::move(file));
  }
  for (const auto& [path, file] : files_)
    if (!files.count(path)) changes.listed.push_back(path);
  files_ = std::move(files);
  has_links_ = walk.has_links;
  pause_ = std::max(kBetweenLooks, kLeastRest * milliseconds_until(Clock::now(), begin));
  return changes;
}

/// Looks at some files alone. False when others may have changed as well.
bool Watch::look_at(const std::set<std::string>& paths, Changes& changes) {
  for (const std::string& path : paths) {
    if (is_temporary(path)) continue;
    struct stat status;
    bool is_there = ::lstat((root_ / path).c_str(), &status) == 0;
    auto old = files_.find(path);
    if (is_there != (old != files_.end())) return false;
    if (!is_there) continue;
    SourceFile file(path, status);
    if (!S_ISREG(status.st_mode)) return false;
    if (!(old->second == file)) changes.edited.push_back(path);
    old->second = std::move(file);
  }
  return true;
}

Changes Watch::wait(int most) {
  Clock::time_point end = Clock::now() + std::chrono::milliseconds(most);
  for (;;) {
    int rest = lost_ ? kBetweenLooks : -1;
    if (most >= 0) {
      rest = milliseconds_until(end, Clock::now());
      if (rest <= 0) return {};
    }
    Touched touched = events_.wait(rest, pause_);
    Changes changes;
    bool seen = !touched.others && !has_links_ && !lost_ && look_at(touched.paths, changes);
    if (!seen) {
      Changes all = look();
      all.edited.insert(all.edited.end(), changes.edited.begin(), changes.edited.end());
      changes = std::move(all);
    }
    if (changes.any()) return changes;
  }
}

}  // namespace meridian::cli
