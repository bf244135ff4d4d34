// The site that a command works on.
#pragma once
#include "disk.h"
#include "meridian/check.h"
#include "meridian/stills.h"
#include "meridian/writer.h"
#include "options.h"
#include "themes.h"

namespace meridian::cli {

class Destination;

/// The common start of all commands: the sources, the options, the time zone, and the site's
/// outputs.
struct OpenSite {
  Workspace workspace;
  Writer writer{workspace};
  Arena arena;
  Diagnostics diagnostics{arena};
  List<OutputFile> outputs;
  GlobeUse globes;  ///< of all pages so far
  Stills stills;
  GemTheme theme;                    ///< outside the source
  bool unread = false;               ///< a source can't be read, which was reported
  bool has_shapes = false;           ///< the stills have the shapes of the built shell
  std::vector<Unread> unread_files;  ///< that was found when the sources were read
  /// Sources whose texts were read for a page.
  std::vector<site::File*> read_late;

  bool open(const Options& options);
  /// The manifest, and what lies beside it (Workspace::manifest()); false if it can't be made,
  /// which is then told on standard error.
  bool manifest(const Options& options, Text& text, Workspace::ManifestWith with);
  /// Asks, and supplies the files and time zones that the answer needs, until it needs none; false
  /// when it always needs more.
  template <class Ask>
  bool complete(const Options& options, Ask ask);
  std::string named_host(const Options& options);
  std::string unset_address(const Options& options, const Map& config);
  void list_outputs(const Options& options, Diagnostics& found);
  /// The theme that the configuration names, where the source does not have it.
  bool add_theme(const Options& options);
  /// Reports the sources that can't be read, but for those that are no part of the site.
  void report_unread();
  void report_unread(Str path, Str why);
  /// Prints how many posts are left out as their date is still to come, and what includes them.
  void tell_future(const Options& options);
  /// Where a file of the workspace lies.
  std::filesystem::path place_of(const Options& options, Str path) const;
  void read_named(const Options& options, const List<Str>& paths);
  /// Gives up texts that were read for one page alone, where there are too many.
  void make_room(const Options& options);
  /// Reads the links between notes (Writer::read_notes()), and lists the outputs anew.
  bool read_notes(const Options& options, bool bare = false);
  /// `sources`: gets the paths of the files that it is made of (Writer::page()).
  site::Page render(const Options& options, const OutputFile& output, Arena& page_arena,
                    Diagnostics& found, List<Str>* sources = nullptr);
  /// The content of a page at a path of the outputs, for the search index.
  site::Page content_of(const Options& options, Str path, Arena& page_arena);
  /// Gives `diagnostics` of settings their places (add_placed()), before they are printed.
  void place_diagnostics();
  Str with_stills(const Options& options, Str html, Arena& page_arena);
};

/// The paths of `keep_files` in the configuration, which a build leaves where they are.
std::vector<std::string> keep_files(const site::Site& site);
/// Prints diagnostics to standard error.
void show(const Diagnostics& diagnostics);
/// Prints them when files have been written; with --json as a part of what was done.
void report(const Options& options, const Destination& destination, bool complete,
            const Diagnostics& diagnostics);

}  // namespace meridian::cli
