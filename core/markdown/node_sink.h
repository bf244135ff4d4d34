// Where the nodes of a CommonMark document go while md4c parses it: into a flat tree, or printed at
// once as HTML, for a page that nothing else is done with.
#pragma once
#include "commonmark_printer.h"
#include "flat_tree.h"

namespace meridian::markdown {

/// Adds nodes in order to the end of a text, with the functions of a flat tree. Both forms give
/// the same HTML.
class NodeSink {
 public:
  /// `arena` keeps the open nodes.
  NodeSink(Text& out, Arena& arena, bool html)
      : out_(out), arena_(arena), html_(html), flat_(out), printer_(out) {}

  bool is_html() const { return html_; }
  void attribute(Str name, Str value);
  void drop_attributes();
  void open(Type type, int level = 0, int fields = 0);
  /// Ends the last open node. HTML has no ranges.
  void close(const Range* range = nullptr);
  void leaf(Type type, Str text, int level = 0, const Range* range = nullptr);
  void text(Str s) { leaf(Type::Text, s); }
  /// Nodes that were written before, elsewhere.
  void add_nodes(Str nodes) { out_.add(nodes); }
  /// Removes what was written from `at` on.
  void cut(std::size_t at);

 private:
  struct Open {
    Type type;
    int level;
    bool transparent;
    std::size_t at;
  };

  Text& out_;
  Arena& arena_;
  bool html_;
  FlatWriter flat_;
  CommonmarkPrinter printer_;
  Text attributes_;  ///< HTML, of the next node
  List<Open> open_;
};

}  // namespace meridian::markdown
