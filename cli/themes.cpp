#include "themes.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "disk.h"
#include "meridian/site.h"
#include "shell.h"
#include "versions.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
/// The folders below a pattern of one `*`, which stands for one name: `/var/lib/gems/*/gems`.
void add_matching(const fs::path& above, const fs::path& below, std::vector<fs::path>& folders) {
  std::error_code error;
  for (fs::directory_iterator it(above, error), end; !error && it != end; it.increment(error))
    if (fs::path folder = it->path() / below; fs::is_directory(folder, error))
      folders.push_back(folder);
}

void add_variable(const char* name, const fs::path& below, std::vector<fs::path>& folders) {
  const char* value = std::getenv(name);
  for (Str rest = value ? Str(value) : Str(), one; next_piece(rest, ':', one);)
    if (!one.empty()) folders.push_back(fs::path(std::string(one)) / below);
}

/// Where RubyGems and Bundler install gems, the nearest first.
std::vector<fs::path> gem_folders(const fs::path& source) {
  std::vector<fs::path> folders;
  add_matching(source / "vendor/bundle/ruby", "gems", folders);
  if (const char* path = std::getenv("BUNDLE_PATH"))
    add_matching(fs::path(path) / "ruby", "gems", folders);
  add_variable("GEM_HOME", "gems", folders);
  add_variable("GEM_PATH", "gems", folders);
  if (const char* home = std::getenv("HOME")) {
    for (const char* place : {".local/share/gem/ruby", ".gem/ruby"})
      add_matching(fs::path(home) / place, "gems", folders);
    for (const char* place : {".rbenv/versions", ".asdf/installs/ruby"}) {
      std::vector<fs::path> versions;
      add_matching(fs::path(home) / place, "lib/ruby/gems", versions);
      for (const fs::path& version : versions) add_matching(version, "gems", folders);
    }
  }
  add_matching("/var/lib/gems", "gems", folders);
  add_matching("/usr/local/lib/ruby/gems", "gems", folders);
  add_matching("/usr/local/bundle", "gems", folders);
  folders.push_back("/usr/local/bundle/gems");
  folders.push_back("/usr/share/rubygems-integration/all/gems");  // Debian's packages
  return folders;
}

/// The version of a gem that Gemfile.lock names: `    minima (2.5.1)`. Empty: none.
std::string locked_version(const fs::path& source, const std::string& name) {
  constexpr std::size_t kMost = 1 << 20;
  std::string text;
  if (!read_file(source / "Gemfile.lock", text, kMost)) return {};
  std::string entry = "    " + name + " (";
  Str rest = text;
  for (Str line; next_piece(rest, '\n', line);)
    if (starts_with(line, entry)) {
      line.remove_prefix(entry.size());
      return std::string(line.substr(0, line.find(')')));
    }
  return {};
}

/// The folder of an installed gem, of this version; if it is empty: of the locked one, else the
/// newest one.
fs::path find_gem(const fs::path& source, const std::string& name, const std::string& version) {
  std::string wanted = version.empty() ? locked_version(source, name) : version;
  std::string newest, begin = name + "-";
  fs::path found;
  for (const fs::path& folder : gem_folders(source)) {
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
      std::string file = it->path().filename().string();
      if (!starts_with(file, begin) || !is_digit(char_at(file, begin.size()))) continue;
      std::string here = file.substr(begin.size());
      if (!wanted.empty() && here == wanted) return it->path();
      if (version.empty() && (found.empty() || is_older(newest, here))) {
        newest = here;
        found = it->path();
      }
    }
  }
  return found;
}
}  // namespace

std::string folder_name(Str theme) {
  Arena arena;
  Str folder = site::gem_theme_folder(arena, theme);
  return fs::path(std::string(folder)).parent_path().filename().string();
}

GemTheme find_gem_theme(const Options& options, Str name) {
  Arena arena;
  GemTheme theme;
  theme.prefix = std::string(site::gem_theme_folder(arena, name));
  if (theme.prefix.empty()) return {};
  std::size_t mark = name.find('@');
  std::string version(mark == Str::npos ? Str() : strip(name.substr(mark + 1)));
  std::string folder = folder_name(name);
  // A theme of `remote_theme` may be installed as a gem of another name, whose version is no tag.
  bool remote = name.find('/') != Str::npos;
  for (const std::string& gem : {folder, folder + "-jekyll", "jekyll-theme-" + folder})
    if (theme.folder.empty()) theme.folder = find_gem(options.source, gem, remote ? "" : version);
  if (theme.folder.empty()) return {};
  std::error_code error;
  theme.folder = fs::canonical(theme.folder, error);
  return error ? GemTheme{} : theme;
}

GemTheme find_theme(const Options& options, Str name) {
  if (GemTheme gem = find_gem_theme(options, name); !gem.folder.empty()) return gem;
  Arena arena;
  GemTheme theme;
  theme.prefix = std::string(site::gem_theme_folder(arena, name));
  std::error_code error;
  fs::path shell = shell_folder(options);
  // Those of the shell have the names of gems; a repository or a version may be another.
  bool gem = name.find_first_of("/@") == Str::npos;
  if (gem && !theme.prefix.empty() && !shell.empty())
    theme.folder = fs::canonical(shell / kThemes / folder_name(name), error);
  return theme.folder.empty() ? GemTheme{} : theme;
}

bool is_part_of_theme(Str path) {
  Str folder = path.substr(0, path.find('/'));
  return path == "_config.yml" || (folder.size() < path.size() &&
                                   one_of(folder, "_data _includes _layouts _sass assets") >= 0);
}

bool is_licence(Str path) {
  Str name = path.substr(0, path.find('.'));
  return path.find('/') == Str::npos &&
         (equal_ignoring_case(name, "license") || equal_ignoring_case(name, "licence") ||
          equal_ignoring_case(name, "copying"));
}

}  // namespace meridian::cli
