// `meridian import`: the sources of a site of Hugo as those of a site for Meridian and Jekyll.
#include <cstdio>
#include <map>
#include <string_view>

#include "check_site.h"
#include "commands.h"
#include "disk.h"
#include "findings.h"
#include "importer.h"
#include "printable.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace {
// Of one finding: so many are told, and of more the first ones.
constexpr std::size_t kMostPlaces = 5, kFirstPlaces = 3;

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

/// Adds findings as a person reads them: the first places of each, and how many more there are. A
/// shortcode may stand in a thousand pages.
void print_grouped(const Diagnostics& found, const std::string& folder, Arena& arena, Text& out) {
  Diagnostics told(arena, kMostFindings);
  std::map<std::string_view, std::size_t> places, shown;
  for (const Diagnostic& one : found) places[one.message]++;
  std::string more;
  for (const Diagnostic& one : found) {
    std::size_t number = ++shown[one.message], all = places[one.message];
    if (all <= kMostPlaces || number <= kFirstPlaces) told.add(one);
    if (all > kMostPlaces && number == kFirstPlaces)
      more += counted(all - number, "more place") + ": " + printable(one.message) + "\n";
  }
  print_findings(told, Format::Text, folder, out);
  out.add(Str(more));
  if (told.size() < found.size()) out.add("--json has all places\n");
}

}  // namespace

int import_site(const Options& options) {
  std::error_code error;
  fs::path root = folder_at(options.names[0], error);
  if (error)
    return refuse("the folder `" + printable(options.names[0]) +
                  "` can't be read: " + error.message() + with_slashes_instead(options.names[0]));
  Arena arena;
  Diagnostics found(arena, kMostFindings);
  site::Settings clock;
  if (!set_time(clock, options)) return kWrongUse;
  hugo::Importer importer(root, options.names[1], clock.now, found);
  if (!importer.read())
    return refuse("`" + printable(options.names[0]) +
                  "` is not a Hugo site: it has no hugo.toml, config.toml or config/_default");
  NewFolder folder;
  if (!folder.open(options.names[1], root) || !importer.write(folder)) {
    folder.undo();
    return folder.status();
  }
  Text text;
  if (options.json)
    print_findings(found, Format::Json, options.names[0], text);
  else
    print_grouped(found, options.names[0], arena, text);
  if (!options.quiet && !options.json) {
    if (!text.empty()) text.add('\n');
    text.add(Str(summary(importer.counts, found.size())));
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  tell_of_rest(found);
  return found.has_errors() ? kErrors : kOk;
}

}  // namespace meridian::cli
