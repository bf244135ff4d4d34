// A person as the profile card shows one, and the sections of their home page. A room of its own
// because only what writes a site, or edits one, needs it: readers don't load it.
//
//     site::Profile p = site::profile_of(site, "posts globe", arena, needs, diagnostics);
//     if (p.status == site::Status::Ready) out.add(p.json);
//
// As with pages, Status::Needs means that files have to come first: `needs` names them, and the
// same call is made again when they are there. All strings live in the arena that is passed.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

/// A heading of a page with what stands below it.
struct Section {
  Str title;  ///< HTML of the heading, without its tags
  Str id;     ///< the heading's, may be empty
  Str html;   ///< with the heading
};

/// The sections of a page's HTML, each up to the next heading of its rank or a higher one, or the
/// end of the element that it stands in; those of an article within belong to it. At most 40, each
/// of at most 64 KB: longer ones are left out. Strings are views of `page`. Linear.
List<Section> sections_of(Str page, Arena& arena);

struct Profile {
  Status status = Status::Needs;
  Str json;  ///< name, links, lists, stops, names of sections: `_plugins/profile.json` of the theme
  List<Section> sections;
};

/// The person whose site it is. `wanted`: names with spaces between them, of collections, `globe`,
/// or anything else for the sections of the home page; `*`: all. What is not wanted needs no files.
Profile profile_of(Site& site, Str wanted, Arena& arena, Needs& needs, Diagnostics& diagnostics);
/// The sections of the home page, as the profile has them.
List<Section> home_sections(Site& site, Arena& arena, Needs& needs, Diagnostics& diagnostics);

}  // namespace meridian::site
