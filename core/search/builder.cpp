#include "format.h"
#include "formulas.h"
#include "sections.h"
#include "words.h"

namespace meridian::search {

namespace {
enum Field : std::uint8_t { kBody = 0, kTitle = 1, kHeading = 2, kTag = 4 };

// BM25: k1, b, and the length in words that texts are compared with, that of a usual section.
constexpr float kSaturation = 1.2f, kLengthPart = 0.75f, kUsualLength = 120;

/// What a word weighs on a page that lists other documents, where it is the other's.
constexpr float kOfList = 0.15f;

/// Steps after which a hash table gives up: texts that are made to collide are indexed in part.
constexpr std::uint32_t kMaxProbes = 256;

struct Block {
  Block* next;
  std::uint32_t used, size;
  char* bytes() { return reinterpret_cast<char*>(this + 1); }
};

std::uint32_t level_of(float weight) {
  std::uint32_t level = 0;
  // Half a step up, so that weights are rounded.
  auto scaled = std::uint32_t(weight * 256 * 1.13f);
  while (level + 1 < kLevels && kWeights[level + 1] <= scaled) level++;
  return level;
}

void add_small_numbers(Text& out, const List<std::uint32_t>& numbers) {
  Text rest;
  for (std::uint32_t i = 0; i < numbers.size; i++) {
    std::uint32_t n = numbers[i], half = n < 15 ? n : 15;
    if (i % 2)
      out.data()[out.size() - 1] |= char(half << 4);
    else
      out.add(char(half));
    if (half == 15) add_number(rest, n - 15);
  }
  out.add(rest.str());
}

std::size_t shared_bytes(Str a, Str b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) n++;
  return n;
}

Str cut(Str s, std::size_t most) {
  if (s.size() <= most) return s;
  while (most && (s[most] & 0xC0) == 0x80) most--;
  return s.substr(0, most);
}
}  // namespace

struct Term {
  Str text;
  std::uint32_t hash;
  /// Sections that have it, the last one plus 1, and how often it is in the current one.
  std::uint32_t sections = 0, last = 0, times = 0;
  std::uint32_t bytes = 0;
  std::uint8_t fields = 0;
  bool pair = false;
  Block *first = nullptr, *end = nullptr;

  void add(Arena& arena, char c) {
    if (!end || end->used == end->size) {
      // Most words are rare, a few are everywhere.
      std::uint32_t size = !end ? 8 : end->size < 1024 ? end->size * 2 : end->size;
      auto* block = new (arena.alloc(sizeof(Block) + size)) Block{nullptr, 0, size};
      (end ? end->next : first) = block;
      end = block;
    }
    end->bytes()[end->used++] = c;
    bytes++;
  }
};

