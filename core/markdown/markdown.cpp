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

bool to_html(Str text, const Options& options, Arena& arena, Text& out, Diagnostics* diagnostics,
             const SourceMap* map) {
  Tree* tree = parse(text, options, arena, diagnostics, map);
  out.reserve(out.size() + text.size());  // most HTML is a little longer
  if (tree) write_html(*tree, out);
  return tree;
}

void smartify(Str text, const Options& options, Arena& arena, Text& out) {
  std::size_t begin = out.size();
  write_kramdown_html(*parse_smart(text, options, arena), out);
  if (out.size() > begin && out.back() == '\n') out.truncate(out.size() - 1);
}

}  // namespace meridian::markdown
