#include "sections.h"

namespace meridian::search {

namespace {
void add_space(Text& out) {
  if (out.size() && out.back() != ' ') out.add(' ');
}

bool is_heading(const Tag& tag) {
  return tag.name.size() == 2 && lower(tag.name[0]) == 'h' && tag.name[1] >= '1' &&
         tag.name[1] <= '6';
}
}  // namespace

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
