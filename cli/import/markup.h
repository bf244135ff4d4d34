// Pieces of the Markdown, HTML and Liquid that an import writes.
#pragma once
#include <string>

#include "meridian/text.h"

namespace meridian::cli::hugo {

/// The text with its `{{` and `{%` between raw tags, so that Liquid shows them as they are.
/// `begins` counts those that were there. Linear.
std::string shown(Str text, std::size_t* begins = nullptr);

/// The text of HTML, also between quotes, with its `{{` and `{%` shown.
std::string html_text(Str text);

/// An address for an attribute or a link of Markdown: below the site's root by `relative_url`, so
/// that it holds for every `baseurl`. Others stay as they are.
std::string link_to(Str address);

/// The text as fenced code in a language, whose fence is longer than any in the text.
std::string fenced(Str language, Str code);

/// The marks at the begin of a line of three or more, as of fenced code; 0: it is none.
std::size_t fence_size(Str line, char& mark);

/// Markdown with the marks `{#id .class}` of Goldmark at the end of headings, which CommonMark
/// shows as text, as empty anchors before the words. Code stays as it is. Linear.
std::string with_heading_anchors(const std::string& text);

}  // namespace meridian::cli::hugo
