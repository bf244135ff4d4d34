#include <algorithm>
#include <cerrno>
#include <map>
#include <set>

#include "commands.h"
#include "disk.h"
#include "first_pages.h"
#include "head.h"
#include "manifest_segments.h"
#include "note_links.h"
#include "progress.h"
#include "search_index.h"
#include "shell.h"
#include "shell_parts.h"
#include "style_sheets.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {

std::string json_of(const std::string& text) {
  Text json;
  print_json(Value(Str(text)), json);
  return std::string(json.str());
}

/// The end of a JSON string that begins at `at` with its quote, behind the closing one.
std::size_t string_end(std::string_view json, std::size_t at) {
  for (at++; at < json.size() && json[at] != '"'; at++)
    if (json[at] == '\\') at++;
  return at + 1;
}

/// Places of files in the destination that are not their paths.
using Places = std::map<std::string, std::string>;

/// The manifest, with the places of sources that are not at their paths. Linear.
std::string manifest_with_places(const Text& written, const Places& places) {
  constexpr std::string_view kEntry = "\n{\"path\":";
  std::map<std::string, std::string> by_json;
  for (const auto& [path, at] : places) by_json[json_of(path)] = at;
  const std::string_view manifest = written.str();
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = 0; (at = manifest.find(kEntry, at)) != manifest.npos;) {
    at += kEntry.size();
    const std::size_t end = string_end(manifest, at);
    auto place = by_json.find(std::string(manifest.substr(at, end - at)));
    at = end;
    if (place == by_json.end()) continue;
    out += manifest.substr(copied, end - copied);
    out += ",\"at\":" + json_of(place->second);
    copied = end;
  }
  return out += manifest.substr(copied);
}

/// The shell for a page of the site, which readers without scripts can read as well.
bool write_page_shell(OpenSite& opened, const Options& options, Destination& destination,
                      const std::string& path, const Prepared& prepared) {
  const site::Site& site = opened.workspace.site();
  bool first = path == kShellPages[0], lost = path == kShellPages[1];
  // At a depth that is known; a shell for all other addresses finds the root itself.
  std::string root(site.baseurl()), text;
  if (!root.empty()) root += '/';
  if (root.empty() && !first && !lost) {
    root = "./";
    for (char c : path)
      if (c == '/') root += "../";
  }
  // But for the first page, the preloads of index.html would lead astray.
  if (!complete_shell(shell_folder(options) / kShellPages[!first], site, root, prepared, text))
    return false;
  return destination.write(path,
                           with_head(text, page_without_scripts(opened, options, path), lost));
}

/// Addresses that get a shell of their own: those of all pages with --pages.
std::set<std::string> shell_pages(const OpenSite& opened, const Options& options) {
  std::set<std::string> pages(std::begin(kShellPages), std::end(kShellPages));
  if (options.pages)
    for (const OutputFile& output : opened.outputs)
      if (output.kind == OutputFile::Page && ends_with(output.path, ".html"))
        pages.emplace(output.path);
  return pages;
}

/// Files that a theme only copies get their own addresses: its scripts ask for others of them by
/// these.
void add_theme_assets(const OpenSite& opened, const std::set<std::string>& shells, Places& places) {
  for (const OutputFile& output : opened.outputs) {
    const std::string path(output.path);
    if (output.kind == OutputFile::Static && !shells.count(path) &&
        starts_with(output.source, Str(std::string(kThemes) + '/')))
      places[std::string(output.source)] = path;
  }
}

/// The shell's headers, then those of the site: the last one of a name counts.
bool write_headers(const Options& options, Destination& destination, bool own) {
  fs::path shell = shell_folder(options) / kHeaders, site = fs::path(options.source) / kHeaders;
  std::string text, more;
  if (!read_file(shell, text)) return print_error(shell, "read", errno);
  if (own && !read_file(site, more)) return print_error(site, "read", errno);
  return destination.write(kHeaders, own ? text + "\n" + more : text);
}

}  // namespace

