#include "commonmark_html.h"

#include "meridian/text.h"

namespace meridian::markdown {

namespace {

/// How an element stands among the lines.
enum class Layout : std::uint8_t {
  Span,
  Block,      ///< begins on a line of its own and ends one
  Container,  ///< a block whose children stand on lines of their own
};

struct Element {
  Str name;
  Layout layout;
};

Element element_of(const Node& node) {
  switch (node.type) {
    case Type::Paragraph: return {"p", Layout::Block};
    case Type::Header: return {Str("h1h2h3h4h5h6").substr(std::size_t(node.level - 1) % 6 * 2, 2), Layout::Block};
    case Type::Blockquote: return {"blockquote", Layout::Container};
    case Type::UnorderedList: return {"ul", Layout::Container};
    case Type::OrderedList: return {"ol", Layout::Container};
    case Type::Item: return {"li", Layout::Block};
    case Type::Table: return {"table", Layout::Container};
    case Type::TableHead: return {"thead", Layout::Container};
    case Type::TableBody: return {"tbody", Layout::Container};
    case Type::TableRow: return {"tr", Layout::Container};
    case Type::TableCell: {
      const Node* group = node.parent->parent;
      return {group && group->type == Type::TableHead ? "th" : "td", Layout::Block};
    }
    case Type::Footnotes: return {"section", Layout::Container};
    case Type::Alert: return {"div", Layout::Container};
    case Type::Emphasis: return {"em", Layout::Span};
    case Type::Strong: return {"strong", Layout::Span};
    case Type::Strikethrough: return {"del", Layout::Span};
    case Type::Link: return {"a", Layout::Span};
    default: return {};
  }
}

class Writer {
 public:
  explicit Writer(Text& out) : out_(out), begin_(out.size()) {}

  void enter(const Node& node);
  void leave(const Node& node);

 private:
  void begin_line() {
    if (out_.size() > begin_ && out_.back() != '\n') out_.add('\n');
  }
  void escape(Str s);
  void attributes(const Node& node);
  void code_block(const Node& node);
  bool leaf(const Node& node);

  Text& out_;
  std::size_t begin_;
};

void Writer::escape(Str s) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < s.size(); i++) {
    Str escaped;
    switch (s[i]) {
      case '&': escaped = "&amp;"; break;
      case '<': escaped = "&lt;"; break;
      case '>': escaped = "&gt;"; break;
      case '"': escaped = "&quot;"; break;
      default: continue;
    }
    out_.add(s.substr(done, i - done));
    out_.add(escaped);
    done = i + 1;
  }
  out_.add(s.substr(done));
}

void Writer::attributes(const Node& node) {
  for (const Attribute* a = node.attributes; a; a = a->next) {
    out_.add(' ');
    out_.add(a->name);
    out_.add("=\"");
    escape(a->value);
    out_.add('"');
  }
  if (node.type != Type::TableCell || !node.level) return;
  constexpr Str kAlignments[] = {"left", "center", "right"};
  out_.add(" align=\"");
  out_.add(kAlignments[(node.level - 1) % 3]);
  out_.add('"');
}

void Writer::code_block(const Node& node) {
  begin_line();
  out_.add("<pre><code");
  attributes(node);
  out_.add('>');
  escape(node.text);
  out_.add("</code></pre>\n");
}

/// Writes a node that has no children; false when it is another.
bool Writer::leaf(const Node& node) {
  switch (node.type) {
    case Type::Text: escape(node.text); return true;
    case Type::RawSpan: out_.add(node.text); return true;
    case Type::LineBreak: out_.add("<br />"); return true;
    case Type::CodeBlock: code_block(node); return true;
    case Type::CodeSpan:
      out_.add("<code");
      attributes(node);
      out_.add('>');
      escape(node.text);
      out_.add("</code>");
      return true;
    case Type::Image:
      out_.add("<img");
      attributes(node);
      out_.add(" />");
      return true;
    case Type::TaskMark:
      out_.add("<input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"\"");
      if (node.level) out_.add(" checked=\"\"");
      out_.add(" />");
      return true;
    case Type::RawHtml:
      begin_line();
      out_.add(node.text);
      begin_line();
      return true;
    case Type::ThematicBreak:
      begin_line();
      out_.add("<hr />\n");
      return true;
    default: return false;
  }
}

void Writer::enter(const Node& node) {
  if (node.transparent || leaf(node)) return;
  Element element = element_of(node);
  if (element.name.empty()) return;
  if (element.layout != Layout::Span) begin_line();
  out_.add('<');
  out_.add(element.name);
  attributes(node);
  out_.add('>');
  if (element.layout == Layout::Container) out_.add('\n');
}

void Writer::leave(const Node& node) {
  Element element = element_of(node);
  if (node.transparent || element.name.empty()) return;
  if (element.layout == Layout::Container) begin_line();
  out_.add("</");
  out_.add(element.name);
  out_.add('>');
  if (element.layout != Layout::Span) out_.add('\n');
}

}  // namespace

void write_commonmark_html(const Tree& tree, Text& out) {
  Writer writer(out);
  const Node* node = tree.root.first;
  while (node) {
    writer.enter(*node);
    if (node->first) {
      node = node->first;
      continue;
    }
    writer.leave(*node);
    while (!node->next) {
      node = node->parent;
      if (!node || node == &tree.root) return;
      writer.leave(*node);
    }
    node = node->next;
  }
}

}  // namespace meridian::markdown
