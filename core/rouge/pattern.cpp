// Patterns: from their notation to a tree, and from the tree to a program.
#include "pattern.h"

namespace meridian::rouge {

void Words::add(Arena& arena, Str word) {
  words.add(arena, word);
  begins[std::uint8_t(word[0])] = true;
  // At most half full.
  if (words.size * 2 > slots.size) {
    std::uint32_t size = slots.size ? slots.size * 4 : 64;
    slots = {};
    for (std::uint32_t i = 0; i < size; ++i) slots.add(arena, 0);
    for (std::uint32_t i = 0; i + 1 < words.size; ++i) {
      std::uint32_t at = std::uint32_t(fnv1a(words[i])) & (size - 1);
      while (slots[at]) at = (at + 1) & (size - 1);
      slots[at] = std::uint16_t(i + 1);
    }
  }
  std::uint32_t at = std::uint32_t(fnv1a(word)) & (slots.size - 1);
  while (slots[at]) at = (at + 1) & (slots.size - 1);
  slots[at] = std::uint16_t(words.size);
}

bool Words::has(Str word) const {
  if (word.empty() || !begins[std::uint8_t(word[0])]) return false;
  std::uint32_t at = std::uint32_t(fnv1a(word)) & (slots.size - 1);
  for (; slots[at]; at = (at + 1) & (slots.size - 1)) {
    if (words[slots[at] - 1u] == word) return true;
  }
  return false;
}

bool Words::has_prefix_of(Str text) const {
  for (Str word : words) {
    if (starts_with(text, word)) return true;
  }
  return false;
}

Words* Vocabulary::find_words(Str name) const {
  for (Words* w : words) {
    if (w->name == name) return w;
  }
  return nullptr;
}

namespace {
/// Unicode's Cf among the characters that names of tags may have.
bool is_format(std::uint32_t c) {
  return c == 0xad || (c >= 0x600 && c <= 0x605) || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064) || c == 0xfeff;
}
}  // namespace

bool CharacterClass::has(std::uint32_t c) const {
  if (c < 128) return ascii[c];
  bool found = (word && is_word(c)) || (format && is_format(c)) || (upper && downcase(c) != c) ||
               (astral && c > 0xffff);
  for (std::uint32_t other : others) found |= other == c;
  return found != negated;
}

namespace {

struct Node {
  enum Kind : std::uint8_t { Empty, Single, Assertion, Sequence, Either, Repeat, Group, Look } kind;
  /// Single, Assertion: the instruction. Look: its operation.
  Instruction instruction{};
  Node* first = nullptr;
  Node* second = nullptr;
  std::uint32_t least = 0, most = 0, group = 0;
  bool lazy = false;
};

/// Characters of a class by the letter behind a backslash; false when the letter is no class.
bool add_class_letter(CharacterClass& set, char letter) {
  bool negated = letter >= 'A' && letter <= 'Z';
  char kind = lower(letter);
  if (!is_one_of(kind, "dwsh")) return false;
  for (int c = 0; c < 128; ++c) {
    bool in = kind == 'd'   ? is_digit(char(c))
              : kind == 'w' ? is_alnum(char(c)) || c == '_'
              : kind == 's' ? is_space(char(c))
                            : hex_digit(char(c)) >= 0;
    if (in != negated) set.ascii[c] = true;
  }
  // The four are of ASCII only, so what they exclude is every other character.
  if (negated) set.negated = true;
  return true;
}

/// `[:alpha:]` and `\p{L}`: both by their name.
void add_named_class(CharacterClass& set, Str name) {
  if (name == "Cf" || name == "Astral") {
    (name == "Cf" ? set.format : set.astral) = true;
    return;
  }
  bool word = one_of(name, "Word word XID_Continue") >= 0;
  bool digits = word || one_of(name, "alnum digit Nd") >= 0;
  bool lowers = word || one_of(name, "alpha alnum L XID_Start") >= 0;
  bool capitals = name == "upper" || name == "Lu", uppers = lowers || capitals;
  for (int c = 0; c < 128; ++c) {
    bool letter = is_alpha(char(c)), upper = letter && c < 'a';
    if ((letter && (upper ? uppers : lowers)) || (digits && is_digit(char(c))) ||
        (word && c == '_'))
      set.ascii[c] = true;
  }
  if (capitals)
    set.upper = true;
  else if (lowers)
    set.word = true;
}

class Parser {
 public:
  Parser(Arena& arena, Vocabulary& vocabulary) : arena_(arena), vocabulary_(vocabulary) {}
  bool dot_all = false, ignore_case = false, ok = true;

