// Suggestions for an unknown name.
#include "meridian/text.h"
#include "meridian/travel.h"

namespace meridian::travel {

namespace {
constexpr std::size_t kMaxBytes = 64;

/// Letters inserted, left out, replaced or two exchanged (optimal string alignment); more than
/// `limit` is limit + 1.
std::uint32_t distance(Str a, Str b, std::uint32_t limit) {
  if (a.size() > kMaxBytes || b.size() > kMaxBytes || a.size() > b.size() + limit ||
      b.size() > a.size() + limit)
    return limit + 1;
  std::uint8_t rows[3][kMaxBytes + 1] = {};
  for (std::size_t j = 0; j <= b.size(); j++) rows[0][j] = std::uint8_t(j);
  for (std::size_t i = 1; i <= a.size(); i++) {
    std::uint8_t *row = rows[i % 3], *before = rows[(i + 2) % 3], *second = rows[(i + 1) % 3],
                 least = row[0] = std::uint8_t(i);
    for (std::size_t j = 1; j <= b.size(); j++) {
      int best = before[j - 1] + (a[i - 1] != b[j - 1]);
      if (before[j] + 1 < best) best = before[j] + 1;
      if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
          second[j - 2] + 1 < best)
        best = second[j - 2] + 1;
      row[j] = std::uint8_t(best);
      if (row[j] < least) least = row[j];
    }
    if (least > limit) return limit + 1;
  }
  return rows[a.size() % 3][b.size()];
}
}  // namespace

void Gazetteer::suggest(Str key, Arena& arena, List<Str>& out) const {
  struct Choice {
    const Record* record;
    std::uint32_t distance;
  } best[Answer::kMaxSuggestions];
  std::uint32_t count = 0, limit = key.size() < 4 ? 0 : key.size() < 7 ? 1 : 2;
  auto compare_all = [&](const Shard& shard) {
    for (const Record& record : shard.records) {
      std::uint32_t away = distance(key, record.key, limit);
      if (away > limit) continue;
      bool known = false;
      for (std::uint32_t i = 0; i < count; i++) known |= best[i].record->name == record.name;
      if (known) continue;
      // The nearest first, of those the largest.
      std::uint32_t at = count < Answer::kMaxSuggestions ? count++ : count;
      for (; at && (best[at - 1].distance > away ||
                    (best[at - 1].distance == away &&
                     best[at - 1].record->population < record.population));
           at--)
        if (at < Answer::kMaxSuggestions) best[at] = best[at - 1];
      if (at < Answer::kMaxSuggestions) best[at] = {&record, away};
    }
  };
  compare_all(top_);
  for (std::uint32_t i = 0; i < shard_count_; i++) compare_all(shards_[i]);
  for (std::uint32_t i = 0; i < count; i++) out.add(arena, best[i].record->name);
}

}  // namespace meridian::travel
