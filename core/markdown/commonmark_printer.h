// HTML of the CommonMark and GitHub dialects, element by element, in the layout of the reference
// implementation (cmark), byte for byte: one line a block, nothing indented.
#pragma once
#include "tree.h"

namespace meridian::markdown {

/// In the level of a table's cell: it is one of the head.
constexpr int kHeadCell = 4;

/// Prints at the end of a text. Attributes are HTML, as add_attributes() prints them; `level` is
/// that of the Node, of a cell with kHeadCell.
class CommonmarkPrinter {
 public:
  explicit CommonmarkPrinter(Text& out) : out_(out), begin_(out.size()) {}

  /// The begin and the end of an element with children; nothing for a type that is not one.
  void open(Type type, int level, Str attributes);
  void close(Type type, int level);
  /// A node without children; false, and nothing is printed, for another type.
  bool leaf(Type type, Str text, int level, Str attributes);

 private:
  void begin_line() {
    if (out_.size() > begin_ && out_.back() != '\n') out_.add('\n');
  }
  void name(char slash, Type type, const Element& element, int level);
  void code(Str text, Str attributes, bool block);

  Text& out_;
  std::size_t begin_;
};

}  // namespace meridian::markdown
