#include "open_site.h"

#include <cerrno>
#include <cstdio>

#include "bibliography.h"
#include "config_files.h"
#include "destination.h"
#include "json_object.h"
#include "meridian/site_modules.h"
#include "meridian/site_search.h"
#include "places.h"
#include "plugins.h"
#include "printable.h"
#include "style_sheets.h"
#include "zone.h"

namespace fs = std::filesystem;

namespace meridian::cli {

bool OpenSite::open(const Options& options) {
  connect_toml();
  if (!load_sources(workspace, options, {}, diagnostics, unread_files) ||
      !apply_options(workspace, options))
    return false;
  connect_bibliography();
  connect_itinerary(options);
  connect_sass();
  site::lead_to_authors();
  load_plugins(*this, options);
  Diagnostics found(arena);
  list_outputs(options, found);
  if (workspace.site().missing_theme().empty()) {
    for (const Diagnostic& one : found) diagnostics.add(one);
  } else {
    if (!add_theme(options)) return false;
    list_outputs(options, diagnostics);
  }
  const Map* config = workspace.site().config();
  if (std::string address = config ? unset_address(options, *config) : ""; !address.empty()) {
    if (!workspace.options("{" + address + "}")) return false;
    Diagnostics reported(arena);
    list_outputs(options, reported);
  }
  report_unread();
  return true;
}

void OpenSite::report_unread() {
  for (const Unread& one : unread_files)
    if (one.path.empty())
      report_unread("the sources", one.why);
    else if (workspace.site().is_source(one.path, arena))
      report_unread(printable(one.path), one.why);
}

void OpenSite::tell_future(const Options& options) {
  const List<Str> paths = workspace.site().future_documents(arena);
  if (options.quiet || options.json || paths.empty()) return;
  const bool one = paths.size == 1;
  std::fprintf(stderr, "%s with a date in the future %s omitted: %s%s; --future includes %s\n",
               counted(paths.size, "document").c_str(), one ? "is" : "are",
               printable(paths[0]).c_str(), one ? "" : " …", one ? "it" : "them");
}

void OpenSite::report_unread(Str path, Str why) {
  unread = true;
  diagnostics.add({Severity::Error, Rule::Unreadable}, path, why, kLetRead);
}

template <class Ask>
bool OpenSite::complete(const Options& options, Ask ask) {
  return Workspace::complete(ask, [&](const site::Needs& needs) {
    for (Str zone : needs.zones)
      if (!load_zone(workspace, zone)) (void)workspace.zone(zone, "[]");  // there is none
    read_named(options, needs.paths);
  });
}

bool OpenSite::manifest(const Options& options, Text& text, Workspace::ManifestWith with) {
  bool made = false;
  Diagnostics found(arena);
  auto ask = [&](site::Needs& needs) {
    text.truncate(0);
    if (with.sass) with.sass->truncate(0);
    if (with.first) with.first->clear();
    if (with.segments) with.segments->clear();
    with.wanted = &needs.paths;
    found.clear();
    made = workspace.manifest(text, found, with);
    return !made || !needs.any();
  };
  complete(options, ask);
  for (const Diagnostic& d : found) diagnostics.add(d);
  if (made) return true;
  show(diagnostics);
  std::fprintf(stderr, "meridian: no manifest: the site needs files that can't be read\n");
  return false;
}

bool OpenSite::add_theme(const Options& options) {
  theme = find_theme(options, workspace.site().missing_theme());
  return theme.prefix.empty() || load_sources(workspace, options, theme, diagnostics, unread_files);
}

fs::path OpenSite::place_of(const Options& options, Str path) const {
  bool own = theme.prefix.empty() || !starts_with(path, Str(theme.prefix));
  return own ? fs::path(options.source) / fs::path(std::string(path))
             : theme.folder / fs::path(std::string(path.substr(theme.prefix.size())));
}

/// The host in the file CNAME, which GitHub Pages and others use: addresses are absolute even
/// without `url`. An empty one says that they are not.
std::string OpenSite::named_host(const Options& options) {
  std::string text;
  if (options.url || !read_file(fs::path(options.source) / "CNAME", text, 300)) return {};
  Str host = strip(text);
  bool valid = host.find('.') != Str::npos;
  for (char c : host) valid &= is_alnum(c) || c == '.' || c == '-';
  return valid ? std::string(host) : std::string();
}

/// The settings `url` and `baseurl` as JSON, where the configuration has no `url`: the host in
/// CNAME, or what jekyll-github-metadata takes from `repository`. That of a project has a path,
/// which only `build` needs: raw sources have the path that they lie under.
std::string OpenSite::unset_address(const Options& options, const Map& config) {
  if (!config.get("url").nil() || options.url) return {};
  if (std::string host = named_host(options); !host.empty())
    return "\"url\":\"https://" + host + '"';
  bool listed = false;
  if (const Array* plugins = config.get("plugins").array())
    for (const Value& v : *plugins)
      listed |= v.str() == "jekyll-github-metadata" || v.str() == "github-pages";
  Str repository = config.get("repository").str();
  std::size_t slash = repository.find('/');
  if (!listed || slash == Str::npos) return {};
  Text host, name;
  add_downcase(host, repository.substr(0, slash));
  host.add(".github.io");
  Str project = repository.substr(slash + 1);
  add_downcase(name, project);
  for (Str part : {host.str(), name.str()})
    for (char c : part)
      if (!is_alnum(c) && !is_one_of(c, "-._")) return {};
  const bool of_user = host.str() == name.str();
  if (!of_user && (options.raw || options.command != "build")) return {};
  std::string address = "\"url\":\"https://" + std::string(host.str()) + '"';
  const Value& base = config.get("baseurl");
  if (!of_user && !options.baseurl && (base.nil() || base.str() == "/"))
    address += ",\"baseurl\":\"/" + std::string(project) + '"';
  return address;
}

/// Lists the site's outputs, once all files that this needs have been read.
void OpenSite::list_outputs(const Options& options, Diagnostics& found) {
  complete(options, [&](site::Needs& needs) {
    outputs = writer.files(arena, needs, found);
    return !needs.any();
  });
}

/// Reads files that were only listed until a template included one, or one turned out to be a post.
void OpenSite::read_named(const Options& options, const List<Str>& paths) {
  for (Str path : paths) {
    std::string bytes;
    if (read_source(place_of(options, path), bytes)) {
      site::File* file = workspace.files().find(path);
      if (file && file->from_manifest && workspace.files().put_body(*file, bytes))
        read_late.push_back(file);
      else
        workspace.put(path, bytes);
      continue;
    }
    report_unread(path, why_unread(errno));
    workspace.put_missing(path);
  }
}

void OpenSite::make_room(const Options& options) {
  if (workspace.files().held() <= most_held(options)) return;
  for (site::File* file : read_late) workspace.files().drop_body(*file);
  read_late.clear();
}

std::vector<std::string> keep_files(const site::Site& site) {
  std::vector<std::string> names;
  if (const Array* list = site.config()->get("keep_files").array())
    for (const Value& v : *list) names.emplace_back(v.str());
  return names;
}

void show(const Diagnostics& diagnostics) {
  Text text;
  for (const Diagnostic& d : diagnostics) print(d, text);
  std::fputs(printable_lines(text.str()).c_str(), stderr);
}

void report(const Options& options, const Destination& destination, bool complete,
            const Diagnostics& diagnostics) {
  if (!options.json) return show(diagnostics);
  Arena arena;
  JsonObject done(arena);
  done.set("destination", options.destination);
  done.set("complete", complete);
  done.set("files", std::uint64_t(destination.files()));
  done.set("bytes", destination.bytes());
  done.set("findings", diagnostics);
  done.print();
}

/// With the land of the built shell, which is read when the first page needs it.
Str OpenSite::with_stills(const Options& options, Str html, Arena& page_arena) {
  if (!mentions_globe(html)) return html;
  if (!has_shapes) {
    has_shapes = true;
    fs::path folder = shell_folder(options) / "meridian";
    std::string land, countries;
    if (!read_file(folder / "land-110m.bin", land) ||
        !read_file(folder / "countries.bin", countries))
      countries.clear();
    stills.put(land, countries);
  }
  return stills.add(html, page_arena, globes);
}

/// Renders a page of `outputs`, as it is written.
site::Page OpenSite::render(const Options& options, const OutputFile& output, Arena& page_arena,
                            Diagnostics& found, List<Str>* sources) {
  make_room(options);
  site::Page page;
  Diagnostics reported(page_arena);
  bool made = complete(options, [&](site::Needs& needs) {
    if (sources) *sources = {};
    reported.clear();  // without its files a page has others
    page = writer.page(output.path, page_arena, needs, reported, sources);
    return page.status != site::Status::Needs;
  });
  if (!made) {
    found.add({Severity::Error, Rule::Unreadable}, output.source,
              "the page could not be completed");
    return page;
  }
  for (const Diagnostic& d : reported) found.add(d);
  page.html = with_stills(options, page.html, page_arena);
  return page;
}

void OpenSite::place_diagnostics() {
  Diagnostics found(arena);
  for (const Diagnostic& d : diagnostics) found.add(d);
  diagnostics.clear();
  add_placed(workspace, found, diagnostics);
}

bool OpenSite::read_notes(const Options& options, bool bare) {
  if (!site::has_notes(workspace.site())) return true;
  if (!complete(options, [&](site::Needs& needs) { return writer.read_notes(arena, needs, bare); }))
    return false;
  Diagnostics reported(arena);
  list_outputs(options, reported);
  return true;
}

site::Page OpenSite::content_of(const Options& options, Str path, Arena& page_arena) {
  make_room(options);
  site::Page page;
  complete(options, [&](site::Needs& needs) {
    Diagnostics reported_before(page_arena);
    page = site::content_at(workspace.site(), path, page_arena, needs, reported_before);
    return page.status != site::Status::Needs;
  });
  return page;
}

}  // namespace meridian::cli
