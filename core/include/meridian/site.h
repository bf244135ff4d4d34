// A site as Jekyll understands a folder: configuration, pages, posts, collections, data,
// permalinks, layouts, includes, redirects, Jekyll's Liquid tags and filters; also plain folders of
// Markdown. The model is Jekyll 4.3's (Jekyll::Site, Reader, Document, Page, Renderer); names of
// its classes stand beside what follows them.
//
// A site fetches nothing. Whoever hosts it puts files into a table, asks for a page, and is told
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
//       site.forget();  // the model is made again of what is there now
//     }
//
// Workspace (workspace.h) does that and knows what a change makes stale; most callers want it.
//
// Ownership: Files copies the bytes that are put and owns them, with all that is parsed from them,
// until the file changes. Site borrows Files and Settings, which outlive it, and owns the model.
// What an answer holds lives in the arena that was passed with the question.
//
// Errors: nothing here fails as a whole. What is wrong with a file becomes a Diagnostic, and the
// rest of the page is rendered. Limits of size and work are those of base.h.
//
// Paths are UTF-8, from the site's root, with `/` and without a leading one. URLs begin with `/`,
// are percent-encoded and have no baseurl where nothing else is said.
#pragma once
#include "meridian/liquid.h"
#include "meridian/markdown.h"
#include "meridian/theme.h"
#include "meridian/value.h"
#include "meridian/yaml.h"

namespace meridian::site {

// ---- files ----

enum class Presence : std::uint8_t {
  Unknown,  ///< neither listed nor asked for yet
  Missing,  ///< was asked for and is not there
  Listed,   ///< on the host; its bytes have not come
  Loaded,   ///< its bytes are here
};

struct File;

/// A path of the host, and its bytes once they have come.
struct HostEntry {
  Source source;         ///< path from the site's root; bytes when Loaded
  File* next = nullptr;  ///< in order of arrival
  Presence presence = Presence::Unknown;
  bool listed = false;     ///< in the host's list, even where it could not be fetched
  bool generated = false;  ///< of the theme or of a plugin, not on the host
  bool published = false;  ///< goes to the host of a site of raw sources: Site::mark_published
  char* bytes = nullptr;   ///< owned
  std::int64_t size = -1;  ///< bytes, -1: not known
};

/// What is parsed from a file's bytes; dropped when they change.
struct Parsed {
  bool scanned = false;       ///< `front` and `data` are filled
  bool broken_front = false;  ///< the front matter is no map or no YAML; a diagnostic was given
  bool wrong = false;  ///< its front matter or data could not all be read; diagnostics were given
  std::uint32_t reported = 0;  ///< the last request in which a list of documents reported them
  bool not_text = false;       ///< it holds invalid UTF-8, once it is scanned
  bool data_read = false;      ///< `parsed` is filled, be it with nil
  bool is_page = false;        ///< by the manifest, which has no front matter of it
  bool from_manifest =
      false;  ///< front matter and excerpt come from the manifest, the body is not there
  const Zone* zone = nullptr;  ///< in which its times were read
  yaml::FrontMatter front;
  Value data;                           ///< the front matter's map, or nil
  Value parsed;                         ///< of a data file
  Source excerpt_source;                ///< what the excerpt's template was parsed from
  Str excerpt;                          ///< from the manifest: the excerpt's source text
  Str title;                            ///< from the manifest: the first heading
  liquid::Template* templates[3] = {};  ///< by Part, parsed once
  std::uint32_t seen = 0;               ///< number of the request that scanned it for includes
  std::uint32_t asked = 0, used = 0;    ///< numbers of the requests that need it, and that took it
  std::uint32_t taken = 0;              ///< number of the content that took it last
};

/// One file of the site. What was parsed from it lives in its own arenas, which are reset when the
/// file changes.
struct File : HostEntry, Parsed {
  Arena values;              ///< of YAML, JSON and CSV; reset when they take too much memory
  Arena arena;               ///< of everything else
  Diagnostics found{arena};  ///< what is wrong with it, found when it was scanned or parsed
};

/// The text behind the front matter, or all of it where there is none.
Str body_of(const File& file);

/// Whether a text has `{%` or `{{`. Linear.
bool has_liquid(Str text);

/// In place, by bytes.
void sort_by_path(List<File*>& files);

/// Whether HTML is the shell's own page (`<meta name="meridian-shell">`), which is no source.
bool is_shell_page(Str html);

/// Where a key stands at the top of a file's front matter, else where that begins: for diagnostics.
std::size_t offset_of_key(const File& file, Str key);

// ---- names of files (glob.cpp)

Str file_name(Str path);     ///< behind the last slash
Str folder_of(Str path);     ///< before the last slash, empty when there is none
Str extension_of(Str path);  ///< Ruby's File.extname: `.md`, empty for `.hidden` and `name.`
Str without_extension(Str path);
bool is_html(Str extension);
/// Length of the date in `2026-1-31-name`, with the dash behind it; 0 when there is none
/// (Document::DATE_FILENAME_MATCHER).
std::size_t date_length(Str name);
/// Without one slash that it begins with: scopes and links are written both ways.
Str without_slash(Str path);
/// Without the characters `c` at its end.
Str without_last(Str path, char c);

/// All files by path. Files are never removed, so that pointers to them stay valid; finding one is
/// O(1).
class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files();
  /// nullptr when the path is neither listed nor was asked for.
  File* find(Str path) const;
  /// The file, added as Unknown when it is new.
  File& get(Str path);
  /// Sets the bytes of a file (copied) and drops everything parsed from the old ones. When all
  /// files together would exceed limits.files, only its size is kept, and a page that uses it
  /// reports an error.
  File& put(Str path, Str bytes);
  File* first() const { return first_; }
  /// The list has everything that the host holds: a path that is not in it is Missing.
  bool complete = false;
  /// The list is a manifest: it names sources only, none of the shell's own files, and marks pages
  /// (File::is_page).
  bool manifest = false;

