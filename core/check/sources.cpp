// Reports sources that have no effect or another one than their author expects: keys, names of
// posts, files that the theme ignores, settings.
#include "names.h"
#include "parts.h"

namespace meridian::check {

using site::File;
using site::Presence;

namespace {
// Keys of front matter that Jekyll and the theme use.
constexpr Name kKnownKeys =
    "layout permalink published title date tags categories category excerpt excerpt_separator "
    "redirect_from "
    "redirect_to "
    "description author image collection render_with_liquid author_profile comments header sidebar "
    "subtitle venue "
    "location citation lang slug";
// … which are near those, and mean something else: the theme's templates need not be here.
constexpr Name kOtherFields = "authors collections images publisher";
// More of them are summed up in one.
constexpr std::uint32_t kMostNamed = 5;
}  // namespace

Str meant_key(Sources& s, const Map& data, Str key) {
  constexpr std::int64_t kMeant = 3;  // documents with the same key: then it is no slip
  if (s.keys.get(key).i >= kMeant || one_of(key, kKnownKeys) >= 0 ||
      one_of(key, kOtherFields) >= 0 || s.words.find(key) || !s.may_search())
    return {};
  Nearest nearest(key);
  for (Str rest = kKnownKeys, known; next_piece(rest, ' ', known);) {
    if (!data.find(known) && may_be_misspelt(known, key)) nearest.consider(known);
  }
  return nearest.name();
}

namespace {
Str date_of(Str name) {
  std::size_t end = 0;
  while (end < name.size() && (is_digit(name[end]) || is_one_of(name[end], "-_. /"))) end++;
  return name.substr(0, end);
}

/// A name for the rest of a post's.
Str without_date(Arena& arena, Str stem) {
  Str date = date_of(stem), rest = date.size() >= 8 ? stem.substr(date.size()) : stem;
  Text out;
  for (char c : strip(rest)) out.add(is_space(c) ? '-' : c);
  return out.empty() ? Str("title") : arena.copy(out.str());
}

void report_post(Sources& s, const File& f, Str message, Str remedy) {
  s.diagnostics.add({Severity::Warning, Rule::PostName}, f.source.path, message, remedy);
}

/// `footer.html` of `_includes/footer.html`.
Str inside_includes(Str path) {
  Str folder = "_includes/";
  return starts_with(path, folder) ? path.substr(folder.size()) : Str();
}
}  // namespace

void check_keys(Sources& s) {
  // The keys that a gem's templates use are unknown.
  const Map& config = *s.site().config();
  if (config.get("theme").truthy() || config.get("remote_theme").truthy()) return;
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    if (!f->scanned || f->generated || !f->front.matched || !f->data.map() ||
        starts_with(f->source.path, "_data/"))
      continue;
    bool is_part =
        starts_with(f->source.path, "_includes/") || starts_with(f->source.path, "_layouts/");
    if (is_part) continue;
    for (const Map::Entry& e : *f->data.map()) {
      if (!e.key.is_string()) continue;
      Str key = e.key.str(), meant = meant_key(s, *f->data.map(), key);
      if (meant.empty()) continue;
      s.diagnostics.add({Severity::Warning, Rule::MisspeltKey}, f->source,
                        site::offset_of_key(*f, key), s.arena.join("nothing asks for `", key, "`"),
                        s.arena.join("did you mean `", meant, "`?"));
    }
  }
}

void check_post_names(Sources& s) {
  Str markdown = to_str(s.arena, s.site().config()->get("markdown_ext"));
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path, name = site::file_name(path), extension = site::extension_of(name);
    bool inside = starts_with(path, "_posts/") || path.find("/_posts/") != Str::npos;
    if (!inside || f->presence < Presence::Listed || f->generated || is_one_of(name[0], "._#~"))
      continue;
    Str stem = site::without_extension(name);
    bool text = site::is_html(extension) || (f->scanned && f->front.present) ||
                site::has_extension(markdown, extension);
    bool readme = equal_ignoring_case(stem, "readme") || equal_ignoring_case(stem, "index");
    Str date = date_of(name);
    bool begins_with_date = date.size() >= 8 && is_digit(date[0]);
    if (site::date_length(name)) {
      // Jekyll reads it, whatever its ending; without one it does not.
      if (extension.empty())
        report_post(s, *f, "Jekyll passes this post over: its name has no extension",
                    "give it one, such as .md");
      continue;
    }
    if (readme || (!text && !begins_with_date) || (!text && !extension.empty())) continue;
    report_post(s, *f,
                "Jekyll passes this post over: its name does not begin with a date and a dash",
                s.arena.join("name it as 2026-01-31-", without_date(s.arena, stem),
                             extension.empty() ? Str(".md") : extension));
  }
}

