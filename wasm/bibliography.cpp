// bibliography.wasm: BibTeX and jekyll-scholar behind a C ABI.
#include "bibliography.h"

#include <cstdlib>

#include "meridian/scholar.h"

using namespace meridian;

extern "C" {

void* bib_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void bib_free(void* block) { std::free(block); }

BibliographyResult* bib_answer(const char* request, std::size_t size) {
  static scholar::Engine engine;
  static BibliographyResult* last = nullptr;
  std::free(last);
  Text json;
  engine.answer(Str(request, size), json);
  last = static_cast<BibliographyResult*>(std::malloc(sizeof(BibliographyResult) + json.size()));
  if (!last) return nullptr;
  last->size = std::uint32_t(json.size());
  std::memcpy(last + 1, json.data(), json.size());
  return last;
}
}