  Node* parse(Str source) {
    Str outer = rest_;
    rest_ = source;
    Node* node = alternatives();
    if (!rest_.empty()) ok = false;
    rest_ = outer;
    return node;
  }

 private:
  Node* make(Node::Kind kind, Node* first = nullptr, Node* second = nullptr) {
    Node* node = arena_.make<Node>();
    node->kind = kind;
    node->first = first;
    node->second = second;
    return node;
  }
  Node* single(Op op, std::uint8_t small = 0, std::uint16_t to = 0) {
    Node* node = make(op <= Op::Class ? Node::Single : Node::Assertion);
    node->instruction = {op, small, to};
    return node;
  }
  bool take(Str s) {
    if (!starts_with(rest_, s)) return false;
    rest_.remove_prefix(s.size());
    return true;
  }

  Node* alternatives() {
    Node* node = sequence();
    if (take("|")) node = make(Node::Either, node, alternatives());
    return node;
  }

  Node* sequence() {
    Node* node = make(Node::Empty);
    while (ok && !rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      node = make(Node::Sequence, node, repeated());
    }
    return node;
  }

  Node* repeated() {
    Node* node = atom();
    for (std::uint32_t least, most; quantifier(least, most);) {
      Node* repeat = make(Node::Repeat, node);
      repeat->least = least;
      repeat->most = most;
      repeat->lazy = take("?");
      node = repeat;
    }
    return node;
  }

  bool quantifier(std::uint32_t& least, std::uint32_t& most) {
    least = 0, most = kMany;
    if (take("*")) return true;
    if (take("+")) return least = 1, true;
    if (take("?")) return most = 1, true;
    std::size_t end = rest_.find('}');
    if (rest_.size() < 3 || rest_[0] != '{' || end == Str::npos) return false;
    Str inside = slice(rest_, 1, end), number;
    if (!is_digit(inside[0]) && inside[0] != ',') return false;
    bool range = inside.find(',') != Str::npos;
    next_piece(inside, ',', number);
    least = std::uint32_t(parse_int(number));
    most = !range ? least : inside.empty() ? kMany : std::uint32_t(parse_int(inside));
    rest_.remove_prefix(end + 1);
    return true;
  }

  Node* group() {
    if (take("?:")) return close(alternatives());
    static constexpr struct {
      const char* text;
      Op op;
    } kLooks[] = {
        {"?=", Op::Ahead}, {"?!", Op::NotAhead}, {"?<=", Op::Behind}, {"?<!", Op::NotBehind}};
    for (const auto& look : kLooks) {
      if (!take(look.text)) continue;
      Node* node = make(Node::Look, close(alternatives()));
      node->instruction.op = look.op;
      return node;
    }
    Node* node = make(Node::Group);
    node->group = ++groups_;
    if (groups_ > kMaxGroups) ok = false;
    node->first = close(alternatives());
    return node;
  }
  Node* close(Node* node) {
    if (!take(")")) ok = false;
    return node;
  }

  Node* atom() {
    char c = rest_[0];
    rest_.remove_prefix(1);
    switch (c) {
      case '(': return group();
      case '[': return char_class();
      case '.': return single(dot_all ? Op::AnyOrNewline : Op::Any);
      case '^': return single(Op::LineBegin);
      case '$': return single(Op::LineEnd);
      case '\\': return escape();
      case '{': return named(c);
    }
    return literal(c);
  }

  Node* literal(char c) {
    if (ignore_case && is_alpha(c)) return single(Op::ByteIgnoringCase, std::uint8_t(lower(c)));
    Node* node = single(Op::Byte, std::uint8_t(c));
    // The other bytes of a character, so that what follows repeats the whole of it.
    if (std::uint8_t(c) < 0xc0) return node;
    while (!rest_.empty() && (rest_[0] & 0xc0) == 0x80) {
      node = make(Node::Sequence, node, single(Op::Byte, std::uint8_t(rest_[0])));
      rest_.remove_prefix(1);
    }
    return node;
  }

  /// `{name}`, `{%words}`; else a brace.
  Node* named(char c) {
    std::size_t end = rest_.find('}');
    Str name = end == Str::npos ? Str() : slice(rest_, 0, end);
    if (starts_with(name, "%")) {
      name.remove_prefix(1);
      for (std::uint32_t i = 0; i < vocabulary_.words.size; ++i) {
        if (vocabulary_.words[i]->name != name) continue;
        rest_.remove_prefix(end + 1);
        return single(Op::OneOf, ignore_case, std::uint16_t(i));
      }
      ok = false;
    }
    for (const Part& part : vocabulary_.parts) {
      if (part.name != name) continue;
      rest_.remove_prefix(end + 1);
      return parse(part.text);
    }
    return literal(c);
  }

