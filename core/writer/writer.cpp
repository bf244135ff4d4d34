#include "meridian/writer.h"

namespace meridian {

using site::Document;
using site::DocumentKind;

namespace {
/// A path that would leave the destination is not written.
bool stays_inside(Str path) { return !starts_with(path, "/") && !clean_path(path).empty(); }

Written::Kind kind_of(const Document& document) {
  return document.kind == DocumentKind::Static     ? Written::Static
         : document.kind == DocumentKind::Redirect ? Written::Redirect
                                                   : Written::Page;
}

/// Whether the site is a person's, and Jekyll alone would not write it.
bool has_profile(const site::Site& site) {
  return site.theme() == site::Theme::Meridian && site.config() &&
         !get(site.config()->get("author"), "name").str().empty();
}
}  // namespace

List<Written> Writer::files(Arena& arena, site::Needs& needs, Diagnostics& diagnostics) {
  List<Written> list;
  for (const site::Output& output : workspace_.site().outputs(arena, needs, diagnostics)) {
    Str source = output.document->file ? output.document->file->source.path : Str();
    if (stays_inside(output.path))
      list.add(arena, {arena.copy(output.path), arena.copy(source), kind_of(*output.document)});
    else
      diagnostics.add(Severity::Error, source, "its URL leads out of the site", "mend its `permalink`");
  }
  if (needs.any() || !has_profile(workspace_.site())) return list;
  for (Str path : {kProfilePath, kProfileContent}) {
    bool own = false;
    for (const Written& one : list) own |= one.path == path;
    if (!own) list.add(arena, {path, "", Written::Page});
  }
  return list;
}

site::Page Writer::page(Str path, Arena& arena, site::Needs& needs, Diagnostics& diagnostics) {
  List<Str> used;  // of its files: what is wrong with a stop is told where one of them names it
  site::Page page = workspace_.site().render_output(path, arena, needs, diagnostics, &used);
  bool profile = path == kProfilePath || path == kProfileContent;
  if (page.status != site::Status::NotFound || !profile || !has_profile(workspace_.site())) return page;
  site::Profile made = workspace_.site().profile({}, arena, needs, diagnostics);
  page.status = made.status;
  page.html = made.json;
  if (path == kProfilePath) return page;
  Map* home = make_map(arena);
  home->set("content", made.content);
  Text json;
  print_json(Value(home), json);
  page.html = arena.copy(json.str());
  return page;
}

bool wants_shell(Str html) { return html.find("/meridian/theme.css") != Str::npos; }

}  // namespace meridian
