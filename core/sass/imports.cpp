// The file that an import means.
#include "candidates.h"
#include "context.h"

namespace meridian::sass {

Str Context::resolve(Place at, Str address) {
  Str from = at.sheet ? at.sheet->source.path : options.path;
  for (std::uint32_t i = 0; i <= options.load_paths.size; i++) {
    List<Str> paths, found;
    std::uint32_t indexes;
    add_candidates(arena, i ? options.load_paths[i - 1] : folder_of(from), address, paths, indexes);
    for (std::uint32_t n = 0; n < paths.size; n++) {
      if (n == indexes && !found.empty()) break;
      if (files.read(files.context, paths[n], nullptr)) found.add(arena, paths[n]);
    }
    if (found.empty()) continue;
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
  fail(at, arena.join("File to import not found or unreadable: ", address, "."),
       "check the path, and the load paths");
  return {};
}

}  // namespace meridian::sass
