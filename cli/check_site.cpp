#include "check_site.h"

#include <set>
#include <string>

#include "progress.h"

namespace meridian::cli {

namespace {
/// Follows a redirect: whether the chain ends.
void follow(OpenSite& opened, const OutputFile& output, site::Page page, Arena& arena,
            Diagnostics& findings) {
  std::set<std::string> seen;
  while (page.status == site::Status::Redirect && !page.redirect.empty() &&
         page.redirect[0] == '/') {
    if (!seen.insert(std::string(page.redirect)).second) {
      findings.add({Severity::Error, Rule::RedirectLoop}, output.source,
                   "its redirect leads back to itself", "mend `redirect_to`");
      return;
    }
    site::Needs needs;
    Diagnostics unused(arena);
    page = opened.workspace.site().render(page.redirect, arena, needs, unused);
  }
}

/// A page that is copied as it is.
void read_copied(OpenSite& opened, const OutputFile& output, Check& check, const EachPage& copied) {
  if (!site::is_html(site::extension_of(output.path))) return;
  const site::File* file = opened.workspace.files().find(output.source);
  if (!file || file->presence != site::Presence::Loaded || site::is_shell_page(file->source.text))
    return;
  check.page(output, file->source.text);
  if (copied) copied(output, file->source.text, {});
}

/// Reads pages that are copied, of which only the names are known.
void load_copied(OpenSite& opened, const Options& options) {
  List<Str> paths;
  for (const OutputFile& output : opened.outputs) {
    const site::File* file = opened.workspace.files().find(output.source);
    if (output.kind == OutputFile::Static && site::is_html(site::extension_of(output.path)) &&
        file && file->presence == site::Presence::Listed)
      paths.add(opened.arena, output.source);
  }
  if (paths.empty()) return;
  opened.read_named(options, paths);
  Diagnostics reported(opened.arena);
  opened.list_outputs(options, reported);
}

/// Renders and reads all pages; their number.
std::size_t read_pages(OpenSite& opened, const Options& options, Check& check,
                       Diagnostics& findings, const EachPage& each, const EachPage& copied,
                       PagesWith* pages_with) {
  std::size_t pages = 0;
  bool home = false;
  Progress progress{.quiet = options.quiet, .total = opened.outputs.size};
  for (const OutputFile& output : opened.outputs) {
    progress.step();
    home |= output.path == "index.html";
    if (output.kind == OutputFile::Static) {
      read_copied(opened, output, check, copied);
      continue;
    }
    Arena page_arena;
    Diagnostics found(page_arena);
    List<Str> sources;
    site::Page page = opened.render(options, output, page_arena, found, &sources);
    for (const Diagnostic& d : found) findings.add(d);
    if (pages_with)
      for (const Diagnostic& d : found) (*pages_with)[std::string(d.message)].insert(pages);
    if (output.kind == OutputFile::Page) {
      check.page(output, page.html);
      if (each) each(output, page.html, sources);
    }
    follow(opened, output, page, page_arena, findings);
    pages++;
  }
  progress.clear();
  if (!home)
    findings.add({Severity::Warning, Rule::NoFirstPage}, "index.md", "the site has no first page",
                 "add index.md, or a page with `permalink: /`");
  return pages;
}
}  // namespace

std::size_t check_site(OpenSite& opened, const Options& options, Diagnostics& findings,
                       const EachPage& each, const EachPage& copied, PagesWith* pages_with) {
  load_copied(opened, options);
  (void)opened.read_notes(options);  // pages of tags and of the graph are no broken links
  Check check(opened.workspace, opened.outputs);
  Diagnostics found(opened.arena, kMostFindings);
  std::size_t pages = read_pages(opened, options, check, found, each, copied, pages_with);
  check.finish(found);
  check_whole_site(opened.workspace, opened.outputs, found);
  for (const Diagnostic& d : opened.diagnostics) found.add(d);
  add_placed(opened.workspace, found, findings);
  return pages;
}

}  // namespace meridian::cli
