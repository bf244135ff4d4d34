// Whether a site has layouts of its own for its pages, or only some beside those of a theme.
#include "model/reader.h"

namespace meridian::site {

namespace {
constexpr Name kLayoutsFolder = "_layouts/";
// What sites without `default` call the layouts that their pages end in.
constexpr Name kWhole = "base home index page post";

/// `post` of `_layouts/post.html`; empty for other files.
Str layout_name(const File& f) {
  bool own = f.presence >= Presence::Listed && starts_with(f.source.path, Str(kLayoutsFolder));
  return own ? without_extension(f.source.path.substr(kLayoutsFolder.size())) : Str();
}
}  // namespace

bool ModelReader::find_own_layouts(bool& found) {
  found = presence_of("_layouts/default.html") >= Presence::Listed;
  Map names{&arena};
  for (File* f = files.first(); f; f = f->next)
    if (Str name = layout_name(*f); !name.empty()) names.set(name) = true;
  found |= names.find("default") != nullptr;
  if (found) return true;
  // A layout whose own layout is missing was written for a theme.
  bool chained = false;
  for (File* f = files.first(); f; f = f->next) {
    if (one_of(layout_name(*f), kWhole) < 0) continue;
    if (!scan(*f)) continue;
    found = true;
    // An author must see whose layouts visitors do.
    Str parent = f->mended ? Str() : get(f->data, "layout").str();
    chained |= !parent.empty() && !names.find(parent);
  }
  found &= !chained;
  return !needs.any();
}

}  // namespace meridian::site
