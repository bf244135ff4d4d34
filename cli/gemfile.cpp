#include "gemfile.h"

#include <filesystem>

#include "check/settings.h"
#include "disk.h"
#include "meridian/text.h"

namespace meridian::cli {

namespace {
constexpr const char* kGroup = ":jekyll_plugins";
constexpr const char* kGitHubPages = "github-pages";
constexpr const char* kActiveSupport = "active_support";
// GitHubPages::Plugins::DEFAULT_PLUGINS, without the beginning of their names, and without that for
// CoffeeScript, which Meridian does not have.
constexpr Name kOfGitHubPages =
    "default-layout gist github-metadata optional-front-matter paginate readme-index "
    "titles-from-headings relative-links";

/// `gem "name"`, `gem('name', …)`; empty when the line has none.
Str name_in(Str line) {
  if (!starts_with(line, "gem") || !is_one_of(char_at(line, 3), " (\t\"'")) return {};
  std::size_t quote = line.find_first_of("\"'");
  if (quote == Str::npos) return {};
  std::size_t end = line.find(line[quote], quote + 1);
  return end == Str::npos ? Str() : slice(line, quote + 1, end);
}

/// Whether a line opens a block: it ends with `do`, or with `do |name|`.
bool opens_block(Str line) {
  if (ends_with(line, "|"))
    line = rstrip(line.substr(0, line.substr(0, line.size() - 1).rfind('|')));
  return ends_with(line, " do");
}
}  // namespace

std::vector<GemfilePlugin> plugins_of_gemfile(std::string_view text) {
  std::vector<GemfilePlugin> plugins;
  int depth = 0, group = 0;  // open blocks, and the number of the group's; 0: not in it
  Str rest = text, begun;    // `begun`: the name of a call that goes on in the next line
  for (Str line; next_piece(rest, '\n', line);) {
    line = strip(line.substr(0, line.find(Str(" #"))));
    if (line.empty() || line[0] == '#') continue;
    bool in_group = line.find(Str(kGroup)) != Str::npos;
    Str name = begun.empty() ? name_in(line) : begun;
    begun = ends_with(line, ",") && !in_group ? name : Str();
    if (!begun.empty()) continue;
    if (opens_block(line)) {
      depth++;
      if (!group && in_group && starts_with(line, "group")) group = depth;
    } else if (line == "end") {
      if (group == depth) group = 0;
      if (depth > 0) depth--;
    } else if (!name.empty() && (group || in_group || name == kGitHubPages)) {
      plugins.push_back({std::string(name), std::size_t(name.data() - text.data())});
    }
  }
  return plugins;
}

std::string gemfile_of(const Options& options) {
  constexpr std::size_t kMostGemfile = std::size_t(1) << 20;
  std::string text;
  return read_file(std::filesystem::path(options.source) / "Gemfile", text, kMostGemfile)
             ? text
             : std::string();
}

bool is_known_plugin(std::string_view name) {
  Arena arena;
  const check::Setting* setting = check::SettingTable(arena).find("plugins[]");
  return setting && one_of(name, setting->values) >= 0;
}

bool loads_active_support(std::string_view ruby) {
  const Str kRequire = "require ";
  Str rest = ruby;
  for (Str line; next_piece(rest, '\n', line);) {
    line = strip(line);
    if (!starts_with(line, kRequire)) continue;
    line = lstrip(line.substr(kRequire.size()));
    if (!line.empty() && starts_with(line.substr(1), kActiveSupport)) return true;
  }
  return false;
}

std::string plugins_added_in(const Options& options) {
  constexpr std::size_t kMostRuby = std::size_t(1) << 20;
  // Sites have a dozen; a folder with more is no folder of plugins.
  constexpr int kMostFiles = 1000;
  std::string names = plugins_added_by(gemfile_of(options)), text;
  std::error_code error;
  const auto folder = std::filesystem::path(options.source) / "_plugins";
  int left = kMostFiles;
  for (std::filesystem::recursive_directory_iterator at(folder, error), end;
       !error && at != end && left-- > 0; at.increment(error)) {
    if (at->path().extension() != ".rb" || !read_file(at->path(), text, kMostRuby) ||
        !loads_active_support(text))
      continue;
    return (names.empty() ? names : names + ",") + "activesupport";
  }
  return names;
}

std::string plugins_added_by(std::string_view gemfile) {
  std::string names;
  auto add = [&](std::string_view name) { (names += names.empty() ? "" : ",") += name; };
  for (const GemfilePlugin& plugin : plugins_of_gemfile(gemfile)) {
    if (plugin.name == kGitHubPages)
      for (Str rest = kOfGitHubPages, one; next_piece(rest, ' ', one);)
        add("jekyll-" + std::string(one));
    else if (is_known_plugin(plugin.name))
      add(plugin.name);
  }
  return names;
}

}  // namespace meridian::cli
