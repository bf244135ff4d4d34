// Typography: ASCII for quotes, dashes, guillemets, entities, line breaks, escapes; and ~~ of GFM.
#include "parser.h"

namespace meridian::markdown::kramdown {

void SpanParser::add_sign_node(Sign sign) { add(Type::Symbol, parser_.sign(sign)); }

Str Parser::sign(Sign sign) {
  Str& made = signs_[int(sign)];
  if (made.empty()) {
    Text text;
    add_sign(text, options_, sign);
    made = arena_.copy(text.str());
  }
  return made;
}

void SpanParser::add_entity_node(std::uint32_t code_point, Str original) {
  Text text;
  add_entity(text, code_point, original, options_.entity_output);
  add(Type::Symbol, arena_.copy(text.str()));
}

namespace {
bool is_quote(char c) { return c == '"' || c == '\''; }
bool is_ascii_punctuation(char c) { return c > ' ' && c < 0x7f && !is_alnum(c) && c != '&'; }
}  // namespace

/// SmartyPants' rules, in their order, for the quotation mark here or behind the next character.
void SpanParser::parse_smart_quotes() {
  std::size_t at = pos_;
  auto sign = [&](char quote, bool left) {
    int i = (quote == '"' ? 2 : 0) + (left ? 0 : 1);
    add_sign_node(Sign(i));
  };
  auto one = [&](std::size_t before, bool left) {  // text before the mark, then the mark
    char quote = s_[at + before];
    add_text(s_.substr(at, before));
    pos_ = at + before + 1;
    sign(quote, left);
  };
  char c = s_[at], c1 = peek(at + 1), c2 = peek(at + 2);
  if (is_quote(c)) {
    // before emphasis: opening
    if (c1 == '_' || c1 == '*') {
      bool second = c2 == '_' || c2 == '*';
      std::size_t behind = at + 3;
      if ((at + 2 < s_.size() && !is_space(c2)) ||
          (second && behind < s_.size() && !is_space(s_[behind]))) {
        return one(0, true);
      }
    }
    // before punctuation: closing, unless dots follow or a word begins
    if (is_ascii_punctuation(c1) && !(c2 == '.' && peek(at + 3) == '.')) {
      bool word = is_word_at(s_, at + 2);
      if (word == (c1 == '_')) return one(0, false);
    }
  }
  std::size_t space = is_space(c) ? 1 : 0;
  char first = peek(at + space), second = peek(at + space + 1);
  // "'word: two opening marks
  if (is_quote(first) && is_quote(second) && first != second &&
      is_word_byte(peek(at + space + 2))) {
    add_text(s_.substr(at, space));
    pos_ = at + space + 2;
    sign(first, true);
    return sign(second, true);
  }
  // '80s
  if (first == '\'' && is_digit(second) && is_digit(peek(at + space + 2)) &&
      peek(at + space + 3) == 's') {
    return one(space, false);
  }
  if (space && is_quote(c1) && is_word_byte(c2)) return one(1, true);
  std::size_t length = next_character(s_, at) - at;
  if (!is_one_of(c, " \\\t\r\n[{(-") && is_quote(peek(at + length))) return one(length, false);
  if (is_quote(c)) {
    bool at_end = at + 1 >= s_.size();
    bool s_alone = c1 == 's' && !is_word_at(s_, at + 2);
    if (at_end || is_space(c1) || s_alone) return one(0, false);
  }
  // other quotes open; a mark with another behind it is text
  if (peek(at + length) == '\'') return one(length, true);
  if (c == '\'') return one(0, true);
  if (peek(at + length) == '"') return one(length, true);
  one(0, true);
}

/// `---`, `--`, `...`, `<<`, `>>`, with a blank inside a guillemet, with a backslash before it.
bool SpanParser::parse_typography() {
  if (options_.gfm_input && !options_.typographic_symbols) return false;
  struct Rule {
    Name text;
    Sign sign;
  };
  static constexpr Rule kRules[] = {
      {"---", Sign::EmDash},
      {"--", Sign::EnDash},
      {"...", Sign::Ellipsis},
      {"<< ", Sign::LeftGuillemetSpace},
      {" >>", Sign::RightGuillemetSpace},
      {"<<", Sign::LeftGuillemet},
      {">>", Sign::RightGuillemet},
  };
  for (const Rule& rule : kRules) {
    if (!starts_at(s_, pos_, rule.text)) continue;
    pos_ += rule.text.size();
    add_sign_node(rule.sign);
    return true;
  }
  bool left = starts(pos_, "\\<<");
  if (!left && !starts(pos_, "\\>>")) return false;
  pos_ += 3;
  for (int i = 0; i < 2; ++i) add_entity_node(left ? '<' : '>', {});
  return true;
}

bool SpanParser::parse_line_break() {
  if (options_.gfm_input && options_.hard_wrap) return false;
  if ((!starts(pos_, "  ") && !starts(pos_, "\\\\")) || peek(pos_ + 2) != '\n') return false;
  add(Type::LineBreak);
  pos_ += 2;
  return true;
}

bool SpanParser::parse_escape() {
  char c = peek(pos_ + 1);
  if (!is_escapable(c) && !(c == '~' && options_.gfm_input)) return false;
  add_text(s_.substr(pos_ + 1, 1));
  pos_ += 2;
  return true;
}

bool SpanParser::parse_entity() {
  std::size_t length = reference_length(s_, pos_), at = pos_ + 1, end = pos_ + length;
  if (!length) return false;
  std::uint32_t code_point = 0;
  if (peek(at) == '#') {
    constexpr std::uint32_t kTooLarge = 0x1000000;
    bool hex = peek(++at) == 'x';
    for (at += hex; at + 1 < end; ++at) {
      char c = s_[at];
      code_point =
          code_point * (hex ? 16 : 10) + std::uint32_t(is_digit(c) ? c - '0' : lower(c) - 'a' + 10);
      if (code_point > kTooLarge) code_point = kTooLarge;
    }
    code_point = entity_of_number(code_point);
  } else {
    code_point = entity_code_point(between(at, end - 1));
    if (!code_point) {  // no name: an ampersand, and text
      add_entity_node('&', {});
      pos_ = at;
      add_text(end - at);
      return true;
    }
  }
  add_entity_node(code_point, between(pos_, end));
  pos_ = end;
  return true;
}

/// `~~(?!\s|~).*?[^\s~]~~`
bool SpanParser::parse_strikethrough() {
  std::size_t first = pos_ + 2;
  if (!options_.gfm_input || !starts(pos_, "~~") || first >= s_.size()) return false;
  if (is_space(s_[first]) || s_[first] == '~' || !fits_span(depth_)) return false;
  std::size_t at = first + 1;
  if (!strike_end_.knows(at)) {
    strike_end_.from = at;
    while ((at = s_.find("~~", at)) != npos && (is_space(s_[at - 1]) || s_[at - 1] == '~')) ++at;
    strike_end_.found = at;
  }
  std::size_t end = strike_end_.found;
  if (end == npos) return false;
  Node* element = add(Type::Strikethrough);
  parse(parser_, between(first, end), Type::Text, depth_ + 1, element);
  pos_ = end + 2;
  return true;
}

}  // namespace meridian::markdown::kramdown