void check_private_notes(Sources& s) {
  for (const File* f = s.workspace.files().first(); f; f = f->next)
    if (!f->hidden_by.empty())
      s.diagnostics.add({Severity::Info, Rule::PrivateNote}, f->source,
                        site::offset_of_key(*f, f->hidden_by),
                        s.arena.join("this note is not published: `", f->hidden_by, "` is set"),
                        "change that line to publish it");
}

void check_ignored(Sources& s) {
  // When all of the site's layouts are ignored, that has been reported.
  const File* layout = s.workspace.files().find("_layouts/default.html");
  if (s.site().theme() != site::Theme::Meridian || (layout && layout->presence >= Presence::Listed))
    return;
  Diagnostics& out = s.diagnostics;
  Str remedy =
      "change what there is for it, head/custom.html and footer/custom.html, or set `meridian: "
      "{theme: site}` "
      "and bring all layouts";
  List<Str> ignored;
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path;
    bool part = starts_with(path, "_includes/") || starts_with(path, "_layouts/");
    bool hook = one_of(path, "_includes/head/custom.html _includes/footer/custom.html") >= 0;
    // A site's own ones with these names count: Renderer::find_layout.
    bool added = one_of(path, "_layouts/cv.html _layouts/publications.html") >= 0;
    bool taken = s.includes.find(inside_includes(path)) || s.has_any_include || added;
    if (part && !hook && !taken && !f->generated && f->presence >= Presence::Listed &&
        theme::find(path).data())
      ignored.add(s.arena, path);
  }
  for (Str path : ignored) {
    if (ignored.size > kMostNamed) {
      Text rest;
      rest.add_int(ignored.size - 1);
      out.add({Severity::Warning, Rule::IgnoredFile}, path,
              s.arena.join("this file and ", rest.str(),
                           " others are not used: the theme has its own in their place"),
              remedy);
      break;
    }
    out.add({Severity::Warning, Rule::IgnoredFile}, path,
            "this file is not used: the theme has its own in its place", remedy);
  }
}

void check_defaults(Sources& s) {
  const File* config = s.site().config_file();
  const Array* sets = s.site().config()->get("defaults").array();
  if (!config || !sets || !s.outline) return;
  const yaml::Node* list = nullptr;
  for (const yaml::Node* setting : s.outline->nodes)
    if (setting->key == "defaults") list = setting;
  std::uint32_t number = 0;
  for (const Value& set : *sets) {
    const yaml::Node* entry = list && number < list->nodes.size ? list->nodes[number] : list;
    number++;
    if (get(set, "values").map() && (get(set, "scope").nil() || get(set, "scope").map())) continue;
    s.diagnostics.add(
        {Severity::Warning, Rule::IgnoredDefault}, config->source, entry ? entry->at : 0,
        s.arena.join("`defaults`: entry ", to_str(s.arena, Value(std::int64_t(number))),
                     " counts for nothing"),
        "write each as `scope: {path: \"\"}` and `values: {layout: single}`");
  }
}

void check_hidden_keys(Sources& s) {
  const File* config = s.site().config_file();
  const Map* collections = s.site().config()->get("collections").map();
  if (!config || !collections) return;
  for (const Map::Entry& collection : *collections) {
    Str name = collection.key.str();
    if (s.site().config()->get(name).nil() || name == "posts") continue;
    List<Value> path;
    path.add(s.arena, Value(name));
    s.diagnostics.add(
        {Severity::Warning, Rule::Settings}, config->source, yaml::place_of(config->source, path),
        s.arena.join({"`", name, "` counts for nothing: the collection `", name, "` hides it"}),
        name == "publications"
            ? Str("name the files in the front matter of the page, or remove the collection")
            : s.arena.join("rename the key, or remove `", name, "` from `collections`"));
  }
}

void check_tables(Sources& s) {
  for (const File* row : s.site().rows()) {
    Str date = get(row->data, "date").str();
    Str day = date.substr(0, date.find_first_of(" T"));
    if (date.empty() || site::date_length(s.arena.join(day, "-"))) continue;  // ISO 8601
    s.diagnostics.add({Severity::Warning, Rule::Data}, row->table->source, row->row,
                      s.arena.join("Jekyll guesses what date `", date, "` is"),
                      "write it as 2026-01-31");
  }
}

void check_data(Sources& s) {
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path, extension = site::extension_of(path);
    // Hidden ones are not read.
    if (!starts_with(path, "_data/") || path.find("/.") != Str::npos ||
        f->presence != Presence::Loaded || f->data_read)
      continue;
    Arena scratch;
    Value read;
    if (s.tables.find(path)) continue;  // its mistakes were found when its rows were read
    // Only the diagnostics count.
    if (one_of(extension, ".yaml .yml .json .csv .tsv") >= 0)
      (void)yaml::parse_data(f->source, scratch, read, s.diagnostics);
  }
}

}  // namespace meridian::check
