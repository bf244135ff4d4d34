// One request to a site: what it may use, what it lacks, and the steps that answer it. The steps
// stand in files of their own: config.cpp, model.cpp, document.cpp, url.cpp, data.cpp, drops.cpp,
// render.cpp, tags.cpp, plugins.cpp, emoji.cpp, folder.cpp, published.cpp.
#pragma once
#include "meridian/site.h"
#include "model/glob.h"
#include "model/values.h"

namespace meridian::site {

/// The theme's files stand in the table of files under this name, apart from the site's own.
constexpr Name kThemePrefix = "theme:";

/// The names of emoji, a pack of its own.
constexpr Name kEmoji = "theme:_plugins/emoji.html";

/// What jekyll-redirect-from writes besides the redirects.
constexpr Name kRedirectList = "redirects.json";

/// What of a file a template is made from: the text behind the front matter, the excerpt, or all of
/// it (an include).
enum class Part : std::uint8_t { Body, Excerpt, Whole };

/// What is being rendered, as its templates see it. Whoever renders something else in between puts
/// it back.
struct Place {
  Document* document = nullptr;
  Value page, layout, content;
  void enter(Document& d) {
    document = &d;
    page = Value(d.drop);
  }
  void leave_for(const Place& outer) { *this = outer; }
};

struct Request : Place {
  Request(Site& s, Arena& a, Needs& n, Diagnostics& d, List<Str>* deps)
      : site(s), files(s.files_), arena(a), needs(n), diagnostics(d), dependencies(deps) {
    serial = ++s.serial_;
  }

  Site& site;
  Files& files;
  Arena& arena;  ///< of the render
  Needs& needs;
  Diagnostics& diagnostics;
  List<Str>* dependencies;

  std::uint32_t serial;  ///< of this request
  /// Of the content that is being made: its number, and the files that it takes.
  std::uint32_t taking = 0;
  List<File*>* took = nullptr;

  // ---- files (model.cpp)
  /// Loaded, Listed, Missing, or Unknown when only trying can tell.
  Presence look(Str path) const;
  void need(Str path);
  void need_pack(Str name);
  /// The loaded file, noted as a dependency; nullptr when it is needed or missing.
  File* load(Str path);
  void depend(File& file);
  /// Front matter cut off and parsed; false when the file has to come first.
  bool scan(File& file);
  /// Reports what was found in a file when it was scanned or parsed.
  void report(const File& file) { report(file.found); }
  void report(const Diagnostics& found);
  /// What is wrong with documents of a collection, or with pages: a list of them may lack one, or
  /// its title, because of it.
  void report_wrong(const Collection* collection);

  // ---- the model
  bool build();  ///< config.cpp, model.cpp; false: see needs
  bool configure();
  void classify();
  bool read(
      Document& document);  ///< document.cpp: data and url; false when its file has to come first
  bool read_pages();
  bool read_collection(Collection& collection);
  /// Which of two pages, or of two documents, that are read Jekyll renders and writes later.
  bool renders_later(const Document& x, const Document& y) const;
  bool read_everything();
  bool read_plugin_pages();  ///< plugins.cpp: all that plugins add; false when it takes files that
                             ///< are not there yet
  bool read_outputs();       ///< all that is written; false when a file has to come first
  Str paginate_path(std::uint32_t number);
  Value paginator();  ///< what the document's list shows (jekyll-paginate)
  Collection* collection(Str label) const;
  Str setting(const char* key) const {
    return to_str(site.arena_, site.config_->get(key));
  }  ///< of the configuration, as text
  Map* defaults_for(Str path, Str type);
  /// FrontmatterDefaults#find, and without a key #all: false when there is nothing.
  bool default_value(Str path, Str type, Str key, Value& out);
  const Zone& zone() const;
  bool to_time(Value& v);  ///< any date becomes a time on the site's clock; false when it is none
  Value now();             ///< the site's time, on its clock
  void set_url(Document& document);  ///< url.cpp
  Str output_path(const Document& document);
  bool explicit_index(Str folder) const;  ///< has the folder an index besides its README?
  void index_output(Document& document);
  Document* resolve(Str url, bool& sure);
  void add_redirects(Document& document);
  Map* group_posts(Str key);         ///< drops.cpp: tags, categories
  Value site_data();                 ///< data.cpp
  const Value& data_of(File& file);  ///< what YAML, JSON or CSV says, nil when it is wrong
  Map* data_map(File& file);         ///< the same of a file that holds a map

