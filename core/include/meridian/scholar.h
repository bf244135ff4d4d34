// Bibliographies as jekyll-scholar 7.3 makes them: which entries of `.bib` files a tag shows, in
// which order and groups, what a template sees of an entry, and the text of a reference.
//
// The room knows neither Liquid nor files. The site hands over a request, a list of named texts,
// and gets JSON; in the browser the room is a module of its own, bibliography.wasm, which only
// sites with a bibliography load.
//
//     Text request, json;
//     scholar::add(request, "tag", "bibliography");
//     scholar::add(request, "markup", "-f papers -q @*[year>=2020]");
//     scholar::add(request, "site", "{\"group_by\":\"year\"}");
//     scholar::Engine engine;
//     engine.answer(request.str(), json);
//     // {"files":["_bibliography/papers.bib"]}
//     scholar::add(request, "file:_bibliography/papers.bib", text);
//     engine.answer(request.str(), json);
//     // {"template":"bib","parts":["<ol …>",{"entry":…},"</ol>"]}
//
// Names in a request: `tag` (of Liquid, or `data`: all entries as a list), `markup` (behind the
// tag's name, rendered by Liquid), `written` (the same as written, for an option that is a
// template), `site` and `page` (`scholar:` of the configuration and of front matter, in JSON),
// `cited` (a list of keys, in JSON), `baseurl`, `permalink`, `file:PATH`, `complete` (all files
// that there are were given).
//
// The answer is an object: `files`, paths that have to come first; or `parts`, text and entries
// (maps of what a template sees) in the order of the page, and `template`, by which entries are
// shown; `cited`, when it has changed; `diagnostics`. Answers are bounded by base.h's limits of a
// text.
//
// Failure: a mistake in a file or a tag is a diagnostic; what can be shown is.
#pragma once
#include "meridian/bibtex.h"

namespace meridian::scholar {

/// Adds a named text to a request.
inline void add(Text& request, Str name, Str value) {
  for (Str part : {name, value}) {
    auto size = std::uint32_t(part.size());
    request.add(reinterpret_cast<const char*>(&size), sizeof size);
    request.add(part);
  }
}

/// Answers requests. It keeps the files that it parsed last, for the next tag of a page.
class Engine {
 public:
  /// Appends the answer to a request, an object in JSON.
  void answer(Str request, Text& json);

 private:
  /// Of `bibliography`, with the sources that it was parsed from.
  Arena arena_;
  Text sources_;
  bibtex::Bibliography* bibliography_ = nullptr;
  Diagnostics* diagnostics_ = nullptr;
  friend struct Answer;
};

}  // namespace meridian::scholar
