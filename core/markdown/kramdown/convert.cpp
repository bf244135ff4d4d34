// What a program has functions of its own for whose host converts kramdown.
#include "convert.h"

#include "tree.h"

namespace meridian::markdown {

Options read_options(const Value& kramdown) {
  Options options;
  if (Map* map = kramdown.map()) {
    for (const Map::Entry& e : *map) set_option(options, e.key.str(), e.value);
  }
  return options;
}

bool convert_kramdown(Str text, const Options& options, bool smart, LinkVisit links, Arena& arena,
                      Text& out) {
  Tree* tree = smart ? parse_smart(text, options, arena) : parse_kramdown(text, options, arena);
  if (links.visit) each_link(*tree, links.visit, links.context);
  out.reserve(out.size() + text.size());  // most HTML is a little longer
  const std::size_t begin = out.size();
  write_kramdown_html(*tree, out);
  if (smart && out.size() > begin && out.back() == '\n') out.truncate(out.size() - 1);
  return true;
}

}  // namespace meridian::markdown
