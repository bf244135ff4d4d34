// What a site uses that Meridian has otherwise than Jekyll, or not at all.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "check_site.h"
#include "meridian/workspace.h"
#include "open_site.h"

namespace meridian::cli {

/// Pages that show what a plugin made, or may, by its name: those whose pages can be told.
class PluginPages {
 public:
  /// `host`: that of the site, where its settings have none.
  PluginPages(Workspace& workspace, const std::string& host);
  void read(Str html, const List<Str>& sources);
  /// How many; npos: that can't be told.
  std::size_t of(Str plugin) const;
  std::size_t with_host() const { return with_host_; }

 private:
  bool uses(Str path, std::size_t plugin);

  Workspace& workspace_;
  std::string host_;
  std::size_t with_host_ = 0;
  std::set<std::string> names_;  ///< of the site's files, without their folders
  std::map<std::string, std::size_t> pages_;
  /// By path: whether the file has the word of each plugin.
  std::map<std::string, std::vector<bool>> words_;
};

/// How many pages a finding changes, by its message.
using Weights = std::map<std::string, std::size_t>;

/// Adds a diagnostic for each setting, plugin and file of the sources whose effect
/// docs/compatibility tells as another one, or none. Plugins that are not there at all are Check's.
/// `weights` gets the number of pages that a plugin's difference is on, `most` that of those on
/// which it may be, `same` what makes no page another one.
void report_known_differences(OpenSite& opened, const Options& options, const PluginPages& plugins,
                              Diagnostics& found, Weights& weights, Weights& most,
                              std::vector<std::string>& same);

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
