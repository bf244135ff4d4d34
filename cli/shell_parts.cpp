#include "shell_parts.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "disk.h"
#include "meridian/site_search.h"
#include "meridian/text.h"
#include "shell.h"
#include "shell_names.h"

namespace meridian::cli {

namespace {

constexpr std::string_view kFolder = "meridian/", kIcons = "meridian/icons/";
constexpr std::size_t kMostFiles = 6, kMostWords = 5;
/// Bytes of a page in which a person with links may be: front matter.
constexpr std::size_t kFront = 4096;

/// A feature of a site.
struct Part {
  /// How the names of its files in `meridian/` begin.
  std::string_view files[kMostFiles];
  /// One of these is in a source that uses it: in its text or in its path.
  std::string_view words[kMostWords];
};

enum : std::size_t { kCard, kNotes, kSearch, kKramdown };
constexpr Part kParts[] = {
    // Pages of other people that load the card from this site are named by meridian.card.
    {{"profile", "embed.", "live.wasm"}, {"meridian-profile", "meridian/profile", "embed.html"}},
    {{"notes"}, {"[["}},
    {{"search", "stems/", "indexer.wasm"}, {}},
    // The feed has typography, whatever the dialect of the pages.
    {{"kramdown.wasm"}, {"smartify", "jekyll-feed"}},
    {{"places/", "travel.wasm", "globe", "land-", "countries", "stills.wasm"},
     {"globe", "itinerary", "meridian-profile"}},
    {{"mermaid/", "diagrams."}, {"mermaid"}},
    {{"math.js", "katex.js"}, {"$", "\\(", "\\[", "\\begin", "math"}},
    {{"bibliography.wasm"}, {"bibliography", "cite", ".bib", "reference", "publications"}},
    {{"publications"}, {"publications"}},
    {{"cv."}, {"cv"}},
    {{"octicons.txt"}, {"octicon"}},
    {{"plugin-host.js", "plugins.js"}, {"_plugins/"}},
    {{"highlight/", "grammars.js"}, {"```", "~~~", "highlight", "language-"}},
    {{"sass.wasm", "fetched-theme.js"}, {".scss", ".sass", "theme"}},
    {{"comments.js"}, {"comments"}},
    {{"analytics.js"}, {"analytics"}},
    {{"aids.js"}, {"aids"}},
    {{"edit.js"}, {"edit", "playground"}},
    {{"lightbox.js"}, {"![", "<img", "image", "gallery", "figure"}},
    // The worker answers with written pages, which have the script of their button.
    {{"offline.js", "live.wasm", "scheme.js"}, {"offline"}},
    // For `build` and the playground's export alone.
    {{"shell.json", "scheme.js"}, {}},
    {{"live-rest.wasm"}, {"playground"}},
    // For pages of other hosts, and a page that is made by hand.
    {{"hashes.json", "one-file"}, {}},
    {{"site.js"}, {"meridian/site.js"}},
};
constexpr std::size_t kCount = sizeof kParts / sizeof *kParts;

bool has(Str text, std::string_view word) {
  return text.find(Str(word.data(), word.size())) != Str::npos;
}

/// A letter or digit of a name of an icon.
bool is_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

/// Adds the words of a text that may be names of icons.
void add_words(std::set<std::string>& words, Str text) {
  for (std::size_t at = 0, end; at < text.size(); at = end + 1) {
    for (end = at; end < text.size() && is_of_name(text[end]);) end++;
    if (end > at) words.emplace(text.substr(at, end - at));
  }
}

/// Whether nothing is known to be unused: a theme that browsers fetch may need any file.
bool wants_all(const site::Site& site) {
  const Map* config = site.config();
  return !config || !config->get("remote_theme").nil() ||
         get(config->get("meridian"), "shell").str() == "all";
}

/// Removes files of features that no source names.
void keep_used(OpenSite& opened, const Options& options, std::vector<std::string>& files) {
  Value settings = opened.workspace.site().config()->get("meridian");
  bool classes = false, used[kCount] = {};
  used[kCard] = get(settings, "card").truthy();
  used[kNotes] = site::has_notes(opened.workspace.site());
  used[kSearch] = site::has_search(opened.workspace.site());
  used[kKramdown] = opened.workspace.site().markdown().dialect == markdown::Dialect::Kramdown;
  std::set<std::string> words;
  for (const site::File* f = opened.workspace.files().first(); f; f = f->next) {
    if (f->generated) continue;
    Str path = f->source.path, text = f->bytes ? f->source.text : Str();
    std::string copied;
    if (!f->bytes && f->published && may_name_files(path) &&
        read_file(opened.place_of(options, path), copied))
      text = copied;
    for (std::size_t i = 0; i < kCount; i++)
      for (std::string_view word : kParts[i].words)
        if (!used[i] && !word.empty()) used[i] = has(text, word) || has(path, word);
    // Font Awesome's and Academicons' classes, and addresses.
    classes |= has(text, "fa-") || has(text, "ai-") || has(text, "meridian/icons");
    // Whom a page names has links, each with an icon of its name.
    Str front = text.substr(0, kFront);
    if (opened.workspace.site().has_settings(path) || path.starts_with("_data/"))
      add_words(words, text);
    else if (has(front, "author"))
      add_words(words, front);
  }
  auto is_unused = [&](const std::string& file) {
    std::string_view name = file;
    if (name.substr(0, kIcons.size()) == kIcons) {
      name.remove_prefix(kIcons.size());
      return !classes && !words.count(std::string(name.substr(0, name.find('.'))));
    }
    name.remove_prefix(kFolder.size());
    bool named = false;  // several features may need a file
    for (std::size_t i = 0; i < kCount; i++)
      for (std::string_view start : kParts[i].files)
        if (!start.empty() && name.substr(0, start.size()) == start) {
          if (used[i]) return false;
          named = true;
        }
    return named;
  };
  files.erase(std::remove_if(files.begin(), files.end(), is_unused), files.end());
}

/// Removes words of the interface and stems in languages that the site does not name.
void keep_languages(OpenSite& opened, std::vector<std::string>& files) {
  // As `lang: de` in front matter, `locale: pt-BR`, or in a list of languages.
  std::set<std::string> named{"en"};
  for (const site::File* f = opened.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path;
    if (f->generated || !f->bytes) continue;
    bool settings = opened.workspace.site().has_settings(path) || path.starts_with("_data/");
    add_words(named, settings ? f->source.text : f->source.text.substr(0, kFront));
  }
  auto is_other = [&](const std::string& file) {
    for (std::string_view folder : {"meridian/messages/", "meridian/stems/"})
      if (std::string_view(file).starts_with(folder)) {
        std::string tag = file.substr(folder.size(), file.find('.') - folder.size());
        for (const std::string& word : named)
          if (word.starts_with(tag) && (word.size() == tag.size() || word[tag.size()] == '-'))
            return false;
        return true;
      }
    return false;
  };
  files.erase(std::remove_if(files.begin(), files.end(), is_other), files.end());
  bool others = std::any_of(files.begin(), files.end(), [](const std::string& file) {
    return std::string_view(file).starts_with("meridian/messages/");
  });
  if (!others) leave_out(files, "meridian/words.txt");
}

}  // namespace

void leave_out(std::vector<std::string>& files, const std::string& path) {
  auto is_that = [&](const std::string& file) { return uncompressed(file) == Str(path); };
  files.erase(std::remove_if(files.begin(), files.end(), is_that), files.end());
}

std::vector<std::string> shell_of_sources(OpenSite& opened, const Options& options) {
  std::vector<std::string> files = shell_files(options);
  if (!options.compress) {
    auto is_compressed = [](const std::string& file) { return uncompressed(file) != Str(file); };
    files.erase(std::remove_if(files.begin(), files.end(), is_compressed), files.end());
  }
  for (const char* reader : {kSegmentsReader, kSearchKeys}) leave_out(files, reader);
  if (wants_all(opened.workspace.site())) return files;
  keep_used(opened, options, files);
  keep_languages(opened, files);
  return files;
}

void take_along(std::vector<std::string>& files, const Options& options, const std::string& path) {
  auto take = [&](const std::string& file) {
    std::error_code error;
    if (std::filesystem::exists(shell_folder(options) / file, error)) files.push_back(file);
  };
  take(path);
  if (!options.compress) return;
  for (const char* ending : kCompressed) take(path + ending);
}

}  // namespace meridian::cli
