// The loop over spans. kramdown tries a construct, and when its end is missing it goes back and
// reads the opening as text: in a hostile text every character opens a construct. Here each failed
// attempt is recorded at every step that it made, so that a later attempt in the same situation
// fails at once.
#include "meridian/words.h"
#include "parser.h"

namespace meridian::markdown::kramdown {

void SpanParser::parse(Parser& parser, Str text, Type text_type, int depth, Node* node,
                       Parsers parsers) {
  SpanParser spans(parser, text, text_type, depth);
  if (parsers == kSmart) spans.dialect_ = kSmart;
  spans.parse_spans(node, Terminator{kNone, {}, false}, parsers);
}

void SpanParser::add_text(Str text) { Scanner::add_text(node_, text, text_type_); }

/// The next `size` bytes as text.
void SpanParser::add_text(std::size_t size) {
  add_text(between(pos_, pos_ + size));
  pos_ += size;
}

namespace {
/// The characters that may begin a span, or tell that one began just before them.
constexpr struct Starts {
  bool with[256] = {};
  constexpr Starts() {
    for (char c : {'*', '_', '`', '<', '[', '\\', '$', '&', '"', '\'', '!', '\n', '{', '-', '.',
                   '>', '~', ']'}) {
      with[std::uint8_t(c)] = true;
    }
  }
} kStarts;

/// The bytes that are no letters of ASCII, no blanks, not zero, and not part of another character:
/// each for sure.
constexpr std::uint64_t marks(std::uint64_t word) {
  // Bit 5 set: letters are small, and no byte becomes a letter that was none.
  std::uint64_t small = (word | kEachByte * 0x20) & kLowBits;
  std::uint64_t from_a = small + kEachByte * (0x80 - 'a'),
                after_z = small + kEachByte * (0x7f - 'z');
  std::uint64_t no_blank = (small ^ kEachByte * ' ') + kLowBits;
  return (~from_a | after_z) & no_blank & ~word & kHighBits;
}

/// The first of two characters from `at` on.
std::size_t find_either(Str s, char a, char b, std::size_t at) {
  const char* data = s.data();
  for (std::size_t end = s.size(); at < end; at += kWordBytes) {
    std::uint64_t word =
        at + kWordBytes <= end ? load_word(data + at) : load_rest(data + at, end - at);
    std::uint64_t found = zero_bytes(word ^ kEachByte * std::uint8_t(a)) |
                          zero_bytes(word ^ kEachByte * std::uint8_t(b));
    if (found) return at + first_byte(found);
  }
  return npos;
}
}  // namespace

/// Whether a span parser, or a bracket that matters, begins with the character at `i`: its begin,
/// else npos. A quotation mark begins one character before itself, because typography depends on
/// that; the blanks of a line break and of a guillemet are found by the characters behind them.
/// Everything before `at` is parsed.
std::size_t SpanParser::start_at(std::size_t i, std::size_t at) const {
  char c = s_[i];
  switch (c) {
    case '\n': return i < at + 2 || s_[i - 1] != ' ' || s_[i - 2] != ' ' ? npos : i - 2;
    case '-':
    case '.':
    case '>':
      if (peek(i + 1) != c) return npos;
      return c == '>' && i > at && s_[i - 1] == ' ' ? i - 1 : i;
    case '"':
    case '\'':
      if (i > at) {
        // Whatever else begins before a quotation mark was met already.
        std::size_t before = previous_character(s_, i);
        if (before >= at) return before;
      }
  }
  return i;
}

/// The first place from `at` on where something begins.
std::size_t SpanParser::find_start(std::size_t at) const {
  if (parsers_ != kAll && parsers_ != kSmart) {
    return find_either(s_, parsers_ == kHtml ? '<' : '`', parsers_ == kCode ? '`' : '<', at);
  }
  const char* s = s_.data();
  for (std::size_t i = at, end = s_.size(); i < end; i += kWordBytes) {
    std::uint64_t found =
        marks(i + kWordBytes <= end ? load_word(s + i) : load_rest(s + i, end - i));
    for (; found; found &= found - 1) {
      std::size_t mark = i + first_byte(found);
      if (!kStarts.with[std::uint8_t(s[mark])]) continue;
      std::size_t start = start_at(mark, at);
      if (start != npos) return start;
    }
  }
  return npos;
}

Value SpanParser::state(std::size_t at, const Terminator& terminator) const {
  std::uint64_t tag = 0;
  if (terminator.kind == kTag) {
    for (char c : terminator.tag) tag = (tag * 131 + std::uint8_t(c)) & 0xffffff;
  }
  return std::int64_t(std::uint64_t(at) << 32 | tag << 8 | std::uint64_t(terminator.kind) << 5 |
                      std::uint64_t(parsers_ == kHtml) << 3 | inside_);
}

/// An attempt reached the end of the text. From each of its steps on, the count of open brackets
/// gets no lower than `lowest` at the end or its value at a later step.
void SpanParser::mark_dead(std::uint32_t first_step, const Terminator& terminator,
                           std::int32_t lowest) {
  for (std::uint32_t i = steps_.size; i-- > first_step;) {
    const Step& step = steps_[i];
    dead_.set(state(step.at, terminator)) = lowest - step.open;
    if (step.open < lowest) lowest = step.open;
  }
}

/// Parses spans into `node` until `terminator` or the end of the text; true when it was found.
bool SpanParser::parse_spans(Node* node, const Terminator& terminator, Parsers parsers) {
  Node* outer_node = node_;
  Parsers outer_parsers = parsers_;
  std::uint32_t first_step = steps_.size, first_bracket = open_brackets_.size;
  node_ = node;
  parsers_ = parsers;
  bool found = false, dead = false;
  std::int32_t lowest = 0;
  while (pos_ < s_.size()) {
    std::size_t next = find_start(pos_);
    if (next == npos) {
      if (terminator.kind == kNone) {
        add_text(s_.substr(pos_));
        pos_ = s_.size();
      }
      break;
    }
    add_text(between(pos_, next));
    pos_ = next;
    std::size_t opens = 0;
    if (terminator.kind != kNone) {
      auto open = std::int32_t(open_brackets_.size - first_bracket);
      if (attempts_) {
        const Value* lower = dead_.size() ? dead_.find(state(pos_, terminator)) : nullptr;
        if (lower && open + int(lower->i) > 0 - (terminator.kind != kBracket)) {
          lowest = open + int(lower->i);
          dead = true;
          break;
        }
        steps_.add(arena_, Step{std::uint32_t(pos_), open});
      }
      if (at_terminator(terminator, opens)) {
        if (terminator.kind != kBracket) {
          found = true;
          break;
        }
        if (s_[pos_] == ']') {
          if (open_brackets_.size == first_bracket) {
            found = true;
            break;
          }
          std::uint32_t inner = open_brackets_.back();
          --open_brackets_.size;
          matches_.set(state(inner, terminator)) = std::int64_t(pos_);
        } else {
          open_brackets_.add(arena_, std::uint32_t(pos_ + opens));
        }
      }
    }
    Node* last = node->last;
    std::uint32_t brackets = open_brackets_.size;
    parse_span();
    // An image consumed its closing bracket.
    if (opens && node->last != last && node->last->type == Type::Image &&
        brackets > first_bracket) {
      open_brackets_.size = brackets - 1;
    }
  }
  if (!found && attempts_ && terminator.kind != kNone) {
    if (!dead) lowest = std::int32_t(open_brackets_.size - first_bracket);
    mark_dead(first_step, terminator, lowest);
    if (terminator.kind == kTag && dead) pos_ = s_.size();  // the outer attempt fails, too
  }
  steps_.size = first_step;
  open_brackets_.size = first_bracket;
  node_ = outer_node;
  parsers_ = outer_parsers;
  return found;
}

/// Whether the terminator matches here. `opens`: length of a bracket that opens another pair.
bool SpanParser::at_terminator(const Terminator& terminator, std::size_t& opens) {
  char c = s_[pos_], next = peek(pos_ + 1);
  switch (terminator.kind) {
    case kNone: return false;
    case kTag: return match_close_tag_of(s_, pos_, terminator.tag, terminator.fold) != npos;
    case kBracket: opens = c == '[' ? 1 : c == '!' && next == '[' ? 2 : 0; return opens || c == ']';
    default: break;
  }
  bool two = terminator.kind == kTwoStars || terminator.kind == kTwoUnderscores;
  char mark = terminator.kind == kStar || terminator.kind == kTwoStars ? '*' : '_';
  if (c != mark || (two && next != mark)) return false;
  if (!node_->first || is_space(s_[pos_ - 1])) return false;
  if (!two && next == mark && peek(pos_ + 2) != mark) return false;  // a double mark is strong
  return mark == '*' || !is_alnum_at(s_, pos_ + (two ? 2 : 1));
}

/// The span that begins here, or one character of text.
void SpanParser::parse_span() {
  char c = s_[pos_];
  if (parsers_ == kSmart && is_one_of(c, "*_`[!${~"))
    return is_one_of(peek(pos_ + 1), "\"'") ? parse_smart_quotes() : add_text(1);
  if (parsers_ == kAll || parsers_ == kSmart || c == '<' || c == '`') {
    switch (c) {
      case '*':
      case '_': return parse_emphasis();
      case '`': return parse_code_span();
      case '<':
        if (parsers_ == kAll && parse_autolink()) return;
        if (parse_html()) return;
        break;
      case '[':
      case '!': {
        std::size_t inner = pos_ + (c == '!' ? 2 : 1);
        if (c == '[' && parse_footnote_marker()) return;
        if (s_[inner - 1] == '[' && inner < s_.size() && s_[inner] != '^') return parse_link();
        break;
      }
    }
    if (parsers_ == kAll || parsers_ == kSmart) {
      std::size_t next = next_character(s_, pos_);
      char quote = peek(next);
      if (c == '"' || c == '\'' || (c != '\\' && (quote == '"' || quote == '\'')))
        return parse_smart_quotes();
      switch (c) {
        case '$':
          if (parse_math()) return;
          break;
        case '{':
          if (peek(pos_ + 1) == ':' && parse_extension()) return;
          break;
        case '&':
          if (parse_entity()) return;
          break;
        case '~':
          if (parse_strikethrough()) return;
          break;
        case '\\':
          if (peek(pos_ + 1) == '\n') parser_.note_break();
          if (parse_typography() || (parsers_ == kAll && (parse_line_break() || parse_escape())))
            return;
          break;
        case '-':
        case '.':
        case '<':
        case '>':
        case ' ':
          if (parse_typography() || (parsers_ == kAll && parse_line_break())) return;
          break;
      }
    }
  }
  add_text(next_character(s_, pos_) - pos_);
}

}  // namespace meridian::markdown::kramdown
