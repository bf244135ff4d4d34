#include "style_sheets.h"

#include "disk.h"
#include "folder_writer.h"
#include "meridian/site_modules.h"
#include "sass/bundle.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
// The last line of a compiled sheet, by which a file is known as one.
constexpr std::string_view kMark = "\n/* compiled by `meridian index` */\n";

bool compile(Str text, const sass::Options& options, const List<Source>& imported, Text& css,
             Diagnostics& diagnostics) {
  // Without CSS the diagnostics say why.
  (void)sass::compile({text, options, imported}, css, diagnostics);
  return true;
}
}  // namespace

void connect_sass() { site::set_sass(compile); }

std::vector<CompiledSheet> compile_sheets(OpenSite& opened, const Options& options) {
  std::vector<CompiledSheet> sheets;
  const FolderWriter beside(options.source);
  for (const OutputFile& output : opened.outputs) {
    if (output.kind != OutputFile::Page || !ends_with(output.path, ".css")) continue;
    // Beside the sources nothing is written behind a link.
    if (!options.raw && !beside.link_on_way(std::string(output.path)).empty()) continue;
    Arena arena;
    Diagnostics found(arena);
    site::Page page = opened.render(options, output, arena, found);
    for (const Diagnostic& d : found) opened.diagnostics.add(d);
    if (page.status != site::Status::Ready || found.has_errors()) continue;
    sheets.push_back({std::string(site::compiled_sheet(arena, output.path)),
                      std::string(page.html) + std::string(kMark)});
  }
  forget_compiled_sheets(opened);
  for (const CompiledSheet& sheet : sheets) opened.workspace.put(sheet.path, sheet.css);
  return sheets;
}

std::vector<std::string> compiled_sheets(OpenSite& opened) {
  std::vector<std::string> paths;
  for (site::File* f = opened.workspace.files().first(); f; f = f->next)
    if (site::is_compiled_sheet(f->source.path)) paths.emplace_back(f->source.path);
  return paths;
}

void forget_compiled_sheets(OpenSite& opened) {
  for (const std::string& path : compiled_sheets(opened)) opened.workspace.remove(path);
}

bool may_be_compiled_sheet(const fs::path& path) {
  std::string text;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return !fs::exists(path, error);
  return read_file(path, text) && ends_with(text, Str(kMark));
}

}  // namespace meridian::cli
