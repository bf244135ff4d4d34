// Jekyll's model of a site: configuration, pages, posts, collections, data, permalinks, layouts and
// includes, redirects; Jekyll's own Liquid tags and filters; plain folders of Markdown. Asks for
// the files it misses, never fetches.
#pragma once
#include "meridian/liquid.h"
#include "meridian/markdown.h"
#include "meridian/theme.h"
#include "meridian/value.h"
#include "meridian/yaml.h"

namespace meridian::site {

// ---- files
// ------------------------------------------------------------------------------------------

enum class Presence : std::uint8_t {
  Unknown,  ///< nobody has said anything about it
  Missing,  ///< was looked for and is not there
  Listed,   ///< the host holds it, its bytes have not come
  Loaded,
};

struct File;

/// What the host holds under a path.
struct Holding {
  Source source;         ///< path from the site's root; bytes when Loaded
  File* next = nullptr;  ///< in order of arrival
  Presence presence = Presence::Unknown;
  bool listed = false;     ///< the host's list named it, whether it could be had or not
  bool generated = false;  ///< made by us, not there on the host
  bool published = false;  ///< goes to the host of a site of raw sources: Site::mark_published
  char* bytes = nullptr;   ///< owned
  std::int64_t size = -1;  ///< bytes, -1: not known
};

/// What was made of a file's bytes: all of it goes when they change.
struct Parsed {
  bool scanned = false;       ///< `front` and `data` are filled
  bool broken_front = false;  ///< the front matter is no map or no YAML; a diagnostic was given
  bool wrong = false;  ///< it does not say of itself all that it means to; diagnostics were given
  std::uint32_t told = 0;  ///< number of the request in which a list of documents named them
  bool not_text = false;   ///< it holds invalid UTF-8, once it is scanned
  bool data_read = false;  ///< `parsed` is filled, be it with nil
  bool is_page = false;    ///< the manifest says so, and no more: its bytes have to be looked at
  bool from_manifest =
      false;  ///< front matter and excerpt come from the manifest, the body is not there
  const Zone* zone = nullptr;  ///< on whose clock its times are shown
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

/// One file of the site. What was parsed from it lives in its own arena and goes when the file
/// changes.
struct File : Holding, Parsed {
  Arena values;              ///< what YAML, JSON and CSV gave: let go when it is too much
  Arena arena;               ///< all else that is made of it
  Diagnostics found{arena};  ///< what is wrong with it, found when it was scanned or parsed
};

/// What stands behind the front matter, or all of the text.
Str body_of(const File& file);

/// Whether something in a text may be Liquid's.
bool has_liquid(Str text);

void sort_by_path(List<File*>& files);

/// Is it the shell's own page, which is no source?
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

/// All files by path.
class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files();
  /// nullptr when it was never heard of.
  File* find(Str path) const;
  /// The file, added as Unknown when it is new.
  File& get(Str path);
  /// New bytes (copied); everything parsed from the old ones is gone. Of a file that brings all of
  /// them over limits.files only the size is kept, and using it is an error.
  File& put(Str path, Str bytes);
  File* first() const { return first_; }
  /// The list is all that the host holds: what is not in it is not there.
  bool complete = false;
  /// The list is a manifest: it names sources only, none of the shell's own files, and tells of
  /// each page that it is one.
  bool manifest = false;

 private:
  void drop_bytes(File& file);

