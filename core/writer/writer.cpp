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
  return list;
}

site::Page Writer::page(Str path, Arena& arena, site::Needs& needs, Diagnostics& diagnostics) {
  List<Str> used;  // of its files: what is wrong with a stop is told where one of them names it
  return workspace_.site().render_output(path, arena, needs, diagnostics, &used);
}

bool wants_shell(Str html) { return html.find("/meridian/theme.css") != Str::npos; }

}  // namespace meridian
