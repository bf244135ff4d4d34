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
    {"", "default_locale_in_subfolder", "false", "`default_locale_in_subfolder` has no effect",
     "the first language is in the root"},
    {"meridian", "tables", "", "rows of `tables` are documents",
     "Jekyll doesn't read them: write them as files, as academicpages' markdown_generator does"},
    {"meridian", "math", "", "formulas stand between single dollars, too",
     "Jekyll shows these as text: double the dollars"},
};

/// The row of what jekyll-github-metadata has of a repository that no setting names.
constexpr Name kRepository = "repository";
/// The row of a filter of the lab-website-template, and what its newer versions have, as we do.
constexpr const char *kStrip = "regex_strip", *kNewerStrip = "\\p{N}.,;:-]";

/// Whether jekyll-relative-links takes something else for a link to a file than Markdown does: it
/// reads lines, and knows neither code, comments nor pictures in links.
bool has_other_links(Str text, const std::set<std::string>& names) {
  constexpr Name kFences = "``` ~~~";
  constexpr std::size_t kLongestTarget = 2000;  // bytes: a line may have many without an end
  bool code = false, comment = false;
  for (Str line; next_piece(text, '\n', line);) {
    code ^= one_of(strip(line).substr(0, 3), kFences) >= 0;
    const std::size_t ends = line.rfind("-->"), begins = line.rfind("<!--");
    comment |= begins != Str::npos;
    bool opened = false, picture = false, quoted = false;
    for (std::size_t at = 0; at < line.size(); at++) {
      quoted ^= line[at] == '`';
      picture |= starts_with(line.substr(at), "[![");
      opened |= line[at] == '[';
      if (!starts_with(line.substr(at), "](")) continue;
      Str target = line.substr(at + 2, kLongestTarget);
      target = target.substr(0, target.find(')'));
      target = site::file_name(target.substr(0, target.find_first_of("# ")));
      const bool is_file = names.count(std::string(target));
      const bool around = picture && at > 0 && line[at - 1] == ')';
      if (is_file && (code || comment || quoted || around || !opened)) return true;
    }
    if (ends != Str::npos && (begins == Str::npos || begins < ends)) comment = false;
  }
  return false;
}

Str body_of_page(Str html) {
  const std::size_t at = html.find("<body");
  return at == Str::npos ? html : html.substr(at);
}

/// Whether libxml2, which encodes them, would write an address in the page's body otherwise.
bool has_plain_address(Str body) {
  Tag tag;
  while (next_tag(body, tag.end, tag))
    for (Str name : {"href", "src", "action", "name"})
      for (char c : tag.is("a") || name != "name" ? attribute(tag, name) : Str())
        if (c == ' ' || static_cast<unsigned char>(c) >= 0x80) return true;
  return false;
}

/// Whether jekyll-mentions reads the whole page and writes it again: it has `@name`, also in code.
bool is_parsed_for_mentions(Str html) {
  Str body = body_of_page(html);
  for (std::size_t at = 0; (at = body.find('@', at)) != Str::npos; at++)
    if (!is_alnum(char_at(body, at - 1)) && is_alnum(char_at(body, at + 1)))
      return has_plain_address(body);
  return false;
}

/// The same of jemoji and `:name:`; times and numbers have colons, too.
bool is_parsed_for_emoji(Str html) {
  for (std::size_t at = 0, end; (at = html.find(':', at)) != Str::npos; at = end) {
    bool letter = false;
    for (end = at + 1; is_alnum(char_at(html, end)) || is_one_of(char_at(html, end), "_+-"); end++)
      letter |= is_alpha(html[end]);
    if (letter && char_at(html, end) == ':') return has_plain_address(body_of_page(html));
  }
  return false;
}

/// Whether a template asks for `site.github`, not for a setting such as `site.github_username`.
bool has_github(Str text, const std::set<std::string>&) {
  constexpr Name kKey = "site.github";
  for (std::size_t at = 0; (at = text.find(kKey, at)) != Str::npos; at++)
    if (char c = char_at(text, at + kKey.size()); !is_alnum(c) && c != '_' && c != '-') return true;
  return false;
}

/// Whether a template prints an address of the site.
bool has_site_address(Str text, const std::set<std::string>&) {
  for (Str word :
       {"site.url", "site.baseurl", "relative_url", "absolute_url", "{% seo", "feed_meta"})
    if (text.find(word) != Str::npos) return true;
  return false;
}

