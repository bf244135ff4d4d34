// Markdown to HTML: two dialects, one tree, one HTML writer.
//
// kramdown (as Jekyll configures it, `input: GFM`) is parsed by our own parser, because it is a
// language of its own. CommonMark and GitHub's Markdown are parsed by md4c, which in the browser is
// a module apart (commonmark.wasm). Both give the same tree; passes work on the tree (header ids,
// contents, footnotes, typography, alerts); one writer prints it, byte for byte as kramdown's HTML
// converter does for kramdown.
#pragma once
#include "meridian/value.h"

namespace meridian::markdown {

enum class Dialect : std::uint8_t {
  Kramdown,    ///< kramdown 2.4.0 with the GFM parser 1.1.0, or the plain kramdown parser
               ///< (Options::gfm_input)
  CommonMark,  ///< CommonMark 0.31.2
  GitHub,      ///< CommonMark with GFM's extensions, footnotes, alerts
};

/// How a character reference that stands for a character is printed (kramdown's `entity_output`).
enum class EntityOutput : std::uint8_t { AsChar, AsInput, Numeric, Symbolic };

/// Signs that typography makes of ASCII. The first four are those of `smart_quotes`, in its order.
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

/// The `kramdown:` section of `_config.yml`, with Jekyll's defaults.
struct Options {
  Dialect dialect = Dialect::Kramdown;
  EntityOutput entity_output = EntityOutput::AsChar;
  bool gfm_input = true;  ///< `input: GFM`
  bool auto_ids = true;
  bool auto_id_stripping = false;  ///< plain kramdown: ids from the text without marks
  bool hard_wrap = false;
  bool typographic_symbols = true;  ///< off: `gfm_quirks: no_auto_typographic`
  bool paragraph_end = true;  ///< of `gfm_quirks`: blocks end a paragraph without a blank line
  bool parse_block_html = false, parse_span_html = true, html_to_native = false;
  bool highlight = true;  ///< Rouge's wrappers around code; off: plain <pre><code>
  bool highlight_spans = true, highlight_blocks = true;
  bool line_numbers = false;  ///< of code blocks
  bool guess_lang = true;
  bool math = true;  ///< `math_engine: mathjax`; off: kramdown's own markup
  bool show_warnings = false;
  bool transliterated_header_ids = false;
  bool footnote_backlink_inline = false;
  bool remove_line_breaks_for_cjk = false;
  bool untrusted = false;  ///< only allowlisted elements, attributes and schemes (playground, card)
  std::uint8_t toc_levels = 0x7e;  ///< bit n: headers of level n stand in the table of contents
  int header_offset = 0, footnote_nr = 1;
  Str auto_id_prefix, footnote_prefix;
  Str default_lang = "plaintext";  ///< code without a language is this one; empty: none
  Str footnote_backlink = "&#8617;";
  std::uint32_t quotes[4] = {0x2018, 0x2019, 0x201c, 0x201d};  ///< code points of `smart_quotes`
  Str signs[kSigns] = {};    ///< what each other sign is printed as; null: its own character
  Map* link_defs = nullptr;  ///< id → [url, title]
};
/// Sets one option by its name in `_config.yml` (or in `{::options …}`); unknown names and values
/// that kramdown would refuse leave the options as they are, and give false. Strings are kept, not
/// copied.
bool set_option(Options& options, Str name, const Value& value);
/// Reads a `kramdown:` map; unknown keys are left alone.
Options read_options(const Value& kramdown);

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
  // spans
  Text,  ///< printed with `&`, `<`, `>` escaped; in kramdown's dialect character references in it
         ///< stay
  Emphasis,
  Strong,
  Strikethrough,
  CodeSpan,
  Link,
  Image,
  LineBreak,
  SoftBreak,
  RawSpan,  ///< printed as it is
  MathSpan,
  FootnoteReference,
  Abbreviation,
  TaskMark,
  Symbol,  ///< one character or character reference that something stood for (an entity, a quote, a
           ///< dash): as it is
  // only while parsing
  RawText,     ///< text whose spans are not parsed yet
  EndOfBlock,  ///< where a definition or an attribute list stood
};

struct Attribute {
  Str name, value;
  Attribute* next = nullptr;
  bool growing = false;  ///< the value's bytes are this attribute's alone, with room up to the next
                         ///< power of two
};

/// An attribute list `{: … }` before it is applied; an entry without a name refers to a definition.
struct AttributeList {
  Attribute* first = nullptr;
  Attribute* last_reference = nullptr;  ///< to a definition; those stand before the attributes
};

/// A node of the tree; lives in the arena of its Tree. Children are linked, in order.
struct Node {
  Type type = Type::Root;
  std::uint8_t level =
      0;  ///< of a header 1…6; of a cell its alignment (0 none, 1 left, 2 centre, 3 right)
  bool tight = false;                ///< of a list or item: paragraphs print without <p>
  bool transparent = false;          ///< of a paragraph: prints its children alone
  std::uint8_t flags = 0;            ///< the parsers' own
  std::uint32_t begin = 0, end = 0;  ///< byte range in the text that was parsed; blocks only
  Str text;  ///< literal text, code, raw HTML, the name of an HTML element, an info string …
  Attribute* attributes = nullptr;
  AttributeList* ial = nullptr;
  Node *first = nullptr, *last = nullptr, *next = nullptr, *previous = nullptr, *parent = nullptr;
};

struct Footnote {
  Str name;
  Node* content;  ///< its children are the footnote's blocks
};
struct AbbreviationDefinition {
  Str name, title;
  Node* mark;  ///< stands where it was defined and has its attributes
};

