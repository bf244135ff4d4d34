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
  Turn turn;
  void enter(Document& d) {
    document = &d;
    page = Value(d.drop);
  }
  /// … at its turn, when its content is there.
  void enter_layouts(Document& d) {
    enter(d);
    turn = {&d, true};
  }
  void leave_for(const RenderContext& outer) { *this = outer; }
};

struct Renderer : ModelReader, RenderContext {
  using ModelReader::ModelReader;

  // ---- pages (render.cpp)

  Page render(Document& document);
  Page not_found(Str url);
  /// A form of a document, which is kept; nil and false when something is missing.
  bool make(Document& document, Form form, Value& out);
  /// Content of a document that the current one shows; false as well when they go in a circle.
  bool embed(Document& document, Value& out);
  /// The value of `page.content`: converted when the document's turn was before, else the source.
  Value content_of(Document& document);
  /// `page.output`: in its layouts when its turn was before, else nil.
  Value output_of(Document& document);
  /// Renders by `once`; again, when documents were nested deeper in each other than the stack
  /// allows, after the innermost ones have been rendered by themselves.
  template <class F>
  void whole(F once) {
    for (;;) {
      std::uint32_t known = diagnostics.size();
      cut = has_cut = false;
      once();
      if (!settle(known)) break;
    }
  }
  /// Whether the text of a document is rendered by Liquid.
  bool runs_liquid(const Document& document, Str text) const;
  /// `smart`: only its quotes, dashes and dots.
  bool markdown(Str text, Text& out, bool smart = false, markdown::LinkVisit links = {});
  /// The spans of a text of one line, such as a title: it makes no block, whatever it begins with.
  bool inline_markdown(Str line, Text& out);

  // ---- style sheets (style_sheet.cpp)

  /// Compiles the text of a document in Sass. False when files or the compiler have to come first.
  bool style_sheet(const Document& document, Str text, Text& css);
  /// Compiles any text in Sass; `found` gets its diagnostics, which name it `name` and count lines
  /// from its begin. False as above.
  bool sass(Str text, Str name, bool indented, Text& css, Diagnostics& found);

  // ---- excerpts (excerpt.cpp)

  Str excerpt_separator(Document& document);
  /// The text that an excerpt is made from, whose file is loaded and scanned.
  Str excerpt_text(Document& document, Arena& into);

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
  /// there for the next one. `result`: gets the variable of that name.
  bool run(liquid::Template& t, Text& out, Str markup = {}, Array* parts = nullptr,
           Value* result = nullptr);
  /// The page, or a text, as a plugin's template of that name makes it anew.
  Str made_anew(Str name, Str html);
  /// The globals of templates.
  Value lookup(Str key);
  /// Leads an error in a template of ours to the author's file and key that have the value which a
  /// filter refused (authors_place.cpp).
  static void lead_to_author(Renderer& r, liquid::Context& c);
  /// The same once a host has connected it (site_modules.h); nullptr where only readers are.
  static void (*author_leader)(Renderer& r, liquid::Context& c);

  // ---- hooks: what rooms above add to rendering ----

  /// plugins/plain_folder.cpp: a document's title, given or from its first heading.
  Str title_of(Document& document);
  /// jekyll-titles-from-headings with `collections`: documents have their heading for a title.
  bool titled_by_heading(const Document& document);
  /// The same with `strip_title`: the text without the heading that is the title.
  Str without_title(const Document& document, Str text);
  /// plugins/plain_folder.cpp: a document's Markdown, its relative links led to pages where that is
  /// on.
  bool convert_markdown(Document& document, Str text, Text& out);
  /// plugins/emoji.cpp: a document's page with emoji in place of their codes, where that is on.
  Str with_emoji(const Document& document, Str html);
  /// The same from `at` on; `characters`: as text, whatever stands for them on pages.
  Str with_emoji(Str html, std::size_t at, bool characters);
  bool has_emoji() const { return !site.jekyll_ || lists_plugin("jemoji"); }
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
  /// What shows a document, as it is at this turn.
  bool shows_others = false;
  /// Forms that went too deep inside others and are rendered ahead, the next one last.
  struct Ahead {
    Document* document;
    Form form;
    Turn turn;
  };
  List<Ahead> ahead;
  void cut_here() { cut = has_cut = true; }
  /// Whether no further document is rendered inside the current ones.
  bool leaves_out() const { return cut && level > 1; }
  /// Whether the document that was just rendered may be kept.
  bool is_whole() const { return level ? !cut : !has_cut; }
  bool had_turn(Document& document);
  Kept& kept(Document& document, Form form);
  /// Renders what is to be rendered ahead and forgets diagnostics but the `known` first ones; false
  /// when there is nothing to do.
  bool settle(std::uint32_t known);
  bool may_be_template(const Document& document) const;
  void render(Document& document, Page& page);
  bool make_nested(Document& document, Form form, Kept& kept, Value& out);
  bool make_content(Document& document, Value& out);
  bool make_output(Document& document, Value& out);
  bool make_excerpt(Document& document, Value& out);
  /// The document's text, or its excerpt's, by Liquid and Markdown. False when that can't be done,
  /// or not yet.
  bool transform(Document& document, Part part, Str text, Value& out);
};

/// Whether a text is too much for Markdown.
bool has_too_many_marks(Str text);
/// Placeholder for a part that could not be rendered: invisible, but easy to find.
void add_failure(Text& out, const Source& source, Str what);

}  // namespace meridian::site
