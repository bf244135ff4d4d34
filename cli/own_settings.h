// The settings in a site's `_config.yml` that say whose it is.
#pragma once
#include <string>
#include <vector>

#include "new_files.h"

namespace meridian::cli {

/// Puts values in the place of those that the text of a `_config.yml` has: title, url, baseurl, and
/// the author's name. Comments, order and all other lines stay. What can't be put there, because
/// the old value has several lines or the text is not YAML, is named in `unset`.
std::string with_values(const std::string& config, const SiteValues& values,
                        std::vector<std::string>& unset);

/// Lines of the text of the file `path` that still say who somebody is:
/// `_config.yml:12: email: ada@example.org`, but for those with the given values. Printable, and at
/// most 100.
std::vector<std::string> settings_of_others(const std::string& path, const std::string& config,
                                            const SiteValues& values);

}  // namespace meridian::cli
