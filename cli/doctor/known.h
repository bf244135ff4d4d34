// What a site uses that Meridian has otherwise than Jekyll, or not at all.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "meridian/workspace.h"
#include "open_site.h"

namespace meridian::cli {

/// Adds a diagnostic for each setting, plugin and file of the sources whose effect
/// docs/compatibility tells as another one, or none. Plugins that are not there at all are Check's.
void report_known_differences(OpenSite& opened, const Options& options, Diagnostics& found);

/// The names under `plugins`.
std::vector<std::string> listed_plugins(const Map& settings);

/// Counts code whose language Rouge colours and `meridian build` does not.
class CodeLanguages {
 public:
  void read(const OutputFile& output, Str html);
  void report(Diagnostics& found) const;

 private:
  struct Use {
    std::string source;
    std::size_t pages = 0;
  };
  std::map<std::string, Use> uses_;
};

}  // namespace meridian::cli
