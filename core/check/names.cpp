#include "names.h"

namespace meridian::check {

namespace {
// Longer names are not compared.
constexpr int kMaxName = 60;
constexpr std::uint32_t kMaxNames = 2000;
}  // namespace

int distance(Str a, Str b, int most) {
  int rows = int(a.size()), columns = int(b.size());
  if (rows > kMaxName || columns > kMaxName || rows - columns > most || columns - rows > most)
    return most + 1;
  int lines[3][kMaxName + 1];
  int *before = lines[0], *last = lines[1], *now = lines[2];
  for (int j = 0; j <= columns; j++) last[j] = j;
  for (int i = 1; i <= rows; i++) {
    now[0] = i;
    for (int j = 1; j <= columns; j++) {
      bool same = lower(a[std::size_t(i - 1)]) == lower(b[std::size_t(j - 1)]);
      int least = last[j - 1] + !same;
      if (last[j] + 1 < least) least = last[j] + 1;
      if (now[j - 1] + 1 < least) least = now[j - 1] + 1;
      bool exchanged = i > 1 && j > 1 && a[std::size_t(i - 1)] == b[std::size_t(j - 2)] &&
                       a[std::size_t(i - 2)] == b[std::size_t(j - 1)];
      if (exchanged && before[j - 2] + 1 < least) least = before[j - 2] + 1;
      now[j] = least;
    }
    int* oldest = before;
    before = last, last = now, now = oldest;
  }
  return last[columns] > most ? most + 1 : last[columns];
}

int max_distance(Str word) { return word.size() < 4 ? 0 : word.size() < 8 ? 1 : 2; }

void Nearest::consider(Str name) {
  if (name == word_ || name.size() < 3) return;
  int far = distance(word_, name, best_ - 1);
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
