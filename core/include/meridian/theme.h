// The default theme: layouts and includes as files, packed into one text from core/theme/
// (embed.py). Natively the pack is a part of the program, for the browser it is
// `meridian/theme.txt`, a file that comes beside the module, and packs that are asked for by name
// when something in them is used: `more` (what few pages show), `words` (the interface in other
// languages than English), `plugins` (what plugins write), `emoji` (their names). A site's own
// files come from somewhere else; which of the two wins is decided by who asks (docs/design.md,
// "Theme").
#pragma once
#include "meridian/base.h"

namespace meridian::theme {

/// A file of the theme. Both views point into the pack.
struct File {
  Str path;  ///< `_layouts/single.html`, `_includes/toc`
  Str data;
};

/// The text of the theme's file at `path`, which is spelled as in File. A view with a null data()
/// says that the theme has no such file; an empty file of the theme (a hook such as
/// `_includes/footer/custom.html`) has an address. Walks through the files (some 20 KB): for a
/// template that is parsed once and kept.
Str find(Str path);

/// What the text of a file in `theme.txt` begins with that lies in another pack; the pack's name
/// follows.
constexpr char kElsewhere = 1;

/// Adds a pack, for the whole program: its files come before those of the last seven; older ones
/// are forgotten. Its bytes are not copied.
void add(Str files);

/// The file that `rest` begins with, which then begins with the next one; false at the end. Bytes
/// that are no pack give files that nobody asks for.
bool take(Str& rest, File& file);

/// The pack that is linked in, with all files: for each, in the order of the paths' bytes, its
/// path, a line feed, its text and a zero byte. A program that defines this itself (as the
/// delivered module does) leaves it out.
Str embedded();

}  // namespace meridian::theme
