#include "rouge_import.h"

#include <cstdlib>

#include "meridian/rouge.h"
#include "meridian/text.h"
#include "rouge.h"

extern "C" RougeResult* mer_rouge(const char* bytes, std::size_t size, std::size_t name_size);

namespace meridian::wasm {

namespace {
/// Appends what the module makes of both texts; false when it is not loaded.
bool ask(Text& out, Str name, Str text, std::uint32_t& size) {
  Text both;
  both.add(name);
  both.add(text);
  RougeResult* result = mer_rouge(both.data(), both.size(), name.size());
  if (!result) return false;
  size = result->size;
  out.add(reinterpret_cast<const char*>(result + 1), size);
  std::free(result);
  return true;
}

bool highlight_in_module(Text& out, Str name, Str code) {
  Str plain = name.substr(0, name.find('?'));
  // Text has no tokens, so it needs no lexer.
  if (one_of(plain, "plaintext text") >= 0 || !rouge::is_known(plain)) return false;
  std::uint32_t size = 0;
  rouge::lacks_lexers |= !ask(out, name, code, size);
  return size;
}

rouge::Filtered filter_in_module(Text& out, Str name, Str request) {
  Text marked, answer;
  marked.add(kFilterMark);
  marked.add(name);
  std::uint32_t size = 0;
  if (!ask(answer, marked.str(), request, size)) return rouge::Filtered::NotLoaded;
  out.add(answer.str().substr(size != 0));
  return size ? rouge::Filtered::Made : rouge::Filtered::Failed;
}
}  // namespace

void connect_rouge() {
  rouge::highlighter = highlight_in_module;
  rouge::filter = filter_in_module;
}

}  // namespace meridian::wasm
