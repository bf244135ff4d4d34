#include "parser.h"

namespace meridian::markdown::kramdown {

namespace {
/// The rest of a link definition behind its URL: a title, on this line or the next.
struct Rest {
  std::size_t end = npos;
  Str title;
  bool has_title = false;
};

/// `(["'])(.+?)\1[ \t]*\n` at `at`.
bool match_title(Str s, std::size_t at, Rest& rest) {
  char quote = char_at(s, at);
  if (quote != '"' && quote != '\'') return false;
  std::size_t end = line_end(s, at), last = end;
  if (last <= at + 3 || s[last - 1] != '\n') return false;
  --last;
  while (is_blank(s[last - 1])) --last;
  --last;
  // The title ends at the first such quotation mark that only blanks follow, which is the last on
  // its line.
  if (s[last] != quote || last < at + 2) return false;
  rest = Rest{end, slice(s, at + 1, last), true};
  return true;
}

bool match_rest(Str s, std::size_t at, Rest& rest) {
  std::size_t blanks = skip_blanks(s, at);
  if (char_at(s, blanks) == '\n') {
    if (match_title(s, skip_blanks(s, blanks + 1), rest)) return true;
    rest = Rest{blanks + 1, {}, false};
    return true;
  }
  return blanks > at && match_title(s, blanks, rest);
}
}  // namespace

/// White space to single blanks, in lower case.
Str normalize_id(Arena& arena, Str id) {
  auto* single = static_cast<char*>(arena.alloc(id.size()));
  std::size_t size = 0;
  bool gap = false;
  for (char c : id) {
    bool space = is_space(c);
    if (!space || !gap) single[size++] = space ? ' ' : c;
    gap = space;
  }
  return downcased(arena, Str(single, size));
}

const LinkDefinition* Parser::find_link(Str id) {
  if (!links_.size || id.size() > 4 * kMaxId) return nullptr;
  Value* index = link_ids_->find(normalize_id(arena_, id));
  if (!index) return nullptr;
  const LinkDefinition& definition = links_[std::uint32_t(index->i)];
  return may_repeat(definition.url.size() + definition.title.size()) ? &definition : nullptr;
}

/// `[id]: url "title"`
bool Parser::parse_link_definition() {
  std::size_t at = skip_indent(pos_);
  if (peek(at) != '[') return false;
  std::size_t line = next_line(pos_), close = s_.substr(0, line).find(']', at + 1);
  if (close == npos || close == at + 1 || peek(close + 1) != ':' || close - at > kMaxId)
    return false;
  std::size_t from = skip_blanks(s_, close + 2);
  Str url;
  Rest rest;
  if (peek(from) == '<') {
    for (std::size_t end = from; (end = s_.substr(0, line).find('>', end + 1)) != npos;) {
      if (!match_rest(s_, end + 1, rest)) continue;
      url = between(from + 1, end);
      break;
    }
  }
  if (rest.end == npos) {
    // The URL reaches to the first blank that a title follows, else to the end of the line.
    std::size_t end = line - 1;
    while (end > from && is_blank(s_[end - 1])) --end;
    if (end == from) return false;
    char last = s_[end - 1];
    if (last == '"' || last == '\'') {
      for (std::size_t i = from + 1; i + 1 < end; ++i) {
        if (!is_blank(s_[i])) continue;
        std::size_t blanks = i;
        i = skip_blanks(s_, i);
        if (s_[i] == last && match_title(s_, i, rest)) {
          end = blanks;
          break;
        }
      }
    }
    if (rest.end == npos && !match_rest(s_, end, rest)) return false;
    url = between(from, end);
    for (std::size_t i = 1; i < url.size(); ++i) {
      if ((url[i] == '"' || url[i] == '\'') && is_blank(url[i - 1])) return false;
    }
  }
  pos_ = rest.end;
  Node* mark = add_end_of_block(kLinkDefinition);
  entry(link_ids_, normalize_id(arena_, between(at + 1, close)), links_) =
      LinkDefinition{url, rest.title, rest.has_title, mark};
  return true;
}

}  // namespace meridian::markdown::kramdown
