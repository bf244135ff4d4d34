#include <cstdlib>

#include "meridian/base.h"
#include "meridian/words.h"

namespace meridian {

void fatal() { __builtin_trap(); }

namespace {
/// The largest block holds an average page's worth of nodes; larger ones waste more than they save.
constexpr std::size_t kBlock = 1 << 16;
/// Bytes that an allocator puts before a block: a block and these together are a power of two.
constexpr std::size_t kBefore = 32;
/// Most additions to a text are shorter than this, and for them copying memory would be a call out
/// of wasm.
constexpr std::size_t kShort = 200;

/// Copies up to kShort bytes in words; the last word may copy some bytes twice.
inline void copy_short(char* to, const char* from, std::size_t size) {
  if (size >= 8) {
    char* last = to + size - 8;
    std::uint64_t end;
    std::memcpy(&end, from + size - 8, 8);
    for (; to < last; from += 8, to += 8) std::memcpy(to, from, 8);
    std::memcpy(last, &end, 8);
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + size - 4, from + size - 4, 4);
  } else {
    while (size--) *to++ = *from++;
  }
}

/// Copies bytes, none of which are among those that are overwritten.
void copy_bytes(char* to, const char* from, std::size_t size) {
  size > kShort ? void(std::memcpy(to, from, size)) : copy_short(to, from, size);
}

void* allocate(std::size_t bytes) {
  void* p = std::malloc(bytes);
  if (!p) fatal();
  return p;
}
}  // namespace

void* Arena::alloc_block(std::size_t bytes) {
  bool large = bytes > next_size_ / 4;
  std::size_t size = large ? bytes + sizeof(Block) + 8 : next_size_ - kBefore;
  if (next_size_ < kBlock) next_size_ *= 2;
  auto* block = static_cast<Block*>(allocate(size));
  *block = {blocks_, size};
  blocks_ = block;
  memory_held += size;
  held_ += size;
  char* first = reinterpret_cast<char*>(block) + ((sizeof(Block) + 7) & ~std::size_t(7));
  // A large piece gets a block of its own, so that the rest of the current one is not lost.
  if (large) return first;
  at_ = first + bytes;
  end_ = reinterpret_cast<char*>(block) + size;
  return first;
}

void Arena::reset() {
  while (Block* block = blocks_) {
    blocks_ = block->next;
    std::free(block);
  }
  memory_held -= held_;
  held_ = 0;
  at_ = end_ = nullptr;
  growing_ = nullptr;
}

Str Arena::copy(const char* data, std::size_t size) {
  auto* p = static_cast<char*>(alloc(size));
  copy_bytes(p, data, size);
  return {p, size};
}

Str Arena::join(std::initializer_list<Str> parts) {
  std::size_t size = 0;
  for (Str part : parts) size += part.size();
  auto* p = static_cast<char*>(alloc(size));
  std::size_t at = 0;
  for (Str part : parts) {
    copy_bytes(p + at, part.data(), part.size());
    at += part.size();
  }
  return {p, size};
}

/// The texts that grew last. A template rarely makes more of them in one loop.
struct Arena::Growing {
  static constexpr unsigned kPieces = 8;
  struct Piece {
    char *begin, *end;
    std::size_t free[2];  // bytes after and before it
  } pieces[kPieces];
  unsigned next;
};

/// Bytes before a text at which it is looked for in a longer one, beside at its end.
constexpr std::size_t kMostBefore = 16;
/// Bytes that a text gets at most beyond what it needs now.
constexpr std::size_t kMostRoom = std::size_t(16) << 20;

Str Arena::grow(Str first, Str second) {
  std::size_t size = first.size() + second.size();
  if (size <= kShort || first.empty() || second.empty()) return join(first, second);
  if (!growing_) growing_ = make<Growing>();
  Growing::Piece* piece = nullptr;
  bool before = false;
  for (Growing::Piece& each : growing_->pieces) {
    bool after = first.end() == each.end;
    if (!after && second.begin() != each.begin) continue;
    before = !after;
    piece = &each;
    break;
  }
  Str kept = before ? second : first, added = before ? first : second;
  if (!piece || piece->free[before] < added.size()) {
    std::size_t room[2] = {0, 0};
    // What grows again gets as much again. Of what is large that could be more than there is.
    const std::size_t more = size < kMostRoom ? size : kMostRoom;
    if (piece)
      room[before] = more, room[!before] = piece->free[!before] ? more : 0;
    else
      piece = &growing_->pieces[growing_->next++ % Growing::kPieces];
    room[before] += added.size();
    char* begin = static_cast<char*>(alloc(kept.size() + room[0] + room[1])) + room[1];
    std::memcpy(begin, kept.data(), kept.size());
    *piece = {begin, begin + kept.size(), {room[0], room[1]}};
  }
  piece->free[before] -= added.size();
  if (before) piece->begin -= added.size();
  std::memcpy(before ? piece->begin : piece->end, added.data(), added.size());
  if (!before) piece->end += added.size();
  return {before ? piece->begin : piece->end - size, size};
}

