// The files that a site's settings are read from.
#pragma once
#include <filesystem>
#include <string>

#include "meridian/workspace.h"
#include "options.h"

namespace meridian::cli {

/// Lets a site have settings in TOML.
void connect_toml();

/// Whether a path in the source has one of the names under which Jekyll looks for settings.
bool is_config_name(const std::string& path);

/// The path of the settings that are read without --config; `_config.yml` where there are none.
std::string default_config(const std::filesystem::path& source);

/// Gives the workspace the files that --config names, which may be outside the source, in the order
/// in which they are read. False after it was printed which of them can't be.
bool add_named_config(Workspace& workspace, const Options& options);

/// The names that --config gives, relative to the source and separated by commas; empty: none.
std::string named_config(const Options& options);

}  // namespace meridian::cli
