// The built shell: its folder `meridian/`, and its pages, with facts about the site written into
// them.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "destination.h"
#include "open_site.h"

namespace meridian::cli {

inline constexpr const char *kShellPages[] = {"index.html", "404.html"},
                            *kManifest = "meridian.json", *kSassParts = "sass.meridian.json",
                            *kHeaders = "_headers", *kNoJekyll = ".nojekyll",
                            *kOffline = "meridian-offline.js";
/// A page that is the only file of the shell beside the sources, and its mark.
inline constexpr const char *kOnePage = "meridian/one-file.html",
                            *kOneFile = "<meta name=\"meridian-shell\" content=\"one-file\">";
/// Endings of the compressed forms that files of the shell have beside them.
inline constexpr const char* kCompressed[] = {".br", ".gz"};
/// How links begin by which index.html asks for files ahead, where its page is not in it: the core
/// and the module of its Markdown, the theme's words in other languages than English, what tables
/// need, the script that hands both over. Where it is: the theme's style sheet.
inline constexpr const char
    *kCore = "<link rel=\"preload\" as=\"fetch\" href=\"meridian/meridian.wasm\"",
    *kKramdownAhead = "<link rel=\"preload\" as=\"fetch\" href=\"meridian/kramdown.wasm\"",
    *kCommonmarkAhead = "<link rel=\"preload\" as=\"fetch\" href=\"meridian/commonmark.wasm\"",
    *kWords = "<link rel=\"preload\" as=\"fetch\" href=\"meridian/words.txt\"",
    *kExtras = "<link rel=\"preload\" as=\"fetch\" href=\"meridian/extras.txt\"",
    *kMore = "<link rel=\"modulepreload\" href=\"meridian/more.js\"",
    *kSheet = "<link rel=\"preload\" as=\"style\" href=\"meridian/theme.css\"";
/// How the setting begins with the module that reads pages of this site (markdown_module()), which
/// a visit requests before the site's own settings are there.
inline constexpr const char* kMarkdownModule = "<meta name=\"meridian-markdown\" content=\"";
/// How the element begins and ends that has the page.
inline constexpr const char *kHome = "<script type=\"application/json\" data-first>",
                            *kHomeEnd = "</script>\n";
/// Where a source lies whose own address a page of the shell has.
inline constexpr const char* kMovedSources = "meridian/source/";
inline constexpr const char* kNoShell = "meridian: the built shell is not beside this program; ";

/// The files of the shell's folder `meridian/`, by their paths in the shell and in the site.
std::vector<std::string> shell_files(const Options& options);
/// Whether a path from the site's root is that of a page of the shell.
bool is_shell_path(const std::string& path);
/// The playground's page, in which an author may set something as well.
inline constexpr const char* kPlaygroundPage = "playground/index.html";
/// The path of a file whose `.br` or `.gz` form is at `path`, or that is there itself.
Str uncompressed(Str path);
/// Copies them. False, after an error was printed.
bool copy_shell(const Options& options, Destination& destination,
                const std::vector<std::string>& files);

/// Whether a service worker may keep the site (`meridian: {offline: true}`): its file lies in the
/// root, and the manifest says so.
bool works_offline(const site::Site& site);

/// The name of that module.
std::string markdown_module(const site::Site& site);

/// What was made for visitors' first pages: how many files with pages, and with segments of the
/// manifest; the first page, as in such a file, or nothing.
struct Prepared {
  std::size_t first = 0, segments = 0;
  std::string home = {};
};

/// A page of the shell with facts that it would otherwise have to find out: that there is a
/// manifest, what is `prepared`, that the words of another language or what tables need will be
/// wanted, and the site's root, as an address from the page. False when it can't be read.
bool complete_shell(const std::filesystem::path& from, const site::Site& site,
                    const std::string& root, const Prepared& prepared, std::string& text);

/// A page as readers without scripts get it in the shell; where the site has no 404.html, a way to
/// its first page.
std::string page_without_scripts(OpenSite& opened, const Options& options, const std::string& path);

/// Prints that a file can't be read or written; always false.
bool print_error(const std::filesystem::path& path, const char* what, int error);

}  // namespace meridian::cli
