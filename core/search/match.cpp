// What of the index a word of a query matches.
#include "meridian/text.h"
#include "similar.h"
#include "words_of_query.h"

namespace meridian::search {

namespace {
// Of the weight of the word itself, in 256ths: another form of it, a word that begins with it,
// one and two errors, an error in the begin of a word.
constexpr std::uint32_t kExact = 256, kForm = 200, kBegin = 150, kOneError = 120, kTwoErrors = 60,
                        kErrorInBegin = 40;
/// Terms that one word matches: a first letter would match thousands.
constexpr std::uint32_t kMaxMatches = 128;
/// Shards of terms that are read for the begin of a word, which may be that of very many.
constexpr std::uint32_t kMaxShardsOfBegin = 6;
/// Shards of postings that are read for a word: when it is none of the site's, when it is and comes
/// last, so that it may be unfinished, and when other words follow.
constexpr std::uint32_t kListsOfBegin = 6, kListsOfLast = 2, kListsOfWord = 1;
/// Characters from which a word may have an error, or two.
constexpr std::size_t kOneErrorFrom = 4, kTwoErrorsFrom = 9;

/// Endings of plurals and of cases in the languages of Europe, for words without a stemmer.
constexpr char kEndings[] = "ing es en er em ed s e n";
/// Bytes that a word without its ending has, and those in which a word and its stem agree.
constexpr std::size_t kStem = 4, kBeginOfStem = 3;
/// Bytes that a word has more than its stem, and words whose stem is asked for: those that begin
/// as "con" are thousands.
constexpr std::size_t kMostOfEnding = 10;
constexpr std::uint32_t kMaxStemmed = 256;
/// The Arabic article, which is written together with its word and is no part of a stem.
constexpr char kArticle[] = "ال";

std::uint32_t factor_of(Str word, Str term) {
  unsigned most = count_characters(word) >= kTwoErrorsFrom ? 2 : 1;
  bool whole = false;
  unsigned errors = errors_between(word, term, most, whole);
  if (errors > most) return 0;
  return !whole ? kErrorInBegin / errors : errors == 1 ? kOneError : kTwoErrors;
}

void reverse(Str s, char* out) {
  for (std::size_t i = s.size(); i--;) *out++ = s[i];
}
}  // namespace

/// The last part that begins at or before a term.
std::uint32_t Index::part_of(const List<Part>& parts, Str term) const {
  std::uint32_t low = 0, high = parts.size;
  while (high - low > 1) {
    std::uint32_t middle = (low + high) / 2;
    if (parts[middle].first > term)
      high = middle;
    else
      low = middle;
  }
  return low;
}

/// The terms of an index that begin with a prefix. Shards that are not there are wanted.
struct Index::Scan {
  Index& index;
  Kind kind;
  Str prefix;
  std::uint32_t part, end;
  TermCursor at{{}};
  /// Of Terms.
  std::uint32_t count = 0, list_size = 0;
  Str postings;
  ListPlace place, next_place;

  Scan(Index& i, Kind k, Str p)
      : index(i),
        kind(k),
        prefix(p),
        part(i.part_of(i.parts_[int(k)], p)),
        end(part + kMaxShardsOfBegin) {}

  bool next() {
    for (;;) {
      while (at.next()) {
        if (kind == Kind::Terms) read_list();
        if (starts_with(at.term(), prefix)) return true;
        if (at.term() > prefix) return false;
      }
      const List<Part>& parts = index.parts_[int(kind)];
      if (part >= parts.size || part == end) return false;
      Str first = parts[part].first;
      if (part + kMaxShardsOfBegin > end && first > prefix && !starts_with(first, prefix))
        return false;
      if (index.want(kind, part)) open(parts[part].bytes);
      part++;
    }
  }

  void open(Str shard) {
    at = TermCursor(shard);
    if (kind != Kind::Terms) return;
    next_place.shard = at.from.number();
    next_place.offset = at.from.number();
  }

