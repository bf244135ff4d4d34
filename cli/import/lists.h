// Pages that list others, which Hugo makes of folders and of taxonomies.
#pragma once
#include <string>
#include <vector>

#include "documents.h"

namespace meridian::cli::hugo {

/// A page that no source of Hugo has.
struct ListPage {
  std::string target, text;
};

/// The include that the lists below are printed by, and its path.
extern const char kListInclude[], kListIncludePath[];

/// The Liquid that lists what lies below a page of a folder or a term; empty for others.
std::string list_below(const Page& page, const Documents& documents, const Settings& settings);

/// The Liquid that lists the newest pages of a folder, all where `count` is 0; empty where the
/// folder has no documents.
std::string list_of_folder(const std::string& section, std::int64_t count,
                           const Documents& documents, const Settings& settings);

/// The pages of folders without an `_index.md`, of taxonomies and of their terms. Terms beyond
/// 10,000 are reported and have none.
std::vector<ListPage> make_lists(const Pages& pages, const Documents& documents,
                                 const Settings& settings, Arena& arena, Diagnostics& found);

}  // namespace meridian::cli::hugo