 private:
  void drop_bytes(File& file);

  Arena arena_;
  Map by_path_{&arena_};  // addresses of the files
  std::size_t held_ = 0;  // bytes of all files
  File *first_ = nullptr, *last_ = nullptr;
};
/// Drops everything that was parsed from a file.
void forget_parsed(File& file);
/// Sets what the manifest has of a file whose bytes have not come: its front matter as YAML, the
/// source of its excerpt, its first heading. All are copied.
void put_front_matter(File& file, Str yaml, Str excerpt, Str title);
/// The text an excerpt is made from (Jekyll::Excerpt#extract_excerpt).
Str excerpt_source(Arena& arena, Str body, Str separator);

// ---- settings and what is missing ----

/// Whose layouts are used. Auto: the site's own when it has `_layouts/default.html` and no Sass.
enum class Theme : std::uint8_t { Auto, Site, Meridian };
/// By its name in a configuration; Auto when it is none.
Theme theme_named(Str name);

/// What an author's tools do where Jekyll gives up (check.h). A site that is only read has none.
struct Mender {
  /// Of front matter that can't be read, or does not end: the rest of it.
  void (*front_matter)(Mender& self, File& file);
  /// The settings in the place of `read`, which is what could be read of `_config.yml`.
  Map* (*settings)(Mender& self, File& config, Map* read, Arena& arena);
};

/// What a site is rendered with besides its files.
struct Settings {
  Time now;  ///< `site.time` and the date "now"
  Str environment = "production";
  const Str* baseurl = nullptr;  ///< wins over the configuration's
  const Str* url = nullptr;
  bool drafts = false, future = false;
  Theme theme = Theme::Auto;
  bool has_theme = false;     ///< `theme` wins over the configuration's
  bool content_only = false;  ///< pages without their layouts
  Mender* mender = nullptr;   ///< outlives the site
};

/// What a render lacked: the host provides it, and asks again. Strings live in the arena of the
/// render.
struct Needs {
  List<Str> paths;          ///< of files that are not Loaded
  List<Str> zones;          ///< names of the tz database, for Site::add_zone
  List<Str> packs;          ///< of templates, by name (theme.h)
  bool commonmark = false;  ///< the module that converts GitHub's Markdown
  bool any() const { return paths.size || zones.size || packs.size || commonmark; }
};

/// A time zone that the host has brought; owned by it.
struct ZoneEntry {
  Zone zone;
  ZoneEntry* next;
};

// ---- the model ----

class Site;
struct Collection;
struct ModelReader;
struct Request;

enum class DocumentKind : std::uint8_t { Page, Document, Static, Redirect };

