// `meridian import`: the sources of a site of Hugo as those of a site for Meridian and Jekyll.
#include <cstdio>

#include "check_site.h"
#include "commands.h"
#include "disk.h"
#include "findings.h"
#include "importer.h"
#include "printable.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
std::string summary(const hugo::ImportCounts& counts, std::size_t findings) {
  const hugo::ShortcodeCounts& codes = counts.shortcodes;
  return counted(counts.posts, "post") + ", " + counted(counts.pages, "page") + ", " +
         counted(counts.documents, "document") + " of collections, " +
         counted(counts.lists, "list") + "\n" + counted(counts.files, "file") + " copied, " +
         counted(counts.data, "file") + " of data\n" + counted(codes.rewritten, "shortcode") +
         " rewritten, " + std::to_string(codes.kept) +
         " kept as text; Liquid's marks in texts: " + std::to_string(codes.braces) + "\n" +
         counted(findings, "finding") + "\n";
}

}  // namespace

int import_site(const Options& options) {
  std::error_code error;
  fs::path root = folder_at(options.names[0], error);
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
  Text text;
  print_findings(found, options.json ? Format::Json : Format::Text, options.names[0], text);
  if (!options.quiet && !options.json) {
    if (!text.empty()) text.add('\n');
    text.add(Str(summary(importer.counts, found.size())));
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  tell_of_rest(found);
  return found.has_errors() ? kErrors : kOk;
}

}  // namespace meridian::cli
