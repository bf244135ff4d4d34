// Style sheets in Sass: the compiler for the core, and compiled sheets beside a site of raw
// sources, which save its visitors the compiler and the files that a sheet imports.
#pragma once
#include <string>
#include <vector>

#include "open_site.h"

namespace meridian::cli {

/// From now on the core compiles style sheets.
void connect_sass();

/// A sheet that is a page of the site, as its visitors load it.
struct CompiledSheet {
  std::string path;  ///< from the site's root: site::compiled_sheet()
  std::string css;
};

/// Renders all style sheets of the site that are pages, and puts them into the workspace, so that
/// the manifest lists them in place of those of earlier runs. A sheet with errors is left out.
std::vector<CompiledSheet> compile_sheets(OpenSite& opened, const Options& options);

/// The paths of the compiled sheets that are in the workspace.
std::vector<std::string> compiled_sheets(OpenSite& opened);

/// Takes the compiled sheets of earlier runs out of the workspace: sources may have changed since.
void forget_compiled_sheets(OpenSite& opened);

/// Whether nothing is lost when a compiled sheet is written there: there is one already, or no
/// file.
bool may_be_compiled_sheet(const std::filesystem::path& path);

}  // namespace meridian::cli
