// `meridian import`: the sources of a site of Hugo as those of a site for Meridian and Jekyll.
#include <cstdio>

#include "check_site.h"
#include "commands.h"
#include "findings.h"
#include "importer.h"
#include "printable.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
void tell(const hugo::ImportCounts& counts, std::size_t findings) {
  std::string shortcodes = counted(counts.shortcodes.rewritten, "shortcode") + " rewritten, " +
                           std::to_string(counts.shortcodes.kept) + " kept as text";
  std::fprintf(stderr, "%s, %s, %s of collections, %s, %s copied, %s of data\n",
               counted(counts.posts, "post").c_str(), counted(counts.pages, "page").c_str(),
               counted(counts.documents, "document").c_str(), counted(counts.lists, "list").c_str(),
               counted(counts.files, "file").c_str(), counted(counts.data, "file").c_str());
  std::fprintf(stderr, "%s; Liquid's marks shown as text: %zu\n", shortcodes.c_str(),
               counts.shortcodes.braces);
  std::fprintf(stderr, "%s\n", counted(findings, "finding").c_str());
}
/// The findings as a terminal may show them: names and lines of the sources are a stranger's.
void clean(const Diagnostics& found, Arena& arena, Diagnostics& out) {
  auto shown = [&](Str text) { return arena.copy(printable(text)); };
  for (Diagnostic d : found) {
    d.file = shown(d.file);
    d.message = shown(d.message);
    d.excerpt = shown(d.excerpt);
    out.add(d);
  }
}
}  // namespace

int import_site(const Options& options) {
  std::error_code error;
  fs::path root = fs::canonical(options.names[0], error);
  if (!error && !fs::is_directory(root)) error = std::make_error_code(std::errc::not_a_directory);
  if (error)
    return refuse("the folder `" + printable(options.names[0]) +
                  "` can't be read: " + error.message());
  Arena arena;
  Diagnostics found(arena, kMostFindings);
  hugo::Importer importer(root, options.names[1], found);
  if (!importer.read())
    return refuse("`" + printable(options.names[0]) +
                  "` is no site of Hugo: it has no hugo.toml, config.toml or config/_default");
  NewFolder folder;
  if (!folder.open(options.names[1]) || !importer.write(folder)) {
    folder.undo();
    return folder.status();
  }
  Diagnostics told(arena, kMostFindings);
  clean(found, arena, told);
  Text text;
  print_findings(told, options.json ? Format::Json : Format::Text, options.names[0], text);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (!options.quiet) tell(importer.counts, found.size());
  if (found.full())
    std::fprintf(stderr, "meridian: more than %u findings, the rest is not told\n",
                 kMostFindings - 1);
  return found.has_errors() ? kErrors : kOk;
}

}  // namespace meridian::cli
