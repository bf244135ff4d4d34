// The insertion-ordered map.
#include "meridian/value.h"

namespace meridian {

namespace {
/// Maps up to this size are searched entry by entry: faster than hashing, and most maps are as small.
constexpr std::uint32_t kLinear = 8;
/// A run of occupied slots longer than this means that the keys collide more than by chance: another hash is taken.
constexpr std::uint32_t kMaxProbes = 96;
/// But not more often than this for one map.
constexpr std::uint32_t kMaxReseeds = 16;

/// Polynomial in a base that depends on the seed, modulo a prime: no two strings collide under more than a few bases.
class Hash {
 public:
  explicit Hash(std::uint32_t seed) {
    base_ = (std::uint64_t(seed) + 1) * 0x9E3779B97F4A7C15u;
    base_ = (base_ >> 33) | (1 << 24);  // 25 to 31 bits
  }
  void add(std::uint32_t chunk) {  // < 2^31
    state_ = state_ * base_ + chunk;
    state_ = (state_ & kPrime) + (state_ >> 31);  // modulo a Mersenne prime, nearly
  }
  void add_bytes(const char* data, std::size_t size) {
    add(std::uint32_t(size & 0x7FFFFFFF));
    for (; size >= 3; data += 3, size -= 3) add(byte(data[0]) | byte(data[1]) << 8 | byte(data[2]) << 16);
    if (size) add(byte(data[0]) | (size > 1 ? byte(data[1]) << 8 : 0));
  }
  void add_word(std::uint64_t x) {
    for (int i = 0; i < 3; i++, x >>= 24) add(std::uint32_t(x & 0xFFFFFF));
  }
  std::uint32_t value() const { return std::uint32_t(state_); }
  /// Spread over the slots of a table, whose count is a power of two.
  std::uint32_t slot(std::uint32_t slots) const {
    return std::uint32_t((state_ * 0x9E3779B97F4A7C15u) >> 32) & (slots - 1);
  }

 private:
  static constexpr std::uint64_t kPrime = 0x7FFFFFFF;
  static std::uint32_t byte(char c) { return static_cast<unsigned char>(c); }
  std::uint64_t base_, state_ = 1;
};

void add_value(Hash& hash, const Value& v, std::uint32_t seed, int depth) {
  hash.add(std::uint32_t(v.kind));
  if (depth > kMaxDepth) return;
  switch (v.kind) {
    case Kind::String: return hash.add_bytes(v.s, v.length);
    case Kind::Array:
      for (const Value& item : *v.a) add_value(hash, item, seed, depth + 1);
      return;
    case Kind::Map: {
      std::uint64_t sum = 0;  // the order of entries does not matter
      for (const Map::Entry& e : *v.m) {
        Hash entry(seed);
        add_value(entry, e.key, seed, depth + 1);
        add_value(entry, e.value, seed, depth + 1);
        sum += entry.value();
      }
      return hash.add_word(sum);
    }
    case Kind::Bool: return hash.add(v.b);
    case Kind::Nil:
    case Kind::Empty:
    case Kind::Blank: return;
    default: hash.add_word(std::uint64_t(v.i)); hash.add_word(v.length);
  }
}

Hash hash_of(const Value& key, std::uint32_t seed) {
  Hash hash(seed);
  add_value(hash, key, seed, 0);
  return hash;
}

/// Ruby's eql?, by which a Hash finds its keys: like ==, but 1 is not 1.0.
bool same_key(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  return a.is(Kind::String) ? a.str() == b.str() : equal(a, b);
}

constexpr std::uint32_t kAbsent = ~0u;

std::uint32_t slot_count(const Map& map) { return map.entries.capacity * 2; }

/// Number of the entry with that key. For an absent one `slot` is where it belongs; `probes` tells how long the search
/// was.
template <class Same>
std::uint32_t search(const Map& map, const Hash& hash, Same same, std::uint32_t& slot, std::uint32_t& probes) {
  std::uint32_t mask = slot_count(map) - 1;
  slot = hash.slot(mask + 1);
  for (probes = 0; map.index[slot]; probes++, slot = (slot + 1) & mask)
    if (same(map.entries[map.index[slot] - 1].key)) return map.index[slot] - 1;
  return kAbsent;
}

std::uint32_t find_entry(const Map& map, const Value& key) {
  if (!map.index) {
    for (std::uint32_t i = 0; i < map.entries.size; i++)
      if (same_key(map.entries[i].key, key)) return i;
    return kAbsent;
  }
  std::uint32_t slot, probes;
  return search(
      map, hash_of(key, map.seed), [&](const Value& k) { return same_key(k, key); }, slot, probes);
}

void build_index(Map& map) {
  std::size_t bytes = std::size_t(slot_count(map)) * sizeof(std::uint32_t);
  map.index = static_cast<std::uint32_t*>(map.arena->alloc(bytes));
  for (bool again = true; again;) {
    again = false;
    std::memset(map.index, 0, bytes);
    for (std::uint32_t i = 0; i < map.entries.size && !again; i++) {
      std::uint32_t slot, probes;
      search(
          map, hash_of(map.entries[i].key, map.seed), [](const Value&) { return false; }, slot, probes);
      map.index[slot] = i + 1;
      again = probes > kMaxProbes && map.seed < kMaxReseeds;
    }
    if (again) map.seed++;
  }
}
}  // namespace

Value* Map::find(Str wanted) const {
  const char* key = wanted.data();
  std::size_t size = wanted.size();
  if (!index) {
    for (Entry& e : *this)
      if (e.key.is(Kind::String) && e.key.length == size && !std::memcmp(e.key.s, key, size)) return &e.value;
    return nullptr;
  }
  std::uint32_t i = find_entry(*this, Value(wanted));
  return i == kAbsent ? nullptr : &entries[i].value;
}

const Value& Map::get(Str key) const {
  static constexpr Value kNil;
  Value* v = find(key);
  return v ? *v : kNil;
}

Value* Map::find(const Value& key) const {
  std::uint32_t i = find_entry(*this, key);
  return i == kAbsent ? nullptr : &entries[i].value;
}

Value& Map::set(const Value& key) {
  std::uint32_t i = find_entry(*this, key);
  if (i != kAbsent) return entries[i].value;
  bool grows = entries.size == entries.capacity;
  Value& value = entries.add(*arena, {key, {}}).value;
  if (entries.size <= kLinear) return value;
  if (!index || grows) {
    build_index(*this);
    return value;
  }
  std::uint32_t slot, probes;
  search(
      *this, hash_of(key, seed), [](const Value&) { return false; }, slot, probes);
  index[slot] = entries.size;
  if (probes > kMaxProbes && seed < kMaxReseeds) {
    seed++;
    build_index(*this);
  }
  return value;
}

}  // namespace meridian
