// The writer's answers as JSON.
#include "meridian/profile.h"
#include "meridian/site_search.h"
#include "meridian/writer.h"

namespace meridian {

using site::Status;

Status Writer::files(Text& json) {
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  List<OutputFile> list;
  if (read_notes(arena, needs)) list = files(arena, needs, diagnostics);
  Map* answer;
  if (needs.any()) {
    answer = to_value(arena, needs);
  } else {
    constexpr const char* kKinds[] = {"page", "redirect", "static"};
    Array* files = make_array(arena);
    for (const OutputFile& one : list) {
      Map* file = make_map(arena);
      file->set("path", one.path);
      file->set("kind", kKinds[one.kind]);
      file->set("source", one.source);
      files->push(Value(file));
    }
    answer = make_map(arena);
    const site::Site& site = workspace_.site();
    answer->set("files", Value(files));
    answer->set("baseurl", site.baseurl());
    answer->set("url", site.config() ? site.config()->get("url") : Value());
    answer->set("search", site::has_search(site));
    answer->set("meridian", site.config() ? site.config()->get("meridian") : Value());
    answer->set("diagnostics", to_value(arena, diagnostics));
  }
  print_json(Value(answer), json);
  return needs.any() ? Status::Needs : Status::Ready;
}

Status Writer::page(Str path, Text& html, Text& json) {
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  List<Str> dependencies;
  site::Page page = this->page(path, arena, needs, diagnostics, &dependencies);
  Map* answer;
  if (page.status == Status::Needs) {
    answer = to_value(arena, needs);
  } else {
    answer = make_map(arena);
    answer->set("source", page.source);
    answer->set("title", page.title);
    answer->set("url", page.redirect);
    Array* paths = make_array(arena);
    for (Str one : dependencies) paths->push(one);
    answer->set("dependencies", Value(paths));
    answer->set("diagnostics", to_value(arena, diagnostics));
    html.add(page.html);
  }
  print_json(Value(answer), json);
  return page.status;
}

Status Writer::profile(Str wanted, Text& sections, Text& json) {
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  site::Profile profile = site::profile_of(workspace_.site(), wanted, arena, needs, diagnostics);
  if (profile.status == Status::Ready) {
    json.add(profile.json);
  } else {
    Map* answer = profile.status == Status::Needs ? to_value(arena, needs) : make_map(arena);
    if (profile.status != Status::Needs) answer->set("diagnostics", to_value(arena, diagnostics));
    print_json(Value(answer), json);
  }
  Array* list = make_array(arena);
  for (const site::Section& section : profile.sections) list->push(Value(section.html));
  print_json(Value(list), sections);
  return profile.status;
}

}  // namespace meridian
