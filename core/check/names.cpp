#include "names.h"

namespace meridian::check {

namespace {
constexpr std::uint32_t kMaxNames = 2000;
constexpr std::size_t kShortKey = 4;

/// Whether two words differ only by an exchange of two letters.
bool is_exchange(Str a, Str b) {
  if (a.size() != b.size()) return false;
  std::size_t at = 0;
  while (at < a.size() && a[at] == b[at]) at++;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         a.substr(at + 2) == b.substr(at + 2);
}
}  // namespace

int max_distance(Str word) { return word.size() < 4 ? 0 : word.size() < 8 ? 1 : 2; }

bool may_be_misspelt(Str known, Str word) {
  return known.size() > kShortKey || equal_ignoring_case(known, word) || is_exchange(known, word);
}

void Nearest::consider(Str name) {
  if (name == word_ || name.size() < 3) return;
  int far = edit_distance<true>(word_, name, best_ - 1);
  if (far < best_) best_ = far, name_ = name;
}

void Nearest::consider_all(Str names) {
  for (Str name; next_piece(names, ' ', name);) consider(name);
}

void Nearest::consider_all(const Map* names) {
  if (!names) return;
  for (std::uint32_t i = 0; i < names->size() && i < kMaxNames; i++)
    if (names->entries[i].key.is_string()) consider(names->entries[i].key.str());
}

}  // namespace meridian::check
