// A site as Jekyll understands a folder: configuration, pages, posts, collections, data,
// permalinks, layouts, includes, redirects, Jekyll's Liquid tags and filters; also plain folders of
// Markdown. The model is Jekyll 4.3's (Jekyll::Site, Reader, Document, Page, Renderer); comments
// name the classes and methods that a part follows.
//
// A site fetches nothing. The host puts files into a table and requests a page; the answer says
// which files have to come first:
//
//     Files files;
//     Settings settings;
//     Site site(files, settings);
//     files.put("_config.yml", config);
//     for (;;) {
//       Arena arena;  // owns the strings of page, needs and diagnostics
//       Needs needs;
//       Diagnostics diagnostics(arena);
//       Page page = site.render("/about/", arena, needs, diagnostics);
//       if (page.status != Status::Needs) return show(page, diagnostics);
//       for (Str path : needs.paths) files.put(path, fetch(path));
//       site.forget();  // the next question builds the model of what is there now
//     }
//
// Workspace (workspace.h) does that and knows what a change makes stale; most callers use it.
//
// Ownership: Files copies the bytes that are put and owns them, with all that is parsed from them,
// until the file changes. Site borrows Files and Settings, which outlive it, and owns the model. An
// answer's strings live in the arena that was passed with the question.
//
// Failure: nothing here fails as a whole. A problem in a file becomes a Diagnostic, and the rest of
// the page is rendered. A question that can't be answered yet returns Status::Needs or false, and
// `needs` has the reason. Limits of size and work are those of base.h.
//
// Complexity: building the model is O(files), plus parsing of the files that have front matter and
// have changed. A page costs its own rendering and that of the contents that it shows.
//
// Paths are UTF-8, from the site's root, with `/` and without a leading one. URLs begin with `/`,
// are percent-encoded, and have no baseurl unless a comment says otherwise.
#pragma once
#include "meridian/liquid.h"
#include "meridian/markdown.h"
#include "meridian/theme.h"
#include "meridian/value.h"
#include "meridian/yaml.h"

