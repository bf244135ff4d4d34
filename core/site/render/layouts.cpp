// The layouts around a page (Jekyll::Layout, Renderer#place_in_layouts).
#include "render/renderer.h"

namespace meridian::site {

// A layout that leads to itself is stopped by the list of those used; this stops a long chain of
// distinct ones.
constexpr int kMaxLayouts = 100;

File* Renderer::find_layout(Str name) {
  if (name.empty() || name == "none" || name == "null") return nullptr;
  Str path = arena.join("_layouts/", name, ".html");
  Str layouts = folder("layouts_dir"), own = arena.join(layouts, name),
      whole = arena.join(own, ".html");
  // What academicpages does not have is the site's own, where it has one of that name.
  bool added = name == "cv" || name == "publications";
  if (site.theme_ == Theme::Meridian && !(added && presence_of(whole) >= Presence::Listed))
    if (File* f = theme_file(path)) return f;
  if (presence_of(whole) == Presence::Unknown) return load(whole);
  // A layout may have any extension: of several files with one name the last one counts.
  if (!site.layouts_) {
    site.layouts_ = make_map(site.arena_);
    Str below = arena.join(site.gem_theme_, "_layouts/");
    for (File* f = files.first(); f; f = f->next) {
      Str file = f->source.path, stem = without_extension(file);
      if (f->presence < Presence::Listed || ends_with(file, "~") ||
          (!starts_with(stem, layouts) && (site.gem_theme_.empty() || !starts_with(stem, below))))
        continue;
      Value& last = site.layouts_->set(stem);
      if (last.str() < file) last = Value(file);
    }
  }
  Str in_theme = in_gem_theme(path);
  for (Str stem : {own, arena.join(site.gem_theme_, "_layouts/", name)}) {
    Str found = site.layouts_->get(stem).str();
    if (!found.empty()) return load(found);
  }
  return in_theme.empty() ? nullptr : load(in_theme);
}

Str Renderer::place_in_layouts(Document& d, Str text) {
  Str name = to_str(arena, d.data->get("layout"));
  if (name.empty() || name == "none" || is_sass(d.path)) return text;  // Convertible#asset_file?
  File* f = find_layout(name);
  if (!f && !needs.any())
    diagnostics.add({Severity::Warning, Rule::MissingLayout},
                    d.file->generated ? Source{"_config.yml", {}} : d.file->source,
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
