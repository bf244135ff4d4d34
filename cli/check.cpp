#include "meridian/check.h"

#include <cstdio>
#include <set>
#include <string>

#include "commands.h"
#include "plugins.h"

namespace meridian::cli {

int check(const Options& options) {
  OpenSite opened;
  Author author(opened.workspace);
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  std::size_t pages = 0;
  bool home = false;
  Check check(workspace, opened.outputs);
  for (const OutputFile& output : opened.outputs) {
    home |= output.path == "index.html";
    if (output.kind == OutputFile::Static) continue;
    Arena page_arena;
    Diagnostics found(page_arena);
    site::Page page = opened.render(options, output, page_arena, found);
    for (const Diagnostic& d : found) diagnostics.add(d);
    if (output.kind == OutputFile::Page) check.page(output, page.html);
    // The target of a redirect, and whether the chain ends.
    std::set<std::string> seen;
    while (page.status == site::Status::Redirect && !page.redirect.empty() &&
           page.redirect[0] == '/') {
      if (!seen.insert(std::string(page.redirect)).second) {
        diagnostics.add(Severity::Error, output.source, "its redirect leads back to itself",
                        "mend `redirect_to`");
        break;
      }
      site::Needs needs;
      Diagnostics unused(page_arena);
      page = workspace.site().render(page.redirect, page_arena, needs, unused);
    }
    pages++;
  }
  if (!home)
    diagnostics.add(Severity::Warning, "index.md", "the site has no first page",
                    "add index.md, or a page with `permalink: /`");
  check.finish(diagnostics);
  report_plugins(opened);
  if (options.json) {
    Text json;
    print_json(diagnostics, json);
    json.add('\n');
    std::fwrite(json.data(), 1, json.size(), stdout);
  } else {
    show(diagnostics);
    const unsigned findings = unsigned(diagnostics.size());
    if (!options.quiet)
      std::fprintf(stderr, "%zu page%s checked, %u finding%s\n", pages, pages == 1 ? "" : "s",
                   findings, findings == 1 ? "" : "s");
  }
  return diagnostics.has_errors() ? kErrors : kOk;
}

}  // namespace meridian::cli
