// Which file an import means.
#include "context.h"
#include "match.h"

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

Str folder_of(Str path) {
  std::size_t slash = path.rfind('/');
  return slash == Str::npos ? Str() : path.substr(0, slash);
}

/// The candidates in one folder; the last ones, from `indexes` on, count when no other exists.
void add_candidates(Arena& arena, Str folder, Str address, List<Str>& paths,
                    std::uint32_t& indexes) {
  Str whole = join_paths(arena, folder, address);
  Str inner = folder_of(whole);
  Str name = inner.empty() ? whole : whole.substr(inner.size() + 1);
  Str base = inner.empty() ? Str() : arena.join(inner, "/");
  auto add = [&arena, &paths](std::initializer_list<Str> parts) {
    paths.add(arena, arena.join(parts));
  };
  add({whole});
  add({base, "_", name});
  for (const char* extension : kExtensions) add({base, "_", name, extension});
  for (const char* extension : kExtensions) add({base, name, extension});
  indexes = paths.size;
  for (const char* extension : kExtensions)
    if (name.ends_with(extension)) return;
  for (const char* extension : kExtensions) add({whole, "/_index", extension});
  for (const char* extension : kExtensions) add({whole, "/index", extension});
}
}  // namespace

void candidates(Arena& arena, Str from, Str address, const List<Str>& load_paths,
                List<Str>& paths) {
  std::uint32_t indexes;
  add_candidates(arena, folder_of(from), address, paths, indexes);
  for (Str folder : load_paths) add_candidates(arena, folder, address, paths, indexes);
}

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

void find_imports(Arena& arena, Str text, bool indented, List<Import>& imports) {
  Options options;
  Files none{[](void*, Str, Str*) { return false; }, nullptr};
  Diagnostics diagnostics(arena);
  Context context(arena, options, none, diagnostics);
  const char* begin = context.sheet("", text, indented)->text.data();
  for (const char* p = begin; *p;) {
    const char* next = match::line_comment(p);
    if (!next) next = match::block_comment(p);
    if (!next) next = match::quoted_string(p);
    if (!next) next = match::interpolant(p);
    if (next) {
      p = next;
      continue;
    }
    const char* word = nullptr;
    for (const char* rule : {"@import", "@use", "@forward"})
      if (!word && *p == '@') word = match::word(p, rule);
    if (!word) {
      p++;
      continue;
    }
    bool several = p[1] == 'i';
    std::uint32_t first = imports.size;
    for (p = word;; p++) {
      p = match::optional_comments(p);
      const char* end = match::quoted_string(p);
      if (end) {
        Str address = unquote(arena, Str(p, std::size_t(end - p)));
        bool css = address.ends_with(".css") || address.starts_with("//") ||
                   address.find("://") != Str::npos || address.starts_with("sass:");
        if (!css) imports.add(arena, {address, std::size_t(p - begin)});
        p = end;
      } else if ((end = match::parentheses(p)) || (end = match::uri(p))) {
        p = end;
      }
      p = match::optional_comments(p);
      if (*p == ',' && several) continue;
      // What follows, but for the end of the statement, are media queries: left to the browser.
      if (several && *p && *p != ';' && *p != '}' && end) imports.size = first;
      break;
    }
  }
}

}  // namespace meridian::sass
