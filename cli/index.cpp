#include <cstdio>
#include <optional>

#include "commands.h"
#include "disk.h"
#include "first_text.h"
#include "head.h"
#include "json_object.h"
#include "manifest_segments.h"
#include "meridian/check.h"
#include "note_links.h"
#include "search_index.h"
#include "shell.h"
#include "style_sheets.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {

/// Whether nothing is lost when a manifest is written there: there is one already, or no file.
bool may_be_manifest(const fs::path& path) {
  constexpr std::string_view kBegin = "{\"meridian\":";
  std::string text;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return true;
  return read_file(path, text, kBegin.size()) && (text == kBegin || text.empty());
}

bool holds(const fs::path& path, std::string_view bytes) {
  std::string old;
  return read_file(path, old) && old == bytes;
}

bool put_file(const fs::path& path, std::string_view bytes) {
  if (holds(path, bytes)) return true;
  int error = replace_file(path, bytes);
  return !error || print_error(path, "written", error);
}

/// Its compressed forms, which came with the shell, are those of what it was, and a host would send
/// them.
bool put_shell_page(const fs::path& page, std::string_view bytes) {
  if (holds(page, bytes)) return true;
  if (int failed = replace_file(page, bytes)) return print_error(page, "written", failed);
  std::error_code error;
  for (const char* ending : kCompressed) fs::remove(page.string() + ending, error);
  return true;
}

}  // namespace

int index(const Options& options) {
  OpenSite opened;
  std::optional<Author> author;
  if (options.author) author.emplace(opened.workspace);
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  if (!opened.open(options)) return kWrongUse;
  // Only where the manifest lies beside the sources do other files, too.
  const bool beside = options.output.empty();
  std::vector<CompiledSheet> sheets;
  if (beside)
    sheets = compile_sheets(opened, options);
  else
    forget_compiled_sheets(opened);
  Text manifest, sass;
  FirstText first_text(workspace.site());
  ManifestSegments manifest_segments(workspace);
  Workspace::ManifestWith with;
  if (beside) with = {.sass = &sass, .first = &first_text, .segments = &manifest_segments};
  if (!opened.manifest(options, manifest, with)) return kErrors;
  std::vector<MadeFile> search;
  if (beside) search = make_search_index(opened, options);
  if (search.size()) add_to_manifest(manifest, "\"search\":true");
  std::vector<MadeFile> links;
  if (beside) links = make_note_links(opened, options);
  add_note_links(manifest, links);
  std::vector<MadeFile> first;
  if (beside) first = files_of(first_text);
  if (beside && works_offline(workspace.site())) add_to_manifest(manifest, "\"offline\":true");
  std::vector<MadeFile> segments;
  if (beside) segments = files_of(manifest_segments, manifest.str());
  const Prepared prepared{first.size(), segments_in(segments)};
  bool printed = options.output == "-";
  fs::path source = options.source, parts = source / kSassParts,
           to = beside ? source / kManifest : fs::path(options.output);
  if (!printed && !may_be_manifest(to)) {
    std::fprintf(
        stderr,
        "meridian: %s is no manifest and is not overwritten; give another file with --output\n",
        to.c_str());
    return kWrongUse;
  }
  if (sass.size() && !may_be_manifest(parts)) {
    std::fprintf(stderr, "meridian: %s is an author's and is not overwritten; rename it\n",
                 parts.c_str());
    return kWrongUse;
  }
  bool ok = true;
  for (const CompiledSheet& sheet : sheets) {
    fs::path path = source / sheet.path;
    if (may_be_compiled_sheet(path)) {
      ok &= put_file(path, sheet.css);
      continue;
    }
    std::fprintf(stderr, "meridian: %s is not a compiled sheet and is not overwritten; rename it\n",
                 path.c_str());
    ok = false;
  }
  std::string text;
  if (beside)
    for (const char* name : kShellPages)
      if (fs::path page = source / name;
          is_shell(page) && complete_shell(page, workspace.site(), {}, prepared, text))
        ok &= put_shell_page(page, text);
  if (sass.size()) ok &= put_file(parts, sass.str());
  if (beside)
    ok &= put_search_index(source, search) && put_note_links(source, links) &&
          put_first_text(source, first) && put_manifest_segments(source, segments);
  if (printed)
    std::fwrite(manifest.data(), 1, manifest.size(), stdout);
  else
    ok &= put_file(to, manifest.str());
  if (options.json) {
    JsonObject done(opened.arena);
    done.set("manifest", to.string());
    done.set("complete", ok);
    done.set("findings", diagnostics);
    done.print();
    return ok ? kOk : kErrors;
  }
  if (ok && !printed && !options.quiet) std::fprintf(stderr, "%s written\n", to.c_str());
  show(diagnostics);
  return ok ? kOk : kErrors;
}

int head(const Options& options) {
  OpenSite opened;
  if (!opened.open(options)) return kWrongUse;
  bool ok = true, any = false;
  for (const char* name : kShellPages) {
    fs::path page = fs::path(options.source) / name;
    std::string text;
    if (!is_shell(page) || !read_file(page, text)) continue;
    any = true;
    ok &= put_shell_page(
        page, with_head(text, page_without_scripts(opened, options, name), name == kShellPages[1]));
  }
  show(opened.diagnostics);
  if (!any)
    std::fprintf(
        stderr,
        "meridian: no index.html of the shell is beside the sources: copy it from build/dist\n");
  return any ? ok ? kOk : kErrors : kWrongUse;
}

}  // namespace meridian::cli
