#include "shell.h"

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

const OutputFile* find_output(const OpenSite& opened, const std::string& path) {
  for (const OutputFile& output : opened.outputs)
    if (output.path == Str(path)) return &output;
  return nullptr;
}

}  // namespace

bool print_error(const fs::path& path, const char* what, int error) {
  std::fprintf(stderr, "meridian: %s can't be %s: %s\n", path.c_str(), what, std::strerror(error));
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

bool works_offline(const site::Site& site) {
  return get(site.config()->get("meridian"), "offline").truthy();
}

bool complete_shell(const fs::path& from, const site::Site& site, const std::string& root,
                    Prepared prepared, std::string& text) {
  std::string said;
  if (!read_file(from, text)) return print_error(from, "read", errno);
  if (text.find("name=\"meridian-manifest\"") == std::string::npos)
    said = "<meta name=\"meridian-manifest\" content=\"meridian.json\">";
  // Elements that change with the site: this one goes, and comes again if it is wanted.
  auto say = [&](bool wanted, const char* begin, const std::string& rest = {}) {
    if (auto old = text.find(begin); old != std::string::npos)
      text.erase(old, text.find('>', old) + 1 - old);
    if (wanted) said += begin + rest + ">";
  };
  const std::size_t first = prepared.first, segments = prepared.segments;
  say(first, "<meta name=\"meridian-first\" content=\"", std::to_string(first) + "\"");
  say(segments, "<meta name=\"meridian-segments\" content=\"", std::to_string(segments) + "\"");
  if (!root.empty() && text.find("name=\"meridian-root\"") == std::string::npos) {
    Text escaped;
    add_escaped_html(escaped, root);
    said += "<meta name=\"meridian-root\" content=\"" + std::string(escaped.str()) + "\">";
  }
  // 404.html is served at any depth, so its own address is unknown.
  if (from.filename() == "index.html") {
    bool words = wants_words(site), extras = !site.rows().empty();  // of tables
    say(words, kWords);
    say(extras, kExtras);
    say(words || extras, kMore);
    say(first, kFirstScript);
    std::uint32_t file = first ? shard_of("/", std::uint32_t(first)) : 0;
    say(first, kFirstFile, std::to_string(file) + ".json\"");
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
