// Look-up in the packs that embed.py makes.
#include "meridian/theme.h"

namespace meridian::theme {
namespace {

/// The files of the packs that add() was given, and before them of the one that is linked in.
struct Files {
  Arena arena;
  List<File> of;
  Files() { add(embedded()); }
  void add(Str pack) {
    for (File file; next_file(pack, file);)
      if (!file.path.empty()) of.add(arena, file);
  }
};
Files files;

}  // namespace

void add(Str pack) { files.add(pack); }

bool next_file(Str& rest, File& file) {
  if (rest.empty()) return false;
  const std::size_t end = rest.find('\0'), feed = rest.find('\n');
  file = {slice(rest, 0, feed), slice(rest, feed + 1, end)};
  rest = end == Str::npos ? Str() : slice(rest, end + 1);
  return true;
}

Str find(Str path) {
  for (std::uint32_t i = files.of.size; i--;)
    if (files.of[i].path == path) return files.of[i].data;
  return {};
}

}  // namespace meridian::theme
