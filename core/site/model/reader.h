// From files to the model of a site: its configuration, documents, collections, data and addresses.
#pragma once
#include "model/file_lookup.h"
#include "model/glob.h"
#include "model/values.h"

namespace meridian::site {

struct ModelReader : FileLookup {
  using FileLookup::FileLookup;

  /// The configuration and the list of documents; false: see needs (classify.cpp, config.cpp).
  bool build();
  bool configure();
  /// The settings of the site's own files, and which files these are; nullptr also when one has to
  /// come first.
  Map* own_settings();
  /// The settings in a file; nullptr when it has none or can't be parsed.
  Map* settings_in(File& file);
  void classify();
  /// Whether a file is a page or document. Without its bytes or a manifest, the name decides.
  bool has_front_matter(File& file, bool markdown);
  void add_document(const Document& found);
  /// By itself, or, when it is one of GitHub Pages', with these.
  bool lists_plugin(Str name, bool of_github = true) const;
  bool writes_redirects() const { return lists_plugin("jekyll-redirect-from"); }

  /// Tells whether the site has layouts for its pages; false when a file has to come first
  /// (own_layouts.cpp).
  bool find_own_layouts(bool& found);

  // ---- the theme that the configuration names (gem_theme.cpp)

  /// Finds its folder; false when a file has to come first, or when the host has to fetch it from
  /// where `meridian.theme_from` says.
  bool find_gem_theme(Map* own);
  /// Its configuration, without Jekyll's own keys; nullptr when there is none
  /// (Site#load_theme_configuration), and for a `remote_theme`. `own`: the site's.
  Map* gem_theme_config(const Map* own, const Map& defaults);
  /// The plugins that its gem depends on, without `jekyll-` and with blanks between them.
  Str gem_theme_plugins() const;
  /// Adds its assets that the site has no file in place of (Jekyll::ThemeAssetsReader).
  void add_gem_assets();

  // ---- documents and collections (documents.cpp)

  /// Reads a document's data and URL; false when its file has to come first.
  bool read(Document& document);
  /// What the file of a page says of it, and its layout.
  Map* page_data(const Document& page);
  /// Adds a document that was read, with its redirects, to what is written.
  void add_output(Document& document);
  bool read_pages();
  bool read_collection(Collection& collection);
  bool read_everything();
  /// Whether Jekyll renders `x` later than `y`, both of which are read: collections come in the
  /// order of the configuration, then pages. Of two of one kind the later one is also written
  /// later.
  bool renders_later(const Document& x, const Document& y) const;
  Collection* collection(Str label) const;
  Map* defaults_for(Str path, Str type);
  /// FrontmatterDefaults#find, and without a key #all: false when there is nothing.
  bool default_value(Str path, Str type, Str key, Value& out);
  const Zone& zone() const;
  /// Any date becomes a time in the site's zone; false when the value is not a date.
  bool to_time(Value& v);
  /// The site's time, in its zone.
  Value now();
  /// `site.data` (data.cpp).
  Value site_data();

  // ---- URLs (urls.cpp)

  void set_url(Document& document);
  Str output_path(const Document& document);
  /// Has the folder an index besides its README?
  bool explicit_index(Str folder) const;
  void index_output(Document& document);
  /// The document at a URL; nullptr when there is none, or, not `sure`, when files have to come
  /// first.
  Document* resolve(Str url, bool& sure);

  // ---- addresses (addresses.cpp)

  void relative_url(Str path, Text& out);
  void absolute_url(Str path, Text& out);
  /// With baseurl, or as it is when it leads elsewhere.
  Str local_target(Str url);

  // ---- hooks: parts of the model that rooms above add, defined in core/site/plugins ----

  void add_redirects(Document& document);
  /// plugins/tables.cpp: the documents that rows of tables are; false when files have to come
  /// first.
  bool read_tables();
  /// plugins/site_languages.cpp: the keys of the configuration that tell the language of the site.
  bool configure_language();
  /// plugins/site_languages.cpp: of the documents that are translations of each other those of the
  /// site's language stay, and it knows its other languages; false when files have to come first.
  bool read_language();
  /// plugins/texts.cpp: the texts of jekyll-multiple-languages-plugin; false when files have to
  /// come first.
  bool configure_texts();
  /// `_i18n/LANGUAGE/`
  Str folder_of_texts() const;
  /// Where `_posts` is: that folder, or the root, which is empty.
  Str folder_of_posts() const;
  /// Whether a file has one address for all languages.
  bool excluded_from_texts(Str path) const;
  Array* without_texts(Array& categories);
  /// Translates what the front matter wants translated; false when the page is none of the
  /// language.
  bool shows_texts(Document& document);
  /// Whether an address leads to a page that the first language does not have.
  bool is_in_text_language_alone(Str path);
  /// Reads all documents that are written; false when a file has to come first.
  bool read_outputs();
  /// The menus that a site has without `_data/navigation.yml` (plugins/navigation.cpp).
  Value navigation();
  /// Whether the address is that of the page that lists all pages, where the menus are cut.
  bool lists_all_pages(Str url);
  /// Liquid with the tags and filters of Jekyll and its plugins, and of the site's own in
  /// JavaScript (liquid/plugin_scripts.cpp), whose names may have to come first.
  liquid::Environment read_plugin_scripts();
};

// ---- hooks: parts of the model that core/site/liquid adds ----

/// The values that Liquid sees of a document.
Drop* make_drop(Arena& arena, SiteState& site, Document& document);
/// The page that templates in its excerpt see.
Drop* make_excerpt_drop(Arena& arena, SiteState& site, Document& document);
/// The value of `site`.
Drop* make_site_drop(SiteState& site);
/// The same without those in JavaScript.
extern const liquid::Environment kEnvironment;
/// Adds the tags of jekyll-multiple-languages-plugin.
void add_text_tags(liquid::Environment& environment);
/// The values of `site.data`, those of the site's language above them (plugins/site_languages.cpp).
Drop* data_in_language(SiteState& site, Drop& data);
/// Reads the entries of a BibTeX file of `_data`; false when the module for that has to come first.
bool read_bibtex(ModelReader& reader, File& file);

/// Makes the request the site's current one for as long as it lives.
struct Current {
  Current(ModelReader*& slot, ModelReader& r) : slot_(slot), outer_(slot) { slot = &r; }
  ~Current() { slot_ = outer_; }
  ModelReader*& slot_;
  ModelReader* outer_;
};

/// Documents in the model's maps.
inline Value value_of(Document& d) {
  return Value(std::int64_t(reinterpret_cast<std::uintptr_t>(&d)));
}
inline Document* document_in(const Value& v) {
  return reinterpret_cast<Document*>(std::uintptr_t(v.i));
}
/// Whether a path is that of a style sheet in Sass.
bool is_sass(Str path);
/// The path relative to the folder (all of it for the root); without an address when it is
/// elsewhere.
Str inside_folder(Str path, Str folder);
/// URL#sanitize_url: no `..`, no `./`, single slashes, one in front.
Str sanitized_url(Arena& arena, Str url);
/// Length of `scheme` in `scheme:…`, 0 when there is none.
std::size_t scheme_length(Str url);
/// The slug in a document's front matter, else its name.
Str slug_of(Arena& arena, const Document& document);

}  // namespace meridian::site
