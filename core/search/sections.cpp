#include "sections.h"

namespace meridian::search {

namespace {
void add_space(Text& out) {
  if (out.size() && out.back() != ' ') out.add(' ');
}

/// The character of a reference `&name;` that begins at `at`, which moves behind it; 0: it is none.
/// Names are those that an HTML writer has to use; others are what stands there.
std::uint32_t reference(Str html, std::size_t& at) {
  constexpr std::size_t kLongest = 10;
  Str rest = html.substr(at + 1, kLongest);
  Str name = rest.substr(0, rest.find(';'));
  if (name.size() == rest.size()) return 0;
  std::uint32_t c = 0;
  if (char_at(name, 0) == '#') {
    bool hexadecimal = lower(char_at(name, 1)) == 'x';
    for (std::size_t i = hexadecimal ? 2 : 1; i < name.size(); i++) {
      int digit = hex_digit(name[i]);
      if (digit < 0 || (!hexadecimal && digit > 9)) return 0;
      c = c * (hexadecimal ? 16 : 10) + std::uint32_t(digit);
    }
  } else {
    int number = one_of(name, "amp lt gt quot apos nbsp");
    if (number < 0) return 0;
    c = static_cast<unsigned char>("&<>\"' "[number]);
  }
  at += name.size() + 2;
  return c ? c : ' ';
}

/// Elements within a word or a sentence; all others end it.
bool is_inline(const Tag& tag) {
  char name[8];
  if (tag.name.size() > sizeof name) return false;
  for (std::size_t i = 0; i < tag.name.size(); i++) name[i] = lower(tag.name[i]);
  return one_of({name, tag.name.size()},
                "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp small span "
                "strong sub sup time u var wbr") >= 0;
}

bool is_heading(const Tag& tag) {
  return tag.name.size() == 2 && lower(tag.name[0]) == 'h' && tag.name[1] >= '1' &&
         tag.name[1] <= '6';
}
}  // namespace

void add_plain(Text& out, Str html) {
  for (std::size_t at = 0; at < html.size();) {
    char c = html[at];
    if (c == '&') {
      std::uint32_t decoded = reference(html, at);
      if (decoded > ' ' && decoded != 0x7F && decoded != 0xA0) {
        add_utf8(out, decoded);
        continue;
      }
      if (decoded) {
        add_space(out);
        continue;
      }
    }
    at++;
    if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F)
      add_space(out);
    else
      out.add(c);
  }
}

bool SectionReader::next() {
  text.truncate(0);
  if (begun_ && !has_heading_ && !goes_on_) return false;
  if (!goes_on_) {
    id.truncate(0);
    heading.truncate(0);
  }
  Text* out = &text;
  if (has_heading_) {
    add_plain(id, attribute(start_, "id"));
    out = &heading;
  }
  begun_ = true;
  goes_on_ = has_heading_ = false;
  // Comments and the contents of scripts are no text.
  for (Tag tag; at_ < html_.size();) {
    std::size_t opening = html_.find('<', at_);
    bool comment = opening != Str::npos && html_.substr(opening, 4) == "<!--";
    bool more = !comment && next_tag(html_, at_, tag);
    std::size_t end = comment ? opening : more ? tag.begin : html_.size();
    if (end - at_ > kMaxSection) {
      // So that no section is much longer, whatever stands in one element.
      std::size_t space = slice(html_, at_, at_ + kMaxSection).rfind(' ');
      end = at_ + (space == Str::npos || !space ? kMaxSection : space);
      while (end < html_.size() && (html_[end] & 0xC0) == 0x80) end++;
      add_plain(*out, slice(html_, at_, end));
      at_ = end;
      goes_on_ = true;
      break;
    }
    add_plain(*out, slice(html_, at_, end));
    if (comment) {
      std::size_t close = html_.find("-->", opening + 4);
      at_ = close == Str::npos ? html_.size() : close + 3;
      continue;
    }
    at_ = more ? tag.end : html_.size();
    if (!more) break;
    if (!is_inline(tag)) add_space(*out);
    if (is_heading(tag)) {
      if (tag.closing) {
        out = &text;
      } else if (attribute(tag, "id").size()) {
        start_ = tag;
        has_heading_ = true;
        return true;
      }
    }
    if (text.size() >= kMaxSection) {
      goes_on_ = true;
      break;
    }
  }
  return true;
}

}  // namespace meridian::search
