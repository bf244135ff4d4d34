#include "made_files.h"

namespace meridian::cli {

bool is_numbered_json(const std::string& name) {
  auto end = name.find_first_not_of("0123456789");
  return end && end != name.npos && name.compare(end, name.npos, ".json") == 0;
}

void add_to_manifest(Text& manifest, Str entry) {
  std::size_t end = manifest.str().rfind('}');
  Text added;
  added.add(',');
  added.add(entry);
  if (end != Str::npos) manifest.insert(end, added.str());
}

}  // namespace meridian::cli
