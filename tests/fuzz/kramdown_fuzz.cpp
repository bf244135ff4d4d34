// kramdown's dialect: any bytes are a document; the first one chooses options.
#include "fuzz.h"
#include "meridian/markdown.h"

using namespace meridian;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  markdown::Options options;
  options.gfm_input = !(data[0] & 1);
  options.hard_wrap = data[0] & 2;
  options.parse_block_html = data[0] & 4;
  options.remove_line_breaks_for_cjk = data[0] & 8;
  options.html_to_native = data[0] & 16;
  options.math = !(data[0] & 32);
  options.highlight = !(data[0] & 64);
  options.transliterated_header_ids = data[0] & 128;
  options.dollars = data[0] % 3 == 1;
  Str source = fuzz::text(data + 1, size - 1);
  Arena arena;
  Text html, again, line;
  markdown::Tree* tree = markdown::parse(source, options, arena);
  fuzz::expect(tree != nullptr, "there is a tree for any text");
  markdown::write_html(*tree, html);
  (void)markdown::to_html(source, options, arena, again);
  fuzz::expect(html.str() == again.str(), "the second time is different");
  markdown::each_link(*tree, [](markdown::LinkPlace& place) {
    place.url = "x\"<&";
    return place.image;
  });
  markdown::write_html(*tree, again);
  (void)markdown::smartify(source.substr(0, source.find('\n')), options, arena, line);
  return 0;
}
