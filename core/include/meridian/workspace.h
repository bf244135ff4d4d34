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

class FirstPages;
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
  /// "future", "theme"}`, each optional; Settings says what they are. Also `"config"` and
  /// `"gems"`, which a manifest may have as well, and `"plugins"`: by path, what a plugin in
  /// JavaScript has (HostEntry::plugin). False when it is no JSON object, or
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
    FirstPages* first = nullptr;
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

  /// The conversation of a host that has the files at hand: asks, supplies what is missing, and
  /// asks again. `ask` returns whether its answer is complete; false when it never was.
  ///
  ///     Workspace::complete(
  ///         [&](site::Needs& needs) { return writer.read_notes(arena, needs); },
  ///         [&](const site::Needs& needs) { read(needs.paths); });
  template <class Ask, class Supply>
  static bool complete(Ask ask, Supply supply) {
    for (int round = 0; round < kMaxRounds; round++) {
      site::Needs needs;
      if (ask(needs)) return true;
      supply(needs);
    }
    return false;
  }

 private:
  bool read_text(const Value& from, const char* key, Str& out);
  /// What options and a manifest say of a site's sources: the files of its settings, and plugins.
  void read_sources(const Value& from);

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

/// Whole pages for first visitors (`meridian/first/`), who see them while the core is on its way:
/// of a large site the first page, those that are no documents, and the latest documents.
///
///     FirstPages first(workspace.site());
///     workspace.manifest(manifest, diagnostics, {.first = &first});
///     for (std::uint32_t i = 0, count = first.arrange(); i < count; i++) first.print(i, text);
///
/// A file is `{"meridian": 1, "baseurl": "", "url": "https://…", "sheets": {"/main.css":
/// "main.meridian.css"}, "pages": {"/about/": "<!doctype…"}}`: the address with which the pages
/// were made, the style sheets that are compiled, and of each page its HTML. Which file has a page
/// says shard_of(); most have one, some none.
class FirstPages {
 public:
  /// The site must outlive it.
  explicit FirstPages(const site::Site& site) : site_(site) {}
  FirstPages(const FirstPages&) = delete;
  FirstPages& operator=(const FirstPages&) = delete;
  ~FirstPages() { clear(); }
  /// Adds the address, without its first slash, of a style sheet that is compiled, and the path of
  /// its compiled form.
  void add_sheet(Str url, Str path);
  /// Adds a page; others than HTML, and very long ones, are left out.
  void add(const site::Document& document, const site::Page& page);
  /// Cuts the pages into files, after the last add(). Their number; 0: no page was added.
  std::uint32_t arrange();
  /// A file of arrange().
  void print(std::uint32_t file, Text& out) const;
  /// The same with the site's first page alone; false without one.
  bool print_home(Text& out) const;
  /// Forgets all pages.
  void clear();

  /// Pages of a site that are there, so that it has some hundred files at most.
  static constexpr std::uint32_t kMaxPages = 500;

 private:
  struct Entry {
    Str url;
    /// Its own: of a large site most are dropped again.
    Text* html;
    int group;
    /// In seconds since 1970, of dated documents.
    std::int64_t date;
    std::uint32_t file;
  };
  /// Keeps those that are wanted most.
  void choose();
  template <class Wanted>
  void print_those(Text& out, Wanted wanted) const;

  const site::Site& site_;
  Arena arena_;
  /// As JSON: `"/main.css":"main.meridian.css"`.
  Text sheets_;
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
  static constexpr std::uint32_t kMinPages = FirstPages::kMaxPages;
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
