// What other hosts answered lately, so that a second check does not ask them again.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "external/survey.h"

namespace meridian::cli::external {

/// The file `meridian/links.json` in the user's folder of caches (XDG_CACHE_HOME, or ~/.cache).
/// Good answers count for three days, others for an hour, and those that say nothing of an address
/// are not kept. A file that can't be read, or is another program's, counts as none; one that can't
/// be written is not.
class Cache {
 public:
  /// `now`, in seconds since 1970, is also the time of what is kept.
  explicit Cache(std::int64_t now);
  /// What is known of an address (WebAddress::text); nullptr: nothing, or it is too old.
  const Outcome* find(const std::string& address) const;
  void keep(const std::string& address, const Outcome& outcome);
  /// Writes it, with what another process has written since. It is replaced as a whole; while
  /// another process writes, it is left.
  void save();

 private:
  struct Entry {
    std::int64_t time;
    Outcome outcome;
  };
  using Entries = std::map<std::string, Entry>;
  void read(Entries& entries) const;

  std::int64_t now_;
  /// Empty: there is none.
  std::filesystem::path file_;
  Entries old_, fresh_;
};

}  // namespace meridian::cli::external
