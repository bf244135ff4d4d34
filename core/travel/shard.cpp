// The shards: docs/gazetteer.md has the format, data/shards.py writes it.
#include "shard.h"

#include "meridian/text.h"
#include "meridian/travel.h"

namespace meridian::travel {

namespace {
constexpr unsigned kCountBits = 12, kTopBits = 11, kShardBits = 12, kSlotBits = 7,
                   kClosenessBits = 2, kDegreeBits = 16, kHash = 32;
constexpr unsigned kMantissaBits = 10, kExponentBits = 3;
// The fewest bits of a record and of an alias.
constexpr unsigned kLeastRecord = 2 + kMantissaBits + kExponentBits + 2 * kDegreeBits,
                   kLeastAlias = kHash - hash_shift(false) + kClosenessBits + 1 + kTopBits;
/// Bytes: the size of a shard is a multiple.
constexpr std::uint32_t kUnit = 64;
constexpr std::size_t kLongestName = 200;  // bytes; the longest of GeoNames's cities has 84

/// What the byte before says of the next one in a name: a word begins, a vowel, a consonant, a part
/// of a character.
unsigned context_of(char before) {
  if (Str("\0 -'", 4).find(before) != Str::npos) return 0;
  if (Str("AEIOUYaeiouy").find(before) != Str::npos) return 1;
  return before < 0 ? 3 : 2;
}
}  // namespace

std::uint32_t Reader::bits(unsigned count) {
  while (held_bits_ < count) {
    held_ = held_ << 8 | byte();
    held_bits_ += 8;
  }
  held_bits_ -= count;
  return held_ >> held_bits_ & ((1u << count) - 1);
}

Str Reader::take(std::size_t count) {
  if (failed_ || bytes_.size() - at_ < count) {
    failed_ = true;
    return {"", 0};
  }
  at_ += count;
  return {bytes_.data() + at_ - count, count};
}

std::uint32_t Reader::two_bytes() {
  std::uint32_t low = byte();
  return low | std::uint32_t(byte()) << 8;
}

std::uint32_t Reader::number() {
  std::uint32_t value = 0;
  for (unsigned shift = 0; shift < 28; shift += 7) {
    std::uint32_t next = byte();
    value |= (next & 127) << shift;
    if (next < 128) return value;
  }
  failed_ = true;
  return 0;
}

std::int32_t Reader::signed_number() {
  std::uint32_t value = number();
  return std::int32_t(value >> 1) ^ -std::int32_t(value & 1);
}

/// The parts of the shards that several files share.
struct ShardReader : Reader {
  using Code = Gazetteer::Code;
  using Reader::Reader;

  /// Lengths of the codes of `count` symbols, a byte each.
  void read_code(Code& code, std::uint32_t count) {
    Str lengths = take(count);
    std::uint32_t at = 0;
    code = {};
    for (unsigned length = 1; length <= Code::kMaxBits; length++)
      for (std::uint32_t symbol = 0; symbol < lengths.size(); symbol++)
        if (std::uint8_t(lengths[symbol]) == length) {
          code.counts[length]++;
          code.symbols[at++] = std::uint8_t(symbol);
        }
  }

  /// The next symbol. Bits that are no code give the first symbol, and the reader then soon reaches
  /// its end.
  std::uint8_t symbol(const Code& code) {
    std::uint32_t value = 0, first = 0, at = 0;
    for (unsigned length = 1; length <= Code::kMaxBits; length++) {
      value |= bits(1);
      if (std::uint32_t offset = value - first; offset < code.counts[length])
        return code.symbols[at + offset];
      at += code.counts[length];
      first = (first + code.counts[length]) << 1;
      value <<= 1;
    }
    return code.symbols[0];
  }

