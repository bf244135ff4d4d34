// Markdown to HTML: two dialects, one tree, one HTML writer.
//
// kramdown (as Jekyll configures it, `input: GFM`) is parsed by our own parser, because it is a language of its own.
// CommonMark and GitHub's Markdown are parsed by md4c, which in the browser is a module apart (commonmark.wasm).
// Both give the same tree; passes work on the tree (header ids, contents, footnotes, typography, alerts); one writer
// prints it, byte for byte as kramdown's HTML converter does for kramdown.
#pragma once
#include "meridian/value.h"

namespace meridian::markdown {

enum class Dialect : std::uint8_t {
  Kramdown,    ///< kramdown 2.4.0 with the GFM parser 1.1.0, or the plain kramdown parser (Options::gfm_input)
  CommonMark,  ///< CommonMark 0.31.2
  GitHub,      ///< CommonMark with GFM's extensions, footnotes, alerts, emoji codes
};

/// The `kramdown:` section of `_config.yml`, with Jekyll's defaults.
struct Options {
  Dialect dialect = Dialect::Kramdown;
  bool gfm_input = true;       ///< `input: GFM`
  bool auto_ids = true;
  bool hard_wrap = false;
  bool smart_quotes = true;    ///< off: `smart_quotes: apos,apos,quot,quot`
  bool typographic_symbols = true;
  bool parse_block_html = false, parse_span_html = true, html_to_native = false;
  bool highlight = true;       ///< Rouge's wrappers around code; off: plain <pre><code>
  bool guess_lang = true;
  bool show_warnings = false;
  bool transliterated_header_ids = false;
  bool untrusted = false;      ///< only allowlisted elements, attributes and schemes (playground, card)
  Str auto_id_prefix, default_lang, smart_quotes_list;
  Str footnote_backlink = "&#8617;";
  int toc_from = 1, toc_to = 6, header_offset = 0, footnote_nr = 1;
};
/// Reads a `kramdown:` map; unknown keys are left alone.
Options read_options(const Value& kramdown);

enum class Type : std::uint8_t {
  Root,
  // blocks
  Paragraph, Header, Blockquote, CodeBlock, UnorderedList, OrderedList, Item, DefinitionList, Term, Definition,
  Table, TableHead, TableBody, TableFoot, TableRow, TableCell, ThematicBreak, HtmlElement, RawHtml, Comment, MathBlock,
  Blank, Footnotes, Alert, Contents,
  // spans
  Text, Emphasis, Strong, Strikethrough, CodeSpan, Link, Image, LineBreak, SoftBreak, RawSpan, MathSpan,
  FootnoteReference, Abbreviation, TaskMark,
};

struct Attribute {
  Str name, value;
  Attribute* next;
};

/// A node of the tree; lives in the arena of its Tree. Children are linked, in order.
struct Node {
  Type type = Type::Root;
  std::uint8_t level = 0;   ///< of a header 1…6; of a cell its alignment (0 none, 1 left, 2 centre, 3 right)
  bool tight = false;       ///< of a list or item: paragraphs print without <p>
  bool transparent = false; ///< of a paragraph: prints its children alone
  std::uint8_t flags = 0;   ///< the parsers' own
  std::uint32_t begin = 0, end = 0;  ///< byte range in the text that was parsed; blocks only
  Str text;                 ///< literal text, code, raw HTML, the name of an HTML element, an info string …
  Attribute* attributes = nullptr;
  Node *first = nullptr, *last = nullptr, *next = nullptr, *parent = nullptr;
};

struct Header {
  Node* node;
  Str id;
};

struct Tree {
  Arena& arena;
  Options options;
  Str text;  ///< what was parsed; nodes may point into it
  Node root;
};

/// Parses `text` into a tree. nullptr when the dialect's module is not there (CommonMark in the browser, before
/// commonmark.wasm has arrived): see have_commonmark(). `map` leads diagnostics back to their source.
Tree* parse(Str text, const Options& options, Arena& arena, Diagnostics* diagnostics = nullptr,
            const SourceMap* map = nullptr);
void write_html(const Tree& tree, Text& out);
/// parse and write_html; false when the dialect's module is not there.
bool to_html(Str text, const Options& options, Arena& arena, Text& out, Diagnostics* diagnostics = nullptr,
             const SourceMap* map = nullptr);

/// Whether CommonMark and GitHub's dialect can be parsed. Natively always; in wasm once the module was connected.
bool have_commonmark();

}  // namespace meridian::markdown
