#include "commonmark_import.h"

#include <cstdlib>

#include "commonmark.h"
#include "markdown/commonmark_module.h"

extern "C" CommonmarkTree* mer_commonmark(const char* source, std::size_t size, unsigned flags);

namespace meridian::wasm {

namespace {
bool parse_in_module(Str source, unsigned flags, Text& flat) {
  CommonmarkTree* tree = mer_commonmark(source.data(), source.size(), flags);
  if (!tree) return false;
  flat.add(reinterpret_cast<const char*>(tree + 1), tree->size);
  std::free(tree);
  return true;
}
}  // namespace

void connect_commonmark() { markdown::set_commonmark(parse_in_module); }

}  // namespace meridian::wasm
