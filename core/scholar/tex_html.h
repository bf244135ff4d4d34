// Texts of BibTeX as HTML, for the publications page of Meridian's theme. (jekyll-scholar's own
// tags show what its filters make of them: filters.h.)
#pragma once
#include "meridian/text.h"

namespace meridian::scholar {

/// A field's text as HTML: TeX decoded and escaped, with the markup of `\emph` and the like, and
/// links for `\url` and `\href`. Of an unknown command the argument stays.
///
/// Mathematics of letters, signs, indices and exponents is text with <i>, <sub> and <sup>. All
/// other stays TeX between `\(` and `\)`, which web/theme/math.js sets. Linear.
Str tex_html(Arena& arena, Str tex);

/// An address as it is meant: without TeX's backslashes and braces; empty when a browser would not
/// open it as a page or a file.
Str tex_address(Arena& arena, Str tex);

}  // namespace meridian::scholar
