// HTML at the level of blocks: an element extends to its closing tag, whatever is between.
#include "parser.h"

namespace meridian::markdown::kramdown {

int remove_markdown_attribute(Node* element) {
  Attribute* markdown = find_attribute(element, "markdown");
  if (!markdown) return -1;
  remove_attribute(element->attributes, "markdown");
  return one_of(markdown->value, "0 1 span block");
}

std::uint8_t known_lower_case(Arena& arena, Str& name) {
  Str small = downcased(arena, name);
  std::uint8_t flags = element_flags(small);
  if (flags & kKnown) name = small;
  return flags;
}

/// The attributes of a tag; a repeated name replaces the value. `fold`: names in lower case.
Attribute* Parser::parse_html_attributes(Str s, bool fold, bool join_lines) {
  Attribute* attributes = nullptr;
  Str name, value;
  for (std::size_t at = 0; (at = next_attribute(s, at, name, value)) != npos;) {
    if (fold) name = downcased(arena_, name);
    if (join_lines && value.find('\n') != npos) {
      Text joined;
      for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\n') {
          joined.add(value[i]);
        } else if (i == 0 || value[i - 1] != '\n') {
          joined.add(' ');
        }
      }
      value = arena_.copy(joined.str());
    }
    set_attribute(arena_, attributes, name, value);
  }
  return attributes;
}

/// Past the end of the line, when only blanks are left of it.
void Parser::skip_blank_rest() {
  std::size_t at = skip_blanks(s_, pos_);
  if (peek(at) == '\n') pos_ = at + 1;
}

bool Parser::parse_block_html() {
  std::size_t begin = pos_;
  if (starts(pos_, "<!--")) {
    std::size_t end = find(s_, pos_ + 4, "-->", in_->comment_end);
    if (end == npos) return false;
    pos_ = end + 3;
    Node* comment = add(Type::Comment, between(begin, pos_));
    finish(comment, begin);
    skip_blank_rest();
    return true;
  }
  std::size_t at = skip_indent(pos_);
  Str lower_name;
  auto is_span = [&](Str name) {
    return element_flags(lower_name = downcased(arena_, name)) & kSpan;
  };
  HtmlTag tag;
  if (match_tag(s_, at, tag)) {
    if (is_span(tag.name) || !may_nest(0)) return false;
    pos_ = tag.end;
    parse_html_element(tag, begin);
    return true;
  }
  Str name;
  std::size_t end = match_close_tag(s_, at, name);
  if (end == npos || is_span(name)) return false;
  if (node_->type != Type::HtmlElement || node_->text != lower_name) return false;
  pos_ = end;
  closed_by_tag_ = true;
  return true;
}

/// Behind a start tag: the element with its body.
void Parser::parse_html_element(const HtmlTag& tag, std::size_t begin) {
  Str name = tag.name;
  std::uint8_t flags = known_lower_case(arena_, name), model = kContentRaw;
  Node* element = add(Type::HtmlElement, name);
  element->attributes = parse_html_attributes(tag.attributes, flags & kKnown, false);
  bool raw_text = name == "script" || name == "style";
  if (raw_text) {  // the content of a script or a style sheet: no markup at all
    add_text(element, read_to_closing_tag(element), Type::RawSpan);
  }
  bool closed = !raw_text && (tag.closed || (flags & kClosed));
  element->ial = block_ial_;
  block_ial_ = nullptr;
  bool in_raw = in_raw_element();
  if (!in_raw && options_.parse_block_html) model = flags & kContentModel;
  switch (remove_markdown_attribute(element)) {
    case 0: model = kContentRaw; break;
    case 1: model = flags & kContentModel; break;
    case 2: model = kContentSpan; break;
    case 3: model = kContentBlock; break;
  }
  if (model == kContentBlock) skip_blank_rest();
  element->flags = std::uint8_t(model | (flags & kKnown) | (closed ? kClosed : 0) |
                                (flags & kClosed ? kVoid : 0));
  if (!closed && !raw_text) {
    if (model == kContentBlock) {
      parse_blocks(element);
    } else if (model == kContentSpan) {
      add_text(element, read_to_closing_tag(element));
    } else {
      parse_raw_html(element);
    }
    if (!in_raw) skip_blank_rest();
  }
  finish(element, begin);
}

/// The text up to the closing tag of `element`, or all that is left; moves behind the tag.
Str Parser::read_to_closing_tag(const Node* element) {
  std::size_t from = pos_, at = from;
  while ((at = s_.find("</", at)) != npos &&
         (pos_ = match_close_tag_of(s_, at, element->text, true)) == npos)
    ++at;
  if (at == npos) pos_ = s_.size();
  return between(from, at);
}

namespace {
/// Behind text that is printed as it is written. Of the names of two letters with a `t` behind,
/// kramdown knows `lt` and `gt` alone.
std::size_t plain_text_end(Str s, std::size_t at) {
  for (; (at = s.find_first_of("<>&", at)) != npos && s[at] == '&'; at++)
    if (!starts_with(s.substr(at), "&amp;") && slice(s, at + 2, at + 4) != "t;") break;
  return at;
}

/// Behind `<span class="k">text</span>` that is printed as it is written; npos where there is none.
std::size_t token_end(Str s, std::size_t at) {
  constexpr Name kOpen = "<span class=\"", kClose = "</span>";
  if (at == npos || !starts_with(s.substr(at), kOpen)) return npos;
  at += kOpen.size();
  while (is_alnum(char_at(s, at))) at++;
  if (!starts_with(s.substr(at), "\">")) return npos;
  at = plain_text_end(s, at + 2);
  return at != npos && starts_with(s.substr(at), kClose) ? at + kClose.size() : npos;
}
}  // namespace

/// HTML up to the closing tag of `element`: elements in elements, everything else is text.
void Parser::parse_raw_html(Node* element) {
  Node* outer = node_;
  node_ = element;
  ++depth_;
  bool fold = element->flags & kKnown;
  std::size_t from = pos_, at = pos_;  // everything between is text
  auto take_text = [&] { add_text(element, between(from, at), Type::Text); };
  for (;;) {
    at = s_.find('<', at);
    if (at == npos) {
      at = s_.size();
      take_text();
      pos_ = at;
      break;
    }
    std::size_t end = token_end(s_, at);
    if (end != npos) {
      // Highlighted code: its tokens and the text between them are one node.
      take_text();
      from = at;
      do at = end;
      while ((end = token_end(s_, plain_text_end(s_, at))) != npos);
      add_to(element, Type::RawSpan, between(from, at));
      from = at;
      continue;
    }
    char next = peek(at + 1);
    if (starts(at, "<!--") && (end = find(s_, at + 4, "-->", in_->comment_end)) != npos) {
      end += 3;
    } else if (next == '?' && (end = find(s_, at + 2, "?>", in_->instruction_end)) != npos) {
      end += 2;
    }
    if (end != npos) {
      take_text();
      add_to(element, Type::Comment, between(at, end));
      from = at = end;
      continue;
    }
    HtmlTag tag;
    if (next != '/' && may_nest(0) && match_tag(s_, at, tag)) {
      take_text();
      pos_ = tag.end;
      parse_html_element(tag, at);
      from = at = pos_;
      continue;
    }
    Str name;
    if (next == '/' && (end = match_close_tag(s_, at, name)) != npos &&
        (fold ? equal_ignoring_case(name, element->text) : name == element->text)) {
      take_text();
      pos_ = end;
      break;
    }
    ++at;
  }
  --depth_;
  node_ = outer;
}

}  // namespace meridian::markdown::kramdown
