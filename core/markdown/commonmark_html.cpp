#include "commonmark_html.h"

#include "commonmark_printer.h"

namespace meridian::markdown {

namespace {

int level_of(const Node& node) {
  const Node* group = node.type == Type::TableCell ? node.parent->parent : nullptr;
  return node.level | (group && group->type == Type::TableHead ? kHeadCell : 0);
}

void enter(CommonmarkPrinter& printer, const Node& node, Text& attributes) {
  attributes.truncate(0);
  add_attributes(attributes, node.attributes, Escape::Cmark);
  if (!printer.leaf(node.type, node.text, node.level, attributes.str()) && !node.transparent)
    printer.open(node.type, level_of(node), attributes.str());
}

void leave(CommonmarkPrinter& printer, const Node& node) {
  if (!node.transparent) printer.close(node.type, level_of(node));
}

}  // namespace

void write_commonmark_html(const Node* block, Text& out) {
  CommonmarkPrinter printer(out);
  Text attributes;
  const Node* node = block;
  for (;;) {
    enter(printer, *node, attributes);
    if (node->first) {
      node = node->first;
      continue;
    }
    leave(printer, *node);
    while (node != block && !node->next) {
      node = node->parent;
      leave(printer, *node);
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
