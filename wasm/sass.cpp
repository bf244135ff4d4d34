// sass.wasm: the compiler of style sheets behind a C ABI.
#include "sass.h"

#include <cstdlib>

#include "sass/bundle.h"

using namespace meridian;

extern "C" {

void* sass_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void sass_free(void* block) { std::free(block); }

SassResult* sass_compile(const char* bytes, std::size_t size) {
  static SassResult* last = nullptr;
  std::free(last);
  Arena arena;
  Diagnostics diagnostics(arena);
  Text css, packed;
  // Without CSS the diagnostics say why.
  (void)sass::compile(sass::unpack(arena, Str(bytes, size)), css, diagnostics);
  sass::pack_result(css.str(), diagnostics, packed);
  last = static_cast<SassResult*>(std::malloc(sizeof(SassResult) + packed.size()));
  if (!last) return nullptr;
  last->size = std::uint32_t(packed.size());
  std::memcpy(last + 1, packed.data(), packed.size());
  return last;
}
}
