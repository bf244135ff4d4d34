// Style sheets in Sass (Jekyll::Converters::Scss of jekyll-sass-converter 2.2): the options below
// `sass:` in the configuration, and the files that a sheet imports. The compiler is a module of its
// own in the browser.
#include "meridian/site_modules.h"
#include "model/glob.h"
#include "render/renderer.h"

namespace meridian::site {

namespace {
// Imported files of one sheet. Large frameworks have two hundred.
constexpr std::uint32_t kMaxImported = 2000;
// Folders in which imports are searched; a pattern may match every folder of the site.
constexpr std::uint32_t kMaxLoadPaths = 100;

SassCompiler sass_compiler = nullptr;

bool is_indented(Str path) { return extension_of(path) == ".sass"; }

/// Reads the files that a sheet imports, directly or through another one.
struct Imports {
  Renderer& r;
  const List<Str>& load_paths;
  List<Source> files;
  Map taken{&r.arena};

  /// False when too many files are imported.
  bool collect(Str text, Str path, bool indented) {
    if (!add_imports(text, path, indented)) return false;
    for (std::uint32_t i = 0; i < files.size; i++) {
      Source file = files[i];  // the list grows
      if (!add_imports(file.text, file.path, is_indented(file.path))) return false;
    }
    return true;
  }

 private:
  bool add_imports(Str text, Str from, bool indented) {
    List<sass::Import> imports;
    sass::find_imports(r.arena, text, indented, imports);
    for (const sass::Import& import : imports) {
      List<Str> paths;
      sass::candidates(r.arena, from, import.address, load_paths, paths);
      if (!add_first(paths)) return false;
    }
    return true;
  }

  /// Adds the first file that exists, and its rivals in the same folder: two files for one address
  /// are an error, which the compiler reports.
  bool add_first(const List<Str>& paths) {
    Str folder;
    bool found = false;
    for (Str path : paths) {
      if (found && folder_of(path) != folder) return true;
      if (r.presence_of(path) < Presence::Listed) continue;
      found = true;
      folder = folder_of(path);
      if (!add(path)) return false;
    }
    if (!found) try_likeliest(paths);
    return true;
  }

  bool add(Str path) {
    if (taken.find(path)) return true;
    taken.set(path, true);
    File* f = r.load(path);
    if (f) files.add(r.arena, Source{f->source.path, f->source.text});
    return files.size <= kMaxImported;
  }

  /// Without a list of the host's files each path must be tried. They are tried one by one, as each
  /// one that is missing is an error in the browser's console: first partials in SCSS, in the last
  /// load path, which is `sass_dir`.
  void try_likeliest(const List<Str>& paths) {
    Str likeliest;
    int most = -1;
    for (Str path : paths) {
      if (r.presence_of(path) != Presence::Unknown) continue;
      Str name = file_name(path);
      int likely = 4 * (extension_of(path) == ".scss") +
                   2 * starts_with(path, load_paths[load_paths.size - 1]) +
                   (char_at(name, 0) == '_' && !starts_with(name, "_index."));
      if (likely > most) most = likely, likeliest = path;
    }
    if (most >= 0) r.need(likeliest);
  }
};

/// A folder as it is configured, from the site's root; nothing outside of it can be read.
Str sanitized_folder(Arena& arena, Str folder) {
  return without_slashes(without_last(sanitized_url(arena, folder), '/'));
}

/// Where imports are searched: in the site's root, `load_paths`, `sass_dir`, the theme's `_sass`
/// (Scss#sass_load_paths).
List<Str> load_paths_of(Renderer& r, const Value& options) {
  List<Str> paths;
  paths.add(r.arena, "");
  auto add = [&](Str folder) {
    for (Str known : paths)
      if (known == folder) return;
    if (paths.size < kMaxLoadPaths) paths.add(r.arena, folder);
  };
  auto add_each = [&](const Value& v) {
    Str given = to_str(r.arena, v);
    Str pattern = sanitized_folder(r.arena, given);
    if (!has_glob(pattern)) return add(pattern);
    for (File* f = r.files.first(); f; f = f->next)
      for (Str folder = folder_of(f->source.path); !folder.empty(); folder = folder_of(folder))
        if (f->presence >= Presence::Listed && matches(pattern, folder, true)) add(folder);
  };
  const Value& given = get(options, "load_paths");
  if (Array* list = given.array())
    for (const Value& v : *list) add_each(v);
  else if (!given.nil())
    add_each(given);
  Str folder = to_str(r.arena, get(options, "sass_dir"));
  add(folder.empty() ? Str("_sass") : sanitized_folder(r.arena, folder));
  if (!r.site.gem_theme_.empty()) add(r.arena.join(r.site.gem_theme_, "_sass"));
  return paths;
}

/// `compact` where none is configured, as with sassc.
sass::Style style_of(Arena& arena, const Value& options) {
  Str name = to_str(arena, get(options, "style"));
  if (starts_with(name, ":")) name.remove_prefix(1);
  int number = one_of(name, "nested expanded compact compressed");
  return number < 0 ? sass::Style::Compact : sass::Style(number);
}

/// The sheet without the byte order mark by which compressed output says that it is not ASCII
/// (Scss#sass_convert).
void add_sheet(Text& out, Str css, bool charset) {
  constexpr Name kMark = "\xEF\xBB\xBF";
  if (starts_with(css, kMark)) {
    css.remove_prefix(kMark.size());
    if (charset) out.add("@charset \"UTF-8\";");
  }
  out.add(css);
}
/// The compiler sees the text below them.
std::uint32_t lines_of_front_matter(const File& f) {
  if (!f.front.matched) return 0;
  Str text = f.source.text;
  std::uint32_t lines = 0;
  for (const char* at = text.data(); at != f.front.body.data(); at++) lines += *at == '\n';
  return lines;
}
}  // namespace

void set_sass(SassCompiler compiler) { sass_compiler = compiler; }

bool Renderer::sass(Str text, Str name, bool indented, Text& css, Diagnostics& found) {
  const Value& configured = site.config_->get("sass");
  sass::Options options;
  options.style = style_of(arena, configured);
  options.indented = indented;
  options.path = name;
  options.load_paths = load_paths_of(*this, configured);

  Imports imports{*this, options.load_paths, {}};
  bool few = imports.collect(text, name, indented);
  if (needs.any()) return false;
  Text sheet;
  if (!few)
    found.add({Severity::Error, Rule::StyleSheet}, name, "the sheet imports more than 2000 files",
              "import fewer files");
  else if (!sass_compiler || !sass_compiler(text, options, imports.files, sheet, found))
    return needs.sass = true, false;
  add_sheet(css, sheet.str(), get(configured, "add_charset").truthy());
  return true;
}

bool Renderer::style_sheet(const Document& d, Str text, Text& css) {
  Arena work;
  Diagnostics found(work);
  // Jekyll names the sheet as if it lay in the site's root, so its imports are relative to that.
  Str name = file_name(d.path);
  if (!sass(text, name, is_indented(d.path), css, found)) return false;
  std::uint32_t above = lines_of_front_matter(*d.file);
  for (Diagnostic one : found) {
    if (one.file == name) {
      one.file = d.file->source.path;
      if (one.line) one.line += above;
    }
    diagnostics.add(one);
  }
  return true;
}

}  // namespace meridian::site
