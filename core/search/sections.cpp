#include "sections.h"

#include "formulas.h"

namespace meridian::search {

namespace {
void add_space(Text& out) {
  if (out.size() && out.back() != ' ') out.add(' ');
}

/// Behind a tag; behind its element when its author keeps search engines from showing it.
std::size_t end_of_unread(Str html, const Tag& begin) {
  if (begin.closing || !attribute(begin, "data-nosnippet").data()) return begin.end;
  Tag tag;
  for (std::size_t at = begin.end; next_tag(html, at, tag); at = tag.end)
    if (tag.closing && tag.is(begin.name)) return tag.end;
  return html.size();
}

bool is_heading(const Tag& tag) {
  return tag.name.size() == 2 && lower(tag.name[0]) == 'h' && tag.name[1] >= '1' &&
         tag.name[1] <= '6';
}
}  // namespace

bool SectionReader::next() {
  if (!read()) return false;
  read_formulas(heading, 0, false);
  read_formulas(text, 0, false);
  return true;
}

bool SectionReader::read() {
  text.truncate(0);
  if (begun_ && !has_heading_ && !goes_on_) return false;
  if (!goes_on_) {
    id.truncate(0);
    heading.truncate(0);
  }
  Text* out = &text;
  if (has_heading_) {
    add_plain(id, start_);
    out = &heading;
  }
  begun_ = true;
  std::size_t formula = Str::npos;
  Str around;  // the id of an element that began just now: its first heading's
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
    Str words = slice(html_, at_, end);
    if (words.find_first_not_of(" \n\r\t") != Str::npos) around = {};
    add_plain(*out, words);
    if (comment) {
      std::size_t close = html_.find("-->", opening + 4);
      at_ = close == Str::npos ? html_.size() : close + 3;
      continue;
    }
    at_ = more ? end_of_unread(html_, tag) : html_.size();
    if (!more) break;
    if (!is_inline(tag)) add_space(*out);
    if (tag.is("code")) {
      if (formula != Str::npos) read_formulas(*out, formula, true);
      bool mathematics = attribute(tag, "class").find("language-math") != Str::npos;
      formula = !tag.closing && mathematics ? out->size() : Str::npos;
    }
    Str own = attribute(tag, "id");
    if (tag.closing) around = {};
    if (own.size()) around = own;
    if (is_heading(tag)) {
      if (tag.closing) {
        out = &text;
      } else if (around.size()) {
        start_ = around;
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
