// What a page of the shell says to those who run no scripts: crawlers, link previews and some
// readers.
#pragma once
#include <string>
#include <string_view>

namespace meridian::cli {

/// The shell with the title, the metadata and the text of a rendered page, in place of those that
/// it had. With `anywhere` the shell stands for many addresses: it has no address of its own.
std::string with_head(const std::string& shell, std::string_view page, bool anywhere);

}  // namespace meridian::cli
