// meridian: the native command.
#include <unistd.h>

#include <cstdio>
#include <set>

#include "disk.h"
#include "meridian/stills.h"
#include "meridian/theme.h"
#include "meridian/writer.h"
#include "places.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {

/// Everything a command starts with: the sources, the options, the time zone, and what the site will write.
struct OpenSite {
  Workspace workspace;
  Writer writer{workspace};
  Arena arena;
  Diagnostics diagnostics{arena};
  List<Written> outputs;
  GlobeUse globes;  ///< of all pages so far
  Stills stills;
  bool has_shapes = false;  ///< the stills have what the built shell holds

  bool open(const Options& options);
  void read_named(const Options& options, const site::Needs& needs);
  site::Page render(const Options& options, const Written& output, Arena& page_arena, Diagnostics& found);
  Str with_stills(const Options& options, Str html, Arena& page_arena);
};

bool OpenSite::open(const Options& options) {
  if (!load_sources(workspace, options)) return false;
  apply_options(workspace, options);
  connect_itinerary(options);
  for (int round = 0; round < 3; round++) {
    site::Needs needs;
    outputs = writer.files(arena, needs, diagnostics);
    if (!needs.any()) return true;
    for (Str zone : needs.zones)
      if (!load_zone(workspace, zone)) {
        diagnostics.add(Severity::Error, "_config.yml", arena.join({"the system knows no time zone `", zone, "`"}),
                        "write a name as Europe/Berlin; UTC is taken now");
        workspace.zone(zone, "[]");
      }
    read_named(options, needs);
  }
  return true;
}

/// Reads what was only named until a template included it, or a post turned out to be one.
void OpenSite::read_named(const Options& options, const site::Needs& needs) {
  for (Str path : needs.paths) {
    std::string bytes;
    if (!read_file(fs::path(options.source) / fs::path(std::string(path)), bytes)) bytes.clear();
    workspace.put(path, bytes);
  }
}

