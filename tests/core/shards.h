// Writes small shards of the gazetteer as docs/gazetteer.md describes them, with codes of eight
// bits for everything.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "meridian/base.h"

namespace shards {

struct Country {
  std::string codes;  ///< alpha-2, then alpha-3: "DEDEU"
  int continent, group;
  std::string names;  ///< the one that is shown, then keys of others, tabs between
  int sovereign = 0;  ///< from 1
};

struct Record {
  std::string name;
  int country, region;
  std::uint32_t population;
  double latitude, longitude;
};

struct Alias {
  std::string key;
  int closeness;
  int page;  ///< -1: the popular tier
  std::uint32_t slot;
};

inline std::uint32_t hash_of(const std::string& key) {
  std::uint32_t hash = 0x811C9DC5;
  for (char c : key) hash = (hash ^ std::uint8_t(c)) * 0x01000193;
  return hash;
}

class Bits {
 public:
  void add(std::uint32_t value, int count) {
    while (count--) {
      if (used_ % 8 == 0) bytes_.push_back(0);
      bytes_.back() = char(bytes_.back() | (value >> count & 1) << (7 - used_++ % 8));
    }
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  int used_ = 0;
};

constexpr std::uint32_t kTag = 0x4321;
/// Bytes of a shard of tests in its pack, and more of one with hundreds of places.
constexpr std::size_t kSize = 256, kLarge = 254 * 64;
inline std::string tag() { return "\x21\x43"; }

inline std::string number(std::uint32_t value) {
  std::string out;
  for (; value > 127; value >>= 7) out += char((value & 127) | 128);
  return out + char(value);
}

inline std::string text(const std::string& s) { return number(std::uint32_t(s.size())) + s; }

/// `folds`: code points and their replacements (0: none, 0x110000 and two letters), ascending.
/// `size`: of each shard.
inline std::string index(int pages, const std::vector<Country>& countries,
                         const std::vector<std::pair<std::uint32_t, std::uint32_t>>& folds = {},
                         std::size_t size = kSize) {
  std::string out =
      "MPL2" + tag() + char(pages & 255) + char(pages >> 8) + number(std::uint32_t(folds.size()));
  std::uint32_t code = 0, target = 0;
  for (auto [key, value] : folds) {
    std::int32_t step = std::int32_t(value - target);
    out += number(key - code) +
           number(step < 0 ? std::uint32_t(-step) * 2 - 1 : std::uint32_t(step) * 2);
    code = key, target = value;
  }
  std::string codes, codes3, continents, groups, sovereigns, names;
  for (const Country& c : countries) {
    codes += c.codes.substr(0, 2), codes3 += c.codes.substr(2), continents += char(c.continent),
        groups += char(c.group), sovereigns += char(c.sovereign);
    names += text(c.names);
  }
  return out + std::string(4 * 256, '\x08') + number(std::uint32_t(countries.size())) +
         std::string(countries.size(), '\x08') + std::string(countries.size(), '\x08') + codes +
         codes3 + continents + groups + sovereigns + names + number(255) +
         std::string(255, '\x08') + std::string(std::size_t(pages), char(size / 64));
}

/// `shift`: how many bits of a hash are left out.
inline std::string unfilled(const std::vector<Record>& records, const std::vector<Alias>& aliases,
                            int shift) {
  Bits bits;
  bits.add(std::uint32_t(records.size()), 12);
  bits.add(std::uint32_t(aliases.size()), 12);
  for (const Record& r : records) {
    for (char c : r.name) bits.add(std::uint8_t(c), 8);
    bits.add(0, 8);
    bits.add(std::uint32_t(r.country), 8);
    bits.add(std::uint32_t(r.region), 8);
    std::uint32_t people = r.population, power = 0;
    for (; people >= 1000; people /= 10) power++;
    bits.add(people, 10);
    bits.add(power, 3);
    bits.add(std::uint32_t((r.latitude + 90) / 180 * 65535 + 0.5), 16);
    bits.add(std::uint32_t((r.longitude + 180) / 360 * 65536 + 0.5) & 65535, 16);
  }
  for (const Alias& a : aliases) {
    bits.add(hash_of(a.key) >> shift, 32 - shift);
    bits.add(std::uint32_t(a.closeness), 2);
    bits.add(a.page < 0, 1);
    if (a.page < 0) {
      bits.add(a.slot, 11);
    } else {
      bits.add(std::uint32_t(a.page), 12);
      bits.add(a.slot, 7);
    }
  }
  return tag() + bits.bytes();
}

/// A shard as it is in a pack, with zeros behind it.
inline std::string page(const std::vector<Record>& records, const std::vector<Alias>& aliases = {},
                        std::size_t size = kSize) {
  std::string bytes = unfilled(records, aliases, 12);
  bytes.resize(size);
  return bytes;
}

/// The popular tier.
inline std::string top(const std::vector<Record>& records, const std::vector<Alias>& aliases = {}) {
  return unfilled(records, aliases, 8);
}

/// `lists`: a country's number, and its regions, each with other names, tabs between.
inline std::string regions(const std::vector<std::pair<int, std::vector<std::string>>>& lists) {
  std::string out = tag() + number(std::uint32_t(lists.size()));
  for (const auto& [country, names] : lists) {
    out += char(country) + number(std::uint32_t(names.size()));
    for (const std::string& name : names) out += text(name);
  }
  return out;
}

}  // namespace shards
