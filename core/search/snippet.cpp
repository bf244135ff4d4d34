// The part of a text that shows why it was found.
#include "meridian/text.h"
#include "words_of_query.h"

namespace meridian::search {

namespace {
// Bytes of a snippet, and of what stands before its first match: two lines on a phone.
constexpr std::size_t kSnippet = 180, kBefore = 48;
/// Matches that are considered in one text.
constexpr std::uint32_t kMaxMarks = 256;

struct Mark {
  std::uint32_t begin, end, word;
};

/// Moved back to where a character begins.
std::size_t character_at(Str text, std::size_t at) {
  while (at && at < text.size() && (text[at] & 0xC0) == 0x80) at--;
  return at < text.size() ? at : text.size();
}
}  // namespace

/// The word of the query that a word of a text matches; their number when it is none.
std::uint32_t Index::word_of(Str folded) const {
  for (std::uint32_t i = 0; i < word_count_; i++) {
    const Word& word = words_[i];
    if (folded == word.str()) return i;
    for (const Match& match : word.matches)
      if (match.term == folded) return i;
  }
  return word_count_;
}

/// A text from one place to another with marks around what matches.
void Index::add_marked(Str text, std::size_t from, std::size_t to, Text& out) const {
  Token token;
  bool marked = false;
  auto add = [&](std::size_t end) {
    if (end > to) end = to;
    if (end <= from) return;
    for (char c : slice(text, from, end)) out.add(static_cast<unsigned char>(c) < ' ' ? ' ' : c);
    from = end;
  };
  auto mark = [&](bool on) {
    if (on != marked) out.add(on ? '\x02' : '\x03');
    marked = on;
  };
  for (std::size_t at = from; at < to && next_word(text, at, token) && token.begin < to;) {
    if (word_of(token.str()) == word_count_) continue;
    // Pairs overlap, and go on in each other's mark.
    if (token.begin > from || !marked) {
      mark(token.begin <= from && marked);
      add(token.begin);
      mark(true);
    }
    add(token.end);
  }
  if (from < to) {
    mark(false);
    add(to);
  }
  mark(false);
}

/// The part that has the most words of the query, the first of these.
void Index::add_snippet(Str text, Text& out) const {
  text = text.substr(0, kMaxSection + kMaxSection / 2);
  Mark marks[kMaxMarks];
  std::uint32_t count = 0;
  Token token;
  for (std::size_t at = 0; count < kMaxMarks && next_word(text, at, token);) {
    std::uint32_t word = word_of(token.str());
    if (word < word_count_)
      marks[count++] = {std::uint32_t(token.begin), std::uint32_t(token.end), word};
  }
  std::size_t begin = 0;
  std::uint32_t most = 0;
  for (std::uint32_t i = 0; i < count; i++) {
    std::uint32_t words = 0, different = 0;
    for (std::uint32_t j = i; j < count && marks[j].end <= marks[i].begin + kSnippet - kBefore; j++)
      words |= 1u << marks[j].word;
    for (; words; words &= words - 1) different++;
    if (different <= most) continue;
    most = different;
    begin = marks[i].begin;
  }
  if (begin <= kBefore) {
    begin = 0;
  } else {
    std::size_t from = begin - kBefore, space = text.find(' ', from);
    begin = character_at(text, space < begin ? space + 1 : from);
  }
  std::size_t end = character_at(text, begin + kSnippet);
  if (end < text.size()) {
    std::size_t space = text.rfind(' ', end);
    if (space != Str::npos && space > begin + kSnippet / 2) end = space;
  }
  if (begin) out.add("…");
  add_marked(text, begin, end, out);
  if (end < text.size()) out.add("…");
}

}  // namespace meridian::search