Str Arena::grow_copy(Str old, Str s) {
  // What stands before it is short, or nothing stands behind it: a search takes longer than a copy.
  std::size_t more = s.size() - old.size(), at = 0;
  if (old.size() <= kShort || more > s.size()) return copy(s);
  for (; s.substr(at, old.size()) != old; at = at < kMostBefore ? at + 1 : more)
    if (at == more) return copy(s);
  Str behind = s.substr(at + old.size());
  if (at) old = grow(s.substr(0, at), old);
  return behind.empty() ? old : grow(old, behind);
}

void* ListBase::extend(Arena& arena, std::size_t item) {
  if (size == capacity) {
    if (capacity >= 1u << 31) fatal();
    capacity = capacity ? capacity * 2 : 4;
    void* grown = arena.alloc(std::size_t(capacity) * item);
    if (size) std::memcpy(grown, data, std::size_t(size) * item);
    data = grown;
  }
  return static_cast<char*>(data) + std::size_t(size++) * item;
}

void* ListBase::append(Arena& arena, const void* item, std::size_t item_size) {
  auto* to = static_cast<char*>(extend(arena, item_size));
  // Most items are pointers.
  if (item_size == sizeof(void*))
    std::memcpy(to, item, sizeof(void*));
  else
    copy_bytes(to, static_cast<const char*>(item), item_size);
  return to;
}

Text::~Text() {
  memory_held -= capacity_;
  std::free(data_);
}

void Text::reserve(std::size_t size) {
  if (size <= capacity_) return;
  std::size_t wanted = size + size / 2 + 32;
  if (wanted > kMax) wanted = kMax;
  if (wanted == capacity_) return;
  memory_held += wanted - capacity_;
  capacity_ = wanted;
  data_ = static_cast<char*>(std::realloc(data_, capacity_ + kWordBytes));
  if (!data_) fatal();
}

void Text::add(const char* data, std::size_t size) {
  if (size <= kShort && size <= capacity_ - size_) {
    char* to = data_ + size_;
    size_ += size;
    for (; size >= kWordBytes; size -= kWordBytes, to += kWordBytes, data += kWordBytes)
      store_word(to, load_word(data));
    if (size) store_word(to, load_rest(data, size));
    return;
  }
  if (size > kMax - size_) size = kMax - size_;
  copy_bytes(extend(size), data, size);
}

/// Makes room for `size` more bytes.
bool Text::grow(std::size_t size) {
  if (size > kMax - size_) return false;
  reserve(size_ + size);
  return true;
}

void Text::add(std::size_t count, char c) {
  if (count > kMax - size_) count = kMax - size_;
  char *at = extend(count), *end = at + count;
  for (; at < end; at += kWordBytes) store_word(at, kEachByte * std::uint8_t(c));
}

void Text::insert(std::size_t at, Str s) {
  if (s.empty() || s.size() > kMax - size_) return;
  reserve(size_ + s.size());
  std::memmove(data_ + at + s.size(), data_ + at, size_ - at);
  std::memcpy(data_ + at, s.data(), s.size());
  size_ += s.size();
}

void Text::replace(std::size_t begin, std::size_t end, Str s) {
  if (end > size_) end = size_;
  if (begin > end) begin = end;
  std::memmove(data_ + begin, data_ + end, size_ - end);
  size_ -= end - begin;
  insert(begin, s);
}

void Text::add_int(std::int64_t i) {
  char digits[20];
  char* p = digits + sizeof digits;
  std::uint64_t rest = i < 0 ? 0 - std::uint64_t(i) : std::uint64_t(i);
  do *--p = char('0' + rest % 10);
  while (rest /= 10);
  if (i < 0) add('-');
  add(p, std::size_t(digits + sizeof digits - p));
}

}  // namespace meridian
