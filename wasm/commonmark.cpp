// commonmark.wasm: md4c and GitHub's extensions behind a C ABI.
#include "commonmark.h"

#include <cstdlib>

#include "markdown/commonmark.h"

using meridian::Str;
using meridian::Text;

extern "C" {

void* cm_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void cm_free(void* block) { std::free(block); }

CommonmarkTree* cm_parse(unsigned flags, const char* source, std::size_t size) {
  static CommonmarkTree* last = nullptr;
  std::free(last);
  last = nullptr;
  Text flat;
  if (!meridian::markdown::commonmark_parse(Str(source, size), flags, flat)) return nullptr;
  last = static_cast<CommonmarkTree*>(std::malloc(sizeof(CommonmarkTree) + flat.size()));
  if (!last) return nullptr;
  last->size = std::uint32_t(flat.size());
  std::memcpy(last + 1, flat.data(), flat.size());
  return last;
}
}
