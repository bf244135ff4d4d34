// Files that the command makes beside a site's sources, for visitors' browsers: parts of an index.
#pragma once
#include <string>
#include <vector>

#include "meridian/base.h"

namespace meridian::cli {

struct MadeFile {
  std::string path;  ///< from the site's root: `meridian/search/h0.bin`
  std::string bytes;
};

/// A folder of them, with its final slash, and the names that they may have there.
struct MadeFolder {
  const char* path;
  bool (*is_made)(const std::string& name);
};

/// Files with the numbers below `count`: `print(i, text)` makes each.
template <class Print>
std::vector<MadeFile> numbered_files(const std::string& folder, std::uint32_t count, Print print) {
  std::vector<MadeFile> files;
  for (std::uint32_t i = 0; i < count; i++) {
    Text text;
    print(i, text);
    files.push_back({folder + std::to_string(i) + ".json", std::string(text.str())});
  }
  return files;
}

/// Whether a file of them may have this name: `12.json`.
bool is_numbered_json(const std::string& name);

/// Says in a manifest that there are some, so that visitors don't have to try: `"key":value`.
void add_to_manifest(Text& manifest, Str entry);

}  // namespace meridian::cli
