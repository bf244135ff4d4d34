// The room's door: which parser and which writer a dialect has.
#include "meridian/markdown.h"

#include "commonmark_html.h"
#include "commonmark_module.h"
#include "tree.h"

namespace meridian::markdown {

Tree* parse(Str text, const Options& options, Arena& arena, Diagnostics*, const SourceMap*) {
  if (options.dialect == Dialect::Kramdown) return parse_kramdown(text, options, arena);
  return parse_commonmark(text, options, arena);
}

void write_html(const Tree& tree, Text& out) {
  if (tree.options.dialect == Dialect::Kramdown) return write_kramdown_html(tree, out);
  write_commonmark_html(tree, out);
}

bool to_html(Str text, const Options& options, Arena& arena, Text& out, Diagnostics* diagnostics, const SourceMap* map) {
  Tree* tree = parse(text, options, arena, diagnostics, map);
  if (tree) write_html(*tree, out);
  return tree;
}

}  // namespace meridian::markdown
