// The insertion-ordered map.
#include "meridian/value.h"
#include "walk.h"

namespace meridian {

namespace {
/// Maps up to this size are searched entry by entry: faster than hashing, and most maps are as
/// small.
constexpr std::uint32_t kLinear = 8;
/// A run of occupied slots longer than this means that the keys collide more than by chance: the
/// seed changes.
constexpr std::uint32_t kMaxProbes = 96;
/// But not more often than this for one map.
constexpr std::uint32_t kMaxReseeds = 16;

/// Polynomial in a base that depends on the seed, modulo a prime: no two strings collide under more
/// than a few bases.
class Hash {
 public:
  explicit Hash(std::uint32_t seed) {
    base_ = (std::uint64_t(seed) + 1) * 0x9E3779B97F4A7C15u;
    base_ = (base_ >> 33) | (1 << 24);  // 25 to 31 bits
  }
  MERIDIAN_NOINLINE void add_bytes(Kind kind, const void* bytes, std::size_t size) {
    work_done += size;
    add(std::uint32_t(size & 0x7FFFFFF) | std::uint32_t(kind) << 27);
    auto* data = static_cast<const unsigned char*>(bytes);
    for (; size >= 3; data += 3, size -= 3)
      add(std::uint32_t(data[0] | data[1] << 8 | data[2] << 16));
    if (size) add(std::uint32_t(data[0] | (size > 1 ? data[1] << 8 : 0)));
  }
  std::uint32_t value() const { return std::uint32_t(state_); }
  /// Spread over the slots of a table, whose count is a power of two.
  std::uint32_t slot(std::uint32_t slots) const {
    return std::uint32_t((state_ * 0x9E3779B97F4A7C15u) >> 32) & (slots - 1);
  }

 private:
  void add(std::uint32_t chunk) {  // < 2^31
    state_ = state_ * base_ + chunk;
    state_ = (state_ & kPrime) + (state_ >> 31);  // modulo a Mersenne prime, nearly
  }
  static constexpr std::uint64_t kPrime = 0x7FFFFFFF;
  std::uint64_t base_, state_ = 1;
};

void add_value(Hash& hash, const Value& v, std::uint32_t seed, Walk& walk) {
  switch (v.kind) {
    case Kind::String: return hash.add_bytes(v.kind, v.s, v.length);
    case Kind::Array: {
      Walk::Level level(walk, v.a->size());
      hash.add_bytes(v.kind, nullptr, 0);
      if (level.allowed)
        for (const Value& item : *v.a) add_value(hash, item, seed, walk);
      return;
    }
    case Kind::Map: {
      Walk::Level level(walk, v.m->size());
      std::uint64_t sum = 0;  // the order of entries does not matter
      if (level.allowed)
        for (const Map::Entry& e : *v.m) {
          Hash entry(seed);
          add_value(entry, e.key, seed, walk);
          add_value(entry, e.value, seed, walk);
          sum += entry.value();
        }
      return hash.add_bytes(v.kind, &sum, sizeof sum);
    }
    default:
      hash.add_bytes(v.kind, &v.length,
                     sizeof v - offsetof(Value, length));  // nanoseconds, and all the rest
  }
}

/// Ruby's eql?, by which a Hash finds its keys: like ==, but 1 is not 1.0.
bool same_key(const Value& a, const Value& b) {
  if (a.kind != b.kind) return false;
  return a.is(Kind::String) ? a.str() == b.str() : equal(a, b);
}

constexpr std::uint32_t kAbsent = ~0u;

std::uint32_t slot_count(const Map& map) { return map.entries.capacity * 2; }

/// The slot at which the search for a key ended.
struct Place {
  std::uint32_t slot = 0;  // of the index: the key's own, or where it belongs
  std::uint32_t probes = 0;
};

/// Number of the entry with that key in the index. With `is_new` the key is known to be absent.
MERIDIAN_NOINLINE std::uint32_t search(const Map& map, const Value& key, bool is_new,
                                       Place& place) {
  Hash hash(map.seed);
  Walk walk;
  add_value(hash, key, map.seed, walk);
  std::uint32_t mask = slot_count(map) - 1;
  std::uint32_t& slot = place.slot;
  slot = hash.slot(mask + 1);
  for (place.probes = 0; map.index[slot]; place.probes++, slot = (slot + 1) & mask)
    if (!is_new && same_key(map.entries[map.index[slot] - 1].key, key)) return map.index[slot] - 1;
  return kAbsent;
}

MERIDIAN_NOINLINE std::uint32_t find_entry(const Map& map, const Value& key, Place& place) {
  if (map.index) return search(map, key, false, place);
  for (std::uint32_t i = 0; i < map.entries.size; i++)
    if (same_key(map.entries[i].key, key)) return i;
  return kAbsent;
}

/// Puts an entry into the index. False when the keys collide too often: then the seed is another
/// one.
bool put(Map& map, std::uint32_t entry, const Place& place) {
  map.index[place.slot] = entry + 1;
  bool collides = place.probes > kMaxProbes && map.seed < kMaxReseeds;
  map.seed += collides;
  return !collides;
}

void build_index(Map& map) {
  std::size_t bytes = std::size_t(slot_count(map)) * sizeof(std::uint32_t);
  map.index = static_cast<std::uint32_t*>(map.arena->alloc(bytes));
  for (bool done = false; !done;) {
    done = true;
    std::memset(map.index, 0, bytes);
    for (std::uint32_t i = 0; i < map.entries.size && done; i++) {
      Place place;
      search(map, map.entries[i].key, true, place);
      done = put(map, i, place);
    }
  }
}
}  // namespace

Value* Map::find(Str wanted) const {
  if (index) return find(Value(wanted));
  for (Entry& e : *this)
    if (e.key.is(Kind::String) && e.key.str() == wanted) return &e.value;
  return nullptr;
}

const Value& Map::get(Str key) const {
  static constexpr Value kNil;
  Value* v = find(key);
  return v ? *v : kNil;
}

Value* Map::find(const Value& key) const {
  Place place;
  std::uint32_t i = find_entry(*this, key, place);
  return i == kAbsent ? nullptr : &entries[i].value;
}

Value& Map::set(const Value& key) {
  Place place;
  std::uint32_t i = find_entry(*this, key, place);
  if (i != kAbsent) return entries[i].value;
  bool grows = entries.size == entries.capacity;
  i = entries.size;
  Value& value = entries.add(*arena, {key, {}}).value;
  if (entries.size > kLinear && (!index || grows || !put(*this, i, place))) build_index(*this);
  return value;
}

}  // namespace meridian
