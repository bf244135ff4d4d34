// Markdown to HTML: three dialects, one tree, one HTML writer for each family.
//
//     Options options = read_options(get(config, "kramdown"));
//     Text html;
//     if (!to_html(body, options, arena, html)) return need_module();
//
// In steps, when something is to happen between parsing and writing:
//
//     Tree* tree = parse(body, options, arena);
//     if (!tree) return need_module();
//     each_link(*tree, [&](LinkPlace& link) {
//       if (link.image) link.url = arena.join(baseurl, link.url);
//       return link.image;                        // true: `url` replaces the one that is there
//     });
//     write_html(*tree, html);
//
// kramdown (as Jekyll configures it, `input: GFM`) is parsed by our own parser, as it is a language
// of its own: its output is that of kramdown 2.4.0, byte for byte. CommonMark and GitHub's Markdown
// are parsed by md4c, which in the browser is a module apart (commonmark.wasm). Both give the same
// tree; passes over the tree add header ids, the table of contents, footnotes, typography and
// alerts.
//
// Ownership: a Tree lives in the arena that it is parsed into; it may have views of the text and of
// the options' strings, so all three outlive it. LiveDocument owns a copy of its text.
//
// Failure: every text is valid Markdown, so there are no errors. The one thing that can be missing
// is the module of a dialect: then parse() returns nullptr and to_html() false, before anything is
// written. Parsing and writing take linear time and memory for every input; nesting is bounded.
//
// Positions are bytes of the text that was parsed; those named …16 are UTF-16 code units.
#pragma once
#include "meridian/value.h"

