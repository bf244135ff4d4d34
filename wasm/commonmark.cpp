// commonmark.wasm: md4c and GitHub's extensions behind a C ABI.
#include "commonmark.h"

#include <cstdlib>

#include "markdown/commonmark.h"

using namespace meridian;
using namespace meridian::markdown;

extern "C" {

void* cm_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void cm_free(void* block) { std::free(block); }

CommonmarkTree* cm_parse(unsigned flags, const char* source, std::size_t size) {
  static Text* last = nullptr;  // the one result that lives
  delete last;
  last = new Text;
  CommonmarkTree head = {};
  last->add(reinterpret_cast<const char*>(&head), sizeof head);
  if (!commonmark_parse(Str(source, size), flags, *last)) return nullptr;
  auto* tree = reinterpret_cast<CommonmarkTree*>(last->data());
  tree->size = std::uint32_t(last->size() - sizeof head);
  return tree;
}

CommonmarkTree* cm_html(const char* source, std::size_t size) {
  return cm_parse(kGitHub | kNotes | kHtml, source, size);
}
}
