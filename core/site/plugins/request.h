// A request to a site: a renderer with what plugins add. Also the tags and filters of plugins.
#pragma once
#include "render/renderer.h"

namespace meridian::site {

struct Request : Renderer {
  Request(Site& s, Arena& a, Needs& n, Diagnostics& d, List<Str>* deps)
      : Renderer(s, a, n, d, deps) {}

  // ---- pages of plugins (pages.cpp)

  /// Makes all pages of plugins; false when that needs files that are not loaded.
  bool read_plugin_pages();
  Str paginate_path(std::uint32_t number);
  /// `paginate` as a number, as to_i makes it; 0 where it is none.
  std::int64_t posts_per_page() const;
  /// The JSON that a template of the packs, `_plugins/NAME`, prints, until the model is built anew;
  /// nil where it fails, or where something has to come first: such as posts, whose incomplete list
  /// would be kept.
  Value data_by(Str name);
  /// `site.github` (jekyll-github-metadata), under what the configuration has of it.
  Value github();

  // ---- redirects (redirects.cpp)

  bool lists_redirects() const;
  void add_redirect_list();

  // ---- notes (notes.cpp)

  /// Leads a link between notes to its page, or puts the note that is embedded in the place of an
  /// image. True where it is one.
  bool lead_note(Document& document, markdown::LinkPlace& place);
  /// Leads an address that is no path of a file, `[text](Name.md)`, to the file of that name.
  bool lead_by_name(Document& document, Str& url);
  /// `?` and `#` of an address of Markdown, as they are on the page of a document: of a site of
  /// notes, `#Second%20heading` is the id of that heading.
  Str fragment_on(Document& there, Str rest);

  // ---- the site in each of its languages (site_languages.cpp)

  /// Whether a document is not written for each language: a file that is only copied, a style sheet
  /// in Sass.
  bool same_in_all(const Document& document) const;
  void add_other_languages(const Array& languages);
  /// The same as translations(), of what jekyll-polyglot knows.
  Value translations_in_site(const Document& document);

  // ---- texts in each language (texts.cpp)

  /// The addresses of documents that have a `namespace`, by that and by language.
  Value places_of_texts();

  // ---- languages (translations.cpp)

  /// The language in the path of a document, `zh` of about.zh.md and of zh/about.md, where
  /// `languages` declares it or the page is there in another one, too; nil where there is none.
  Value language_in_path(Document& document);
  /// What the configuration says, as `lang`, `locale` or `default_lang`; else English.
  Str site_language() const;
  /// The page in all its languages, maps of `lang` and `url`, the site's language first; nil where
  /// it has one alone.
  Value translations(Document& document);

  // ---- plain folders (plain_folder.cpp)

  /// The title of a plain folder: its first page's.
  Value folder_title();
  /// A document's URL, as far as its name determines it when it was not read.
  Str likely_url(Document& document);
  /// The page made from a file, or a folder's page.
  Document* page_of_source(Str path);
  /// The address of a page that is not in the list of files yet, by the rule of plain folders:
  /// `notes/one.md` is at /notes/one/.
  Str address_by_name(Str path);
  /// A link that is relative to the document's file, as an address of the site; false when it stays
  /// as it is.
  bool rebase(Document& document, Str url, Str& out);
};

/// Whether a value is this name, or a list with it.
bool contains(const Value& list, Str name);
/// `folder` joined with a relative path; false when it leads out of the site.
bool resolve_relative(Str folder, Str relative, Text& out);
/// The name of a file or folder as a title: `getting-started` as `Getting started`.
Str readable(Arena& arena, Str name);

/// Every request is made as one, whichever part of it a room sees.
inline Request& request_of(ModelReader& r) { return static_cast<Request&>(r); }
/// The request that a site is answering.
inline Request& request_of(SiteState& site) { return request_of(*site.request_); }
/// The request for which a template is rendered.
inline Request& request_of(liquid::Context& context) {
  return request_of(*static_cast<ModelReader*>(context.site));
}

/// The files that jekyll-redirect-from writes besides the redirects.
constexpr Name kRedirectList = "redirects.json";
/// The page that jekyll-redirect-from writes for a redirect; the shell follows it without the page.
Str redirect_page(Request& r, Str to);

// Tags and filters: tags.cpp.
void render_plugin_tag(liquid::Context& c, const liquid::Node& node);
void render_avatar(liquid::Context& c, const liquid::Node& node);
void render_contents(liquid::Context& c, const liquid::Node& node);
Value filter_contents(liquid::FilterCall& call);
Value filter_timeago(liquid::FilterCall& call);
Value filter_itinerary(liquid::FilterCall& call);  ///< itinerary.cpp

}  // namespace meridian::site
