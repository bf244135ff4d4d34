// The theme that `theme` or `remote_theme` names (Jekyll::Theme, jekyll-remote-theme): its layouts,
// includes, data, style sheets, assets and configuration lie below the site's own. Its files are in
// a folder beside the shell, `meridian/themes/NAME/`.
#include "model/reader.h"

namespace meridian::site {

namespace {
constexpr Name kFolder = "meridian/themes/";

/// Plugins that a theme's gem depends on, which Jekyll loads as if they were listed
/// (PluginManager#require_theme_deps).
struct Dependencies {
  const char* theme;
  const char* plugins;  ///< without `jekyll-`
};
constexpr Dependencies kDependencies[] = {
    {"minima", "feed seo-tag"},
    {"minimal-mistakes-jekyll", "paginate sitemap gist feed include-cache"},
    {"jekyll-theme-chirpy", "paginate redirect-from seo-tag archives sitemap include-cache"},
    {"just-the-docs", "seo-tag include-cache"},
    {"jekyll-theme-primer", "seo-tag github-metadata"},
};
}  // namespace

Str ModelReader::gem_theme_plugins() const {
  Str theme = strip(site.config_->get("theme").str());
  if (site.gem_theme_.empty()) return {};
  for (const Dependencies& one : kDependencies)
    if (equal_ignoring_case(theme, one.theme)) return one.plugins;
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
  return arena.join(kFolder, name.str(), "/");
}

bool ModelReader::find_gem_theme(const Map* own) {
  site.gem_theme_ = site.missing_theme_ = {};
  if (!own) return true;
  const Value& remote = own->get("remote_theme");
  const Value& named = remote.is_string() ? remote : own->get("theme");
  if (!named.is_string()) return true;
  Str folder = gem_theme_folder(site.arena_, named.str());
  if (folder.empty()) return true;
  for (File* f = files.first(); f; f = f->next)
    if (f->presence >= Presence::Listed && starts_with(f->source.path, folder)) {
      site.gem_theme_ = folder;
      return true;
    }
  // Without a list of files, a theme has this layout.
  Str layout = site.arena_.join(folder, "_layouts/default.html");
  if (presence_of(layout) == Presence::Unknown) {
    need(layout);
    return false;
  }
  site.missing_theme_ = site.arena_.copy(named.str());
  return true;
}

Map* ModelReader::gem_theme_config(const Map& defaults) {
  if (site.gem_theme_.empty()) return nullptr;
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
    auto& d = *site.arena_.make<Document>();
    d.file = f;
    d.path = f->source.path.substr(site.gem_theme_.size());
    d.kind = has_front_matter(*f, false) ? DocumentKind::Page : DocumentKind::Static;
    add_document(d);
  }
}

}  // namespace meridian::site
