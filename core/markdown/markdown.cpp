// The room's door: which parser and which writer a dialect has.
#include "meridian/markdown.h"

#include "commonmark_html.h"
#include "commonmark_module.h"
#include "kramdown/convert.h"
#include "tree.h"

namespace meridian::markdown {

Tree* parse(Str text, const Options& options, Arena& arena) {
  if (options.dialect == Dialect::Kramdown) return parse_kramdown(text, options, arena);
  return parse_commonmark(text, options, arena);
}

void write_html(const Tree& tree, Text& out) {
  if (tree.options.dialect == Dialect::Kramdown) return write_kramdown_html(tree, out);
  write_commonmark_html(tree, out);
}

bool to_html(Str text, const Options& options, Arena& arena, Text& out, LinkVisit links) {
  if (options.dialect == Dialect::Kramdown)
    return convert_kramdown(text, options, false, links, arena, out);
  Tree* tree = parse_commonmark(text, options, arena);
  if (!tree) return false;
  if (links.visit) each_link(*tree, links.visit, links.context);
  out.reserve(out.size() + text.size());  // most HTML is a little longer
  write_commonmark_html(*tree, out);
  return true;
}

bool smartify(Str text, const Options& options, Arena& arena, Text& out) {
  return convert_kramdown(text, options, true, {}, arena, out);
}

}  // namespace meridian::markdown
