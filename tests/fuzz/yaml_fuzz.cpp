// YAML: any bytes are a data file. What is read is copied and printed in every way, and read again
// to the same value.
#include "fuzz.h"
#include "meridian/yaml.h"

using namespace meridian;

namespace {
/// Bytes of a value that is copied and printed. Aliases of aliases make values of any size from few
/// bytes; the core's own limits end them too, but only after seconds under the sanitizers.
constexpr std::size_t kMostPrinted = 1 << 20;

/// Takes a value, with what its aliases repeat, off `left` bytes. Returns whether it fits.
bool fits(const Value& value, std::size_t& left) {
  const std::size_t size = sizeof value + (value.is_string() ? value.str().size() : 0);
  if (size > left) return false;
  left -= size;
  if (value.is(Kind::Array))
    for (const Value& item : *value.a)
      if (!fits(item, left)) return false;
  if (value.is(Kind::Map))
    for (const Map::Entry& e : *value.m)
      if (!fits(e.key, left) || !fits(e.value, left)) return false;
  return true;
}

void read(Str text, Text& out) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  bool ok = yaml::parse(Source{"data.yml", text}, arena, value, diagnostics);
  fuzz::expect(ok != diagnostics.has_errors(), "a value, or what is wrong");
  for (const Diagnostic& d : diagnostics) {
    fuzz::expect(d.line > 0 && d.column > 0, "a mistake has its place");
    print(d, out);
  }
  std::size_t left = kMostPrinted;
  if (!fits(value, left)) return;
  inspect(copy(arena, value), out);
  print(value, out);
  print_json(value, out);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Text once, again;
  read(fuzz::text(data, size), once);
  read(fuzz::text(data, size), again);
  fuzz::expect(once.str() == again.str(), "the second time is different");
  return 0;
}
