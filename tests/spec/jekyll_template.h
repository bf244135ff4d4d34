// One template, rendered as Jekyll renders a page of a small site: with its tags and filters,
// includes and links.
#pragma once
#include "meridian/workspace.h"
#include "plugins/request.h"

namespace jekyll_template {

using namespace meridian;

struct Rendered {
  liquid::Error error;  ///< of parsing or rendering; its strings live in the arena of the render
  Text out;
};

/// Renders `text` as the page that `page` describes, with `data` for variables beside `site` and
/// `page`.
inline void render(Workspace& workspace, Arena& arena, Str text, Map* data, Map* page,
                   Rendered& result) {
  Diagnostics diagnostics(arena);
  site::Needs needs;
  site::Request request(workspace.site(), arena, needs, diagnostics, nullptr);
  site::Current current(request.site.request_, request);
  request.build();
  request.read_everything();
  request.page = Value(page);
  Str path = page ? page->get("path").str() : Str();
  for (site::Document* d : request.site.documents_)
    if (d->path == path) request.document = d;
  // The template is a page's, but `page` is no Markdown document here: highlight's blank lines are
  // the converter's.
  site::Document plain;
  if (request.document)
    plain = *request.document, plain.markdown = false, request.document = &plain;

  auto* source = arena.make<Source>(path, text);
  liquid::Template* t = liquid::parse(arena, *source, 0, site::kEnvironment, diagnostics);
  result.error = t->error;
  if (!result.error) {
    // The template's own variables before the site's.
    Map* globals = make_map(arena);
    for (Str name : {Str("site"), Str("jekyll")}) globals->set(name, request.lookup(name));
    globals = site::deep_merge(arena, globals, data);
    if (page) globals->set("page", Value(page));
    liquid::Context context(site::kEnvironment, arena, Value(globals));
    context.site = static_cast<site::ModelReader*>(&request);
    context.now = workspace.settings().now;
    if (!context.render(*t, result.out)) result.error = context.error;
  }
}

}  // namespace jekyll_template
