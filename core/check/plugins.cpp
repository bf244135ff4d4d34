// Plugins of a site that Meridian does not have, and what its pages lack without them.
#include "names.h"
#include "settings.h"

namespace meridian::check {

namespace {
/// Part of a name, and what pages lack.
constexpr struct {
  const char *name, *lack;
} kLacks[] = {
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
    {"youtube", "videos by its tag are missing"},
    {"figure", "pictures by its tag are missing"},
    {"octicons", "icons by its tag are missing"},
    {"coffeescript", "scripts stay as they are written"},
    {"assets", "style sheets, scripts and pictures by its tags are missing"},
    {"postcss", "style sheets have no prefixes for old browsers"},
    {"autoprefixer", "style sheets have no prefixes for old browsers"},
    {"lazy", "pictures load without waiting"},
};

/// Where the settings list it.
std::size_t place_of(const Sources& s, Str name) {
  if (s.outline)
    for (const yaml::Node* setting : s.outline->nodes)
      if (one_of(setting->key, "plugins gems") >= 0)
        for (const yaml::Node* item : setting->nodes)
          if (item->text == name) return item->at;
  return 0;
}

void report_missing(Sources& s, const Source& config, Str name, Str known) {
  Str lack = lack_of(name), message = s.arena.join("there is no plugin `", name, "`");
  Nearest nearest(name);
  if (lack.empty()) nearest.consider_all(known);
  if (!nearest.name().empty())
    s.diagnostics.add({Severity::Warning, Rule::Plugin}, config, place_of(s, name), message,
                      s.arena.join("did you mean `", nearest.name(), "`?"));
  else
    s.diagnostics.add({Severity::Info, Rule::Plugin}, config, place_of(s, name),
                      s.arena.join(message, " here"), lack.empty() ? Str(kLacksAll) : lack);
}

/// Filters and tags of public templates that are here (core/site/liquid/filters_ruby.cpp,
/// core/theme/_plugins).
constexpr Name kFiltersHere =
    "array_carve array_filter bust_css_cache bust_file_cache data_filter emojify file_exists "
    "file_read "
    "google_fonts hash_default hideCustomBibtex is_nil object_items regex_remove "
    "regex_remove_once regex_replace regex_replace_once regex_scan regex_strip remove_accents";
constexpr Name kTagsHere = "details file_exists";

/// What else a text in Ruby makes, by a word in it.
constexpr struct {
  const char *word, *what;
} kOthers[] = {{"Generator", "pages or data"},
               {"Converter", "a converter"},
               {"Hooks.register", "changes of what is rendered"}};

/// Whether a text in Ruby defines one of them: its other methods help it.
bool defines_filter_here(Str ruby) {
  constexpr Name kDef = "def ";
  for (std::size_t at = 0; (at = ruby.find(kDef, at)) != Str::npos;) {
    at += kDef.size();
    if (one_of(slice(ruby, at, ruby.find_first_of("( \n", at)), kFiltersHere) >= 0) return true;
  }
  return false;
}

/// Whether a text in Ruby has a word: `Converter` is not in `Converters::Markdown`.
bool has_word(Str ruby, Str word) {
  for (std::size_t at = 0; (at = ruby.find(word, at)) != Str::npos;)
    if (!is_alnum(char_at(ruby, at += word.size()))) return true;
  return false;
}

/// What a text in Ruby registers with Liquid and Jekyll, and is not here. False when it is all
/// here; empty when it can't be told.
bool made_in_ruby(Arena& arena, Str ruby, bool& liquid, Str& what) {
  Text made;
  bool known = false;
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
    bool here = one_of(slice(name, 0, end), kTagsHere) >= 0;
    known |= here;
    if (!here) add(arena.join("the tag `", slice(name, 0, end), "`"));
  }
  if (ruby.find("register_filter") != Str::npos) {
    bool here = defines_filter_here(ruby);
    known |= here;
    if (!here) add("filters");
  }
  liquid = !made.empty();
  for (const auto& other : kOthers)
    if (has_word(ruby, other.word)) add(other.what);
  what = arena.copy(made.str());
  return !known || !made.empty();
}

/// The names of `plugins` that are looked up: a longer list is no site's.
constexpr std::uint32_t kMostPlugins = 100;
}  // namespace

Str lack_of(Str plugin) {
  for (const auto& known : kLacks)
    if (plugin.find(known.name) != Str::npos) return known.lack;
  return {};
}

bool is_ruby_plugin(const site::File& f) {
  Str path = f.source.path;
  return starts_with(path, "_plugins/") && site::extension_of(path) == ".rb" &&
         path.find("/.") == Str::npos && f.presence >= site::Presence::Listed;
}

bool makes_more(Str ruby) {
  for (const auto& other : kOthers)
    if (has_word(ruby, other.word)) return true;
  return false;
}

bool reads_elsewhere(Str ruby) {
  Str words = "File.,Dir.,Dir[,IO.,Pathname,Net::,open-uri,URI.open,Open3,system(,Kernel.";
  for (Str word; next_piece(words, ',', word);)
    if (ruby.find(word) != Str::npos) return true;
  return false;
}

void check_plugins(Sources& s) {
  const site::File* config = s.site().config_file();
  Array* listed = s.site().config()->get("plugins").array();
  const Setting* setting = SettingTable(s.arena).find("plugins[]");
  Str known = setting ? setting->values : Str();
  for (std::uint32_t i = 0; config && listed && i < listed->size() && i < kMostPlugins; i++) {
    Str name = (*listed)[i].str();
    // A file of the site's own is reported below; `activesupport` is what one of them loads.
    if (name.empty() || one_of(name, known) >= 0 || starts_with(name, "jekyll-theme-") ||
        ends_with(name, ".rb") || name == "activesupport")
      continue;
    report_missing(s, config->source, name, known);
  }
  for (const site::File* f = s.workspace.files().first(); f; f = f->next) {
    if (!is_ruby_plugin(*f)) continue;
    bool liquid = true;
    Str made, ruby = f->source.text;
    if (!made_in_ruby(s.arena, ruby, liquid, made)) continue;
    s.diagnostics.add(
        {Severity::Info, Rule::Plugin}, f->source.path,
        s.arena.join("plugins in Ruby are not run, the pages lack what it makes", made),
        !liquid                 ? "put what it makes into files of the site"
        : reads_elsewhere(ruby) ? "it reads files or asks the network, which plugins in JavaScript "
                                  "can't: put what it makes into _data"
                                : "write its tags and filters in JavaScript, as _plugins/NAME.js");
  }
}

}  // namespace meridian::check
