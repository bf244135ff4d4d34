// `_config.yml` over Jekyll's defaults, and what kind of site this is.
#include "request.h"

namespace meridian::site {

namespace {
// Jekyll::Configuration::DEFAULTS, as far as a page can see it.
constexpr Name kDefaults =
    "collections_dir: ''\nlayouts_dir: _layouts\ndata_dir: _data\nincludes_dir: _includes\ncollections: {}\n"
    "safe: false\ninclude: [.htaccess]\nexclude: []\nkeep_files: [.git, .svn]\nencoding: utf-8\n"
    "markdown_ext: markdown,mkdown,mkdn,mkd,md\nfuture: false\nunpublished: false\nplugins: []\nmarkdown: kramdown\n"
    "highlighter: rouge\nexcerpt_separator: \"\\n\\n\"\npermalink: date\npaginate_path: /page:num\ndefaults: []\n"
    "liquid: {error_mode: warn, strict_filters: false, strict_variables: false}\n";
constexpr Name kDefaultExcludes =
    ".sass-cache .jekyll-cache gemfiles Gemfile Gemfile.lock node_modules vendor/bundle/ vendor/cache/ vendor/gems/ "
    "vendor/ruby/";
// A folder with one of these is a Jekyll site (`_data` alone does not count).
constexpr Name kJekyllFolders = "_layouts _includes _posts _drafts _pages";

/// The permalink of posts that a style's name stands for.
Str permalink_of_style(Str style) {
  switch (one_of(style, "none date ordinal pretty weekdate")) {
    case 0: return "/:categories/:title:output_ext";
    case 1: return "/:categories/:year/:month/:day/:title:output_ext";
    case 2: return "/:categories/:year/:y_day/:title:output_ext";
    case 3: return "/:categories/:year/:month/:day/:title/";
    case 4: return "/:categories/:year/W:week/:short_day/:title:output_ext";
    default: return style;
  }
}
}  // namespace

Map* deep_merge(Arena& arena, const Map* base, const Map* over) {
  Map* merged = make_map(arena);
  if (base)
    for (const Map::Entry& e : *base) merged->set(e.key) = e.value;
  if (!over) return merged;
  for (const Map::Entry& e : *over) {
    Value* old = merged->find(e.key);
    if (!old)
      merged->set(e.key) = e.value;
    else if (old->map() && e.value.map())
      *old = deep_merge(arena, old->map(), e.value.map());
    else if (!e.value.nil())
      *old = e.value;
  }
  return merged;
}

bool Request::lists_plugin(Str name) const {
  for (const Value& v : *site.config_->get("plugins").array())
    if (v.str() == name || v.str() == "github-pages") return true;
  return false;
}

bool Request::configure() {
  Site& s = site;
  s.jekyll_ = false;
  for (File* f = files.first(); f && !s.jekyll_; f = f->next)
    if (f->listed || f->presence >= Presence::Listed) {  // one that did not arrive tells as much
      std::size_t slash = f->source.path.find('/');
      s.jekyll_ = slash != Str::npos && one_of(f->source.path.substr(0, slash), kJekyllFolders) >= 0;
    }

  Source defaults{"", kDefaults};
  Value base, own;
  Arena scratch;
  Diagnostics none(scratch);
  yaml::parse(defaults, s.arena_, base, none);
  Presence there = look("_config.yml");
  if (there == Presence::Unknown || there == Presence::Listed) {
    need("_config.yml");
    return false;
  }
  if (there == Presence::Loaded) {
    File& file = *files.find("_config.yml");
    depend(file);
    s.jekyll_ = true;
    if (file.parsed.nil()) {
      if (yaml::parse(file.source, file.arena, file.parsed, file.found) && !file.parsed.map() && !file.parsed.nil())
        file.found.add(Severity::Error, file.source, 0, "the configuration is not a map of keys and values",
                       "write `key: value` lines");
      if (!file.parsed.map()) file.parsed = make_map(file.arena);
    }
    for (const Diagnostic& d : file.found) s.found_.add(d);
    own = file.parsed;
  }
  s.config_ = deep_merge(s.arena_, base.map(), own.map());
  Map& config = *s.config_;

  // Lists that should be lists, and collections as a map, posts among them first.
  Str lists = "include exclude defaults plugins";
  for (Str key; next_piece(lists, ' ', key);)
    if (!config.get(key).array()) {
      s.found_.add(Severity::Error, "_config.yml", arena.join("`", key, "` must be a list"),
                   "write `[a, b]`, or one `- item` a line");
      config.set(key, Value(make_array(s.arena_)));
    }
  auto copy_of = [&](Str key) {
    Array* copy = make_array(s.arena_);
    for (const Value& v : *config.get(key).array()) copy->push(v);
    return copy;
  };
  if (Array* gems = config.get("gems").array()) {  // what old configurations call plugins
    Array* plugins = copy_of("plugins");
    for (const Value& v : *gems) plugins->push(v);
    config.set("plugins", plugins);
  }
  Array* exclude = copy_of("exclude");
  Str rest = kDefaultExcludes;
  for (Str word; next_piece(rest, ' ', word);) exclude->push(word);
  config.set("exclude", exclude);
  Map* collections = make_map(s.arena_);
  collections->set("posts", make_map(s.arena_));
  const Value& given = config.get("collections");
  if (Map* m = given.map()) collections = deep_merge(s.arena_, collections, m);
  if (Array* a = given.array())
    for (const Value& v : *a)
      if (v.is_string() && !collections->find(v)) collections->set(v) = make_map(s.arena_);
  Map* posts = deep_merge(s.arena_, collections->get("posts").map());
  posts->set("output", true);
  if (posts->get("permalink").nil()) posts->set("permalink", permalink_of_style(setting("permalink")));
  collections->set("posts", posts);
  config.set("collections", collections);

  if (s.settings_.baseurl) config.set("baseurl", *s.settings_.baseurl);
  if (s.settings_.url) config.set("url", *s.settings_.url);
  s.baseurl_ = setting("baseurl");
  s.baseurl_ = without_last(s.baseurl_, '/');
  if (!s.baseurl_.empty() && s.baseurl_[0] != '/') s.baseurl_ = s.arena_.join("/", s.baseurl_);
  s.url_ = setting("url");
  s.collections_dir_ = strip(setting("collections_dir"));
  s.markdown_extensions_ = setting("markdown_ext");

  // Markdown's dialect.
  s.markdown_ = markdown::read_options(config.get("kramdown"));
  Str engine = setting("markdown");
  if (!s.jekyll_ || equal_ignoring_case(engine, "GFM") || equal_ignoring_case(engine, "CommonMarkGhPages"))
    s.markdown_.dialect = markdown::Dialect::GitHub;
  else if (equal_ignoring_case(engine.substr(0, 10), "CommonMark"))
    s.markdown_.dialect = markdown::Dialect::CommonMark;
  if (dig(Value(&config), "kramdown.syntax_highlighter").nil() && config.get("highlighter").truthy())
    s.markdown_.highlight = setting("highlighter") == "rouge";

  // The default plugins of GitHub Pages: all of them for a plain folder, else those that are listed.
  auto listed = [&](Str name) { return !s.jekyll_ || lists_plugin(name); };
  s.readme_index_ = listed("jekyll-readme-index");
  s.optional_front_matter_ = listed("jekyll-optional-front-matter");
  s.default_layout_ = listed("jekyll-default-layout");
  s.titles_from_headings_ = listed("jekyll-titles-from-headings");
  s.relative_links_ = listed("jekyll-relative-links");

  // Whose layouts win.
  Str theme = dig(Value(&config), "meridian.theme").str();
  s.theme_ = s.settings_.has_theme ? s.settings_.theme
             : theme == "site"     ? Theme::Site
             : theme == "meridian" ? Theme::Meridian
                                   : Theme::Auto;
  if (s.theme_ == Theme::Auto) {
    bool own_layout = look("_layouts/default.html") >= Presence::Listed, sass = false;
    for (File* f = files.first(); f; f = f->next)
      if (f->presence >= Presence::Listed)
        sass |= starts_with(f->source.path, "_sass/") || ends_with(f->source.path, ".scss") ||
                ends_with(f->source.path, ".sass");
    s.theme_ = own_layout && !sass ? Theme::Site : Theme::Meridian;
    if (own_layout && sass)
      s.found_.add(Severity::Info, "_layouts/default.html",
                   "the site's own layouts are left aside, because its style sheets are Sass",
                   "set `meridian: {theme: site}` in _config.yml to use them all the same");
  }

  s.environment_ = kEnvironment;
  Str mode = dig(Value(&config), "liquid.error_mode").str();
  if (mode == "strict") s.environment_.error_mode = liquid::ErrorMode::Strict;
  if (mode == "lax") s.environment_.error_mode = liquid::ErrorMode::Lax;

  // The clock on the wall.
  Str zone = config.get("timezone").str();
  s.zone_ = nullptr;
  if (!zone.empty() && zone != "UTC" && zone != "Etc/UTC") {
    for (ZoneEntry* z = s.zones_; z; z = z->next)
      if (z->zone.name == zone) s.zone_ = &z->zone;
    if (!s.zone_) {
      needs.zones.add(arena, arena.copy(zone));
      return false;
    }
  }
  return true;
}

}  // namespace meridian::site
