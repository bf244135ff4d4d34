// `_config.yml` over Jekyll's defaults, and the kind of site that this is.
#include "meridian/site_modules.h"
#include "model/reader.h"

namespace meridian::site {

namespace {
// A folder with one of these is a Jekyll site (`_data` alone does not count).
constexpr Name kJekyllFolders = "_layouts _includes _posts _drafts _pages";
// Of a list that every file or page is held against.
constexpr std::uint32_t kMaxRules = 1000;
// In the order of Plugin.
constexpr Name kPlugins =
    "jekyll-readme-index jekyll-optional-front-matter jekyll-default-layout "
    "jekyll-titles-from-headings "
    "jekyll-relative-links";

/// The permalink template of a named style.
Str permalink_of_style(Str style) {
  enum class Style { None, Date, Ordinal, Pretty, Weekdate };
  switch (Style(one_of(style, "none date ordinal pretty weekdate"))) {
    case Style::None: return "/:categories/:title:output_ext";
    case Style::Date: return "/:categories/:year/:month/:day/:title:output_ext";
    case Style::Ordinal: return "/:categories/:year/:y_day/:title:output_ext";
    case Style::Pretty: return "/:categories/:year/:month/:day/:title/";
    case Style::Weekdate: return "/:categories/:year/W:week/:short_day/:title:output_ext";
    default: return style;
  }
}

/// Whether the tz database may have a zone of this name: ASCII file names with slashes between
/// them. The host is asked for no other: it might use the name as a path, and invalid UTF-8 would
/// not come back unchanged.
bool is_zone_name(Str name) {
  for (char c : name)
    if (!is_alnum(c) && Str("/_+-").find(c) == Str::npos) return false;
  return true;
}

TomlReader toml_reader;
}  // namespace

void set_toml(TomlReader reader) { toml_reader = reader; }

Str SiteState::config_path() const {
  return config_files_.empty() ? Str("_config.yml") : config_files_.back()->source.path;
}

bool SiteState::has_settings(Str path) const {
  Str names = settings_.config.empty() ? Str(kConfigNames) : settings_.config;
  for (Str name; next_piece(names, ',', name);)
    if (name == path) return true;
  return false;
}

Map* ModelReader::settings_in(File& file) {
  if (!ends_with(file.source.path, ".toml")) return data_map(file);
  if (!file.data_read) {
    file.data_read = true;
    if (!toml_reader)
      file.found.add({Severity::Error, Rule::Settings}, file.source.path,
                     "only the command reads settings in TOML",
                     "write them as _config.yml, or run `meridian build`");
    else if (!toml_reader(file.source, file.values, file.parsed, file.found))
      file.values.reset();
  }
  return file.parsed.map();
}

Map* ModelReader::own_settings() {
  SiteState& s = site;
  Str names = s.settings_.config;
  const bool named = !names.empty();
  if (!named) names = kConfigNames;
  Map* own = nullptr;
  for (Str name; next_piece(names, ',', name);) {
    // The first one alone is requested where the host has no list: for the others it would be one
    // more 404 of every plain folder.
    bool asked = named || starts_with(Str(kConfigNames), name);
    File* f = asked || presence_of(name) >= Presence::Listed ? load(name) : nullptr;
    if (needs.any()) return nullptr;
    if (!f) continue;
    s.config_files_.add(s.arena_, f);
    Map* read = settings_in(*f);
    if (Mender* mender = s.settings_.mender; mender && !named)
      read = mender->settings(*mender, *f, read, s.arena_);
    for (const Diagnostic& d : f->found) s.found_.add(d);
    own = own ? deep_merge(s.arena_, own, read) : read;
    if (!named) break;
  }
  return own;
}

Theme theme_named(Str name) {
  int number = one_of(name, "auto site meridian");
  return number < 0 ? Theme::Auto : Theme(number);
}

bool ModelReader::lists_plugin(Str name, bool of_github) const {
  for (const Value& v : *site.config_->get("plugins").array())
    if (v.str() == name || (of_github && v.str() == "github-pages")) return true;
  return false;
}

bool ModelReader::configure() {
  SiteState& s = site;
  if (s.own_) {
    static_cast<Configuration&>(s) = *s.own_;
    s.config_ = deep_merge(s.arena_, s.own_->config_);
    s.config_files_ = s.own_->config_files_;
    return configure_language();
  }
  bool was_jekyll = s.jekyll_;
  s.jekyll_ = false;
  for (File* f = files.first(); f; f = f->next) {
    Str path = f->source.path, folder = path.substr(0, path.find('/'));
    if (f->presence >= Presence::Listed || f->listed)  // one that is missing is decisive, too
      s.jekyll_ |= one_of(folder, kJekyllFolders) >= 0 && folder.size() < path.size();
  }

  liquid::Environment environment = read_plugin_scripts();
  File* ours = load("theme:_config.yml");
  s.config_files_ = {};
  Map* own = own_settings();
  if (needs.any()) return false;
  Map* defaults = data_map(*ours);
  s.jekyll_ |= s.config_files_.size > 0;
  // A byte order mark before front matter matters for one of the two only.
  if (s.jekyll_ != was_jekyll) {
    for (File* f = files.first(); f; f = f->next)
      if (f->scanned && !s.has_settings(f->source.path) && !f->generated &&
          f->presence == Presence::Loaded)
        forget_parsed(*f);
  }
  if (!find_gem_theme(own)) return false;
  bool whole = own && own->get("ignore_theme_config").truthy();
  Map* below = whole ? nullptr : gem_theme_config(own, *defaults);
  if (needs.any()) return false;
  s.config_ = deep_merge(s.arena_, deep_merge(s.arena_, defaults, below), own);
  Map& config = *s.config_;

  // Lists that should be lists, and collections as a map, posts among them first.
  Str lists = "include exclude defaults plugins";
  for (Str key; next_piece(lists, ' ', key);) {
    Array* list = config.get(key).array();
    if (list && list->size() <= kMaxRules) continue;
    s.found_.add({Severity::Error, Rule::Settings}, s.config_path(),
                 arena.join("`", key, list ? "` has more than 1000 entries" : "` must be a list"),
                 list ? "sum them up: a path stands for all inside it"
                      : "write `[a, b]`, or one `- item` a line");
    config.set(key, Value(make_array(s.arena_)));
  }
  if (Array* gems = config.get("gems").array())  // what old configurations call plugins
    config.set("plugins", unite(s.arena_, *config.get("plugins").array(), *gems));
  Array* added = make_array(s.arena_);
  for (Str gems = s.settings_.gems, gem; next_piece(gems, ',', gem);) added->push(gem);
  for (Str gems = gem_theme_plugins(), gem; next_piece(gems, ' ', gem);)
    added->push(s.arena_.join("jekyll-", gem));
  config.set("plugins", unite(s.arena_, *config.get("plugins").array(), *added));
  if (Array* always = defaults->get("exclude").array())  // not when no memory was left to read them
    config.set("exclude", unite(s.arena_, *config.get("exclude").array(), *always));
  const Value& given = config.get("collections");
  Map* collections = deep_merge(s.arena_, defaults->get("collections").map(), given.map());
  if (Array* a = given.array())
    for (const Value& v : *a)
      if (v.is_string() && !collections->find(v)) collections->set(v) = make_map(s.arena_);
  Map* posts = deep_merge(s.arena_, collections->get("posts").map());
  posts->set("output", true);
  if (posts->get("permalink").nil())
    posts->set("permalink", permalink_of_style(setting("permalink")));
  collections->set("posts", posts);
  config.set("collections", collections);

  // With one slash before it and none behind it.
  auto read_baseurl = [&] {
    Str url = without_last(setting("baseurl"), '/');
    s.baseurl_ = url.empty() || url[0] == '/' ? url : s.arena_.join("/", url);
  };
  read_baseurl();
  const Str* said = s.settings_.baseurl;
  // Templates may rely on the slashes of the configured one.
  if (said && !(s.settings_.baseurl_found && *said == s.baseurl_)) {
    config.set("baseurl", *said);
    read_baseurl();
  }
  if (s.settings_.url) config.set("url", *s.settings_.url);
  s.url_ = setting("url");
  s.collections_dir_ = without_last(folder("collections_dir"), '/');
  s.markdown_extensions_ = setting("markdown_ext");

  // Markdown's dialect.
  s.markdown_ = markdown::read_options(config.get("kramdown"));
  Str engine = setting("markdown");
  if (!s.jekyll_ || equal_ignoring_case(engine, "GFM") ||
      equal_ignoring_case(engine, "CommonMarkGhPages"))
    s.markdown_.dialect = markdown::Dialect::GitHub;
  else if (equal_ignoring_case(engine.substr(0, 10), "CommonMark"))
    s.markdown_.dialect = markdown::Dialect::CommonMark;
  if (!s.jekyll_) {
    Map* own = make_map(s.arena_);
    for (Str key : {"notes", "search"}) own->set(key, true);
    config.set("meridian", Value(own));
  }
  s.markdown_.notes = dig(Value(&config), "meridian.notes").truthy();
  s.markdown_.dollars = dig(Value(&config), "meridian.math").str() == "dollars";
  if (dig(Value(&config), "kramdown.syntax_highlighter").nil() &&
      config.get("highlighter").truthy())
    s.markdown_.highlight = setting("highlighter") == "rouge";

  // The default plugins of GitHub Pages: all of them for a plain folder, else those that are
  // listed.
  Str plugins = kPlugins;
  bool* on = s.plugins_;
  for (Str name; next_piece(plugins, ' ', name);) {
    Text key;  // of `jekyll-readme-index` the options are in `readme_index`
    for (char c : name.substr(7)) key.add(c == '-' ? '_' : c);
    *on++ = !s.jekyll_ || (lists_plugin(name) &&
                           !is_false(dig(Value(&config), arena.join(key.str(), ".enabled"))));
  }

  // Decides whose layouts are used.
  s.theme_ = s.settings_.has_theme ? s.settings_.theme
                                   : theme_named(dig(Value(&config), "meridian.theme").str());
  if (s.theme_ == Theme::Auto) {
    bool own_layout = false;
    if (!find_own_layouts(own_layout)) return false;
    s.theme_ = own_layout || !s.gem_theme_.empty() ? Theme::Site : Theme::Meridian;
    if (Str missing = s.missing_theme(); !own_layout && !missing.empty())
      s.found_.add({Severity::Info, Rule::Settings}, s.config_path(),
                   s.arena_.join("the theme `", missing, "` is not here: Meridian's own is used"),
                   "run `meridian theme add`, or put its files into the folder meridian/themes");
  }

  s.environment_ = environment;
  s.environment_.skips_unknown_tags = true;
  // The first two load html-pipeline, and that ActiveSupport.
  s.environment_.knows_blank = lists_plugin("jemoji") || lists_plugin("jekyll-mentions") ||
                               lists_plugin("activesupport", false);
  int mode = one_of(dig(Value(&config), "liquid.error_mode").str(), "lax warn strict");
  if (mode >= 0) s.environment_.error_mode = liquid::ErrorMode(mode);

  // A layout is going to need it: it is requested with the first files instead of after the last.
  if (lists_plugin("jekyll-seo-tag") || lists_plugin("jekyll-toc")) load("theme:_plugins/seo.html");

  if (!configure_language()) return false;

  // The time zone.
  Str zone = config.get("timezone").str();
  s.zone_ = nullptr;
  if (!zone.empty() && zone != "UTC" && zone != "Etc/UTC") {
    ZoneEntry* entry = s.zones_;
    while (entry && entry->zone.name != zone) entry = entry->next;
    if (!entry && is_zone_name(zone)) {
      needs.zones.add(arena, arena.copy(zone));
      return false;
    }
    if (entry && entry->zone.transitions.size)
      s.zone_ = &entry->zone;
    else
      s.found_.add({Severity::Error, Rule::Settings}, s.config_path(),
                   s.arena_.join("there is no time zone `", zone, "`"),
                   "write a name as Europe/Berlin; UTC is taken now");
  }
  return true;
}

}  // namespace meridian::site
