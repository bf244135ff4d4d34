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

/// Where a line begins with a word, as `word =`, `[word]` or `word:`; npos: nowhere.
std::size_t find_key(Str text, Str word) {
  for (Str rest = text, line; next_piece(rest, '\n', line);) {
    std::size_t begin = line.find_first_not_of(" \t[\"'");
    if (begin == Str::npos) continue;
    Str key = line.substr(begin, word.size());
    if (equal_ignoring_case(key, word) && !is_alnum(char_at(line, begin + word.size())))
      return std::size_t(line.data() - text.data()) + begin;
  }
  return Str::npos;
}

/// A map with one entry.
Map* below(const std::string& key, const Value& value, Arena& arena) {
  Map* map = make_map(arena);
  map->set(Value(arena.copy(key))) = value;
  return map;
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

/// False when the file is none of settings.
bool Settings::key_of_file(const std::string& path, FileKey& key) {
  Str folder = "config/_default/";
  bool apart = starts_with(path, folder);
  std::string name = apart ? path.substr(folder.size()) : path;
  if (!is_data(name) || name.find('/') != name.npos) return false;
  key.key = fs::path(name).stem().string();
  std::size_t dot = key.key.find('.');
  if (apart && dot != name.npos) {
    key.language = key.key.substr(dot + 1);
    key.key.resize(dot);
  }
  if (key.key != "hugo" && key.key != "config") return apart;
  key.key.clear();
  return true;
}

/// Adds what files say, in their order, where no file before has said it: first those of the
/// language of the root, which count more.
void Settings::add_values(Arena& arena) {
  constexpr int kLevels = 3;  // files of settings share no deeper maps
  std::vector<Map*> own, all;
  language_ = "en";
  for (const File& file : files_) {
    const Map* read = file.value.map();
    if (!read || !file.of.key.empty()) continue;
    Str named = get_any_case(*read, "defaultContentLanguage").str();
    if (!named.empty()) language_ = std::string(named);
  }
  for (const auto& [path, of, text, value] : files_) {
    bool names_language = of.key == "languages" && !of.language.empty();
    Map* read = of.key.empty()   ? value.map()
                : names_language ? below(of.key, Value(below(of.language, value, arena)), arena)
                                 : below(of.key, value, arena);
    if (!read || value.nil()) continue;
    if (names_language || of.language.empty())
      all.push_back(read);
    else if (of.language == language_)
      own.push_back(read);
  }
  for (const auto* some : {&own, &all})
    for (const Map* map : *some) merge(*all_, *map, kLevels);
}

bool Settings::read(const fs::path& root, const std::vector<SourceFile>& files, Arena& arena,
                    Diagnostics& found) {
  all_ = make_map(arena);
  params_ = make_map(arena);
  std::vector<std::string> paths;
  FileKey of;
  for (const SourceFile& file : files)
    if (key_of_file(file.path, of)) paths.push_back(file.path);
  std::sort(paths.begin(), paths.end());
  // Hugo takes one file beside the folders, `hugo` before `config`.
  auto beside = [](const std::string& path) { return path.find('/') == path.npos; };
  auto last = std::find_if(paths.rbegin(), paths.rend(), beside);
  std::string chosen = last == paths.rend() ? std::string() : *last;
  for (const std::string& path : paths) {
    if (beside(path) && path != chosen) continue;
    File file{path, {}, {}, {}};
    (void)key_of_file(path, file.of);
    if (!read_file(root / path, file.text, kMostSettings))
      found.add({Severity::Error, Rule::Unreadable}, path, "the file can't be read",
                "let this user read it");
    else if (!read_data({path, file.text}, arena, file.value, found))
      file.value = Value();
    files_.push_back(std::move(file));
  }
  add_values(arena);
  if (Map* params = get("params").map()) params_ = params;
  patterns_ = get("permalinks").map();
  rules.keeps_case = get("disablePathToLower").truthy();
  rules.ugly = get("uglyURLs").truthy();
  goldmark.typographer = has_extension("typographer");
  goldmark.definition_lists = has_extension("definitionList");
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
  const Map* given = get("languages").map();
  for (std::uint32_t i = 0; given && i < given->size(); i++) {
    const Map::Entry& entry = given->entries[i];
    const Map* one = entry.value.map();
    if (!one || entry.key.str().empty()) continue;
    if (languages_.size() >= kMostLanguages)
      return report("languages", "there are more than 200 languages", "the rest is not read",
                    found);
    languages_.push_back({std::string(entry.key.str()), {}});
    set_folder(languages_.back().code, get_any_case(*one, "contentDir").str());
  }
  set_folder(language_, get("contentDir").str());
  const Array* mounts = dig(get("module"), "mounts").array();
  for (std::uint32_t i = 0; mounts && i < mounts->size(); i++) {
    const Value& mount = mounts->items[i];
    if (Str target = meridian::get(mount, "target").str();
        target != "content" && target != kContent)
      continue;
    Str code = meridian::get(mount, "lang").str();
    const Array* codes = dig(mount, "sites.matrix.languages").array();
    if (code.empty() && codes && codes->size()) code = codes->items[0].str();
    set_folder(code.empty() ? language_ : std::string(code), meridian::get(mount, "source").str());
  }
}

/// The content of a language lies in a folder of its own below `content`. One language alone may
/// have such a folder, too.
/// An extension of Goldmark: on, unless it is `false` or has `disable: true`.
bool Settings::has_extension(const char* name) const {
  Value value = get("markup");
  for (const char* key : {"goldmark", "extensions", name})
    value = value.map() ? get_any_case(*value.map(), key) : Value();
  const bool disabled = value.map() && get_any_case(*value.map(), "disable").truthy();
  return !disabled && !(value.is(Kind::Bool) && !value.b);
}

void Settings::set_folder(const std::string& code, Str folder) {
  if (!starts_with(folder, kContent) || folder.size() == Str(kContent).size()) return;
  std::string below(folder.substr(Str(kContent).size()));
  if (below.back() != '/') below += '/';
  auto of = std::find_if(languages_.begin(), languages_.end(),
                         [&](const Language& one) { return one.code == code; });
  if (of == languages_.end()) {
    if (languages_.size() >= kMostLanguages) return;
    of = languages_.insert(of, {code, {}});
  }
  if (of->folder.empty()) of->folder = below;
}

std::string Settings::place_in(Str folder) const {
  for (const Language& one : languages_)
    if (!one.folder.empty() && starts_with(folder, one.folder))
      return prefix_of(one.code) + "/" + std::string(folder.substr(one.folder.size()));
  return "/" + std::string(folder);
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
  for (auto find : {find_key, find_word})
    for (const File& file : files_) {
      if (file.of.key == word)
        return found.add({Severity::Info, Rule::Settings}, file.path, message, remedy);
      if (std::size_t at = find(file.text, word); at != Str::npos)
        return found.add({Severity::Info, Rule::Settings}, {file.path, file.text}, at, message,
                         remedy);
    }
  found.add({Severity::Info, Rule::Settings}, files_.empty() ? "hugo.toml" : files_[0].path,
            message, remedy);
}

}  // namespace meridian::cli::hugo
