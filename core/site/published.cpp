// Which sources go to the host of a site that its visitors' browsers render: those that Jekyll
// would write or read. `build --raw`, the manifest and, by the manifest, serve.py obey it.
#include "model/entry_filter.h"
#include "plugins/request.h"

namespace meridian::site {

namespace {
/// Files that tools and editors keep beside the sources, by the name of a file or of a folder in
/// its path.
bool is_hidden(Str path) {
  for (Str name; next_piece(path, '/', name);)
    if (is_one_of(char_at(name, 0), ".#~") || ends_with(name, "~")) return true;
  return false;
}

/// Folders in which Jekyll reads parts of pages. Data are files of a few kinds, templates any file.
bool is_read(Request& r, const EntryFilter& filter, Str path) {
  if (r.site.has_settings(path)) return true;
  // Plugins in JavaScript, and what they import; those in Ruby stay at home.
  if (Str plugin = inside_folder(path, "_plugins"); ends_with(plugin, ".js"))
    return !is_hidden(plugin) && !filter.excludes(path);
  if (!r.site.text_language_.empty() && starts_with(path, "_i18n/"))
    return !is_hidden(path) && !filter.excludes(path) && path.find("/_posts/") == Str::npos;
  Str sass = dig(Value(r.site.config_), "sass.sass_dir").str();
  Str folders[] = {r.folder("data_dir"), r.folder("includes_dir"), r.folder("layouts_dir"),
                   sass.empty() ? Str("_sass") : sass};
  for (Str& folder : folders) {
    Str inside = inside_folder(path, without_last(without_slashes(folder), '/'));
    if (inside.empty() || inside.size() == path.size()) continue;
    bool data = &folder == folders;
    return !is_hidden(inside) && !filter.excludes(path) && (!data || is_data_file(inside));
  }
  return false;
}
}  // namespace

bool Site::mark_published(const List<Str>& used, Arena& arena, Needs& needs,
                          Diagnostics& diagnostics) {
  Request r(*this, arena, needs, diagnostics, nullptr);
  if (!r.read_outputs()) return false;
  EntryFilter filter(r);
  for (File* f = files_.first(); f; f = f->next)
    f->published = f->presence >= Presence::Listed && !f->generated &&
                   (is_read(r, filter, f->source.path) || is_compiled_sheet(f->source.path) ||
                    (!gem_theme_.empty() && starts_with(f->source.path, gem_theme_)));
  // Files that a page uses by include_relative, or by a tag of a plugin; but a text is not
  // published by a link to it.
  for (Str path : used)
    if (File* f = files_.find(path)) f->published = !f->generated;
  auto is_source = [](Document* d) { return d->file && !d->file->generated; };
  for (Document* d : documents_)
    if (is_source(d)) on_host(*d->file).published = false;
  for (SiteState* site = this; site; site = site->own_ ? site->next_ : site->others_)
    for (Document* d : site->documents_)
      if (is_source(d)) on_host(*d->file).published |= d->published;
  return true;
}

Str Site::excerpt_text(Document& document, Arena& arena) {
  Needs needs;
  Diagnostics found(arena);
  return Request(*this, arena, needs, found, nullptr).excerpt_text(document, arena);
}

List<Str> Site::future_documents(Arena& arena) const {
  List<Str> paths;
  for (const Document* d : documents_) {
    if (d->kind != DocumentKind::Document || d->written || !d->read || !d->file ||
        d->date.i <= settings_.now.seconds || !d->collection->output)
      continue;
    const Value* shown = d->data->find("published");
    if (!shown || shown->truthy()) paths.add(arena, d->file->source.path);
  }
  return paths;
}

bool Site::is_source(Str path, Arena& arena) {
  if (!config_) return true;
  Needs needs;
  Diagnostics ignored(arena);
  Request r(*this, arena, needs, ignored, nullptr);
  EntryFilter filter(r);
  return !filter.excludes(path) && (!is_hidden(path) || filter.walks_to(path));
}

}  // namespace meridian::site