namespace meridian::site {

// ---- files ----

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

/// The text behind the front matter, or all of it where there is none.
Str body_of(const File& file);

/// Whether a text has `{%` or `{{`. Linear.
bool has_liquid(Str text);

/// Sorts in place, by bytes.
void sort_by_path(List<File*>& files);

/// Whether HTML is the shell's own page (`<meta name="meridian-shell">`), which is no source.
bool is_shell_page(Str html);

/// Offset of a top-level key in a file's front matter, else of its begin: for diagnostics.
std::size_t offset_of_key(const File& file, Str key);

// ---- names of files (glob.cpp)

/// Behind the last slash.
Str file_name(Str path);
/// Before the last slash; empty when there is none.
Str folder_of(Str path);
/// Ruby's File.extname: `.md`; empty for `.hidden` and `name.`.
Str extension_of(Str path);
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
/// The text that an excerpt is made from (Jekyll::Excerpt#extract_excerpt).
Str excerpt_source(Arena& arena, Str body, Str separator);

// ---- settings and what is missing ----

/// The owner of the layouts. Auto: the site's own when it has `default` among them, or layouts of
/// the names base, home, index, page, post, none of which has a layout that is missing.
enum class Theme : std::uint8_t { Auto, Site, Meridian };
/// A theme by its name in a configuration; Auto for every other name.
Theme theme_named(Str name);

/// Hooks of an author's tools for files that Jekyll can't parse (check.h). A site that is only read
/// has none.
struct Mender {
  /// Called with a file whose front matter can't be parsed or does not end; it fills in the rest.
  void (*front_matter)(Mender& self, File& file);
  /// Returns the settings to use instead of `read`, the part of `_config.yml` that could be parsed.
  Map* (*settings)(Mender& self, File& config, Map* read, Arena& arena);
};

/// The inputs of a site besides its files. Strings are borrowed.
struct Settings {
  /// `site.time` and the date "now".
  Time now;
  Str environment = "production";
  /// Overrides the configuration's; nullptr: does not. The same for `url`.
  const Str* baseurl = nullptr;
  const Str* url = nullptr;
  /// `baseurl` is the path at which the host found the site, with one slash before it and none
  /// behind it: the configured one stays when it is the same path.
  bool baseurl_found = false;
  bool drafts = false, future = false;
  Theme theme = Theme::Auto;
  /// `theme` overrides the configuration's.
  bool has_theme = false;
  /// Pages without their layouts.
  bool content_only = false;
  /// The host fetches a theme from where the configuration says that it is: that of the site's
  /// owner only, on the site's own pages.
  bool fetches_themes = false;
  /// Outlives the site.
  Mender* mender = nullptr;
};

/// The missing inputs of a render: the host provides them, and asks again. Strings live in the
/// arena of the render.
struct Needs {
  /// Of files that are not Loaded.
  List<Str> paths;
  /// Names of the tz database, for Site::add_zone().
  List<Str> zones;
  /// Of templates, by name (theme.h), and paths of plugins in JavaScript, whose names are not
  /// known.
  List<Str> packs;
  /// Modules: that converts CommonMark and GitHub's Markdown; that compiles Sass; with the lexers
  /// of code; that reads BibTeX.
  bool commonmark = false, sass = false, rouge = false, bibliography = false;
  bool any() const {
    return paths.size || zones.size || packs.size || commonmark || sass || rouge || bibliography;
  }
};

/// A time zone that the host provided, which owns it.
struct ZoneEntry {
  Zone zone;
  ZoneEntry* next;
};

// ---- the model ----

class Site;
struct Collection;
struct ModelReader;
struct PluginName;
struct Request;

/// What was rendered of a document, until a file changes. The content's and the excerpt's files,
/// and the content's diagnostics, are kept for each page that shows them.
struct Rendered {
  /// The content without layouts, the page, the excerpt; nil: not yet.
  Value content, output, excerpt;
  Value cited;  ///< list of the keys that it cites (jekyll-scholar); nil: none
  List<File*> dependencies, excerpt_dependencies;
  Diagnostics* diagnostics = nullptr;
};

/// The kind of a Document.
enum class DocumentKind : std::uint8_t { Page, Document, Static, Redirect };

/// A page, a post, a document of a collection, a static file, or a generated redirect
/// (Jekyll::Page, Jekyll::Document, Jekyll::StaticFile).
struct Document {
  DocumentKind kind = DocumentKind::Page;
  /// `data` and `url` are known.
  bool read = false;
  /// It is listed and written.
  bool published = true;
  /// It has an output of its own.
  bool written = true;
  bool markdown = false, draft = false;
  /// It has a `permalink`.
  bool explicit_url = false;
  /// Neither name nor front matter has a date: `date` is the site's time.
  bool undated = false;
  /// Its number among the pages of a paginated list, from 1; 0: it shows none.
  std::uint32_t pager = 0;
  /// Its `paginator`, of jekyll-paginate-v2; nullptr: it has none.
  Map* list = nullptr;
  /// nullptr for a redirect.
  File* file = nullptr;
  Collection* collection = nullptr;
  /// Jekyll's relative_path: from the site's root, or from the collections' folder.
  Str path;
  /// Without baseurl, begins with `/`, percent-encoded.
  Str url;
  Str output_ext;
  /// Front matter over defaults.
  Map* data = nullptr;
  /// A Time; documents only.
  Value date;
  /// The target of a Redirect, or the page's `redirect_to`.
  Str redirect_to;
  /// The Redirects to it; known once it is read.
  List<Document*> redirect_from;
  /// Its form in Liquid.
  Drop* drop = nullptr;
  Drop* excerpt = nullptr;
  /// In its collection, or among the pages.
  std::uint32_t index = 0;
  /// Another document with this URL, which comes second.
  Document* same_url = nullptr;
  /// See SiteState::rendered, which knows whether it still counts.
  Rendered* rendered = nullptr;
  std::uint32_t rendered_since = 0;
  /// It is being rendered: a request for its content returns the source.
  bool busy = false;
  bool busy_excerpt = false;
};

/// A collection of the configuration; `posts` is always one (Jekyll::Collection).
struct Collection {
  Str label;
  /// In the order of the configuration.
  std::uint32_t number = 0;
  Map* metadata = nullptr;
  bool output = false;
  /// In Jekyll's order, once all are read.
  List<Document*> documents;
  /// Its static files.
  List<Document*> files;
  bool sorted = false;
  /// What templates see, made once: a site asks for it on every page.
  Array* listed = nullptr;
};

/// The outcome of a request.
enum class Status : std::uint8_t {
  /// The page is complete.
  Ready,
  /// Something has to come first: see Needs.
  Needs,
  /// The page is elsewhere: Page::redirect.
  Redirect,
  /// No page has this URL; the HTML is that of 404.html.
  NotFound
};

/// The answer to a request for a URL. Strings live in the arena of the render.
struct Page {
  Status status = Status::Ready;
  Str html;
  Str type;  ///< media type of `html`
  /// Target: a path with baseurl, or an absolute URL.
  Str redirect;
  Str source;  ///< path of the file that it is made from
  Str title;
  Str content;  ///< what its own text became: a part of `html`
};

/// An output of the site, and what it is made from.
struct Output {
  Document* document;
  /// Where Jekyll writes it, from the destination's root: `about/index.html`.
  Str path;
};

/// The documents and indexes of a site, derived from its files. Built by the first question after
/// forget().
struct Model {
  bool built_ = false;
  /// Known: every document, the pages of plugins, the list of redirects.
  bool outputs_read_ = false;
  Map* config_ = nullptr;
  /// All, by path.
  List<Document*> documents_;
  List<Document*> pages_, statics_;
  /// Those of a file with problems, among the ones that were read.
  List<Document*> wrong_;
  /// Made by plugins: feeds, sitemaps, further pages of a list.
  List<Document*> plugin_pages_;
  /// The first page of the paginated list of posts.
  Document* paginated_ = nullptr;
  bool has_plugin_pages_ = false;
  List<Collection*> collections_;
  Drop* data_ = nullptr;
  /// Path of an output → document, as value_of() has it.
  Map* outputs_ = nullptr;
  /// Path (the file's, or within the collections') → documents, folder → index pages; name → notes;
  /// path without a language, and reference → documents.
  Map *by_path_ = nullptr, *by_name_ = nullptr, *by_language_ = nullptr;
  /// Path without its extension → path.
  Map* layouts_ = nullptr;
  /// Of collections → indexes in collections_.
  Map* labels_ = nullptr;
  /// A post's file name without its extension, and its slug → posts, in their order.
  Map* posts_ = nullptr;
  Map *tags_ = nullptr, *categories_ = nullptr, *navigation_ = nullptr;
  Drop* drop_ = nullptr;
  /// `site.github`, once it was asked for.
  Map* github_ = nullptr;
  /// Name → characters.
  Map* emoji_ = nullptr;
  /// The HTML of one: see the template.
  Str emoji_markup_;
};

/// GitHub Pages' default plugins, in the order of their names in config.cpp.
enum Plugin : std::uint8_t {
  kReadmeIndex,
  kOptionalFrontMatter,
  kDefaultLayout,
  kTitlesFromHeadings,
  kRelativeLinks
};

/// Converts Markdown instead of the room markdown. False when the dialect's module is not loaded.
using MarkdownConverter = bool (*)(const markdown::Options& options, Str text,
                                   markdown::LinkVisit links, Text& out);

/// The state of a site between requests. The files of core/site access it through a request; all
/// other code has a Site, which gives no access to it.
struct SiteState : Model {
  SiteState(Files& files, Settings& settings) : files_(files), settings_(settings) {}