namespace meridian::markdown {

/// The language of a text.
enum class Dialect : std::uint8_t {
  /// kramdown 2.4.0 with its GFM parser 1.1.0, or with the plain parser (Options::gfm_input).
  Kramdown,
  /// CommonMark 0.31.2.
  CommonMark,
  /// CommonMark with GFM's extensions, footnotes and alerts.
  GitHub,
};

/// How a character reference is printed (kramdown's `entity_output`).
enum class EntityOutput : std::uint8_t { AsChar, AsInput, Numeric, Symbolic };

/// Typographic characters that replace ASCII. The first four are those of `smart_quotes`, in its
/// order.
enum class Sign : std::uint8_t {
  LeftSingle,
  RightSingle,
  LeftDouble,
  RightDouble,
  EmDash,
  EnDash,
  Ellipsis,
  LeftGuillemetSpace,
  RightGuillemetSpace,
  LeftGuillemet,
  RightGuillemet,
};
constexpr int kSigns = 11;

/// The `kramdown:` section of `_config.yml`, with Jekyll's defaults. Members have the names of
/// kramdown's options where they have one. Strings are borrowed.
struct Options {
  Dialect dialect = Dialect::Kramdown;
  EntityOutput entity_output = EntityOutput::AsChar;
  /// `input: GFM`.
  bool gfm_input = true;
  bool auto_ids = true;
  /// Plain kramdown: ids are made from the text without its markup.
  bool auto_id_stripping = false;
  bool hard_wrap = false;
  /// Off: `gfm_quirks: no_auto_typographic`.
  bool typographic_symbols = true;
  /// Of `gfm_quirks`: blocks end a paragraph without a blank line.
  bool paragraph_end = true;
  bool parse_block_html = false, parse_span_html = true, html_to_native = false;
  /// Rouge's wrappers around code; off: plain <pre><code>.
  bool highlight = true;
  bool highlight_spans = true, highlight_blocks = true;
  /// Of code blocks, and of code in a line.
  bool line_numbers = false, span_line_numbers = false;
  bool guess_lang = true;
  /// `math_engine: mathjax`; off: kramdown's own markup.
  bool math = true;
  /// `meridian: {math: dollars}`: `$…$` in a line is a formula, too, as on GitHub.
  bool dollars = false;
  bool show_warnings = false;
  bool transliterated_header_ids = false;
  bool footnote_backlink_inline = false;
  bool remove_line_breaks_for_cjk = false;
  /// Only allowlisted elements, attributes and URL schemes are written (playground, card).
  bool untrusted = false;
  /// Of GitHub's dialect: `[[links]]`, `![[embeds]]`, `==highlights==`, `%%comments%%`, callouts
  /// and `^block-ids`, as Obsidian has them.
  bool notes = false;
  /// Bit n: headers of level n are in the table of contents.
  std::uint8_t toc_levels = 0x7e;
  int header_offset = 0, footnote_nr = 1;
  Str auto_id_prefix, footnote_prefix;
  /// The language of code that names none; empty: none.
  Str default_lang = "plaintext";
  Str footnote_backlink = "&#8617;";
  /// Code points of `smart_quotes`.
  std::uint32_t quotes[4] = {0x2018, 0x2019, 0x201c, 0x201d};
  /// Replacement of each other sign; null: its own character.
  Str signs[kSigns] = {};
  /// id → [url, title].
  Map* link_defs = nullptr;
  /// Where a module of the host converts kramdown: what the options are read from, as JSON
  /// (wasm/kramdown_request.h).
  Str settings;
};
/// Sets one option by its name in `_config.yml` (or in `{::options …}`). False, and nothing has
/// changed, for unknown names and for values that kramdown refuses. Strings are kept, not copied.
bool set_option(Options& options, Str name, const Value& value);
/// Reads a `kramdown:` map; unknown keys are ignored, and a value that is no map gives the
/// defaults.
Options read_options(const Value& kramdown);

/// The kinds of nodes. Names are CommonMark's where it has one, else kramdown's.
enum class Type : std::uint8_t {
  Root,
  // blocks
  Paragraph,
  Header,
  Blockquote,
  CodeBlock,
  UnorderedList,
  OrderedList,
  Item,
  DefinitionList,
  Term,
  Definition,
  Table,
  TableHead,
  TableBody,
  TableFoot,
  TableRow,
  TableCell,
  ThematicBreak,
  HtmlElement,
  RawHtml,
  Comment,
  MathBlock,
  Blank,
  Footnotes,
  Alert,
  Contents,
  /// OutputFile with `&`, `<` and `>` escaped; character references in it stay in kramdown's
  /// dialect.
  Text,
  Emphasis,
  Strong,
  Strikethrough,
  CodeSpan,
  Link,
  Image,
  LineBreak,
  SoftBreak,
  /// OutputFile as it is.
  RawSpan,
  MathSpan,
  FootnoteReference,
  Abbreviation,
  TaskMark,
  /// One character or character reference that a construct stood for (an entity, a quote, a dash):
  /// written as it is.
  Symbol,
  /// Text whose spans are not parsed yet.
  RawText,
  /// The place of a definition or of an attribute list.
  EndOfBlock,
};

/// An HTML attribute; a list of them is linked in order.
struct Attribute {
  Str name, value;
  Attribute* next = nullptr;
  /// The value's bytes belong to this attribute alone, with room up to the next power of two.
  bool growing = false;
};

/// An attribute list `{: … }` (IAL, ALD) before it is applied. An entry without a name refers to a
/// definition.
struct AttributeList {
  Attribute* first = nullptr;
  /// To a definition; references stand before the attributes.
  Attribute* last_reference = nullptr;
};

/// A node of the tree; lives in the arena of its Tree. Children are doubly linked, in order.
struct Node {
  Type type = Type::Root;
  /// Of a header 1 to 6; of a cell its alignment (0 none, 1 left, 2 centre, 3 right).
  std::uint8_t level = 0;
  /// Of a list or an item: its paragraphs are written without <p>.
  bool tight = false;
  /// Of a paragraph: only its children are written.
  bool transparent = false;
  /// The parsers' own (NodeFlag).
  std::uint8_t flags = 0;
  /// Byte range in the text that was parsed; blocks only.
  std::uint32_t begin = 0, end = 0;
  /// By type: literal text, code, raw HTML, the name of an HTML element, an info string.
  Str text;
  Attribute* attributes = nullptr;
  AttributeList* ial = nullptr;
  Node *first = nullptr, *last = nullptr, *next = nullptr, *previous = nullptr, *parent = nullptr;
};

/// A footnote's definition.
struct Footnote {
  Str name;
  /// Its children are the footnote's blocks.
  Node* content;
};
/// `*[name]: title`
struct AbbreviationDefinition {
  Str name, title;
  /// Stands where it was defined and has its attributes.
  Node* mark;
};

/// A parsed text.
struct Tree {
  Arena& arena;
  Options options;
  /// The text that was parsed; nodes may have views of it.
  Str text;
  Node root = {};
  /// In kramdown's dialect a FootnoteReference has its index in `begin`.
  List<Footnote> footnotes = {};
  List<AbbreviationDefinition> abbreviations = {};
};

/// Parses `text` into a tree in the arena. nullptr when the dialect's module is not loaded: see
/// have_commonmark().
[[nodiscard]] Tree* parse(Str text, const Options& options, Arena& arena);
/// Appends the tree's HTML.
void write_html(const Tree& tree, Text& out);
/// Typography of a line of text, as in Jekyll's `smartify`: quotes, dashes, ellipses and entities.
/// False, and nothing is written, when kramdown's module is not loaded.
[[nodiscard]] bool smartify(Str text, const Options& options, Arena& arena, Text& out);

/// The code point of a character reference's name in HTML 4, 0 when it is none of the 253 that
/// kramdown knows.
std::uint32_t entity_code_point(Str name);
/// That of a whole character reference without its `&` and `;`: `amp`, `#38`, `#x26`. 0 when it is
/// none.
std::uint32_t reference_code_point(Str reference);

/// The scheme of a link to a note, `[[Note#Heading]]`, before it is led to a page. Behind it stands
/// the percent-encoded target.
constexpr Name kNoteScheme = "note:";
/// The id that GitHub gives the first header of this text.
Str header_id(Str text, Arena& arena);

/// A link or an image that each_link() visits.
struct LinkPlace {
  /// Plain text: character references are decoded in attributes, and stay in raw HTML.
  Str url;
  /// `src` of an image; else `href` of a link.
  bool image;
  /// The image is all of its paragraph: HTML in its place may be blocks.
  bool alone = false;
  /// Written as HTML, not as Markdown.
  bool in_html = false;
  /// Set by the visitor, with `url`: HTML in the place of the image; a class of the link.
  Str html = {}, css_class = {};
};
/// Calls `visit` for every link and image: the parser's own, those of HTML elements, and `<a href>`
/// and `<img src>` in raw HTML. When it returns true, `url` replaces the one that is there; it must
/// live as long as the tree.
void each_link(Tree& tree, bool (*visit)(void* context, LinkPlace& place), void* context);
template <class Visit>
void each_link(Tree& tree, Visit visit) {
  each_link(
      tree, [](void* f, LinkPlace& place) { return (*static_cast<Visit*>(f))(place); }, &visit);
}

/// The arguments of each_link() as one value, which may be empty.
struct LinkVisit {
  bool (*visit)(void* context, LinkPlace& place) = nullptr;
  void* context = nullptr;
};
/// parse(), each_link() if there is something to visit, and write_html(). False, and nothing is
/// written, when the dialect's module is not loaded.
[[nodiscard]] bool to_html(Str text, const Options& options, Arena& arena, Text& out,
                           LinkVisit links = {});

namespace kramdown {
struct LiveParse;
}

/// A document while it is edited. After a change, kramdown is parsed again only from a little
/// before the change to the place where the parser is in step with its previous run; all other
/// parts are kept. Where a change may have effects elsewhere (a definition, a second header of the
/// same name, the end of a construct that was open) everything is parsed. CommonMark and GitHub's
/// Markdown are parsed whole by md4c, which is fast. In each case the parts' HTML, concatenated, is
/// to_html()'s.
///
///     LiveDocument document;
///     document.open(text, options);
///     for (const LiveDocument::Part& part : document.parts()) show(part.html);
///     bool few = document.edit(120, 121, "x");     // most parts keep their html and hash
///
/// Views of parts are valid until the next open(), update(), edit() or close().
class LiveDocument {
 public:
  /// A piece of the top level between blank lines: a block, or several. In CommonMark it is one
  /// block.
  struct Part {
    Str html;
    /// Of `html`.
    std::uint64_t hash;
    /// Bytes and newlines of the text. The last part, of footnotes, has none.
    std::uint32_t source, lines;
    /// Sizes in UTF-16 code units.
    std::uint32_t source16, html16;
    /// Headers whose id is made from their text.
    std::uint32_t headers;
    /// It has effects on other parts.
    bool far;
    /// It has HTML as it was written: tags may begin here that end in another part.
    bool raw;
  };

