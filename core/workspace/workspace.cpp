#include "meridian/workspace.h"

#include "meridian/site_search.h"

namespace meridian {

using site::File;
using site::Presence;

Str clean_path(Str path) {
  while (starts_with(path, "/") || starts_with(path, "./"))
    path.remove_prefix(path[0] == '/' ? 1 : 2);
  for (std::size_t at = 0; at <= path.size();) {
    std::size_t end = path.find('/', at);
    if (end == Str::npos) end = path.size();
    if (path.substr(at, end - at) == "..") return {};
    at = end + 1;
  }
  return path.find('\0') == Str::npos ? path : Str();
}

namespace {
/// Whether the model may be another one with new bytes of a file that was listed. Each page looks
/// up templates and data again; everything else is part of the model, and so is a template or data
/// file of which a document is made (`include: [_data]`, a collection named `layouts`), and the
/// front matter of a layout: it tells whose layouts the site has, and of what its autopages are
/// made.
bool changes_model(const site::Site& site, const File& file, Str bytes) {
  Str path = file.source.path;
  if (site.has_document(path)) return true;
  if (starts_with(path, "_layouts/"))
    return file.presence == Presence::Loaded &&
           yaml::split_front_matter(file.source.text).yaml != yaml::split_front_matter(bytes).yaml;
  return !starts_with(path, "_includes/") && !starts_with(path, "_data/");
}
}  // namespace

bool Workspace::put(Str path, Str bytes) {
  path = clean_path(path);
  if (path.empty()) return false;
  File& f = files_.get(path);
  if (f.presence == Presence::Loaded && f.bytes && Str(f.bytes, std::size_t(f.size)) == bytes)
    return true;
  bool known = f.presence >= Presence::Listed;
  rounds_ = 0;  // a requested file has come
  // Its excerpt is in contents that do not depend on it.
  if (f.excerpt.data()) site_.forget_rendered();
  if (known && files_.put_body(f, bytes)) {
    site_.forget_rendered(f);
    return true;
  }
  bool forget = !known || changes_model(site_, f, bytes);
  files_.put(path, bytes);
  if (forget)
    site_.forget();
  else
    site_.forget_rendered(f);
  // It sets how templates are parsed and where excerpts end.
  if (site_.has_settings(path)) site_.forget_parsed();
  return true;
}

bool Workspace::put_missing(Str path) {
  path = clean_path(path);
  if (path.empty()) return false;
  File& f = files_.get(path);
  if (f.presence == Presence::Missing) return true;
  forget_parsed(f);
  f.source.text = {};
  f.plugin = {};
  f.presence = Presence::Missing;
  site_.forget();
  if (site_.has_settings(path)) site_.forget_parsed();
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
  // The last list counts.
  for (File* f = files_.first(); f; f = f->next) f->listed = false;
  for (const Value& entry : *list) {
    auto field = [&](const char* key) { return get(entry, key).str(); };
    bool bare = entry.is_string();
    Str path = clean_path(bare ? entry.str() : field("path"));
    if (path.empty()) continue;
    File& f = files_.get(path);
    f.listed = true;
    if (f.presence == Presence::Loaded) continue;
    f.presence = Presence::Listed;
    if (bare) continue;
    Str text = field("text"), yaml = field("yaml"),
        title = field("title");  // without an address when not there
    Value size = get(entry, "size");
    if (size.is(Kind::Int)) f.size = size.i;
    if (text.data())
      files_.put(path, text);
    else if (yaml.data() || title.data())
      site::put_front_matter(f, yaml, field("excerpt"), title);
    else
      f.is_page = get(entry, "page").truthy();
    files_.manifest = true;
  }
  read_sources(v);
  Value complete = get(v, "complete");
  files_.complete = complete.nil() || complete.truthy();
  site_.forget();
  return true;
}

bool Workspace::read_text(const Value& from, const char* key, Str& out) {
  Str given = get(from, key).str();
  if (given.data()) out = settings_arena_.copy(given);
  return given.data() != nullptr;
}

void Workspace::read_sources(const Value& from) {
  read_text(from, "config", settings_.config);
  read_text(from, "gems", settings_.gems);
}

bool Workspace::options(Str json) {
  Arena arena;
  Diagnostics none(arena);
  Value v;
  if (!parse_json(Source{"options", json}, arena, v, none) || !v.map()) return false;
  auto read = [&](const char* key, Str& out) { return read_text(v, key, out); };
  auto flag = [&](const char* key, bool& out) {
    if (Value* given = v.map()->find(key)) out = given->truthy();
  };
  Str time, theme;
  Time now = settings_.now;
  if (read("time", time) && !parse_time(time, Zone{}, now, now)) return false;
  settings_.now = now;
  if (read("baseurl", baseurl_)) settings_.baseurl = &baseurl_;
  if (read("url", url_)) settings_.url = &url_;
  read("environment", settings_.environment);
  read_sources(v);
  if (Map* plugins = get(v, "plugins").map())
    for (const Map::Entry& plugin : *plugins)
      if (File* f = files_.find(plugin.key.str())) f->plugin = copy(settings_arena_, plugin.value);
  flag("baseurl_found", settings_.baseurl_found);
  flag("drafts", settings_.drafts);
  flag("future", settings_.future);
  flag("fetches_themes", settings_.fetches_themes);
  if (read("theme", theme)) {
    settings_.has_theme = true;
    settings_.theme = site::theme_named(theme);
  }
  site_.forget();
  return true;
}

bool Workspace::zone(Str name, Str json) {
  Value v;
  Diagnostics none(settings_arena_);
  if (!parse_json(Source{"zone", settings_arena_.copy(json)}, settings_arena_, v, none))
    return false;
  auto* entry = settings_arena_.make<site::ZoneEntry>();
  entry->zone.name = settings_arena_.copy(name);
  if (Array* list = v.array())
    for (const Value& t : *list) {
      Array* row = t.array();
      if (!row || row->size() < 2 || !(*row)[0].is(Kind::Int) || !(*row)[1].is(Kind::Int))
        return false;
      entry->zone.transitions.add(settings_arena_, {(*row)[0].i, std::int32_t((*row)[1].i),
                                                    row->size() > 2 ? (*row)[2].str() : Str()});
    }
  site_.add_zone(entry);
  return true;
}

namespace {
Value to_value(Arena& arena, const List<Str>& list) {
  Array* strings = make_array(arena);
  for (Str s : list) strings->push(s);
  return Value(strings);
}
}  // namespace

Map* to_value(Arena& arena, const site::Needs& needs) {
  List<Str> modules;
  if (needs.commonmark) modules.add(arena, "commonmark");
  if (needs.kramdown) modules.add(arena, "kramdown");
  if (needs.sass) modules.add(arena, "sass");
  if (needs.rouge) modules.add(arena, "rouge");
  if (needs.bibliography) modules.add(arena, "bibliography");
  for (Str pack : needs.packs) modules.add(arena, pack);
  Map* answer = make_map(arena);
  answer->set("paths", to_value(arena, needs.paths));
  answer->set("zones", to_value(arena, needs.zones));
  answer->set("modules", to_value(arena, modules));
  return answer;
}

Value to_value(Arena& arena, const Diagnostics& diagnostics) {
  constexpr const char* kSeverities[] = {"info", "warning", "error"};
  Array* list = make_array(arena);
  for (const Diagnostic& d : diagnostics) {
    Map* m = make_map(arena);
    m->set("severity", kSeverities[int(d.severity)]);
    m->set("line", std::int64_t(d.line));
    m->set("column", std::int64_t(d.column));
    m->set("file", d.file);
    m->set("message", d.message);
    m->set("remedy", d.remedy);
    m->set("excerpt", d.excerpt);
    list->push(Value(m));
  }
  return Value(list);
}

void print_json(const Diagnostics& diagnostics, Text& out) {
  Arena arena;
  print_json(to_value(arena, diagnostics), out);
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
    // The limit of rounds: files that have not come now count as missing, with a diagnostic.
    for (Str path : needs.paths) {
      put_missing(path);
      diagnostics.add({Severity::Error, Rule::Unreadable}, path, "the file did not arrive",
                      "check the path, and that the host serves it");
    }
    needs = {};
    page = site_.render(url, arena, needs, diagnostics, &dependencies);
  }
  rounds_++;
  Map* answer;
  if (page.status == site::Status::Needs) {
    answer = to_value(arena, needs);
  } else {
    answer = make_map(arena);
    rounds_ = 0;
    if (page.status == site::Status::Redirect) {
      answer->set("url", page.redirect);
    } else {
      answer->set("source", page.source);
      answer->set("title", page.title);
      answer->set("type", page.type);
      answer->set("dependencies", to_value(arena, dependencies));
      answer->set("diagnostics", to_value(arena, diagnostics));
    }
    html.add(page.html);
  }
  print_json(Value(answer), json);
  return page.status;
}

site::Status Workspace::search(Str path, Text& html, Text& json) {
  Arena arena;
  Diagnostics ignored(arena);  // the pages themselves report them
  site::Needs needs;
  Value answer;
  site::Status status = site::Status::Ready;
  if (path.empty()) {
    Array* list = make_array(arena);
    for (const site::Searchable& one : site::searchable(site_, arena, needs, ignored)) {
      Array* row = make_array(arena);
      for (Str text : {one.path, one.url, one.collection, one.language}) row->push(text);
      row->push(std::int64_t(one.year));
      row->push(one.is_list);
      row->push(one.tags);
      list->push(Value(row));
    }
    answer = Value(list);
    if (needs.any()) status = site::Status::Needs;
  } else {
    site::Page page = site::content_at(site_, path, arena, needs, ignored);
    status = page.status;
    html.add(page.html);
    answer = page.title;
  }
  if (status == site::Status::Needs) answer = Value(to_value(arena, needs));
  print_json(answer, json);
  return status;
}

}  // namespace meridian
