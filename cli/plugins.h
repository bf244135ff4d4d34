// The site's plugins in JavaScript.
#pragma once
#include "open_site.h"

namespace meridian::cli {

/// Loads the site's plugins, whose functions run from now on wherever a template uses them, and
/// tells the workspace their names.
void load_plugins(OpenSite& opened, const Options& options);

}  // namespace meridian::cli
