// Compiles a bundle: apart from bundle.cpp, so that the core, which packs bundles, does not link
// the compiler.
#include "bundle.h"

namespace meridian::sass {

namespace {
/// The files in the order of their paths.
using FileList = List<const Source*>;

bool read(void* context, Str path, Str* text) {
  const FileList& table = *static_cast<FileList*>(context);
  std::uint32_t begin = 0, end = table.size;
  while (begin < end) {
    std::uint32_t middle = (begin + end) / 2;
    const Source& file = *table[middle];
    if (file.path == path) {
      if (text) *text = file.text;
      return true;
    }
    if (file.path < path)
      begin = middle + 1;
    else
      end = middle;
  }
  return false;
}
}  // namespace

bool compile(const Bundle& bundle, Text& css, Diagnostics& diagnostics) {
  Arena arena;
  FileList table;
  for (const Source& file : bundle.files) table.add(arena, &file);
  stable_sort(table.begin(), table.size,
              [](const Source* x, const Source* y) { return x->path < y->path; });
  return compile(bundle.text, bundle.options, Files{read, &table}, css, diagnostics);
}

}  // namespace meridian::sass
