// Citation styles: the text of a reference, and of a citation in the text. Templates of ours that
// follow what citeproc makes of the styles of the same names; no CSL is read.
#pragma once
#include "item.h"

namespace meridian::scholar {

enum class Style { Apa, Ieee };
/// By its name or address; apa for all that is not known.
Style style_named(Str name);

/// The reference of an entry. `number`: its place in the list, from 1.
void add_reference(Style style, const Item& item, std::uint32_t number, Text& out);

/// A citation of entries, without what is around all of them. `locator`: such as a page, may be
/// empty; `label`: its kind. `number`: its place among those that the page cites.
void add_citation(Style style, const Item& item, std::uint32_t number, Str locator, Str label,
                  bool suppress_author, Text& out);
/// What stands before, between and behind the citations of a group.
struct Around {
  Name before, between, behind;
};
Around around(Style style);

}  // namespace meridian::scholar
