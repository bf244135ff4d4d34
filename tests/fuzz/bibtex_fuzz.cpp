// BibTeX: any bytes are a file, and the markup of a tag that shows it. What is printed of an entry
// reads as an entry again.
#include "fuzz.h"
#include "meridian/scholar.h"

using namespace meridian;

namespace {
void print_all(Str text, Text& out) {
  Arena arena;
  Diagnostics diagnostics(arena);
  bibtex::Bibliography all(arena);
  bibtex::read({"a.bib", text}, all, diagnostics);
  bibtex::finish(all, diagnostics);
  for (const Diagnostic& d : diagnostics) {
    fuzz::expect(d.line > 0 && d.column > 0, "a mistake has its place");
    fuzz::expect(!d.remedy.empty(), "a mistake has a remedy");
  }
  for (const bibtex::Entry* entry : all.entries) {
    fuzz::expect(all.find(entry->key) == entry, "an entry is found by its key");
    bibtex::print(*entry, "", out);
  }
}

void ask(scholar::Engine& engine, Str tag, Str markup, Str text, Text& json) {
  Text request;
  scholar::add(request, "tag", tag);
  scholar::add(request, "markup", markup);
  scholar::add(request, "written", markup);
  scholar::add(request, "site", "{\"sort_by\":\"name, year\",\"style\":\"ieee\"}");
  scholar::add(request, "file:_bibliography/references.bib", text);
  engine.answer(request.str(), json);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Str text = fuzz::text(data, size), line = slice(text, 0, text.find('\n'));
  Text once, again;
  print_all(text, once);
  print_all(text, again);
  fuzz::expect(once.str() == again.str(), "the second time is different");
  scholar::Engine engine;
  for (const char* tag : {"bibliography", "cite", "reference", "data"}) {
    Text json, kept;
    ask(engine, tag, line, text, json);
    ask(engine, tag, line, text, kept);
    fuzz::expect(json.str() == kept.str(), "the file that was kept gives another answer");
  }
  // The request itself.
  Text json;
  engine.answer(text, json);
  return 0;
}
