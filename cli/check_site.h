// All that is wrong in a site, for the commands that tell it.
#pragma once
#include <functional>

#include "meridian/check.h"
#include "open_site.h"

namespace meridian::cli {

/// More than anybody mends at once; comparing each with the others stays a matter of a moment.
constexpr std::uint32_t kMostFindings = 5000;

/// Renders and reads all pages, and adds what is wrong in them and in the sources. `each` gets
/// every page as it is written, and `copied` every one that is copied. The number of pages.
std::size_t check_site(OpenSite& opened, const Options& options, Diagnostics& findings,
                       const std::function<void(const OutputFile&, Str)>& each = {},
                       const std::function<void(const OutputFile&, Str)>& copied = {});

}  // namespace meridian::cli
