// rouge.wasm: the lexers of code behind a C ABI.
#include "rouge.h"

#include <cstdlib>

#include "meridian/rouge.h"

using namespace meridian;

extern "C" {

void* rouge_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void rouge_free(void* block) { std::free(block); }

RougeResult* rouge_highlight(const char* name, std::size_t name_size, const char* code,
                             std::size_t size) {
  static RougeResult* last = nullptr;
  std::free(last);
  Text html;
  // Without a lexer there is no HTML.
  (void)rouge::add_highlighted(html, Str(name, name_size), Str(code, size));
  last = static_cast<RougeResult*>(std::malloc(sizeof(RougeResult) + html.size()));
  if (!last) return nullptr;
  last->size = std::uint32_t(html.size());
  if (html.size()) std::memcpy(last + 1, html.data(), html.size());
  return last;
}
}
