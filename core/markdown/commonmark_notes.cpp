// What is found in quotes, paragraphs and pictures while md4c parses: alerts and, in notes,
// callouts, ids of blocks, sizes of pictures.
#include "commonmark_builder.h"
#include "part.h"

namespace meridian::markdown {

// ---- alerts ----

/// Whether `s` is an alert's marker, alone on the first line of a quote that is not nested. The
/// quote is then written again as an alert.
bool CommonmarkBuilder::begins_alert(Str s) {
  if (frames_.size != 2 || frames_[0].type != Type::Blockquote) return false;
  Frame &quote = frames_[0], &paragraph = frames_[1];
  if (paragraph.type != Type::Paragraph || paragraph.at != quote.content ||
      out_.size() != paragraph.content || !pending_.empty())
    return false;
  int kind = alert_kind(s);
  if (kind < 0) return false;
  std::size_t end = std::size_t(s.data() - text_.data()) + s.size();
  while (end < text_.size() && (text_[end] == ' ' || text_[end] == '\t')) end++;
  if (end < text_.size() && !is_newline(text_[end])) return false;
  write_alert(quote, paragraph, kind);
  skip_break_ = true;
  return true;
}

void CommonmarkBuilder::write_alert(Frame& quote, Frame& paragraph, int kind) {
  cut(quote.at);
  quote.type = Type::Alert;
  open_alert(writer_, kind);
  paragraph.at = out_.size();
  writer_.open(Type::Paragraph);
  paragraph.content = out_.size();
}

// ---- notes ----

/// Whether `s` begins with the mark of a callout, at the begin of a quote. The quote is then
/// written again as the callout, and its paragraph as the title.
bool CommonmarkBuilder::begins_callout(Str s) {
  if (frames_.size < 2 || too_deep_) return false;
  Frame &quote = frames_[frames_.size - 2], &paragraph = frames_.back();
  if (quote.type != Type::Blockquote || paragraph.type != Type::Paragraph ||
      paragraph.at != quote.content || out_.size() != paragraph.content || !pending_.empty())
    return false;
  Callout callout = callout_mark(s);
  if (!callout.size) return false;
  cut(quote.at);
  quote.type = Type::Alert;
  quote.callout = arena_.make<Callout>(callout);
  open_callout(writer_, callout);
  paragraph.content = out_.size();
  in_title_ = true;
  if (callout.size < s.size()) github_text(part(s, callout.size));
  return true;
}

void CommonmarkBuilder::end_callout_title() {
  const Callout& callout = *frames_[frames_.size - 2].callout;
  if (pending_.empty() && out_.size() == frames_.back().content) add_callout_name(writer_, callout);
  in_title_ = false;
  pop();
  close_callout_title(writer_, callout);
}

/// Makes an anchor of ` ^block-id` at the end of a paragraph.
void CommonmarkBuilder::take_block_id() {
  if (pending_type_ != Type::Text || (html_ && text_begin_ == kNoText)) return;
  // What is escaped in HTML is no part of an id.
  Text& written = html_ ? out_ : pending_;
  std::size_t first = html_ ? text_begin_ : 0;
  Str text = part(written.str(), first);
  std::size_t begin = text.size();
  while (begin && (is_alnum(text[begin - 1]) || text[begin - 1] == '-')) begin--;
  if (begin == text.size() || !begin || text[begin - 1] != '^' ||
      (begin > 1 && !is_space(text[begin - 2])))
    return;
  Str id = arena_.copy(part(text, begin - 1));
  written.truncate(first + rstrip(part(text, 0, begin - 1)).size());
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