  LiveDocument() = default;
  LiveDocument(const LiveDocument&) = delete;
  LiveDocument& operator=(const LiveDocument&) = delete;

  /// Parses all of the text, which is copied. Strings of the options must live until close().
  /// is_open() is false afterwards when the dialect's module is not loaded. `links` as for
  /// each_link(), for CommonMark and GitHub's Markdown only.
  void open(Str text, const Options& options, LinkVisit links = {});
  /// Replaces the text; finds the one range in which it differs, and edits that.
  void update(Str text, LinkVisit links = {});
  /// Replaces bytes `begin` to `end` by `insert`. False when everything was parsed again. Links are
  /// as written.
  bool edit(std::size_t begin, std::size_t end, Str insert);
  void close();
  bool is_open() const { return open_; }

  Str text() const { return text_.str().substr(0, text_.size() - line_added_); }
  const List<Part>& parts() const { return parts_; }
  const Options& options() const { return options_; }

 private:
  bool parse_part(std::uint32_t first, std::size_t start, std::size_t begin, std::size_t old_end,
                  std::size_t inserted);
  void add_parts(const kramdown::LiveParse& parse, Str html, std::size_t begin, std::size_t end,
                 Arena& list, List<Part>& parts);
  /// Appends a part; a copy of its HTML is kept.
  Part& add_part(Str source, Str html, Arena& list, List<Part>& parts);
  void parse_all();
  void parse_commonmark(LinkVisit links);
  void end_line();
  void compact();

  bool open_ = false;
  /// It has a construct with effects everywhere: every change parses all.
  bool whole_only_ = false;
  /// It may have a table of contents.
  bool contents_ = false;
  /// It has a tag or an attribute list that may continue in another line.
  bool open_end_ = false;
  /// The last part is the list of footnotes.
  bool has_notes_ = false;
  /// The newline at the end is not part of the text.
  bool line_added_ = false;
  Text text_;
  Options options_;
  Arena definitions_;
  /// Of the whole text; only its definitions are used.
  kramdown::LiveParse* base_ = nullptr;
  // Of HTML and lists one arena is filled while the other is still in use.
  Arena html_[2], lists_[2];
  int arena_ = 0, list_ = 0;
  List<Part> parts_;
  /// Of all headers: hashes of the texts that their ids are made from.
  List<std::uint64_t> ids_;
  /// Bytes of HTML of the parts, and of all that was made since the last compact().
  std::size_t in_use_ = 0, made_ = 0;
};

/// Whether CommonMark and GitHub's dialect can be parsed. Always natively; in wasm once the module
/// is connected.
bool have_commonmark();

}  // namespace meridian::markdown
