// Files in, pages out: the part of the core that the wasm module and the command use. A Workspace
// owns a site and its files, drops what a change makes stale, and writes its answers as JSON.
//
//     Workspace w;
//     if (!w.list(R"({"files": ["index.md"], "complete": true})")) return;
//     Text html, json;
//     while (w.render("/", html, json) == site::Status::Needs) {
//       put_files_named_in(json, w);             // {"paths": ["index.md"], "zones": [], "modules":
//       []} json.truncate(0);                        // answers are appended
//     }
//
// Ownership: all arguments are copied; answers are appended to the texts that are passed.
//
// Failure: functions that take JSON or a path return false, and nothing has changed, when it is
// malformed. Anything wrong with an author's file becomes a diagnostic in the answer of the page
// that depends on it. Every sequence of calls ends: after kMaxRounds requests for the same files, a
// file that has not come counts as missing.
//
// Complexity: put() costs a copy of the bytes. The next question builds the model again, in
// O(files), unless only an include, a layout or a data file changed. Parsed files are kept until
// they change.
//
// Paths are UTF-8, from the site's root, with `/`; a leading `/` or `./` is dropped.
#pragma once
#include <span>

#include "meridian/site.h"

namespace meridian {

class FirstText;
class ManifestSegments;

class Workspace {
 public:
  Workspace() : site_(files_, settings_) {}
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  /// Sets a file's bytes, which are copied, and drops only what depends on the file. False when the
  /// path leads out of the sources, is empty or has a NUL.
  bool put(Str path, Str bytes);
  /// Records that a file was requested and does not exist. False as for put().
  bool put_missing(Str path);
  /// Records that a file was deleted.
  void remove(Str path);
  /// Sets the list of the files that the host has: JSON `{"files": […], "complete": bool}`. An
  /// entry is a path, or `{"path", "size", "text"?, "yaml"?, "excerpt"?, "title"?, "page"?}` as in
  /// meridian.json. A complete list (the default) makes every other path missing. False when it has
  /// another form.
  [[nodiscard]] bool list(Str json);
  /// Sets options: JSON `{"baseurl", "baseurl_found", "url", "time", "environment", "drafts",
  /// "future", "theme"}`, each optional; Settings says what they are. Also `"plugins"`: by path,
  /// what a plugin in JavaScript has (HostEntry::plugin). False when it is no JSON object, or
  /// `time` is no time.
  [[nodiscard]] bool options(Str json);
  /// Adds a time zone that an answer asked for: JSON `[[seconds, offset, "CET"], …]`, the offset in
  /// seconds east of UTC, ascending. An empty list means that there is no such zone. False when it
  /// has another form.
  [[nodiscard]] bool zone(Str name, Str json);
  /// Renders the page at a URL, and appends its HTML. By status, `json` gets `{diagnostics,
  /// dependencies, source, title, type}` (Ready, NotFound), `{paths, zones, modules}` (Needs: put
  /// these and call again), or `{url}` (Redirect). After kMaxRounds answers of Needs in a row for
  /// one URL the files that have not come count as missing, with a diagnostic.
  site::Status render(Str url, Text& html, Text& json);

  /// What a search index is made of. Without a path `json` gets the pages that search finds:
  /// `[[path, url, collection, year, is a list, tags with line feeds between them], …]`; with one
  /// of their paths `html` gets its content, and `json` its title as a string. With Needs `json` is
  /// as that of render().
  site::Status search(Str path, Text& html, Text& json);

  /// What a manifest is made with, each optional.
  struct ManifestWith {
    /// Gets sass.meridian.json, the text of all Sass that the sheets of pages are made of, which
    /// the manifest then names by its hash; nothing where there is none, or more than a megabyte.
    Text* sass = nullptr;
    /// Gets the files that pages include and that are only listed, in the arena of the diagnostics;
    /// without their bytes the manifest does not name them. Put them, and ask again.
    List<Str>* wanted = nullptr;
    /// Get the pages, which are all rendered for the manifest.
    FirstText* first = nullptr;
    ManifestSegments* segments = nullptr;
  };
  /// Appends meridian.json, the manifest of what was put and listed. Every source must be loaded;
  /// false, and nothing is appended, when one is missing.
  [[nodiscard]] bool manifest(Text& out, Diagnostics& diagnostics, const ManifestWith& with);
  [[nodiscard]] bool manifest(Text& out, Diagnostics& diagnostics) {
    return manifest(out, diagnostics, {});
  }

  /// The parts, for rooms that build on this one (writer, check, live).
  site::Files& files() { return files_; }
  site::Settings& settings() { return settings_; }
  site::Site& site() { return site_; }

  /// Rounds of requests for one page, so that a page whose files never come ends, too.
  static constexpr int kMaxRounds = 8;

