// The files of a source: regular ones inside it, also by links, with names that an address can
// have.
#pragma once
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "meridian/base.h"

namespace meridian::cli {

struct SourceFile {
  SourceFile(std::string name, std::int64_t bytes) : path(std::move(name)), size(bytes) {}
  SourceFile(std::string name, const struct stat& status);
  std::string path;  ///< from the source, with slashes
  std::int64_t size;
  /// By what a change is known: when its bytes were written, and its entry, in nanoseconds, and its
  /// number in the file system.
  std::int64_t written = 0, changed = 0;
  std::uint64_t number = 0;
  bool operator==(const SourceFile&) const = default;
};

/// A file or folder that can't be read, by its path (the folder of the sources itself: empty), and
/// why: `the folder can't be read: Permission denied`.
struct Unread {
  std::string path, why;
};
inline constexpr const char* kLetRead = "let this user read it";

/// Walks through a source. Files that are left out are reported, except those that are never
/// published, as `.git`.
class Walk {
 public:
  /// `root` is canonical. The folder `destination` is no source.
  Walk(std::filesystem::path root, const std::filesystem::path& destination,
       Diagnostics& diagnostics);
  std::vector<SourceFile> files;
  /// The folders that were read, from the source and with a final slash; empty for itself.
  std::vector<std::string> folders;
  std::vector<Unread> unread;
  /// Reports what can't be read, except what is hidden.
  void report_unread();
  /// Links were followed.
  bool has_links = false;

 private:
  struct Folder {
    dev_t device;
    ino_t number;
    bool operator==(const Folder&) const = default;
  };
  void enter(const std::string& folder, const struct stat& status, bool linked);
  void visit(const std::string& folder, const std::string& name, bool linked);
  bool follow(const std::string& path, bool linked, struct stat& status);
  bool miss(const std::string& path, const std::string& why);
  bool leave_out(const std::string& path, Severity severity, const std::string& why,
                 const char* remedy);

  std::filesystem::path root_;
  Diagnostics& diagnostics_;
  std::vector<Folder> way_;  // from the root to the folder that is being read
  Folder destination_{};
  bool has_destination_ = false;
  bool reads_packages_ = false;  // style sheets of npm's packages are sources
};

/// The files of a Walk, by their paths.
std::vector<SourceFile> files_by_path(const std::filesystem::path& root,
                                      const std::filesystem::path& destination,
                                      Diagnostics& diagnostics);

/// `.git`, `.env`, `a/.cache/b`: never published, and not reported.
bool is_hidden(std::string_view path);

}  // namespace meridian::cli
