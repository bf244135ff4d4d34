#include "shell_names.h"

#include <algorithm>

#include "disk.h"
#include "meridian/text.h"
#include "shell.h"

namespace meridian::cli {

namespace {

constexpr std::string_view kFolder = "meridian/";
constexpr Name kIconSheet = "icons.css";
// No address in the shell is longer.
constexpr std::size_t kLongest = 80;
// Ours has some 60 KB; a larger list is of no shell.
constexpr std::size_t kMostList = std::size_t(4) << 20;

/// Letters, digits and what else is in the name of a file or a class.
bool is_of_name(char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '/'; }

Str name_at(Str text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < kLongest && is_of_name(text[end])) end++;
  return text.substr(at, end - at);
}

/// Files and folders of the list that follow from some names.
class Closure {
 public:
  explicit Closure(const Map& files) : files_(files) {}
  void add(Str name) {
    const Array* loaded = files_.get(name).array();
    if (!loaded || !kept_.insert(std::string(name)).second) return;
    for (const Value& one : *loaded) add(one.str());
  }
  bool has(Str name) const { return kept_.count(std::string(name)) > 0; }

 private:
  const Map& files_;
  std::set<std::string> kept_;
};

}  // namespace

bool read_shell_list(const std::filesystem::path& folder, Arena& arena, std::string& text,
                     Value& told) {
  Diagnostics ignored(arena);
  return read_file(folder / kShellList, text, kMostList) &&
         parse_json({kShellList, text}, arena, told, ignored);
}

ShellNames::ShellNames(const Value& settings) : all_(get(settings, "shell").str() == "all") {
  if (get(settings, "card").truthy()) names_ = {"embed.html", "profile.js"};
}

void ShellNames::read(Str text) {
  Str folder(kFolder.data(), kFolder.size());
  // Again from the name on: a site's own path may be `/meridian`.
  for (std::size_t at = 0; (at = text.find(folder, at)) != Str::npos;)
    if (Str name = name_at(text, at += folder.size()); !name.empty()) names_.emplace(name);
  // Dashes are rare beside the letters before them.
  for (std::size_t dash = 1; (dash = text.find('-', dash + 1)) != Str::npos;) {
    std::size_t at = dash - 2;
    if (Str start = text.substr(at, 2); start == Str("fa") || start == Str("ai"))
      names_.emplace(name_at(text, at));
  }
}

void ShellNames::keep_named(const Options& options, std::vector<std::string>& files) const {
  if (all_) return;
  if (names_.empty()) return files.clear();
  std::string list;
  Arena arena;
  Value told;
  if (!read_shell_list(shell_folder(options), arena, list, told)) return;
  const Map *loaded = get(told, "files").map(), *classes = get(told, "classes").map();
  if (!loaded || !classes) return;
  Closure closure(*loaded);
  for (const std::string& name : names_) closure.add(name);
  // Other sheets have icons of their own for the same classes.
  if (closure.has(kIconSheet))
    for (const std::string& name : names_)
      if (const Array* icons = classes->get(name).array())
        for (const Value& icon : *icons) closure.add(icon.str());
  auto is_unused = [&](const std::string& file) {
    Str name = uncompressed(file);
    if (!starts_with(name, Str(kFolder.data(), kFolder.size()))) return false;
    return !closure.has(name.substr(kFolder.size()));
  };
  files.erase(std::remove_if(files.begin(), files.end(), is_unused), files.end());
}

bool may_name_files(Str path) {
  for (Str ending : {".html", ".htm", ".xhtml", ".js", ".mjs", ".css"})
    if (ends_with(path, ending)) return true;
  return false;
}

}  // namespace meridian::cli
