// HTML and autolinks in running text.
#include "parser.h"

namespace meridian::markdown::kramdown {

/// `<scheme:…>` and `<name@host>`
bool SpanParser::parse_autolink() {
  std::size_t begin = pos_ + 1, at = begin, end = npos;
  while (is_alpha(peek(at))) ++at;
  Str scheme = between(begin, at);
  bool url = peek(at) == ':' && one_of(scheme, "mailto http https ftp ftps") >= 0;
  if (url) {
    if (peek(at + 1) != '\n') end = angle_end(at + 2);
  } else {
    at = begin;
    auto skip = [&] {
      std::size_t from = at;
      while (is_alnum_at(s_, at) || is_one_of(peek(at), "-._")) at = next_character(s_, at);
      return at > from;
    };
    if (skip() && peek(at++) == '@' && skip() && peek(at) == '>') end = at;
  }
  if (end == npos) return false;
  Str address = between(begin, end);
  Node* link = add(Type::Link);
  set(link, "href", url ? address : arena_.join("mailto:", address));
  add_to(link, text_type_, url && scheme == "mailto" ? address.substr(7) : address);
  pos_ = end + 1;
  return true;
}

bool SpanParser::parse_html() {
  if (starts(pos_, "<!--")) {
    std::size_t end = find(s_, pos_ + 4, "-->", comment_end_);
    if (end == npos) return false;
    add(Type::Comment, between(pos_, end + 3))->flags = kSpan;
    pos_ = end + 3;
    return true;
  }
  Str close;
  std::size_t close_end = match_close_tag(s_, pos_, close);
  if (close_end != npos) {  // closes nothing
    add_text(close_end - pos_);
    return true;
  }
  HtmlTag tag;
  if (!fits_span(depth_) || !match_tag(s_, pos_, tag)) return false;
  Str name = tag.name;
  std::uint8_t flags = known_lower_case(arena_, name);
  if (flags & kBlock) {
    add_text(tag.end - pos_);
    return true;
  }
  bool known = flags & kKnown;
  Node* element = add(Type::HtmlElement, name);
  element->attributes = parser_.parse_html_attributes(tag.attributes, known, true);
  bool raw_model = flags & kContentRaw;
  bool parsed = !raw_model && !in_raw_element() && options_.parse_span_html;
  switch (remove_markdown_attribute(element)) {
    case 0: parsed = false; break;
    case 1: parsed = !raw_model; break;
    case 2: parsed = true; break;
  }
  element->flags = std::uint8_t(kSpan | (parsed ? kContentSpan : kContentRaw) |
                                (tag.closed ? kClosed : 0) | (flags & kClosed ? kVoid : 0));
  pos_ = tag.end;
  if (tag.closed || (flags & kClosed)) return true;
  ++depth_;
  Terminator terminator{kTag, name, known};
  bool found = parse_spans(element, terminator, parsed ? dialect_ : kHtml);
  --depth_;
  if (found) {
    pos_ = match_close_tag_of(s_, pos_, name, known);
    return true;
  }
  Node* outer = node_;
  node_ = element;
  add_text(s_.size() - pos_);
  node_ = outer;
  return true;
}

}  // namespace meridian::markdown::kramdown