/// A plugin that is here, and in what its pages differ from those with the gem.
constexpr struct {
  Name name;
  const char* differs;
  const char* mark;       ///< in each page that shows what it made; empty: there is none
  const char* word = "";  ///< in the sources of each page that may differ, where there is no mark
  /// Whether such a source may differ, where a word does not tell; `names` of the site's files.
  bool (*tells)(Str text, const std::set<std::string>& names) = nullptr;
  /// Whether a page without the mark may differ.
  bool (*changes)(Str html) = nullptr;
} kPlugins[] = {
    {"jemoji", "line breaks, character references and addresses may be written otherwise",
     "class=\"emoji\"", "", nullptr, is_parsed_for_emoji},
    {"jekyll-mentions", "white space, character references and addresses stay as they are written",
     "class=\"user-mention\"", "", nullptr, is_parsed_for_mentions},
    {kRepository, "", "", "{", has_site_address},
    {kStrip, "", "", kStrip},
    {"jekyll-polyglot",
     "files that are only copied have one address: they are in no folder of a language", ""},
    {"jekyll-last-modified-at", "dates are those of the front matter, not those of git", "",
     "last_modified_at"},
    {"jekyll-github-metadata",
     "`site.github` has what `repository` says; nothing is requested from GitHub", "",
     "site.github", has_github},
    {"jekyll-include-cache",
     "an include is made for each page, where the gem keeps that of the first page", "",
     "include_cached"},
    {"jekyll-relative-links",
     "links over a line's end or around a picture lead to pages too; those in code and comments "
     "stay as they are written",
     "", "](", has_other_links},
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

/// A command beside `jekyll build`, which it does not change.
constexpr Name kCommands = "jekyll-algolia";

/// Sources of converters that are not there.
constexpr struct {
  Name extension;
  const char* what;
  const char* instead = "Markdown or HTML";
} kConverters[] = {
    {".textile", "Textile is not converted"},
    {".adoc", "AsciiDoc is not converted"},
    {".asciidoc", "AsciiDoc is not converted"},
    {".org", "Org is not converted"},
    {".rst", "reStructuredText is not converted"},
    {".ipynb", "notebooks are not converted"},
    {".haml", "Haml is not converted"},
    {".slim", "Slim is not converted"},
    {".pug", "Pug is not converted"},
    {".coffee", "CoffeeScript is not compiled", "JavaScript"},
};

struct Reporter {
  OpenSite& opened;
  const PluginPages& plugins;
  Diagnostics& found;
  Weights &weights, &most;
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
        if (!one.tells) to.same.push_back("no page shows what `" + name + "` makes");
        continue;
      }
      bool may = !Str(one.word).empty() || one.changes;
      if (pages != Str::npos) (may ? to.most : to.weights)[message] = pages;
      to.add(name, message, one.differs);
    }
  }
}

bool lists(const Map& settings, Str plugin) {
  for (const std::string& name : listed_plugins(settings))
    if (name == plugin) return true;
  return false;
}

/// jekyll-github-metadata takes `url` and `baseurl` from the repository, which GitHub names to it.
void report_repository(Reporter& to, const Map& settings, const Options& options) {
  const std::size_t pages = to.plugins.of(kRepository);
  if (!pages || !lists(settings, "jekyll-github-metadata") || !settings.get("url").nil() ||
      options.url || settings.get("repository").str().find('/') != Str::npos)
    return;
  const char* message = "without `repository` addresses of the site have no `url` and `baseurl`";
  to.most[message] = pages;
  to.found.add({Severity::Info, Rule::Settings}, to.opened.workspace.site().config_path(), message,
               "set `repository: owner/name` in _config.yml, which GitHub passes to Jekyll");
}

/// A filter of the site's own in Ruby with the name of one that is here and does something else.
void report_older_filter(Reporter& to) {
  const std::size_t pages = to.plugins.of(kStrip);
  for (const site::File* f = to.opened.workspace.files().first(); f && pages; f = f->next) {
    Str ruby = f->source.text;
    if (!check::is_ruby_plugin(*f) || ruby.find("def regex_strip") == Str::npos ||
        ruby.find(kNewerStrip) != Str::npos)
      continue;
    const char* message = "the filter `regex_strip` is that of newer lab-website-templates";
    to.most[message] = pages;
    to.found.add({Severity::Info, Rule::Settings}, f->source.path, message,
                 "it keeps . , ; : and -, and makes one blank of several");
  }
}

