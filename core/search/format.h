// The bytes of an index: numbers as variable-length integers (seven bits a byte, the last one
// below 128), strings as their size and bytes.
//
//     head       "MSI2", a hash of all shards in four bytes, documents, sections, the sections of
//                each document as small numbers; of terms and endings the number of shards, and the
//                first term of each: bytes shared with the one before, the others; the number of
//                shards of postings; of pages the number of shards, and the documents of each as
//                small numbers; names of languages, and if there are two or more, the language of
//                each document (0: none) as small numbers
//     terms      the place of the first long list: the number of its shard, and how far in it;
//                then for each term: bytes shared with the one before, the others, the sections
//                that have it, the size of its postings, and they themselves if that is at most
//                kShortList
//     postings   the long lists of the terms, in their order: a shard ends behind a list
//     endings    for each term, written backwards: bytes shared, the others
//     pages      for each document: address, title, collection, year, number of sections, and of
//                each id, heading, text
//     facets     names of collections; runs of documents: the collection (0: none) and how many;
//                runs of years; for each tag its name and its documents as a string
//
// Small numbers are two to a byte, the first in the lower half; 15 stands for 15 and more, the rest
// of which follows behind all of them.
//
// A posting is one number: the distance to the section before, times 16, plus the weight's level.
#pragma once
#include "meridian/search.h"

namespace meridian::search {

constexpr char kMagic[] = "MSI2";
/// Bytes of the magic number and the hash.
constexpr std::size_t kHeadBegin = 8;
constexpr std::uint32_t kLevels = 16;
/// Bytes of postings that stand beside their term: those of most words, which are rare. A query for
/// one of them needs no shard of postings.
constexpr std::size_t kShortList = 16;

/// What a posting of each level weighs, in 256ths: a term once in a long text is 31, ten times in a
/// short one 250, in a title of one word 256 * 4.
constexpr std::uint16_t kWeights[kLevels] = {26,  34,  44,  57,  74,  96,  124, 160,
                                             206, 266, 343, 442, 570, 735, 948, 1222};

/// Where a list of postings lies: the number of its shard, and its offset there.
struct ListPlace {
  std::uint32_t shard = 0, offset = 0;
  /// The place behind a list of some bytes.
  void skip(std::size_t size) {
    offset += std::uint32_t(size);
    if (offset < kShardBytes) return;
    shard++;
    offset = 0;
  }
};

/// Shards of postings that a head may name: those of a gigabyte, of which each takes some bytes
/// here.
constexpr std::uint32_t kMaxPostingShards = 1 << 18;

inline void add_number(Text& out, std::uint32_t n) {
  for (; n >= 128; n >>= 7) out.add(char(n | 128));
  out.add(char(n));
}

inline void add_string(Text& out, Str s) {
  add_number(out, std::uint32_t(s.size()));
  out.add(s);
}

/// Reads bytes that anybody may have made: behind the end all numbers are 0 and strings empty.
struct Cursor {
  Str rest;
  bool bad = false;

  explicit Cursor(Str bytes) : rest(bytes) {}
  bool more() const { return !rest.empty() && !bad; }
  std::uint32_t number() {
    std::uint32_t n = 0;
    const char* at = rest.data();
    for (unsigned shift = 0, left = unsigned(rest.size() < 5 ? rest.size() : 5); left--;
         shift += 7) {
      std::uint32_t byte = static_cast<unsigned char>(*at++);
      n |= (byte & 127) << shift;
      if (byte < 128) {
        rest = {at, std::size_t(rest.end() - at)};
        return n;
      }
    }
    return fail();
  }
  Str string(std::size_t most = ~std::size_t(0)) {
    std::size_t size = number();
    if (size > rest.size() || size > most) return fail(), Str();
    Str s = rest.substr(0, size);
    rest.remove_prefix(size);
    return s;
  }
  std::uint32_t fail() {
    bad = true;
    rest = {};
    return 0;
  }
};

/// Reads small numbers, of which there are `count`.
struct SmallNumbers {
  Str halves;
  Cursor& from;
  std::uint32_t at = 0;
  SmallNumbers(Cursor& cursor, std::size_t count) : from(cursor) {
    halves = from.rest.substr(0, count / 2 + count % 2);
    from.rest.remove_prefix(halves.size());
  }
  std::uint32_t next() {
    if (at / 2 >= halves.size()) return from.fail();
    std::uint32_t byte = static_cast<unsigned char>(halves[at / 2]),
                  half = at++ % 2 ? byte >> 4 : byte & 15;
    return half < 15 ? half : 15 + from.number();
  }
};

/// Reads front-coded terms: the current one is in `term`.
struct TermCursor {
  Cursor from;
  char bytes[kMaxWord];
  std::size_t size = 0;
  explicit TermCursor(Str shard) : from(shard) {}
  Str term() const { return {bytes, size}; }
  bool next() {
    if (!from.more()) return false;
    std::size_t shared = from.number();
    Str rest = from.string(kMaxWord);
    if (from.bad || shared > size || shared + rest.size() > kMaxWord) return false;
    if (rest.size()) std::memcpy(bytes + shared, rest.data(), rest.size());
    size = shared + rest.size();
    return true;
  }
};

}  // namespace meridian::search
