#include "note_links.h"

#include "meridian/text.h"

namespace meridian::cli {

namespace {
// Bytes of a file: what a visitor loads for one note, about 10 KB after compression.
constexpr std::size_t kFile = 48 << 10;
// Files of the largest site: more of them are slow to publish.
constexpr std::size_t kMaxFiles = 4096;
// The words of the page, and where they are put in (web/notes/notes.js).
constexpr const char* kWords = "\x01|\x02|\x03";
}  // namespace

std::vector<MadeFile> make_note_links(OpenSite& opened, const Options& options) {
  std::vector<MadeFile> files;
  const notes::Links& links = opened.writer.notes();
  if (!opened.read_notes(options, true) || !links.any()) return files;
  std::vector<std::pair<std::string, std::string>> entries;  // URL, `"url":"html"`
  std::size_t bytes = 0;
  auto add = [&](Str url) {
    Text name, html, entry;
    if (!links.write(url, kWords, html)) return;
    add_url_decoded(name, url);
    print_json(Value(name.str()), entry);
    entry.add(':');
    print_json(Value(html.str()), entry);
    bytes += entry.size();
    entries.emplace_back(std::string(name.str()), std::string(entry.str()));
  };
  bool home = false;
  for (std::uint32_t i = 0; i < links.size(); i++) {
    add(links.url_at(i));
    home |= links.url_at(i) == "/";
  }
  for (Str url : links.pages()) add(url);
  if (!home) add("/");
  std::size_t count = bytes / kFile + 1;
  if (count > kMaxFiles) count = kMaxFiles;
  for (std::size_t i = 0; i < count; i++)
    files.push_back({kNotesFolder + std::to_string(i) + ".json", "{"});
  for (auto& [url, entry] : entries) {
    std::string& file = files[shard_of(Str(url), std::uint32_t(count))].bytes;
    file += (file.size() > 1 ? ",\n" : "") + entry;
  }
  for (MadeFile& file : files) file.bytes += "}\n";
  return files;
}

void add_note_links(Text& manifest, const std::vector<MadeFile>& files) {
  if (files.size()) add_to_manifest(manifest, Str("\"notes\":" + std::to_string(files.size())));
}

}  // namespace meridian::cli
