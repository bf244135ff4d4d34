// Full-text search over a site: an index made of documents, its files, and ranked answers.
//
//     search::Builder builder;
//     Arena arena;
//     search::Document document{.url = "/comets/", .title = "Comets", .html = html};
//     (void)builder.add(document);                    // false: a limit was reached
//     for (const search::Shard& shard : builder.write()) save(name_of(shard), shard.bytes);
//
//     search::Index index;
//     if (!index.open(head)) return;                  // not an index of this version
//     Text answer;
//     index.search({.query = "comte"}, answer);       // names shards that it needs, or has results
//
// A document is cut at its headings that have an id; a section is what a result links to. Words are
// folded: case, diacritics and the marks of Arabic and Hebrew don't count. Text of scripts without
// spaces (Chinese, Japanese, Thai) is indexed by pairs of characters. A word of a query matches
// itself, words that begin with it, words with the same stem (Query::write_stem; without it, a few
// endings such as plurals), and, where it has no match, words at one or two typing errors.
//
// Stems are not in the index, so that one index serves readers of all languages: a word's stem is
// compared with those of the words that begin as it does.
//
// Ranking is BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), with two
// changes that let an index be written piece by piece: the length that texts are compared with is
// a constant, and a weight is rounded to one of sixteen levels that a posting holds. Words of
// titles and headings weigh more.
//
// An index is a head and shards, so that a large site loads what a query needs. Terms are sorted;
// the head has the first one of each shard. Long lists of what has a term are apart, so that the
// beginning of a word is looked up without those of all words with it. A second list has the terms
// written backwards: a word with one error has its first or its last half intact, so it is found
// without reading all terms.
//
// Ownership: Builder owns what it makes; shards that write() returns are valid until it is called
// again.
// Index borrows the bytes of its shards, which live as long as it, or until the next open().
//
// Failure: add() returns false when a limit is reached. Bytes of an index are untrusted: what is
// malformed is read as its end, and open() returns false for a head that is none.
//
// Complexity: add() is linear in the document, write() sorts the terms, search() is linear in the
// postings of the query's words, which are bounded.
#pragma once
#include "meridian/base.h"

namespace meridian::search {

// ---- limits ----

/// Documents of one index: with more, the head alone would take longer than a visitor waits.
constexpr std::uint32_t kMaxDocuments = 1 << 17;
/// Sections of one index, for each of which a search holds ten bytes.
constexpr std::uint32_t kMaxSections = 1 << 20;
/// Different words of one index: a site of source code or of tables has many.
constexpr std::uint32_t kMaxTerms = 1 << 20;
/// Bytes of a word; longer ones are cut. The longest German compounds in use are shorter.
constexpr std::size_t kMaxWord = 48;
/// Bytes of a section's text; the rest is another section. It bounds the time for a snippet.
constexpr std::size_t kMaxSection = 1 << 15;
/// Bytes of a title, heading or address.
constexpr std::size_t kMaxTitle = 1 << 10;
/// Words of a query; others are ignored.
constexpr std::uint32_t kMaxQueryWords = 12;
/// Sections that a term lists, those with the highest weights: "the" would take a file of its own.
constexpr std::uint32_t kMaxPostings = 8192;
/// Bytes at which a shard of terms or of postings ends, and one of pages: a few of them, and the
/// head, make the first result. Smaller ones are more files, and pages of a usual length have one
/// of their own.
constexpr std::size_t kShardBytes = 4 << 10, kPageBytes = 8 << 10;
/// Results of one answer.
constexpr std::uint32_t kMaxResults = 100;
/// Sections that a result shows.
constexpr std::uint32_t kMaxShown = 3;

// ---- writing ----

/// A page of the site. Strings are borrowed during add().
struct Document {
  /// Address from the site's root, without baseurl: `/about/`.
  Str url;
  Str title;
  /// Its collection, its language as HTML has it (`de`), and its year; empty and 0: it has none.
  Str collection, language;
  std::uint32_t year = 0;
  /// Separated by line feeds.
  Str tags;
  /// Its content without the page around it.
  Str html;
  /// It lists other documents: words in it weigh less than in those.
  bool is_list = false;
};

/// The kind of a file of an index.
enum class Kind : std::uint8_t {
  /// Where everything is; the first to be read.
  Head,
  /// Words, and the sections that have them where these are few.
  Terms,
  /// The sections that have a word, of words that are in many.
  Postings,
  /// Words written backwards.
  Endings,
  /// Titles, addresses and texts.
  Pages,
  /// Collections, years and tags.
  Facets,
};
/// The letters of the kinds in names of files: `h0.bin`, `t12.bin`.
constexpr char kKinds[] = "htoepf";

struct Shard {
  Kind kind;
  std::uint32_t number;
  Str bytes;
};

struct Term;

/// Makes an index of documents, one after the other.
class Builder {
 public:
  Builder() = default;
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  /// Adds a document. False, and nothing is added, when the index is full.
  [[nodiscard]] bool add(const Document& document);
  /// The index of what was added so far, the head first. Valid until the next call.
  const List<Shard>& write();
  std::uint32_t documents() const { return section_counts_.size; }

