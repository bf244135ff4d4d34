#include "settings.h"

#include <algorithm>
#include <map>

#include "disk.h"
#include "front.h"

namespace fs = std::filesystem;

namespace meridian::cli::hugo {

namespace {
// Each is looked for in all pages.
constexpr std::size_t kMostTaxonomies = 100, kMostLanguages = 200;
// Settings of thousands of lines; the rest of a larger file can't be such.
constexpr std::size_t kMostSettings = std::size_t(1) << 20;

/// The key below which a file of settings counts: none for `hugo.toml`, `params` for
/// `config/_default/params.yaml`. False when the file is none of settings.
bool key_of_file(const std::string& path, std::string& key) {
  Str folder = "config/_default/";
  bool apart = starts_with(path, folder);
  std::string name = apart ? path.substr(folder.size()) : path;
  if (!is_data(name) || name.find('/') != name.npos) return false;
  key = fs::path(name).stem().string();
  if (key == "hugo" || key == "config") {
    key.clear();
    return true;
  }
  return apart;
}

/// As get_any_case() compares.
std::string key_in_lower_case(Str s) {
  std::string out;
  for (char c : s) out += lower(c);
  return out;
}

/// Copies entries that are not there; of maps those within.
void merge(Map& into, const Map& from, int levels) {
  std::map<std::string, Map*> there;  // by names in lower case; nullptr for what is no map
  for (const Map::Entry& entry : into)
    there[key_in_lower_case(entry.key.str())] = entry.value.map();
  for (const Map::Entry& entry : from) {
    if (!entry.key.is_string()) continue;
    auto [old, added] = there.emplace(key_in_lower_case(entry.key.str()), entry.value.map());
    if (added)
      into.set(entry.key) = entry.value;
    else if (old->second && entry.value.map() && levels > 0)
      merge(*old->second, *entry.value.map(), levels - 1);
  }
}
/// Lists of terms name the taxonomy in Liquid.
bool is_taxonomy_name(Str name) {
  for (char c : name)
    if (!is_alnum(c) && c != '_' && c != '-') return false;
  return !name.empty();
}
}  // namespace

const Value& get_any_case(const Map& map, Str key) {
  static const Value nothing;
  for (const Map::Entry& entry : map)
    if (equal_ignoring_case(entry.key.str(), key)) return entry.value;
  return nothing;
}

void Settings::add(const std::string& path, const Value& value, Arena& arena) {
  std::string key;
  (void)key_of_file(path, key);
  Map* read = value.map();
  if (!key.empty()) {
    // `menus.en.yaml` is that of a language.
    key = key.substr(0, key.find('.'));
    read = make_map(arena);
    read->set(Value(arena.copy(key))) = value;
  }
  constexpr int kLevels = 3;  // files of settings share no deeper maps
  if (read) merge(*all_, *read, kLevels);
}

bool Settings::read(const fs::path& root, const std::vector<SourceFile>& files, Arena& arena,
                    Diagnostics& found) {
  all_ = make_map(arena);
  params_ = make_map(arena);
  std::vector<std::string> paths;
  std::string key;
  for (const SourceFile& file : files)
    if (key_of_file(file.path, key)) paths.push_back(file.path);
  std::sort(paths.begin(), paths.end());
  // Hugo takes one file beside the folders, `hugo` before `config`.
  auto beside = [](const std::string& path) { return path.find('/') == path.npos; };
  auto last = std::find_if(paths.rbegin(), paths.rend(), beside);
  std::string chosen = last == paths.rend() ? std::string() : *last;
  for (const std::string& path : paths) {
    if (beside(path) && path != chosen) continue;
    File file{path, {}};
    Value value;
    if (!read_file(root / path, file.text, kMostSettings))
      found.add({Severity::Error, Rule::Unreadable}, path, "the file can't be read",
                "let this user read it");
    else if (read_data({path, file.text}, arena, value, found))
      add(path, value, arena);
    files_.push_back(std::move(file));
  }
  if (Map* params = get("params").map()) params_ = params;
  patterns_ = get("permalinks").map();
  rules.keeps_case = get("disablePathToLower").truthy();
  rules.ugly = get("uglyURLs").truthy();
  read_taxonomies(found);
  read_languages(found);
  return !paths.empty();
}

void Settings::read_taxonomies(Diagnostics& found) {
  const Map* given = get("taxonomies").map();
  if (!given) taxonomies_ = {"tags", "categories"};
  for (std::uint32_t i = 0; given && i < given->size(); i++)
    if (Str plural = given->entries[i].value.str();
        is_taxonomy_name(plural) && taxonomies_.size() < kMostTaxonomies)
      taxonomies_.emplace_back(plural);
    else
      report("taxonomies", "a taxonomy has a name that Liquid can't have, or is one too many",
             "use letters, digits, `_` and `-`; at most 100 are read", found);
}

bool Settings::has_read(const std::string& path) const {
  auto found = std::lower_bound(  // read() sorts them
      files_.begin(), files_.end(), path,
      [](const File& file, const std::string& wanted) { return file.path < wanted; });
  return found != files_.end() && found->path == path;
}

bool Settings::is_taxonomy(const std::string& name) const {
  return std::find(taxonomies_.begin(), taxonomies_.end(), name) != taxonomies_.end();
}

void Settings::read_languages(Diagnostics& found) {
  language_ = std::string(get("defaultContentLanguage").str());
  if (language_.empty()) language_ = "en";
  const Map* given = get("languages").map();
  for (std::uint32_t i = 0; given && i < given->size(); i++) {
    const Map::Entry& entry = given->entries[i];
    const Map* one = entry.value.map();
    if (!one || entry.key.str().empty()) continue;
    if (languages_.size() >= kMostLanguages)
      return report("languages", "there are more than 200 languages", "the rest is not read",
                    found);
    std::string folder(get_any_case(*one, "contentDir").str());
    if (starts_with(folder, kContent))
      folder = folder.substr(Str(kContent).size()) + "/";
    else
      folder.clear();
    languages_.push_back({std::string(entry.key.str()), folder});
  }
}

std::string Settings::prefix_of(const std::string& language) const {
  if (languages_.empty()) return {};
  bool below = language != language_ || get("defaultContentLanguageInSubdir").truthy();
  return below ? "/" + address_part(language, rules) : std::string();
}

Str Settings::pattern(Str name, bool terms) const {
  if (!patterns_) return {};
  const Map* kind = get_any_case(*patterns_, terms ? "term" : "page").map();
  if (kind && !get_any_case(*kind, name).str().empty()) return get_any_case(*kind, name).str();
  return get_any_case(*patterns_, name).str();
}

void Settings::report(Str word, Str message, Str remedy, Diagnostics& found) const {
  if (found.full()) return;  // a search for each of thousands would take long
  for (const File& file : files_)
    if (std::size_t at = find_word(file.text, word); at != Str::npos)
      return found.add({Severity::Info, Rule::Settings}, {file.path, file.text}, at, message,
                       remedy);
  found.add({Severity::Info, Rule::Settings}, files_.empty() ? "hugo.toml" : files_[0].path,
            message, remedy);
}

}  // namespace meridian::cli::hugo
