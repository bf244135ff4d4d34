// The commands. Each prints what it finds and returns the exit status.
#pragma once
#include "options.h"

namespace meridian::cli {

/// Pages as HTML files.
int build(const Options& options);
/// Sources, shell and manifest, for a host whose visitors' browsers render.
int build_raw(const Options& options);
int check(const Options& options);
/// Writes the manifest, and tells a shell beside the sources that it is there.
int index(const Options& options);
/// Writes what readers without scripts get into a shell that lies beside the sources.
int head(const Options& options);
/// One page to standard output.
int render(const Options& options);

}  // namespace meridian::cli
