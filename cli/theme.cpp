// `meridian theme`: themes of Jekyll's beside the sources, where every host has them.
#include <algorithm>
#include <cstdio>

#include "commands.h"
#include "destination.h"
#include "json_object.h"
#include "open_site.h"
#include "printable.h"
#include "walk.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
constexpr const char* kElsewhere = "move it elsewhere";

/// What the configuration names, as it is written there; empty: nothing.
std::string configured_theme(const site::Site& site) {
  const Map* config = site.config();
  if (!config) return {};
  Value remote = config->get("remote_theme");
  return std::string(remote.is_string() ? remote.str() : config->get("theme").str());
}

std::string size_text(std::uintmax_t bytes) {
  constexpr std::uintmax_t kKilo = 1000, kMega = 1000 * kKilo;
  bool large = bytes >= kMega;
  std::uintmax_t unit = large ? kMega : kKilo;
  return std::to_string((bytes + unit / 2) / unit) + (large ? " MB" : " KB");
}

/// What of a theme's folder is copied.
struct Delivery {
  std::vector<std::string> paths;
  std::uintmax_t size = 0;
};

/// `place`, to which it is copied, is no part of the folder.
Delivery delivery_of(const fs::path& folder, const fs::path& place, Diagnostics& diagnostics) {
  Delivery delivery;
  for (const SourceFile& file : files_by_path(folder, place, diagnostics))
    if (is_part_of_theme(file.path) || is_licence(file.path)) {
      delivery.paths.push_back(file.path);
      delivery.size += std::uintmax_t(file.size);
    }
  return delivery;
}

/// `used`: the name of the one that the site uses.
void describe(JsonObject told, const std::string& name, const Delivery& delivery,
              const std::string& used) {
  told.set("theme", name);
  told.set("files", std::uint64_t(delivery.paths.size()));
  told.set("bytes", std::uint64_t(delivery.size));
  told.set("used", name == used);
}

/// The place of a theme in the source; empty, after the reason was printed, when a link leads
/// elsewhere.
fs::path place_of_theme(const Options& options, const std::string& name) {
  std::error_code error;
  fs::path root = fs::canonical(options.source, error);
  if (error) {
    refuse("the source " + options.source + " can't be read: " + error.message());
    return {};
  }
  fs::path place = root / kThemes / name;
  if (fs::weakly_canonical(place, error) == place) return place;
  refuse("`" + place.string() + "` is behind a link, where nothing is written or removed");
  return {};
}

/// `./theme`, `../x`, `/home/ada/x`: not `owner/name`, as remote_theme has it.
bool names_folder(const std::string& given) { return given[0] == '.' || given[0] == '/'; }

int not_found(const std::string& given) {
  if (names_folder(given)) return refuse("`" + given + "` is not a readable folder");
  std::size_t mark = given.find('@');
  std::string gem = folder_name(given), version = mark == given.npos ? "" : given.substr(mark + 1);
  if (gem.empty()) return refuse("`" + given + "` is not the name of a theme");
  return refuse("no gem of the theme `" + given + "` is installed; run `gem install " + gem +
                (version.empty() ? "" : " --version " + version) +
                "`, or give a folder that holds it, as `meridian theme add ./" + gem + "`");
}

/// Where a theme lies by the name or the folder that was given; empty: nowhere.
fs::path find(const Options& options, const std::string& given) {
  if (!names_folder(given)) return find_theme(options, given).folder;
  std::error_code error;
  fs::path folder = fs::canonical(given, error);
  return fs::is_directory(folder, error) ? folder : fs::path();
}

/// The name of the gem that a folder's gemspec describes; empty: it has none.
std::string name_in_gemspec(const fs::path& folder) {
  constexpr std::size_t kMost = std::size_t(1) << 16;
  std::error_code error;
  std::vector<fs::path> specs;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".gemspec") specs.push_back(it->path());
  if (specs.empty()) return {};
  std::sort(specs.begin(), specs.end());
  std::string text;
  if (!read_file(specs[0], text, kMost)) return {};
  Str rest = text;
  for (Str line; next_piece(rest, '\n', line);) {
    // spec.name = "al_folio_core"
    line = strip(line);
    std::size_t dot = line.find(".name"), quote = line.find_first_of("\"'");
    if (dot == Str::npos || quote == Str::npos ||
        strip(slice(line, dot + Str(".name").size(), quote)) != "=")
      continue;
    return std::string(slice(line, quote + 1, line.find(line[quote], quote + 1)));
  }
  return specs[0].stem().string();
}

/// The name of the theme in a folder: the gem's, but for a folder that has the name which the
/// configuration gives, such as that of a repository for `remote_theme`.
std::string name_of(const fs::path& folder, const std::string& configured) {
  const std::string own = folder_name(folder.filename().string()),
                    gem = folder_name(name_in_gemspec(folder));
  return gem.empty() || (own == folder_name(configured) && gem != own) ? own : gem;
}

