// The folder that a build writes. Beside the pages is a record of them: a later build replaces and
// removes the files that the record names, and no others.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "folder_writer.h"
#include "lock.h"
#include "message.h"
#include "options.h"

namespace meridian::cli {

/// The record, in the folder.
inline constexpr const char* kRecord = ".meridian";

/// FNV-1a of a file's bytes, as in the record; 0: the build that wrote the file did not end.
using Hash = std::uint64_t;

class Destination {
 public:
  explicit Destination(const Options& options)
      : Destination(options, "give another --destination", options.raw) {}
  /// `elsewhere`: what a message advises besides --force; `edited_counts`: files that somebody
  /// changed after they had been written are not replaced.
  Destination(const Options& options, const char* elsewhere, bool edited_counts);
  Destination(const Destination&) = delete;
  Destination& operator=(const Destination&) = delete;

  /// Checks that a build may write to `folder`, and reads the record. False after the reason was
  /// printed; then `status()` is the exit status.
  bool open(const std::string& folder, const std::filesystem::path& source);
  /// Instead of open(), for files beside the sources, of which no record is kept: those that are
  /// named afterwards may be replaced or removed, as they are now.
  bool open_unrecorded(const std::filesystem::path& folder);
  void allow(const std::string& path);
  /// The same for the files in a folder, with its final slash, whose names are those of files that
  /// the command makes. False, after the reason was printed, when a link is on the way.
  bool allow_made(const std::string& folder, bool (*is_made)(const std::string& name));
  /// Whether an earlier run has written there.
  bool is_recorded() const { return recorded_; }
  /// Checks all files that the build is going to write before it writes any, and removes files of
  /// earlier builds that are in the way of a folder, or folders in the way of a file.
  bool plan(const std::vector<std::string>& paths);
  /// Each prints its errors. A reader, or a build that is killed, finds the old file or the new
  /// one.
  bool write(const std::string& path, std::string_view bytes);
  bool copy(const std::filesystem::path& from, const std::string& path);
  /// In a process that writes some of the files, under numbers of their own: before the first one,
  /// and what is to be told after the last one.
  void begin_process(unsigned process);
  void tell(Message& told) const;
  /// What such a process told.
  void hear(Message& told);
  /// Not all was written, for a reason that was printed.
  void give_up();
  /// Removes files that earlier builds wrote and this one did not, except `keep_files`, and writes
  /// the record. After an error, and with `keep_all`, everything stays. True when no file failed.
  bool finish(const std::vector<std::string>& keep_files, bool keep_all);
  /// Goes on after finish(): all that was written stays, and only other files are written now;
  /// `anew`: all are.
  void begin_again(bool anew);
  /// The files of a folder, with its final slash, are written now, or are not needed any more.
  void leave_out(const std::string& folder);
  /// Removes the record, and the folder when nothing else is in it. Whether that is so.
  bool dissolve();

  /// Whether going on is in vain: the disk is full or fails.
  bool stopped() const { return stopped_; }
  int status() const { return status_; }
  /// The files of this build so far, and their bytes.
  std::size_t files() const;
  std::uint64_t bytes() const { return bytes_; }
  const std::filesystem::path& folder() const { return writer_.folder(); }

 private:
  bool leads_nowhere_else();
  bool enter();
  bool lock();
  bool read_record();
  bool write_record();
  bool has_no_link(const std::string& path);
  bool may_replace(const std::string& path);
  bool make_folders(const std::string& path);
  bool refuse(const std::string& message);
  bool fail(const std::filesystem::path& path, const char* what, int error);
  void remove(const std::string& path, Hash hash);

  const std::string elsewhere_;
  std::filesystem::path named_, source_;  // as open() got them
  FolderWriter writer_;
  std::filesystem::path made_;             // the last folder that was found or made
  std::map<std::string, Hash> old_, new_;  // `new_`: 0 until the file is written
  bool entered_ = false;                   // the folder was there, or was made
  bool recorded_ = false;                  // there is a record
  bool keeps_record_ = true;
  bool force_, edited_counts_, failed_ = false, stopped_ = false, finished_ = false;
  int status_ = kOk;
  std::uint64_t bytes_ = 0;
  FolderLock lock_;
};

}  // namespace meridian::cli
