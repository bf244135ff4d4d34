// Whether a site has layouts of its own for its pages, or only some beside those of a theme.
#include "model/entry_filter.h"
#include "model/reader.h"

namespace meridian::site {

namespace {
// What sites without `default` call the layouts that their pages end in.
constexpr Name kWhole = "base home index page post";

/// `post` of `_layouts/post.html`; empty for other files.
Str layout_name(const EntryFilter& filter, const File& f, Str folder) {
  if (f.presence < Presence::Listed || !starts_with(f.source.path, folder)) return {};
  Str inside = f.source.path.substr(folder.size());
  return filter.is_layout(inside) ? without_extension(inside) : Str();
}
}  // namespace

Str RequestContext::folder(const char* key) const {
  Str path = setting(key);
  if (starts_with(path, "./")) path.remove_prefix(2);
  return arena.join(without_last(without_slashes(path), '/'), "/");
}

bool ModelReader::find_own_layouts(bool& found) {
  Str layouts = folder("layouts_dir");
  found = presence_of(arena.join(layouts, "default.html")) >= Presence::Listed;
  Map names{&arena};
  EntryFilter filter(*this);
  for (File* f = files.first(); f; f = f->next)
    if (Str name = layout_name(filter, *f, layouts); !name.empty()) names.set(name) = true;
  found |= names.find("default") != nullptr;
  if (found) return true;
  // A layout whose own layout is missing was written for a theme.
  bool chained = false;
  for (File* f = files.first(); f; f = f->next) {
    if (one_of(layout_name(filter, *f, layouts), kWhole) < 0) continue;
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
