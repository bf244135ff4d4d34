// Search: the input is an index that somebody made, its shards one behind the other with their
// sizes, or HTML that becomes one. Nothing of it is read outside its bounds, every answer ends, and
// its texts have no control characters but marks.
#include "fuzz.h"
#include "meridian/search.h"

using namespace meridian;

namespace {
constexpr const char* kQueries[] = {"comet",  "comte",          "a",
                                    "天文学", "two words more", "observatoire"};

void ask_all(search::Index& index) {
  for (const char* words : kQueries) {
    search::Query query;
    query.query = words;
    query.tag = words[0] == 't' ? "sky" : "";
    query.year = words[0] == 'a' ? "1786" : "";
    Text answer;
    index.search(query, answer);
    Str text = answer.str();
    fuzz::expect(text.size() > 1 && text[0] == '\x1E', "an answer is a list of records");
    int marked = 0;
    for (char c : text) {
      fuzz::expect(
          static_cast<unsigned char>(c) >= ' ' || c == 2 || c == 3 || c == 0x1E || c == 0x1F,
          "a text has a control character");
      marked += c == 2 ? 1 : c == 3 ? -1 : 0;
      fuzz::expect(marked == 0 || marked == 1, "marks are balanced");
    }
  }
}

/// The next piece: two bytes of its size, then it.
Str next_piece(Str& rest) {
  if (rest.size() < 2) return rest = {}, Str();
  std::size_t size =
      static_cast<unsigned char>(rest[0]) + 256u * static_cast<unsigned char>(rest[1]);
  Str piece = rest.substr(2, size);
  rest.remove_prefix(2 + size);
  return piece;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (!size) return 0;
  Str rest = fuzz::text(data + 1, size - 1);
  search::Index index;
  if (*data % 2) {
    search::Builder builder;
    search::Document document;
    document.url = "/a/";
    document.title = rest.substr(0, 20);
    document.tags = "sky";
    document.year = 1786;
    document.html = rest;
    fuzz::expect(builder.add(document) && builder.add(document), "two documents fit");
    const List<search::Shard>& shards = builder.write();
    fuzz::expect(index.open(shards[0].bytes), "what was written is an index");
    for (const search::Shard& shard : shards) index.put(shard.kind, shard.number, shard.bytes);
    ask_all(index);
    return 0;
  }
  if (!index.open(next_piece(rest))) return 0;
  ask_all(index);
  for (std::uint32_t number = 0; rest.size(); number++)
    for (search::Kind kind :
         {search::Kind::Terms, search::Kind::Postings, search::Kind::Endings, search::Kind::Pages})
      index.put(kind, number, next_piece(rest));
  index.put(search::Kind::Facets, 0, fuzz::text(data, size));
  ask_all(index);
  return 0;
}
