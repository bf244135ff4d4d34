#include "tokens.h"

#include "markup.h"
#include "meridian/text.h"

namespace meridian::cli::comparison {

namespace {
/// Tokens of a text without elements, whose lines are counted as it is read.
class Plain {
 public:
  Plain(std::string_view text, Texts& texts, Tokens& out) : text_(text), texts_(texts), out_(out) {}

  /// The bytes from `from` to `to` are one token.
  void add(std::size_t from, std::size_t to) {
    for (; counted_ < from; counted_++) line_ += text_[counted_] == '\n';
    out_.list.push_back({texts_.number_of(text_.substr(from, to - from)), line_, -1, false});
  }

 private:
  std::string_view text_;
  Texts& texts_;
  Tokens& out_;
  std::size_t counted_ = 0;
  std::uint32_t line_ = 1;
};

void read_lines(std::string_view text, Plain& out) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\n', at), next = end == text.npos ? text.size() : end + 1;
    if (end == text.npos) end = text.size();
    if (end > at && text[end - 1] == '\r') end--;
    out.add(at, end);
    at = next;
  }
}

bool begins_at(std::string_view text, std::size_t at, std::string_view mark) {
  return text.compare(at, mark.size(), mark) == 0;
}

/// Behind a string in quotes, or at the end of a line within it.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (char quote = text[at++]; at < text.size() && text[at] != '\n'; at++) {
    if (text[at] == quote) return at + 1;
    if (text[at] == '\\') at++;
  }
  return std::min(at, text.size());
}

/// Sheets without comments; a token begins at each mark of `marks` and behind white space. The
/// semicolon before a brace counts for nothing, and so do comments.
void read_marks(std::string_view text, std::string_view marks, bool css, Plain& out) {
  std::size_t semicolon = text.npos;
  for (std::size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      at++;
      continue;
    }
    if (css && begins_at(text, at, "/*")) {
      std::size_t end = text.find("*/", at + 2);
      at = end == text.npos ? text.size() : end + 2;
      continue;
    }
    if (semicolon != text.npos && text[at] != '}') out.add(semicolon, semicolon + 1);
    semicolon = text.npos;
    std::size_t begin = at;
    if (css && text[at] == ';') {
      semicolon = at++;
    } else if (marks.find(text[at]) != marks.npos) {
      out.add(at, at + 1);
      at++;
    } else {
      while (at < text.size() && !is_space(text[at]) && marks.find(text[at]) == marks.npos &&
             !(css && begins_at(text, at, "/*")))
        at = text[at] == '"' || (css && text[at] == '\'') ? end_of_string(text, at) : at + 1;
      out.add(begin, at);
    }
  }
}
}  // namespace

std::uint32_t Texts::number_of(std::string_view text) {
  auto known = numbers_.find(text);
  if (known == numbers_.end()) {
    known = numbers_.emplace(text, std::uint32_t(texts_.size())).first;
    texts_.push_back(&known->first);
  }
  return known->second;
}

Tokens read_tokens(std::string_view text, Syntax syntax, Texts& texts) {
  Tokens out;
  Plain plain(text, texts, out);
  switch (syntax) {
    case Syntax::Html:
    case Syntax::Xml: read_markup(text, syntax == Syntax::Xml, texts, out); break;
    case Syntax::Css: read_marks(text, "{}:;,>()", true, plain); break;
    case Syntax::Json: read_marks(text, "{}[]:,", false, plain); break;
    case Syntax::Lines: read_lines(text, plain); break;
  }
  return out;
}

}  // namespace meridian::cli::comparison
