// Lookup in what embed.py packed.
#include "meridian/theme.h"

namespace meridian::theme {
namespace {

/// What use() was given, else what is linked in.
Str& pack() {
  static Str pack = embedded();
  return pack;
}

}  // namespace

void use(Str files) { pack() = files; }
Str files() { return pack(); }

bool take(Str& rest, File& file) {
  if (rest.empty()) return false;
  const std::size_t end = rest.find('\0'), feed = rest.find('\n');
  file = {slice(rest, 0, feed), slice(rest, feed + 1, end)};
  rest = end == Str::npos ? Str() : slice(rest, end + 1);
  return true;
}

Str find(Str path) {
  File file;
  for (Str rest = files(); take(rest, file);)
    if (file.path == path) return file.data;
  return {};
}

}  // namespace meridian::theme
