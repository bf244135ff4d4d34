// Filters of values (`bibtex_filters`): TeX in a field becomes text and HTML.
#pragma once
#include "request.h"

namespace meridian::scholar {

/// Applies filters, by name, one after the other: latex, linebreaks, and jekyll-scholar's own
/// (smallcaps, superscript, italics, textit, lowercase, textregistered, tiny, markdown); subscript,
/// bold, code, url and enquote besides. Others are passed over. The result is in the arena. Linear.
Str filtered(Arena& arena, const List<Str>& filters, Str text);

/// For each byte that is an opening brace the place of its partner; npos: it has none.
List<std::size_t> partners(Arena& arena, Str s);

}  // namespace meridian::scholar