/// A page, a post, a collection's document, a static file, or a generated redirect.
struct Document {
  DocumentKind kind = DocumentKind::Page;
  bool read = false;      ///< data and url are known
  bool published = true;  ///< listed (and written)
  bool written = true;    ///< has an output of its own
  bool markdown = false, draft = false;
  bool explicit_url = false;  ///< a permalink was given
  bool undated = false;  ///< neither name nor front matter has a date: `date` is the site's time
  std::uint32_t pager =
      0;  ///< its number among the pages of a paginated list, from 1; 0: it shows none
  File* file = nullptr;  ///< nullptr for a redirect
  Collection* collection = nullptr;
  Str path;  ///< relative_path: from the site's root, or the collections' folder
  Str url;   ///< without baseurl, begins with `/`, percent-encoded
  Str output_ext;
  Map* data = nullptr;            ///< front matter over defaults
  Value date;                     ///< Time, documents only
  Str redirect_to;                ///< where a Redirect leads, or `redirect_to`
  List<Document*> redirect_from;  ///< the Redirects to it, once it is read
  Drop* drop = nullptr;           ///< what Liquid sees
  Drop* excerpt = nullptr;
  std::uint32_t index = 0;       ///< in its collection, or among the pages
  Document* same_url = nullptr;  ///< another document with this URL, which comes second
  // Rendered, until a file changes: the content without layouts, the page, the excerpt. With the
  // content its files and diagnostics, for each page that shows it.
  Value content, output, excerpt_output;
  List<File*> content_dependencies;
  Diagnostics* content_diagnostics = nullptr;
  bool busy = false;  ///< is being rendered: asking for its content again gives the source
  bool busy_excerpt = false;
};

/// A collection of the configuration; `posts` is always one (Jekyll::Collection).
struct Collection {
  Str label;
  std::uint32_t number = 0;  ///< in the order of the configuration
  Map* metadata = nullptr;
  bool output = false;
  List<Document*> documents;  ///< in Jekyll's order, once all are read
  List<Document*> files;      ///< static
  bool sorted = false;
};

enum class Status : std::uint8_t {
  Ready,     ///< the page is complete
  Needs,     ///< something has to come first: see Needs
  Redirect,  ///< the page is elsewhere: Page::redirect
  NotFound   ///< no page has this URL; the HTML is that of 404.html
};

/// The answer to a request for a URL. Strings live in the arena of the render.
struct Page {
  Status status = Status::Ready;
  Str html;
  Str type;      ///< media type of what is in `html`
  Str redirect;  ///< target: a path with baseurl, or an absolute URL
  Str source;    ///< path of the file it is made from
  Str title;
};

/// How an output of the site comes about, for the command.
struct Output {
  Document* document;
  Str path;  ///< where Jekyll writes it, from the destination's root: `about/index.html`
};

/// The documents and indexes of a site, derived from its files. Made again after forget().
struct Model {
  bool built_ = false;
  bool outputs_read_ = false;  // every document, what plugins add, the list of redirects
  Map* config_ = nullptr;
  List<Document*> documents_;  // all, by path
  List<Document*> pages_, statics_;
  List<Document*> wrong_;  // those whose file is, among the ones that were read
  List<Document*>
      plugin_pages_;  // made by plugins: feeds, maps of the site, further pages of a list
  Document* paginated_ = nullptr;  // the first page of the list of posts that goes on
  bool has_plugin_pages_ = false;
  List<Collection*> collections_;
  Drop* data_ = nullptr;
  Map* outputs_ = nullptr;  // path of an output -> document, as value_of() has it
  Map* by_path_ = nullptr;  // path, the file's or within the collections' folder -> documents;
                            // folder -> its index pages
  Map* layouts_ = nullptr;  // path without its extension -> path
  Map* labels_ = nullptr;   // of collections -> their places in collections_
  Map* posts_ =
      nullptr;  // a post's file name without its extension, and its slug -> posts, in their order
  Map *tags_ = nullptr, *categories_ = nullptr;
  Drop* drop_ = nullptr;
  Map* emoji_ = nullptr;  // name -> characters
  Str emoji_markup_;      // what stands for one: see the template
};

/// GitHub Pages' default plugins, in the order of their names in config.cpp.
enum Plugin : std::uint8_t {
  kReadmeIndex,
  kOptionalFrontMatter,
  kDefaultLayout,
  kTitlesFromHeadings,
  kRelativeLinks
};

