#include "meridian/check.h"

#include <cstdio>
#include <string>

#include "check_site.h"
#include "commands.h"
#include "disk.h"
#include "findings.h"
#include "shell.h"
#include "style_sheets.h"

namespace meridian::cli {

namespace {
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
  std::size_t pages = check_site(opened, options, findings);
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
