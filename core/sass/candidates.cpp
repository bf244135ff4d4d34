// Where the file of an import may lie. The core links this and find_imports.cpp without the
// compiler.
#include "candidates.h"

namespace meridian::sass {

namespace {
constexpr const char* kExtensions[] = {".scss", ".sass", ".css"};

/// Joins a folder and an address, and resolves `.` and `..`; a path that would leave the site's
/// root is cut at it.
Str join_paths(Arena& arena, Str folder, Str address) {
  Text path;
  auto add = [&path](Str text) {
    for (Str rest = text, part; next_piece(rest, '/', part);) {
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        std::size_t slash = path.str().rfind('/');
        path.truncate(slash == Str::npos ? 0 : slash);
        continue;
      }
      if (!path.empty()) path.add('/');
      path.add(part);
    }
  };
  if (!address.starts_with("/")) add(folder);
  add(address);
  return arena.copy(path.str());
}
}  // namespace

Str folder_of(Str path) {
  std::size_t slash = path.rfind('/');
  return slash == Str::npos ? Str() : path.substr(0, slash);
}

void add_candidates(Arena& arena, Str folder, Str address, List<Str>& paths,
                    std::uint32_t& indexes) {
  Str whole = join_paths(arena, folder, address);
  Str inner = folder_of(whole);
  Str name = inner.empty() ? whole : whole.substr(inner.size() + 1);
  Str base = inner.empty() ? Str() : arena.join(inner, "/");
  auto add = [&arena, &paths](Str stem, Str mark, Str rest, Str extension) {
    paths.add(arena, arena.join(stem, mark, rest, extension));
  };
  add(whole, "", "", "");
  add(base, "_", name, "");
  for (Str mark : {"_", ""})
    for (const char* extension : kExtensions) add(base, mark, name, extension);
  indexes = paths.size;
  for (const char* extension : kExtensions)
    if (name.ends_with(extension)) return;
  for (Str index : {"/_index", "/index"})
    for (const char* extension : kExtensions) add(whole, index, "", extension);
}

void candidates(Arena& arena, Str from, Str address, const List<Str>& load_paths,
                List<Str>& paths) {
  std::uint32_t indexes;
  add_candidates(arena, folder_of(from), address, paths, indexes);
  for (Str folder : load_paths) add_candidates(arena, folder, address, paths, indexes);
}

}  // namespace meridian::sass
