// Entries for the publications page of Meridian's theme, in the words of academicpages' documents
// (`title`, `authors`, `venue`, `paperurl` …), so that one template shows both.
#pragma once
#include "json.h"
#include "select.h"

namespace meridian::scholar {

/// Sorts by year and month, the newest first. What has a year in words ("in press") comes before
/// all, what has none behind all. Stable.
void sort_by_date(const Request& request, List<const Entry*>& entries);

/// Writes an entry as a map. Texts are HTML: TeX decoded, escaped, with the markup of `\emph` and
/// the like. Addresses are no HTML; those of other schemes than http, https and ftp are left out.
///
/// `title`, `year`, `category` (article, preprint, chapter, …), `authors` (a list; names that may
/// be `own`'s in bold), `others` (where BibTeX's list ends so), `venue` (journal, book), `where`
/// (volume, pages, publisher), `abstract`, `tags` (a list), `bibtex` (with the parent that
/// `crossref` names), `key`, `doi`, `arxiv`, and the addresses `paperurl`, `link`, `codeurl`,
/// `slidesurl`, `dataurl`, `videourl`.
///
/// `own`: a person's name as BibTeX has it; empty: nobody's.
void write_publication(const Request& request, const Entry& entry, Str own, Json& json);

}  // namespace meridian::scholar
