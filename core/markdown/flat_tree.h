// A Markdown tree as bytes: what the CommonMark module hands to the core. Natively the tree goes
// the same way, so that both give the same page.
//
//   flat      = "MD" version:byte node* ; the children of the root, in order
//   node      = tag:byte fields:byte [level:byte] [text] [range] [attributes] ; then, when the tag
//   has kOpenBit:
//               node* close
//   tag       = kFirstTag + Type, + kOpenBit when children follow
//   close     = kClose | kCloseWithRange range
//   text      = size:varint byte{size}
//   range     = begin:varint size:varint ; bytes of the source; of a node with children it stands
//   at its end attributes= count:byte (name:text value:text){count}, at most 255 fields    = sum of
//   Field ; which of the parts are there varint    = seven bits a byte, the lowest first, the top
//   bit set on all but the last
//
// Text and values are plain: character references are decoded, nothing is escaped for HTML, URLs
// are percent-encoded. RawHtml and RawSpan are HTML as it is.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown {

namespace flat {
constexpr char kMagic[] = {'M', 'D',
                           1};  ///< the last byte is the version: of this form and of Type's order
constexpr unsigned char kClose = 0, kCloseWithRange = 1, kFirstTag = 2, kOpenBit = 0x80;
enum Field : unsigned char {
  kText = 1,
  kRange = 2,
  kAttributes = 4,
  kTight = 8,
  kTransparent = 16,
  kLevel = 32
};
}  // namespace flat

/// Elements deeper than this are left out, their content stays: as much as the stack of a recursive
/// writer holds in wasm (1 MB), and more than a browser nests (512).
constexpr int kMaxNesting = 1000;

struct Range {
  std::uint32_t begin = 0, end = 0;
};

/// Writes the flat form, node by node, at the end of a text. A node's attributes are given before
/// it.
class FlatWriter {
 public:
  explicit FlatWriter(Text& out) : out_(out) {}
  void begin_document() { out_.add(flat::kMagic, sizeof flat::kMagic); }
  /// Adds an attribute to the next node. The bytes are copied.
  void attribute(Str name, Str value);
  /// Forgets the attributes of a node that is not written.
  void drop_attributes();
  /// A node with children; `fields` of kTight and kTransparent.
  void open(Type type, int level = 0, int fields = 0);
  void close() { out_.add(char(flat::kClose)); }
  void close(Range range);
  /// A node without children.
  void leaf(Type type, Str text, int level = 0, const Range* range = nullptr);

 private:
  void head(Type type, bool open, int level, int fields);
  void add_varint(std::size_t n);
  void add_string(Str s);
  void add_attributes();

  Text& out_;
  Text attributes_;
  int attribute_count_ = 0;
};

/// Builds the children of tree.root. Its strings are views into `flat`, which must live as long as
/// the tree. False when the bytes are not in this form (another version); the tree then has the
/// nodes that were read so far.
bool tree_from_flat(Str flat, Tree& tree);

}  // namespace meridian::markdown
