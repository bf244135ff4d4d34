// TOML, as settings and front matter of strangers' sites have it. Whatever is read has tables
// alone at its root, is nested no deeper than its limit, and is the same when it is read again.
#include "fuzz.h"
#include "import/toml.h"

using namespace meridian;

namespace {
constexpr int kMostNesting = 101;  // the root, and a hundred levels

void expect_depth(const Value& value, int depth) {
  fuzz::expect(depth <= kMostNesting, "values are nested no deeper than the limit");
  if (const Map* map = value.map())
    for (const Map::Entry& entry : *map) expect_depth(entry.value, depth + 1);
  if (const Array* array = value.array())
    for (const Value& item : *array) expect_depth(item, depth + 1);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Source source{"a.toml", fuzz::text(data, size)};
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value, again;
  bool ok = cli::hugo::read_toml(source, 0, size, arena, value, diagnostics);
  fuzz::expect(ok == (diagnostics.size() == 0), "an error has a diagnostic");
  fuzz::expect(ok ? value.map() != nullptr : value.nil(), "the root is a table");
  expect_depth(value, 0);
  fuzz::expect(cli::hugo::read_toml(source, 0, size, arena, again, diagnostics) == ok,
               "a second read has the same result");
  Text first, second;
  inspect(value, first);
  inspect(again, second);
  fuzz::expect(first.str() == second.str(), "a second read has the same values");
  return 0;
}