int add(const Options& options, std::string given) {
  OpenSite opened;
  if (!opened.open(options)) return kWrongUse;
  if (opened.unread) {
    show(opened.diagnostics);
    return kErrors;
  }
  std::string configured = configured_theme(opened.workspace.site());
  if (given.empty()) given = configured;
  if (given.empty())
    return refuse("_config.yml names no theme; say which one: `meridian theme add minima`");
  fs::path folder = find(options, given);
  if (folder.empty()) return not_found(given);
  std::string name = names_folder(given) ? name_of(folder, configured) : folder_name(given);
  if (name.empty()) return refuse("`" + given + "` is not a valid name for a theme");
  fs::path place = place_of_theme(options, name);
  if (place.empty()) return kWrongUse;
  std::error_code error;
  if (!fs::is_directory(folder / "_layouts", error))
    return refuse("`" + folder.string() + "` is not a Jekyll theme: it has no _layouts");
  Diagnostics left_out(opened.arena);
  Delivery delivery = delivery_of(folder, place, left_out);
  show(left_out);
  if (left_out.has_errors()) return kErrors;
  Destination destination(options, kElsewhere, true);
  if (!destination.open(place.string(), folder) || !destination.plan(delivery.paths))
    return destination.status();
  bool ok = true;
  for (const std::string& path : delivery.paths) ok = ok && destination.copy(folder / path, path);
  if (!ok || !destination.finish({}, false)) return kErrors;
  if (options.json) {
    JsonObject done(opened.arena);
    describe(done, name, delivery, folder_name(configured));
    done.set("from", folder.string());
    done.print();
  } else if (!options.quiet) {
    std::fprintf(stderr, "%s/%s: %s, %s, from %s\n", kThemes, name.c_str(),
                 counted(delivery.paths.size(), "file").c_str(), size_text(delivery.size).c_str(),
                 folder.c_str());
    if (folder_name(configured) != name)
      std::fprintf(stderr, "write `theme: %s` into _config.yml to use it\n", name.c_str());
  }
  return kOk;
}

int list(const Options& options) {
  OpenSite opened;
  if (!opened.open(options)) return kWrongUse;
  std::string used = folder_name(configured_theme(opened.workspace.site()));
  std::vector<fs::path> folders;
  std::error_code error;
  fs::path all = fs::path(options.source) / kThemes;
  for (fs::directory_iterator it(all, error), end; !error && it != end; it.increment(error))
    if (it->is_directory(error)) folders.push_back(it->path());
  std::sort(folders.begin(), folders.end());
  bool found = false;
  JsonObject found_themes(opened.arena);
  found_themes.set_list("themes");
  for (const fs::path& folder : folders) {
    std::string name = folder.filename().string();
    Delivery delivery = delivery_of(folder, {}, opened.diagnostics);
    found |= name == used;
    if (options.json) {
      describe(found_themes.add("themes"), name, delivery, used);
      continue;
    }
    std::printf("%s\t%s\t%s%s\n", name.c_str(), counted(delivery.paths.size(), "file").c_str(),
                size_text(delivery.size).c_str(), name == used ? "\tused" : "");
  }
  const int status = opened.diagnostics.has_errors() ? kErrors : kOk;
  if (status) show(opened.diagnostics);
  if (options.json) {
    found_themes.print();
    return status;
  }
  if (folders.empty() && !options.quiet)
    std::fprintf(stderr, "no theme is next to the sources; `meridian theme add` puts one there\n");
  if (!used.empty() && !found && !options.quiet)
    std::fprintf(stderr, "_config.yml names `%s`, which is not among them\n", used.c_str());
  return status;
}

int remove(const Options& options, const std::string& given) {
  std::string name = folder_name(given);
  if (name.empty()) return refuse("`" + given + "` is not the name of a theme");
  fs::path place = place_of_theme(options, name);
  if (place.empty()) return kWrongUse;
  std::error_code error;
  if (!fs::is_directory(place, error)) return refuse("there is no " + place.string());
  Destination destination(options, kElsewhere, true);
  if (!destination.open(place.string(), {})) return destination.status();
  if (!destination.is_recorded())
    return refuse("`" + place.string() +
                  "` was not put there by `meridian theme add`; remove the folder yourself");
  if (!destination.plan({}) || !destination.finish({}, false)) return kErrors;
  if (!destination.dissolve()) {
    std::fprintf(stderr, "meridian: `%s` stays, with the files that are not of the theme\n",
                 place.c_str());
    return kErrors;
  }
  (void)remove_empty_folder(place.parent_path());  // when it was the last theme
  if (options.json) {
    Arena arena;
    JsonObject done(arena);
    done.set("removed", name);
    done.print();
  } else if (!options.quiet) {
    std::fprintf(stderr, "%s/%s removed\n", kThemes, name.c_str());
  }
  return kOk;
}
}  // namespace

int theme(const Options& options) {
  const std::string& verb = options.names[0];
  std::string name = options.names.size() > 1 ? options.names[1] : std::string();
  if (verb == "add") return add(options, name);
  if (verb == "list") return list(options);
  return remove(options, name);
}

}  // namespace meridian::cli
