// The layouts around a page (Jekyll::Layout, Renderer#place_in_layouts).
#include "model/entry_filter.h"
#include "render/renderer.h"

namespace meridian::site {

// A layout that leads to itself is stopped by the list of those used; this stops a long chain of
// distinct ones.
constexpr int kMaxLayouts = 100;
constexpr Name kLayouts = "_layouts/";

/// Layouts of the theme that show data: what academicpages does not have.
static bool is_added(Str name) { return name == "cv" || name == "publications"; }

File* Renderer::find_layout(Str name) {
  if (name.empty() || name == "none" || name == "null") return nullptr;
  Str path = arena.join(kLayouts, name, ".html");
  Str layouts = folder("layouts_dir"), own = arena.join(layouts, name),
      whole = arena.join(own, ".html");
  // These are the site's own, where it has one of that name.
  if (site.theme_ == Theme::Meridian && !(is_added(name) && presence_of(whole) >= Presence::Listed))
    if (File* f = theme_file(path)) return f;
  if (presence_of(whole) == Presence::Unknown)
    return EntryFilter(*this).is_layout(path.substr(Str(kLayouts).size())) ? load(whole) : nullptr;
  // A layout may have any extension: of several files with one name the last one counts.
  if (!site.layouts_) {
    site.layouts_ = make_map(site.arena_);
    Str below = site.gem_theme_.empty() ? layouts : arena.join(site.gem_theme_, kLayouts);
    EntryFilter filter(*this);
    for (File* f = files.first(); f; f = f->next) {
      Str file = f->source.path, folder = starts_with(file, layouts) ? layouts : below;
      if (f->presence < Presence::Listed || !starts_with(file, folder) ||
          !filter.is_layout(file.substr(folder.size())))
        continue;
      Value& last = site.layouts_->set(without_extension(file));
      if (last.str() < file) last = Value(file);
    }
  }
  Str in_theme = in_gem_theme(path);
  for (Str stem : {own, arena.join(site.gem_theme_, "_layouts/", name)}) {
    Str found = site.layouts_->get(stem).str();
    if (!found.empty()) return load(found);
  }
  // Jekyll leaves out what `exclude` names in a theme's folder, too.
  bool reads = !in_theme.empty() && EntryFilter(*this).is_layout(path.substr(Str(kLayouts).size()));
  return reads ? load(in_theme) : nullptr;
}

Str Renderer::place_in_layouts(Document& d, Str text) {
  Str name = ruby_string(arena, d.data->get("layout"));
  bool content_only = site.settings_.content_only;
  if (name.empty() || name == "none" || is_sass(d.path) ||  // Convertible#asset_file?
      (content_only && !is_added(name)))
    return text;
  File* f = find_layout(name);
  if (!f && !needs.any())
    diagnostics.add({Severity::Warning, Rule::MissingLayout},
                    d.file->generated ? Source{site.config_path(), {}} : d.file->source,
                    offset_of_key(*d.file, "layout"), arena.join("there is no layout `", name, "`"),
                    "add it to _layouts, or name another one");
  layout = {};
  List<File*> used;
  while (f && used.size < kMaxLayouts) {
    if (!scan(*f)) return text;
    report(*f);
    depend(*f);
    used.add(arena, f);
    content = Value(text);
    layout = Value(deep_merge(arena, f->data.map(), layout.map()));
    Text out;
    liquid::Template* t = template_of(*f);
    report(*f);
    if (!run(*t, out)) {
      // Without its layout the page is still there to read.
      out.truncate(0);
      out.add(text);
      add_failure(out, f->source, "The layout of this page can’t be used, there is a mistake in");
    }
    text = arena.copy(out.str());
    if (content_only) return text;
    Str next = to_str(arena, f->data.map() ? f->data.map()->get("layout") : Value());
    f = next.empty() ? nullptr : find_layout(next);
    for (File* u : used)
      if (u == f) f = nullptr;
  }
  if (f)
    diagnostics.add({Severity::Error, Rule::Limit}, f->source.path,
                    "more than 100 layouts around one page", "use fewer layouts");
  return text;
}

}  // namespace meridian::site