  void read_list() {
    count = at.from.number();
    list_size = at.from.number();
    place = next_place;
    postings = {};
    if (list_size > kShortList) return next_place.skip(list_size);
    postings = at.from.rest.substr(0, list_size);
    at.from.rest.remove_prefix(postings.size());
    list_size = 0;
  }
};

void Index::add_match(Word& word, const Scan& scan, std::uint32_t factor) {
  if (word.matches.size >= kMaxMatches) return;
  Str term = scan.at.term();
  for (const Match& match : word.matches)
    if (match.term == term) return;
  Match made{query_arena_.copy(term), scan.postings, factor, scan.place, scan.list_size};
  word.matches.add(query_arena_, made);
  // The best ones come first.
  std::uint32_t at = word.matches.size - 1;
  for (; at && word.matches[at - 1].factor < factor; at--) word.matches[at] = word.matches[at - 1];
  word.matches[at] = made;
  if (factor == kExact) {
    word.exact = true;
    word.sections = scan.count;
  }
  if (!word.exact && scan.count > word.sections) word.sections = scan.count;
}

/// Finds the long lists of the matches. The best ones say which few shards are read; what else
/// lies in these counts, too.
void Index::find_postings(Word& word, bool last) {
  std::uint32_t shards[kListsOfBegin], count = 0,
                                       most = !word.exact ? kListsOfBegin
                                              : last      ? kListsOfLast
                                                          : kListsOfWord;
  for (Match& match : word.matches) {
    if (!match.list_size) continue;
    std::uint32_t shard = match.place.shard, i = 0;
    while (i < count && shards[i] != shard) i++;
    if (i == most) continue;
    if (i == count) shards[count++] = shard;
    if (!want(Kind::Postings, shard)) continue;
    Str lists = parts_[int(Kind::Postings)][shard].bytes;
    match.postings = lists.substr(match.place.offset, match.list_size);
  }
}

/// Adds the terms with a prefix that the word matches.
void Index::collect(Word& word, Str prefix, How how) {
  Str wanted = word.str();
  for (Scan scan(*this, Kind::Terms, prefix); scan.next();) {
    Str term = scan.at.term();
    std::uint32_t factor = 0;
    if (how == How::Begin && term.size() > wanted.size())
      // A longer word is the less meant the longer it is.
      factor = kBegin / 2 + kBegin / 2 * std::uint32_t(wanted.size()) / std::uint32_t(term.size());
    else if (how == How::Similar)
      factor = factor_of(wanted, term);
    else if (term == prefix)
      factor = term == wanted ? kExact : kForm;
    if (factor) add_match(word, scan, factor);
    if (how == How::Exactly || word.matches.size == kMaxMatches) return;
  }
}

/// Matches of a word as it is written, of its other forms, and of the words that it begins.
void Index::find_word(Word& word) {
  incomplete_ = false;
  Str wanted = word.str();
  bool whole =
      word.token.pair ? count_characters(wanted) > 1 : wanted.size() == 1 && !is_digit(wanted[0]);
  bool stemmed = !whole && find_stem(word);
  collect(word, wanted, whole ? How::Exactly : How::Begin);
  if (whole) return;
  if (!stemmed) find_endings(word);
  // Most words are spelled well: what similar ones need is not asked for before that is known.
  if (word.matches.empty() && !incomplete_) find_similar(word);
}

/// Matches of words with the same stem. False: it is not known.
bool Index::find_stem(Word& word) {
  char bytes[kMaxWord], other[kMaxWord];
  Str wanted = word.str();
  if (!query_->write_stem) return false;
  Str stem(bytes, query_->write_stem(wanted.data(), wanted.size(), bytes));
  std::size_t shared = 0;
  while (shared < stem.size() && shared < wanted.size() && stem[shared] == wanted[shared]) shared++;
  // Arabic stems lack what their words may begin with.
  bool arabic = stem.size() && (stem[0] & 0xFC) == 0xD8;
  Str begins[] = {arabic ? stem : stem.substr(0, shared), query_arena_.join(kArticle, stem)};
  if (begins[0].size() < kBeginOfStem) return false;
  for (Str begin : begins) {
    std::uint32_t tried = 0;
    for (Scan scan(*this, Kind::Terms, begin); tried < kMaxStemmed && scan.next();) {
      Str term = scan.at.term();
      if (term.size() > begin.size() + kMostOfEnding) continue;
      tried++;
      if (Str(other, query_->write_stem(term.data(), term.size(), other)) == stem)
        add_match(word, scan, term == wanted ? kExact : kForm);
    }
    if (!arabic) break;
  }
  return true;
}

/// Matches of the word with other endings.
void Index::find_endings(Word& word) {
  Str wanted = word.str();
  for (Str rest = kEndings, ending; next_piece(rest, ' ', ending);) {
    if (!ends_with(wanted, ending) || wanted.size() < kStem + ending.size()) continue;
    char stem[kMaxWord];
    std::size_t size = wanted.size() - ending.size();
    std::memcpy(stem, wanted.data(), size);
    collect(word, {stem, size}, How::Exactly);
    if (stem[size - 1] != 'i') continue;
    stem[size - 1] = 'y';
    collect(word, {stem, size}, How::Exactly);
  }
}

/// Matches of a word with typing errors: they are all in its last half, so that its first half is
/// right, or all in its first half.
void Index::find_similar(Word& word) {
  Str wanted = word.str();
  std::size_t characters = count_characters(wanted);
  if (characters < kOneErrorFrom || word.token.pair || is_digit(wanted[0])) return;
  // Two exchanged letters in the middle are in neither.
  std::size_t half = (characters - 1) / 2;
  Str begin = wanted.substr(0, offset_of_character(wanted, half)),
      end = wanted.substr(offset_of_character(wanted, characters - half));
  collect(word, begin, How::Similar);
  char reversed[kMaxWord];
  reverse(end, reversed);
  // Terms are looked up afterwards: a scan reads one shard at a time.
  List<Str> found;
  for (Scan scan(*this, Kind::Endings, {reversed, end.size()}); scan.next();) {
    char term[kMaxWord];
    Str there(term, scan.at.size);
    reverse(scan.at.term(), term);
    if (!starts_with(there, begin) && factor_of(wanted, there) && found.size < kMaxMatches)
      found.add(query_arena_, query_arena_.copy(there));
  }
  for (Str term : found) {
    Scan scan(*this, Kind::Terms, term);
    if (scan.next() && scan.at.term() == term) add_match(word, scan, factor_of(wanted, term));
  }
}

}  // namespace meridian::search
