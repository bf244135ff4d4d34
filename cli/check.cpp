#include "meridian/check.h"

#include <cstdio>
#include <set>
#include <string>

#include "commands.h"
#include "disk.h"
#include "findings.h"
#include "plugins.h"
#include "shell.h"
#include "style_sheets.h"

namespace meridian::cli {

namespace {
// More than anybody mends at once; comparing each with the others stays a matter of a moment.
constexpr std::uint32_t kMostFindings = 5000;

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
void read_copied(OpenSite& opened, const OutputFile& output, Check& check) {
  if (!site::is_html(site::extension_of(output.path))) return;
  const site::File* file = opened.workspace.files().find(output.source);
  if (file && file->presence == site::Presence::Loaded && !site::is_shell_page(file->source.text))
    check.page(output, file->source.text);
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
                       Diagnostics& findings) {
  std::size_t pages = 0;
  bool home = false;
  for (const OutputFile& output : opened.outputs) {
    home |= output.path == "index.html";
    if (output.kind == OutputFile::Static) {
      read_copied(opened, output, check);
      continue;
    }
    Arena page_arena;
    Diagnostics found(page_arena);
    site::Page page = opened.render(options, output, page_arena, found);
    for (const Diagnostic& d : found) findings.add(d);
    if (output.kind == OutputFile::Page) check.page(output, page.html);
    follow(opened, output, page, page_arena, findings);
    pages++;
  }
  if (!home)
    findings.add({Severity::Warning, Rule::NoFirstPage}, "index.md", "the site has no first page",
                 "add index.md, or a page with `permalink: /`");
  return pages;
}

/// The manifest beside the sources is what `meridian index` would write. Last: it adds sheets.
void check_manifest(OpenSite& opened, const Options& options, Diagnostics& findings) {
  std::string old;
  if (!read_file(std::filesystem::path(options.source) / kManifest, old) ||
      old.rfind("{\"meridian\":", 0) != 0)
    return;
  compile_sheets(opened, options);
  Text made, sass;
  if (!opened.manifest(options, made, &sass)) return;
  // The marks of search and notes are added behind.
  std::string_view begin(made.data(), made.size());
  begin = begin.substr(0, begin.rfind('}'));
  if (old.compare(0, begin.size(), begin) != 0)
    findings.add({Severity::Warning, Rule::StaleManifest}, kManifest,
                 "it is not what the sources are now: visitors load more than they need",
                 "run `meridian index`");
}

bool has_warnings(const Diagnostics& findings) {
  for (const Diagnostic& d : findings)
    if (d.severity == Severity::Warning) return true;
  return false;
}
}  // namespace

int check(const Options& options) {
  Format format = options.json ? Format::Json : Format::Text;
  if (!options.format.empty()) (void)format_named(options.format, format);  // parse() asked
  OpenSite opened;
  Author author(opened.workspace);
  if (!opened.open(options)) return kWrongUse;
  Diagnostics findings(opened.arena, kMostFindings);
  load_copied(opened, options);
  (void)opened.read_notes(options);  // pages of tags and of the graph are no broken links
  Check check(opened.workspace, opened.outputs);
  std::size_t pages = read_pages(opened, options, check, findings);
  check.finish(findings);
  check_whole_site(opened.workspace, opened.outputs, findings);
  report_plugins(opened);
  for (const Diagnostic& d : opened.diagnostics) findings.add(d);
  if (!findings.has_errors()) check_manifest(opened, options, findings);
  Diagnostics left(opened.arena, kMostFindings);
  leave_out_ignored(opened.workspace.files(), findings, !findings.full(), left);
  Text out;
  print_findings(left, format, options.source, out);
  std::FILE* to = format == Format::Text ? stderr : stdout;
  std::fwrite(out.data(), 1, out.size(), to);
  const unsigned number = unsigned(left.size());
  if (format == Format::Text && !options.quiet)
    std::fprintf(stderr, "%zu page%s checked, %u finding%s\n", pages, pages == 1 ? "" : "s", number,
                 number == 1 ? "" : "s");
  if (left.full())
    std::fprintf(stderr, "meridian: more than %u findings, the rest is not told\n",
                 kMostFindings - 1);
  return left.has_errors() || (options.strict && has_warnings(left)) ? kErrors : kOk;
}

}  // namespace meridian::cli
