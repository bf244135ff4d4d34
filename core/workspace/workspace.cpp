#include "meridian/workspace.h"

namespace meridian {

using site::File;
using site::Presence;

Str clean_path(Str path) {
  while (starts_with(path, "/") || starts_with(path, "./")) path.remove_prefix(path[0] == '/' ? 1 : 2);
  for (std::size_t at = 0; at <= path.size();) {
    std::size_t end = path.find('/', at);
    if (end == Str::npos) end = path.size();
    if (path.substr(at, end - at) == "..") return {};
    at = end + 1;
  }
  return path.find('\0') == Str::npos ? path : Str();
}

namespace {
/// Templates and data are asked for anew with each page; everything else is part of the model.
bool is_part_of_model(Str path) {
  return !starts_with(path, "_includes/") && !starts_with(path, "_layouts/") && !starts_with(path, "_data/");
}
}  // namespace

bool Workspace::put(Str path, Str bytes) {
  path = clean_path(path);
  if (path.empty()) return false;
  File& f = files_.get(path);
  if (f.presence == Presence::Loaded && f.bytes && Str(f.bytes, std::size_t(f.size)) == bytes) return true;
  bool known = f.presence >= Presence::Listed;
  files_.put(path, bytes);
  if (known && !is_part_of_model(path))
    site_.forget_rendered();
  else
    site_.forget();
  return true;
}

bool Workspace::put_missing(Str path) {
  path = clean_path(path);
  if (path.empty()) return false;
  File& f = files_.get(path);
  if (f.presence == Presence::Missing) return true;
  forget_parsed(f);
  f.source.text = {};
  f.presence = Presence::Missing;
  site_.forget();
  return true;
}

void Workspace::remove(Str path) { put_missing(path); }

bool Workspace::list(Str json) {
  Arena arena;
  Diagnostics none(arena);
  Value v;
  if (!parse_json(Source{"meridian.json", json}, arena, v, none)) return false;
  Array* list = get(v, "files").array();
  if (!list) return false;
  for (const Value& entry : *list) {
    Str path = clean_path(entry.is_string() ? entry.str() : get(entry, "path").str());
    if (path.empty()) continue;
    File& f = files_.get(path);
    f.listed = true;
    if (f.presence == Presence::Loaded) continue;
    f.presence = Presence::Listed;
    if (entry.is_string()) continue;
    Value text = get(entry, "text"), yaml = get(entry, "yaml"), title = get(entry, "title"), size = get(entry, "size");
    if (size.is(Kind::Int)) f.size = size.i;
    if (text.is_string())
      files_.put(path, text.str());
    else if (yaml.is_string() || title.is_string())
      site::put_front_matter(f, yaml.str(), get(entry, "excerpt").str(), title.str());
    else
      f.is_page = get(entry, "page").truthy();
    files_.manifest = true;
  }
  Value complete = get(v, "complete");
  files_.complete = complete.nil() || complete.truthy();
  site_.forget();
  return true;
}

bool Workspace::options(Str json) {
  Arena arena;
  Diagnostics none(arena);
  Value v;
  if (!parse_json(Source{"options", json}, arena, v, none) || !v.map()) return false;
  if (Value x = get(v, "baseurl"); x.is_string())
    baseurl_ = settings_arena_.copy(x.str()), settings_.baseurl = &baseurl_;
  if (Value x = get(v, "url"); x.is_string()) url_ = settings_arena_.copy(x.str()), settings_.url = &url_;
  if (Value x = get(v, "environment"); x.is_string()) settings_.environment = settings_arena_.copy(x.str());
  if (Value x = get(v, "time"); x.is_string()) parse_time(x.str(), Zone{}, settings_.now, settings_.now);
  if (Value* x = v.map()->find("drafts")) settings_.drafts = x->truthy();
  if (Value* x = v.map()->find("future")) settings_.future = x->truthy();
  if (Value x = get(v, "theme"); x.is_string()) {
    settings_.has_theme = true;
    settings_.theme = site::theme_named(x.str());
  }
  site_.forget();
  return true;
}

bool Workspace::zone(Str name, Str json) {
  Value v;
  Diagnostics none(settings_arena_);
  if (!parse_json(Source{"zone", settings_arena_.copy(json)}, settings_arena_, v, none)) return false;
  auto* entry = settings_arena_.make<site::ZoneEntry>();
  entry->zone.name = settings_arena_.copy(name);
  if (Array* list = v.array())
    for (const Value& t : *list) {
      Array* row = t.array();
      if (!row || row->size() < 2 || !(*row)[0].is(Kind::Int) || !(*row)[1].is(Kind::Int)) return false;
      entry->zone.transitions.add(settings_arena_,
                                  {(*row)[0].i, std::int32_t((*row)[1].i), row->size() > 2 ? (*row)[2].str() : Str()});
    }
  site_.add_zone(entry);
  return true;
}

namespace {
void add_strings(Text& json, Str key, const List<Str>& list) {
  json.add('"');
  json.add(key);
  json.add("\":[");
  bool first = true;
  for (Str s : list) {
    if (!first) json.add(',');
    first = false;
    print_json(Value(s), json);
  }
  json.add(']');
}
void add_string(Text& json, Str key, Str value) {
  json.add('"');
  json.add(key);
  json.add("\":");
  print_json(Value(value), json);
}
}  // namespace

void print_json(const Diagnostics& diagnostics, Text& out) {
  out.add('[');
  bool first = true;
  for (const Diagnostic& d : diagnostics) {
    if (!first) out.add(',');
    first = false;
    out.add("{\"severity\":\"");
    out.add(d.severity == Severity::Error ? "error" : d.severity == Severity::Warning ? "warning" : "info");
    out.add("\",\"line\":");
    out.add_int(d.line);
    out.add(",\"column\":");
    out.add_int(d.column);
    out.add(',');
    add_string(out, "file", d.file);
    out.add(',');
    add_string(out, "message", d.message);
    out.add(',');
    add_string(out, "remedy", d.remedy);
    out.add(',');
    add_string(out, "excerpt", d.excerpt);
    out.add('}');
  }
  out.add(']');
}

site::Status Workspace::render(Str url, Text& html, Text& json) {
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  List<Str> dependencies;
  if (last_url_.str() != url) {
    last_url_.truncate(0);
    last_url_.add(url);
    rounds_ = 0;
  }
  site::Page page = site_.render(url, arena, needs, diagnostics, &dependencies);
  while (page.status == site::Status::Needs && rounds_ >= kMaxRounds && needs.paths.size) {
    // Enough asking: what has not come by now is taken to be missing, and said to be.
    for (Str path : needs.paths) {
      put_missing(path);
      diagnostics.add(Severity::Error, path, "the file did not arrive", "check the path, and that the host serves it");
    }
    needs = {};
    page = site_.render(url, arena, needs, diagnostics, &dependencies);
  }
  switch (page.status) {
    case site::Status::Needs:
      rounds_++;
      json.add('{');
      add_strings(json, "paths", needs.paths);
      json.add(',');
      add_strings(json, "zones", needs.zones);
      json.add(needs.commonmark ? ",\"modules\":[\"commonmark\"]}" : ",\"modules\":[]}");
      return page.status;
    case site::Status::Redirect:
      rounds_ = 0;
      json.add('{');
      add_string(json, "url", page.redirect);
      json.add('}');
      break;
    default:
      rounds_ = 0;
      json.add('{');
      add_string(json, "source", page.source);
      json.add(',');
      add_string(json, "title", page.title);
      json.add(',');
      add_string(json, "type", page.type);
      json.add(',');
      add_strings(json, "dependencies", dependencies);
      json.add(",\"diagnostics\":");
      print_json(diagnostics, json);
      json.add('}');
  }
  html.add(page.html);
  return page.status;
}

}  // namespace meridian
