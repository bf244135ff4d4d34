#include "meridian/check.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "check_site.h"
#include "commands.h"
#include "disk.h"
#include "external/links.h"
#include "findings.h"
#include "printable.h"
#include "shell.h"
#include "style_sheets.h"

namespace meridian::cli {

namespace {
/// The manifest beside the sources is what `meridian index` would write.
void check_manifest(const Options& options, Diagnostics& findings) {
  std::string old;
  if (!read_file(std::filesystem::path(options.source) / kManifest, old)) {
    if (errno != ENOENT)
      findings.add({Severity::Error, Rule::Unreadable}, kManifest, why_unread(errno), kLetRead);
    return;
  }
  if (old.rfind("{\"meridian\":", 0) != 0) return;
  // As that command opens it: the checked one has read more of the sources.
  OpenSite opened;
  if (!opened.open(options)) return;
  compile_sheets(opened, options);
  Text made, sass;
  if (!opened.manifest(options, made, {.sass = &sass})) return;
  // The marks of search and notes are added behind.
  std::string_view begin(made.data(), made.size());
  begin = begin.substr(0, begin.rfind('}'));
  if (old.compare(0, begin.size(), begin) != 0)
    findings.add({Severity::Warning, Rule::StaleManifest}, kManifest,
                 "it is not what the sources are now: visitors load more than they need",
                 "run `meridian index`");
}

// For a host of another continent that wakes up; with a retry, as long as a reader would wait.
constexpr int kSeconds = 20, kMostSeconds = 600;

/// By the environment's variables; nothing, after it was said, where they can't be read.
std::optional<external::AskLimits> ask_limits() {
  const char* allowed = std::getenv("MERIDIAN_PRIVATE_LINKS");
  const char* given = std::getenv("MERIDIAN_LINK_SECONDS");
  Str seconds = given ? Str(given) : Str();
  external::AskLimits limits{kSeconds, allowed && Str(allowed) == "1"};
  if (seconds.empty()) return limits;
  limits.seconds = int(std::min(parse_int(seconds), std::int64_t(kMostSeconds)));
  if (limits.seconds > 0 && seconds.find_first_not_of("0123456789") == Str::npos) return limits;
  refuse("MERIDIAN_LINK_SECONDS is not a number of seconds: " + printable(seconds));
  return {};
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
  std::optional<external::AskLimits> limits;
  if (options.external) {
    limits = ask_limits();
    if (!limits) return kWrongUse;
  }
  OpenSite opened;
  Author author(opened.workspace);
  if (!opened.open(options)) return kWrongUse;
  Diagnostics findings(opened.arena, kMostFindings);
  external::ExternalLinks links(opened.workspace);
  auto read_links = [&](const OutputFile& output, Str html, const List<Str>&) {
    if (limits) links.page(output, html);
  };
  std::size_t pages = check_site(opened, options, findings, read_links, read_links);
  if (links.size()) {
    std::unique_ptr<external::Asker> asker = external::make_asker(*limits);
    if (!asker) return kWrongUse;
    links.check(*asker, *limits, options.quiet, findings);
  }
  if (!findings.has_errors()) check_manifest(options, findings);
  Diagnostics left(opened.arena, kMostFindings);
  leave_out_ignored(opened.workspace.files(), findings, !findings.full(), left);
  Text out;
  if (format == Format::Text && !options.all)
    print_first_findings(left, out);
  else
    print_findings(left, format, options.source, out);
  std::FILE* to = format == Format::Text ? stderr : stdout;
  std::fwrite(out.data(), 1, out.size(), to);
  if (format == Format::Text) opened.tell_future(options);
  const unsigned number = unsigned(left.size());
  if (format == Format::Text && !options.quiet)
    std::fprintf(stderr, "%s%s checked, %s\n", counted(pages, "page").c_str(),
                 limits ? (", " + counted(links.size(), "external link")).c_str() : "",
                 counted(number, "finding").c_str());
  tell_of_rest(left);
  return left.has_errors() || (options.strict && has_warnings(left)) ? kErrors : kOk;
}

}  // namespace meridian::cli
