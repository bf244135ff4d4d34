// Marks of notes that are found while the flat tree is written: callouts, ids of blocks, sizes of
// pictures.
#include "commonmark_builder.h"
#include "part.h"

namespace meridian::markdown {

/// Whether `s` begins with the mark of a callout, at the begin of a quote. The quote is then
/// written again as the callout, and its paragraph as the title.
bool CommonmarkBuilder::begins_callout(Str s) {
  if (s[0] != '[' || frames_.size < 2 || too_deep_) return false;
  Frame &quote = frames_[frames_.size - 2], &paragraph = frames_.back();
  if (quote.type != Type::Blockquote || paragraph.type != Type::Paragraph ||
      paragraph.at != quote.content || out_.size() != paragraph.content || !pending_.empty())
    return false;
  Callout callout = callout_mark(s);
  if (!callout.size) return false;
  cut(quote.at);
  quote.type = Type::Alert;
  quote.callout = callout;
  open_callout(writer_, callout);
  paragraph.content = out_.size();
  in_title_ = true;
  if (callout.size < s.size()) github_text(part(s, callout.size));
  return true;
}

void CommonmarkBuilder::end_callout_title() {
  const Callout callout = frames_[frames_.size - 2].callout;
  if (pending_.empty() && out_.size() == frames_.back().content) add_callout_name(writer_, callout);
  in_title_ = false;
  pop();
  close_callout_title(writer_, callout);
}

/// Makes an anchor of ` ^block-id` at the end of a paragraph.
void CommonmarkBuilder::take_block_id() {
  if (pending_type_ != Type::Text) return;
  Str text = pending_.str();
  std::size_t begin = text.size();
  while (begin && (is_alnum(text[begin - 1]) || text[begin - 1] == '-')) begin--;
  if (begin == text.size() || !begin || text[begin - 1] != '^' ||
      (begin > 1 && !is_space(text[begin - 2])))
    return;
  Str id = arena_.copy(part(text, begin - 1));
  pending_.truncate(rstrip(part(text, 0, begin - 1)).size());
  piece(Type::RawSpan, "<a id=\"");
  pending_.add(id);
  pending_.add("\"></a>");
}

/// `alt|300` and `alt|300x200`: the size of a picture in CSS pixels.
void CommonmarkBuilder::take_picture_size() {
  Str alt = alt_.str();
  std::size_t bar = alt.rfind('|');
  if (bar == Str::npos) return;
  Str width = part(alt, bar + 1), height;
  std::size_t by = width.find('x');
  if (by != Str::npos) {
    height = part(width, by + 1);
    width = part(width, 0, by);
  }
  auto is_number = [](Str s) {
    return !s.empty() && s.size() < 6 && s.find_first_not_of("0123456789") == Str::npos;
  };
  if (!is_number(width) || !(by == Str::npos || is_number(height))) return;
  writer_.attribute("width", width);
  if (by != Str::npos) writer_.attribute("height", height);
  alt_.truncate(bar);
}

}  // namespace meridian::markdown
