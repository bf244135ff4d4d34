// What `meridian compare` found.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "differences.h"

namespace meridian::cli::comparison {

/// A difference, and all files that have it.
struct Found {
  /// Where it stands: the number of a file that differs, and the lines.
  struct Place {
    std::size_t file;
    std::uint32_t old_line, new_line;
  };
  Difference difference;      ///< as the first file has it
  std::vector<Place> places;  ///< the first one of each file
  std::size_t times = 0;      ///< in all files
};

struct Report {
  /// How many files there are, and how many are alike.
  struct Count {
    std::size_t both = 0, equal = 0;
  };
  Count pages, others;
  std::vector<std::string> only_old, only_new;
  std::vector<std::string> unread;   ///< files that can't be read, with the reason
  std::vector<std::string> files;    ///< those that differ
  std::map<std::string, Found> all;  ///< by place and texts
  std::size_t left_out = 0;          ///< differences beyond those that are kept

  void add(const std::string& file, std::vector<Difference> differences);
  bool is_equal() const;
};

/// For people: what has one cause, as far as that can be told, stands together; the most files
/// first. The folders' names are as they were given.
std::string as_text(const Report& report, const std::string& old_folder,
                    const std::string& new_folder);
/// For programs: everything.
std::string as_json(const Report& report);

}  // namespace meridian::cli::comparison
