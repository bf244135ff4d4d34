#include "meridian/writer.h"

#include "meridian/profile.h"

namespace meridian {

using site::Document;
using site::DocumentKind;

namespace {
/// A path that would leave the destination is not written.
bool stays_inside(Str path) { return !starts_with(path, "/") && !clean_path(path).empty(); }

bool has_control(Str path) {
  for (char c : path)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') return true;
  return false;
}

OutputFile::Kind kind_of(const Document& document) {
  return document.kind == DocumentKind::Static     ? OutputFile::Static
         : document.kind == DocumentKind::Redirect ? OutputFile::Redirect
                                                   : OutputFile::Page;
}

/// Whether the site is a person's, and Jekyll alone would not write it.
bool has_profile(const site::Site& site) {
  return site.theme() == site::Theme::Meridian && site.config() &&
         !get(site.config()->get("author"), "name").str().empty();
}

Str path_of_section(Arena& arena, std::int64_t number) {
  return arena.join(kProfileSections, to_str(arena, Value(number)), ".json");
}
}  // namespace

List<OutputFile> Writer::files(Arena& arena, site::Needs& needs, Diagnostics& diagnostics) {
  List<OutputFile> list;
  for (const site::Output& output : workspace_.site().outputs(arena, needs, diagnostics)) {
    Str source = output.document->file ? output.document->file->source.path : Str();
    if (has_control(output.path))
      diagnostics.add(Severity::Error, source, "its URL has a control character",
                      "mend its `permalink`");
    else if (stays_inside(output.path))
      list.add(arena, {arena.copy(output.path), arena.copy(source), kind_of(*output.document)});
    else
      diagnostics.add(Severity::Error, source, "its URL leads out of the site",
                      "mend its `permalink`");
  }
  if (needs.any() || !has_profile(workspace_.site())) return list;
  auto add = [&](Str path) {
    for (const OutputFile& one : list)
      if (one.path == path) return;
    list.add(arena, {path, "", OutputFile::Page});
  };
  add(kProfilePath);
  // Problems of the home page are reported when it is rendered.
  Diagnostics ignored(arena);
  std::uint32_t sections = site::home_sections(workspace_.site(), arena, needs, ignored).size;
  for (std::uint32_t number = 1; number <= sections; number++) add(path_of_section(arena, number));
  return list;
}

site::Page Writer::page(Str path, Arena& arena, site::Needs& needs, Diagnostics& diagnostics,
                        List<Str>* dependencies) {
  List<Str> used;  // collected, so that problems of a stop are reported on the page that names it
  site::Page page = workspace_.site().render_output(path, arena, needs, diagnostics,
                                                    dependencies ? dependencies : &used);
  bool section = starts_with(path, kProfileSections);
  bool profile = path == kProfilePath || section;
  if (page.status != site::Status::NotFound || !profile || !has_profile(workspace_.site()))
    return page;
  if (!section) {
    site::Profile made = site::profile_of(workspace_.site(), "*", arena, needs, diagnostics);
    page.status = made.status;
    page.html = made.json;
    return page;
  }
  List<site::Section> sections = site::home_sections(workspace_.site(), arena, needs, diagnostics);
  std::int64_t number = parse_int(path.substr(Str(kProfileSections).size()));
  if (number < 1 || number > sections.size || path_of_section(arena, number) != path) return page;
  Map* one = make_map(arena);
  one->set("html", sections[std::uint32_t(number - 1)].html);
  Text json;
  print_json(Value(one), json);
  page.status = site::Status::Ready;
  page.html = arena.copy(json.str());
  return page;
}

bool wants_shell(Str html) { return html.find("/meridian/theme.css") != Str::npos; }

}  // namespace meridian
