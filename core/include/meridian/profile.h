// A person as the profile card shows one, and the sections of their home page. A room of its own
// because only programs that write or edit a site need it; readers don't load it.
//
//     site::Profile p = site::profile_of(site, "posts globe", arena, needs, diagnostics);
//     if (p.status == site::Status::Ready) out.add(p.json);
//
// Ownership: all strings live in the arena that is passed, or are views of a page in it.
//
// Failure: as with pages, Status::Needs means that files have to come first: `needs` names them,
// and the same call is made again when they are loaded. NotFound means that the theme's template
// could not be rendered; a diagnostic says why. A site without a home page has no sections.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

/// A heading of a page with the content below it.
struct Section {
  /// HTML of the heading, without its tags.
  Str title;
  /// The heading's, may be empty.
  Str id;
  /// With the heading.
  Str html;
};

/// The sections of a page's HTML, each up to the next heading of its rank or a higher one, or to
/// the end of the element that it is in; those of an article inside belong to it. At most 40, each
/// of at most 64 KB: longer ones are left out. Strings are views of `page`. Linear.
List<Section> sections_of(Str page, Arena& arena);

/// The answer of profile_of().
struct Profile {
  Status status = Status::Needs;
  /// Name, links, lists, stops, names of sections: `_plugins/profile.json` of the theme makes it.
  Str json;
  List<Section> sections;
};

/// The person whose site it is. `wanted`: names with spaces between them: of collections, `globe`,
/// and any other name for the sections of the home page; `*`: all. Parts that are not wanted need
/// no files.
Profile profile_of(Site& site, Str wanted, Arena& arena, Needs& needs, Diagnostics& diagnostics);
/// The sections of the home page, as in the profile; empty while `needs.any()`.
List<Section> home_sections(Site& site, Arena& arena, Needs& needs, Diagnostics& diagnostics);

}  // namespace meridian::site
