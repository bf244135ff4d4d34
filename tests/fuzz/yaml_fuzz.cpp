// YAML: any bytes are a data file. What is read is copied and printed in every way, and read again
// to the same value.
#include "fuzz.h"
#include "meridian/yaml.h"

using namespace meridian;

namespace {
bool read(Str text, Arena& arena, Text& out) {
  Diagnostics diagnostics(arena);
  Value value;
  bool ok = yaml::parse(Source{"data.yml", text}, arena, value, diagnostics);
  fuzz::expect(ok != diagnostics.has_errors(), "a value, or what is wrong");
  for (const Diagnostic& d : diagnostics) {
    fuzz::expect(d.line > 0 && d.column > 0, "a mistake has its place");
    print(d, out);
  }
  inspect(copy(arena, value), out);
  print(value, out);
  print_json(value, out);
  return ok;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Arena first, second;
  Text once, again;
  read(fuzz::text(data, size), first, once);
  // Aliases of aliases fill the memory when they are copied. What is left of it then, and so the
  // result, is not the same for a second reading beside the first.
  if (memory_held > max_memory / 4) return 0;
  read(fuzz::text(data, size), second, again);
  fuzz::expect(once.str() == again.str(), "the second time is different");
  return 0;
}
