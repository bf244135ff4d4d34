// A site as files: which ones it writes, and the bytes of each page. It is what `meridian build`
// puts on the disk and the playground into an archive, but for the pictures of globes (stills.h).
#pragma once
#include "meridian/workspace.h"

namespace meridian {

/// A file that the site writes. Strings live in the arena that they were asked for in.
struct Written {
  enum Kind : std::uint8_t { Page, Redirect, Static };
  Str path;    ///< from the destination's root: `about/index.html`
  Str source;  ///< path of the file it is made from, or is a copy of; empty: there is none
  Kind kind;
};

/// Where the profile card looks for a person, and for the sections of the home page
/// (site::Profile): `1.json` and so on of that folder, each `{"html"}`.
constexpr const char *kProfilePath = "profile.json", *kProfileSections = "profile-sections/";

class Writer {
 public:
  explicit Writer(Workspace& workspace) : workspace_(workspace) {}

  /// All that Jekyll would write, in its order, and the profile of the author. What would leave the
  /// destination is an error instead.
  List<Written> files(Arena& arena, site::Needs& needs, Diagnostics& diagnostics);
  /// One of them that is no static file: a redirect, too, is a page. NotFound when nothing is
  /// written at the path.
  site::Page page(Str path, Arena& arena, site::Needs& needs, Diagnostics& diagnostics);

  /// The same two as a workspace answers: `json` gets `{files: [{path, kind, source}],
  /// diagnostics}`, where a kind is `page`, `redirect` or `static`; `{source, title, shell,
  /// diagnostics}`, where `shell` is wants_shell(); or what is missing, `{paths, zones, modules}`.
  site::Status files(Text& json);
  site::Status page(Str path, Text& html, Text& json);
  /// site::profile_of; `json` is that of the person, or what is missing, or `{diagnostics}`;
  /// `sections` a list of their HTML as JSON.
  site::Status profile(Str wanted, Text& sections, Text& json);

 private:
  Workspace& workspace_;
};

/// Whether a page takes the shell's folder `meridian/`, which then has to lie beside it: the
/// theme's sheet is in it.
bool wants_shell(Str html);

}  // namespace meridian
