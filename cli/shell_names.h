// Which files of the shell written pages load: those that they name, and those that these load.
#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "meridian/value.h"
#include "options.h"

namespace meridian::cli {

/// The list of what lies in the shell's folder `meridian/`, and of what each file loads: see
/// cmake/shell_list.py. No page loads it.
inline constexpr const char* kShellList = "meridian/shell.json";

/// Reads the list of a folder with a shell; `text` holds the bytes of `told`. False when there is
/// none.
bool read_shell_list(const std::filesystem::path& folder, Arena& arena, std::string& text,
                     Value& told);

class ShellNames {
 public:
  /// `settings`: `meridian` of the configuration, by which all files may be wanted, or those that
  /// pages of other people load.
  explicit ShellNames(const Value& settings);
  /// Adds what a page, a script or a style sheet names: addresses in `meridian/`, and classes of
  /// Font Awesome and Academicons. Linear.
  void read(Str text);
  /// A file of the folder, or a folder in it with a final slash.
  void add(std::string name) { names_.insert(std::move(name)); }
  bool has(const std::string& name) const { return names_.count(name) > 0; }
  std::size_t size() const { return names_.size(); }
  const std::set<std::string>& names() const { return names_; }
  /// Removes the files of the shell that nothing loads. Without the list all of them stay.
  void keep_named(const Options& options, std::vector<std::string>& files) const;

 private:
  std::set<std::string> names_;
  bool all_;
};

/// Whether a file that is copied as it is may load files of the shell.
bool may_name_files(Str path);

}  // namespace meridian::cli
