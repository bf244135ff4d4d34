// Tokens, positions and errors of the parser.
#include "parser.h"

namespace meridian::sass {

Parser::Parser(Context& context, Sheet& sheet)
    : context_(context),
      sheet_(&sheet),
      begin_(sheet.text.data()),
      position_(begin_),
      end_(sheet.text.end()),
      token_(begin_),
      synthetic_(false) {}

Parser::Parser(Context& context, Str text, const Place& at, bool allow_parent)
    : context_(context),
      sheet_(at.sheet),
      begin_(text.data()),
      position_(begin_),
      end_(text.end()),
      token_(begin_),
      base_(at),
      synthetic_(true),
      allow_parent_(allow_parent) {}

Parser::Nested::Nested(Parser& parser) : parser_(parser) {
  if (++parser.nesting_ > kMaxNesting)
    parser.error("Code too deeply nested", "move the inner parts to mixins or variables");
}

Place Parser::place(const char* p) const {
  return synthetic_ ? base_ : Place{sheet_, std::uint32_t(p - begin_)};
}
Place Parser::place() const { return place(token_); }

namespace {
/// These take white space themselves.
bool takes_space(match::Matcher m) {
  return m == match::spaces || m == match::comments || m == match::whitespace ||
         m == match::optional_spaces || m == match::optional_whitespace ||
         m == match::optional_comments;
}
}  // namespace

const char* Parser::peek(match::Matcher m, const char* from) {
  if (failed()) return nullptr;
  if (!match::no_space(from) && !takes_space(m)) from = match::skip_whitespace(from);
  const char* end = m(from);
  return end && end <= end_ ? end : nullptr;
}

const char* Parser::peek_css(match::Matcher m) {
  const char* behind = peek(match::comments);
  return peek(m, behind ? behind : position_);
}

bool Parser::peek(char c, const char* from) {
  const char* at = match::optional_whitespace(from);
  return *at == c && at < end_ && !failed();
}

bool Parser::peek_css(char c) {
  if (match::no_space(position_)) return *position_ == c && position_ < end_ && !failed();
  const char* behind = peek(match::comments);
  return peek(c, behind ? behind : position_);
}

bool Parser::peek_css_end(bool (*ends)(const char*)) {
  const char* behind = match::no_space(position_) ? nullptr : peek(match::comments);
  const char* at = match::optional_whitespace(behind ? behind : position_);
  return failed() || at >= end_ || ends(at);
}

bool Parser::take(const char* from, const char* end) {
  lexed_ = {from, std::size_t(end - from)};
  token_ = from;
  position_ = end;
  return true;
}

const char* Parser::lex(match::Matcher m, bool lazy) {
  if (!*position_ || failed()) return nullptr;
  const char* from = position_;
  if (lazy && !match::no_space(from) && !takes_space(m)) from = match::skip_whitespace(from);
  const char* end = m(from);
  if (!end || end > end_ || end == from) return nullptr;
  take(from, end);
  return end;
}

bool Parser::lex(char c, bool lazy) {
  if (failed()) return false;
  const char* from = lazy ? match::optional_whitespace(position_) : position_;
  return *from == c && from < end_ && take(from, from + 1);
}

const char* Parser::lex_css(match::Matcher m) {
  const char *position = position_, *token = token_;
  Str lexed = lexed_;
  lex(match::comments);
  const char* end = lex(m);
  if (!end) {
    position_ = position;
    token_ = token;
    lexed_ = lexed;
  }
  return end;
}

bool Parser::lex_css(char c) {
  const char* from = match::optional_comments(position_);
  if (failed() || from >= end_) return false;
  from = match::optional_whitespace(from);
  return *from == c && from < end_ && take(from, from + 1);
}

bool Parser::lex_word(const char* literal) {
  if (failed()) return false;
  const char* from = match::optional_whitespace(position_);
  const char* end = match::word(from, literal);
  return end && end <= end_ && take(from, end);
}

bool Parser::lex_keyword(const char* literal) {
  if (failed()) return false;
  const char* from = match::optional_whitespace(position_);
  const char* end = match::keyword(from, literal);
  return end && end <= end_ && take(from, end);
}

bool Parser::lex_keyword_css(const char* literal) {
  const char* from = match::optional_comments(position_);
  const char* end = failed() ? nullptr : match::keyword(from, literal);
  return end && end <= end_ && take(from, end);
}

void Parser::skip_comments() {
  if (!match::no_space(position_)) lex(match::comments, false);
}

bool Parser::newline_ahead() { return match::line_ends(position_) && !peek_css('{'); }

Node* Parser::nothing() { return make<Null>(place()); }

void Parser::error(Str message, Str remedy) { context_.fail(place(), message, remedy); }

namespace {
/// Characters of the context that an error shows, as libsass counts them.
constexpr std::size_t kContext = 18, kShown = 15;

const char* previous(const char* p, const char* begin) {
  while (p > begin && (*--p & 0xC0) == 0x80) {
  }
  return p;
}

std::size_t characters(const char* from, const char* to) {
  return count_characters({from, std::size_t(to - from)});
}
}  // namespace

void Parser::css_error(Str expected, bool trim) {
  const char* end = end_;
  while (*end) end++;
  const char* at = match::optional_spaces(position_);
  const char* last = at > begin_ ? previous(at, begin_) : at;
  while (trim && last > begin_ && last < end && is_space(*last)) last = previous(last, begin_);
  const char* behind = last;
  if (*behind) behind++;
  while ((*behind & 0xC0) == 0x80) behind++;
  const char* left = behind;
  bool cut = false;
  while (left > begin_) {
    const char* before = previous(left, begin_);
    if (characters(left, behind) >= kContext) {
      cut = *before != '\n' && *before != '\r';
      break;
    }
    if (*before == '\n' || *before == '\r') break;
    left = before;
  }
  const char* right = at;
  while (right < end && *right != '\n' && *right != '\r') {
    if (characters(at, right) > kContext) {
      cut = *at != '\n' && *at != '\r';
      break;
    }
    right++;
    while ((*right & 0xC0) == 0x80) right++;
  }
  Str before(left, std::size_t(behind - left)), was(at, std::size_t(right - at));
  Text text;
  if (before.size() > kShown && cut) {
    text.add("...");
    before = before.substr(before.size() - kShown);
  }
  text.add(before);
  Text message;
  message.add("Invalid CSS after ");
  add_quoted(message, text.str());
  message.add(": expected ");
  message.add(expected);
  message.add(", was ");
  add_quoted(message, was);
  context_.fail(place(at), message.str(),
                "check brackets, quotes and semicolons before this place");
}

}  // namespace meridian::sass