  Node* escape() {
    char c = rest_.empty() ? '\0' : rest_[0];
    rest_.remove_prefix(1);
    switch (c) {
      case 'A': return single(Op::TextBegin);
      case 'z': return single(Op::TextEnd);
      case 'Z': return single(Op::TextEndOrNewline);
      case 'b': return single(Op::Boundary);
      case 'B': return single(Op::NoBoundary);
    }
    if (c >= '1' && c <= '9') return single(Op::Back, std::uint8_t(c - '0'));
    CharacterClass* set = arena_.make<CharacterClass>();
    if (add_class_letter(*set, c) || property(*set, c)) return of_class(set);
    return literal(control(c));
  }
  static char control(char c) {
    int i = index_in("tnrfv", c);
    return i < 0 ? c : "\t\n\r\f\v"[i];
  }
  /// `\p{L}`
  bool property(CharacterClass& set, char c) {
    std::size_t end = rest_.find('}');
    if (c != 'p' || end == Str::npos) return false;
    add_named_class(set, slice(rest_, 1, end));
    rest_.remove_prefix(end + 1);
    return true;
  }
  Node* of_class(CharacterClass* set) {
    vocabulary_.classes.add(arena_, set);
    return single(Op::Class, 0, std::uint16_t(vocabulary_.classes.size - 1));
  }

  Node* char_class() {
    CharacterClass* set = arena_.make<CharacterClass>();
    bool negated = take("^");
    for (bool first = true; ok && (first || !take("]")); first = false) {
      if (rest_.empty()) {
        ok = false;
        break;
      }
      if (take("[:")) {
        std::size_t end = rest_.find(":]");
        add_named_class(*set, slice(rest_, 0, end));
        rest_.remove_prefix(end + 2);
        continue;
      }
      std::uint32_t from = character(*set);
      if (from == kNone) continue;
      std::uint32_t to = from;
      if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
        rest_.remove_prefix(1);
        to = character(*set);
      }
      for (; from <= to; ++from) {
        if (from >= 128)
          set->others.add(arena_, from);
        else
          add(*set, char(from));
      }
    }
    if (negated) {
      for (bool& in : set->ascii) in = !in;
      set->negated = !set->negated;
    }
    return of_class(set);
  }
  void add(CharacterClass& set, char c) const {
    set.ascii[std::uint8_t(c)] = true;
    if (!ignore_case) return;
    set.ascii[std::uint8_t(lower(c))] = set.ascii[std::uint8_t(upper(c))] = true;
  }
  /// The next character of a class; kNone when it was a class itself, which is added.
  std::uint32_t character(CharacterClass& set) {
    std::size_t size = 0;
    std::uint32_t c = decode(rest_, size);
    rest_.remove_prefix(size);
    if (c != '\\') return c;
    char escaped = rest_.empty() ? '\0' : rest_[0];
    rest_.remove_prefix(1);
    if (add_class_letter(set, escaped) || property(set, escaped)) return kNone;
    return std::uint8_t(control(escaped));
  }

  Arena& arena_;
  Vocabulary& vocabulary_;
  Str rest_;
  std::uint32_t groups_ = 0;
};

class Writer {
 public:
  Writer(Arena& arena, List<Instruction>& code) : arena_(arena), code_(code) {}

  void write(const Node* node) {
    switch (node->kind) {
      case Node::Empty: return;
      case Node::Single:
      case Node::Assertion: code_.add(arena_, node->instruction); return;
      case Node::Sequence: write(node->first); return write(node->second);
      case Node::Either: {
        std::uint32_t split = add(Op::Split);
        write(node->first);
        std::uint32_t jump = add(Op::Jump);
        aim(split);
        write(node->second);
        return aim(jump);
      }
      case Node::Group:
        add(Op::Save, 2 * node->group);
        write(node->first);
        add(Op::Save, 2 * node->group + 1);
        return;
      case Node::Look: {
        std::uint32_t look = code_.size;
        code_.add(arena_, node->instruction);
        write(node->first);
        add(Op::Matched);
        return aim(look);
      }
      case Node::Repeat: return repeat(node);
    }
  }
  std::uint32_t add(Op op, std::uint32_t small = 0) {
    code_.add(arena_, {op, std::uint8_t(small)});
    return code_.size - 1;
  }

