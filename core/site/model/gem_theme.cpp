// The theme that `theme` or `remote_theme` names (Jekyll::Theme, jekyll-remote-theme): its layouts,
// includes, data, style sheets, assets and configuration lie below the site's own. Its files are in
// a folder beside the shell, `meridian/themes/NAME/`, or are listed there by the host, which
// fetches them from elsewhere.
#include "model/reader.h"

namespace meridian::site {

namespace {
constexpr Name kThemesFolder = "meridian/themes/";

/// Plugins that a theme's gem depends on, which Jekyll loads as if they were listed
/// (PluginManager#require_theme_deps).
struct Dependencies {
  const char* theme;
  const char* repository;  ///< its name there
  const char* plugins;     ///< without `jekyll-`
};
constexpr Dependencies kDependencies[] = {
    {"minima", "minima", "feed seo-tag"},
    {"minimal-mistakes-jekyll", "minimal-mistakes", "paginate sitemap gist feed include-cache"},
    {"jekyll-theme-chirpy", "jekyll-theme-chirpy",
     "paginate redirect-from seo-tag archives sitemap include-cache"},
    {"just-the-docs", "just-the-docs", "seo-tag include-cache"},
    {"jekyll-theme-primer", "primer", "seo-tag github-metadata"},
};

/// The theme that GitHub Pages gives a site that names none.
constexpr Name kGitHubTheme = "jekyll-theme-primer";

/// The theme that is part of the shell, and its place as `theme_from`.
constexpr Name kReadyTheme = "minima";
constexpr Name kInShell = "meridian";

/// The theme that a configuration names; jekyll-remote-theme takes precedence.
Str theme_of(Map& config) {
  for (const char* key : {"remote_theme", "theme"})
    if (const Value& named = config.get(key); named.is_string()) return strip(named.str());
  return dig(Value(&config), "meridian.theme").str() == "github-pages" ? kGitHubTheme : Str();
}
}  // namespace

Str ModelReader::gem_theme_plugins() const {
  if (site.gem_theme_.empty()) return {};
  Str theme = file_name(without_last(site.gem_theme_, '/'));
  for (const Dependencies& one : kDependencies)
    if (theme == one.theme || theme == one.repository) return one.plugins;
  return {};
}

Str gem_theme_folder(Arena& arena, Str theme) {
  theme = strip(theme);
  theme = theme.substr(0, theme.find('@'));  // a tag or branch
  theme = file_name(without_last(theme, '/'));
  Text name;
  for (char c : theme) {
    c = lower(c);
    if (!is_alnum(c) && !is_one_of(c, "._-")) return {};
    name.add(c);
  }
  // No hidden folder, and none outside.
  if (name.empty() || is_one_of(name.str()[0], "._-")) return {};
  return arena.join(kThemesFolder, name.str(), "/");
}

bool ModelReader::find_gem_theme(Map* own) {
  site.gem_theme_ = site.named_theme_ = {};
  if (!own) return true;
  Str named = theme_of(*own), folder = gem_theme_folder(site.arena_, named);
  if (folder.empty()) return true;
  site.named_theme_ = site.arena_.copy(named);
  for (File* f = files.first(); f; f = f->next)
    if (f->presence >= Presence::Listed && starts_with(f->source.path, folder)) {
      site.gem_theme_ = folder;
      return true;
    }
  Str from = strip(dig(Value(own), "meridian.theme_from").str());
  if (from.empty() && named == kReadyTheme) from = kInShell;
  if (!from.empty() && site.settings_.fetches_themes) {
    // No file's path: the host, asked for it, lists the theme's files, or says that it has none.
    Str asked = arena.join(arena.join(folder, " ", from), " ", named);
    File* answer = files.find(asked);
    if (!answer || answer->presence == Presence::Unknown) {
      need(asked);
      return false;
    }
  }
  // Without a list of files, a theme has this layout.
  Str layout = site.arena_.join(folder, "_layouts/default.html");
  if (presence_of(layout) != Presence::Unknown) return true;
  need(layout);
  return false;
}

Map* ModelReader::gem_theme_config(const Map* own, const Map& defaults) {
  // jekyll-remote-theme fetches the theme when the configuration has been read.
  if (site.gem_theme_.empty() || own->get("remote_theme").is_string()) return nullptr;
  File* f = load(arena.join(site.gem_theme_, "_config.yml"));
  Map* given = f ? data_map(*f) : nullptr;
  if (!given) return nullptr;
  Map* kept = make_map(site.arena_);
  for (const Map::Entry& e : *given)
    if (!defaults.find(e.key)) kept->set(e.key) = e.value;
  return kept;
}

Str FileLookup::in_gem_theme(Str path) const {
  if (site.gem_theme_.empty()) return {};
  Str inside = arena.join(site.gem_theme_, path);
  return presence_of(inside) == Presence::Missing ? Str() : inside;
}

void ModelReader::add_gem_assets() {
  if (site.gem_theme_.empty()) return;
  Str folder = arena.join(site.gem_theme_, "assets/");
  List<File*> assets;
  for (File* f = files.first(); f; f = f->next)
    if (f->presence >= Presence::Listed && starts_with(f->source.path, folder)) {
      File* own = files.find(f->source.path.substr(site.gem_theme_.size()));
      if (!own || own->presence < Presence::Listed) assets.add(arena, f);
    }
  sort_by_path(assets);
  for (File* f : assets) {
    Document d;
    d.file = f;
    d.path = f->source.path.substr(site.gem_theme_.size());
    d.kind = has_front_matter(*f, false) ? DocumentKind::Page : DocumentKind::Static;
    add_document(d);
  }
}

}  // namespace meridian::site
