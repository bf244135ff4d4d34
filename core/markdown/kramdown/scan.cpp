#include "scan.h"

#include "tree.h"

namespace meridian::markdown::kramdown {

bool is_escapable(char c) { return is_one_of(c, "\\.*_+`<>()[]{}#!:|\"'$=-"); }

bool starts_at(Str s, std::size_t at, Str word) {
  return at <= s.size() && s.size() - at >= word.size() &&
         std::memcmp(s.data() + at, word.data(), word.size()) == 0;
}

bool starts_at(Str s, std::size_t at, const char* word) {
  for (; *word; ++word, ++at) {
    if (at >= s.size() || s[at] != *word) return false;
  }
  return true;
}

std::size_t line_end(Str s, std::size_t at) {
  std::size_t end = s.find('\n', at);
  return end == npos ? s.size() : end + 1;
}

std::size_t skip_blanks(Str s, std::size_t at) {
  while (at < s.size() && is_blank(s[at])) ++at;
  return at;
}

std::size_t skip_space(Str s, std::size_t at) {
  while (at < s.size() && is_space(s[at])) ++at;
  return at;
}

std::size_t skip_spaces(Str s, std::size_t at, std::size_t most) {
  for (; most && at < s.size() && s[at] == ' '; --most) ++at;
  return at;
}

std::size_t previous_character(Str s, std::size_t at) {
  --at;
  for (int i = 0; i < 3 && at && (s[at] & 0xc0) == 0x80; ++i) --at;
  return at;
}

std::size_t next_character(Str s, std::size_t at) {
  if (!(s[at] & 0x80)) return at + 1;
  decode(s, at);
  return at;
}

// Outside of ASCII kramdown's [[:alpha:]] and [[:alnum:]] are \p{Word} here: they differ in
// combining accents.
bool is_alpha_at(Str s, std::size_t at) { return is_alnum_at(s, at) && !is_digit(s[at]); }

bool is_alnum_at(Str s, std::size_t at) {
  if (at >= s.size()) return false;
  return s[at] & 0x80 ? is_word(decode(s, at)) : is_alnum(s[at]);
}

bool is_word_at(Str s, std::size_t at) { return at < s.size() && is_word(decode(s, at)); }

std::size_t skip_word(Str s, std::size_t at) {
  for (std::size_t next = at; next < s.size() && is_word(decode(s, next));) at = next;
  return at;
}

namespace {
std::size_t skip_plain_name(Str s, std::size_t at) {
  if (char_at(s, at) != '_' && !is_alpha_at(s, at)) return at;
  // Letters, digits, `-`, `.` and `_`: bits of the characters from 0 to 63, and of those from 64
  // on.
  constexpr std::uint64_t kNames[] = {0x03ff600000000000, 0x07fffffe87fffffe};
  for (; at < s.size(); at = next_character(s, at)) {
    auto c = std::uint8_t(s[at]);
    if (c < 128 ? !(kNames[c >> 6] >> (c & 63) & 1) : !is_alnum_at(s, at)) break;
  }
  return at;
}

/// `\s*=\s*(\p{Word}+|"…"|'…')` behind an attribute's name; `at` when there is no value.
std::size_t skip_value(Str s, std::size_t at, Str& value) {
  std::size_t i = skip_space(s, at);
  if (char_at(s, i) != '=') return at;
  i = skip_space(s, i + 1);
  char quote = char_at(s, i);
  if (quote == '"' || quote == '\'') {
    std::size_t end = s.find(quote, i + 1);
    if (end == npos) return at;
    value = slice(s, i + 1, end);
    return end + 1;
  }
  std::size_t end = skip_word(s, i);
  if (end == i) return at;
  value = slice(s, i, end);
  return end;
}
}  // namespace

std::size_t skip_name(Str s, std::size_t at) {
  std::size_t end = skip_plain_name(s, at);
  if (end == at || char_at(s, end) != ':') return end;
  std::size_t local = skip_plain_name(s, end + 1);
  return local == end + 1 ? end : local;
}

std::size_t skip_id(Str s, std::size_t at) {
  if (!is_word_byte(char_at(s, at))) return at;
  while (is_word_byte(char_at(s, at)) || char_at(s, at) == '-') ++at;
  return at;
}

std::size_t find_brace(Str s, std::size_t at) {
  while (at < s.size() && s[at] != '}') at += s[at] == '\\' && char_at(s, at + 1) == '}' ? 2 : 1;
  return at < s.size() ? at : npos;
}

std::size_t next_attribute(Str s, std::size_t at, Str& name, Str& value) {
  std::size_t from = skip_space(s, at), end = skip_name(s, from);
  if (end == from) return npos;
  name = slice(s, from, end);
  value = {};
  return skip_value(s, end, value);
}

bool match_tag(Str s, std::size_t at, HtmlTag& tag) {
  if (char_at(s, at) != '<') return false;
  std::size_t end = skip_name(s, at + 1);
  if (end == at + 1) return false;
  tag.name = slice(s, at + 1, end);
  std::size_t from = end;
  while (end < s.size() && is_space(s[end])) {
    Str name, value;
    std::size_t next = next_attribute(s, end, name, value);
    if (next == npos) break;
    end = next;
  }
  tag.attributes = slice(s, from, end);
  end = skip_space(s, end);
  tag.closed = char_at(s, end) == '/';
  end += tag.closed;
  tag.end = end + 1;
  return char_at(s, end) == '>';
}

std::size_t match_close_tag(Str s, std::size_t at, Str& name) {
  if (!starts_at(s, at, "</")) return npos;
  std::size_t end = skip_name(s, at + 2);
  if (end == at + 2) return npos;
  name = slice(s, at + 2, end);
  end = skip_space(s, end);
  return char_at(s, end) == '>' ? end + 1 : npos;
}

std::size_t match_close_tag_of(Str s, std::size_t at, Str name, bool fold) {
  if (!starts_at(s, at, "</")) return npos;
  Str there = s.substr(at + 2, name.size());
  if (fold ? !equal_ignoring_case(there, name) : there != name) return npos;
  std::size_t end = skip_space(s, at + 2 + name.size());
  return char_at(s, end) == '>' ? end + 1 : npos;
}

bool match_block_tag(Str s, std::size_t at, std::size_t most_spaces) {
  at = skip_spaces(s, at, most_spaces);
  if (char_at(s, at) != '<') return false;
  bool closing = char_at(s, at + 1) == '/';
  std::size_t from = at + 1 + closing, end = skip_name(s, from);
  if (end == from) return false;
  Str first = slice(s, from, skip_word(s.substr(0, end), from));
  if ((element_flags(first) & kSpan) || first == "script") return false;
  return !closing || char_at(s, skip_space(s, end)) == '>';
}

std::size_t find(Str s, std::size_t at, const char* text, Finder& finder) {
  Str what(text);
  if (finder.knows(at)) return finder.found;
  std::size_t end = at > finder.found ? npos : finder.from;  // from there on it is known
  std::size_t found =
      end == npos ? s.find(what, at) : s.substr(0, end + what.size() - 1).find(what, at);
  if (found == npos && end != npos) found = finder.found;
  finder.from = at;
  finder.found = found;
  return found;
}

bool Scanner::starts(std::size_t at, const char* word) const { return starts_at(s_, at, word); }
std::size_t Scanner::next_line(std::size_t at) const { return line_end(s_, at); }
std::size_t Scanner::skip_indent(std::size_t at) const { return skip_spaces(s_, at, 3); }

Node* Scanner::make(Type type, Str text) const { return make_node(arena_, type, text); }
Node* Scanner::add_to(Node* parent, Type type, Str text) const {
  return add_node(arena_, parent, type, text);
}
Node* Scanner::add(Type type, Str text) const { return add_to(node_, type, text); }

void Scanner::add_text(Node* node, Str text, Type type) const {
  Node* last = node->last;
  if (last && last->type == type) {
    extend_text(arena_, last, text);
  } else if (!text.empty()) {
    add_to(node, type, text);
  }
}

void Scanner::set(Node* node, const char* attribute, Str value) const {
  set_attribute(arena_, node->attributes, attribute, value);
}

bool Scanner::in_raw_element() const {
  return node_->type == Type::HtmlElement && (node_->flags & kContentRaw);
}

std::size_t Scanner::skip_to_line_end(std::size_t at) const {
  for (char c; is_space(c = peek(at));) {
    ++at;
    if (c == '\n') return at;
  }
  return npos;
}

}  // namespace meridian::markdown::kramdown
