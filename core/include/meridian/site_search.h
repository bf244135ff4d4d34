// What an index of the site's search is made of (search.h): the pages that it finds, and the
// content of each.
//
//     if (!has_search(site)) return;              // known after the first question
//     for (const Searchable& one : searchable(site, arena, needs, diagnostics)) {
//       Page content = content_at(site, one.path, arena, needs, diagnostics);
//       …                                         // Page::title, and Page::html without layouts
//     }
//
// Failure: as for pages, Status::Needs or `needs.any()` means that files have to come first.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

/// A page that search finds. Strings live in the arena of the request.
struct Searchable {
  /// Until the next question, which may build the model again.
  Document* document;
  Str url;
  /// Of the output: `about/index.html`.
  Str path;
  /// Label of its collection; empty for a page.
  Str collection;
  /// Its language as HTML has it, `pt-BR`: its own, else the site's.
  Str language;
  /// Tags, separated by line feeds.
  Str tags;
  /// 0: it has no date.
  std::uint32_t year = 0;
  /// It shows lists of other documents: an archive, a map of the site.
  bool is_list = false;
};

/// Whether it has a search: a plain folder, or `meridian: {search: true}`.
bool has_search(const Site& site);

/// Whether its Markdown has the marks of notes: a plain folder, or `meridian: {notes: true}`.
bool has_notes(const Site& site);

/// Where the page is that lists all pages; empty where the menus list them (theme's).
Str page_of_all(Site& site, Arena& arena, Needs& needs, Diagnostics& diagnostics);

/// The outputs that search finds: HTML made of a source of the site, without further pages of
/// lists, the page for missing addresses, and those with `search: false` in their front matter.
List<Searchable> searchable(Site& site, Arena& arena, Needs& needs, Diagnostics& diagnostics);

/// The content of one of them, its title as plain text, with what the layouts `cv` and
/// `publications` make of data. Code has no colours, so that no lexers are needed.
Page content_at(Site& site, Str path, Arena& arena, Needs& needs, Diagnostics& diagnostics);

/// Whether a page lists documents, by what its source names: false while that is not held.
bool lists_documents(const Document& document);

}  // namespace meridian::site
