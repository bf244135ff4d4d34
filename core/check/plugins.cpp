// Plugins of a site that Meridian does not have, and what its pages lack without them.
#include "parts.h"

namespace meridian::check {

namespace {
/// Those that Meridian has, those whose pages are the same without them, and themes.
constexpr Name kFine =
    "github-pages jekyll-redirect-from jekyll-seo-tag jekyll-feed jekyll-sitemap jekyll-paginate "
    "jekyll-gist jekyll-include-cache jemoji jekyll-optional-front-matter jekyll-readme-index "
    "jekyll-default-layout jekyll-titles-from-headings jekyll-relative-links jekyll-toc "
    "jekyll-archives jekyll-paginate-v2 jekyll-email-protect jekyll-twitter-plugin "
    "jekyll-commonmark jekyll-commonmark-ghpages jekyll-sass-converter jekyll-remote-theme "
    "jekyll-admin jekyll-compose jekyll-watch jekyll-livereload jekyll-minifier jekyll-tidy "
    "jekyll-compress-html jekyll-data jekyll-katex jekyll-mathjax kramdown-math-katex "
    "html-proofer jekyll-last-modified-at jekyll-github-metadata "
    "jekyll-target-blank jekyll-link-attributes jekyll-mentions jekyll-avatar jekyll-timeago "
    "jekyll-scholar jekyll/scholar jekyll-polyglot";

/// Part of a name, and what pages lack.
constexpr struct {
  const char *name, *lack;
} kLacks[] = {
    {"multiple-languages",
     "each page exists in the language of its source alone: give every translation a `permalink` "
     "of its own, such as /de/about/, and all of them one `ref`"},
    {"spaceship", "its tables, media and diagrams stay as they are written"},
    {"imagemagick",
     "set `imagemagick: {enabled: false}`, or pages ask for sizes that are not made"},
    {"picture", "pictures by its tag are missing"},
    {"responsive", "pictures by its tag are missing"},
    {"jupyter", "notebooks are missing"},
    {"mermaid", "diagrams by its tag are missing: write them as code blocks of `mermaid`"},
    {"diagrams", "diagrams by its tags are missing, code blocks of `mermaid` are drawn"},
    {"plantuml", "diagrams stay text"},
    {"get-json", "data from the network is missing: put it into _data"},
    {"algolia", "its index for a search is missing"},
    {"lunr", "its index for a search is missing"},
    {"search", "its index for a search is missing"},
    {"tabs", "what stands in its tabs is shown one below the other"},
    {"youtube", "videos by its tag are missing"},
    {"figure", "pictures by its tag are missing"},
    {"octicons", "icons by its tag are missing"},
    {"coffeescript", "scripts stay as they are written"},
    {"assets", "style sheets, scripts and pictures by its tags are missing"},
    {"postcss", "style sheets have no prefixes for old browsers"},
    {"autoprefixer", "style sheets have no prefixes for old browsers"},
    {"lazy", "pictures load without waiting"},
};

Str lack_of(Str name) {
  for (const auto& known : kLacks)
    if (name.find(known.name) != Str::npos) return known.lack;
  return "its tags, filters and pages are missing";
}

/// What a text in Ruby registers with Liquid and Jekyll; empty when it can't be told.
Str made_in_ruby(Arena& arena, Str ruby, bool& liquid) {
  Text made;
  auto add = [&](Str what) {
    made.add(made.empty() ? ": " : ", ");
    made.add(what);
  };
  constexpr Name kTag = "register_tag";
  for (std::size_t at = 0; (at = ruby.find(kTag, at)) != Str::npos;) {
    at += kTag.size();
    Str name = slice(ruby, ruby.find_first_not_of(" (:'\"", at));
    std::size_t end = 0;
    while (end < name.size() && (is_alnum(name[end]) || name[end] == '_')) end++;
    add(arena.join("the tag `", slice(name, 0, end), "`"));
  }
  if (ruby.find("register_filter") != Str::npos) add("filters");
  liquid = !made.empty();
  constexpr struct {
    const char *word, *what;
  } kOthers[] = {{"Generator", "pages or data"},
                 {"Converter", "a converter"},
                 {"Hooks.register", "changes of what is rendered"}};
  for (const auto& other : kOthers)
    if (ruby.find(Str(other.word)) != Str::npos) add(other.what);
  return arena.copy(made.str());
}

/// The names of `plugins` that are looked up: a longer list is no site's.
constexpr std::uint32_t kMostPlugins = 100;
}  // namespace

void check_plugins(Sources& s) {
  const site::File* config = s.workspace.files().find("_config.yml");
  Array* listed = s.site().config()->get("plugins").array();
  for (std::uint32_t i = 0; config && listed && i < listed->size() && i < kMostPlugins; i++) {
    Str name = (*listed)[i].str();
    if (name.empty() || one_of(name, kFine) >= 0 || starts_with(name, "jekyll-theme-")) continue;
    std::size_t at = config->source.text.find(name);
    s.diagnostics.add({Severity::Info, Rule::Plugin}, config->source, at == Str::npos ? 0 : at,
                      s.arena.join("there is no plugin `", name, "` here"), lack_of(name));
  }
  for (const site::File* f = s.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path;
    if (starts_with(path, "_plugins/") && site::extension_of(path) == ".rb" &&
        f->presence >= site::Presence::Listed) {
      bool liquid = true;
      Str made = made_in_ruby(s.arena, f->source.text, liquid);
      s.diagnostics.add(
          {Severity::Info, Rule::Plugin}, path,
          s.arena.join("plugins in Ruby are not run, the pages lack what it makes", made),
          liquid ? "write its tags and filters in JavaScript, as _plugins/NAME.js"
                 : "put what it makes into files of the site");
    }
  }
}

}  // namespace meridian::check
