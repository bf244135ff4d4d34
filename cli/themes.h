// Themes that a configuration names by `theme` or `remote_theme`: where their files are.
#pragma once
#include <filesystem>
#include <string>

#include "meridian/workspace.h"
#include "options.h"

namespace meridian::cli {

/// Where the themes are, beside the sources and in the built shell.
constexpr char kThemes[] = "meridian/themes";

/// A theme outside the source, whose files the workspace has below `prefix`.
struct GemTheme {
  std::string prefix;            ///< site::gem_theme_folder(); empty: none
  std::filesystem::path folder;  ///< on the disk
};

/// The folder of a theme by the name that the configuration gives it: that of an installed gem, of
/// the version in Gemfile.lock or the newest one, else in the built shell (`meridian/themes/NAME`).
/// Empty when there is none.
GemTheme find_theme(const Options& options, Str name);
/// That of an installed gem. `NAME@VERSION` wants this version.
GemTheme find_gem_theme(const Options& options, Str name);

/// The name of the folder that a theme gets in `meridian/themes`, by the name that a configuration
/// gives it; empty when it is not the name of a theme.
std::string folder_name(Str theme);

/// Whether a file of a theme's folder is used: its layouts, includes, data, sheets, assets and
/// configuration, by its path there.
bool is_part_of_theme(Str path);
/// Whether it says what may be done with the theme: `LICENSE.txt`.
bool is_licence(Str path);

}  // namespace meridian::cli
