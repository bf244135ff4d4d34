// The content of a shell page for clients without scripts: crawlers, link previews and some
// readers.
#pragma once
#include <string>
#include <string_view>

namespace meridian::cli {

/// The shell with the title, the metadata and the text of a rendered page, in place of its own.
/// With `anywhere` the shell is for many addresses: it has no canonical one.
std::string with_head(const std::string& shell, std::string_view page, bool anywhere);

}  // namespace meridian::cli
