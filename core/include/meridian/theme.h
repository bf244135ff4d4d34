// The default theme: layouts and includes as files, embedded at build time from core/theme/. A site's own files come
// from somewhere else; which of the two wins is decided by who asks (design, "Theme").
#pragma once
#include "meridian/base.h"

namespace meridian::theme {

/// A file of the theme. Both views point into the program and never die.
struct File {
  Str path;  ///< `_layouts/single.html`, `_includes/toc`
  Str data;
};

/// The text of the theme's file at `path`, which is spelled as in File. A view with a null data() says that the theme
/// has no such file; an empty file of the theme (a hook such as `_includes/footer/custom.html`) has an address.
/// Walks through the files (some 20 KB): for a template that is parsed once and kept.
Str find(Str path);

/// How many files the theme has.
int count();

/// The file number `i`, 0 <= i < count(), in the order of the paths' bytes.
File at(int i);

}  // namespace meridian::theme
