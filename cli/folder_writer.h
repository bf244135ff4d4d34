// The one place that creates, replaces and removes files for the command. Below its folder it
// follows no link: sources come from others, and a link among them must not lead a command to files
// outside (tests/python/test_links.py).
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace meridian::cli {

/// Functions with an `int` give errno, 0: done. Where a folder on the way is a link it is ELOOP.
class FolderWriter {
 public:
  FolderWriter() = default;
  explicit FolderWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path at(const std::string& path) const { return folder_ / path; }
  /// The first link among the folders of a path below; empty: there is none.
  std::filesystem::path link_on_way(const std::string& path) const;

  /// Makes the folders of a file. `failed` gets the one that can't be made; `made`, where it is
  /// given, those that were not there.
  int make_folders(const std::string& path, std::filesystem::path& failed,
                   std::vector<std::filesystem::path>* made = nullptr) const;
  /// Replaces a file whole: readers, and a process that is killed, find the old one or the new one.
  int replace(const std::string& path, std::string_view bytes) const;
  /// Removes a file, and the folders that are empty without it. One that is not there is no error.
  int remove(const std::string& path) const;

  /// The name of the file that is being written, from the folder; each process has its own.
  const std::string& temporary() const { return temporary_; }
  void set_process(unsigned process);
  /// Removes what a process that was killed has left.
  void remove_temporary(unsigned process) const;

 private:
  std::filesystem::path folder_;
  std::string temporary_ = ".meridian.tmp";
};

/// A file that is written beside its place and then moved there by one rename.
class NewFile {
 public:
  NewFile(const FolderWriter& folder, const std::string& path, unsigned mode = 0666);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  void write(std::string_view bytes);
  int error() const { return error_; }
  /// errno; 0: it is there.
  int put();

 private:
  const std::filesystem::path temporary_, to_;
  int file_ = -1, error_ = 0;
};

/// Makes a folder that the user named, and those that contain it; `made` gets those.
int make_folder(const std::filesystem::path& folder, std::vector<std::filesystem::path>& made);
/// Removes files and folders that a command has made, the last one first. Folders that hold other
/// files stay.
void remove_made(std::vector<std::filesystem::path>& made);
/// Whether an empty folder was removed.
bool remove_empty_folder(const std::filesystem::path& folder);
/// Writes a file that the user named, which may be a device, as /dev/stdout.
int write_named_file(const std::filesystem::path& path, std::string_view bytes);

/// The first link in the sources on the way to a path, itself included; empty: there is none.
/// Nobody who names the path has named what such a link leads to.
std::filesystem::path link_in_sources(const std::filesystem::path& source,
                                      const std::filesystem::path& path);
/// Whether `path` is `folder` or inside it, whatever their names.
bool is_inside(std::filesystem::path path, const std::filesystem::path& folder);

}  // namespace meridian::cli
