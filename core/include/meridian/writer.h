// A site as files: the list of those that it writes, and the bytes of each page. `meridian build`
// puts them on the disk, the playground into an archive; both add the pictures of globes
// (stills.h).
//
//     Writer writer(workspace);
//     for (;;) {
//       Arena arena;
//       site::Needs needs;
//       Diagnostics diagnostics(arena);
//       List<OutputFile> files = writer.files(arena, needs, diagnostics);
//       if (needs.any()) { provide(needs); continue; }
//       for (const OutputFile& file : files)
//         if (file.kind == OutputFile::Static) copy(file.source, file.path);
//         else write(file.path, writer.page(file.path, arena, needs, diagnostics).html);
//       break;
//     }
//
// Ownership: the writer borrows the workspace. Strings of an answer live in the arena that was
// passed.
//
// Failure: as for pages, Status::Needs or `needs.any()` means that files have to come first;
// provide them and call again. Problems of the author's files are diagnostics, and the file in
// question is left out.
#pragma once
#include "meridian/notes.h"
#include "meridian/workspace.h"

namespace meridian {

/// A file that the site writes. Strings live in the arena that was passed.
struct OutputFile {
  enum Kind : std::uint8_t { Page, Redirect, Static };
  /// From the destination's root: `about/index.html`.
  Str path;
  /// The file that it is made from, or a copy of; empty when there is none.
  Str source;
  Kind kind;
};

/// Output paths of the profile card's data: the person (site::Profile), and the folder of the home
/// page's sections: `1.json` and so on, each `{"html"}`.
constexpr const char *kProfilePath = "profile.json", *kProfileSections = "profile-sections/";

class Writer {
 public:
  explicit Writer(Workspace& workspace) : workspace_(workspace) {}

  /// Reads which notes of the site link to which, so that files() has the pages of tags, and page()
  /// the links to each note. It renders all pages, and does nothing where the site has no notes.
  /// `bare`: addresses are written without baseurl. False when files have to come first.
  [[nodiscard]] bool read_notes(Arena& arena, site::Needs& needs, bool bare = false);
  /// What it has read.
  const notes::Links& notes() const { return links_; }

  /// All that Jekyll would write, in its order, and the profile of the author. An output whose path
  /// would leave the destination is an error and left out. Linear in the files, but the site's
  /// model may have to be built.
  List<OutputFile> files(Arena& arena, site::Needs& needs, Diagnostics& diagnostics);
  /// The content of one of them that is not Static: a redirect is a page, too. NotFound when
  /// nothing is written at the path. `dependencies` gets the paths of the files that it is made of;
  /// none for the profile, which any file may change.
  site::Page page(Str path, Arena& arena, site::Needs& needs, Diagnostics& diagnostics,
                  List<Str>* dependencies = nullptr);

  /// The same two, answered as a workspace does. `json` gets `{files: [{path, kind, source}],
  /// baseurl, url, search, meridian, diagnostics}`, where a kind is `page`, `redirect` or `static`,
  /// `url` and `meridian` are the configuration's or nil, and `search` is has_search(); `{source,
  /// title, url, dependencies, diagnostics}`, where `url` is the target of a redirect; or, with
  /// Needs, `{paths, zones, modules}`.
  site::Status files(Text& json);
  site::Status page(Str path, Text& html, Text& json);
  /// site::profile_of(). `json` gets the person; with Needs `{paths, zones, modules}`, else
  /// `{diagnostics}`. `sections` gets a JSON list of the sections' HTML.
  site::Status profile(Str wanted, Text& sections, Text& json);

 private:
  Workspace& workspace_;
  notes::Links links_;
};

}  // namespace meridian
