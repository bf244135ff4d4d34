// make_html_entities.py generates the table from md4c's entity.c. Its names are in the order of
// their code points, so that the differences of code points are small and compress well.
#include "html_entities.h"

#include "meridian/text.h"
#include "name_index.h"
#include "part.h"

namespace meridian::markdown {

namespace {

/// Names in a row that share their second code point (0: they have none).
struct Run {
  std::uint16_t count, second;
};
#include "html_entities.inc"

struct Entity {
  const char* name;
  std::uint32_t size, first, second;
};
Entity entities[kEntityCount];
NameIndex<8192> index;

std::uint16_t& slot_of(Str name) {
  return index.find(name,
                    [](int number) { return Str(entities[number].name, entities[number].size); });
}

void build() {
  const char* name = kEntityNames;
  const unsigned char* step = kEntitySteps;
  std::uint16_t number = 0;
  for (const Run& run : kEntityRuns) {
    std::uint32_t first = 0;
    for (int left = run.count; left; left--) {
      int shift = 0;
      do {
        first += std::uint32_t(*step & 127) << shift;
        shift += 7;
      } while (*step++ & 128);
      const char* end = name;
      while (*end != ' ') end++;
      entities[number] = {name, std::uint32_t(end - name), first, run.second};
      std::uint16_t& slot = slot_of(Str(name, std::size_t(end - name)));
      slot = ++number;
      name = end + 1;
    }
  }
}

std::uint32_t parse_number(Str digits, unsigned base) {
  std::uint32_t n = 0;
  for (char c : digits) {
    unsigned digit = is_digit(c) ? unsigned(c - '0') : unsigned(lower(c) - 'a' + 10);
    if (n < 0x110000) n = n * base + digit;  // past the last character it stays there
  }
  return n ? n : 0xFFFD;
}

}  // namespace

void add_character_reference(Text& out, Str reference) {
  MERIDIAN_ASSERT(reference.size() > 2);
  Str name = part(reference, 1, reference.size() - 2);
  if (name[0] == '#') {
    bool hex = name.size() > 1 && lower(name[1]) == 'x';
    add_utf8(out, parse_number(part(name, hex ? 2 : 1), hex ? 16 : 10));
    return;
  }
  if (!entities[0].first) build();
  std::uint16_t slot = slot_of(name);
  if (!slot) {
    out.add(reference);
    return;
  }
  add_utf8(out, entities[slot - 1].first);
  if (entities[slot - 1].second) add_utf8(out, entities[slot - 1].second);
}

}  // namespace meridian::markdown
