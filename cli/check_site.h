// All that is wrong in a site, for the commands that tell it.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>

#include "meridian/check.h"
#include "open_site.h"

namespace meridian::cli {

/// More than anybody mends at once; comparing each with the others stays a matter of a moment.
constexpr std::uint32_t kMostFindings = 5000;

/// The pages that have a finding, by its message: numbers in the order of the outputs.
using PagesWith = std::map<std::string, std::set<std::size_t>>;

/// Gets a page as it is written, and the paths of the files that it is made from.
using EachPage = std::function<void(const OutputFile&, Str html, const List<Str>& sources)>;

/// Renders and reads all pages, and adds what is wrong in them and in the sources. `each` gets
/// every page as it is written, and `copied` every one that is copied. `pages_with` is filled. The
/// number of pages.
std::size_t check_site(OpenSite& opened, const Options& options, Diagnostics& findings,
                       const EachPage& each = {}, const EachPage& copied = {},
                       PagesWith* pages_with = nullptr);

}  // namespace meridian::cli
