#include "bibliography_import.h"

#include <cstdlib>

#include "bibliography.h"
#include "meridian/bibliography.h"

extern "C" BibliographyResult* mer_bibliography(const char* request, std::size_t size);

namespace meridian::wasm {

namespace {
bool answer_in_module(Str request, Text& json) {
  BibliographyResult* result = mer_bibliography(request.data(), request.size());
  if (!result) return false;
  json.add(reinterpret_cast<const char*>(result + 1), result->size);
  std::free(result);
  return true;
}
}  // namespace

void connect_bibliography() { site::set_scholar(answer_in_module); }

}  // namespace meridian::wasm