  Str text() { return take(number()); }
};

bool Gazetteer::read_index(Str bytes) {
  ShardReader in(bytes);
  if (in.take(4) != "MPL2") return false;
  tag_ = in.two_bytes();
  shard_count_ = in.two_bytes();
  std::uint32_t count = in.number();
  if (!in.has(count, 16) || shard_count_ == 0 || shard_count_ > kMaxShards) return false;
  Fold fold{};
  for (; count; count--) {
    fold.code += in.number();
    fold.target += std::uint32_t(in.signed_number());
    folds_.add(arena_, fold);
  }
  for (Code& code : names_) in.read_code(code, 256);
  count = in.number();
  if (count > 255) return false;
  in.read_code(nations_, count);
  Str region_bits = in.take(count), codes = in.take(2 * count), codes3 = in.take(3 * count);
  Str continents = in.take(count), groups = in.take(count), sovereigns = in.take(count);
  if (in.failed()) return false;
  for (std::uint32_t i = 0; i < count; i++) {
    Nation nation{};
    Str rest = arena_.copy(in.text()), name;
    next_piece(rest, '\t', nation.name);
    nation.code = arena_.copy(substring(codes, 2 * i, 2));
    nation.code3 = arena_.copy(substring(codes3, 3 * i, 3));
    nation.continent = Continent(continents[i]);
    nation.group = std::uint8_t(groups[i]);
    nation.sovereign = std::uint8_t(sovereigns[i]) - 1;
    nation.region_bits = std::uint8_t(region_bits[i]);
    if (in.failed() || std::uint8_t(continents[i]) > std::uint8_t(Continent::SouthAmerica) ||
        nation.group >= kGroups || nation.region_bits > 8)
      return false;
    countries_.add(arena_, nation);
    for (Str own : {nation.name, nation.code, nation.code3})
      country_keys_.add(arena_, {hash_of(key(own, arena_)), std::uint8_t(i)});
    while (next_piece(rest, '\t', name))
      country_keys_.add(arena_, {hash_of(name), std::uint8_t(i)});
  }
  shards_ = static_cast<Shard*>(arena_.alloc(shard_count_ * sizeof(Shard)));
  Code sizes;
  count = in.number();
  if (count > 255) return false;
  in.read_code(sizes, count);
  for (std::uint32_t i = 0, start = 0; i < shard_count_; i++) {
    Shard& shard = *new (shards_ + i) Shard;
    if (i % kPack == 0) start = 0;
    shard.start = start;
    shard.size = in.symbol(sizes) * kUnit;
    if (!shard.size) return false;
    start += shard.size;
  }
  return !in.failed();
}

bool Gazetteer::read_regions(Str bytes, std::uint32_t group) {
  ShardReader in(bytes);
  if (in.two_bytes() != tag_) return false;
  for (std::uint32_t count = in.number(); count && !in.failed(); count--) {
    std::uint32_t country = in.byte(), names = in.number();
    if (country >= countries_.size || countries_[country].group != group || !in.has(names, 8))
      return false;
    List<Str> regions;
    for (; names; names--) regions.add(arena_, arena_.copy(in.text()));
    countries_[country].regions = regions;
  }
  return !in.failed();
}

bool Gazetteer::read_shard(Str bytes, Shard& shard) {
  bool popular = &shard == &top_;
  ShardReader in(bytes);
  // Of a host that sends other bytes of the pack than was asked, none may be read.
  if (in.two_bytes() != tag_ || (!popular && bytes.size() != shard.size)) return false;
  std::uint32_t records = in.bits(kCountBits), aliases = in.bits(kCountBits);
  unsigned hash_bits = kHash - hash_shift(popular);
  if (!in.has(records, kLeastRecord) || !in.has(aliases, kLeastAlias)) return false;
  for (; records; records--) {
    char name[kLongestName];
    std::size_t size = 0;
    char before = 0;
    while ((before = char(in.symbol(names_[context_of(before)])))) {
      if (size == kLongestName) return false;
      name[size++] = before;
    }
    Record record{};
    record.name = arena_.copy(name, size);
    record.key = key(record.name, arena_);
    record.hash = hash_of(record.key);
    record.country = in.symbol(nations_);
    if (record.country >= countries_.size) return false;
    record.region = std::uint8_t(in.bits(countries_[record.country].region_bits));
    record.population = in.bits(kMantissaBits);
    for (std::uint32_t power = in.bits(kExponentBits); power; power--) record.population *= 10;
    record.latitude = std::uint16_t(in.bits(kDegreeBits));
    record.longitude = std::uint16_t(in.bits(kDegreeBits));
    if (in.failed()) return false;
    shard.records.add(arena_, record);
  }
  for (; aliases; aliases--) {
    Alias alias{};
    alias.hash = in.bits(hash_bits);
    alias.closeness = in.bits(kClosenessBits);
    if (in.bits(1)) {
      alias.shard = kMaxShards;
      alias.slot = in.bits(kTopBits);
    } else {
      alias.shard = in.bits(kShardBits);
      alias.slot = in.bits(kSlotBits);
    }
    shard.aliases.add(arena_, alias);
  }
  return !in.failed();
}

}  // namespace meridian::travel
