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
#include "meridian/markdown.h"
#include "meridian/site_files.h"
#include "meridian/theme.h"

namespace meridian::site {

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
  /// Paths of the files of settings, separated by commas: a later one overrides the others. Empty:
  /// the first of kConfigNames that is there.
  Str config;
  /// Plugins that the host adds to those that are listed, separated by commas.
  Str gems;
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
  /// Pages without their layouts, but those that show data (`cv`, `publications`).
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
  /// Modules: that parses CommonMark and GitHub's Markdown; that converts kramdown; that compiles
  /// Sass; with the lexers of code; that reads BibTeX.
  bool commonmark = false, kramdown = false, sass = false, rouge = false, bibliography = false;
  bool any() const {
    return paths.size || zones.size || packs.size || commonmark || kramdown || sass || rouge ||
           bibliography;
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
struct Menu;
struct Document;
struct ModelReader;
struct PluginName;
struct Request;

/// When Jekyll renders a document: what it shows of another one depends on whether that one's turn
/// was before.
struct Turn {
  Document* document = nullptr;  ///< nullptr: before all documents
  bool has_content = false;      ///< its content is there, and goes into its layouts
  bool operator==(const Turn&) const = default;
};

/// A form of a document that is kept until a file changes, with what its other pages report.
struct Kept {
  Value value;  ///< nil: not yet
  /// At which turn it is made; that of no document where it is the same at each.
  Turn turn;
  List<File*> dependencies;
  Diagnostics* diagnostics = nullptr;
  /// It is being made.
  bool busy = false;
  /// The last request that rendered it ahead: see Renderer::settle.
  std::uint32_t ahead = 0;
  /// The same at another turn: of an excerpt that shows other documents.
  Kept* next = nullptr;
};

/// The forms of a document that others show: its content without layouts, its page, its excerpt.
enum class Form : std::uint8_t { Content, Output, Excerpt };

/// What was rendered of a document.
struct Rendered {
  Kept forms[3];  ///< by Form
  Value cited;    ///< list of the keys that it cites (jekyll-scholar); nil: none
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
  /// What stands before `url`: `/de` of a page in another language than the site's own
  /// (jekyll-polyglot).
  Str root;
  Str output_ext;
  /// Front matter over defaults.
  Map* data = nullptr;
  /// A Time; documents only.
  Value date;
  /// The target of a Redirect, or the page's `redirect_to`.
  Str redirect_to;
  /// The Redirects to it; known once it is read.
  List<Document*> redirect_from;
  /// Its form in Liquid, and that of its excerpt, once that was rendered.
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

/// Where a document is, without baseurl.
inline Str address_of(Arena& arena, const Document& document) {
  return document.root.empty() ? document.url : arena.join(document.root, document.url);
}

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
  /// The files that it was read from, in this order.
  List<File*> config_files_;
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
  /// Of tables: documents without a file of their own (plugins/tables.cpp).
  List<File*> rows_;
  /// Of collections → indexes in collections_.
  Map* labels_ = nullptr;
  /// A post's file name without its extension, and its slug → posts, in their order.
  Map* posts_ = nullptr;
  Map *tags_ = nullptr, *categories_ = nullptr;
  /// Lists of documents that stay as long as the model, by their address: the groups of each by
  /// the values of a property (filters_array.cpp). And how many items these have in all.
  Map* grouped_ = nullptr;
  std::uint32_t grouped_items_ = 0;
  /// Made once all pages are known.
  Menu* menu_ = nullptr;
  /// So many of pages_ are read and known not to be the first page of a plain folder.
  std::uint32_t not_first_ = 0;
  Drop* drop_ = nullptr;
  /// `site.github`, once it was asked for.
  Map* github_ = nullptr;
  /// Name → characters.
  Map* emoji_ = nullptr;
  /// The HTML of one: see the template.
  Str emoji_markup_;
  /// Addresses by `namespace` (jekyll-multiple-languages-plugin), once a link needs one.
  Value namespaces_;
  /// The site in its other languages, each linked to the next (jekyll-polyglot,
  /// jekyll-multiple-languages-plugin).
  Site* others_ = nullptr;
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

/// What `_config.yml` says of a site, and the parts that are made of it once.
struct Configuration {
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
  List<PluginName> plugin_names_;
  liquid::Environment plugin_environment_;
  Str plugin_key_;
  Str markdown_extensions_;
  /// The language of the texts in `_i18n` (jekyll-multiple-languages-plugin); empty: there are
  /// none.
  Str text_language_;
  /// The settings that are texts, as the configuration has them: their keys in these.
  Map* text_keys_ = nullptr;
  Zone* zone_ = nullptr;
  ZoneEntry* zones_ = nullptr;
};

/// The state of a site between requests. The files of core/site access it through a request; all
/// other code has a Site, which gives no access to it.
struct SiteState : Model, Configuration {
  SiteState(Files& files, Settings& settings);
  SiteState(const SiteState&) = delete;
  SiteState& operator=(const SiteState&) = delete;
  ~SiteState();

  void forget();
  void end_others();
  void end_rows();
  /// What documents are made of that have no file of their own: rows of tables.
  const List<File*>& rows() const { return own_ ? own_->rows_ : rows_; }
  void forget_rendered();
  void forget_rendered(const File& file);
  void forget_parsed();
  void make_room();
  /// What was rendered of a document, and nothing changed since.
  Rendered& rendered(Document& document);
  /// The site in the language whose folder a path begins with, which is then left out of the path
  /// (plugins/site_languages.cpp); nullptr where it is none of the other languages'.
  Site* other_language(Str& path) const;
  bool plain_folder() const { return !jekyll_; }
  /// The file of settings that overrides the others; nullptr: there is none.
  File* config_file() const { return config_files_.empty() ? nullptr : config_files_.back(); }
  const List<File*>& config_files() const { return config_files_; }
  /// The place of diagnostics about settings: that file, else the one that a site may have.
  Str config_path() const;
  /// Whether a file at this path would have settings.
  bool has_settings(Str path) const;
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

  Arena plugin_arena_;  ///< of `plugin_names_` and `plugin_environment_`
  /// The language in which the pages are shown, where there may be several (jekyll-polyglot);
  /// nullptr, or the site in its own language, which has the configuration, and Document::root.
  Str language_;
  SiteState* own_ = nullptr;
  Str root_;
  Site* next_ = nullptr;
  /// About the site as a whole.
  Diagnostics found_{arena_};

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
  const ZoneEntry* zones() const { return zones_; }

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

  /// The text that a document's excerpt is made from.
  Str excerpt_text(Document& document, Arena& arena);
  /// The sources of documents that are left out as their date is still to come; after outputs().
  List<Str> future_documents(Arena& arena) const;
  /// Whether the site reads the file at a path: it is neither hidden nor excluded.
  bool is_source(Str path, Arena& arena);

  using SiteState::rows;
  /// How often the model was dropped: while it stays, pages change by their dependencies alone.
  using SiteState::forgotten;
  /// `_config.yml` over Jekyll's defaults; nullptr before the first question.
  const Map* config() const { return config_; }
  /// Whether it is a folder of Markdown without a configuration and without Jekyll's folders.
  using SiteState::config_file;
  using SiteState::config_files;
  using SiteState::config_path;
  using SiteState::has_settings;
  using SiteState::plain_folder;
  /// Empty, or begins with `/` and does not end with one.
  Str baseurl() const { return baseurl_; }
  Theme theme() const { return theme_; }
  const markdown::Options& markdown() const { return markdown_; }
  using SiteState::missing_theme;
  /// Whether a document is made of the file at `path`, or a folder's page of one in that folder.
  bool has_document(Str path) const { return by_path_ && by_path_->find(path); }
  /// Whether a path of outputs() lies in the folder of another language (jekyll-polyglot); the path
  /// in it is left.
  bool is_in_other_language(Str& path) const { return other_language(path); }

  /// From now on, until it is called with nullptr, the Markdown of the requested page is converted
  /// by an editor's parser, which knows the previous text.
  void set_converter(MarkdownConverter converter) { converter_ = converter; }

 private:
  friend struct Request;
  friend struct SiteState;
  bool list_outputs(List<Output>& list, Arena& arena, Needs& needs, Diagnostics& diagnostics);
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
