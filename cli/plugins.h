// Plugins in JavaScript, which browsers run and this command does not.
#pragma once
#include "open_site.h"

namespace meridian::cli {

/// Tells the workspace which functions the site's plugins have, as far as their text shows it, so
/// that a template that uses one can say whose it is. `shown`: a browser makes the pages again, so
/// that nothing is lost; else each use is an error.
void read_plugins(OpenSite& opened, const Options& options, bool shown);

/// Reports, for each plugin, what browsers alone make.
void report_plugins(OpenSite& opened);

}  // namespace meridian::cli
