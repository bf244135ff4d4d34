// The C ABI of search.wasm: it reads an index, and answers queries. Called by web/search. Strings
// are UTF-8 with their length; blocks that are passed in stay the caller's.
#pragma once
#include <cstddef>
#include <cstdint>

/// A result: this, then `size` bytes.
struct SearchResult {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by search_free; 0 when memory is used up.
void* search_alloc(std::size_t size);
void search_free(void* block);

/// Opens an index by its head, and forgets the one before. 0: it is none of this version.
std::int32_t search_open(const char* head, std::size_t size);
/// A shard came: `kind` is one of "htoepf". It is copied, and kept until the next search_open.
void search_put(std::uint32_t kind, std::uint32_t number, const char* bytes, std::size_t size);

/// An answer (search::Index::search). `fields`: collection, language, year, tag and the reader's
/// language, each followed by 0x1F, then the words. The result belongs to the module and lives
/// until the next call; 0 when memory is used up.
SearchResult* search_query(std::uint32_t results, const char* fields, std::size_t size);
}
