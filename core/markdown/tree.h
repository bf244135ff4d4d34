// Functions shared by the parsers, the passes and the writer of this room: making nodes,
// attributes, escaping, names of HTML.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown {

/// Of an HtmlElement, a Comment or a MathBlock in kramdown's dialect.
enum NodeFlag : std::uint8_t {
  kSpan = 1,          ///< in running text
  kContentRaw = 2,    ///< of an element: its content is HTML
  kContentSpan = 4,   ///< its content is running text
  kContentBlock = 8,  ///< its content is blocks
  kClosed = 16,       ///< it ended itself: <x />
  kOwned = 32,   ///< of a Text: its bytes are its own and have room up to the next power of two
  kFenced = 64,  ///< of a CodeBlock
  kVoid = 64,    ///< of an HtmlElement: a void element
  // Flags of HTML's elements by their names, besides the first five:
  kBlock = 32,  ///< ends a paragraph
  kKnown = 128,
  kContentModel = kContentRaw | kContentSpan | kContentBlock,
};
/// The flags of an element, by kramdown's lists; kClosed: it is void. The content of an unknown
/// element is raw.
std::uint8_t element_flags(Str name);

Tree* make_tree(Arena& arena, const Options& options, Str text);
Node* make_node(Arena& arena, Type type, Str text = {});
void append(Node* parent, Node* child);
Node* add_node(Arena& arena, Node* parent, Type type, Str text = {});
void insert_after(Node* parent, Node* before, Node* child);  ///< `before` nullptr: as the first
void unlink(Node* child);
/// All children of `from` become the last ones of `to`.
void move_children(Node* from, Node* to);
/// Appends to the text of a node, in amortised constant time per byte.
void extend_text(Arena& arena, Node* node, Str more);

Attribute* find_attribute(Attribute* list, Str name);
inline Attribute* find_attribute(const Node* node, Str name) {
  return find_attribute(node->attributes, name);
}
/// Overwrites the value in place when the name is there, as a Ruby hash does.
void set_attribute(Arena& arena, Attribute*& list, Str name, Str value);
/// Appends to the class attribute, with a space between.
void add_class(Arena& arena, Attribute*& list, Str value);
bool remove_attribute(Attribute*& list, Str name);
Attribute* copy_attributes(Arena& arena, const Attribute* list);

/// kramdown's escape_html: of all special characters, or leaving character references alone (and,
/// in an attribute, escaping the quotation mark too). Cmark: all four, references too, as
/// CommonMark's reference implementation does.
enum class Escape : std::uint8_t { All, Text, Attribute, Cmark };
void add_escaped(Text& out, Str s, Escape how);
/// Length of the character reference at s[at] (REXML's REFERENCE_RE), 0 when there is none.
std::size_t reference_length(Str s, std::size_t at);
/// Whether a code point is in one of these ranges, both ends included; {0, 0} ends them.
bool in_ranges(const std::uint16_t (*range)[2], std::uint32_t c);
/// ` name="value"` of each; kramdown leaves out an empty id.
void add_attributes(Text& out, const Attribute* list, Escape how = Escape::Attribute);
/// "left", "center" or "right", by the level of a cell that is aligned.
Str alignment_name(int level);

/// In lower case, as Ruby's downcase; the string itself when it is that already.
Str downcased(Arena& arena, Str s);

/// The place of an element's lines.
enum class Layout : std::uint8_t {
  Span,
  Block,      ///< begins on a line of its own and ends one
  Container,  ///< a block whose children have lines of their own
};
struct Element {
  Type type;
  Layout layout;
  std::uint8_t size;  ///< of the name
  char text[11];
  Str name() const { return {text, size}; }
};
/// The HTML element that a node is printed as, nullptr when it is not simply one.
const Element* element_of(Type type);

/// A name of the code point, empty when it has none.
Str entity_name(std::uint32_t code_point);
/// The code point of a numeric reference: 128 … 159 are Windows-1252.
std::uint32_t entity_of_number(std::uint32_t number);
/// Prints an entity as `entity_output` says; `original` is its source, empty when it has none.
void add_entity(Text& out, std::uint32_t code_point, Str original, EntityOutput how);
void add_sign(Text& out, const Options& options, Sign sign);

/// Counts how often an id was given; hashes so that a thousand equal headers stay linear.
struct IdCounter {
  Map* used = nullptr;
};
/// The GFM parser's rule: down case, only word characters, `-` and spaces.
Str gfm_header_id(Arena& arena, Str text, IdCounter& counter);
/// kramdown's own rule: ASCII letters and digits from the first letter on; of a header never empty
/// and never twice.
Str kramdown_id(Arena& arena, Str text);
Str kramdown_header_id(Arena& arena, Str text, IdCounter& counter);

/// Parses kramdown; never nullptr.
Tree* parse_kramdown(Str text, const Options& options, Arena& arena);
/// The text as the tree's only content, with nothing but its typography, entities and HTML parsed.
Tree* parse_smart(Str text, const Options& options, Arena& arena);
/// Prints as kramdown's HTML converter does.
void write_kramdown_html(const Tree& tree, Text& out);
/// The text of a header for GFM's parser (`gfm`), or for kramdown's.
void add_plain_text(Text& out, const Node* node, bool gfm);

}  // namespace meridian::markdown
