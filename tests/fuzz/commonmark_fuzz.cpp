// The CommonMark module, and the core's trees of its output. The first byte chooses the flags. The
// tree is complete, every block's range is in the source, a second run gives the same bytes, and
// HTML that is printed at once is that of the tree.
#include "fuzz.h"
#include "markdown/commonmark_module.h"
#include "markdown/visit.h"

using namespace meridian;
using namespace meridian::markdown;

namespace {

void check(Str source, const Options& options) {
  Arena arena;
  Tree* tree = parse_commonmark(source, options, arena);
  fuzz::expect(tree != nullptr, "the flat tree is not whole");
  for (Node* node = tree->root.first; node; node = next_in_order(node, &tree->root))
    fuzz::expect(node->begin <= node->end && node->end <= source.size(),
                 "a range lies outside of the source");
  first_heading(*tree);
  each_link(*tree, [](LinkPlace& place) {
    place.url = "x\"<&";
    return place.image;
  });
  Text html;
  write_html(*tree, html);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  Options options;
  options.dialect = data[0] & 1 ? Dialect::GitHub : Dialect::CommonMark;
  options.hard_wrap = data[0] & 2;
  options.notes = data[0] & 4;
  Str source = fuzz::text(data + 1, size - 1);
  check(source, options);
  Text once, again;
  commonmark_parse(source, data[0] & 7, once);
  commonmark_parse(source, data[0] & 7, again);
  fuzz::expect(once.str() == again.str(), "the second time is different");
  Arena arena;
  Text expected, printed;
  options.auto_ids = false;
  write_html(*parse_commonmark(source, options, arena), expected);
  commonmark_parse(source, commonmark_flags(options) | kHtml, printed);
  fuzz::expect(printed.str() == expected.str(), "printed at once the HTML is different");
  return 0;
}