Term* Builder::term_of(Str word) {
  if (terms_.size * 2 >= table_size_) {
    std::uint32_t size = table_size_ ? table_size_ * 2 : 4096;
    auto** table = static_cast<Term**>(arena_.alloc(size * sizeof(Term*)));
    std::memset(table, 0, size * sizeof(Term*));
    for (Term* term : terms_) {
      std::uint32_t at = term->hash & (size - 1);
      while (table[at]) at = (at + 1) & (size - 1);
      table[at] = term;
    }
    table_ = table;
    table_size_ = size;
  }
  // FNV-1a with 32 bits, and its upper bits mixed into the lower ones.
  std::uint32_t hash = 2166136261u;
  for (char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  hash ^= hash >> 15;
  std::uint32_t at = hash & (table_size_ - 1);
  for (std::uint32_t probes = 0; probes < kMaxProbes; probes++) {
    Term*& place = table_[at];
    if (!place) {
      if (terms_.size >= kMaxTerms) return nullptr;
      place = arena_.make<Term>(arena_.copy(word), hash);
      terms_.add(arena_, place);
      return place;
    }
    if (place->hash == hash && place->text == word) return place;
    at = (at + 1) & (table_size_ - 1);
  }
  return nullptr;
}

/// Counts the words of a text for the section that is being written.
void Builder::index_text(Str text, std::uint8_t field) {
  Token token;
  for (std::size_t at = 0; next_word(text, at, token);) {
    Term* term = term_of(token.str());
    if (field == kTitle)
      title_words_++;
    else if (field == kHeading)
      heading_words_++;
    else
      length_++;
    if (!term) continue;
    term->pair = token.pair;
    if (!term->times && !term->fields) touched_.add(arena_, term);
    if (field)
      term->fields |= field;
    else
      term->times++;
  }
}

/// Writes a posting for each word of the section.
void Builder::end_section(bool is_list) {
  std::uint32_t number = sections_++;
  float length = kSaturation * (1 - kLengthPart + kLengthPart * float(length_) / kUsualLength);
  for (Term* term : touched_) {
    float times = float(term->times), weight = times / (times + length);
    if (term->fields & kHeading) weight += 1 + 1 / float(heading_words_);
    if (is_list) weight *= kOfList;
    // A title is worth more the more of it matches.
    if (term->fields & kTitle) weight += 2 + 2 / float(title_words_);
    if (term->fields & kTag) weight += 0.8f;
    std::uint32_t posting = (number + 1 - term->last) * kLevels + level_of(weight);
    for (; posting >= 128; posting >>= 7) term->add(arena_, char(posting | 128));
    term->add(arena_, char(posting));
    term->last = number + 1;
    term->sections++;
    term->times = term->fields = 0;
  }
  touched_.size = 0;
  length_ = title_words_ = heading_words_ = 0;
}

/// The number of a name from 1, which is added when it is new; 0 for none.
std::uint32_t Builder::label_of(List<Label*>& labels, Str name) {
  // Sites have tens of them; a site with more labels than this has no use for a list of all.
  constexpr std::uint32_t kMaxLabels = 512;
  name = cut(name, 100);
  if (name.empty()) return 0;
  for (std::uint32_t i = 0; i < labels.size; i++)
    if (labels[i]->name == name) return i + 1;
  if (labels.size == kMaxLabels) return 0;
  labels.add(arena_, arena_.make<Label>(arena_.copy(name)));
  return labels.size;
}

bool Builder::add(const Document& document) {
  if (section_counts_.size >= kMaxDocuments || sections_ >= kMaxSections) return false;
  std::uint32_t number = section_counts_.size, first = sections_;
  Str url = cut(document.url, kMaxTitle), title = cut(document.title, kMaxTitle);
  Text plain_title, sections;
  add_plain(plain_title, title);
  read_formulas(plain_title, 0, false);
  SectionReader reader(document.html);
  while (reader.next() && sections_ < kMaxSections) {
    bool lead = sections_ == first;
    Str heading = cut(strip(reader.heading.str()), kMaxTitle), text = strip(reader.text.str());
    if (!lead && heading.empty() && text.empty()) continue;
    if (lead) {
      index_text(plain_title.str(), kTitle);
      index_text(document.tags, kTag);
    }
    index_text(heading, kHeading);
    index_text(text, kBody);
    end_section(document.is_list);
    add_string(sections, cut(reader.id.str(), kMaxTitle));
    add_string(sections, heading);
    add_string(sections, text);
  }
  std::uint32_t collection = label_of(collections_, document.collection);
  collection_of_.add(arena_, collection);
  language_of_.add(arena_, label_of(languages_, document.language));
  year_of_.add(arena_, document.year);
  for (Str rest = document.tags, tag; next_piece(rest, '\n', tag);) {
    std::uint32_t label = label_of(tags_, strip(tag));
    if (!label) continue;
    List<std::uint32_t>& documents = tags_[label - 1]->documents;
    if (documents.empty() || documents.back() != number) documents.add(arena_, number);
  }
  section_counts_.add(arena_, sections_ - first);
  add_string(page_, url);
  add_string(page_, plain_title.str());
  add_string(page_, collection ? collections_[collection - 1]->name : Str());
  add_number(page_, document.year);
  add_number(page_, sections_ - first);
  page_.add(sections.str());
  pages_in_shard_++;
  if (page_.size() >= kPageBytes) {
    pages_.add(arena_, arena_.copy(page_.str()));
    page_counts_.add(arena_, pages_in_shard_);
    page_.truncate(0);
    pages_in_shard_ = 0;
  }
  return true;
}

void Builder::add_shard(Kind kind, std::uint32_t number, Str bytes) {
  shards_.add(written_, {kind, number, bytes});
}

namespace {
/// The postings of a term: all, or those with the highest levels when there are too many.
void read_postings(const Term& term, Text& out) {
  out.truncate(0);
  for (Block* block = term.first; block; block = block->next) out.add(block->bytes(), block->used);
  if (term.sections <= kMaxPostings) return;
  std::uint32_t counts[kLevels] = {};
  for (Cursor all(out.str()); all.more();) counts[all.number() % kLevels]++;
  std::uint32_t least = kLevels, room = kMaxPostings;
  while (least && counts[least - 1] <= room) room -= counts[--least];
  // Of the next level, those that come first.
  Text kept;
  std::uint32_t section = 0, last = 0;
  for (Cursor all(out.str()); all.more();) {
    std::uint32_t posting = all.number(), level = posting % kLevels;
    section += posting / kLevels;
    if (level < least && (level + 1 < least || !room)) continue;
    if (level < least) room--;
    add_number(kept, (section - last) * kLevels + level);
    last = section;
  }
  out.truncate(0);
  out.add(kept.str());
}
}  // namespace

namespace {
/// What the head has of a shard's first term: as much of it as tells it from the `last` one of the
/// shard before, without what `first`, the one of that shard, begins with as well.
void add_first(Text& out, Text& first, Str last, Str term) {
  term = term.substr(0, shared_bytes(last, term) + 1);
  std::size_t shared = shared_bytes(first.str(), term);
  add_number(out, std::uint32_t(shared));
  add_string(out, term.substr(shared));
  first.truncate(0);
  first.add(term);
}
}  // namespace

std::uint32_t Builder::write_terms(Text& head) {
  stable_sort(terms_.begin(), terms_.size, [](Term* a, Term* b) { return a->text < b->text; });
  Text shard, lists, firsts, first, postings;
  std::uint32_t count = 0;
  ListPlace place;
  Str last;
  for (Term* term : terms_) {
    if (shard.empty()) {
      add_first(firsts, first, last, term->text);
      last = {};
      add_number(shard, place.shard);
      add_number(shard, place.offset);
    }
    std::size_t shared = shared_bytes(last, term->text);
    add_number(shard, std::uint32_t(shared));
    add_string(shard, term->text.substr(shared));
    add_number(shard, term->sections);
    read_postings(*term, postings);
    add_number(shard, std::uint32_t(postings.size()));
    if (postings.size() <= kShortList) {
      shard.add(postings.str());
    } else {
      lists.add(postings.str());
      place.skip(postings.size());
      if (!place.offset) {
        add_shard(Kind::Postings, place.shard - 1, written_.copy(lists.str()));
        lists.truncate(0);
      }
    }
    last = term->text;
    if (shard.size() < kShardBytes) continue;
    add_shard(Kind::Terms, count++, written_.copy(shard.str()));
    shard.truncate(0);
  }
  if (shard.size()) add_shard(Kind::Terms, count++, written_.copy(shard.str()));
  if (lists.size()) add_shard(Kind::Postings, place.shard++, written_.copy(lists.str()));
  add_number(head, count);
  head.add(firsts.str());
  return place.shard;
}

void Builder::write_endings(Text& head) {
  // Shorter words have no errors.
  constexpr std::size_t kShortest = 4;
  Arena arena;
  List<Term*> sorted;
  for (Term* term : terms_)
    if (!term->pair && term->text.size() >= kShortest && !is_digit(term->text[0]))
      sorted.add(arena, term);
  stable_sort(sorted.begin(), sorted.size, [](Term* a, Term* b) {
    std::size_t x = a->text.size(), y = b->text.size();
    while (x && y)
      if (int order =
              static_cast<unsigned char>(a->text[--x]) - static_cast<unsigned char>(b->text[--y]))
        return order < 0;
    return x < y;
  });
  char reversed[2][kMaxWord];
  bool other = false;
  Text shard, firsts, first;
  std::uint32_t count = 0;
  Str last;
  for (Term* one : sorted) {
    other = !other;
    std::size_t size = one->text.size();
    for (std::size_t i = 0; i < size; i++) reversed[other][i] = one->text[size - 1 - i];
    Str term(reversed[other], size);
    if (shard.empty()) {
      add_first(firsts, first, last, term);
      last = {};
    }
    std::size_t shared = shared_bytes(last, term);
    add_number(shard, std::uint32_t(shared));
    add_string(shard, term.substr(shared));
    last = term;
    if (shard.size() < kShardBytes) continue;
    add_shard(Kind::Endings, count++, written_.copy(shard.str()));
    shard.truncate(0);
  }
  if (shard.size()) add_shard(Kind::Endings, count++, written_.copy(shard.str()));
  add_number(head, count);
  head.add(firsts.str());
}

void Builder::write_facets() {
  Text out, documents;
  add_number(out, collections_.size);
  for (Label* label : collections_) add_string(out, label->name);
  for (List<std::uint32_t>* values : {&collection_of_, &year_of_})
    for (std::uint32_t i = 0; i < values->size;) {
      std::uint32_t run = i;
      while (run < values->size && (*values)[run] == (*values)[i]) run++;
      add_number(out, (*values)[i]);
      add_number(out, run - i);
      i = run;
    }
  for (Label* label : tags_) {
    documents.truncate(0);
    std::uint32_t last = 0;
    for (std::uint32_t document : label->documents) {
      add_number(documents, document + 1 - last);
      last = document + 1;
    }
    add_string(out, label->name);
    add_string(out, documents.str());
  }
  add_shard(Kind::Facets, 0, written_.copy(out.str()));
}

const List<Shard>& Builder::write() {
  written_.reset();
  shards_ = {};
  Text head;
  head.add(kMagic, 4);
  head.add("hash", 4);
  add_number(head, section_counts_.size);
  add_number(head, sections_);
  add_small_numbers(head, section_counts_);
  add_shard(Kind::Head, 0, {});
  std::uint32_t lists = write_terms(head);
  write_endings(head);
  add_number(head, lists);
  List<std::uint32_t> counts;
  for (std::uint32_t i = 0; i < pages_.size; i++) {
    counts.add(written_, page_counts_[i]);
    add_shard(Kind::Pages, i, pages_[i]);
  }
  if (pages_in_shard_) {
    counts.add(written_, pages_in_shard_);
    add_shard(Kind::Pages, pages_.size, written_.copy(page_.str()));
  }
  add_number(head, counts.size);
  add_small_numbers(head, counts);
  add_number(head, languages_.size);
  for (Label* label : languages_) add_string(head, label->name);
  if (languages_.size > 1) add_small_numbers(head, language_of_);
  write_facets();
  std::uint64_t hash = 0;
  for (const Shard& shard : shards_) hash = hash * 31 + fnv1a(shard.bytes);
  for (std::size_t i = 0; i < 4; i++) head.data()[4 + i] = char(hash >> (32 + 8 * i));
  shards_[0].bytes = written_.copy(head.str());
  return shards_;
}

}  // namespace meridian::search
