// HTML and autolinks in running text.
#include "parser.h"

namespace meridian::markdown::kramdown {

/// `<scheme:…>` and `<name@host>`
bool SpanParser::parse_autolink() {
  std::size_t begin = pos_ + 1, at = begin;
  Str scheme;
  for (Str word : {Str("mailto:"), Str("http:"), Str("https:"), Str("ftp:"), Str("ftps:")}) {
    if (starts_at(s_, at, word)) scheme = word;
  }
  std::size_t end = npos;
  if (!scheme.empty()) {
    end = angle_end(at + scheme.size() + 1);
    std::size_t first = at + scheme.size();
    if (peek(first) == '\n') end = npos;
  } else {
    auto skip = [&] {
      std::size_t from = at;
      for (;;) {
        char c = peek(at);
        if (c == '-' || c == '_' || c == '.') {
          ++at;
        } else if (is_alnum_at(s_, at)) {
          at = next_character(s_, at);
        } else {
          return at > from;
        }
      }
    };
    if (skip() && peek(at++) == '@' && skip() && peek(at) == '>') end = at;
  }
  if (end == npos) return false;
  Str address = between(begin, end);
  Node* link = add(Type::Link);
  set(link, "href", scheme.empty() ? arena_.join("mailto:", address) : address);
  add_to(link, text_type_, scheme == "mailto:" ? address.substr(7) : address);
  pos_ = end + 1;
  return true;
}

void SpanParser::parse_html() {
  if (starts(pos_, "<!--")) {
    std::size_t end = find(s_, pos_ + 4, "-->", comment_end_);
    if (end == npos) return add_text(1);
    add(Type::Comment, between(pos_, end + 3))->flags = kSpan;
    pos_ = end + 3;
    return;
  }
  Str close;
  std::size_t close_end = match_close_tag(s_, pos_, close);
  if (close_end != npos) return add_text(close_end - pos_);  // closes nothing
  Tag tag;
  if (depth_ >= kMaxNesting || !match_tag(s_, pos_, tag)) return add_text(1);
  Str name = known_lower_case(arena_, tag.name);
  std::uint8_t flags = element_flags(name);
  if (flags & kBlock) return add_text(tag.end - pos_);
  bool known = flags & kKnown;
  Node* element = add(Type::HtmlElement, name);
  element->attributes = parser_.parse_html_attributes(tag.attributes, known, true);
  bool raw_model = flags & kContentRaw;
  bool parsed = !raw_model && !in_raw_element() && options_.parse_span_html;
  switch (take_markdown_attribute(element)) {
    case 0: parsed = false; break;
    case 1: parsed = !raw_model; break;
    case 2: parsed = true; break;
  }
  element->flags = std::uint8_t(kSpan | (parsed ? kContentSpan : kContentRaw) | (tag.closed ? kClosed : 0));
  pos_ = tag.end;
  if (tag.closed || (flags & kClosed)) return;
  ++depth_;
  Stop stop{kTag, name, known};
  bool found = parse_spans(element, stop, !parsed ? kHtml : parsers_ == kSmart ? kSmart : kAll);
  --depth_;
  if (found) {
    pos_ = match_close_tag_of(s_, pos_, name, known);
    return;
  }
  Node* outer = node_;
  node_ = element;
  add_text(s_.size() - pos_);
  node_ = outer;
}

}  // namespace meridian::markdown::kramdown
