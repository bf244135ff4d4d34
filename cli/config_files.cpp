#include "config_files.h"

#include <cerrno>
#include <cstdio>
#include <vector>

#include "disk.h"
#include "import/toml.h"
#include "meridian/site_modules.h"
#include "meridian/text.h"
#include "printable.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
/// A file that --config names, in the folder of the command, as Jekyll takes it.
struct NamedConfig {
  fs::path place;
  std::string path;  ///< relative to the source: outside it, `../name`
};

std::vector<NamedConfig> all_named(const Options& options) {
  std::vector<NamedConfig> all;
  std::error_code error;
  const fs::path root = fs::weakly_canonical(options.source, error);
  Str rest = options.config ? Str(*options.config) : Str();
  for (Str name; next_piece(rest, ',', name);) {
    name = strip(name);
    if (name.empty()) continue;
    fs::path place{std::string(name)};
    fs::path whole = fs::weakly_canonical(place, error);
    all.push_back({place, whole.lexically_relative(root).generic_string()});
  }
  return all;
}

bool is_outside(const std::string& path) { return starts_with(path, "../"); }
}  // namespace

void connect_toml() {
  site::set_toml([](const Source& source, Arena& arena, Value& out, Diagnostics& diagnostics) {
    return hugo::read_toml(source, 0, source.text.size(), arena, out, diagnostics);
  });
}

bool is_config_name(const std::string& path) {
  for (Str names = site::kConfigNames, name; next_piece(names, ',', name);)
    if (name == path) return true;
  return false;
}

std::string default_config(const fs::path& source) {
  std::error_code error;
  Str names = site::kConfigNames;
  for (Str name; next_piece(names, ',', name);)
    if (fs::exists(source / std::string(name), error)) return std::string(name);
  return "_config.yml";
}

std::string named_config(const Options& options) {
  std::string names;
  for (const NamedConfig& one : all_named(options)) names += (names.empty() ? "" : ",") + one.path;
  return names;
}

bool add_named_config(Workspace& workspace, const Options& options) {
  for (const NamedConfig& one : all_named(options)) {
    std::string bytes;
    if (!read_source(one.place, bytes)) {
      std::fprintf(stderr, "meridian: --config: %s: %s\n", printable(one.place.string()).c_str(),
                   why_unread(errno).c_str());
      return false;
    }
    // A visitor's browser reads what is in the folder of the site.
    if (is_outside(one.path) && (options.raw || options.command == "index")) {
      std::fprintf(stderr,
                   "meridian: --config: %s is outside the source, where browsers can't read it; "
                   "copy it there\n",
                   printable(one.place.string()).c_str());
      return false;
    }
    if (is_outside(one.path))
      workspace.files().put(one.path, bytes).generated = true;
    else
      workspace.put(one.path, bytes);
  }
  return true;
}

}  // namespace meridian::cli
