#include "rouge_import.h"

#include <cstdlib>

#include "meridian/rouge.h"
#include "meridian/text.h"
#include "rouge.h"

extern "C" RougeResult* mer_rouge(const char* bytes, std::size_t size, std::size_t name_size);

namespace meridian::wasm {

namespace {
bool highlight_in_module(Text& out, Str name, Str code) {
  Str plain = name.substr(0, name.find('?'));
  // Text has no tokens, so it needs no lexer.
  if (one_of(plain, "plaintext text") >= 0 || !rouge::is_known(plain)) return false;
  Text both;
  both.add(name);
  both.add(code);
  RougeResult* result = mer_rouge(both.data(), both.size(), name.size());
  if (!result) {
    rouge::lacks_lexers = true;
    return false;
  }
  bool coloured = result->size;
  out.add(reinterpret_cast<const char*>(result + 1), result->size);
  std::free(result);
  return coloured;
}
}  // namespace

void connect_rouge() { rouge::highlighter = highlight_in_module; }

}  // namespace meridian::wasm