int build_raw(const Options& options) {
  OpenSite opened;
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  Destination destination(options);
  if (!destination.open(options.destination, options.source)) return destination.status();
  fs::path shell = shell_folder(options);
  if (shell.empty()) {
    std::fprintf(stderr, "%sgive its folder with --shell\n", kNoShell);
    return kWrongUse;
  }
  if (!opened.open(options)) return kWrongUse;
  std::vector<CompiledSheet> sheets = compile_sheets(opened, options);
  Text manifest, sass;
  FirstPages first_pages(workspace.site());
  ManifestSegments manifest_segments(workspace);
  if (!opened.manifest(options, manifest,
                       {.sass = &sass, .first = &first_pages, .segments = &manifest_segments}))
    return kErrors;
  std::vector<MadeFile> search = make_search_index(opened, options);
  if (search.size()) add_to_manifest(manifest, "\"search\":true");
  std::vector<MadeFile> links = make_note_links(opened, options);
  add_note_links(manifest, links);
  std::vector<MadeFile> first = files_of(first_pages);
  const bool offline = works_offline(workspace.site());
  if (offline) add_to_manifest(manifest, "\"offline\":true");
  std::vector<std::string> files = shell_of_sources(opened, options), sources;
  // The manifest says what these guess.
  leave_out(files, kFirstPage);
  // A card may be of a person whose site is in the other dialect.
  const bool card = std::count(files.begin(), files.end(), kCardScript),
             kramdown = workspace.site().markdown().dialect == markdown::Dialect::Kramdown;
  if (kramdown && !card) leave_out(files, kCommonmark);
  if (search.size()) take_along(files, options, kSearchKeys);
  for (site::File* f = workspace.files().first(); f; f = f->next) {
    std::string path(f->source.path);
    bool taken = path == kNoJekyll || path == kHeaders;  // the shell brings the same
    if (f->published && !taken && !site::is_compiled_sheet(path)) sources.push_back(path);
  }
  std::set<std::string> shells = shell_pages(opened, options);
  Places places;
  for (const std::string& path : sources)
    if (shells.count(path)) places[path] = kMovedSources + path;
  add_theme_assets(opened, shells, places);
  auto place = [&](const std::string& path) {
    auto moved = places.find(path);
    return moved == places.end() ? path : moved->second;
  };
  const std::string whole = manifest_with_places(manifest, places);
  std::vector<MadeFile> segments = files_of(manifest_segments, whole);
  const Prepared prepared{first.size(), segments_in(segments), home_of(first_pages)};
  if (segments.size()) take_along(files, options, kSegmentsReader);
  std::vector<std::string> paths = files;
  for (const std::string& path : sources) paths.push_back(place(path));
  for (const char* name : {kNoJekyll, kHeaders, kManifest}) paths.emplace_back(name);
  paths.insert(paths.end(), shells.begin(), shells.end());
  for (const CompiledSheet& sheet : sheets) paths.push_back(sheet.path);
  if (sass.size()) paths.emplace_back(kSassParts);
  if (offline) paths.emplace_back(kOffline);
  const std::vector<MadeFile>* made[] = {&search, &links, &first, &segments};
  for (const auto* some : made)
    for (const MadeFile& file : *some) paths.push_back(file.path);
  if (!destination.plan(paths)) return destination.status();

  Progress progress{.quiet = options.quiet || options.json, .total = 0};
  bool ok =
      copy_shell(options, destination, files) && destination.copy(shell / kNoJekyll, kNoJekyll);
  if (offline) ok &= destination.copy(shell / kOffline, kOffline);
  site::File* headers = workspace.files().find(kHeaders);
  ok &= write_headers(options, destination, headers && headers->presence >= site::Presence::Listed);
  for (const std::string& path : shells)
    ok &= !destination.stopped() && write_page_shell(opened, options, destination, path, prepared);
  for (const std::string& path : sources) {
    if (destination.stopped()) break;
    ok &= destination.copy(opened.place_of(options, path), place(path));
    progress.step();
  }
  for (const CompiledSheet& sheet : sheets) ok &= destination.write(sheet.path, sheet.css);
  if (sass.size()) ok &= destination.write(kSassParts, sass.str());
  for (const auto* some : made)
    for (const MadeFile& file : *some) ok &= destination.write(file.path, file.bytes);
  ok &= destination.write(kManifest, whole);
  ok &= ok && destination.finish(keep_files(workspace.site()), opened.unread);
  progress.end("sources copied", destination);
  opened.tell_future(options);
  opened.place_diagnostics();
  report(options, destination, ok, diagnostics);
  return ok && !diagnostics.has_errors() ? kOk : kErrors;
}

}  // namespace meridian::cli
