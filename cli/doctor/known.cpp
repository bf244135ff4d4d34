#include "known.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "check/parts.h"
#include "disk.h"
#include "gemfile.h"
#include "meridian/rouge.h"
#include "printable.h"

namespace meridian::cli {

namespace {
/// A setting that has no effect, or another one, unless it has one of these values.
constexpr struct {
  Name group, key;  ///< the group may be empty
  Name fine;        ///< blanks between them; a value that is not there is always fine
  const char *what, *remedy;
} kSettings[] = {
    {"", "lsi", "false", "`lsi` has no effect", "`site.related_posts` are the latest ten posts"},
    {"", "limit_posts", "0", "`limit_posts` has no effect", "all posts are written"},
    {"", "encoding", "utf-8 UTF-8 utf8", "`encoding` has no effect", "save the sources as UTF-8"},
    {"", "highlighter", "rouge", "there is one highlighter, Rouge's",
     "code is coloured by Rouge's classes, or stands without colours"},
    {"kramdown", "syntax_highlighter", "rouge", "there is one highlighter, Rouge's",
     "code is coloured by Rouge's classes, or stands without colours"},
    {"kramdown", "math_engine", "mathjax", "formulas are marked up for MathJax only",
     "the theme sets them by KaTeX; another theme needs a script for them"},
    {"kramdown", "transliterated_header_ids", "false", "`transliterated_header_ids` has no effect",
     "ids of headings keep their letters: links to them change"},
    {"kramdown", "html_to_native", "false", "`html_to_native` has no effect",
     "HTML in Markdown stays as it is written"},
    {"meridian", "tables", "", "rows of `tables` are documents",
     "to Jekyll they are none: write them as files, as academicpages' markdown_generator does"},
    {"meridian", "math", "", "formulas stand between single dollars, too",
     "Jekyll shows these as text: double the dollars"},
};

/// A plugin that is here, and in what its pages differ from those with the gem.
constexpr struct {
  Name name;
  const char* differs;
  const char* mark;  ///< in each page that shows what it made; empty: there is none
} kPlugins[] = {
    {"jemoji", "line breaks and character references around emoji may be written otherwise",
     "class=\"emoji\""},
    {"jekyll-mentions", "white space and character references stay as they are written",
     "class=\"user-mention\""},
    {"jekyll-polyglot",
     "files that are only copied have one address: they are in no folder of a language", ""},
    {"jekyll-last-modified-at", "dates are those of the front matter, not those of git", ""},
    {"jekyll-github-metadata",
     "`site.github` has what `repository` tells; nothing is asked from GitHub", ""},
    {"jekyll-twitter-plugin",
     "posts are a quotation with a link, nothing is asked from the network",
     "jekyll-twitter-plugin"},
    {"jekyll-gist", "the text of a gist for readers without scripts is missing",
     "src=\"https://gist.github.com/"},
    {"jekyll-scholar", "references have the style apa or ieee; pages of details are missing",
     "class=\"bibliography\""},
};
// What they change means the same to browsers.
constexpr Name kCompressors = "jekyll-minifier jekyll-tidy jekyll-compress-html";

/// Sources of converters that are not there.
constexpr struct {
  Name extension;
  const char* what;
} kConverters[] = {
    {".textile", "Textile is not converted"},  {".coffee", "CoffeeScript is not compiled"},
    {".adoc", "AsciiDoc is not converted"},    {".asciidoc", "AsciiDoc is not converted"},
    {".org", "Org is not converted"},          {".rst", "reStructuredText is not converted"},
    {".ipynb", "notebooks are not converted"}, {".haml", "Haml is not converted"},
    {".slim", "Slim is not converted"},        {".pug", "Pug is not converted"},
};

struct Reporter {
  OpenSite& opened;
  const PluginPages& plugins;
  Diagnostics& found;
  Weights& weights;
  std::vector<std::string>& same;
  const site::File* config;