 private:
  void aim(std::uint32_t instruction) { code_[instruction].to = std::uint16_t(code_.size); }

  void repeat(const Node* node) {
    if (node->first->kind == Node::Single) {
      code_.add(arena_, {Op::Many, node->lazy, std::uint16_t(node->least), node->most});
      return write(node->first);
    }
    for (std::uint32_t i = 0; i < node->least; ++i) write(node->first);
    if (node->most == kMany) {
      std::uint32_t split = add(Op::Split, node->lazy);
      write(node->first);
      std::uint32_t back = add(Op::Jump);
      code_[back].to = std::uint16_t(split);
      return fix(split, node->lazy);
    }
    for (std::uint32_t i = node->least; i < node->most; ++i) {
      std::uint32_t split = add(Op::Split, node->lazy);
      write(node->first);
      fix(split, node->lazy);
    }
  }
  void fix(std::uint32_t split, bool lazy) {
    aim(split);
    code_[split].small = lazy;
  }

  Arena& arena_;
  List<Instruction>& code_;
};

/// Finds the bytes with which a match can begin; more than can is allowed.
void find_begins(const Vocabulary& vocabulary, Pattern& p, std::uint32_t pc, int depth) {
  auto all = [&] {
    for (bool& b : p.begins) b = true;
  };
  // Deeper than patterns nest their alternatives.
  constexpr int kMaxDepth = 400;
  if (depth > kMaxDepth) return all();
  for (;; ++pc) {
    const Instruction& i = p.code[pc];
    switch (i.op) {
      case Op::Byte: p.begins[i.small] = true; return;
      case Op::ByteIgnoringCase:
        p.begins[i.small] = p.begins[std::uint8_t(upper(char(i.small)))] = true;
        return;
      case Op::Any:
      case Op::AnyOrNewline:
        for (int c = 0; c < 256; ++c) p.begins[c] |= c != '\n' || i.op == Op::AnyOrNewline;
        return;
      case Op::Class: {
        const CharacterClass& set = *vocabulary.classes[i.to];
        for (int c = 0; c < 128; ++c) p.begins[c] |= set.ascii[c];
        bool others =
            set.negated || set.word || set.format || set.upper || set.astral || set.others.size;
        for (int c = 128; c < 256; ++c) p.begins[c] |= others;
        return;
      }
      case Op::OneOf:
        for (int c = 0; c < 256; ++c) {
          if (!vocabulary.words[i.to]->begins[c]) continue;
          p.begins[c] = true;
          if (i.small) p.begins[std::uint8_t(lower(char(c)))] = true;
          if (i.small) p.begins[std::uint8_t(upper(char(c)))] = true;
        }
        return;
      case Op::Many:
        find_begins(vocabulary, p, pc + 1, depth + 1);
        if (i.to) return;
        ++pc;
        break;
      case Op::Split: find_begins(vocabulary, p, i.to, depth + 1); break;
      case Op::Jump:
      case Op::Ahead:
      case Op::NotAhead:
      case Op::Behind:
      case Op::NotBehind: pc = i.to - 1u; break;
      case Op::Back:
      case Op::Matched: return all();
      default: break;
    }
  }
}

}  // namespace

bool compile(Arena& arena, Vocabulary& vocabulary, Str source, Pattern& pattern) {
  Parser parser(arena, vocabulary);
  if (starts_with(source, "(?m") || starts_with(source, "(?i")) {
    std::size_t end = source.find(')');
    Str flags = slice(source, 2, end);
    parser.dot_all = flags.find('m') != Str::npos;
    parser.ignore_case = flags.find('i') != Str::npos;
    source.remove_prefix(end + 1);
  }
  pattern.at_line_begin = starts_with(source, "^");
  Node* node = parser.parse(source);
  Writer writer(arena, pattern.code);
  writer.write(node);
  writer.add(Op::Matched);
  if (!parser.ok) return false;
  for (Instruction& i : pattern.code) {
    if (i.op == Op::Many || i.op == Op::Split) i.number = vocabulary.numbers++;
    pattern.has_back |= i.op == Op::Back;
    bool looks_back = (i.op >= Op::TextBegin && i.op <= Op::NoBoundary) || i.op == Op::Behind ||
                      i.op == Op::NotBehind ||
                      (i.op == Op::LineBegin && &i != pattern.code.begin());
    pattern.begins_anywhere &= !looks_back;
  }
  find_begins(vocabulary, pattern, 0, 0);
  return true;
}

}  // namespace meridian::rouge
