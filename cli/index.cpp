#include <cerrno>
#include <cstdio>
#include <iterator>
#include <optional>
#include <vector>

#include "beside.h"
#include "commands.h"
#include "disk.h"
#include "first_pages.h"
#include "head.h"
#include "json_object.h"
#include "manifest_segments.h"
#include "meridian/check.h"
#include "note_links.h"
#include "printable.h"
#include "search_index.h"
#include "shell.h"
#include "style_sheets.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {

// What the command makes beside the sources, besides single files.
constexpr MadeFolder kMadeFolders[] = {{kSearchFolder, is_name_of_index},
                                       {kNotesFolder, is_numbered_json},
                                       {kFirstFolder, is_numbered_json},
                                       {kSegmentsFolder, is_name_of_segment}};

/// Whether nothing is lost when a manifest is written there: there is one already, or no file.
bool may_be_manifest(const fs::path& path, bool& readable) {
  constexpr std::string_view kBegin = "{\"meridian\":";
  std::string text;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return true;
  readable = read_file(path, text, kBegin.size()) || print_error(path, "read", errno);
  return readable && (text == kBegin || text.empty());
}

/// Whether a worker keeps the site. Where the shell is on another host, `meridian init` writes the
/// worker's file, and without it no page asks for it.
bool is_kept_offline(const site::Site& site, const Options& options) {
  if (!works_offline(site)) return false;
  const fs::path source = options.source;
  std::string page;
  std::error_code error;
  if (!read_file(source / kShellPages[0], page) || page.find(kOneFile) == page.npos ||
      fs::exists(source / kOffline, error))
    return true;
  if (!options.quiet)
    std::fprintf(stderr,
                 "meridian: _config.yml says `offline: true`, and %s is missing: run "
                 "`meridian init`\n",
                 kOffline);
  return false;
}

}  // namespace

int index(const Options& options) {
  OpenSite opened;
  std::optional<Author> author;
  if (options.author) author.emplace(opened.workspace);
  auto& workspace = opened.workspace;
  auto& diagnostics = opened.diagnostics;
  // Only where the manifest lies beside the sources do other files, too.
  const bool beside = options.output.empty();
  Beside files(options);
  if (beside && !files.open(options)) return files.status();
  if (!opened.open(options)) return kWrongUse;
  std::vector<CompiledSheet> sheets;
  const std::vector<std::string> old_sheets = compiled_sheets(opened);
  if (beside)
    sheets = compile_sheets(opened, options);
  else
    forget_compiled_sheets(opened);
  Text manifest, sass;
  FirstPages first_pages(workspace.site());
  ManifestSegments manifest_segments(workspace);
  Workspace::ManifestWith with;
  if (beside) with = {.sass = &sass, .first = &first_pages, .segments = &manifest_segments};
  if (!opened.manifest(options, manifest, with)) return kErrors;
  std::vector<MadeFile> search;
  if (beside) search = make_search_index(opened, options);
  if (search.size()) add_to_manifest(manifest, "\"search\":true");
  std::vector<MadeFile> links;
  if (beside) links = make_note_links(opened, options);
  add_note_links(manifest, links);
  std::vector<MadeFile> first;
  if (beside) first = files_of(first_pages);
  if (beside && is_kept_offline(workspace.site(), options))
    add_to_manifest(manifest, "\"offline\":true");
  std::vector<MadeFile> segments;
  if (beside) segments = files_of(manifest_segments, manifest.str());
  const Prepared prepared{first.size(), segments_in(segments), home_of(first_pages)};
  const bool printed = options.output == "-";
  fs::path source = options.source, parts = source / kSassParts,
           to = beside ? source / kManifest : fs::path(options.output);
  if (!beside && !printed)
    if (fs::path link = link_in_sources(source, to); !link.empty())
      return refuse("`" + link.string() +
                    "` is a link, and nothing is written where it leads; name another --output");
  bool readable = true;
  if (!printed && !may_be_manifest(to, readable)) {
    if (!readable) return kErrors;
    std::fprintf(
        stderr,
        "meridian: %s is not a manifest and is not overwritten; give another file with --output\n",
        to.c_str());
    return kWrongUse;
  }
  if (sass.size() && !may_be_manifest(parts, readable)) {
    if (!readable) return kErrors;
    std::fprintf(stderr, "meridian: %s is an author's and is not overwritten; rename it\n",
                 parts.c_str());
    return kWrongUse;
  }
  bool ok = true;
  for (const CompiledSheet& sheet : sheets) {
    if (fs::path path = source / sheet.path; !may_be_compiled_sheet(path)) {
      std::fprintf(stderr,
                   "meridian: %s is not a compiled sheet and is not overwritten; rename it\n",
                   path.c_str());
      ok = false;
    } else {
      files.replace(sheet.path, sheet.css);
    }
  }
  std::string pages[std::size(kShellPages)];
  if (beside) {
    for (const std::string& path : old_sheets)
      if (may_be_compiled_sheet(source / path)) files.allow(path);
    for (std::size_t i = 0; i < std::size(kShellPages); i++)
      if (fs::path page = source / kShellPages[i];
          is_shell(page) && complete_shell(page, workspace.site(), {}, prepared, pages[i]))
        files.replace_page(kShellPages[i], pages[i]);
    if (sass.size())
      files.replace(kSassParts, sass.str());
    else if (may_be_manifest(parts, readable))
      files.allow(kSassParts);
    for (const MadeFolder& folder : kMadeFolders)
      if (!files.replace_all(folder)) return files.status();
    for (const auto* made : {&search, &links, &first, &segments})
      for (const MadeFile& file : *made) files.add(file.path, file.bytes);
    files.replace(kManifest, manifest.str());
    if (!files.write()) return files.status();
  } else if (printed) {
    std::fwrite(manifest.data(), 1, manifest.size(), stdout);
  } else if (!holds(to, manifest.str())) {
    if (int error = write_named_file(to, manifest.str())) ok = print_error(to, "written", error);
  }
  if (options.json) {
    JsonObject done(opened.arena);
    done.set("manifest", to.string());
    done.set("complete", ok && !opened.unread);
    done.set("findings", diagnostics);
    done.print();
    return ok && !opened.unread ? kOk : kErrors;
  }
  if (ok && !printed && !options.quiet) std::fprintf(stderr, "%s written\n", to.c_str());
  opened.tell_future(options);
  show(diagnostics);
  return ok && !opened.unread ? kOk : kErrors;
}

int head(const Options& options) {
  OpenSite opened;
  Beside files(options);
  if (!files.open(options)) return files.status();
  if (!opened.open(options)) return kWrongUse;
  std::string pages[std::size(kShellPages)];
  bool any = false;
  for (std::size_t i = 0; i < std::size(kShellPages); i++) {
    const std::string name = kShellPages[i];
    std::string text;
    if (!is_shell(files.at(name)) || !read_file(files.at(name), text)) continue;
    any = true;
    pages[i] = with_head(text, page_without_scripts(opened, options, name), i == 1);
    files.replace_page(name, pages[i]);
  }
  bool written = files.write();
  show(opened.diagnostics);
  if (!any)
    return refuse("no index.html of the shell is beside the sources: copy it from build/dist");
  return !written ? files.status() : opened.unread ? kErrors : kOk;
}

}  // namespace meridian::cli
