// The room's door: which parser and which writer a dialect has.
#include "meridian/markdown.h"

#include "commonmark_html.h"
#include "commonmark_module.h"
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
  Tree* tree = parse(text, options, arena);
  if (!tree) return false;
  if (links.visit) each_link(*tree, links.visit, links.context);
  out.reserve(out.size() + text.size());  // most HTML is a little longer
  write_html(*tree, out);
  return true;
}

void smartify(Str text, const Options& options, Arena& arena, Text& out) {
  std::size_t begin = out.size();
  write_kramdown_html(*parse_smart(text, options, arena), out);
  if (out.size() > begin && out.back() == '\n') out.truncate(out.size() - 1);
}

}  // namespace meridian::markdown
