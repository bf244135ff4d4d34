// Findings of `meridian check` on sites of a few files.
#pragma once
#include <algorithm>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "meridian/check.h"
#include "rendered.h"

namespace {

using namespace meridian;

/// The diagnostics of a check of a site, a line each: `file:line:column: message; remedy`; with
/// `rules` a name in brackets behind the message, with `rendering` also those of rendering.
inline std::string findings(std::initializer_list<std::pair<Str, Str>> files, Str options = "{}",
                            bool whole_site = false, bool rules = false, bool rendering = false) {
  markdown::set_commonmark(markdown::commonmark_parse);  // as wasm it is a module of its own
  Workspace w;
  Author author(w);
  put_site(w, files);
  REQUIRE(w.options(options));
  Arena arena;
  Diagnostics found(arena, 5000), all(arena, 5000), left(arena, 5000);
  site::Needs needs;
  Writer writer(w);
  List<OutputFile> outputs = writer.files(arena, needs, found);
  Check check(w, outputs);
  for (const OutputFile& output : outputs) {
    Arena page_arena;
    Diagnostics of_page(page_arena);
    if (output.kind == OutputFile::Page)
      check.page(output, writer.page(output.path, page_arena, needs, of_page).html);
    if (rendering)
      for (const Diagnostic& d : of_page) found.add(d);
  }
  check.finish(found);
  if (whole_site) check_whole_site(w, outputs, found);
  add_placed(w, found, all);
  leave_out_ignored(w.files(), all, true, left);
  CHECK_FALSE(needs.any());
  std::string said;
  for (const Diagnostic& d : left) {
    said += std::string(d.file);
    if (d.line) said += ":" + std::to_string(d.line) + ":" + std::to_string(d.column);
    said += ": " + std::string(d.message);
    if (rules) said += " [" + std::string(rule_name(rule_of(d))) + "]";
    said += "; " + std::string(d.remedy) + "\n";
  }
  return said;
}

inline long lines_of(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

/// The same of a page with this body among some others.
inline std::string of_page(const std::string& body, const char* more = "") {
  std::string page = std::string("---\ntitle: Page\n") + more + "---\n" + body + "\n";
  return findings({{"_config.yml", "baseurl: /base\nauthor: {name: Ada}\n"},
                   {"index.md", "---\n---\n"},
                   {"note.md", "---\npermalink: /notes/first/\n---\n## A heading\n"},
                   {"_posts/2020-01-02-post.md", "---\n---\nx\n"},
                   {"images/Map.png", "x"},
                   {"files/paper.pdf", "x"},
                   {"plain.html", "---\n---\n<i id=here>x</i>\n"},
                   {"_data/people.yml", "- Ada\n"},
                   {"page.md", page}});
}
}  // namespace