struct Tree {
  Arena& arena;
  Options options;
  Str text;  ///< what was parsed; nodes may point into it
  Node root = {};
  List<Footnote> footnotes = {};  ///< kramdown: a FootnoteReference has its index in `begin`
  List<AbbreviationDefinition> abbreviations = {};
};

/// Parses `text` into a tree. nullptr when the dialect's module is not there (CommonMark in the
/// browser, before commonmark.wasm has arrived): see have_commonmark().
Tree* parse(Str text, const Options& options, Arena& arena);
void write_html(const Tree& tree, Text& out);
/// Quotes, dashes, ellipses and entities of a line of text, as Jekyll's `smartify` makes them of
/// titles.
void smartify(Str text, const Options& options, Arena& arena, Text& out);

/// A link or an image, as each_link tells of it.
struct LinkPlace {
  Str url;     ///< plain text: character references are decoded in attributes, and stay in raw HTML
  bool image;  ///< `src` of an image, else `href` of a link
};
/// Tells `visit` of every link and image: of the parser's own, of HTML elements, and of `<a href>`
/// and `<img src>` in raw HTML. `visit` returns true to put `url`, which must live as long as the
/// tree, in its place.
void each_link(Tree& tree, bool (*visit)(void* context, LinkPlace& place), void* context);
template <class Visit>
void each_link(Tree& tree, Visit visit) {
  each_link(
      tree, [](void* f, LinkPlace& place) { return (*static_cast<Visit*>(f))(place); }, &visit);
}

/// What each_link calls, as one value.
struct LinkVisit {
  bool (*visit)(void* context, LinkPlace& place) = nullptr;
  void* context = nullptr;
};
/// parse, each_link where there is something to visit them, and write_html; false when the
/// dialect's module is not there.
bool to_html(Str text, const Options& options, Arena& arena, Text& out, LinkVisit links = {});

namespace kramdown {
struct LiveParse;
}

/// A document while it is edited. After a change kramdown is parsed from a little before it to
/// where the parser falls back into step with what it found before, and everything else is kept;
/// where the change may mean more (a definition, a header's name for the second time, the end of
/// something that was open) all is parsed. CommonMark and GitHub's Markdown are parsed whole by
/// md4c, which is quick. Either way the parts' HTML, one after the other, is what to_html gives of
/// the text.
class LiveDocument {
 public:
  /// What stands between blank lines at the top of the document: a block, or several. CommonMark's
  /// parts are blocks.
  struct Part {
    Str html;
    std::uint64_t hash;  ///< of `html`
    std::uint32_t source,
        lines;  ///< bytes and newlines of the text; the last part, of footnotes, has none
    std::uint32_t source16, html16;  ///< sizes in UTF-16 code units
    std::uint32_t headers;           ///< that have an id made from their text
    bool far;                        ///< it means something for other parts
    bool raw;  ///< it has HTML as it was written: tags may begin here that end in another part
  };

  LiveDocument() = default;
  LiveDocument(const LiveDocument&) = delete;
  LiveDocument& operator=(const LiveDocument&) = delete;

  /// All of it is parsed. Strings of the options must live until close(). Not open afterwards when
  /// the dialect's module is not there. `links` as of each_link, for CommonMark and GitHub's
  /// Markdown only.
  void open(Str text, const Options& options, LinkVisit links = {});
  /// The text anew: what is different in one place.
  void update(Str text, LinkVisit links = {});
  /// Bytes `begin` to `end` become `insert`. False when all was parsed. Links are as written.
  bool edit(std::size_t begin, std::size_t end, Str insert);
  void close();
  bool is_open() const { return open_; }

  Str text() const { return text_.str().substr(0, text_.size() - line_added_); }
  const List<Part>& parts() const { return parts_; }
  /// Whether `links` changed any.
  bool has_moved_links() const { return moved_links_; }

 private:
  bool parse_part(std::uint32_t first, std::size_t start, std::size_t begin, std::size_t old_end,
                  std::size_t inserted);
  void add_parts(const kramdown::LiveParse& parse, Str html, std::size_t begin, std::size_t end,
                 Arena& list, List<Part>& parts);
  /// A part of the text, and its HTML, of which a copy is kept.
  Part& add_part(Str source, Str html, Arena& list, List<Part>& parts);
  void parse_all();
  void parse_commonmark(LinkVisit links);
  void end_line();
  void compact();

  bool open_ = false;
  bool whole_only_ = false;  ///< it has something that reaches everywhere
  bool contents_ = false;    ///< it may have a table of contents
  bool open_end_ = false;    ///< it has a tag or an attribute list that may go on in another line
  bool has_notes_ = false;   ///< the last part is that of the footnotes
  bool line_added_ = false;  ///< the newline at the end is none of the text
  bool moved_links_ = false;
  Text text_;
  Options options_;
  Arena definitions_;
  kramdown::LiveParse* base_ = nullptr;  ///< of all, of which only the definitions are used
  // Of HTML and lists one arena is filled while the other is still used.
  Arena html_[2], lists_[2];
  int arena_ = 0, list_ = 0;
  List<Part> parts_;
  List<std::uint64_t> ids_;  ///< of all headers: hashes of what their ids are made from
  std::size_t
      in_use_ = 0,
      made_ = 0;  ///< bytes of HTML of the parts, and of all that was made since the last compact()
};

/// Whether CommonMark and GitHub's dialect can be parsed. Natively always; in wasm once the module
/// was connected.
bool have_commonmark();

}  // namespace meridian::markdown
