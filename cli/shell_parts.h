// Which files of the shell a site of raw sources needs: those of features that it names.
#pragma once
#include <string>
#include <vector>

#include "open_site.h"

namespace meridian::cli {

/// Removes files that no page can need from those of the shell's folder `meridian/`. A source
/// counts that has a word of a feature in its text or path, so that some files stay in vain, and
/// none that is needed is left out. Linear in the size of the sources.
void keep_used(OpenSite& opened, const Options& options, std::vector<std::string>& files);

/// Removes a file, and its compressed forms.
void leave_out(std::vector<std::string>& files, const std::string& path);

}  // namespace meridian::cli
