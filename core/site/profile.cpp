// A person as the profile card shows one. Nothing of this is in the module that readers load.
#include "request.h"

namespace meridian::site {

namespace {
/// Of the home page; none when there is no such page, or when something is missing.
List<Section> sections_of_home(Request& r) {
  bool sure = true;
  Document* home = r.build() ? r.resolve("/", sure) : nullptr;
  if (r.needs.any() || !sure || !home || home->kind == DocumentKind::Static || !home->redirect_to.empty()) return {};
  Value content;
  r.enter(*home);
  r.convert(*home, content);
  return content.is_string() ? sections_of(r.arena.copy(content.str()), r.arena) : List<Section>();
}
}  // namespace

List<Section> Site::home_sections(Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  make_room();
  Request r(*this, arena, needs, diagnostics, nullptr);
  Current current(request_, r);
  return sections_of_home(r);
}

Profile Site::profile(Str wanted, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  make_room();
  Request r(*this, arena, needs, diagnostics, nullptr);
  Current current(request_, r);
  Profile p;
  p.sections = sections_of_home(r);
  Array* named = make_array(arena);
  for (const Section& section : p.sections) {
    Map* one = make_map(arena);
    one->set("title", section.title);
    one->set("id", section.id);
    named->push(Value(one));
  }
  Text json;
  // What it takes is found also while the home page is not there yet.
  File* f = r.load("theme:_plugins/profile.json");
  r.content = Value(named);
  bool done = f && r.run(*r.template_of(*f, Part::Whole), json, wanted);
  if (needs.any()) return p;
  p.status = done ? Status::Ready : Status::NotFound;
  p.json = arena.copy(json.str());
  return p;
}

}  // namespace meridian::site
