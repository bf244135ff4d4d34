// A site that is written into a folder, and brought up to date there when its sources change.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "destination.h"
#include "made_files.h"
#include "open_site.h"
#include "shell_names.h"

namespace meridian::cli {

struct Progress;

class SiteBuild {
 public:
  /// Both outlive it. The destination is open.
  SiteBuild(const Options& options, Destination& destination)
      : options_(options), destination_(destination) {}

  /// Writes all files. The exit status, after all problems were printed.
  int write_all();

  /// Whether all files are there.
  bool is_complete() const { return complete_; }

  // ---- after write_all(): following changes. Each page is then the one that write_all() would
  // write at the same time.

  /// Reads sources again whose bytes have changed. False when pages may be others that are not made
  /// of them, as after a change of front matter: then the site is to be built anew.
  bool read_again(const std::vector<std::string>& edited);
  /// Writes the outputs that are made of what was read again. Their number; nothing when it turned
  /// out that the site is to be built anew, or a file could not be written.
  std::optional<std::size_t> write_edited();
  /// Whether the files of the search index are older than the pages.
  bool has_old_index() const { return old_index_; }
  /// Makes them anew. False, after an error was printed.
  bool write_index();

 private:
  /// An output, and the numbers of the sources that it is made of.
  struct Made {
    const OutputFile* output;
    std::vector<std::uint32_t> sources;
  };

  bool plan();
  void write_outputs(Progress& progress);
  bool write_in_processes(std::size_t processes, Progress& progress);
  std::array<bool*, 4> marks();
  void tell_marks(Message& told);
  void hear_marks(Message& told);
  void tell_sources(Message& told) const;
  void hear_sources(Message& told);
  void write(Made& made);
  void write_page(Made& made);
  void copy_static(const OutputFile& output);
  void copy_shell_files();
  bool put(const std::vector<MadeFile>& files);
  std::uint32_t number_of(Str path);
  bool is_stale(const Made& made) const;
  bool has_other_sections();

  const Options& options_;
  Destination& destination_;
  OpenSite opened_;
  std::optional<ShellNames> named_;  ///< once the site is open
  std::vector<Made> made_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  ///< of sources
  std::vector<bool> edited_;                                ///< by number
  std::vector<std::string> shell_;
  std::size_t names_ = 0;  ///< that pages had when files of the shell were copied
  bool plans_shell_ = false, searches_ = false, has_button_ = false, old_index_ = false,
       complete_ = false;
};

}  // namespace meridian::cli
