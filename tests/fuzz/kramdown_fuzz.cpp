// libFuzzer target for kramdown's dialect: any bytes are a document; the first one chooses options.
//   clang++ -fsanitize=fuzzer,address,undefined …, seeds from tests/spec/kramdown-sites.json
#include <cstddef>
#include <cstdint>

#include "meridian/markdown.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace meridian;
  markdown::Options options;
  if (size) {
    options.gfm_input = !(data[0] & 1);
    options.hard_wrap = data[0] & 2;
    options.parse_block_html = data[0] & 4;
    options.remove_line_breaks_for_cjk = data[0] & 8;
    ++data;
    --size;
  }
  Arena arena;
  Text html;
  markdown::to_html(Str(reinterpret_cast<const char*>(data), size), options, arena, html);
  return 0;
}