  void forget();
  void forget_rendered();
  void forget_rendered(const File& file);
  void forget_parsed();
  void make_room();
  /// What was rendered of a document, and nothing changed since.
  Rendered& rendered(Document& document);
  bool plain_folder() const { return !jekyll_; }
  std::uint32_t forgotten() const { return forgotten_; }
  /// The theme that the configuration names, when none of its files is here.
  Str missing_theme() const { return gem_theme_.empty() ? named_theme_ : Str(); }

  Files& files_;
  Settings& settings_;
  Arena arena_;           ///< of the model
  Arena rendered_arena_;  ///< of all Rendered
  /// Bytes in it after the last request, and how many may stay for the next one.
  std::size_t rendered_held_ = 0, rendered_most_ = std::size_t(4) << 20;
  List<Rendered*> all_rendered_;
  /// Number of the last forget_rendered(), and of the last forget().
  std::uint32_t rendered_since_ = 1, forgotten_ = 0;

  // ---- configuration ----
  bool jekyll_ = false;
  /// GitHub Pages' default plugins that are on, by Plugin.
  bool plugins_[5] = {};
  Theme theme_ = Theme::Meridian;
  /// Folder of the theme that the configuration names, with a final slash; empty: there is none.
  Str gem_theme_;
  Str named_theme_;  ///< its name, whether its files are here or not; empty: it has none
  Str baseurl_, url_, collections_dir_;
  markdown::Options markdown_;
  liquid::Environment environment_;
  /// The functions of plugins in JavaScript, the tables with them, and by what a change is known.
  /// They outlive the model, as parsed templates do.
  Arena plugin_arena_;
  List<PluginName> plugin_names_;
  liquid::Environment plugin_environment_;
  Str plugin_key_;
  Str markdown_extensions_;
  Zone* zone_ = nullptr;
  ZoneEntry* zones_ = nullptr;
  /// About the site as a whole.
  Diagnostics found_{arena_};

