// The default theme: layouts and includes as files, packed into one text from core/theme/
// (embed.py).
//
//     Str layout = theme::find("_layouts/single.html");
//     if (!layout.data()) return;                        // the theme has no such file
//
// Natively the pack is linked into the program. In the browser it is `meridian/theme.txt`, a file
// beside the module, with further packs that are requested by name when something in them is used:
// `more` (what few pages show), `words` (the interface in languages other than English), `plugins`
// (what plugins write), `extras` (the same of rarer plugins), `emoji` (their names), `octicons`
// (icons), `publications` (a page of works), `publications-words` (its words in other languages),
// `cv` (a CV). A site's own files take precedence where the site asks for them first; that is the
// site's decision, not this room's (docs/design.md, "Theme").
//
// A pack has, for each file in the bytewise order of the paths: path, line feed, text, NUL.
//
// Ownership: views point into the packs, which live as long as the program. The table of packs is a
// variable of the process: there is one theme.
//
// Failure: a file that is absent has a null view. Bytes that are no pack give files that are never
// looked up; nothing is reported.
#pragma once
#include "meridian/base.h"

namespace meridian::theme {

/// A file of the theme. Both views point into the pack.
struct File {
  /// `_layouts/single.html`, `_includes/toc`
  Str path;
  Str data;
};

/// The text of the file at `path`. A view with a null data() means that the theme has no such file;
/// an empty file of the theme (a hook such as `_includes/footer/custom.html`) has an address.
/// Of several packs with such a file the last one counts. Linear in the number of files, some 200.
Str find(Str path);

/// First byte of a file's text in `theme.txt` when the file is in another pack; the pack's name
/// follows.
constexpr char kElsewhere = 1;

/// Adds a pack for the whole program. The bytes are not copied and must live as long as it runs.
void add(Str pack);

/// Moves the first file of the pack `rest` to `file`; false at the end. Linear in the file.
[[nodiscard]] bool next_file(Str& rest, File& file);

/// The pack that is linked in. A program that defines this function itself (as the delivered module
/// does) leaves it out.
Str embedded();

}  // namespace meridian::theme
