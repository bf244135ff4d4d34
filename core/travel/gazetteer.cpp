// The gazetteer's files: which are loaded, which are requested; and its table of countries.
#include "meridian/text.h"
#include "meridian/travel.h"
#include "shard.h"

namespace meridian::travel {

namespace {
constexpr Name kFolder = "places/", kIndex = "index.bin", kTop = "top.bin",
               kRegions = "regions-0.bin", kShard = "000.bin";
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
    std::uint32_t group = std::uint32_t(file[8] - '0');
    return group < kGroups ? groups_ + group : nullptr;
  }
  if (file.size() != kShard.size()) return nullptr;
  std::uint32_t number = 0;
  for (char c : file.substr(0, 3)) {
    int digit = hex_digit(c);
    if (digit < 0) return nullptr;
    number = number << 4 | std::uint32_t(digit);
  }
  return number < shard_count_ ? shards_ + number : nullptr;
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
  *shard = {State::Unavailable, {}, {}};
  if (shard == &index_) shard_count_ = countries_.size = country_keys_.size = 0;
  return false;
}

List<Str> Gazetteer::needs(Arena& arena) const {
  List<Str> files;
  auto add_if_requested = [&](const Shard& shard, Name name, std::uint32_t number,
                              std::uint32_t digits) {
    if (shard.state != State::Requested) return;
    Text file;
    file.add(kFolder);
    file.add(name);
    // The digits precede the extension.
    for (std::uint32_t i = 0; i < digits; i++, number >>= 4)
      file.data()[file.size() - 5 - i] = kHex[number & 15];
    files.add(arena, arena.copy(file.str()));
  };
  add_if_requested(index_, kIndex, 0, 0);
  add_if_requested(top_, kTop, 0, 0);
  for (std::uint32_t i = 0; i < kGroups; i++) add_if_requested(groups_[i], kRegions, i, 1);
  for (std::uint32_t i = 0; i < shard_count_; i++) add_if_requested(shards_[i], kShard, i, 3);
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
