// Links and pictures: [text](url "title"), [text][id], [id]; with ! before it, a picture.
#include "parser.h"

namespace meridian::markdown::kramdown {

bool SpanParser::resolve_id(Str id, Target& target) {
  const LinkDefinition* definition = parser_.find_link(id);
  if (!definition) return false;
  target.url = definition->url;
  target.title = definition->title;
  target.has_title = definition->has_title;
  target.list = definition->mark ? definition->mark->ial : nullptr;
  return true;
}

/// For each opening parenthesis of the text its closing one, none of the text's other structure
/// regarded.
void SpanParser::find_parens() {
  std::size_t bytes = s_.size() * sizeof(std::uint32_t);
  parens_ = static_cast<std::uint32_t*>(arena_.alloc(bytes));
  std::uint32_t open =
      0;  // the innermost that is open, + 1; each holds the one around it until it is closed
  for (std::size_t i = 0; i < s_.size(); ++i) {
    parens_[i] = 0;
    if (s_[i] == '(') {
      parens_[i] = open;
      open = std::uint32_t(i + 1);
    } else if (s_[i] == ')' && open) {
      std::uint32_t outer = parens_[open - 1];
      parens_[open - 1] = std::uint32_t(i);
      open = outer;
    }
  }
  while (open) {
    std::uint32_t outer = parens_[open - 1];
    parens_[open - 1] = 0;
    open = outer;
  }
}

/// `(url)`, `(<url>)`, `(url "title")` at `at`.
bool SpanParser::resolve_inline(std::size_t at, Target& target) {
  std::size_t title_at;
  if (peek(at + 1) == '<' && angle_end(at + 2) != npos) {
    std::size_t end = angle_end(at + 2);
    target.url = between(at + 2, end);
    target.end = end + 2;
    if (peek(end + 1) == ')') return true;
    title_at = end + 1;
  } else {
    // Most addresses have neither parentheses nor blanks: the table of all parentheses is for the
    // others.
    std::size_t end = at + 1;
    while (end < s_.size() && s_[end] != '(' && s_[end] != ')' && !is_space(s_[end])) ++end;
    if (peek(end) == ')') {
      target.url = strip(between(at + 1, end));
      target.end = end + 1;
      return true;
    }
    if (!parens_) find_parens();
    std::size_t close = parens_[at] ? parens_[at] : npos;
    std::size_t gap = find_space_quote(at + 1);
    if (close < gap) {
      target.url = strip(between(at + 1, close));
      target.end = close + 1;
      return true;
    }
    if (gap == npos) return false;
    target.url = strip(between(at + 1, gap));
    title_at = gap + 1;
  }
  title_at = skip_space(s_, title_at);
  char quote = peek(title_at);
  if (quote != '"' && quote != '\'') return false;
  std::size_t end = find_title_end(title_at + 2, quote);
  if (end == npos) return false;
  target.title = between(title_at + 1, end);
  target.has_title = true;
  target.end = skip_space(s_, end + 1) + 1;
  return true;
}

/// The first `>` from `at` on, on the same line.
std::size_t SpanParser::angle_end(std::size_t at) {
  std::size_t end = find(s_, at, ">", angle_), line = find(s_, at, "\n", newline_);
  return end < line ? end : npos;
}

/// The first place from `at` on, except known ones, for which `here` holds. Links are tried from
/// the outer to the inner ones, so places occur in any order.
template <class Here>
std::size_t SpanParser::find_place(std::size_t at, Finder& known, Here here) {
  if (known.knows(at)) return known.found;
  bool before = at < known.from;
  std::size_t i = at, end = before ? known.from : s_.size();
  while (i < end && !here(i)) ++i;
  if (i < end || !before) known.found = i < end ? i : npos;
  known.from = at;
  return known.found;
}

/// White space before a quotation mark.
std::size_t SpanParser::find_space_quote(std::size_t at) {
  return find_place(at, space_quote_, [&](std::size_t i) {
    return is_space(s_[i]) && (peek(i + 1) == '"' || peek(i + 1) == '\'');
  });
}

/// A quotation mark before `\s*\)`.
std::size_t SpanParser::find_title_end(std::size_t at, char quote) {
  return find_place(at, title_end_[quote == '"'], [&](std::size_t i) {
    return s_[i] == quote && peek(skip_space(s_, i + 1)) == ')';
  });
}

/// The target of a link with this text; false when it is no link.
bool SpanParser::resolve(std::size_t begin, std::size_t end, Target& target) {
  std::size_t at = skip_space(s_, end + 1);
  if (peek(at) == '[') {
    std::size_t close = s_.find(']', at + 1);
    if (close != npos) {
      Str id = close > at + 1 ? between(at + 1, close) : Str();
      target.end = close + 1;
      return id.empty() ? resolve_text(begin, end, target) : resolve_id(id, target);
    }
  }
  if (peek(end + 1) == '(') return resolve_inline(end + 1, target);
  target.end = end + 1;
  return resolve_text(begin, end, target);
}

/// Whether the text itself is the id of a definition. An id is no longer than kMaxId, but it may be
/// written with backslashes and wide blanks.
bool SpanParser::resolve_text(std::size_t begin, std::size_t end, Target& target) {
  if (!parser_.has_links() || end - begin > 4 * kMaxId) return false;
  return resolve_id(link_text(begin, end), target);
}

/// The text as it is written, without backslashes.
Str SpanParser::link_text(std::size_t begin, std::size_t end) {
  Str raw = between(begin, end);
  if (raw.find('\\') == npos) return raw;
  Text text;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && is_escapable(char_at(raw, i + 1))) ++i;
    text.add(raw[i]);
  }
  return arena_.copy(text.str());
}

void SpanParser::parse_link() {
  std::size_t begin = pos_;
  bool image = s_[begin] == '!';
  std::size_t length = image ? 2 : 1, inner = begin + length;
  bool is_too_deep = !fits_span(depth_) || pictures_ >= kMaxNestedPictures;
  if ((!image && inside(kInLink)) || is_too_deep) return add_text(length);
  std::uint8_t outer = inside_;
  Terminator terminator{kBracket, {}, false};
  inside_ |= kInLink;
  const Value* known = matches_.size() ? matches_.find(state(inner, terminator)) : nullptr;
  Target target;
  if (known && !resolve(inner, std::size_t(known->i), target)) {
    inside_ = outer;
    return add_text(length);
  }
  Node* node = make(image ? Type::Image : Type::Link);
  pos_ = inner;
  ++attempts_;
  ++depth_;
  pictures_ += image;
  bool found = parse_spans(node, terminator, kAll);
  pictures_ -= image;
  --depth_;
  --attempts_;
  inside_ = outer;
  std::size_t end = pos_;
  if (!found || !resolve(inner, end, target)) {
    // Seen from elsewhere it would end there too.
    if (found) {
      inside_ |= kInLink;
      matches_.set(state(inner, terminator)) = std::int64_t(end);
      inside_ = outer;
    }
    pos_ = begin;
    return add_text(length);
  }
  pos_ = target.end;
  append(node_, node);
  node->ial = target.list;
  if (target.list) parser_.apply_list(node->attributes, *target.list);
  if (image) {
    node->first = node->last = nullptr;
    set(node, "src", target.url);
    set(node, "alt", link_text(inner, end));
  } else {
    set(node, "href", target.url);
  }
  if (target.has_title) set(node, "title", target.title);
}

}  // namespace meridian::markdown::kramdown
