// Runs the programs of patterns: the first way in order of preference that leads to the end, as
// Ruby's expressions do.
#include "pattern.h"

namespace meridian::rouge {

namespace {
/// Choices that a match keeps at once: 16 MB.
constexpr std::uint32_t kMaxChoices = 1u << 20;
/// Bytes of a group that are compared again in one step.
constexpr std::uint32_t kBytesOfStep = 16;
/// Steps of a search whose ways are worth remembering.
constexpr std::uint64_t kLongSearch = 1000;
}  // namespace

void Matcher::push(const Choice& choice) {
  if (choices_.size < kMaxChoices)
    choices_.add(arena_, choice);
  else
    give_up();
}

bool Matcher::match(const Pattern& pattern, const Vocabulary& vocabulary, Str text, Match& match,
                    Failed& failed, std::uint32_t from) {
  if (gave_up()) return false;
  pattern_ = &pattern;
  vocabulary_ = &vocabulary;
  match_ = &match;
  failed_ = &failed;
  match.text = text;
  for (std::uint32_t& at : match.at) at = kNone;
  choices_.size = 0;
  match.at[0] = from;
  mark_below_ = pattern.has_back || steps_ < kLongSearch ? 0 : steps_ - kLongSearch;
  furthest_ = 0;
  if (!run(0, from)) return false;
  if (furthest_) forget_failed();
  return !gave_up();
}

bool Matcher::has_failed(const Instruction& i, std::uint32_t at) const {
  if (i.number >= failed_->size || !(*failed_)[i.number]) return false;
  std::size_t place = text().size() - at;
  return (at || pattern_->begins_anywhere) && (*failed_)[i.number][place / 8] >> place % 8 & 1;
}

void Matcher::mark_failed(const Instruction& i, std::uint32_t at) {
  if (steps_ >= mark_below_ || !(at || pattern_->begins_anywhere)) return;
  while (failed_->size <= i.number) failed_->add(arena_, nullptr);
  std::uint8_t*& bits = (*failed_)[i.number];
  if (!bits) {
    std::size_t size = text().size() / 8 + 1;
    bits = static_cast<std::uint8_t*>(arena_.alloc(size));
    std::memset(bits, 0, size);
  }
  std::size_t place = text().size() - at;
  bits[place / 8] |= std::uint8_t(1u << place % 8);
  if (at > furthest_) furthest_ = at;
}

/// Whether a loop that has come here was here before: to go on leads nowhere.
bool Matcher::end_failed(const Instruction& loop, std::uint32_t at) const {
  return loop.to < 2 && loop.most == kMany && has_failed(loop, at);
}

/// After a match: one of the ways did not fail. What else is known of these places is lost with it.
void Matcher::forget_failed() {
  std::size_t size = text().size() / 8 + 1, first = (text().size() - furthest_) / 8;
  for (std::uint8_t* bits : *failed_) {
    if (bits) std::memset(bits + first, 0, size - first);
  }
}

/// Whether the character at `at` is one of the instruction's; moves behind it.
bool Matcher::one(const Instruction& i, std::uint32_t& at) const {
  Str s = text();
  if (at >= s.size()) return false;
  char c = s[at];
  switch (i.op) {
    case Op::Byte:
      if (std::uint8_t(c) != i.small) return false;
      ++at;
      return true;
    case Op::ByteIgnoringCase:
      if (std::uint8_t(lower(c)) != i.small) return false;
      ++at;
      return true;
    case Op::Class: {
      const CharacterClass& set = *vocabulary_->classes[i.to];
      if (!(c & 0x80)) {
        if (!set.ascii[std::uint8_t(c)]) return false;
        ++at;
        return true;
      }
      std::size_t next = at;
      if (!set.has(decode(s, next))) return false;
      at = std::uint32_t(next);
      return true;
    }
    default: break;
  }
  if (c == '\n' && i.op == Op::Any) return false;
  std::size_t next = at;
  if (c & 0x80)
    decode(s, next);
  else
    ++next;
  at = std::uint32_t(next);
  return true;
}

bool Matcher::boundary(std::uint32_t at) const {
  auto word_at = [&](std::size_t i) { return is_word(decode(text(), i)); };
  bool before = false;
  if (at) {
    std::uint32_t from = at - 1;
    while (from && (text()[from] & 0xc0) == 0x80) --from;
    before = word_at(from);
  }
  return before != (at < text().size() && word_at(at));
}

/// Lookahead runs its program apart; lookbehind is one character.
bool Matcher::look(const Instruction& i, std::uint32_t pc, std::uint32_t at) {
  if (i.op == Op::Behind || i.op == Op::NotBehind) {
    std::uint32_t from = at ? at - 1 : 0;
    while (from && (text()[from] & 0xc0) == 0x80) --from;
    bool found = at && one(pattern_->code[pc + 1], from);
    return found == (i.op == Op::Behind);
  }
  std::uint32_t kept = choices_.size, end = match_->at[1];
  std::uint64_t below = mark_below_;
  mark_below_ = 0;
  bool found = run(pc + 1, at);
  mark_below_ = below;
  match_->at[1] = end;
  choices_.size = kept;
  return found == (i.op == Op::Ahead);
}

/// A loop over one character: a greedy one takes all it can, and keeps one choice for giving back.
bool Matcher::many(std::uint32_t pc, std::uint32_t& at) {
  const Instruction& loop = pattern_->code[pc];
  const Instruction& body = pattern_->code[pc + 1];
  std::uint32_t count = 0, from = at;
  for (; count < loop.to; ++count) {
    if (!one(body, at)) return false;
  }
  if (loop.small) {
    mark_failed(loop, from);
    if (count < loop.most) push({Choice::More, 0, std::uint16_t(pc), at, count});
    return true;
  }
  std::uint32_t least = at;
  while (count < loop.most && !end_failed(loop, at) && one(body, at)) ++count;
  spend(at - least);
  mark_failed(loop, from);
  // From the places between there are fewer ways on.
  while (steps_ < mark_below_ && loop.most == kMany && from < at) mark_failed(loop, ++from);
  if (at > least) push({Choice::Fewer, 0, std::uint16_t(pc), at, least});
  return true;
}

bool Matcher::fewer(Choice choice, std::uint32_t& at) {
  at = choice.at - 1;
  while (at > choice.other && (text()[at] & 0xc0) == 0x80) --at;
  choice.at = at;
  if (at > choice.other) push(choice);
  return true;
}

bool Matcher::more(const Choice& choice, std::uint32_t& at) {
  const Instruction& loop = pattern_->code[choice.pc];
  at = choice.at;
  if (!one(pattern_->code[choice.pc + 1u], at)) return false;
  if (end_failed(loop, at)) return true;
  if (loop.most == kMany) mark_failed(loop, at);
  if (choice.other + 1 < loop.most) push({Choice::More, 0, choice.pc, at, choice.other + 1});
  return true;
}

bool Matcher::next_word(std::uint32_t pc, std::uint32_t from, std::uint32_t& at) {
  const Words& words = *vocabulary_->words[pattern_->code[pc].to];
  bool ignore_case = pattern_->code[pc].small;
  Str rest = text().substr(at);
  if (rest.empty() || (!ignore_case && !words.begins[std::uint8_t(rest[0])])) return false;
  for (std::uint32_t i = from; i < words.words.size; ++i) {
    Str word = words.words[i];
    if (ignore_case ? !equal_ignoring_case(rest.substr(0, word.size()), word)
                    : word[0] != rest[0] || !starts_with(rest, word))
      continue;
    push({Choice::NextWord, 0, std::uint16_t(pc), at, i + 1});
    at += std::uint32_t(word.size());
    return true;
  }
  return false;
}

/// Whether a group's text stands at `at` as well. Its last byte is compared first: in a row of one
/// character, such as a code span's, most places lack that one alone.
bool Matcher::again(Str group, std::uint32_t at) {
  if (group.empty()) return true;
  Str there = text().substr(at, group.size());
  if (there.size() < group.size() || there.back() != group.back()) return false;
  spend(group.size() / kBytesOfStep);
  return there == group;
}

bool Matcher::run(std::uint32_t pc, std::uint32_t at) {
  const std::uint32_t floor = choices_.size;
  const Instruction* code = pattern_->code.begin();
  Str s = text();
  for (;;) {
    bool ok = true;
    if (steps_ <= 1) {
      steps_ = 0;
      return false;
    }
    --steps_;
    const Instruction& i = code[pc];
    switch (i.op) {
      case Op::Matched: match_->at[1] = at; return true;
      case Op::Many:
        ok = !has_failed(i, at) && many(pc, at);
        pc += 2;
        break;
      case Op::Split:
        if (!(ok = !has_failed(i, at))) break;
        mark_failed(i, at);
        push({Choice::Try, 0, std::uint16_t(i.small ? pc + 1 : i.to), at, 0});
        pc = i.small ? i.to : pc + 1;
        break;
      case Op::Jump: pc = i.to; break;
      case Op::Save:
        push({Choice::Restore, i.small, 0, match_->at[i.small], 0});
        match_->at[i.small] = at;
        ++pc;
        break;
      case Op::LineBegin: ok = !at || s[at - 1] == '\n', ++pc; break;
      case Op::LineEnd: ok = at == s.size() || s[at] == '\n', ++pc; break;
      case Op::TextBegin: ok = !at, ++pc; break;
      case Op::TextEnd: ok = at == s.size(), ++pc; break;
      case Op::TextEndOrNewline:
        ok = at == s.size() || (at + 1 == s.size() && s[at] == '\n'), ++pc;
        break;
      case Op::Boundary: ok = boundary(at), ++pc; break;
      case Op::NoBoundary: ok = !boundary(at), ++pc; break;
      case Op::Ahead:
      case Op::NotAhead:
      case Op::Behind:
      case Op::NotBehind:
        ok = look(i, pc, at);
        pc = i.to;
        break;
      case Op::Back: {
        Str group = match_->group(i.small);
        ok = match_->at[2 * i.small] != kNone && again(group, at);
        at += std::uint32_t(group.size());
        ++pc;
        break;
      }
      case Op::OneOf: ok = next_word(pc, 0, at), ++pc; break;
      default: ok = one(i, at), ++pc; break;
    }
    while (!ok) {
      if (choices_.size == floor || gave_up()) return false;
      Choice choice = choices_.back();
      --choices_.size;
      --steps_;
      switch (choice.kind) {
        case Choice::Try: at = choice.at, pc = choice.pc, ok = true; break;
        case Choice::Restore: match_->at[choice.slot] = choice.at; break;
        case Choice::Fewer: ok = fewer(choice, at), pc = choice.pc + 2u; break;
        case Choice::More: ok = more(choice, at), pc = choice.pc + 2u; break;
        case Choice::NextWord:
          at = choice.at;
          ok = next_word(choice.pc, choice.other, at), pc = choice.pc + 1u;
          break;
      }
    }
  }
}

}  // namespace meridian::rouge