  Arena arena_;
  Map by_path_{&arena_};  // addresses of the files
  std::size_t held_ = 0;  // bytes of all files
  File *first_ = nullptr, *last_ = nullptr;
};
void forget_parsed(File& file);
/// What the manifest says of a file whose bytes have not come: its front matter as YAML, and its
/// excerpt's source.
void put_front_matter(File& file, Str yaml, Str excerpt, Str title);
/// The text an excerpt is made from (Jekyll::Excerpt#extract_excerpt).
Str excerpt_source(Arena& arena, Str body, Str separator);

// ---- settings and what is missing
// ---------------------------------------------------------------------

enum class Theme : std::uint8_t { Auto, Site, Meridian };
/// By its name in a configuration; Auto when it is none.
Theme theme_named(Str name);

/// What an author's tools do where Jekyll gives up (check.h). Nobody who only reads a site has one.
struct Mender {
  /// Of front matter that can't be read, or does not end: the rest of it.
  void (*front_matter)(Mender& self, File& file);
  /// The settings in the place of `read`, which is what could be read of `_config.yml`.
  Map* (*settings)(Mender& self, File& config, Map* read, Arena& arena);
};

/// What the world outside the files says.
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

/// What a render could not do without. Paths lie in the arena of the render.
struct Needs {
  List<Str> paths, zones;
  List<Str> packs;          ///< of templates, by name (theme.h)
  bool commonmark = false;  ///< the module
  bool any() const { return paths.size || zones.size || packs.size || commonmark; }
};

struct ZoneEntry {
  Zone zone;
  ZoneEntry* next;
};

// ---- the model
// ------------------------------------------------------------------------------------------

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
  bool undated = false;       ///< nothing says its date, so that it has no place among the dates
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
  // What has been rendered, until a file changes; and which files its content took, and what was
  // said of them:
  Value content, output, excerpt_output;
  List<File*> took;
  Diagnostics* told = nullptr;
  bool busy = false;  ///< is being rendered: asking for its content again gives the source
  bool busy_excerpt = false;
};

struct Collection {
  Str label;
  std::uint32_t number = 0;  ///< in the order of the configuration
  Map* metadata = nullptr;
  bool output = false;
  List<Document*> documents;  ///< in Jekyll's order, once all are read
  List<Document*> files;      ///< static
  bool sorted = false;
};

enum class Status : std::uint8_t { Ready, Needs, Redirect, NotFound };

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

/// What is made of the files, anew when it is asked for after a change.
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

/// A site: the model of its files and the way to its pages. Cheap to make; builds what it is asked
/// for.
class Site : private SiteState {
 public:
  Site(Files& files, Settings& settings) : SiteState(files, settings) {}

  /// A file came, changed or went, or a setting changed: everything that was derived is derived
  /// anew when it is asked for. What was parsed from files that did not change stays.
  using SiteState::forget;
  /// Only rendered contents are stale: a file's body changed, nothing that the model is made of.
  using SiteState::forget_rendered;
  /// What was parsed from files: they are to be read in another way. After forget().
  using SiteState::forget_parsed;
  /// Time zones as they arrive; the entry must outlive the site.
  void add_zone(ZoneEntry* entry);

  /// The page at `url` (a path with or without baseurl, percent-encoded, query and fragment
  /// ignored). `source:PATH` asks where the page is that is made of a file, or is that of a folder:
  /// the answer is a Redirect to it, or NotFound. `needs` names what is missing, then the status is
  /// Status::Needs. Diagnostics are those of the files that the page took.
  Page render(Str url, Arena& arena, Needs& needs, Diagnostics& diagnostics,
              List<Str>* dependencies = nullptr);
  /// The same for a document of outputs().
  Page render(Document& document, Arena& arena, Needs& needs, Diagnostics& diagnostics,
              List<Str>* dependencies = nullptr);
  /// Everything that Jekyll would write, static files too, in Jekyll's order. Needs every file.
  List<Output> outputs(Arena& arena, Needs& needs, Diagnostics& diagnostics);
  /// What is written at a path that outputs() has: also a redirect is a page. NotFound when nothing
  /// is.
  Page render_output(Str path, Arena& arena, Needs& needs, Diagnostics& diagnostics,
                     List<Str>* dependencies = nullptr);

  /// Sets File::published (published.cpp): what Jekyll would write or read, without what is hidden,
  /// excluded, unpublished, a draft or of the future. `used`: dependencies of the pages. False: see
  /// `needs`.
  bool mark_published(const List<Str>& used, Arena& arena, Needs& needs, Diagnostics& diagnostics);

  const Map* config() const { return config_; }
  using SiteState::plain_folder;
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

// ---- journeys
// -------------------------------------------------------------------------------------------

/// travel::add_itinerary: a line for each stop in, lines out; false when the module that knows it
/// is not there. Whoever hosts the core connects it: the command links it, in the browser it is a
/// module of its own.
using ItineraryFunction = bool (*)(Str stops, bool by_date, Text& out);
void set_itinerary(ItineraryFunction itinerary);

}  // namespace meridian::site
