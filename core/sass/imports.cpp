// The file that an import means.
#include "candidates.h"
#include "context.h"

namespace meridian::sass {

namespace {
/// dart-sass reads CSS only where there is no Sass, and no file without one of these extensions.
void prefer_sass(List<Str>& found) {
  std::uint32_t kept = 0;
  for (int css = 0; css < 2 && !kept; css++)
    for (Str path : found)
      if (css ? path.ends_with(".css") : path.ends_with(".scss") || path.ends_with(".sass"))
        found[kept++] = path;
  found.size = kept;
}
}  // namespace

List<Str> Context::find(Str from, Str address) {
  List<Str> found;
  for (std::uint32_t i = 0; i <= options.load_paths.size && found.empty(); i++) {
    List<Str> paths;
    std::uint32_t indexes;
    add_candidates(arena, i ? options.load_paths[i - 1] : folder_of(from), address, paths, indexes);
    for (std::uint32_t n = 0; n < paths.size; n++) {
      if (n == indexes && !found.empty()) break;
      if (files.read(files.context, paths[n], nullptr)) found.add(arena, paths[n]);
    }
    if (dart()) prefer_sass(found);
  }
  return found;
}

Str Context::resolve(const Place& at, Str address) {
  List<Str> found = find(at.sheet ? at.sheet->source.path : options.path, address);
  if (found.empty()) {
    fail(at,
         dart() ? Str("Can't find stylesheet to import.")
                : arena.join("File to import not found or unreadable: ", address, "."),
         "check the path, and the load paths");
    return {};
  }
  if (found.size > 1) {
    Text message;
    message.add("It's not clear which file to import for '@import \"");
    message.add(address);
    message.add("\"'.\nCandidates: ");
    for (std::uint32_t n = 0; n < found.size; n++) {
      if (n) message.add(", ");
      message.add(found[n]);
    }
    fail(at, message.str(), "delete or rename all but one of these files");
  }
  return found[0];
}

}  // namespace meridian::sass
