// The content of a shell page for clients without scripts: crawlers, link previews and some
// readers.
#pragma once
#include <string>
#include <string_view>

namespace meridian::cli {

/// The shell with the title, the metadata and the text of a rendered page, in place of its own.
/// With `anywhere` the shell is for many addresses: it has no canonical one.
std::string with_head(const std::string& shell, std::string_view page, bool anywhere);
/// Whether with_head() has made it.
bool has_head(std::string_view shell);

/// Takes out what complete_shell() and authors set in a page of the shell, `<meta
/// name="meridian-…">`, and returns it. Linear.
std::string take_settings(std::string& shell);
/// Takes `<meta name="meridian-…">` alone out of a page, and returns it. With `lines` the white
/// space before each goes, too. Linear.
std::string take_metas(std::string& page, bool lines = false);
/// A page of the shell without what is set in it, and without title and text: the same before and
/// after the commands have completed it. As cmake/shell_list.py.
std::string plain_shell(std::string shell);

}  // namespace meridian::cli
