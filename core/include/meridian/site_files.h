// The files of a site: the paths of a host, their bytes once they are loaded, and what is parsed
// from them (site.h says how they get there).
#pragma once
#include "meridian/liquid.h"
#include "meridian/value.h"
#include "meridian/yaml.h"

namespace meridian::site {

/// The state of a path.
enum class Presence : std::uint8_t {
  /// Neither listed nor requested yet.
  Unknown,
  /// Requested, and not there.
  Missing,
  /// On the host; its bytes are not loaded.
  Listed,
  /// Its bytes are here.
  Loaded,
};

struct File;

/// A path of the host, and its bytes once they are loaded.
struct HostEntry {
  /// Path from the site's root; bytes when Loaded.
  Source source;
  /// In the order in which files were added.
  File* next = nullptr;
  Presence presence = Presence::Unknown;
  /// In the host's list, even where it could not be fetched.
  bool listed = false;
  /// Of the theme or of a plugin, not on the host.
  bool generated = false;
  /// The table of whose row it is made (plugins/tables.cpp), and the row's offset: such a file is
  /// in no Files. nullptr: it is on the host itself, or generated.
  File* table = nullptr;
  std::uint32_t row = 0;
  /// Copied to the host of a site of raw sources: Site::mark_published().
  bool published = false;
  /// Of a plugin in JavaScript, what the host told of this text: the names of its functions
  /// (`{"filters": […], "tags": […], "blocks": […]}`) or why it has none; nil: nothing yet.
  Value plugin;
  /// Owned.
  char* bytes = nullptr;
  /// In bytes; -1: not known.
  std::int64_t size = -1;
};

/// Everything that is parsed from a file's bytes; dropped when they change.
struct Parsed {
  /// `front` and `data` are filled.
  bool scanned = false;
  /// The front matter is no map or no YAML; a diagnostic was added. `mended`: it was so, and a
  /// Mender read on; visitors have no `data`.
  bool broken_front = false, mended = false;
  /// Its front matter or data could not all be parsed; diagnostics were added.
  bool wrong = false;
  /// Number of the last request in which a list of documents reported them.
  std::uint32_t reported = 0;
  /// It has invalid UTF-8; known once it is scanned.
  bool not_text = false;
  /// The key of a note's front matter that keeps it private, such as `draft`; known once its
  /// document is read.
  Str hidden_by;
  /// `parsed` is filled, with nil if it failed.
  bool data_read = false;
  /// By the manifest, which does not have its front matter.
  bool is_page = false;
  /// The body is not loaded, or was given up: front matter and excerpt come from the manifest.
  bool from_manifest = false;
  /// The time zone in which its times were parsed.
  const Zone* zone = nullptr;
  yaml::FrontMatter front;
  /// The front matter's map, or nil.
  Value data;
  /// Of a data file.
  Value parsed;
  /// The text that the excerpt's template was parsed from.
  Source excerpt_source;
  /// From the manifest: the excerpt's source text.
  Str excerpt;
  /// From the manifest: the first heading.
  Str title;
  /// By Part; each parsed once.
  liquid::Template* templates[3] = {};
  /// Number of the request that scanned it for includes.
  std::uint32_t seen = 0;
  /// Numbers of the requests that need it, and that used it.
  std::uint32_t asked = 0, used = 0;
  /// Number of the content that used it last.
  std::uint32_t taken = 0;
};

/// A file of the site. What is parsed from it lives in its own arenas, which are reset when the
/// file changes.
struct File : HostEntry, Parsed {
  /// Of YAML, JSON and CSV; reset when they take too much memory.
  Arena values;
  /// Of everything else.
  Arena arena;
  /// Its problems, found when it was scanned or parsed.
  Diagnostics found{arena};
};

/// The file on the host that a file is, or that it is made from.
inline File& on_host(File& file) { return file.table ? *file.table : file; }
/// The text behind the front matter, or all of it where there is none.
Str body_of(const File& file);

/// Whether a text has `{%` or `{{`. Linear.
bool has_liquid(Str text);

/// Sorts in place, by bytes; `by_folders`: as Ruby's Dir.glob, a folder's files are where its name
/// is.
void sort_by_path(List<File*>& files, bool by_folders = false);

/// Whether HTML is the shell's own page (`<meta name="meridian-shell">`), which is no source.
bool is_shell_page(Str html);

/// Offset of a top-level key in a file's front matter, else of its begin: for diagnostics.
std::size_t offset_of_key(const File& file, Str key);

// ---- names of files (glob.cpp)

/// Files of settings at a site's root: the first that is there counts (Configuration#config_files).
inline constexpr Name kConfigNames = "_config.yml,_config.yaml,_config.toml";

/// Behind the last slash.
Str file_name(Str path);
/// Before the last slash; empty when there is none.
Str folder_of(Str path);
/// Ruby's File.extname: `.md`; empty for `.hidden` and `name.`.
Str extension_of(Str path);
/// Whether `extension`, with its dot, is one of a list such as `markdown_ext`: `markdown,mkd,md`.
bool has_extension(Str list, Str extension);
/// Without extension_of().
Str without_extension(Str path);
/// Whether an extension is that of HTML.
bool is_html(Str extension);
/// Length of the date in `2026-1-31-name`, with the dash behind it; 0 when there is none
/// (Document::DATE_FILENAME_MATCHER).
std::size_t date_length(Str name);
/// Without one leading slash: scopes and links are written both ways.
Str without_slash(Str path);
/// Without the characters `c` at its end.
Str without_last(Str path, char c);

/// The table of all files by path. Files are never removed, so that pointers to them stay valid.
/// Look-ups are O(1) on average.
class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files();
  /// The file; nullptr when the path was neither listed nor requested.
  File* find(Str path) const;
  /// The file, which is added as Unknown when it is new.
  File& get(Str path);
  /// Sets the bytes of a file (copied) and drops everything parsed from the old ones. When all
  /// files together would exceed limits.files, only its size is kept, and a page that uses it
  /// reports an error.
  File& put(Str path, Str bytes);
  /// Sets the bytes of a page whose front matter is the one that is known, of its old bytes or from
  /// the manifest. Its data stay, so that the model may stay, too. False, and nothing is changed,
  /// where the data or the model would be others.
  bool put_body(File& file, Str bytes);
  /// Sets a page's front matter alone: the page is Listed, and its text comes by put_body(). False
  /// where the model may have more of the page, which is to be put().
  bool put_without_body(Str path, Str bytes);
  /// The same of a page whose text is here; what was rendered stays. False: nothing was changed.
  bool drop_body(File& file);
  std::size_t held() const { return held_; }  ///< bytes of all files
  File* first() const { return first_; }
  /// The list has everything that the host has: a path that is not in it is Missing.
  bool complete = false;
  /// The list is a manifest: it names sources only, none of the shell's own files, and marks pages
  /// (File::is_page).
  bool manifest = false;
  /// Numbers of the last request and of the last content that was rendered, by which files note who
  /// uses them.
  std::uint32_t requests = 0, contents = 0;

 private:
  void drop_bytes(File& file);
  bool has_room(std::size_t bytes) const { return held_ + bytes <= limits.files.most; }
  void hold(File& file, Str bytes);
  void put_known(File& file, Str bytes);

  Arena arena_;
  Map by_path_{&arena_};  ///< addresses of the files
  std::size_t held_ = 0;
  File *first_ = nullptr, *last_ = nullptr;
};
/// Drops everything that was parsed from a file.
void forget_parsed(File& file);
/// Sets what the manifest has of a file that is not loaded: its front matter as YAML, the source of
/// its excerpt, its first heading. All are copied.
void put_front_matter(File& file, Str yaml, Str excerpt, Str title);

}  // namespace meridian::site
