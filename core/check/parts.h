// The parts of a check of the sources.
#pragma once
#include "meridian/check.h"

namespace meridian::check {

/// The sources that outputs are made of, and the names that occur in them.
struct Sources {
  Workspace& workspace;
  Arena& arena;
  Diagnostics& diagnostics;
  Map words{&arena};  ///< all words in the tags of templates, those of the theme in use among them
  Map variables{&arena};         ///< that some template sets
  Map includes{&arena};          ///< names of files that the site's own templates include
  bool has_any_include = false;  ///< an include whose name is a variable
  Map conditional{&arena};       ///< `page.x`, `site.x`: used in a tag before they are printed
  Map keys{&arena};              ///< of front matter and defaults, with their number
  Map settings{&arena};          ///< keys of `site`
  Map data{&arena};              ///< keys of `site.data`
  Map tables{&arena};            ///< paths of tables whose rows are documents

  int searches = 0;  ///< for names that are near another
  /// Each is compared with all names, so their number is bounded.
  bool may_search() { return searches++ < 1000; }

  const site::Site& site() const { return workspace.site(); }
};

/// Whether a page uses the file and it is the site's own.
bool is_used(const site::File& file);
/// Collects the names in templates.
void read_names(Sources& sources);
/// Reports variables that are printed and that nothing sets.
void check_variables(Sources& sources);
/// Keys of front matter that are nearly those that mean something.
void check_keys(Sources& sources);
/// The key that means something and is not set, to which this one is near, which nothing uses;
/// empty: there is none.
Str meant_key(Sources& sources, const Map& data, Str key);
/// Files in `_posts` that are no posts, because of their names.
void check_post_names(Sources& sources);
/// Layouts and includes in whose place the theme has its own.
void check_ignored(Sources& sources);
/// Headings that skip a level.
void check_headings(Sources& sources);
/// Plugins that are not there, and what pages lack without them.
void check_plugins(Sources& sources);
/// `defaults` in `_config.yml` that count for nothing.
void check_defaults(Sources& sources);
/// Reports files in `_data` that no page uses and that can't be parsed.
void check_data(Sources& sources);
/// Dates in rows of tables that are none of ISO 8601's.
void check_tables(Sources& sources);
/// Reports what the theme's layout `cv` leaves out of its data.
void check_cv(Sources& sources);

}  // namespace meridian::check
