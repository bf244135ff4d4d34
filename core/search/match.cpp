// What of the index a word of a query matches.
#include "meridian/text.h"
#include "similar.h"
#include "words_of_query.h"

namespace meridian::search {

namespace {
// Of the weight of the word itself, in 256ths: an ending more or less, a word that begins with it,
// one and two errors, an error in the begin of a word.
constexpr std::uint32_t kExact = 256, kEnding = 200, kBegin = 150, kOneError = 120, kTwoErrors = 60,
                        kErrorInBegin = 40;
/// Terms that one word matches: a first letter would match thousands.
constexpr std::uint32_t kMaxMatches = 128;
/// Shards that are read for the begin of a word, which may be that of very many.
constexpr std::uint32_t kMaxShardsOfBegin = 6;
/// Characters from which a word may have an error, or two.
constexpr std::size_t kOneErrorFrom = 4, kTwoErrorsFrom = 9;

/// Endings of plurals and of cases in the languages of Europe.
constexpr char kEndings[] = "ing es en er em ed s e n";

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
  std::uint32_t count = 0;
  Str postings;

  Scan(Index& i, Kind k, Str p)
      : index(i),
        kind(k),
        prefix(p),
        part(i.part_of(i.parts_[int(k)], p)),
        end(part + kMaxShardsOfBegin) {}

  bool next() {
    for (;;) {
      while (at.next()) {
        if (kind == Kind::Terms) {
          count = at.from.number();
          postings = at.from.string();
        }
        if (starts_with(at.term(), prefix)) return true;
        if (at.term() > prefix) return false;
      }
      const List<Part>& parts = index.parts_[int(kind)];
      if (part >= parts.size || part == end) return false;
      Str first = parts[part].first;
      if (part + kMaxShardsOfBegin > end && first > prefix && !starts_with(first, prefix))
        return false;
      if (index.want(kind, part)) at = TermCursor(parts[part].bytes);
      part++;
    }
  }
};

void Index::add_match(Word& word, Str term, std::uint32_t count, Str postings,
                      std::uint32_t factor) {
  if (word.matches.size >= kMaxMatches) return;
  for (const Match& match : word.matches)
    if (match.postings.data() == postings.data()) return;
  word.matches.add(query_arena_, {query_arena_.copy(term), postings, factor});
  if (factor == kExact) {
    word.exact = true;
    word.sections = count;
  }
  if (!word.exact && count > word.sections) word.sections = count;
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
      factor = term == wanted ? kExact : kEnding;
    if (factor) add_match(word, term, scan.count, scan.postings, factor);
    if (how == How::Exactly) return;
  }
}

/// Matches of a word as it is written, of the words that it begins, and of endings.
void Index::find_word(Word& word) {
  Str wanted = word.str();
  bool whole =
      word.token.pair ? count_characters(wanted) > 1 : wanted.size() == 1 && !is_digit(wanted[0]);
  collect(word, wanted, whole ? How::Exactly : How::Begin);
  if (whole) return;
  constexpr std::size_t kStem = 4;
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
  if (word.matches.empty()) find_similar(word);
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
    if (scan.next() && scan.at.term() == term)
      add_match(word, term, scan.count, scan.postings, factor_of(wanted, term));
  }
}

}  // namespace meridian::search