 private:
  struct Label {
    Str name;
    List<std::uint32_t> documents = {};
  };
  Term* term_of(Str word);
  void index_text(Str text, std::uint8_t field);
  void end_section(bool is_list);
  std::uint32_t label_of(List<Label*>& labels, Str name);
  void add_shard(Kind kind, std::uint32_t number, Str bytes);
  /// Returns the number of shards of postings.
  std::uint32_t write_terms(Text& head);
  void write_endings(Text& head);
  void write_facets();

  Arena arena_, written_;
  Term** table_ = nullptr;
  std::uint32_t table_size_ = 0;
  List<Term*> terms_, touched_;
  std::uint32_t sections_ = 0, length_ = 0, title_words_ = 0, heading_words_ = 0;
  /// Sections of each document, and the documents of each finished shard of pages.
  List<std::uint32_t> section_counts_, page_counts_;
  List<Str> pages_;
  Text page_, text_, heading_;
  std::uint32_t pages_in_shard_ = 0;
  List<Label*> collections_, languages_, tags_;
  /// For each document.
  List<std::uint32_t> collection_of_, language_of_, year_of_;
  List<Shard> shards_;
};

// ---- reading ----

/// Writes the stem of a folded word to `stem`, which has room for kMaxWord bytes, and returns its
/// size; 0: it is not known.
using WriteStem = std::size_t (*)(const char* word, std::size_t size, char* stem);

/// A question to an index. Strings are borrowed.
struct Query {
  Str query;
  /// Only documents with this collection, language, year or tag; empty: all.
  Str collection, language, year, tag;
  /// The reader's language: documents in it come before others that match as well.
  Str preferred;
  /// Of the reader's language; null: it has no stems.
  WriteStem write_stem = nullptr;
  /// Results of the answer, at most kMaxResults.
  std::uint32_t results = 10;
};

/// An index of which some shards are here.
class Index {
 public:
  Index() = default;
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  /// Reads a head, and forgets all shards. False when it is none of this version.
  [[nodiscard]] bool open(Str head);
  /// A shard that came; no bytes: it can't be had.
  void put(Kind kind, std::uint32_t number, Str bytes);

  /// Appends the answer: records that begin with 0x1E, of fields that are separated by 0x1F. Texts
  /// have no control characters but 0x02 and 0x03 around what matches.
  ///
  ///     n DOCUMENTS                               how many match
  ///     w NAME …                                  shards (`t12`) that the answer still lacks
  ///     d URL TITLE COLLECTION YEAR               a document, best first
  ///     s ID HEADING SNIPPET                      one of its sections, best first; ID may be empty
  ///     c NAME COUNT   l LANGUAGE COUNT           of documents that match: collections, languages,
  ///     y YEAR COUNT   t TAG COUNT                years and tags
  ///
  /// Results whose pages have not come are left out; facets are, until their shard is there.
  void search(const Query& query, Text& out);

 private:
  struct Part {
    /// The first term; of pages and postings, nothing.
    Str first;
    Str bytes;
    bool there = false, wanted = false;
    /// The first document of a shard of pages.
    std::uint32_t document = 0;
  };
  struct Word;
  struct Match;
  struct Found;
  struct Scan;
  /// Which terms with a prefix match a word: the prefix itself, all, or those that are similar.
  enum class How : std::uint8_t { Exactly, Begin, Similar };

  Part* part_at(Kind kind, std::uint32_t number);
  bool read_parts(struct Cursor& from, Kind kind);
  bool want(Kind kind, std::uint32_t number);
  std::uint32_t part_of(const List<Part>& parts, Str term) const;
  void collect(Word& word, Str prefix, How how);
  void find_word(Word& word);
  bool find_stem(Word& word);
  void find_endings(Word& word);
  void find_similar(Word& word);
  void add_match(Word& word, const Scan& scan, std::uint32_t factor);
  void find_postings(Word& word, bool last);
  void read_languages(struct Cursor& from);
  void read_facets(Str bytes);
  bool has(const List<Str>& names, const std::uint32_t* label_of, std::uint32_t document,
           Str name) const;
  bool is_wanted(std::uint32_t document) const;
  void mark_tag(Str tag);
  void add_result(std::uint32_t document, Text& out);
  void add_facets(Text& out);
  void add_marked(Str text, std::size_t from, std::size_t to, Text& out) const;
  void add_snippet(Str text, Text& out) const;
  std::uint32_t word_of(Str folded) const;

  Arena arena_, query_arena_;
  List<Part> parts_[sizeof kKinds - 1];
  std::uint32_t documents_ = 0, sections_ = 0;
  /// The first section of each document, and one more.
  std::uint32_t* first_section_ = nullptr;
  std::uint16_t* best_ = nullptr;
  float *section_score_ = nullptr, *document_score_ = nullptr;
  std::uint8_t* matched_ = nullptr;
  std::uint32_t* language_of_ = nullptr;
  /// Of each document, when the facets are there.
  std::uint32_t *collection_of_ = nullptr, *year_of_ = nullptr;
  std::uint8_t* tagged_ = nullptr;
  List<Str> collection_names_, language_names_, tag_names_, tag_lists_;
  Word* words_ = nullptr;
  std::uint32_t word_count_ = 0;
  /// A shard was wanted since this was false.
  bool incomplete_ = false;
  const Query* query_ = nullptr;
};

}  // namespace meridian::search
