#include "commands.h"
#include "meridian/site_search.h"
#include "progress.h"
#include "search_index.h"
#include "shell.h"

namespace meridian::cli {

int build(const Options& options) {
  OpenSite opened;
  auto& diagnostics = opened.diagnostics;
  Destination destination(options);
  if (!destination.open(options.destination, options.source)) return destination.status();
  if (!opened.open(options)) return kWrongUse;
  const site::Site& site = opened.workspace.site();
  if (!options.content_only) opened.read_notes(options);
  std::vector<std::string> paths, shell;
  for (const OutputFile& output : opened.outputs) paths.emplace_back(output.path);
  if (site.theme() == site::Theme::Meridian) shell = shell_files(options, {});
  paths.insert(paths.end(), shell.begin(), shell.end());
  if (!destination.plan(paths)) return destination.status();
  Progress progress{.quiet = options.quiet, .total = opened.outputs.size};
  bool searches = !options.content_only && site::has_search(site);
  bool needs_style = false, has_button = false, has_diagrams = false;
  for (const OutputFile& output : opened.outputs) {
    if (destination.stopped()) break;
    if (output.kind == OutputFile::Static) {
      if (options.content_only) continue;
      destination.copy(opened.place_of(options, output.source), std::string(output.path));
    } else {
      Arena page_arena;
      Diagnostics found(page_arena);
      site::Page page = opened.render(options, output, page_arena, found);
      for (const Diagnostic& d : found) diagnostics.add(d);
      if (options.content_only && output.kind == OutputFile::Redirect) continue;
      needs_style |= wants_shell(page.html);
      has_diagrams |= wants_diagrams(page.html);
      std::string keyed = searches ? with_search_keys(site, page.html) : std::string();
      has_button |= !keyed.empty();
      destination.write(std::string(output.path),
                        keyed.empty() ? std::string_view(page.html) : std::string_view(keyed));
    }
    progress.step();
  }
  if (needs_style || opened.globes.any) {
    std::vector<std::string> files =
        shell_files(options, {.places = opened.globes.places, .diagrams = has_diagrams});
    if (files.empty())
      std::fprintf(stderr, "%spages will lack their style (see --shell)\n", kNoShell);
    if (!shell.empty() || destination.plan(files)) copy_shell(options, destination, files);
  }
  if (has_button && !destination.stopped()) {
    std::vector<MadeFile> index = make_search_index(opened, options);
    std::vector<std::string> names;
    names.reserve(index.size());
    for (const MadeFile& file : index) names.push_back(file.path);
    if (destination.plan(names))
      for (const MadeFile& file : index) destination.write(file.path, file.bytes);
  }
  bool written = destination.finish(keep_files(site), opened.unread);
  progress.end("files written", destination);
  show(diagnostics);
  if (!written) return destination.status();
  return diagnostics.has_errors() ? kErrors : kOk;
}

}  // namespace meridian::cli
