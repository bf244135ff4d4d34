#include "shell.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "disk.h"
#include "meridian/theme.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {

/// Whether the theme uses a language other than English: its words are a file of their own beside
/// the shell.
bool wants_words(const site::Site& site) {
  Str lang = site.config()->get("lang").str(), locale = site.config()->get("locale").str();
  std::string tongue((lang.empty() ? locale : lang).substr(0, 2));
  return site.theme() == site::Theme::Meridian &&
         theme::find("_includes/words/" + tongue + ".html").data();
}

/// Removes the page that an earlier run has put into the shell's.
void take_home(std::string& text) {
  auto old = text.find(kHome), end = text.find(kHomeEnd, old);
  if (old != text.npos && end != text.npos) text.erase(old, end + std::strlen(kHomeEnd) - old);
}

/// The site's first page as an element; empty without one.
std::string home_element(const std::string& home) {
  if (home.empty()) return {};
  std::string element = kHome;
  // JSON that is no tag anywhere.
  for (char c : home) c == '<' ? element += "\\u003c" : element += c;
  return element.append(kHomeEnd);
}

const OutputFile* find_output(const OpenSite& opened, const std::string& path) {
  for (const OutputFile& output : opened.outputs)
    if (output.path == Str(path)) return &output;
  return nullptr;
}

}  // namespace

bool print_error(const fs::path& path, const char* what, int error) {
  // ELOOP: FolderWriter's.
  std::fprintf(stderr, "meridian: %s can't be %s: %s\n", path.c_str(), what,
               error == ELOOP ? "it is a link, or behind one" : std::strerror(error));
  return false;
}

std::vector<std::string> shell_files(const Options& options) {
  std::vector<std::string> files;
  fs::path shell = shell_folder(options);
  std::error_code error;
  for (fs::recursive_directory_iterator it(shell / "meridian", error), end; !error && it != end;
       it.increment(error)) {
    // A theme that the site uses is listed with its sources.
    if (it->path().filename() == "themes") it.disable_recursion_pending();
    if (it->is_regular_file(error))
      files.push_back(it->path().lexically_relative(shell).generic_string());
  }
  return files;
}

bool is_shell_path(const std::string& path) {
  return path == kShellPages[0] || path == kShellPages[1];
}

Str uncompressed(Str path) {
  for (Str ending : kCompressed)
    if (ends_with(path, ending)) path.remove_suffix(ending.size());
  return path;
}

bool copy_shell(const Options& options, Destination& destination,
                const std::vector<std::string>& files) {
  fs::path shell = shell_folder(options);
  bool ok = true;
  for (const std::string& file : files)
    ok &= !destination.stopped() && destination.copy(shell / file, file);
  return ok;
}

std::string markdown_module(const site::Site& site) {
  return site.markdown().dialect == markdown::Dialect::Kramdown ? "kramdown" : "commonmark";
}

bool works_offline(const site::Site& site) {
  return get(site.config()->get("meridian"), "offline").truthy();
}

bool complete_shell(const fs::path& from, const site::Site& site, const std::string& root,
                    const Prepared& prepared, std::string& text) {
  std::string said;
  if (!read_file(from, text)) return print_error(from, "read", errno);
  // Elements that change with the site: each goes, and comes again if it is wanted, so that a
  // second run gives the same bytes. Gives what it was.
  auto take = [&](const char* begin) {
    auto old = text.find(begin), end = text.find('>', old);
    if (old == std::string::npos || end == std::string::npos) return std::string();
    std::string element = text.substr(old, end + 1 - old);
    text.erase(old, element.size());
    return element;
  };
  auto say = [&](bool wanted, const char* begin, const std::string& rest = {}) {
    take(begin);
    if (wanted) said += begin + rest + ">";
  };
  const char* manifest = "<meta name=\"meridian-manifest\"";
  std::string given = take(manifest);  // an author may have given it another name
  // The only page of a shell on another host, whose files are there.
  const bool one_file = text.find(kOneFile) != std::string::npos;
  if (one_file && given.find("\"none\"") != std::string::npos) given.clear();
  said = given.empty() ? std::string(manifest) + " content=\"meridian.json\">" : given;
  const std::size_t first = prepared.first, segments = prepared.segments;
  say(first, "<meta name=\"meridian-first\" content=\"", std::to_string(first) + "\"");
  say(segments, "<meta name=\"meridian-segments\" content=\"", std::to_string(segments) + "\"");
  const std::string module = markdown_module(site);
  const bool kramdown = module == "kramdown";
  say(true, kMarkdownModule, module + "\"");
  if (!root.empty() && text.find("name=\"meridian-root\"") == std::string::npos) {
    Text escaped;
    add_escaped_html(escaped, root);
    said += "<meta name=\"meridian-root\" content=\"" + std::string(escaped.str()) + "\">";
  }
  // 404.html is served at any depth, so its own address is unknown.
  if (from.filename() == "index.html" && !one_file) {
    bool whole = !prepared.home.empty(), words = wants_words(site),
         extras = !site.rows().empty();  // of tables
    // The page comes before the core, which takes its time then.
    say(!whole, kCore);
    say(!whole && kramdown, kKramdownAhead);
    say(!whole && !kramdown, kCommonmarkAhead);
    say(!whole && words, kWords);
    say(!whole && extras, kExtras);
    say(!whole && (words || extras), kMore);
    say(whole && site.theme() == site::Theme::Meridian, kSheet);
    take_home(text);
    said += home_element(prepared.home);
  }
  auto charset = text.find("<meta charset");
  auto end = charset == std::string::npos ? charset : text.find('>', charset);
  text.insert(end == std::string::npos ? 0 : end + 1, said);
  return true;
}

std::string page_without_scripts(OpenSite& opened, const Options& options,
                                 const std::string& path) {
  const OutputFile* output = find_output(opened, path);
  if (output && output->kind == OutputFile::Page) {
    Arena page_arena;
    Diagnostics ignored(page_arena);  // `meridian check` prints them
    site::Page page = opened.render(options, *output, page_arena, ignored);
    std::string html(page.html);
    if (html.find("<title") != html.npos || page.title.empty()) return html;
    // Without a layout the page has no title yet.
    Text title;
    add_escaped_html(title, page.title);
    std::string name(title.str());
    return "<title>" + name + "</title><meta property=\"og:title\" content=\"" + name + "\">\n" +
           html;
  }
  const site::Site& site = opened.workspace.site();
  Text title, root;
  add_escaped_html(title, site.config()->get("title").str());
  add_escaped_html(root, site.baseurl());
  if (title.empty()) return {};
  std::string name(title.str());
  return "<title>" + name + "</title><main><p><a href=\"" + std::string(root.str()) + "/\">" +
         name + "</a></p></main>";
}

}  // namespace meridian::cli
