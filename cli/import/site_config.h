// `_config.yml` and the navigation of the new site.
#pragma once
#include <set>
#include <string>

#include "documents.h"

namespace meridian::cli::hugo {

/// What the sources use, which the settings have to say.
struct SiteUses {
  bool more_marks = false;        ///< `<!--more-->`, behind which no excerpt goes
  bool gists = false;             ///< the tag of jekyll-gist
  bool persons = false;           ///< the include that lists persons
  Map* author = nullptr;          ///< of Hugo Blox; a setting `author` counts before it
  std::set<std::string> include;  ///< files whose names Jekyll passes over otherwise
};

/// The settings as a map; each setting of Hugo without a twin is reported.
Map* site_config(const Settings& settings, const Documents& documents, const SiteUses& uses,
                 Arena& arena, Diagnostics& found);

/// The menus of settings and front matter: a list of `title` and `url` for each name, by weight,
/// with `children` of entries that name a `parent`. nullptr when there is none.
Map* navigation(const Settings& settings, const Pages& pages, Arena& arena);

}  // namespace meridian::cli::hugo
