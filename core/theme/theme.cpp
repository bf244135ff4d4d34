// Look-up in the packs that embed.py makes.
#include "meridian/theme.h"

namespace meridian::theme {
namespace {

/// The packs that add() was given; at first, the one that is linked in. The browser has
/// eight: theme, more, words, publications, publications-words, plugins, extras, emoji.
struct Packs {
  Str of[9] = {embedded()};
};
Packs packs;

}  // namespace

void add(Str files) {
  std::memmove(packs.of + 1, packs.of, sizeof packs.of - sizeof files);
  packs.of[0] = files;
}

bool next_file(Str& rest, File& file) {
  if (rest.empty()) return false;
  const std::size_t end = rest.find('\0'), feed = rest.find('\n');
  file = {slice(rest, 0, feed), slice(rest, feed + 1, end)};
  rest = end == Str::npos ? Str() : slice(rest, end + 1);
  return true;
}

Str find(Str path) {
  File file;
  for (Str rest : packs.of)
    while (next_file(rest, file))
      if (file.path == path) return file.data;
  return {};
}

}  // namespace meridian::theme
