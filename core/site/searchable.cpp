// Which pages search finds, and what it says of them.
#include "meridian/site_search.h"
#include "plugins/request.h"

namespace meridian::site {

namespace {
Str tags_of(Arena& arena, const Document& d) {
  Value given = d.data->get("tags");
  Array* list = given.array();
  // Pages keep what their author wrote: words, or a list.
  if (!list) return given.is_string() ? given.str() : Str();
  Text tags;
  for (const Value& tag : *list) {
    if (tags.size()) tags.add('\n');
    tags.add(to_str(arena, tag));
  }
  return arena.copy(tags.str());
}

/// As the theme's include `language.html` has it.
Str language_of(Request& r, Document& d) {
  Value own;
  // Pages in a folder of jekyll-polyglot are of another site, and have what they need.
  for (Str key : {"lang", "locale", "rendered_lang"})
    if (!own.truthy()) own = d.root.empty() ? d.drop->get(key) : d.data->get(key);
  Text language;
  for (char c : own.truthy() ? to_str(r.arena, own) : r.site_language())
    language.add(c == '_' ? '-' : c);
  return r.arena.copy(language.str());
}

}  // namespace

bool lists_documents(const Document& d) {
  if (d.kind != DocumentKind::Page || !has_liquid(d.file->source.text)) return false;
  for (const char* list : {"site.posts", "site.tags", "site.categories", "site.pages",
                           "site.collections", "site.documents", "paginator."})
    if (d.file->source.text.find(list) != Str::npos) return true;
  return false;
}

bool has_search(const Site& site) {
  if (!site.config()) return false;
  return get(site.config()->get("meridian"), "search").truthy();
}

bool has_notes(const Site& site) {
  return site.config() && get(site.config()->get("meridian"), "notes").truthy();
}

List<Searchable> searchable(Site& site, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  List<Searchable> list;
  Request r(site, arena, needs, diagnostics, nullptr);
  Current current(r.site.request_, r);
  for (const Output& output : site.outputs(arena, needs, diagnostics)) {
    Document& d = *output.document;
    bool page = d.kind == DocumentKind::Page || d.kind == DocumentKind::Document;
    if (!page || !d.file || d.file->generated || !d.data || d.pager > 1 ||
        !is_html(extension_of(output.path)) || output.path == "404.html" ||
        !d.redirect_to.empty() || is_false(d.data->get("search")))
      continue;
    // Shown for want of a translation, it is found in its own language.
    if (!d.root.empty() && to_str(arena, d.data->get("rendered_lang")) != d.root.substr(1))
      continue;
    Searchable found{&d,
                     arena.copy(address_of(arena, d)),
                     output.path,
                     {},
                     language_of(r, d),
                     tags_of(arena, d),
                     0,
                     lists_documents(d)};
    if (d.collection) found.collection = arena.copy(d.collection->label);
    if (d.date.is(Kind::Time) && !d.undated) found.year = std::uint32_t(civil(d.date.time()).year);
    list.add(arena, found);
  }
  return list;
}

Page content_at(Site& site, Str path, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  Request r(site, arena, needs, diagnostics, nullptr);
  r.site.make_room();
  Current current(r.site.request_, r);
  Page p;
  p.status = Status::Needs;
  if (!r.read_outputs()) return p;
  Str inside = path;
  if (Site* other = r.site.other_language(inside))
    return content_at(*other, inside, arena, needs, diagnostics);
  p.status = Status::NotFound;
  Value* found = r.site.outputs_->find(path);
  if (!found) return p;
  bool& content_only = r.site.settings_.content_only;
  bool before = content_only;
  content_only = true;
  Document& d = *document_in(*found);
  p = r.render(d);
  content_only = before;
  // As plain text: it has Markdown if its author gave it.
  Text html, text, plain;
  if (d.data && d.data->get("title").truthy() && r.inline_markdown(p.title, html)) {
    add_without_html(text, html.str());
    add_plain(plain, text.str());
    p.title = arena.copy(plain.str());
  }
  return p;
}

}  // namespace meridian::site