  /// At the place of a word in the settings.
  void add(Str word, Str message, Str remedy) {
    std::size_t at = config ? config->source.text.find(word) : Str::npos;
    if (at == Str::npos)
      found.add({Severity::Info, Rule::Settings}, opened.workspace.site().config_path(), message,
                remedy);
    else
      found.add({Severity::Info, Rule::Settings}, config->source, at, message, remedy);
  }
};

std::string printed(const Value& value) {
  Text text;
  print(value, text);
  return std::string(text.str());
}

void report_settings(Reporter& to, const Map& settings) {
  for (const auto& one : kSettings) {
    Value value = one.group.empty() ? settings.get(one.key) : get(settings.get(one.group), one.key);
    if (!value.nil() && one_of(printed(value), one.fine) < 0) to.add(one.key, one.what, one.remedy);
  }
}

/// The gem of a plugin that is listed as Ruby requires it: jekyll/scholar.
std::string gem_of(std::string name) {
  std::replace(name.begin(), name.end(), '/', '-');
  return name;
}

void report_plugins_here(Reporter& to, const Map& settings) {
  if (!settings.get("gems").nil())
    to.add("gems", "`gems` names plugins, as in Jekyll 3",
           "Jekyll 4 does not read it: name the list `plugins`");
  for (const std::string& name : listed_plugins(settings)) {
    if (one_of(name, kCompressors) >= 0) to.same.push_back("`" + name + "` does not shorten pages");
    for (const auto& one : kPlugins) {
      if (gem_of(name) != Str(one.name)) continue;
      const std::string message = "`" + name + "` differs from the gem";
      const std::size_t pages = to.plugins.of(one.name);
      if (pages == 0) {
        to.same.push_back("no page shows what `" + name + "` makes");
        continue;
      }
      if (pages != Str::npos) to.weights[message] = pages;
      to.add(name, message, one.differs);
    }
  }
}

/// Plugins that only a Gemfile names and that are not here.
void report_gemfile(Reporter& to, const Map& settings, const Options& options) {
  const std::string text = gemfile_of(options);
  std::set<std::string> listed;
  for (const std::string& name : listed_plugins(settings)) listed.insert(gem_of(name));
  for (const GemfilePlugin& plugin : plugins_of_gemfile(text)) {
    Str lack = check::lack_of(plugin.name);
    bool is_plugin = starts_with(plugin.name, "jekyll-") || !lack.empty();
    bool is_theme =
        starts_with(plugin.name, "jekyll-theme-") || settings.get("theme").str() == plugin.name;
    if (is_plugin && !is_theme && !listed.count(plugin.name) && !is_known_plugin(plugin.name))
      to.found.add({Severity::Info, Rule::Plugin}, Source{"Gemfile", text}, plugin.offset,
                   "there is no plugin `" + plugin.name + "` here",
                   lack.empty() ? Str(check::kLacksAll) : lack);
  }
}

/// Files of settings that are read by --config alone.
std::set<std::string> other_settings(const site::Site& site, const std::string& folder) {
  namespace fs = std::filesystem;
  std::set<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    bool read_on_demand = name.rfind("_config", 0) == 0;
    for (const site::File* file : site.config_files()) read_on_demand &= file->source.path != name;
    if (read_on_demand && one_of(it->path().extension().string(), ".yml .yaml .toml") >= 0)
      names.insert(std::move(name));
  }
  return names;
}

/// Converters, further settings, the host of CNAME, source maps.
void report_files(Reporter& to, const Map& settings, const Options& options) {
  bool sheets = false;
  for (const site::File* f = to.opened.workspace.files().first(); f; f = f->next) {
    if (f->presence < site::Presence::Listed) continue;
    Str path = f->source.path, extension = site::extension_of(path);
    for (const auto& one : kConverters)
      if (extension == Str(one.extension) && f->front.matched)
        to.found.add({Severity::Info, Rule::Plugin}, path, one.what,
                     "write it as Markdown or HTML; as it is its text is shown unconverted");
    sheets |= (extension == ".scss" || extension == ".sass") && f->front.matched;
  }
  for (const std::string& name : other_settings(to.opened.workspace.site(), options.source))
    to.found.add({Severity::Info, Rule::Settings}, name, "these settings are not read",
                 "Jekyll reads them as well by `--config` alone, such as `--config " +
                     std::string(to.opened.workspace.site().config_path()) + "," + name + "`");
  Value maps = get(settings.get("sass"), "sourcemap");
  if (sheets && maps.str() != "never")
    to.same.push_back("source maps of style sheets are not written");
  // The host of CNAME is the setting's value by now: the file has the site's own.
  bool has_url = to.config && !get(to.config->parsed, "url").nil();
  if (!has_url && !to.opened.named_host(options).empty())
    to.found.add({Severity::Info, Rule::Settings}, "CNAME",
                 "without `url` addresses of the site have this host",
                 "set `url` in _config.yml, which Jekyll reads, too");
}
}  // namespace

std::vector<std::string> listed_plugins(const Map& settings) {
  std::vector<std::string> names;
  if (Array* listed = settings.get("plugins").array())
    for (const Value& name : *listed)
      if (name.str() != "activesupport") names.emplace_back(name.str());
  return names;
}

void PluginPages::read(Str html) {
  for (const auto& one : kPlugins)
    if (Str mark = one.mark; !mark.empty() && html.find(mark) != Str::npos)
      pages_[std::string(Str(one.name))]++;
}

std::size_t PluginPages::of(Str plugin) const {
  for (const auto& one : kPlugins)
    if (plugin == Str(one.name) && !Str(one.mark).empty()) {
      auto found = pages_.find(std::string(plugin));
      return found == pages_.end() ? 0 : found->second;
    }
  return Str::npos;
}

void report_known_differences(OpenSite& opened, const Options& options, const PluginPages& plugins,
                              Diagnostics& found, Weights& weights,
                              std::vector<std::string>& same) {
  Reporter to{opened, plugins, found, weights, same, opened.workspace.site().config_file()};
  const Map& settings = *opened.workspace.site().config();
  report_settings(to, settings);
  report_plugins_here(to, settings);
  report_gemfile(to, settings, options);
  report_files(to, settings, options);
}

void CodeLanguages::read(const OutputFile& output, Str html) {
  std::set<std::string> seen;
  Tag tag;
  while (next_tag(html, tag.end, tag)) {
    if (tag.closing || !(tag.is("div") || tag.is("code"))) continue;
    for (Str rest = attribute(tag, "class"), one; next_piece(rest, ' ', one);) {
      if (!starts_with(one, "language-")) continue;
      std::string name(one.substr(Str("language-").size()));
      if (rouge::is_known(name) && !rouge::has_lexer(name)) seen.insert(name);
    }
  }
  for (const std::string& name : seen) {
    Use& use = uses_[name];
    if (!use.pages++) use.source = std::string(output.source);
  }
}

void CodeLanguages::report(Diagnostics& found) const {
  for (const auto& [name, use] : uses_) {
    std::string message =
        "code in `" + name + "` is not coloured in written pages, on " + counted(use.pages, "page");
    found.add({Severity::Info, Rule::General}, use.source, message,
              "in the browser another highlighter may colour it");
  }
}

}  // namespace meridian::cli
