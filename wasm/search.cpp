// search.wasm: the index of a site, read behind a C ABI.
#include "search.h"

#include <cstdlib>

#include "meridian/search.h"
#include "meridian/text.h"

using namespace meridian;

namespace {
search::Index index_of_site;
Arena shards;
Text answer;
}  // namespace

extern "C" {

/// The host's: writes the stem of a word (search::WriteStem) in the language of the reader.
std::size_t search_stem(const char* word, std::size_t size, char* stem);

void* search_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void search_free(void* block) { std::free(block); }

std::int32_t search_open(const char* head, std::size_t size) {
  shards.reset();
  return index_of_site.open({head, size});
}

void search_put(std::uint32_t kind, std::uint32_t number, const char* bytes, std::size_t size) {
  int which = index_in(search::kKinds, char(kind));
  if (which > 0) index_of_site.put(search::Kind(which), number, shards.copy(bytes, size));
}

SearchResult* search_query(std::uint32_t results, const char* fields, std::size_t size) {
  Str rest(fields, size);
  search::Query query;
  for (Str* field : {&query.collection, &query.language, &query.year, &query.tag, &query.preferred})
    (void)next_piece(rest, '\x1F', *field);
  query.query = rest;
  query.write_stem = search_stem;
  query.results = results;
  answer.truncate(0);
  answer.add("size");
  index_of_site.search(query, answer);
  auto written = std::uint32_t(answer.size() - sizeof(SearchResult));
  std::memcpy(answer.data(), &written, sizeof written);
  return reinterpret_cast<SearchResult*>(answer.data());
}
}