void show(const Diagnostics& diagnostics) {
  Text text;
  for (const Diagnostic& d : diagnostics) print(d, text);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

/// With the land that the built shell has, read when the first page asks for it.
Str OpenSite::with_stills(const Options& options, Str html, Arena& page_arena) {
  if (!mentions_globe(html)) return html;
  if (!has_shapes) {
    has_shapes = true;
    fs::path folder = shell_folder(options) / "meridian";
    std::string land, countries;
    if (!read_file(folder / "land-110m.bin", land) || !read_file(folder / "countries.bin", countries))
      countries.clear();
    stills.put(land, countries);
  }
  return stills.add(html, page_arena, globes);
}

/// Renders a page of `outputs`, as it is written.
site::Page OpenSite::render(const Options& options, const Written& output, Arena& page_arena, Diagnostics& found) {
  site::Page page;
  for (int round = 0; round < Workspace::kMaxRounds; round++) {
    site::Needs needs;
    page = writer.page(output.path, page_arena, needs, found);
    if (page.status != site::Status::Needs) {
      page.html = with_stills(options, page.html, page_arena);
      return page;
    }
    read_named(options, needs);
  }
  found.add(Severity::Error, output.source, "the page could not be completed");
  return page;
}

struct Progress {
  bool terminal = isatty(2);
  bool quiet;
  std::size_t total, done = 0;
  void step() {
    done++;
    if (terminal && !quiet) std::fprintf(stderr, "\r%zu of %zu pages", done, total);
  }
  void end(const char* what) {
    if (terminal && !quiet) std::fprintf(stderr, "\r\x1b[K");
    if (!quiet) std::fprintf(stderr, "%zu %s\n", done, what);
  }
};

/// Whether the theme shows words of another language than English: they are a file of their own beside the shell.
bool wants_words(const site::Site& site) {
  Str lang = site.config()->get("lang").str(), locale = site.config()->get("locale").str();
  std::string tongue((lang.empty() ? locale : lang).substr(0, 2));
  return site.theme() == site::Theme::Meridian && theme::find("_includes/words/" + tongue + ".html").data();
}

/// Tells a page of the shell what it would have to find out: that there is a manifest, that the words of another
/// language will be asked for, and the site's root, of an address with `baseurl`. False when it can't be read or
/// written.
bool tell_shell(const fs::path& from, const fs::path& to, const site::Site& site, std::string_view baseurl) {
  std::string text, said;
  if (!read_file(from, text)) return false;
  if (text.find("name=\"meridian-manifest\"") == std::string::npos)
    said = "<meta name=\"meridian-manifest\" content=\"meridian.json\">";
  if (!baseurl.empty() && text.find("name=\"meridian-root\"") == std::string::npos) {
    Text root;
    add_escaped_html(root, baseurl);
    said += "<meta name=\"meridian-root\" content=\"" + std::string(root.str()) + "/\">";
  }
  // 404.html is given at any depth: it can't know the address.
  if (to.filename() == "index.html" && wants_words(site) && text.find("words.txt") == std::string::npos)
    said += "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"meridian/words.txt\">";
  auto charset = text.find("<meta charset");
  auto end = charset == std::string::npos ? charset : text.find('>', charset);
  text.insert(end == std::string::npos ? 0 : end + 1, said);
  return write_file(to, text);
}

/// Parts of the shell that not every host needs.
struct ShellParts {
  bool pages;   ///< which render: index.html, 404.html
  bool places;  ///< the gazetteer, which pages that are written seldom ask
};

bool copy_shell(const Options& options, const fs::path& destination, ShellParts parts, const site::Site& site) {
  fs::path shell = shell_folder(options);
  if (shell.empty()) {
    std::fprintf(stderr,
                 "meridian: the built shell is not beside this program; pages will lack their style (see --shell)\n");
    return !parts.pages;
  }
  std::error_code error;
  fs::create_directories(destination / "meridian", error);
  bool ok = !error;
  for (fs::directory_iterator it(shell / "meridian", error), end; !error && it != end; it.increment(error)) {
    if (!parts.places && it->path().filename() == "places") continue;
    std::error_code failed;
    fs::copy(it->path(), destination / "meridian" / it->path().filename(),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing, failed);
    ok &= !failed;
  }
  ok &= !error;
  if (parts.pages) {
    for (const char* name : {"index.html", "404.html"})
      ok &= tell_shell(shell / name, destination / name, site, site.baseurl());
    for (const char* name : {".nojekyll", "_headers"}) ok &= copy_to(shell / name, destination / name);
  }
  return ok;
}

int build(const Options& options) {
  OpenSite opened;
  auto& diagnostics = opened.diagnostics;
  std::error_code error;
  fs::path source = fs::weakly_canonical(options.source, error),
           destination = fs::weakly_canonical(options.destination, error);
  if (destination == source ||
      std::mismatch(destination.begin(), destination.end(), source.begin(), source.end()).first == destination.end()) {
    std::fprintf(stderr, "meridian: the destination must not be the source's own folder, nor hold it\n");
    return kWrongUse;
  }
  if (!opened.open(options)) return kWrongUse;
  Progress progress{.quiet = options.quiet, .total = opened.outputs.size};
  bool written = true, needs_style = false;
  for (const Written& output : opened.outputs) {
    fs::path to = destination / fs::path(std::string(output.path));
    bool ok;
    if (output.kind == Written::Static) {
      if (options.content_only) continue;
      ok = copy_to(source / fs::path(std::string(output.source)), to);
    } else {
      Arena page_arena;
      Diagnostics found(page_arena);
      site::Page page = opened.render(options, output, page_arena, found);
      for (const Diagnostic& d : found) diagnostics.add(d);
      if (options.content_only && output.kind == Written::Redirect) continue;
      needs_style |= wants_shell(page.html);
      ok = write_file(to, page.html);
    }
    if (!ok) {
      std::fprintf(stderr, "meridian: %s can't be written\n", to.c_str());
      written = false;
    }
    progress.step();
  }
  if (needs_style || opened.globes.any)
    copy_shell(options, destination, {.pages = false, .places = opened.globes.places}, opened.workspace.site());
  progress.end("files written");
  show(diagnostics);
  return written && !diagnostics.has_errors() ? kOk : kErrors;
}

/// Where a source goes whose own address the shell needs.
constexpr const char* kMoved = "meridian/source/";
bool is_moved(const std::string& path) { return path == "index.html" || path == "404.html"; }

/// Sources, shell and manifest, for a host whose visitors' browsers render.
int build_raw(const Options& options) {
  OpenSite opened;
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  fs::path source = options.source, destination = options.destination;
  if (shell_folder(options).empty()) {
    std::fprintf(stderr, "meridian: the built shell is not beside this program; give its folder with --shell\n");
    return kWrongUse;
  }
  Progress progress{.quiet = options.quiet, .total = 0};
  bool ok = copy_shell(options, destination, {.pages = true, .places = true}, workspace.site());
  for (site::File* f = workspace.files().first(); f; f = f->next) {
    if (f->presence < site::Presence::Listed || f->generated) continue;
    std::string path(f->source.path);
    progress.step();
    if (path == ".nojekyll") continue;  // the shell brings the same
    if (path == "_headers") {           // the site's own come last: what they say counts
      std::string own, shell;
      ok &= read_file(source / path, own) && read_file(shell_folder(options) / path, shell) &&
            write_file(destination / path, shell + "\n" + own);
      continue;
    }
    bool moved = is_moved(path);
    ok &= copy_to(source / path, destination / (moved ? kMoved + path : path));
  }
  Text written;
  workspace.manifest(written, diagnostics);
  // Sources that gave way to the shell say where they lie now.
  std::string manifest(written.str());
  for (const char* name : {"index.html", "404.html"}) {
    std::string entry = std::string("{\"path\":\"") + name + "\",";
    if (auto at = manifest.find("\n" + entry); at != std::string::npos)
      manifest.insert(at + 1 + entry.size(), std::string("\"at\":\"") + kMoved + name + "\",");
  }
  ok &= write_file(destination / "meridian.json", manifest);
  progress.end("sources copied");
  show(diagnostics);
  if (!ok) std::fprintf(stderr, "meridian: not everything could be written\n");
  return ok && !diagnostics.has_errors() ? kOk : kErrors;
}

int check(const Options& options) {
  OpenSite opened;
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  std::size_t pages = 0;
  bool home = false;
  for (const Written& output : opened.outputs) {
    home |= output.path == "index.html";
    if (output.kind == Written::Static) continue;
    Arena page_arena;
    Diagnostics found(page_arena);
    site::Page page = opened.render(options, output, page_arena, found);
    for (const Diagnostic& d : found) diagnostics.add(d);
    // Where a redirect leads, and whether it ever ends.
    std::set<std::string> seen;
    while (page.status == site::Status::Redirect && !page.redirect.empty() && page.redirect[0] == '/') {
      if (!seen.insert(std::string(page.redirect)).second) {
        diagnostics.add(Severity::Error, output.source, "its redirect leads back to itself", "mend `redirect_to`");
        break;
      }
      site::Needs needs;
      Diagnostics unused(page_arena);
      page = workspace.site().render(page.redirect, page_arena, needs, unused);
    }
    pages++;
  }
  if (!home)
    diagnostics.add(Severity::Warning, "index.md", "the site has no first page",
                    "add index.md, or a page with `permalink: /`");
  if (options.json) {
    Text json;
    print_json(diagnostics, json);
    json.add('\n');
    std::fwrite(json.data(), 1, json.size(), stdout);
  } else {
    show(diagnostics);
    if (!options.quiet) std::fprintf(stderr, "%zu pages checked, %u findings\n", pages, unsigned(diagnostics.size()));
  }
  return diagnostics.has_errors() ? kErrors : kOk;
}

int index(const Options& options) {
  OpenSite opened;
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  Text manifest;
  workspace.manifest(manifest, diagnostics);
  fs::path to = options.output.empty() ? fs::path(options.source) / "meridian.json" : fs::path(options.output);
  bool ok = true;
  if (options.output.empty())
    for (const char* name : {"index.html", "404.html"})
      if (fs::path page = fs::path(options.source) / name; is_shell(page))
        ok &= tell_shell(page, page, workspace.site(), {});
  if (options.output == "-")
    ok = std::fwrite(manifest.data(), 1, manifest.size(), stdout) == manifest.size();
  else
    ok &= write_file(to, manifest.str());
  if (!ok)
    std::fprintf(stderr, "meridian: %s can't be written\n", to.c_str());
  else if (options.output != "-" && !options.quiet)
    std::fprintf(stderr, "%s written\n", to.c_str());
  show(diagnostics);
  return ok ? kOk : kErrors;
}

int render(const Options& options) {
  OpenSite opened;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  std::error_code error;
  std::string wanted = fs::weakly_canonical(options.file, error)
                           .lexically_relative(fs::weakly_canonical(options.source))
                           .generic_string();
  for (const Written& output : opened.outputs) {
    if (output.kind != Written::Page) continue;
    if (output.source != Str(wanted) && output.source != Str(options.file)) continue;
    site::Page page = opened.render(options, output, opened.arena, diagnostics);
    std::fwrite(page.html.data(), 1, page.html.size(), stdout);
    show(diagnostics);
    return diagnostics.has_errors() ? kErrors : kOk;
  }
  std::fprintf(stderr, "meridian: %s is no page of the site in %s\n", options.file.c_str(), options.source.c_str());
  return kWrongUse;
}

}  // namespace
}  // namespace meridian::cli

/// A build keeps the contents of all pages, and a machine that builds has more than wasm's gigabyte.
constexpr std::size_t kMemory = std::size_t(8) << 30;

int main(int count, char** arguments) {
  using namespace meridian::cli;
  meridian::max_memory = kMemory;
  meridian::limits.files.most = kMemory / 2;
  Options options;
  std::optional<int> status;
  if (!parse(count, arguments, options, status)) return kWrongUse;
  if (status) return *status;
  if (options.command == "build") return options.raw ? build_raw(options) : build(options);
  if (options.command == "check") return check(options);
  if (options.command == "index") return index(options);
  if (options.command == "places") return places(options);
  return render(options);
}
