// The gazetteer's files: which are loaded, which are requested; and its table of countries.
#include "meridian/text.h"
#include "meridian/travel.h"
#include "shard.h"

namespace meridian::travel {

namespace {
constexpr Name kFolder = "places/", kIndex = "index.bin", kTop = "top.bin",
               kRegions = "regions-0.bin", kPacked = ".bin#";
constexpr std::size_t kGroupDigit = 8;
constexpr char kHex[] = "0123456789abcdef";
}  // namespace

Str name_of(Continent continent) {
  static constexpr Name kNames[] = {"Africa",        "Antarctica", "Asia",         "Europe",
                                    "North America", "Oceania",    "South America"};
  return kNames[unsigned(continent)];
}

Gazetteer::Gazetteer(const Options& options) : options_(options) {}

Gazetteer::Shard* Gazetteer::file_of(Str file) {
  if (!file.starts_with(kFolder)) return nullptr;
  file.remove_prefix(kFolder.size());
  if (file == kIndex) return &index_;
  if (file == kTop) return &top_;
  if (file.size() == kRegions.size() && file.starts_with("regions-")) {
    std::uint32_t group = std::uint32_t(file[kGroupDigit] - '0');
    return group < kGroups ? groups_ + group : nullptr;
  }
  if (file.empty() || !file.substr(1).starts_with(kPacked)) return nullptr;
  int pack = hex_digit(file[0]);
  std::int64_t start = parse_int(file.substr(1 + kPacked.size()));
  if (pack < 0) return nullptr;
  for (std::uint32_t i = 0, number = std::uint32_t(pack) * kPack; i < kPack; i++, number++)
    if (number < shard_count_ && shards_[number].start == start) return shards_ + number;
  return nullptr;
}

bool Gazetteer::put(Str file, Str bytes) {
  Shard* shard = file_of(file);
  // Nothing can be read without the index, which may come later: then the file is requested again.
  if (!shard || (shard != &index_ && index_.state != State::Loaded)) return false;
  if (shard->state == State::Loaded) return true;
  if (shard == &index_ ? read_index(bytes)
      : shard >= groups_ && shard < groups_ + kGroups
          ? read_regions(bytes, std::uint32_t(shard - groups_))
          : read_shard(bytes, *shard)) {
    shard->state = State::Loaded;
    return true;
  }
  shard->state = State::Unavailable;
  shard->records = {};
  shard->aliases = {};
  if (shard == &index_) shard_count_ = countries_.size = country_keys_.size = 0;
  return false;
}

List<Str> Gazetteer::needs(Arena& arena) const {
  List<Str> files;
  auto add_if_requested = [&](const Shard& shard, Str name) {
    if (shard.state == State::Requested) files.add(arena, arena.join(kFolder, name));
  };
  add_if_requested(index_, kIndex);
  add_if_requested(top_, kTop);
  for (std::uint32_t i = 0; i < kGroups; i++) {
    char name[kRegions.size()];
    std::memcpy(name, kRegions.data(), sizeof name);
    name[kGroupDigit] = char('0' + i);
    add_if_requested(groups_[i], Str(name, sizeof name));
  }
  for (std::uint32_t i = 0; i < shard_count_; i++)
    if (shards_[i].state == State::Requested) files.add(arena, name_of_shard(i, arena));
  return files;
}

Str Gazetteer::name_of_shard(std::uint32_t number, Arena& arena) const {
  const Shard& shard = shards_[number];
  Text file;
  file.add(kFolder);
  file.add(kHex[number / kPack]);
  file.add(kPacked);
  file.add_int(shard.start);
  file.add('-');
  file.add_int(shard.start + shard.size - 1);
  return arena.copy(file.str());
}

List<Str> Gazetteer::shards(Arena& arena) const {
  List<Str> files;
  for (std::uint32_t i = 0; i < shard_count_; i++) files.add(arena, name_of_shard(i, arena));
  return files;
}

int Gazetteer::find_country(Str key) const {
  std::uint32_t hash = hash_of(key);
  for (const Key& known : country_keys_)
    if (known.hash == hash) return known.country;
  return -1;
}

const Country* Gazetteer::country(Str name) const {
  Arena arena;
  int found = find_country(key(name, arena));
  return found < 0 ? nullptr : &countries_[std::uint32_t(found)];
}

}  // namespace meridian::travel
