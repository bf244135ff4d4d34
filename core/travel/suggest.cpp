// Suggestions for an unknown name.
#include "meridian/text.h"
#include "meridian/travel.h"

namespace meridian::travel {

void Gazetteer::suggest(Str key, Arena& arena, List<Str>& out) const {
  struct Choice {
    const Record* record;
    int distance;
  } best[Answer::kMaxSuggestions];
  std::uint32_t count = 0;
  const int limit = key.size() < 4 ? 0 : key.size() < 7 ? 1 : 2;
  auto compare_all = [&](const Shard& shard) {
    for (const Record& record : shard.records) {
      const int away = edit_distance<true>(key, record.key, limit);
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
