// The C ABI of indexer.wasm: it writes an index where none was prepared. Called by web/search.
// Strings are UTF-8 with their length; blocks that are passed in stay the caller's.
#pragma once
#include <cstddef>
#include <cstdint>

/// A file of the index. `kind` is one of "htoepf", 0 behind the last one. Valid until the next call
/// of indexer_write.
struct IndexerShard {
  std::uint32_t kind, number;
  const char* bytes;
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by indexer_free; 0 when memory is used up.
void* indexer_alloc(std::size_t size);
void indexer_free(void* block);

/// Adds a document (search::Document). `fields`: its address, title, collection and language, each
/// followed by 0x1F, then its tags with line feeds between them. 0: the index is full.
std::int32_t indexer_add(std::uint32_t year, std::uint32_t is_list, const char* fields,
                         std::size_t fields_size, const char* html, std::size_t html_size);
/// The index of what was added so far, the head first.
const IndexerShard* indexer_write();
}
