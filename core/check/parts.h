// The parts of a check of the sources.
#pragma once
#include "meridian/check.h"

namespace meridian::check {

/// The sources that something of the site is made of, and what is known of their names.
struct Sources {
  Workspace& workspace;
  Arena& arena;
  Diagnostics& diagnostics;
  Map words{&arena};  ///< all words in the tags of templates, those of the theme in use among them
  Map variables{&arena};         ///< that some template sets
  Map includes{&arena};          ///< names of files that the site's own templates include
  bool has_any_include = false;  ///< one includes what a variable says
  Map conditional{&arena};       ///< `page.x`, `site.x`: asked for in a tag before they are printed
  Map keys{&arena};              ///< of front matter and defaults, with their number
  Map settings{&arena};          ///< what `site.` has
  Map data{&arena};              ///< what `site.data.` has

  int searches = 0;  ///< for names that are near another
  /// Each compares with all names there are, so there are so many of them.
  bool may_search() { return searches++ < 1000; }

  const site::Site& site() const { return workspace.site(); }
};

/// Whether a page has taken the file, and it is the site's own.
bool is_used(const site::File& file);
/// Reads what the templates name.
void read_names(Sources& sources);
/// What is printed that nobody sets.
void check_variables(Sources& sources);
/// Keys of front matter that are nearly those that mean something.
void check_keys(Sources& sources);
/// Files in `_posts` that are no posts, because of their names.
void check_post_names(Sources& sources);
/// Layouts and includes in whose place the theme has its own.
void check_ignored(Sources& sources);
/// `defaults` in `_config.yml` that count for nothing.
void check_defaults(Sources& sources);
/// Files in `_data` that no page has asked for and that can't be read.
void check_data(Sources& sources);

}  // namespace meridian::check
