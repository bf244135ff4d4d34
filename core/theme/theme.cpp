// Lookup in what embed.py packed.
#include "meridian/theme.h"

namespace meridian::theme {
namespace {

#include "theme_files.inc"

/// The file that begins at `at`, which then stands behind it.
File take(const char*& at) {
  const char* feed = static_cast<const char*>(std::memchr(at, '\n', kFiles + sizeof kFiles - at));
  const Str data(feed + 1);  // ends in a zero
  const Str path(at, feed - at);
  at = data.data() + data.size() + 1;
  return {path, data};
}

}  // namespace

int count() { return kFileCount; }

File at(int i) {
  MERIDIAN_ASSERT(0 <= i && i < kFileCount);
  const char* next = kFiles;
  while (i-- > 0) take(next);
  return take(next);
}

Str find(Str path) {
  const char* next = kFiles;
  for (int i = 0; i < kFileCount; ++i) {
    const File file = take(next);
    if (file.path == path) return file.data;
  }
  return {};
}

}  // namespace meridian::theme
