// The disk: sources into a workspace, pages onto it. Time zones from the system's zoneinfo.
#pragma once
#include <filesystem>
#include <string>

#include "meridian/workspace.h"
#include "options.h"

namespace meridian::cli {

/// Reads a whole file; false when it can't be read.
bool read_file(const std::filesystem::path& path, std::string& out);
/// Writes it, with the folders it needs; leaves it alone when it holds just that. False when it can't be written.
bool write_file(const std::filesystem::path& path, std::string_view bytes);
/// One of our own pages, not a source.
bool is_shell(const std::filesystem::path& page);
bool copy_to(const std::filesystem::path& from, const std::filesystem::path& to);

/// Fills a workspace: bytes of all that can be a page, a template or data; the names of everything else.
bool load_sources(Workspace& workspace, const Options& options);
/// Sets what the options and the clock say.
void apply_options(Workspace& workspace, const Options& options);
/// The transitions of a zone as the workspace takes them, from zoneinfo; false when the system does not know it.
bool load_zone(Workspace& workspace, std::string_view name);
/// Where the built shell is: `--shell`, or `dist` beside the folder of this program. Empty when there is none.
std::filesystem::path shell_folder(const Options& options);

}  // namespace meridian::cli
