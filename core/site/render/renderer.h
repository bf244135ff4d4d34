// From a document to a page: Liquid, Markdown, layouts.
#pragma once
#include "model/reader.h"

namespace meridian::site {

/// The part of a file that a template is made from: the text behind the front matter, the excerpt,
/// or all of it (an include).
enum class Part : std::uint8_t { Body, Excerpt, Whole };

/// The page and document that are being rendered, as templates see them. Code that renders another
/// one in between restores it.
struct RenderContext {
  Document* document = nullptr;
  Value page, layout, content;
  void enter(Document& d) {
    document = &d;
    page = Value(d.drop);
  }
  void leave_for(const RenderContext& outer) { *this = outer; }
};

struct Renderer : ModelReader, RenderContext {
  using ModelReader::ModelReader;

  // ---- pages (render.cpp)

  Page render(Document& document);
  Page not_found(Str url);
  /// Converted content without layouts; nil and false when something is missing.
  bool convert(Document& document, Value& out);
  /// The same of a document that the current one shows; false as well when they go in a circle.
  bool embed(Document& document, Value& out);
  /// The value of `page.content` of another document: converted when Jekyll has rendered it before
  /// this one, else the source.
  Value content_of(Document& document);
  /// `page.output`: in its layouts, when Jekyll has rendered it before this one, else nil.
  Value output_of(Document& document);
  /// Whether the text of a document is rendered by Liquid.
  bool runs_liquid(const Document& document, Str text) const;
  /// `smart`: only its quotes, dashes and dots.
  bool markdown(Str text, Text& out, bool smart = false, markdown::LinkVisit links = {});

  // ---- style sheets (style_sheet.cpp)

  /// Compiles the text of a document in Sass. False when files or the compiler have to come first.
  bool style_sheet(const Document& document, Str text, Text& css);
  /// Compiles any text in Sass; `found` gets its diagnostics, which name it `name` and count lines
  /// from its begin. False as above.
  bool sass(Str text, Str name, bool indented, Text& css, Diagnostics& found);

  // ---- excerpts (excerpt.cpp)

  Str excerpt_separator(Document& document);
  bool render_excerpt(Document& document, Str& out);

  // ---- layouts (layouts.cpp)

  File* find_layout(Str name);
  Str place_in_layouts(Document& d, Str text);

  // ---- templates (templates.cpp)

  File* find_include(Str name, bool from_theme);
  /// Tells whether the theme includes the site's own file of this name.
  static bool is_hook(Str name);
  liquid::Template* template_of(File& file, Part part = Part::Body);
  /// `markup`: a variable for the template besides the globals. `parts`: texts are written as they
  /// are; with each map's entries as variables the template is run once, and what it assigns is
  /// there for the next one.
  bool run(liquid::Template& t, Text& out, Str markup = {}, Array* parts = nullptr);
  /// The globals of templates.
  Value lookup(Str key);

  // ---- hooks: what rooms above add to rendering ----

  /// plugins/plain_folder.cpp: a document's title, given or from its first heading.
  Str title_of(Document& document);
  /// plugins/plain_folder.cpp: a document's Markdown, its relative links led to pages where that is
  /// on.
  bool convert_markdown(Document& document, Str text, Text& out);
  /// plugins/emoji.cpp: a document's page with emoji in place of their codes, where that is on.
  Str with_emoji(const Document& document, Str html);
  /// plugins/tags.cpp: the same, with attributes of links to other sites, where they are on.
  Str finished(const Document& document, Str html);
  /// plugins/site_languages.cpp: a page with its links in the folder of the site's language.
  Str localized(Str html);
  /// plugins/pages.cpp: the posts in the document's list (jekyll-paginate).
  Value paginator();
  /// liquid/tags.cpp: requests the includes of a template before it is rendered.
  void scan_includes(const liquid::Template& t, int depth = 0);

 private:
  /// Documents that are being rendered inside each other, the outermost included.
  std::uint32_t level = 0;
  /// Whether one of them was left out or shortened, since they go too deep or in a circle: below
  /// the document that the outermost one shows now, and in all. What shows them is not kept: at
  /// another place it would be whole.
  bool cut = false, has_cut = false;
  /// Counts a document as nested while its text or its layouts are rendered.
  struct Level {
    explicit Level(Renderer& of);
    ~Level();
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Renderer& renderer;
    bool exceeded_before;
  };
  void cut_here() { cut = has_cut = true; }
  /// Whether no further document is rendered inside the current ones.
  bool leaves_out() const { return cut && level > 1; }
  /// Whether the document that was just rendered may be kept.
  bool is_whole() const { return level ? !cut : !has_cut; }
  bool may_be_template(const Document& document) const;
  bool make_content(Document& document);
  bool make_output(Document& document, Str& out);
  /// The document's text, or its excerpt's, by Liquid and Markdown. False when that can't be done,
  /// or not yet.
  bool transform(Document& document, Part part, Str& text);
};

/// Whether a text is too much for Markdown.
bool has_too_many_marks(Str text);
/// Placeholder for a part that could not be rendered: invisible, but easy to find.
void add_failure(Text& out, const Source& source, Str what);

}  // namespace meridian::site
