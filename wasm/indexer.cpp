// indexer.wasm: the index of a site, written behind a C ABI.
#include "indexer.h"

#include <cstdlib>

#include "meridian/search.h"
#include "meridian/text.h"

using namespace meridian;

namespace {
search::Builder builder;

Str next_field(Str& rest) {
  Str field;
  (void)next_piece(rest, '\x1F', field);
  return field;
}
}  // namespace

extern "C" {

void* indexer_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void indexer_free(void* block) { std::free(block); }

std::int32_t indexer_add(std::uint32_t year, std::uint32_t is_list, const char* fields,
                         std::size_t fields_size, const char* html, std::size_t html_size) {
  Str rest(fields, fields_size);
  search::Document document;
  document.url = next_field(rest);
  document.title = next_field(rest);
  document.collection = next_field(rest);
  document.language = next_field(rest);
  document.tags = rest;
  document.year = year;
  document.is_list = is_list;
  document.html = {html, html_size};
  return builder.add(document);
}

const IndexerShard* indexer_write() {
  static List<IndexerShard> list;
  static Arena arena;
  arena.reset();
  list = {};
  for (const search::Shard& shard : builder.write())
    list.add(arena, {std::uint32_t(search::kKinds[int(shard.kind)]), shard.number,
                     shard.bytes.data(), std::uint32_t(shard.bytes.size())});
  list.add(arena, {});
  return list.begin();
}
}
