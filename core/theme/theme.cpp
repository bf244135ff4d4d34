// Lookup in what embed.py packed: a table sorted by path, one text for all files.
#include "meridian/theme.h"

namespace meridian::theme {
namespace {

struct Entry {
  const char* path;
  unsigned char path_size;
  unsigned short begin;  // where its text begins in kText
  unsigned short size;
};

#include "theme_files.inc"

// Both offsets are 16 bits wide because the budget of the whole theme lies far below.
static_assert(kTextSize < 0x10000);

}  // namespace

int count() { return kFileCount; }

File at(int i) {
  MERIDIAN_ASSERT(0 <= i && i < count());
  const Entry& entry = kFiles[i];
  return {{entry.path, entry.path_size}, {kText + entry.begin, entry.size}};
}

Str find(Str path) {
  int low = 0;
  int high = count();
  while (low < high) {
    const int middle = (low + high) / 2;
    const File file = at(middle);
    const int order = file.path.compare(path);
    if (order == 0) return file.data;
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return {};
}

}  // namespace meridian::theme
