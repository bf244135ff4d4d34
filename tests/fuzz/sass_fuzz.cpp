// Sass: the first byte chooses style and syntax. Behind each zero byte is another file: a line with
// its path, then its text.
#include "fuzz.h"
#include "meridian/sass.h"

using namespace meridian;

namespace {

bool read(void* data, Str path, Str* text) {
  Str rest = *static_cast<Str*>(data);
  for (std::size_t from = rest.find('\0'); from != Str::npos;) {
    rest = rest.substr(from + 1);
    from = rest.find('\0');
    Str file = rest.substr(0, from);
    std::size_t line = file.find('\n');
    if (file.substr(0, line) != path) continue;
    if (text) *text = line == Str::npos ? Str() : file.substr(line + 1);
    return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  limits.steps.most = 20'000;
  limits.output.most = 1 << 18;
  max_memory = 32 << 20;
  Str files = fuzz::text(data + 1, size - 1);
  Str source = files.substr(0, files.find('\0'));
  Arena arena;
  sass::Options options;
  options.style = sass::Style(data[0] & 3);
  options.indented = data[0] & 4;
  options.path = options.indented ? "entry.sass" : "entry.scss";
  options.load_paths.add(arena, "_sass");
  Diagnostics found(arena), found_again(arena);
  Text css, again;
  bool made = sass::compile(source, options, {read, &files}, css, found);
  bool made_again = sass::compile(source, options, {read, &files}, again, found_again);
  fuzz::expect(made == made_again && css.str() == again.str(), "the second time is different");
  fuzz::expect(made || css.str().empty(), "a sheet that fails has no CSS");
  fuzz::expect(made || found.begin() != found.end(), "a sheet that fails has no diagnostic");
  List<sass::Import> imports;
  sass::find_imports(arena, source, options.indented, imports);
  for (const sass::Import& import : imports) {
    List<Str> paths;
    sass::candidates(arena, options.path, import.address, options.load_paths, paths);
  }
  return 0;
}
