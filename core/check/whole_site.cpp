// What only a look at the whole site finds: files in the way of folders, includes and keys that
// nothing uses. For the command: it takes all sources, and the browser need not load it.
#include "parts.h"

namespace meridian {

using check::Sources;
using site::File;

namespace {
// More of them are a habit, of an editor or of another generator.
constexpr int kMostKeys = 30;
// Keys that Jekyll, plugins and tools of authors read, beside those that templates use.
constexpr Name kReadKeys =
    "layout permalink published title date tags tag categories category excerpt excerpt_separator "
    "description author authors image lang locale slug ext draft output "
    "render_with_liquid sitemap search nav_order pagination autopages last_modified_at "
    "canonical_url robots twitter facebook seo type name id ref page_id translations meridian "
    "aliases alias cssclasses publish created updated modified uuid mermaid math mathjax katex "
    "usemathjax toc comments "
    "regenerate weight sort_by order hidden lang-exclusive languages namespace translate_props";

bool is_read(Str key) {
  return one_of(key, kReadKeys) >= 0 || starts_with(key, "redirect_") ||  // jekyll-redirect-from
         starts_with(key, "permalink_");  // jekyll-multiple-languages-plugin
}

/// A file that another one takes for a folder: a build stops there.
void report_folders(Sources& s, const List<OutputFile>& outputs) {
  Map files{&s.arena};
  for (const OutputFile& one : outputs) files.set(one.path, true);
  for (const OutputFile& one : outputs) {
    std::size_t end = one.path.find('/');
    while (end != Str::npos && !files.find(one.path.substr(0, end)))
      end = one.path.find('/', end + 1);
    if (end == Str::npos) continue;
    s.diagnostics.add(
        {Severity::Error, Rule::DuplicateAddress}, one.source.empty() ? one.path : one.source,
        s.arena.join("`/", one.path, "` is in a folder that is a file of the site, `/",
                     s.arena.join(one.path.substr(0, end), "`")),
        "give one of the two another `permalink`");
  }
}

/// Whether the site's theme has this file as well: its templates may use the site's.
bool is_in_theme(Sources& s, Str path) {
  for (const char* key : {"theme", "remote_theme"}) {
    Str folder = site::gem_theme_folder(s.arena, s.site().config()->get(key).str());
    const File* f = folder.empty() ? nullptr : s.workspace.files().find(s.arena.join(folder, path));
    if (f && f->presence >= site::Presence::Listed) return true;
  }
  return false;
}

void report_includes(Sources& s) {
  if (s.has_any_include || s.site().theme() != site::Theme::Site) return;
  constexpr Name kFolder = "_includes/";
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path;
    if (!starts_with(path, kFolder) || f->generated || f->presence < site::Presence::Listed ||
        is_one_of(site::file_name(path)[0], "._#~") ||
        s.includes.find(path.substr(kFolder.size())) || is_in_theme(s, path))
      continue;
    s.diagnostics.add({Severity::Info, Rule::UnusedInclude}, path, "no template includes this file",
                      "include it, or remove it");
  }
}

/// Keys by which lists are sorted: of collections, and of paginated pages.
void add_sort_keys(Sources& s, const Map& data) {
  auto add = [&](const Value& key) {
    if (key.is_string()) s.words.set(key.str());
  };
  if (const Map* collections = data.get("collections").map())
    for (const Map::Entry& e : *collections) add(get(e.value, "sort_by"));
  add(get(data.get("pagination"), "sort_field"));
}

void report_keys(Sources& s) {
  // The keys that a gem's templates use are unknown.
  const Map& config = *s.site().config();
  if (config.get("theme").truthy() || config.get("remote_theme").truthy()) return;
  add_sort_keys(s, config);
  for (const File* f = s.workspace.files().first(); f; f = f->next)
    if (const Map* data = f->front.matched ? f->data.map() : nullptr) add_sort_keys(s, *data);
  Map told{&s.arena};
  int keys = 0;
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    const Map* data = f->scanned && f->front.matched ? f->data.map() : nullptr;
    if (!data || !check::is_used(*f) || s.site().has_settings(f->source.path) ||
        starts_with(f->source.path, "_data/"))
      continue;
    for (const Map::Entry& e : *data) {
      Str key = e.key.str();
      if (key.empty() || s.words.find(key) || is_read(key) || told.find(key) ||
          !check::meant_key(s, *data, key).empty())  // which is told already
        continue;
      told.set(key) = true;
      if (++keys > kMostKeys) return;
      Text message;
      message.add("no template reads `");
      message.add(key);
      message.add("`, which is set in ");
      std::int64_t files = s.keys.get(key).i;
      message.add_int(files);
      message.add(files == 1 ? " file" : " files");
      s.diagnostics.add({Severity::Info, Rule::UnusedKey}, f->source, site::offset_of_key(*f, key),
                        message.str(), "remove it where nothing else reads it either");
    }
  }
}
}  // namespace

void check_whole_site(Workspace& workspace, const List<OutputFile>& outputs,
                      Diagnostics& diagnostics) {
  Arena arena;
  Sources sources{workspace, arena, diagnostics};
  check::read_names(sources);
  check::check_cases(sources, outputs);
  check::check_line_ends(sources);
  check::check_names_for_windows(sources, outputs);
  report_folders(sources, outputs);
  report_includes(sources);
  report_keys(sources);
}

}  // namespace meridian
