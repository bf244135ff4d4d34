// malloc for the wasm modules: a free list for each size class, eight classes to a power of two.
// Constant time; blocks are never merged, and memory is never returned to the host, which has no
// way to take it. That suits a core that works in arenas: its blocks are few, large, and of
// recurring sizes.

#include "alloc.h"

#include <cstdint>
#include <cstring>

extern "C" char __heap_base;  // the linker's: the first byte behind stack and data

namespace {

constexpr std::size_t kPage = 65536;  // wasm's
constexpr std::size_t kGrowAtLeast =
    16;  // pages: growing detaches the views that JavaScript holds, so not often
constexpr std::size_t kLargest = 1u << 30;  // the modules' maximum memory
constexpr unsigned kClasses = 32 * 8;

// Before each block; its size keeps blocks aligned to 16, as max_align_t asks.
struct Header {
  std::uint32_t size_class;
  std::uint32_t unused[3];
};
static_assert(sizeof(Header) == 16);

struct FreeBlock {
  FreeBlock* next;
};

FreeBlock* free_blocks[kClasses];
std::uintptr_t unused_begin, unused_end;  // memory that has not been a block yet
std::size_t in_use;
std::size_t limit = kLargest;

// Classes of a block with its header: 32, 48, 64, 80, 96, 112, 128, 144, 160, … 256, 288, 320, … A
// class is the exponent and the three bits below the leading one.
std::size_t class_size(unsigned size_class) {
  return (std::size_t(8) + size_class % 8) << (size_class / 8 + 1);
}

unsigned class_for(std::size_t size) {
  if (size <= 128) size = (size + 15) & ~std::size_t(15);
  unsigned exponent = 31 - __builtin_clz(std::uint32_t(size - 1) | 31);
  unsigned eighth = (std::uint32_t(size - 1) >> (exponent - 3)) & 7;
  return (exponent - 4) * 8 + eighth + 1;
}

Header* header_of(void* block) { return static_cast<Header*>(block) - 1; }

bool grow(std::size_t size) {
  std::size_t pages = (size - (unused_end - unused_begin) + kPage - 1) / kPage;
  if (__builtin_wasm_memory_grow(0, pages + kGrowAtLeast) != std::size_t(-1)) {
    unused_end += (pages + kGrowAtLeast) * kPage;
    return true;
  }
  if (__builtin_wasm_memory_grow(0, pages) == std::size_t(-1)) return false;
  unused_end += pages * kPage;
  return true;
}

void* fresh_block(unsigned size_class) {
  std::size_t size = class_size(size_class);
  if (!unused_begin) {
    unused_begin = (reinterpret_cast<std::uintptr_t>(&__heap_base) + 15) & ~std::uintptr_t(15);
    unused_end = __builtin_wasm_memory_size(0) * kPage;
  }
  if (unused_end - unused_begin < size && !grow(size)) return nullptr;
  Header* header = reinterpret_cast<Header*>(unused_begin);
  unused_begin += size;
  header->size_class = size_class;
  return header + 1;
}

}  // namespace

namespace meridian::wasm {

void set_memory_limit(std::size_t bytes) { limit = bytes; }
std::size_t memory_in_use() { return in_use; }

}  // namespace meridian::wasm

extern "C" {

void* malloc(std::size_t size) {
  if (size > kLargest) return nullptr;
  unsigned size_class = class_for(size + sizeof(Header));
  std::size_t taken = class_size(size_class);
  if (taken > limit || in_use > limit - taken) return nullptr;
  void* block = free_blocks[size_class];
  if (block) {
    free_blocks[size_class] = free_blocks[size_class]->next;
  } else if (!(block = fresh_block(size_class))) {
    return nullptr;
  }
  in_use += taken;
  return block;
}

void free(void* block) {
  if (!block) return;
  unsigned size_class = header_of(block)->size_class;
  in_use -= class_size(size_class);
  FreeBlock* freed = static_cast<FreeBlock*>(block);
  freed->next = free_blocks[size_class];
  free_blocks[size_class] = freed;
}

void* realloc(void* block, std::size_t size) {
  if (!block) return malloc(size);
  std::size_t room = class_size(header_of(block)->size_class) - sizeof(Header);
  if (size <= room) return block;
  void* larger = malloc(size);
  if (!larger) return nullptr;
  std::memcpy(larger, block, room);
  free(block);
  return larger;
}

void* calloc(std::size_t count, std::size_t size) {
  if (size && count > kLargest / size) return nullptr;
  void* block = malloc(count * size);
  if (block) std::memset(block, 0, count * size);
  return block;
}
}
