#include "flat_tree.h"

namespace meridian::markdown {

using namespace flat;

// ---- writing ----

void FlatWriter::add_varint(std::size_t n) {
  for (; n >= 0x80; n >>= 7) out_.add(char(n | 0x80));
  out_.add(char(n));
}

void FlatWriter::add_string(Str s) {
  add_varint(s.size());
  out_.add(s);
}

void FlatWriter::attribute(Str name, Str value) {
  MERIDIAN_ASSERT(attribute_count_ < 255);
  FlatWriter aside(attributes_);
  aside.add_string(name);
  aside.add_string(value);
  attribute_count_++;
}

void FlatWriter::head(Type type, bool open, int level, int fields) {
  out_.add(char((kFirstTag + int(type)) | (open ? kOpenBit : 0)));
  out_.add(char(fields | (level ? kLevel : 0) | (attribute_count_ ? kAttributes : 0)));
  if (level) out_.add(char(level));
}

void FlatWriter::add_attributes() {
  if (!attribute_count_) return;
  out_.add(char(attribute_count_));
  out_.add(attributes_.str());
  drop_attributes();
}

void FlatWriter::drop_attributes() {
  attributes_.truncate(0);
  attribute_count_ = 0;
}

void FlatWriter::open(Type type, int level, int fields) {
  head(type, true, level, fields);
  add_attributes();
}

void FlatWriter::close(Range range) {
  out_.add(char(kCloseWithRange));
  add_varint(range.begin);
  add_varint(range.end - range.begin);
}

void FlatWriter::leaf(Type type, Str text, int level, const Range* range) {
  head(type, false, level, (text.empty() ? 0 : kText) | (range ? kRange : 0));
  if (!text.empty()) add_string(text);
  if (range) {
    add_varint(range->begin);
    add_varint(range->end - range->begin);
  }
  add_attributes();
}

// ---- reading ----

namespace {

/// A footnote's content moves from its list item into the section at the end, which is one deeper.
constexpr int kSlack = 4;

/// Reads bytes that are expected to be right and checks them all the same.
struct Reader {
  Str in;
  std::size_t at = 0;
  bool failed = false;

  unsigned byte() {
    if (at < in.size()) return static_cast<unsigned char>(in[at++]);
    failed = true;
    return 0;
  }
  std::uint32_t varint() {
    std::uint32_t n = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      unsigned b = byte();
      n |= std::uint32_t(b & 0x7F) << shift;
      if (b < 0x80) return n;
    }
    failed = true;
    return 0;
  }
  Str string() {
    std::size_t size = varint();
    if (size > in.size() - at) {
      failed = true;
      return {};
    }
    Str s = in.substr(at, size);
    at += size;
    return s;
  }
  void range(Node& node) {
    node.begin = varint();
    node.end = node.begin + varint();
    if (node.end < node.begin) failed = true;
  }
};

void append(Node& parent, Node* node) {
  node->parent = &parent;
  node->previous = parent.last;
  (parent.last ? parent.last->next : parent.first) = node;
  parent.last = node;
}

Node* read_head(Reader& in, Arena& arena, int type) {
  Node* node = arena.make<Node>();
  node->type = Type(type);
  unsigned fields = in.byte();
  node->tight = fields & kTight;
  node->transparent = fields & kTransparent;
  if (fields & kLevel) node->level = std::uint8_t(in.byte());
  if (fields & kText) node->text = in.string();
  if (fields & kRange) in.range(*node);
  Attribute** place = &node->attributes;
  for (unsigned count = fields & kAttributes ? in.byte() : 0; count && !in.failed; count--) {
    Str name = in.string();
    *place = arena.make<Attribute>(name, in.string());
    place = &(*place)->next;
  }
  return node;
}

}  // namespace

bool tree_from_flat(Str flat, Tree& tree) {
  Reader in{flat};
  for (char c : kMagic)
    if (char(in.byte()) != c) return false;
  Node* parent = &tree.root;
  int depth = 0;
  while (in.at < flat.size() && !in.failed) {
    unsigned tag = in.byte();
    if (tag <= kCloseWithRange) {
      if (tag == kCloseWithRange) in.range(*parent);
      if (!parent->parent) return false;
      parent = parent->parent;
      depth--;
      continue;
    }
    unsigned type = (tag & ~unsigned(kOpenBit)) - kFirstTag;
    // The types behind this one are for kramdown's parser.
    if (type > unsigned(Type::TaskMark)) return false;
    Node* node = read_head(in, tree.arena, int(type));
    append(*parent, node);
    if (!(tag & kOpenBit)) continue;
    if (++depth > kMaxNesting + kSlack) return false;
    parent = node;
  }
  return !in.failed && parent == &tree.root;
}

}  // namespace meridian::markdown