 private:
  site::Files files_;
  site::Settings settings_;
  site::Site site_;
  Arena settings_arena_;
  Str baseurl_, url_;
  Text last_url_;
  int rounds_ = 0;
};

/// The number of the file, of so many, in which visitors' browsers look for what belongs to an
/// address: FNV-1a with 32 bits, as web/base/hashes.js has it.
std::uint32_t shard_of(Str url, std::uint32_t files);

/// What a first visitor sees of a page while the core is on its way (web/first/): the HTML that
/// stands before its text, up to which the shell reads the page's own Markdown by itself. Pages
/// differ little in it, masthead, author and title: each is written as a few changes of a frame,
/// which is the beginning of another page.
///
///     FirstText first(workspace.site());
///     workspace.manifest(manifest, diagnostics, {.first = &first});
///     for (std::uint32_t i = 0, count = first.arrange(); i < count; i++) first.print(i, text);
///
/// A file is `{"meridian": 1, "baseurl": "", "frames": ["<!doctype…"], "pages": {"/about/":
/// ["about.md", null, 1, 0, 49, -1, "<h1>About", 11]}}`: of a page the path of its source, the
/// beginning of that (on a large site of the home page alone), whether this is all of it, the
/// number of its frame, and steps through the frame's tokens, which begin at each `<`: so many are
/// taken, skipped (negative), or others inserted. Which file has a page says shard_of().
class FirstText {
 public:
  /// The site must outlive it.
  explicit FirstText(const site::Site& site) : site_(site) {}
  /// Adds a page that is made of Markdown; others are left out. Nothing is added where a visitor
  /// would see something else than the page: with layouts of the site's own, whose style sheets
  /// come later than the core, with options of kramdown that the shell's reader does not know, and
  /// where a script stands before the text.
  void add(const site::Document& document, const site::Page& page);
  /// Cuts the pages into files, after the last add(). Their number; 0: no page was added.
  std::uint32_t arrange();
  /// A file of arrange().
  void print(std::uint32_t file, Text& out) const;
  /// Forgets all pages.
  void clear();

  /// Pages in a file with and without the beginnings of their sources: what a visitor loads for one
  /// of them is about 4 KB after compression.
  static constexpr std::uint32_t kPages = 4, kPagesAlone = 32;
  /// Pages of a site up to which those are there, so that it has some hundred files at most.
  static constexpr std::uint32_t kMaxBeginnings = 500;

 private:
  struct Frame {
    Str text;
    List<Str> tokens;
  };
  struct Entry {
    Str url, path;
    /// The beginning of its source, or all of it.
    Str beginning;
    bool whole;
    /// Through the tokens of the frame.
    Str steps;
    std::uint32_t frame, file;
  };
  /// Appends the steps from a frame to a page's tokens; returns the bytes of what they insert.
  static std::size_t print_steps(const Frame& frame, const List<Str>& tokens, Text& out);

  const site::Site& site_;
  Arena arena_;
  List<Frame> frames_;
  List<Entry> pages_;
};

/// The manifest of a large site in segments, so that a visitor does not load what it says of
/// thousands of documents for one page: what all pages need, and for each page the documents that
/// it links to, which are those that it shows. Each page was made of its segment alone, and is the
/// same one; pages for which that does not hold are in no segment, and need the manifest.
///
///     ManifestSegments segments(workspace);
///     workspace.manifest(manifest, diagnostics, {.segments = &segments});
///     for (std::uint32_t i = 0, count = segments.cut(manifest.str()); i < count; i++)
///       segments.print(i, text);
///
/// A segment is `{"meridian": 1, "files": [], "pages": {}}`, whose entries are the manifest's.
/// Which one has a page says shard_of().
class ManifestSegments {
 public:
  /// The workspace, with all sources, must outlive it.
  explicit ManifestSegments(Workspace& whole) : whole_(whole) {}
  /// Adds a page of the site.
  void add(const site::Document& document, const site::Page& page);
  /// Cuts the manifest, which must outlive the segments, after the last add(), and makes each page
  /// of its segment. Their number, a power of two, so that few change when a page comes; 0 of a
  /// small site, and where most pages need all.
  std::uint32_t cut(Str manifest);
  /// The manifest without what the segments have.
  void print_common(Text& out) const;
  void print(std::uint32_t segment, Text& out) const;
  /// Forgets all pages.
  void clear();

  /// Pages of a site up to which it has no segments: a manifest of some 16 KB after compression.
  static constexpr std::uint32_t kMinPages = FirstText::kMaxBeginnings;
  /// Pages in a segment, at least.
  static constexpr std::uint32_t kPages = 16;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t(0);
  struct Page {
    /// Source: empty where a page is made of others. Text: its line in the manifest's pages.
    Str url, source, text;
    std::uint64_t hash = 0;
    /// Numbers of addresses, its own and those that it links to; from read() on the lines of the
    /// documents there.
    List<std::uint32_t> links;
    std::uint32_t line = kNone, segment = 0;
    bool needs_all = false;
  };
  /// A file's line in the manifest.
  struct Line {
    Str text;
    enum : std::uint8_t { Common, Document, Media } kind;
  };
  std::uint32_t number_of(Str address);
  /// Reads the manifest's lines; false when it has another form.
  bool read(Str manifest);
  std::span<Page> pages_of(std::uint32_t segment) const;
  void add_files(std::uint32_t segment, bool begun, Text& out) const;
  /// Finds the pages that are others when they are made of the segment.
  void check(std::uint32_t segment);
  std::uint64_t hash_of(Str url, Workspace& visited);

  Workspace& whole_;
  Arena arena_;
  Map addresses_{&arena_};         ///< numbers, in the order of the entries
  List<std::uint32_t> linked_by_;  ///< by address: the last page that links there, from 1
  List<Page> pages_;
  List<Line> lines_;
  Text common_;  ///< the manifest up to its files, and those that all pages need
  bool has_common_ = false;
  Str end_;  ///< what the manifest has behind its pages
};

/// The answer of Status::Needs: `{paths, zones, modules}`.
Map* to_value(Arena& arena, const site::Needs& needs);
/// `[{severity, file, line, column, message, remedy, excerpt}, …]`
Value to_value(Arena& arena, const Diagnostics& diagnostics);
/// The same as JSON.
void print_json(const Diagnostics& diagnostics, Text& out);

/// A path as it is in the table of files: without `./` and a slash in front. Empty when it leads
/// outside or has a NUL. A view of the argument.
Str clean_path(Str path);

}  // namespace meridian
