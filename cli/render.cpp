#include <cstdio>
#include <filesystem>

#include "commands.h"
#include "open_site.h"

namespace fs = std::filesystem;

namespace meridian::cli {

int render(const Options& options) {
  OpenSite opened;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  std::error_code error;
  std::string wanted = fs::weakly_canonical(options.file, error)
                           .lexically_relative(fs::weakly_canonical(options.source))
                           .generic_string();
  for (const OutputFile& output : opened.outputs) {
    if (output.kind != OutputFile::Page) continue;
    if (output.source != Str(wanted) && output.source != Str(options.file)) continue;
    site::Page page = opened.render(options, output, opened.arena, diagnostics);
    std::fwrite(page.html.data(), 1, page.html.size(), stdout);
    opened.place_diagnostics();
    show(diagnostics);
    return diagnostics.has_errors() ? kErrors : kOk;
  }
  show(diagnostics);
  opened.tell_future(options);
  std::fprintf(stderr, "meridian: %s is not a page of the site in %s\n", options.file.c_str(),
               options.source.c_str());
  return kWrongUse;
}

}  // namespace meridian::cli