/// Plugins that only a Gemfile names and that are not here.
void report_gemfile(Reporter& to, const Map& settings, const Options& options) {
  const std::string text = gemfile_of(options);
  std::set<std::string> listed;
  for (const std::string& name : listed_plugins(settings)) listed.insert(gem_of(name));
  for (const GemfilePlugin& plugin : plugins_of_gemfile(text)) {
    Str lack = check::lack_of(plugin.name);
    bool is_plugin = (starts_with(plugin.name, "jekyll-") || !lack.empty()) &&
                     one_of(plugin.name, kCommands) < 0;
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
        to.found.add(
            {Severity::Info, Rule::Plugin}, path, one.what,
            "write it as " + std::string(one.instead) + "; as it is its text is not converted");
    sheets |= (extension == ".scss" || extension == ".sass") && f->front.matched;
  }
  for (const std::string& name : other_settings(to.opened.workspace.site(), options.source)) {
    std::string said = "`" + name + "` is read by `--config ";
    said.append(to.opened.workspace.site().config_path()).append(",").append(name);
    to.same.push_back(said.append("` alone, as by Jekyll"));
  }
  Value maps = get(settings.get("sass"), "sourcemap");
  if (sheets && maps.str() != "never")
    to.same.push_back("source maps of style sheets are not written");
  // The host of CNAME is the setting's value by now: the file has the site's own.
  bool has_url = to.config && !get(to.config->parsed, "url").nil();
  // jekyll-github-metadata takes the host, too.
  if (has_url || lists(settings, "jekyll-github-metadata") || to.opened.named_host(options).empty())
    return;
  const char* message = "without `url` addresses of the site have this host";
  if (!to.plugins.with_host()) return to.same.push_back("no page shows the host of CNAME");
  to.weights[message] = to.plugins.with_host();
  to.found.add({Severity::Info, Rule::Settings}, "CNAME", message,
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

PluginPages::PluginPages(Workspace& workspace, const std::string& host)
    : workspace_(workspace), host_(host.empty() ? host : "//" + host) {
  for (const site::File* f = workspace.files().first(); f; f = f->next)
    if (f->presence >= site::Presence::Listed && !f->generated)
      names_.emplace(site::file_name(f->source.path));
}

bool PluginPages::uses(Str path, std::size_t plugin) {
  auto [known, added] = words_.try_emplace(std::string(path));
  if (added) {
    const site::File* file = workspace_.files().find(path);
    for (const auto& one : kPlugins)
      known->second.push_back(file && !Str(one.word).empty() &&
                              file->source.text.find(one.word) != Str::npos &&
                              (!one.tells || one.tells(file->source.text, names_)));
  }
  return known->second[plugin];
}

void PluginPages::read(Str html, const List<Str>& sources) {
  with_host_ += !host_.empty() && html.find(host_) != Str::npos;
  for (std::size_t i = 0; i < std::size(kPlugins); i++) {
    Str mark = kPlugins[i].mark;
    bool shows = !mark.empty() && html.find(mark) != Str::npos;
    shows = shows || (kPlugins[i].changes && kPlugins[i].changes(html));
    for (Str path : sources) shows = shows || uses(path, i);
    if (shows) pages_[std::string(Str(kPlugins[i].name))]++;
  }
}

std::size_t PluginPages::of(Str plugin) const {
  for (const auto& one : kPlugins)
    if (plugin == Str(one.name) && (one.mark[0] || one.word[0])) {
      auto found = pages_.find(std::string(plugin));
      return found == pages_.end() ? 0 : found->second;
    }
  return Str::npos;
}

void report_known_differences(OpenSite& opened, const Options& options, const PluginPages& plugins,
                              Diagnostics& found, Weights& weights, Weights& most,
                              std::vector<std::string>& same) {
  Reporter to{opened, plugins, found, weights, most, same, opened.workspace.site().config_file()};
  const Map& settings = *opened.workspace.site().config();
  report_settings(to, settings);
  report_plugins_here(to, settings);
  report_repository(to, settings, options);
  report_older_filter(to);
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
