// The files of the new site. Names are a stranger's: none leads out, and none is written twice.
#pragma once
#include <map>
#include <string>

#include "meridian/base.h"
#include "new_folder.h"

namespace meridian::cli::hugo {

class Output {
 public:
  Output(NewFolder& folder, Diagnostics& found) : folder_(folder), found_(found) {}

  /// Takes a path for a file of `source`. False, after it was reported, when another file has it,
  /// when a file would be a folder as well, or when no site can have such a path.
  bool claim(const std::string& path, const std::string& source);
  /// Writes a file at a path that was claimed. False when the disk refuses, which was printed.
  bool write(const std::string& path, std::string_view bytes) { return folder_.write(path, bytes); }
  /// Copies a file of the source to a path that was claimed; the same holds. A file that can't be
  /// read is reported, and `copied` stays as it was.
  bool copy(const std::string& path, const std::filesystem::path& from, const std::string& source,
            std::size_t& copied);

 private:
  bool refuse(const std::string& source, const std::string& message, const char* remedy);

  NewFolder& folder_;
  Diagnostics& found_;
  std::map<std::string, std::string> files_;    // the source of each, by its path in lower case
  std::map<std::string, std::string> folders_;  // a source below each, by its path in lower case
};

}  // namespace meridian::cli::hugo
