// Which entries a query is about, in which order, and in which groups.
#pragma once
#include "request.h"

namespace meridian::scholar {

using bibtex::Bibliography;
using bibtex::Entry;
using bibtex::Field;

/// The text of an entry's field, or its parent's; empty when there is none.
Str field_text(Arena& arena, const Entry& entry, Str name);
/// Its year: `year`, or the four digits of its `date`.
Str year_of(Arena& arena, const Entry& entry);

/// Whether an entry meets a query (BibTeX::Element#matches?): `@*`, `@book[year>=2000, author]`,
/// `!@misc`; several of them mean any.
bool meets(Arena& arena, const Entry& entry, Str query);

/// Sorts by `sort_by` and `order`, stably; `none` leaves the order as it is.
void sort_entries(const Request& request, List<const Entry*>& entries);

/// The value that an entry is grouped by.
Str group_value(const Request& request, const Entry& entry, Str key);
/// Whether group `a` comes before `b`: types in their configured order, numbers by value.
bool group_before(const Request& request, Str key, Str a, Str b);
/// The heading of a group.
Str group_name(const Request& request, Str key, Str value);

}  // namespace meridian::scholar
