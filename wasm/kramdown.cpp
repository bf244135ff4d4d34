// kramdown.wasm: kramdown to HTML behind a C ABI.
#include "kramdown.h"

#include <cstdlib>

#include "meridian/markdown.h"

using namespace meridian;

extern "C" {

void* kd_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void kd_free(void* block) { std::free(block); }

KramdownHtml* kd_html(const char* source, std::size_t size) {
  static KramdownHtml* last = nullptr;
  std::free(last);
  Arena arena;
  Text html;
  if (!markdown::to_html(Str(source, size), {}, arena, html)) return last = nullptr;
  last = static_cast<KramdownHtml*>(std::malloc(sizeof(KramdownHtml) + html.size()));
  if (!last) return nullptr;
  last->size = std::uint32_t(html.size());
  if (html.size()) std::memcpy(last + 1, html.data(), html.size());
  return last;
}
}
