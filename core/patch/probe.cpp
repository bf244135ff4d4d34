#include "probe.h"

#include "meridian/text.h"

namespace meridian::patch {

using markdown::LiveDocument;

namespace {
// A long link has hundreds of places that are none. Bytes that are parsed in a tenth of a second,
// and questions all the same in a large text, which is halved seventeen times.
constexpr std::size_t kMostParsed = std::size_t(4) << 20;
constexpr std::size_t kLeastProbes = 64, kMostProbes = 2000;
constexpr std::uint32_t kMostPlaces = 16;

/// A character inserted to find where a place is in the page: private, thus like a letter for
/// Markdown; and a separator, where a letter would be part of an address or of a word.
constexpr Name kLetter = "\xEE\x80\x83", kSeparator = "\xE2\xB8\xB1";

/// Of the tokens of all parts but the footnotes, which are apart.
bool is_footnotes(const LiveDocument::Part& part) { return part.source == 0; }

bool is_footnote_mark(const Token& token) {
  return token.kind == Kind::Atom && token.name == "sup";
}

std::uint32_t marks_in(const Tokens& tokens) {
  std::uint32_t marks = 0;
  for (const Token& token : tokens) marks += is_footnote_mark(token);
  return marks;
}

/// Of a part as readers see it. One with headers is compared without their ids, which a header of
/// the same text before them changes, and one with footnotes without their numbers; the list of
/// all headers changes with each.
std::uint64_t hash_of(const LiveDocument::Part& part) {
  if (part.html.find("id=\"markdown-toc\"") != Str::npos) return 0;
  const bool has_numbers =
      part.headers || part.html.find("<h") != Str::npos || part.html.find("<sup") != Str::npos;
  if (!has_numbers) return part.hash;
  Arena arena;
  Tokens tokens;
  add_tokens(part.html, arena, tokens);
  std::uint64_t hash = 1;
  for (const Token& token : tokens) hash = hash * 31 + fnv1a(token.text);
  return hash;
}
}  // namespace

Probe::Probe(LiveDocument& document, std::uint32_t first, std::uint32_t last, std::size_t begin,
             std::size_t end)
    : document_(document), first_(0), behind_(0), begin_(begin), end_(end) {
  text_.add(document.text());
  const std::size_t affordable = kMostParsed / (text_.size() + 1) + kLeastProbes;
  probes_ = affordable < kMostProbes ? affordable : kMostProbes;
  const auto& parts = document.parts();
  Text html;
  for (std::uint32_t i = 0; i < parts.size; ++i) {
    if (is_footnotes(parts[i])) {
      footnotes_.add(arena_, {parts[i].hash, hash_of(parts[i])});
      continue;
    }
    if (i >= first && i <= last) {
      html.add(parts[i].html);
      continue;
    }
    ++(i < first ? first_ : behind_);
    others_.add(arena_, {parts[i].hash, hash_of(parts[i])});
  }
  add_tokens(html.str(), arena_, tokens_);
  marks_ = marks_in(tokens_);
  asked_.reserve(arena_, std::uint32_t(end - begin + 1));
  for (std::size_t i = begin; i <= end; ++i) asked_.add(arena_, 0);
}

/// Changes the document; true if all other parts are as before. The HTML is that of its parts, if
/// there are as many others.
bool Probe::try_edit(std::size_t begin, std::size_t end, Str insert, bool drops_footnotes,
                     Text& html) {
  if (probes_) --probes_;
  document_.edit(begin, end, insert);
  const auto& parts = document_.parts();
  std::uint32_t count = 0;
  for (const auto& part : parts) count += !is_footnotes(part);
  if (count < first_ + behind_) return false;
  std::uint32_t other = 0, note = 0, at = 0;
  bool alone = drops_footnotes || parts.size - count == footnotes_.size;
  auto compare = [&](const LiveDocument::Part& part, const Other& one) {
    if (alone && part.hash != one.hash) alone = hash_of(part) == one.seen;
  };
  for (const auto& part : parts) {
    if (is_footnotes(part)) {
      if (!drops_footnotes && note < footnotes_.size) compare(part, footnotes_[note++]);
      continue;
    }
    if (at >= first_ && at < count - behind_)
      html.add(part.html);
    else
      compare(part, others_[other++]);
    ++at;
  }
  return alone;
}

void Probe::undo(std::size_t begin, std::size_t inserted, Str old) {
  document_.edit(begin, begin + inserted, old);
}

std::int32_t Probe::token_by(std::size_t at, Str mark) {
  Text html;
  bool alone = try_edit(at, at, mark, false, html);
  undo(at, mark.size(), {});
  const std::size_t found = html.str().find(mark);
  if (!alone || found == Str::npos || html.str().find(mark, found + 1) != Str::npos) return -1;
  html.replace(found, found + mark.size(), {});
  Arena arena;
  Tokens tokens;
  add_tokens(html.str(), arena, tokens);
  if (!alike(tokens, tokens_)) return -1;
  std::uint32_t index = 0;
  while (index < tokens.size && tokens[index].begin < found) ++index;
  // Within a tag or an atom it would not be seen.
  if (index && tokens[index - 1].kind != Kind::Character && tokens[index - 1].kind != Kind::Space) {
    const std::size_t end = index < tokens.size ? tokens[index].begin : html.size();
    const Str between = slice(html.str(), tokens[index - 1].begin, end);
    if (found - tokens[index - 1].begin < between.rfind('>') + 1) return -1;
  }
  return std::int32_t(index);
}

/// The token before which a character at this place stands; -1: the parser makes something else.
std::int32_t Probe::token_at(std::size_t at) {
  std::int32_t& known = asked_[std::uint32_t(at - begin_)];
  if (known) return known - (known > 0);
  Str text = text_.str();
  std::int32_t index = -1;
  const bool inside = at < text.size() && (text[at] & 0xC0) == 0x80;
  if (!inside && probes_) {
    index = token_by(at, kLetter);
    if (index < 0) index = token_by(at, kSeparator);
  }
  known = index < 0 ? -1 : index + 1;
  return index;
}

/// The first place from `at` on that is one, before `end`.
std::size_t Probe::next_place(std::size_t at, std::size_t end) {
  while (at < end && token_at(at) < 0) ++at;
  return at;
}

/// The first place that stands before a token from `token` on.
std::size_t Probe::place_before(std::int32_t token) {
  std::size_t least = begin_, most = end_ + 1;
  while (least < most) {
    const std::size_t middle = least + (most - least) / 2, place = next_place(middle, most);
    if (place < most && token_at(place) < token)
      least = place + 1;
    else
      most = middle;
  }
  return least;
}

void Probe::find_places(std::uint32_t low, std::uint32_t high, bool descend, Arena& arena,
                        List<std::size_t>& places) {
  const std::size_t least = place_before(std::int32_t(low));
  if (!descend) {
    for (std::size_t at = least; (at = next_place(at, end_ + 1)) <= end_; ++at) {
      if (token_at(at) > std::int32_t(high) || places.size == kMostPlaces) return;
      places.add(arena, at);
    }
    return;
  }
  for (std::size_t at = place_before(std::int32_t(high) + 1);
       at-- > least && places.size < kMostPlaces;)
    if (token_at(at) >= 0) places.add(arena, at);
}

bool Probe::makes(std::size_t begin, std::size_t end, Str insert, const Tokens& wanted) {
  Text html;
  // Without its mark a footnote is not shown, and those behind it have other numbers.
  const bool alone = try_edit(begin, end, insert, marks_in(wanted) < marks_, html);
  undo(begin, insert.size(), slice(text_.str(), begin, end));
  Arena arena;
  Tokens tokens;
  add_tokens(html.str(), arena, tokens);
  const bool made = alike(tokens, wanted);
  // Without any HTML a part is gone, such as the footnotes.
  changed_others_ |= !alone && (made || html.empty());
  return made && alone;
}

}  // namespace meridian::patch
