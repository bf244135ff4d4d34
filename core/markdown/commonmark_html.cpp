#include "commonmark_html.h"

#include "tree.h"

namespace meridian::markdown {

namespace {

class Writer {
 public:
  explicit Writer(Text& out) : out_(out), begin_(out.size()) {}

  void enter(const Node& node);
  void leave(const Node& node);

 private:
  void begin_line() {
    if (out_.size() > begin_ && out_.back() != '\n') out_.add('\n');
  }
  void escape(Str s) { add_escaped(out_, s, Escape::Cmark); }
  void name(const Node& node, const Element& element);
  void attributes(const Node& node);
  void code(const Node& node, bool block);
  bool leaf(const Node& node);

  Text& out_;
  std::size_t begin_;
};

void Writer::attributes(const Node& node) {
  add_attributes(out_, node.attributes, Escape::Cmark);
  if (node.type != Type::TableCell || !node.level) return;
  out_.add(" align=\"");
  out_.add(alignment_name(&node));
  out_.add('"');
}

void Writer::code(const Node& node, bool block) {
  if (block) begin_line();
  out_.add(block ? "<pre><code" : "<code");
  attributes(node);
  out_.add('>');
  escape(node.text);
  out_.add(block ? "</code></pre>\n" : "</code>");
}

/// Writes a node that has no children; false when it is another.
bool Writer::leaf(const Node& node) {
  switch (node.type) {
    case Type::Text: escape(node.text); return true;
    case Type::RawSpan: out_.add(node.text); return true;
    case Type::LineBreak: out_.add("<br />"); return true;
    case Type::CodeBlock:
    case Type::CodeSpan: code(node, node.type == Type::CodeBlock); return true;
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

void Writer::name(const Node& node, const Element& element) {
  const Node* group = node.parent->parent;
  Str name = element.name();
  char last = name.back();
  if (node.type == Type::Header) last = char('0' + node.level);
  if (node.type == Type::TableCell && group && group->type == Type::TableHead) last = 'h';
  out_.add(name.data(), name.size() - 1);
  out_.add(last);
}

void Writer::enter(const Node& node) {
  const Element* element = leaf(node) || node.transparent ? nullptr : element_of(node.type);
  if (!element) return;
  if (element->layout != Layout::Span) begin_line();
  out_.add('<');
  name(node, *element);
  attributes(node);
  out_.add('>');
  if (element->layout == Layout::Container) out_.add('\n');
}

void Writer::leave(const Node& node) {
  const Element* element = node.transparent ? nullptr : element_of(node.type);
  if (!element) return;
  if (element->layout == Layout::Container) begin_line();
  out_.add("</");
  name(node, *element);
  out_.add('>');
  if (element->layout != Layout::Span) out_.add('\n');
}

}  // namespace

void write_commonmark_html(const Node* block, Text& out) {
  Writer writer(out);
  const Node* node = block;
  for (;;) {
    writer.enter(*node);
    if (node->first) {
      node = node->first;
      continue;
    }
    writer.leave(*node);
    while (node != block && !node->next) {
      node = node->parent;
      writer.leave(*node);
    }
    if (node == block) return;
    node = node->next;
  }
}

void write_commonmark_html(const Tree& tree, Text& out) {
  for (const Node* block = tree.root.first; block; block = block->next)
    write_commonmark_html(block, out);
}

}  // namespace meridian::markdown