/// Converts Markdown in place of the room markdown. False when the dialect's module is not there.
using MarkdownConverter = bool (*)(const markdown::Options& options, Str text,
                                   markdown::LinkVisit links, Text& out);

/// What a site keeps between requests. The files of core/site work on it through a request;
/// everything else has a Site, which gives no access to it.
struct SiteState : Model {
  SiteState(Files& files, Settings& settings) : files_(files), settings_(settings) {}

  void forget();
  void forget_rendered();
  void forget_parsed();
  void make_room();
  bool plain_folder() const { return !jekyll_; }

  Files& files_;
  Settings& settings_;
  Arena arena_;           // of the model
  Arena rendered_arena_;  // of contents that other pages show

  // configuration
  bool jekyll_ = false;
  bool plugins_[5] = {};  // GitHub Pages' default plugins that are on, by Plugin
  Theme theme_ = Theme::Meridian;
  Str baseurl_, url_, collections_dir_;
  markdown::Options markdown_;
  liquid::Environment environment_;
  Str markdown_extensions_;
  Zone* zone_ = nullptr;
  ZoneEntry* zones_ = nullptr;
  Diagnostics found_{arena_};  // about the site as a whole

  std::uint32_t serial_ = 0;    // of requests
  std::uint32_t contents_ = 0;  // that were made
  bool asked_for_ = false;      // the Markdown that is converted is that of the page in question
  /// Converts that one.
  MarkdownConverter converter_ = nullptr;
  ModelReader* request_ = nullptr;  // the one that is being answered: drops are asked in its name
};

/// The model of a folder of files, and its pages. Constructing one costs nothing: the model is
/// built by the first question, in O(files), and a question reads only the files that it takes.
class Site : private SiteState {
 public:
  Site(Files& files, Settings& settings) : SiteState(files, settings) {}

  /// After a file came, changed or went, or a setting changed: drops the model, which the next
  /// question builds again. What was parsed from files that did not change stays.
  using SiteState::forget;
  /// After a change that the model does not depend on, as of an include: drops rendered contents
  /// alone.
  using SiteState::forget_rendered;
  /// Drops what was parsed from files, which are to be read in another way: Liquid's error mode,
  /// the excerpt's separator. After forget().
  using SiteState::forget_parsed;
  /// Adds a time zone that `needs` asked for, and drops the model. The entry must outlive the site;
  /// one without transitions says that there is no such zone.
  void add_zone(ZoneEntry* entry);

  /// The page at `url` (a path with or without baseurl, percent-encoded, query and fragment
  /// ignored). `source:PATH` asks for the page that is made of a file, or of a folder: the answer
  /// is a Redirect to it, or NotFound. With Status::Needs, `needs` names what is missing; all that
  /// can be known is named at once. Diagnostics are those of the files that the page depends on,
  /// whose paths are added to `dependencies`.
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
  /// excluded, unpublished, a draft or of the future. `used`: dependencies of the pages, which are
  /// published as well. False when files have to come first (`needs`).
  bool mark_published(const List<Str>& used, Arena& arena, Needs& needs, Diagnostics& diagnostics);

  /// `_config.yml` over Jekyll's defaults; nullptr before the first question.
  const Map* config() const { return config_; }
  /// A folder of Markdown without a configuration and without Jekyll's folders.
  using SiteState::plain_folder;
  /// Empty, or begins with `/` and does not end with one.
  Str baseurl() const { return baseurl_; }
  Theme theme() const { return theme_; }
  /// Whether a document is made of the file at `path`, or a folder's page of one in that folder.
  bool has_document(Str path) const { return by_path_ && by_path_->find(path); }

  /// Until it is called with nullptr, the Markdown of the page that is asked for is converted by an
  /// editor's parser, which knows the text from before.
  void set_converter(MarkdownConverter converter) { converter_ = converter; }

 private:
  friend struct Request;
};

// ---- journeys ----

/// travel::add_itinerary: a line for each stop in, lines out; false when the module that has it is
/// not there. The host connects it, once at its start: the command links the room, in the browser
/// it is a module of its own.
using ItineraryFunction = bool (*)(Str stops, bool by_date, Text& out);
void set_itinerary(ItineraryFunction itinerary);

}  // namespace meridian::site
