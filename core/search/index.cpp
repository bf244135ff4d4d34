#include "meridian/text.h"
#include "words_of_query.h"

namespace meridian::search {

namespace {
/// What a word's other sections add to its best one, and what the section with the most words adds
/// to a document: words that stand together are meant more than words that are far apart.
constexpr float kOtherSections = 0.1f, kSameSection = 0.5f;
/// What the reader's language is worth: more than a word in a heading over one in a text, less than
/// a title over a text.
constexpr float kPreferred = 1.5f;

/// log2, within 0.09: the exponent, and the mantissa as its fraction.
float log2_about(float x) {
  std::uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return float(bits) / float(1 << 23) - 127;
}

template <class T>
T* zeroed(Arena& arena, std::size_t count) {
  auto* items = static_cast<T*>(arena.alloc(count * sizeof(T)));
  std::memset(static_cast<void*>(items), 0, count * sizeof(T));
  return items;
}

/// A text without control characters, which separate fields.
void add_clean(Text& out, Str s) {
  for (char c : s) out.add(static_cast<unsigned char>(c) < ' ' ? ' ' : c);
}

void begin_record(Text& out, char kind) {
  out.add('\x1E');
  out.add(kind);
}

void add_field(Text& out, Str s) {
  out.add('\x1F');
  add_clean(out, s);
}
}  // namespace

struct Index::Found {
  std::uint32_t document;
  float score;
};

Index::Part* Index::part_at(Kind kind, std::uint32_t number) {
  List<Part>& parts = parts_[int(kind)];
  return number < parts.size ? &parts[number] : nullptr;
}

void Index::put(Kind kind, std::uint32_t number, Str bytes) {
  Part* part = part_at(kind, number);
  if (!part) return;
  part->bytes = bytes;
  part->there = true;
  if (kind == Kind::Facets) read_facets(bytes);
}

/// Whether a shard is there; else it is wanted.
bool Index::want(Kind kind, std::uint32_t number) {
  Part* part = part_at(kind, number);
  if (!part) return false;
  part->wanted = !part->there;
  incomplete_ |= part->wanted;
  return part->there;
}

bool Index::read_parts(Cursor& from, Kind kind) {
  std::uint32_t count = from.number(), document = 0;
  // Each takes half a byte at least; of postings the head has no more than their number.
  if (kind == Kind::Postings ? count > kMaxPostingShards : count / 2 > from.rest.size())
    return false;
  SmallNumbers pages(from, kind == Kind::Pages ? count : 0);
  for (Str before; count-- && !from.bad;) {
    Part part;
    if (kind == Kind::Pages) {
      part.document = document;
      std::uint32_t more = pages.next();
      if (more > documents_ - document) return false;
      document += more;
    } else if (kind != Kind::Postings) {
      Str shared = before.substr(0, from.number());
      before = part.first = arena_.join(shared, from.string(kMaxWord));
      if (before.size() > kMaxWord) return false;
    }
    parts_[int(kind)].add(arena_, part);
  }
  return !from.bad;
}

bool Index::open(Str head) {
  arena_.reset();
  query_arena_.reset();
  documents_ = sections_ = word_count_ = 0;
  for (List<Part>& parts : parts_) parts = {};
  collection_of_ = nullptr;
  if (!starts_with(head, Str(kMagic))) return false;
  Cursor from(arena_.copy(head.substr(kHeadBegin)));
  documents_ = from.number();
  sections_ = from.number();
  // A document takes half a byte at least.
  if (documents_ > kMaxDocuments || sections_ > kMaxSections || documents_ / 2 > from.rest.size())
    return documents_ = 0, false;
  first_section_ = zeroed<std::uint32_t>(arena_, documents_ + 1);
  SmallNumbers counts(from, documents_);
  for (std::uint32_t i = 0; i < documents_; i++) {
    std::uint32_t count = counts.next();
    if (count > sections_ - first_section_[i]) return documents_ = 0, false;
    first_section_[i + 1] = first_section_[i] + count;
  }
  if (!read_parts(from, Kind::Terms) || !read_parts(from, Kind::Endings) ||
      !read_parts(from, Kind::Postings) || !read_parts(from, Kind::Pages))
    return documents_ = 0, false;
  read_languages(from);
  parts_[int(Kind::Facets)].add(arena_, Part());
  best_ = zeroed<std::uint16_t>(arena_, sections_);
  section_score_ = zeroed<float>(arena_, sections_);
  document_score_ = zeroed<float>(arena_, documents_);
  matched_ = zeroed<std::uint8_t>(arena_, documents_);
  tagged_ = zeroed<std::uint8_t>(arena_, documents_);
  return true;
}

void Index::read_languages(Cursor& from) {
  language_names_ = {};
  for (std::uint32_t count = from.number(); count-- && from.more();)
    language_names_.add(arena_, from.string());
  language_of_ = zeroed<std::uint32_t>(arena_, documents_);
  if (language_names_.size < 2) return;
  SmallNumbers numbers(from, documents_);
  for (std::uint32_t i = 0; i < documents_; i++) language_of_[i] = numbers.next();
}

void Index::read_facets(Str bytes) {
  Cursor from(bytes);
  collection_names_ = tag_names_ = tag_lists_ = {};
  for (std::uint32_t count = from.number(); count-- && from.more();)
    collection_names_.add(arena_, from.string());
  for (std::uint32_t** values : {&collection_of_, &year_of_}) {
    *values = zeroed<std::uint32_t>(arena_, documents_);
    for (std::uint32_t document = 0; document < documents_ && from.more();) {
      std::uint32_t value = from.number(), run = from.number();
      for (; run && document < documents_; run--) (*values)[document++] = value;
    }
  }
  while (from.more()) {
    tag_names_.add(arena_, from.string());
    tag_lists_.add(arena_, from.string());
  }
}

void Index::mark_tag(Str tag) {
  std::memset(tagged_, 0, documents_);
  for (std::uint32_t i = 0; i < tag_names_.size; i++) {
    if (tag_names_[i] != tag) continue;
    std::uint32_t document = 0;
    for (Cursor from(tag_lists_[i]); from.more();) {
      document += from.number();
      if (document && document <= documents_) tagged_[document - 1] = 1;
    }
  }
}

/// Whether a document's collection or language has this name.
bool Index::has(const List<Str>& names, const std::uint32_t* label_of, std::uint32_t document,
                Str name) const {
  std::uint32_t number = label_of[document];
  return number && number <= names.size && names[number - 1] == name;
}

/// Whether the filters of the query let a document through.
bool Index::is_wanted(std::uint32_t document) const {
  if (query_->collection.size() &&
      !has(collection_names_, collection_of_, document, query_->collection))
    return false;
  if (query_->language.size() && !has(language_names_, language_of_, document, query_->language))
    return false;
  std::uint32_t year = 0;
  for (char c : query_->year) year = year * 10 + std::uint32_t(c - '0');
  if (year && year_of_[document] != year) return false;
  return query_->tag.empty() || tagged_[document];
}

void Index::search(const Query& query, Text& out) {
  query_arena_.reset();
  query_ = &query;
  word_count_ = 0;
  words_ = static_cast<Word*>(query_arena_.alloc(kMaxQueryWords * sizeof(Word)));
  for (List<Part>& parts : parts_)
    for (Part& part : parts) part.wanted = false;
  std::memset(section_score_, 0, sections_ * sizeof(float));
  std::memset(document_score_, 0, documents_ * sizeof(float));
  std::memset(matched_, 0, documents_);

  bool pair = false;
  std::size_t at = 0;
  while (word_count_ < kMaxQueryWords) {
    Word& word = *new (words_ + word_count_) Word;
    if (!next_word(query.query, at, word.token)) break;
    // The last character of a text without spaces is a part of the pair before.
    bool rest = word.token.pair && pair && word.token.end == words_[word_count_ - 1].token.end;
    pair = word.token.pair;
    if (!rest) word_count_++;
  }

  for (Word* word = words_; word < words_ + word_count_; word++) {
    find_word(*word);
    find_postings(*word, word + 1 == words_ + word_count_);
    for (const Match& match : word->matches) {
      std::uint32_t section = 0;
      for (Cursor from(match.postings); from.more();) {
        std::uint32_t posting = from.number();
        section += posting / kLevels;
        if (!section || section > sections_) break;
        auto weight = std::uint16_t(kWeights[posting % kLevels] * match.factor >> 8);
        if (weight > best_[section - 1]) best_[section - 1] = weight;
      }
    }
    // Words that are nearly everywhere have no complete list, so that they can't be asked for.
    bool counts = word->sections <= kMaxPostings;
    float rarity = log2_about(1 + (float(sections_ - word->sections % (sections_ + 1)) + 0.5f) /
                                      (float(word->sections) + 0.5f)) /
                   256;
    for (std::uint32_t document = 0; document < documents_; document++) {
      std::uint32_t best = 0, sum = 0;
      for (std::uint32_t i = first_section_[document]; i < first_section_[document + 1]; i++) {
        std::uint32_t weight = best_[i];
        if (!weight) continue;
        best_[i] = 0;
        section_score_[i] += rarity * float(weight);
        sum += weight;
        if (weight > best) best = weight;
      }
      if (!best) continue;
      matched_[document] = std::uint8_t(matched_[document] + counts);
      document_score_[document] +=
          rarity * (float(best) + kOtherSections * float(sum - best < best ? sum - best : best));
    }
  }
  // Documents with all words; when there is none, those with the most.
  std::uint32_t required = 0;
  for (std::uint32_t i = 0; i < documents_; i++)
    if (document_score_[i] > 0 && matched_[i] > required) required = matched_[i];
  bool filtered =
      query.collection.size() || query.language.size() || query.year.size() || query.tag.size();
  bool facets = want(Kind::Facets, 0) && collection_of_;
  if (filtered && facets && query.tag.size()) mark_tag(query.tag);
  std::uint32_t results = query.results < kMaxResults ? query.results : kMaxResults, count = 0,
                documents = 0;
  auto* found = static_cast<Found*>(query_arena_.alloc(kMaxResults * sizeof(Found)));
  for (std::uint32_t i = 0; i < documents_; i++) {
    float& score = document_score_[i];
    if (score <= 0 || matched_[i] < required) {
      score = 0;
      continue;
    }
    if (filtered && (!facets || !is_wanted(i))) continue;
    float together = 0;
    for (std::uint32_t j = first_section_[i]; j < first_section_[i + 1]; j++)
      if (section_score_[j] > together) together = section_score_[j];
    score += kSameSection * together;
    if (query.preferred.size() && has(language_names_, language_of_, i, query.preferred))
      score *= kPreferred;
    documents++;
    if (count == results && (!count || found[count - 1].score >= score)) continue;
    std::uint32_t place = count < results ? count++ : count - 1;
    for (; place && found[place - 1].score < score; place--) found[place] = found[place - 1];
    found[place] = {i, score};
  }
  begin_record(out, 'n');
  out.add('\x1F');
  out.add_int(documents);
  for (std::uint32_t i = 0; i < count; i++) add_result(found[i].document, out);
  if (facets) add_facets(out);
  begin_record(out, 'w');
  for (std::uint32_t kind = 0; kKinds[kind]; kind++)
    for (std::uint32_t i = 0; i < parts_[kind].size; i++) {
      if (!parts_[kind][i].wanted) continue;
      out.add('\x1F');
      out.add(kKinds[kind]);
      out.add_int(i);
    }
  query_ = nullptr;
}

void Index::add_result(std::uint32_t document, Text& out) {
  const List<Part>& pages = parts_[int(Kind::Pages)];
  std::uint32_t low = 0, high = pages.size;
  while (high - low > 1) {
    std::uint32_t middle = (low + high) / 2;
    (pages[middle].document > document ? high : low) = middle;
  }
  if (!want(Kind::Pages, low)) return;
  Cursor from(pages[low].bytes);
  for (std::uint32_t number = pages[low].document; from.more(); number++) {
    Str url = from.string(), title = from.string(), collection = from.string();
    std::uint32_t year = from.number(), sections = from.number();
    bool here = number == document;
    if (here) {
      begin_record(out, 'd');
      add_field(out, url);
      out.add('\x1F');
      add_marked(title, 0, title.size(), out);
      add_field(out, collection);
      out.add('\x1F');
      if (year) out.add_int(year);
    }
    // The best sections, by selection: they are few.
    struct Section {
      float score;
      Str id, heading, text;
    } best[kMaxShown] = {};
    for (std::uint32_t i = 0; i < sections && from.more(); i++) {
      Section section{0, from.string(), from.string(), from.string()};
      std::uint32_t at = first_section_[document] + i;
      if (!here || at >= first_section_[document + 1]) continue;
      section.score = section_score_[at];
      if (section.score <= 0) continue;
      for (Section& other : best) {
        if (other.score >= section.score) continue;
        Section worse = other;
        other = section;
        section = worse;
      }
    }
    if (!here) continue;
    for (const Section& section : best) {
      if (section.score <= 0) break;
      begin_record(out, 's');
      add_field(out, section.id);
      out.add('\x1F');
      add_marked(section.heading, 0, section.heading.size(), out);
      out.add('\x1F');
      add_snippet(section.text, out);
    }
    return;
  }
}

void Index::add_facets(Text& out) {
  auto add = [&](char kind, Str name, std::uint32_t count) {
    if (!count) return;
    begin_record(out, kind);
    add_field(out, name);
    out.add('\x1F');
    out.add_int(count);
  };
  // Years of a site are few; others than these have no facet.
  constexpr std::uint32_t kFirstYear = 1000, kYears = 2000;
  auto* years = zeroed<std::uint32_t>(query_arena_, kYears);
  for (std::uint32_t i = 0; i < documents_; i++) {
    if (document_score_[i] <= 0) continue;
    if (year_of_[i] - kFirstYear < kYears) years[year_of_[i] - kFirstYear]++;
  }
  for (char kind : {'c', 'l'}) {
    const List<Str>& names = kind == 'c' ? collection_names_ : language_names_;
    const std::uint32_t* label_of = kind == 'c' ? collection_of_ : language_of_;
    auto* counts = zeroed<std::uint32_t>(query_arena_, names.size + 1);
    for (std::uint32_t i = 0; i < documents_; i++)
      if (document_score_[i] > 0 && label_of[i] <= names.size) counts[label_of[i]]++;
    for (std::uint32_t i = 0; i < names.size; i++) add(kind, names[i], counts[i + 1]);
  }
  for (std::uint32_t i = kYears; i--;) {
    char digits[4];
    std::uint32_t year = i + kFirstYear;
    for (int digit = 4; digit--; year /= 10) digits[digit] = char('0' + year % 10);
    add('y', {digits, 4}, years[i]);
  }
  for (std::uint32_t i = 0; i < tag_names_.size; i++) {
    std::uint32_t count = 0, document = 0;
    for (Cursor from(tag_lists_[i]); from.more();) {
      document += from.number();
      count += document && document <= documents_ && document_score_[document - 1] > 0;
    }
    add('t', tag_names_[i], count);
  }
}

}  // namespace meridian::search