  /// Number of the last request.
  std::uint32_t serial_ = 0;
  /// Number of contents that were rendered.
  std::uint32_t contents_ = 0;
  /// The Markdown that is being converted is that of the requested page.
  bool asked_for_ = false;
  /// Converts that Markdown.
  MarkdownConverter converter_ = nullptr;
  /// The request that is being answered: drops are evaluated in its context.
  ModelReader* request_ = nullptr;
};

/// The model of a folder of files, and its pages. Constructing one costs nothing: the first
/// question builds the model, in O(files), and each question reads only the files that it uses.
class Site : private SiteState {
 public:
  Site(Files& files, Settings& settings) : SiteState(files, settings) {}

  /// To be called after a file was added, changed or removed, or a setting changed: drops the
  /// model, which the next question builds again. What was parsed from unchanged files stays.
  using SiteState::forget;
  /// To be called after a change that the model does not depend on, as of an include: drops
  /// rendered contents alone, all of them or those that the file is a part of.
  using SiteState::forget_rendered;
  /// Drops everything that was parsed from files, when they are to be parsed in another way
  /// (Liquid's error mode, the excerpt's separator). Called after forget().
  using SiteState::forget_parsed;
  /// Adds a time zone that `needs` named, and drops the model. The entry must outlive the site; one
  /// without transitions means that there is no such zone.
  void add_zone(ZoneEntry* entry);

  /// The page at `url` (a path with or without baseurl, percent-encoded; query and fragment are
  /// ignored). `source:PATH` requests the page that is made of a file, or of a folder: the answer
  /// is a Redirect to it, or NotFound. With Status::Needs, `needs` names what is missing;
  /// everything that can be known is named at once. The diagnostics are those of the files that the
  /// page depends on; their paths are added to `dependencies`.
  Page render(Str url, Arena& arena, Needs& needs, Diagnostics& diagnostics,
              List<Str>* dependencies = nullptr);
  /// The same for a document of outputs().
  Page render(Document& document, Arena& arena, Needs& needs, Diagnostics& diagnostics,
              List<Str>* dependencies = nullptr);
  /// Everything that Jekyll would write, static files too, in Jekyll's order. Needs every file that
  /// has front matter.
  List<Output> outputs(Arena& arena, Needs& needs, Diagnostics& diagnostics);
  /// The page that is written at a path of outputs(); a redirect is a page, too. NotFound when the
  /// path is none of them.
  Page render_output(Str path, Arena& arena, Needs& needs, Diagnostics& diagnostics,
                     List<Str>* dependencies = nullptr);

  /// Sets File::published of each file: what Jekyll would write or read, without what is hidden,
  /// excluded, unpublished, a draft or in the future. `used`: dependencies of the pages, which are
  /// published as well. False when files have to come first (`needs`).
  [[nodiscard]] bool mark_published(const List<Str>& used, Arena& arena, Needs& needs,
                                    Diagnostics& diagnostics);

  /// How often the model was dropped: while it stays, pages change by their dependencies alone.
  using SiteState::forgotten;
  /// `_config.yml` over Jekyll's defaults; nullptr before the first question.
  const Map* config() const { return config_; }
  /// Whether it is a folder of Markdown without a configuration and without Jekyll's folders.
  using SiteState::plain_folder;
  /// Empty, or begins with `/` and does not end with one.
  Str baseurl() const { return baseurl_; }
  Theme theme() const { return theme_; }
  const markdown::Options& markdown() const { return markdown_; }
  using SiteState::missing_theme;
  /// Whether a document is made of the file at `path`, or a folder's page of one in that folder.
  bool has_document(Str path) const { return by_path_ && by_path_->find(path); }

  /// From now on, until it is called with nullptr, the Markdown of the requested page is converted
  /// by an editor's parser, which knows the previous text.
  void set_converter(MarkdownConverter converter) { converter_ = converter; }

 private:
  friend struct Request;
};

// ---- style sheets ----

/// The folder of a theme, from the site's root with a final slash: `meridian/themes/minima/` for
/// `minima`, and for `remote_theme: jekyll/minima@v2.5.1`. Empty when the name is none.
Str gem_theme_folder(Arena& arena, Str theme);

/// The path at which the compiled form of the sheet at `path` (`assets/main.css`) lies beside the
/// sources of a site that browsers render: `assets/main.meridian.css`.
Str compiled_sheet(Arena& arena, Str path);
/// Whether a path is that of a compiled sheet.
bool is_compiled_sheet(Str path);

}  // namespace meridian::site