  // ---- rendering (render.cpp)
  Page render(Document& document);
  Page not_found(Str url);
  bool lists_redirects() const;
  void add_redirect_list();
  bool may_be_template(const Document& document) const;
  bool make_content(Document& document);
  /// Converted content without layouts; nil and false when something is missing.
  bool convert(Document& document, Value& out);
  /// Whether the text of a document goes through Liquid.
  bool runs_liquid(const Document& document, Str text) const;
  /// The document's text, or its excerpt's, by Liquid and Markdown. False when that can't be done,
  /// or not yet.
  bool transform(Document& document, Part part, Str& text);
  /// What `page.content` shows of another document: converted when Jekyll has rendered it before
  /// this one, else the source.
  Value content_of(Document& document);
  /// `page.output`: in its layouts, when Jekyll has rendered it before this one, else nil.
  Value output_of(Document& document);
  bool lists_plugin(Str name) const;  ///< by itself, or as one of GitHub Pages'
  bool writes_redirects() const { return lists_plugin("jekyll-redirect-from"); }
  Str excerpt_separator(Document& document);
  bool render_excerpt(Document& document, Str& out);
  Str place_in_layouts(Document& document, Str content);
  /// A document's page with emoji in place of their codes, where that is on (emoji.cpp).
  Str with_emoji(const Document& document, Str html);
  bool read_emoji();  ///< false when their names are not there yet
  File* find_include(Str name, bool from_theme);
  File* find_layout(Str name);
  File* theme_file(Str path);
  File& generate(Str name, Str text);  ///< a file of ours
  /// `smart`: only its quotes, dashes and dots.
  bool markdown(Str text, Text& out, bool smart = false, markdown::LinkVisit links = {});
  /// A document's text: relative links led to pages, where that is on (folder.cpp).
  bool convert_markdown(Document& document, Str text, Text& out);
  /// `markup`: a variable that the template sees beside the globals.
  bool run(liquid::Template& t, Text& out, Str markup = {});
  liquid::Template* template_of(File& file, Part part = Part::Body);
  void scan_includes(const liquid::Template& t, int depth = 0);  ///< tags.cpp
  Value lookup(Str key);                                         ///< the globals of templates

  // ---- addresses (addresses.cpp)
  void relative_url(Str path, Text& out);
  void absolute_url(Str path, Text& out);
  Str local_target(Str url);  ///< with baseurl, or as it is when it leads elsewhere

  // ---- plain folders (folder.cpp)
  Value navigation();
  Value folder_title();  ///< of a plain folder: its first page's
  Str title_of(Document& document);
  Str likely_url(Document& document);  ///< its URL, as far as its name tells when it was not read
  Document* page_of_source(Str path);  ///< the page made from a file, or a folder's page
  /// A link that is relative to the document's file, as an address of the site; false when it stays
  /// as it is.
  bool rebase(Document& document, Str url, Str& out);
};

/// Makes the request the site's current one for as long as it lives.
struct Current {
  Current(Request*& slot, Request& r) : slot_(slot), outer_(slot) { slot = &r; }
  ~Current() { slot_ = outer_; }
  Request*& slot_;
  Request* outer_;
};

/// Documents in the model's maps.
inline Value value_of(Document& d) {
  return Value(std::int64_t(reinterpret_cast<std::uintptr_t>(&d)));
}
inline Document* document_in(const Value& v) {
  return reinterpret_cast<Document*>(std::uintptr_t(v.i));
}
/// The path from the folder on (all of it when that is the root); without an address when it lies
/// elsewhere.
Str inside_folder(Str path, Str folder);
/// URL#sanitize_url: no `..`, no `./`, single slashes, one in front.
Str sanitized_url(Arena& arena, Str url);
/// Length of `scheme` in `scheme:…`, 0 when there is none.
std::size_t scheme_length(Str url);
/// The slug that a document gives itself, else its name.
Str slug_of(Arena& arena, const Document& document);
/// Notes a mistake in a file: at a byte of it, or of the file as a whole (npos).
void complain(File& file, std::size_t offset, Str message, const char* remedy);
/// False, with a diagnostic, when the file is too large (then it is cut to its front matter), or
/// not UTF-8.
bool is_text(File& file);
/// Makes sure that what YAML gave is a map; false when it said something else, which is complained
/// about.
bool expect_map(File& file, Value& v, std::size_t offset);
Str media_type(Str extension);
/// Whether a file of the folder of data is read, by its extension.
bool is_data_file(Str path);
/// Whether a text is too much for Markdown: render.cpp.
bool has_too_many_marks(Str text);
extern const liquid::Environment kEnvironment;

/// The values that Liquid sees of a document; drops.cpp.
Drop* make_drop(Arena& arena, Site& site, Document& document);
/// The value of `site`.
Drop* make_site_drop(Site& site);

}  // namespace meridian::site
