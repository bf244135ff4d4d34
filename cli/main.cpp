// meridian: the native command.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <set>

#include "destination.h"
#include "disk.h"
#include "head.h"
#include "meridian/check.h"
#include "meridian/stills.h"
#include "meridian/theme.h"
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
  bool unread = false;      ///< a source that pages need can't be read
  bool has_shapes = false;  ///< the stills have what the built shell holds

  bool open(const Options& options);
  std::string named_host(const Options& options);
  void list_outputs(const Options& options, Diagnostics& found);
  void read_named(const Options& options, const site::Needs& needs);
  site::Page render(const Options& options, const Written& output, Arena& page_arena, Diagnostics& found);
  Str with_stills(const Options& options, Str html, Arena& page_arena);
};

bool OpenSite::open(const Options& options) {
  if (!load_sources(workspace, options, diagnostics) || !apply_options(workspace, options)) return false;
  connect_itinerary(options);
  list_outputs(options, diagnostics);
  const Map* config = workspace.site().config();
  std::string host = config && config->get("url").str().empty() ? named_host(options) : std::string();
  if (!host.empty()) {
    workspace.options("{\"url\":\"https://" + host + "\"}");
    Diagnostics told(arena);
    list_outputs(options, told);
  }
  return true;
}

/// The host of the file CNAME, by which GitHub Pages and others know it: addresses are absolute without `url`, too.
std::string OpenSite::named_host(const Options& options) {
  std::string text;
  if (options.url || !read_file(fs::path(options.source) / "CNAME", text, 300)) return {};
  Str host = strip(text);
  bool valid = host.find('.') != Str::npos;
  for (char c : host) valid &= is_alnum(c) || c == '.' || c == '-';
  return valid ? std::string(host) : std::string();
}

/// What the site writes, once all that it takes has been read.
void OpenSite::list_outputs(const Options& options, Diagnostics& found) {
  for (int round = 0; round < 3; round++) {
    site::Needs needs;
    outputs = writer.files(arena, needs, found);
    if (!needs.any()) break;
    for (Str zone : needs.zones)
      if (!load_zone(workspace, zone)) {
        diagnostics.add(Severity::Error, "_config.yml", arena.join({"the system knows no time zone `", zone, "`"}),
                        "write a name as Europe/Berlin; UTC is taken now");
        workspace.zone(zone, "[]");
      }
    read_named(options, needs);
  }
}

