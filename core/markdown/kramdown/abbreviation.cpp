#include "meridian/words.h"
#include "parser.h"

namespace meridian::markdown::kramdown {

/// `*[id]: text`
bool Parser::parse_abbreviation_definition() {
  std::size_t at = skip_indent(pos_), end = next_line(pos_);
  if (!starts(at, "*[")) return false;
  std::size_t close = s_.substr(0, end).find("]:", at + 3);
  if (close == npos || close - at > kMaxId) return false;
  Str id = between(at + 2, close);
  Str title = strip(between(close + 2, end));
  pos_ = end;
  Node* mark = add_end_of_block(kAbbreviation);
  entry(abbreviation_names_, id, tree_.abbreviations) = AbbreviationDefinition{id, title, mark};
  return true;
}

/// The abbreviations as a tree of their bytes, so that a text is searched for all of them at once.
struct Parser::Trie {
  char byte = 0;
  std::int32_t index = -1;  ///< of the abbreviation that ends here
  Trie *child = nullptr, *next = nullptr;

  Trie* step(char c) const {
    for (Trie* t = child; t; t = t->next) {
      if (t->byte == c) return t;
    }
    return nullptr;
  }
  /// The longest abbreviation at `at`; with `whole_word`, only one without a word character behind
  /// it.
  std::int32_t match(Str s, std::size_t at, bool whole_word, std::size_t& end) const {
    std::int32_t found = -1;
    for (const Trie* t = this; at < s.size() && (t = t->step(s[at]));) {
      ++at;
      if (t->index < 0 || (whole_word && is_word_byte(char_at(s, at)))) continue;
      found = t->index;
      end = at;
    }
    return found;
  }
};

/// The bytes that the abbreviations begin with.
struct Parser::FirstBytes {
  bool is[256] = {};
  std::uint8_t all = 0xff, any = 0;  ///< the bits that all of them have, and those that some have

  void add(char c) {
    auto byte = std::uint8_t(c);
    is[byte] = true;
    all &= byte;
    any |= byte;
  }
  /// The first place from `at` on where one of them is, or the end.
  std::size_t find(Str s, std::size_t at) const {
    const char* data = s.data();
    std::size_t size = s.size();
    // Bytes that are like all of them in the bits that these have in common: of capitals three in
    // eight.
    std::uint64_t common = kEachByte * std::uint8_t(~(all ^ any)), bits = kEachByte * all;
    for (; at < size; at += kWordBytes) {
      std::uint64_t word =
          at + kWordBytes <= size ? load_word(data + at) : load_rest(data + at, size - at);
      for (std::uint64_t found = zero_bytes((word & common) ^ bits); found; found &= found - 1) {
        std::size_t place = at + first_byte(found);
        if (place < size && is[std::uint8_t(data[place])]) return place;
      }
    }
    return size;
  }
};

void Parser::replace_abbreviations() {
  if (tree_.abbreviations.empty()) return;
  Trie root;
  FirstBytes firsts;
  for (std::uint32_t i = 0; i < tree_.abbreviations.size; ++i) {
    Trie* at = &root;
    for (char c : tree_.abbreviations[i].name) {
      Trie* next = at->step(c);
      if (!next) {
        if (at == &root) firsts.add(c);
        next = arena_.make<Trie>();
        next->byte = c;
        next->next = at->child;
        at->child = next;
      }
      at = next;
    }
    at->index = std::int32_t(i);
  }
  replace_abbreviations(&tree_.root, root, firsts);
  for (const Footnote& footnote : tree_.footnotes)
    replace_abbreviations(footnote.content, root, firsts);
}

void Parser::replace_abbreviations(Node* node, const Trie& trie, const FirstBytes& firsts) {
  bool raw = node->type == Type::HtmlElement && (node->flags & kContentRaw);
  for (Node *child = node->first, *next; child; child = next) {
    next = child->next;
    if (child->type != Type::Text) {
      if (child->first) replace_abbreviations(child, trie, firsts);
      continue;
    }
    if (raw) continue;
    Str s = child->text;
    std::size_t done = 0;
    Node* last = child;
    for (std::size_t at = 0; at < s.size();) {
      std::size_t first = firsts.find(s, at);
      if (first == s.size()) break;
      if (first > at && previous_character(s, first) > at) at = previous_character(s, first);
      // An abbreviation begins at the start of a line, at the end of the last one, or behind a
      // character that is no word character.
      std::size_t end = 0, from = at;
      bool line_start = at == done || s[at - 1] == '\n';
      bool found = line_start && trie.match(s, at, true, end) >= 0;
      if (!found && !is_word_byte(s[at])) {
        from = next_character(s, at);
        found = trie.match(s, from, true, end) >= 0;
        if (found && trie.match(s, at, false, end) >= 0) from = at;
      }
      if (!found) {
        at = is_word_byte(s[at]) || from == at ? at + 1 : from;
        continue;
      }
      std::int32_t index = trie.match(s, from, false, end);
      if (!may_repeat(tree_.abbreviations[std::uint32_t(index)].title.size())) break;
      Str before = slice(s, done, from);
      if (last == child) {
        child->text = before;
        child->flags &= std::uint8_t(~kOwned);
      } else if (!before.empty()) {
        Node* text = make(Type::Text, before);
        insert_after(node, last, text);
        last = text;
      }
      Node* abbreviation = make(Type::Abbreviation, slice(s, from, end));
      abbreviation->begin = std::uint32_t(index);
      insert_after(node, last, abbreviation);
      last = abbreviation;
      done = at = end;
    }
    if (last == child || done == s.size()) continue;
    insert_after(node, last, make(Type::Text, s.substr(done)));
  }
}

}  // namespace meridian::markdown::kramdown
