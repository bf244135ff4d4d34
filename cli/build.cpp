#include "commands.h"
#include "disk.h"
#include "meridian/site_search.h"
#include "progress.h"
#include "search_index.h"
#include "shell.h"
#include "shell_names.h"

namespace meridian::cli {

namespace {
void copy_static(OpenSite& opened, const Options& options, Destination& destination,
                 const OutputFile& output, ShellNames& named) {
  std::filesystem::path from = opened.place_of(options, output.source);
  std::string text;
  if (may_name_files(output.path) && read_file(from, text)) named.read(text);
  destination.copy(from, std::string(output.path));
}
}  // namespace

int build(const Options& options) {
  OpenSite opened;
  auto& diagnostics = opened.diagnostics;
  Destination destination(options);
  if (!destination.open(options.destination, options.source)) return destination.status();
  if (!opened.open(options)) return kWrongUse;
  const site::Site& site = opened.workspace.site();
  if (!options.content_only) opened.read_notes(options);
  std::vector<std::string> paths, shell = shell_files(options);
  for (const OutputFile& output : opened.outputs) paths.emplace_back(output.path);
  const bool planned = site.theme() == site::Theme::Meridian;
  if (planned) paths.insert(paths.end(), shell.begin(), shell.end());
  if (!destination.plan(paths)) return destination.status();
  Progress progress{.quiet = options.quiet, .total = opened.outputs.size};
  bool searches = !options.content_only && site::has_search(site);
  bool has_button = false;
  ShellNames named(site.config()->get("meridian"));
  for (const OutputFile& output : opened.outputs) {
    if (destination.stopped()) break;
    if (output.kind == OutputFile::Static) {
      if (options.content_only) continue;
      copy_static(opened, options, destination, output, named);
    } else {
      Arena page_arena;
      Diagnostics found(page_arena);
      site::Page page = opened.render(options, output, page_arena, found);
      for (const Diagnostic& d : found) diagnostics.add(d);
      if (options.content_only && output.kind == OutputFile::Redirect) continue;
      std::string keyed = searches ? with_search_keys(site, page.html) : std::string();
      has_button |= !keyed.empty();
      Str html = keyed.empty() ? page.html : Str(keyed);
      named.read(html);
      destination.write(std::string(output.path), html);
    }
    progress.step();
  }
  if ((named.has("theme.css") || opened.globes.any) && shell.empty())
    std::fprintf(stderr, "%spages will lack their style (see --shell)\n", kNoShell);
  if (opened.globes.any) named.add("globe.js");
  if (opened.globes.places) named.add("places/");
  named.keep_named(options, shell);
  if (shell.size() && (planned || destination.plan(shell))) copy_shell(options, destination, shell);
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
