// The disk: sources into a workspace, pages onto it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "meridian/workspace.h"
#include "options.h"
#include "themes.h"
#include "walk.h"

namespace meridian::cli {

/// A regular file, piece by piece. Pipes and devices, which may have no end, are errors.
class InputFile {
 public:
  explicit InputFile(const std::filesystem::path& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  /// The next piece, of at most this many bytes; false at the end, and after an error.
  bool read(std::string& piece, std::size_t most = std::size_t(-1));
  void rewind();
  int error() const { return error_; }  ///< errno; 0: none so far
  std::uintmax_t size() const { return size_; }
  unsigned mode() const { return mode_; }

 private:
  int file_, error_ = 0;
  std::uintmax_t size_ = 0;
  unsigned mode_ = 0;
};

/// Reads a regular file, at most this many bytes; false, with errno, when it can't be read.
bool read_file(const std::filesystem::path& path, std::string& out,
               std::size_t most = std::size_t(-1));
/// Whether a source at this path is read at once, or only listed: read are files with front matter,
/// Markdown, and files that templates use. False, with errno, when it can't be read; else errno is
/// 0.
bool wants_bytes(const std::filesystem::path& file, const std::string& path);
/// One of our own pages, not a source.
bool is_shell(const std::filesystem::path& page);

/// The clock's seconds since 1970.
std::int64_t seconds_now();

/// The canonical path of a folder; `error` when it is none, or can't be read.
std::filesystem::path folder_at(const std::string& name, std::error_code& error);
/// `; did you mean `a/b`?` for a path `a\b` that is there with slashes; else empty.
std::string with_slashes_instead(const std::string& name);

/// Fills a workspace: bytes of all files that can be a page, a template or data; the names of all
/// others. What can't be read is added to `unread`: the site may not need it.
bool load_sources(Workspace& workspace, const Options& options, const GemTheme& theme,
                  Diagnostics& diagnostics, std::vector<Unread>& unread);
/// Reads a source, but no more of it than the core accepts. False, with errno, when it can't be
/// read.
bool read_source(const std::filesystem::path& path, std::string& bytes);
/// What a message says of a file that can't be read.
std::string why_unread(int error);
/// Sets `site.time`: that of --time, of SOURCE_DATE_EPOCH (reproducible-builds.org), or the
/// clock's. False as below.
bool set_time(site::Settings& settings, const Options& options);
/// Sets the options and the time. False, after an explanation was printed, when the time can't be
/// parsed.
bool apply_options(Workspace& workspace, const Options& options);
/// The folder of the built shell: `--shell`, or `dist` or `share/meridian` beside the folder of
/// this program. Empty when there is none.
std::filesystem::path shell_folder(const Options& options);

}  // namespace meridian::cli
