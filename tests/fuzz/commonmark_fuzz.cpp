// libFuzzer's target for the CommonMark module and what the core makes of its trees. The first byte chooses the flags.
// What must hold for any input: the tree is whole, every block's range lies in the source, and the bytes are the same a
// second time.
//
//   cmake --preset native-asan && ninja -C build/native-asan commonmark_fuzz
//   build/native-asan/fuzz/commonmark_fuzz -max_len=4096 -max_total_time=60 CORPUS
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "markdown/commonmark_module.h"
#include "markdown/visit.h"

using namespace meridian;
using namespace meridian::markdown;

namespace {

void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void check(Str source, const Options& options) {
  Arena arena;
  Tree* tree = parse_commonmark(source, options, arena);
  expect(tree != nullptr, "the flat tree is not whole");
  for (Node* node = tree->root.first; node; node = next_in_order(node, &tree->root))
    expect(node->begin <= node->end && node->end <= source.size(), "a range lies outside of the source");
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
  Str source(reinterpret_cast<const char*>(data) + 1, size - 1);
  check(source, options);
  Text once, again;
  commonmark_parse(source, data[0] & 3, once);
  commonmark_parse(source, data[0] & 3, again);
  expect(once.str() == again.str(), "the second time is different");
  return 0;
}
