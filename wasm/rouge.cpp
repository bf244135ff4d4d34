// rouge.wasm: the lexers of code behind a C ABI.
#include "rouge.h"

#include <cstdlib>

#include "meridian/rouge.h"
#include "meridian/text.h"

using namespace meridian;

namespace {
Text& files() {
  static Text* files = new Text;
  return *files;
}
}  // namespace

Str meridian::rouge::lexer_files() { return files().str(); }

extern "C" {

void* rouge_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void rouge_free(void* block) { std::free(block); }

RougeResult* rouge_highlight(const char* name, std::size_t name_size, const char* code,
                             std::size_t size) {
  static RougeResult* last = nullptr;
  std::free(last);
  Text html;
  Str wanted(name, name_size), text(code, size);
  if (char_at(wanted, 0) == kFilterMark) {
    html.add(kFilterMark);
    if (!rouge::add_filtered(html, wanted.substr(1), text)) html.truncate(0);
  } else if (wanted == Str(&kFileMark, 1)) {
    Str names = text.substr(0, text.find_first_of(" \n"));
    if (!rouge::has_lexer(names)) {
      files().add(text);
      files().add('\0');
    }
  } else {
    // Without a lexer there is no HTML.
    (void)rouge::add_highlighted(html, wanted, text);
  }
  last = static_cast<RougeResult*>(std::malloc(sizeof(RougeResult) + html.size()));
  if (!last) return nullptr;
  last->size = std::uint32_t(html.size());
  if (html.size()) std::memcpy(last + 1, html.data(), html.size());
  return last;
}
}