/// Reads what was only named until a template included it, or a post turned out to be one.
void OpenSite::read_named(const Options& options, const site::Needs& needs) {
  for (Str path : needs.paths) {
    std::string bytes;
    if (read_source(fs::path(options.source) / fs::path(std::string(path)), bytes)) {
      workspace.put(path, bytes);
      continue;
    }
    unread = true;
    diagnostics.add(Severity::Error, path, arena.join("the file can't be read: ", std::strerror(errno)),
                    "let this user read it");
    workspace.put_missing(path);
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

bool print_error(const fs::path& path, const char* what, int error) {
  std::fprintf(stderr, "meridian: %s can't be %s: %s\n", path.c_str(), what, std::strerror(error));
  return false;
}

/// A page of the shell with what it would have to find out: that there is a manifest, that the words of another
/// language will be asked for, and the site's root, as an address from the page. False when it can't be read.
bool told_shell(const fs::path& from, const site::Site& site, const std::string& root, std::string& text) {
  std::string said;
  if (!read_file(from, text)) return print_error(from, "read", errno);
  if (text.find("name=\"meridian-manifest\"") == std::string::npos)
    said = "<meta name=\"meridian-manifest\" content=\"meridian.json\">";
  if (!root.empty() && text.find("name=\"meridian-root\"") == std::string::npos) {
    Text escaped;
    add_escaped_html(escaped, root);
    said += "<meta name=\"meridian-root\" content=\"" + std::string(escaped.str()) + "\">";
  }
  // 404.html is given at any depth: it can't know the address.
  if (from.filename() == "index.html" && wants_words(site) && text.find("words.txt") == std::string::npos)
    said += "<link rel=\"preload\" as=\"fetch\" crossorigin href=\"meridian/words.txt\">";
  auto charset = text.find("<meta charset");
  auto end = charset == std::string::npos ? charset : text.find('>', charset);
  text.insert(end == std::string::npos ? 0 : end + 1, said);
  return true;
}

constexpr const char *kShellPages[] = {"index.html", "404.html"}, *kManifest = "meridian.json", *kHeaders = "_headers",
                     *kNoJekyll = ".nojekyll";

/// The files of the shell's folder `meridian/`, by their paths in the shell and in the site. Without `places` the
/// gazetteer stays out, which pages that are written seldom ask.
std::vector<std::string> shell_files(const Options& options, bool places) {
  std::vector<std::string> files;
  fs::path shell = shell_folder(options);
  std::error_code error;
  for (fs::recursive_directory_iterator it(shell / "meridian", error), end; !error && it != end; it.increment(error)) {
    if (!places && it->path().filename() == "places") it.disable_recursion_pending();
    if (it->is_regular_file(error)) files.push_back(it->path().lexically_relative(shell).generic_string());
  }
  return files;
}

constexpr const char* kNoShell = "meridian: the built shell is not beside this program; ";

bool copy_shell(const Options& options, Destination& destination, const std::vector<std::string>& files) {
  fs::path shell = shell_folder(options);
  bool ok = true;
  for (const std::string& file : files) ok &= !destination.stopped() && destination.copy(shell / file, file);
  return ok;
}

std::vector<std::string> keep_files(const site::Site& site) {
  std::vector<std::string> names;
  if (const Array* list = site.config()->get("keep_files").array())
    for (const Value& v : *list) names.emplace_back(v.str());
  return names;
}

int build(const Options& options) {
  OpenSite opened;
  auto& diagnostics = opened.diagnostics;
  Destination destination(options);
  if (!destination.open(options.destination, options.source)) return destination.status();
  if (!opened.open(options)) return kWrongUse;
  const site::Site& site = opened.workspace.site();
  std::vector<std::string> paths, shell;
  for (const Written& output : opened.outputs) paths.emplace_back(output.path);
  if (site.theme() == site::Theme::Meridian) shell = shell_files(options, true);
  paths.insert(paths.end(), shell.begin(), shell.end());
  if (!destination.plan(paths)) return destination.status();
  Progress progress{.quiet = options.quiet, .total = opened.outputs.size};
  bool needs_style = false;
  fs::path source = options.source;
  for (const Written& output : opened.outputs) {
    if (destination.stopped()) break;
    if (output.kind == Written::Static) {
      if (options.content_only) continue;
      destination.copy(source / fs::path(std::string(output.source)), std::string(output.path));
    } else {
      Arena page_arena;
      Diagnostics found(page_arena);
      site::Page page = opened.render(options, output, page_arena, found);
      for (const Diagnostic& d : found) diagnostics.add(d);
      if (options.content_only && output.kind == Written::Redirect) continue;
      needs_style |= wants_shell(page.html);
      destination.write(std::string(output.path), page.html);
    }
    progress.step();
  }
  if (needs_style || opened.globes.any) {
    std::vector<std::string> files = shell_files(options, opened.globes.places);
    if (files.empty()) std::fprintf(stderr, "%spages will lack their style (see --shell)\n", kNoShell);
    if (!shell.empty() || destination.plan(files)) copy_shell(options, destination, files);
  }
  bool written = destination.finish(keep_files(site), opened.unread);
  progress.end("files written");
  show(diagnostics);
  if (!written) return destination.status();
  return diagnostics.has_errors() ? kErrors : kOk;
}

/// Where a source goes whose own address the shell needs.
constexpr const char* kMoved = "meridian/source/";

std::string json_of(const std::string& text) {
  Text json;
  print_json(Value(Str(text)), json);
  return std::string(json.str());
}

/// The manifest, in which sources that gave way to the shell say where they lie now.
std::string manifest_with_moved(const Text& written, const std::vector<std::string>& moved) {
  std::string manifest(written.str());
  for (const std::string& path : moved) {
    std::string entry = "{\"path\":" + json_of(path) + ",";
    if (auto at = manifest.find("\n" + entry); at != std::string::npos)
      manifest.insert(at + 1 + entry.size(), "\"at\":" + json_of(kMoved + path) + ",");
  }
  return manifest;
}

const Written* find_output(const OpenSite& opened, const std::string& path) {
  for (const Written& output : opened.outputs)
    if (output.path == Str(path)) return &output;
  return nullptr;
}

/// A page as readers without scripts get it in the shell; where the site has no 404.html, a way to its first page.
std::string page_without_scripts(OpenSite& opened, const Options& options, const std::string& path) {
  const Written* output = find_output(opened, path);
  if (output && output->kind == Written::Page) {
    Arena page_arena;
    Diagnostics untold(page_arena);  // `meridian check` says them
    site::Page page = opened.render(options, *output, page_arena, untold);
    std::string html(page.html);
    if (html.find("<title") != html.npos || page.title.empty()) return html;
    // Without a layout nobody has said its title.
    Text title;
    add_escaped_html(title, page.title);
    std::string name(title.str());
    return "<title>" + name + "</title><meta property=\"og:title\" content=\"" + name + "\">\n" + html;
  }
  const site::Site& site = opened.workspace.site();
  Text title, root;
  add_escaped_html(title, site.config()->get("title").str());
  add_escaped_html(root, site.baseurl());
  if (title.empty()) return {};
  std::string name(title.str());
  return "<title>" + name + "</title><main><p><a href=\"" + std::string(root.str()) + "/\">" + name + "</a></p></main>";
}

/// The shell for a page of the site, which readers without scripts can read as well.
bool write_page_shell(OpenSite& opened, const Options& options, Destination& destination, const std::string& path) {
  const site::Site& site = opened.workspace.site();
  bool first = path == kShellPages[0], lost = path == kShellPages[1];
  // At a depth that is known; what stands for all other addresses finds out for itself.
  std::string root(site.baseurl()), text;
  if (!root.empty()) root += '/';
  if (root.empty() && !first && !lost) {
    root = "./";
    for (char c : path)
      if (c == '/') root += "../";
  }
  // But for the first page, the preloads of index.html would lead astray.
  if (!told_shell(shell_folder(options) / kShellPages[!first], site, root, text)) return false;
  return destination.write(path, with_head(text, page_without_scripts(opened, options, path), lost));
}

/// Addresses that get a shell of their own: those of all pages with --pages.
std::set<std::string> shell_pages(const OpenSite& opened, const Options& options) {
  std::set<std::string> pages(std::begin(kShellPages), std::end(kShellPages));
  if (options.pages)
    for (const Written& output : opened.outputs)
      if (output.kind == Written::Page && ends_with(output.path, ".html")) pages.emplace(output.path);
  return pages;
}

/// The shell's headers, and those of the site behind them: what comes last counts.
bool write_headers(const Options& options, Destination& destination, bool own) {
  fs::path shell = shell_folder(options) / kHeaders, site = fs::path(options.source) / kHeaders;
  std::string text, more;
  if (!read_file(shell, text)) return print_error(shell, "read", errno);
  if (own && !read_file(site, more)) return print_error(site, "read", errno);
  return destination.write(kHeaders, own ? text + "\n" + more : text);
}

/// Sources, shell and manifest, for a host whose visitors' browsers render.
int build_raw(const Options& options) {
  OpenSite opened;
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  Destination destination(options);
  if (!destination.open(options.destination, options.source)) return destination.status();
  fs::path source = options.source, shell = shell_folder(options);
  if (shell.empty()) {
    std::fprintf(stderr, "%sgive its folder with --shell\n", kNoShell);
    return kWrongUse;
  }
  if (!opened.open(options)) return kWrongUse;
  Text manifest;
  workspace.manifest(manifest, diagnostics);
  std::vector<std::string> files = shell_files(options, true), sources, paths = files;
  for (site::File* f = workspace.files().first(); f; f = f->next) {
    std::string path(f->source.path);
    bool taken = path == kNoJekyll || path == kHeaders;  // the shell brings the same
    if (f->published && !taken) sources.push_back(path);
  }
  std::set<std::string> shells = shell_pages(opened, options);
  std::vector<std::string> moved;
  for (const std::string& path : sources)
    if (shells.count(path)) moved.push_back(path);
  auto place = [&](const std::string& path) { return shells.count(path) ? kMoved + path : path; };
  for (const std::string& path : sources) paths.push_back(place(path));
  for (const char* name : {kNoJekyll, kHeaders, kManifest}) paths.emplace_back(name);
  paths.insert(paths.end(), shells.begin(), shells.end());
  if (!destination.plan(paths)) return destination.status();

  Progress progress{.quiet = options.quiet, .total = 0};
  bool ok = copy_shell(options, destination, files) && destination.copy(shell / kNoJekyll, kNoJekyll);
  site::File* headers = workspace.files().find(kHeaders);
  ok &= write_headers(options, destination, headers && headers->presence >= site::Presence::Listed);
  for (const std::string& path : shells)
    ok &= !destination.stopped() && write_page_shell(opened, options, destination, path);
  for (const std::string& path : sources) {
    if (destination.stopped()) break;
    ok &= destination.copy(source / path, place(path));
    progress.step();
  }
  ok &= destination.write(kManifest, manifest_with_moved(manifest, moved));
  ok &= ok && destination.finish(keep_files(workspace.site()), opened.unread);
  progress.end("sources copied");
  show(diagnostics);
  return ok && !diagnostics.has_errors() ? kOk : kErrors;
}

int check(const Options& options) {
  OpenSite opened;
  Author author(opened.workspace);
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  std::size_t pages = 0;
  bool home = false;
  Check check(workspace, opened.outputs);
  for (const Written& output : opened.outputs) {
    home |= output.path == "index.html";
    if (output.kind == Written::Static) continue;
    Arena page_arena;
    Diagnostics found(page_arena);
    site::Page page = opened.render(options, output, page_arena, found);
    for (const Diagnostic& d : found) diagnostics.add(d);
    if (output.kind == Written::Page) check.page(output, page.html);
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
  check.finish(diagnostics);
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

/// Whether nothing is lost when a manifest is written there: there is one already, or no file.
bool may_be_manifest(const fs::path& path) {
  constexpr std::string_view kBegin = "{\"meridian\":";
  std::string text;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return true;
  return read_file(path, text, kBegin.size()) && (text == kBegin || text.empty());
}

bool put_file(const fs::path& path, std::string_view bytes) {
  std::string old;
  if (read_file(path, old) && old == bytes) return true;
  int error = replace_file(path, bytes);
  return !error || print_error(path, "written", error);
}

int index(const Options& options) {
  OpenSite opened;
  std::optional<Author> author;
  if (options.author) author.emplace(opened.workspace);
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  Text manifest;
  workspace.manifest(manifest, diagnostics);
  bool printed = options.output == "-";
  fs::path source = options.source, to = options.output.empty() ? source / kManifest : fs::path(options.output);
  if (!printed && !may_be_manifest(to)) {
    std::fprintf(stderr, "meridian: %s is no manifest and is not overwritten; give another file with --output\n",
                 to.c_str());
    return kWrongUse;
  }
  bool ok = true;
  std::string text;
  if (options.output.empty())
    for (const char* name : kShellPages)
      if (fs::path page = source / name; is_shell(page) && told_shell(page, workspace.site(), {}, text))
        ok &= put_file(page, text);
  if (printed)
    std::fwrite(manifest.data(), 1, manifest.size(), stdout);
  else
    ok &= put_file(to, manifest.str());
  if (ok && !printed && !options.quiet) std::fprintf(stderr, "%s written\n", to.c_str());
  show(diagnostics);
  return ok ? kOk : kErrors;
}

/// Writes what readers without scripts get into a shell that lies beside the sources.
int head(const Options& options) {
  OpenSite opened;
  if (!opened.open(options)) return kWrongUse;
  bool ok = true, any = false;
  for (const char* name : kShellPages) {
    fs::path page = fs::path(options.source) / name;
    std::string text;
    if (!is_shell(page) || !read_file(page, text)) continue;
    any = true;
    ok &= put_file(page, with_head(text, page_without_scripts(opened, options, name), name == kShellPages[1]));
  }
  show(opened.diagnostics);
  if (!any)
    std::fprintf(stderr, "meridian: no index.html of the shell is beside the sources: copy it from build/dist\n");
  return any ? ok ? kOk : kErrors : kWrongUse;
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

int run(const Options& options) {
  if (options.command == "build") return options.raw ? build_raw(options) : build(options);
  if (options.command == "check") return check(options);
  if (options.command == "index") return index(options);
  if (options.command == "head") return head(options);
  if (options.command == "places") return places(options);
  return render(options);
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
  int result = status ? *status : run(options);
  // What a full disk or a closed pipe did not take.
  if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
    std::fprintf(stderr, "meridian: standard output can't be written: %s\n", std::strerror(errno));
    return kErrors;
  }
  return result;
}
