#include "commonmark_builder.h"

#include "github/autolinks.h"
#include "html_entities.h"
#include "meridian/words.h"
#include "part.h"

namespace meridian::markdown {

namespace {

void percent_encode(Text& out, Str s) {
  constexpr Name kKept = "~-_.+!*(),%#@?=;:/$&";
  for (char c : s) {
    if (is_alnum(c) || kKept.find(c) != Str::npos)
      out.add(c);
    else
      add_percent(out, c);
  }
}

constexpr Name kReplacement = "\xEF\xBF\xBD";  // U+FFFD stands for NUL

void add_text(Text& out, MD_TEXTTYPE type, Str s) {
  if (type == MD_TEXT_ENTITY)
    add_character_reference(out, s);
  else
    out.add(type == MD_TEXT_NULLCHAR ? kReplacement : s);
}

void add_plain(Text& out, const MD_ATTRIBUTE& value) {
  for (int i = 0; value.substr_offsets[i] < value.size; i++) {
    add_text(out, value.substr_types[i],
             Str(value.text + value.substr_offsets[i],
                 value.substr_offsets[i + 1] - value.substr_offsets[i]));
  }
}

}  // namespace

// ---- nodes ----

void CommonmarkBuilder::open_node(Type type, int level, int fields) {
  if (too_deep_ || depth_ >= kMaxNesting) {
    writer_.drop_attributes();
    too_deep_++;
  } else {
    writer_.open(type, level, fields);
    depth_++;
  }
}

void CommonmarkBuilder::close_node(const Range* range) {
  if (too_deep_) {
    too_deep_--;
    return;
  }
  depth_--;
  writer_.close(range);
}

/// Ends the leaf that was collected.
void CommonmarkBuilder::flush() {
  text_begin_ = kNoText;
  if (in_code_) out_.add("</code>");
  in_code_ = false;
  if (pending_.empty()) return;
  writer_.leaf(pending_type_, pending_.str());
  pending_.truncate(0);
}

void CommonmarkBuilder::piece(Type type, Str s) {
  if (type != pending_type_) flush();
  pending_type_ = type;
  if (type != Type::Text || !html_) return pending_.add(s);
  if (text_begin_ == kNoText) text_begin_ = out_.size();
  add_escaped(out_, s, Escape::Cmark);
}

void CommonmarkBuilder::code_piece(Str s) {
  if (!html_) return piece(Type::CodeSpan, s);
  if (!in_code_) {
    flush();
    pending_type_ = Type::CodeSpan;
    in_code_ = true;
    out_.add("<code>");
  }
  add_escaped(out_, s, Escape::Cmark);
}

void CommonmarkBuilder::add_attribute(Str name, const MD_ATTRIBUTE& value, bool url) {
  attribute_.truncate(0);
  if (value.text) add_plain(attribute_, value);
  if (!url) return writer_.attribute(name, attribute_.str());
  std::size_t plain = attribute_.size();
  Str decoded = arena_.copy(attribute_.str());
  attribute_.truncate(0);
  attribute_.reserve(plain * 3);
  percent_encode(attribute_, decoded);
  writer_.attribute(name, attribute_.str());
}

// ---- positions ----

/// Whether a piece is one of the source; others are md4c's own (spaces, line breaks).
bool CommonmarkBuilder::in_text(Str s) const {
  return s.data() >= text_.data() && s.data() + s.size() <= text_.data() + text_.size();
}

/// Takes the place of a piece of text into account, when it is a piece of the source.
void CommonmarkBuilder::see(Str s) {
  if (!in_text(s) || !frames_.size) return;
  Range& range = frames_.back().range;
  auto begin = std::uint32_t(s.data() - text_.data());
  if (begin < range.begin) range.begin = begin;
  if (begin + s.size() > range.end) range.end = std::uint32_t(begin + s.size());
}

/// The whole lines of a leaf block, with its fences. Never reads behind the last leaf block, so
/// that all blocks of a line together cost no more than the line.
Range CommonmarkBuilder::lines_of(Range range, char fence) {
  if (html_) return range;  // it has none
  std::uint32_t size = std::uint32_t(text_.size());
  auto line_start = [&](std::uint32_t at) {
    while (at > seen_end_ && !is_newline(text_[at - 1])) at--;
    return at;
  };
  auto line_end = [&](std::uint32_t at) { return std::uint32_t(markdown::line_end(text_, at)); };
  auto over_newline = [&](std::uint32_t at) {
    return at + 1 < size && text_[at] == '\r' && text_[at + 1] == '\n' ? at + 2
           : at < size                                                 ? at + 1
                                                                       : at;
  };
  range.begin = line_start(range.begin);
  range.end = line_end(range.end > range.begin && is_newline(text_[range.end - 1]) ? range.end - 1
                                                                                   : range.end);
  if (!fence) return range;
  if (range.begin > seen_end_) range.begin = line_start(range.begin - 1);
  std::uint32_t next = over_newline(range.end), mark = next;
  while (mark < size && (text_[mark] == ' ' || text_[mark] == '>' || text_[mark] == '\t')) mark++;
  if (mark < size && text_[mark] == fence) range.end = line_end(mark);
  return range;
}

Range CommonmarkBuilder::in_source(Range range) const {
  if (!rewriting_ || html_) return range;
  return {rewriting_->source_offset(range.begin), rewriting_->source_offset(range.end)};
}

/// Gives a block that is about to end its final range, and widens its parent's.
void CommonmarkBuilder::finish_range(Frame& frame) {
  if (html_) return;
  Range& range = frame.range;
  if (range.begin > range.end) range = {seen_end_, seen_end_};
  if (range.end > seen_end_) seen_end_ = range.end;
  if (frames_.size < 2) return;
  Range& parent = frames_[frames_.size - 2].range;
  if (range.begin < parent.begin) parent.begin = range.begin;
  if (range.end > parent.end) parent.end = range.end;
}

// ---- blocks ----

static int tight_field(bool tight) { return tight ? int(flat::kTight) : 0; }

CommonmarkBuilder::Frame& CommonmarkBuilder::add_frame(Type type) {
  auto* frame = new (frames_.extend(arena_, sizeof(Frame))) Frame{type};
  frame->at = out_.size();
  return *frame;
}

void CommonmarkBuilder::push(Type type, int level, int fields) {
  Frame& frame = add_frame(type);
  frame.tight = fields & flat::kTight;
  open_node(type, level, fields);
  frame.content = out_.size();
}

void CommonmarkBuilder::push_item(const MD_BLOCK_LI_DETAIL& item) {
  if (item.is_task) writer_.attribute("class", "task-list-item");
  push(Type::Item, 0, tight_field(frames_.back().tight));
  if (item.is_task) frames_.back().task = item.task_mark;
}

void CommonmarkBuilder::pop() {
  if (notes_ && frames_.back().type == Type::Paragraph) take_block_id();
  flush();
  // md4c 0.5.3 can lose the end of a link ("![]([^)*]()"): no span outlives its block.
  for (; open_spans_; open_spans_--) close_node();
  images_ = 0;
  in_link_ = false;
  Frame& frame = frames_.back();
  bool paragraph = frame.type == Type::Paragraph;
  if ((paragraph || frame.type == Type::Header) && frame.range.begin <= frame.range.end)
    frame.range = lines_of(frame.range, 0);
  finish_range(frame);
  Range range = in_source(frame.range);
  if (paragraph) paragraph_tail_ = out_.size();
  if (frame.callout) close_callout(writer_, *frame.callout);
  close_node(&range);
  if (paragraph) paragraph_end_ = out_.size();
  frames_.size--;
}

void CommonmarkBuilder::cut(std::size_t at) {
  writer_.cut(at);
  paragraph_end_ = 0;
}

/// Ends the frame of a block that is written as a leaf.
void CommonmarkBuilder::pop_leaf(Range range) {
  frames_.back().range = range;
  finish_range(frames_.back());
  Range source = in_source(frames_.back().range);
  writer_.leaf(frames_.back().type, pending_.str(), 0, &source);
  pending_.truncate(0);
  frames_.size--;
}

void CommonmarkBuilder::open_paragraph(int fields) {
  char task = frames_.size ? frames_.back().task : 0;
  if (task) frames_.back().task = 0;
  push(Type::Paragraph, 0, fields);
  if (!task) return;
  writer_.leaf(Type::TaskMark, {}, task == ' ' ? 0 : 1);
  piece(Type::Text, " ");
}

/// Text right in an item: it is tight, and md4c leaves its paragraphs out.
void CommonmarkBuilder::need_paragraph() {
  if (!frames_.size || frames_.back().type != Type::Item) return;
  open_paragraph(frames_.back().footnote == kNoFootnote ? int(flat::kTransparent) : 0);
  frames_.back().implied = true;
}

void CommonmarkBuilder::leave_implied_paragraph() {
  if (frames_.size && frames_.back().implied) pop();
}

void CommonmarkBuilder::enter_block(MD_BLOCKTYPE type, void* detail) {
  leave_implied_paragraph();
  switch (type) {
    case MD_BLOCK_DOC: break;
    case MD_BLOCK_QUOTE: push(Type::Blockquote); break;
    case MD_BLOCK_UL:
      push(Type::UnorderedList, 0, tight_field(static_cast<MD_BLOCK_UL_DETAIL*>(detail)->is_tight));
      break;
    case MD_BLOCK_OL: {
      auto* list = static_cast<MD_BLOCK_OL_DETAIL*>(detail);
      if (list->start != 1) {
        attribute_.truncate(0);
        attribute_.add_int(list->start);
        writer_.attribute("start", attribute_.str());
      }
      push(Type::OrderedList, 0, tight_field(list->is_tight));
      break;
    }
    case MD_BLOCK_LI: push_item(*static_cast<MD_BLOCK_LI_DETAIL*>(detail)); break;
    case MD_BLOCK_H: push(Type::Header, int(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level)); break;
    case MD_BLOCK_P: open_paragraph(0); break;
    case MD_BLOCK_TABLE: push(Type::Table); break;
    case MD_BLOCK_THEAD: push(Type::TableHead); break;
    case MD_BLOCK_TBODY: push(Type::TableBody); break;
    case MD_BLOCK_TR: push(Type::TableRow); break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      push(Type::TableCell, int(static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align) |
                                (html_ && type == MD_BLOCK_TH ? kHeadCell : 0));
      break;
    // Leaves are written when they end.
    case MD_BLOCK_HR: add_frame(Type::ThematicBreak); break;
    case MD_BLOCK_CODE: add_frame(Type::CodeBlock); break;
    case MD_BLOCK_HTML: add_frame(Type::RawHtml); break;
  }
}

void CommonmarkBuilder::leave_block(MD_BLOCKTYPE type, void* detail) {
  leave_implied_paragraph();
  switch (type) {
    case MD_BLOCK_DOC: break;
    case MD_BLOCK_HR: leave_rule(); break;
    case MD_BLOCK_CODE: leave_code(*static_cast<MD_BLOCK_CODE_DETAIL*>(detail)); break;
    case MD_BLOCK_HTML: leave_html(); break;
    case MD_BLOCK_LI: leave_item(); break;
    case MD_BLOCK_UL: {
      // The list that a footnote's definition became is empty once the footnote was moved.
      std::size_t at = frames_.back().at;
      bool empty = out_.size() == frames_.back().content && !too_deep_;
      pop();
      if (empty) cut(at);
      break;
    }
    case MD_BLOCK_P: {
      if (in_title_) {
        end_callout_title();
        break;
      }
      if (notes_) take_block_id();
      flush();
      bool empty = skip_break_ && out_.size() == frames_.back().content;
      std::size_t at = frames_.back().at;
      pop();
      if (empty) cut(at);  // it held an alert's mark and nothing else
      skip_break_ = false;
      break;
    }
    default: pop();
  }
}

void CommonmarkBuilder::leave_rule() {
  // md4c does not report the position of a rule: it is the next line behind the last block.
  if (html_) return pop_leaf({});
  std::uint32_t begin = seen_end_;
  while (begin < text_.size() && (is_space(text_[begin]) || text_[begin] == '>')) begin++;
  pop_leaf(lines_of({begin, begin}, 0));
}

void CommonmarkBuilder::leave_code(const MD_BLOCK_CODE_DETAIL& code) {
  if (code.lang.text) {
    attribute_.truncate(0);
    attribute_.add("language-");
    add_plain(attribute_, code.lang);
    writer_.attribute("class", attribute_.str());
  }
  Range range = frames_.back().range;
  pop_leaf(range.begin <= range.end ? lines_of(range, code.fence_char) : range);
}

void CommonmarkBuilder::leave_html() {
  Range range = frames_.back().range;
  if (rewriting_ && range.begin <= range.end) {
    int definition = rewriting_->find_mark(range.begin);
    if (definition != Rewriting::kNoMark) {
      pending_.truncate(0);
      frames_.size--;
      if (definition >= 0 && frames_.size && frames_.back().type == Type::Item)
        frames_.back().footnote = definition;
      return;
    }
  }
  pop_leaf(range.begin <= range.end ? lines_of(range, 0) : range);
}

void CommonmarkBuilder::leave_item() {
  if (frames_.back().task) {  // an item without content
    need_paragraph();
    leave_implied_paragraph();
  }
  const Frame& item = frames_.back();
  if (item.footnote == kNoFootnote || too_deep_) return pop();
  Str content = part(out_.str(), item.content);
  std::size_t tail = paragraph_end_ == out_.size() && paragraph_tail_ > item.content
                         ? paragraph_tail_ - item.content
                         : content.size();
  footnotes_.set_content(item.footnote, content, tail);
  std::size_t at = item.at;
  pop();
  cut(at);
}

// ---- spans ----

void CommonmarkBuilder::enter_span(MD_SPANTYPE type, void* detail) {
  if (!images_) need_paragraph();
  if (type == MD_SPAN_IMG) images_++;
  if (images_) return;
  flush();
  switch (type) {
    case MD_SPAN_EM: open_span(Type::Emphasis); break;
    case MD_SPAN_STRONG: open_span(Type::Strong); break;
    case MD_SPAN_DEL: open_span(Type::Strikethrough); break;
    case MD_SPAN_A: {
      auto* link = static_cast<MD_SPAN_A_DETAIL*>(detail);
      in_link_ = true;
      add_attribute("href", link->href, true);
      if (link->title.text) add_attribute("title", link->title, false);
      open_span(Type::Link);
      break;
    }
    default: break;  // code and math arrive as text
  }
}

void CommonmarkBuilder::leave_span(MD_SPANTYPE type, void* detail) {
  if (type == MD_SPAN_IMG && images_ && --images_ == 0)
    leave_image(*static_cast<MD_SPAN_IMG_DETAIL*>(detail));
  if (images_ || type == MD_SPAN_IMG) return;
  if (type == MD_SPAN_LATEXMATH || type == MD_SPAN_LATEXMATH_DISPLAY) {
    leave_math(type == MD_SPAN_LATEXMATH_DISPLAY);
    return;
  }
  flush();
  forgotten_break_ = false;
  if (type == MD_SPAN_CODE || !open_spans_) return;
  if (type == MD_SPAN_A) in_link_ = false;
  open_spans_--;
  close_node();
}

void CommonmarkBuilder::open_span(Type type) {
  open_node(type);
  open_spans_++;
}

void CommonmarkBuilder::leave_image(const MD_SPAN_IMG_DETAIL& image) {
  flush();
  add_attribute("src", image.src, true);
  if (notes_) take_picture_size();
  writer_.attribute("alt", alt_.str());
  alt_.truncate(0);
  if (image.title.text) add_attribute("title", image.title, false);
  writer_.leaf(Type::Image, {});
}

void CommonmarkBuilder::leave_math(bool display) {
  // As on GitHub: "$ 5 and 6 $" is no math, for spaces inside.
  Str math = pending_.str();
  if (!display && !math.empty() && (is_space(math.front()) || is_space(math.back()))) {
    math = arena_.copy(math);
    pending_.truncate(0);
    piece(Type::Text, "$");
    piece(Type::Text, math);
    piece(Type::Text, "$");
    return;
  }
  // GitHub's other way to write it: $`…`$, in which nothing else is Markdown.
  if (math.size() > 2 && math.front() == '`' && math.back() == '`') {
    pending_.truncate(math.size() - 1);
    pending_.replace(0, 1, "");
  }
  writer_.attribute("class", display ? "language-math math-display" : "language-math math-inline");
  flush();
}

// ---- text ----

void CommonmarkBuilder::text(MD_TEXTTYPE type, Str s) {
  if (!images_) need_paragraph();
  Type block = frames_.size ? frames_.back().type : Type::Root;
  if (!html_ || block == Type::RawHtml) see(s);
  if (type == MD_TEXT_NULLCHAR) s = kReplacement;
  if (block == Type::CodeBlock || block == Type::RawHtml) {
    pending_.add(s);
    return;
  }
  if (images_) {
    add_text(alt_, type, type == MD_TEXT_BR || type == MD_TEXT_SOFTBR ? Str(" ") : s);
    return;
  }
  bool after_mark = skip_break_;
  skip_break_ = false;
  bool is_break = type == MD_TEXT_SOFTBR || type == MD_TEXT_BR;
  if (after_mark && is_break) return;
  if (in_title_ && is_break && !open_spans_) {
    end_callout_title();
    open_paragraph(0);
    return;
  }
  switch (type) {
    case MD_TEXT_BR:
      flush();
      writer_.leaf(Type::LineBreak, {});
      piece(Type::Text, "\n");
      break;
    case MD_TEXT_SOFTBR: piece(Type::Text, "\n"); break;
    case MD_TEXT_ENTITY:
      attribute_.truncate(0);
      add_text(attribute_, type, s);
      piece(Type::Text, attribute_.str());
      break;
    case MD_TEXT_CODE: code_text(s, block == Type::TableCell); break;
    case MD_TEXT_LATEXMATH: piece(Type::CodeSpan, s); break;
    case MD_TEXT_HTML: piece(Type::RawSpan, s); break;
    default:
      if (!github_)
        piece(Type::Text, s);
      else if (s[0] != '[' || !(begins_alert(s) || (notes_ && begins_callout(s))))
        github_text(s);
  }
}

/// A piece of a code span. In a table's cell a bar must be escaped even in code (GFM 0.29, example
/// 200).
void CommonmarkBuilder::code_text(Str s, bool in_cell) {
  // A line break in code is a space; after spaces at the end of the line md4c 0.5.3 forgets it.
  if (forgotten_break_) code_piece(" ");
  forgotten_break_ = false;
  std::size_t done = 0;
  for (std::size_t i = 0; in_cell && i + 1 < s.size(); i++) {
    if (s[i] != '\\' || s[i + 1] != '|') continue;
    code_piece(part(s, done, i - done));
    done = i + 1;
  }
  code_piece(part(s, done));
  if (!in_text(s) || (s.back() != ' ' && s.back() != '\t')) return;
  std::size_t end = std::size_t(s.data() + s.size() - text_.data());
  forgotten_break_ = end < text_.size() && is_newline(text_[end]);
}

/// The first place from `at` on where an autolink or a reference to a footnote may be found.
static std::size_t find_special(Str s, std::size_t at) {
  const char* data = s.data();
  for (; at < s.size(); at += kWordBytes) {
    std::size_t left = s.size() - at;
    std::uint64_t word = left < kWordBytes ? load_rest(data + at, left) : load_word(data + at);
    std::uint64_t found = zero_bytes(word ^ kEachByte * ':') | zero_bytes(word ^ kEachByte * '.') |
                          zero_bytes(word ^ kEachByte * '@') | zero_bytes(word ^ kEachByte * '[');
    if (found) return at + first_byte(found);
  }
  return s.size();
}

/// Text with references to footnotes and URLs in it.
void CommonmarkBuilder::github_text(Str s) {
  std::size_t done = 0;
  // A backslash begins a new piece; the character behind it is literal.
  bool escaped = in_text(s) && s.data() > text_.data() && s.data()[-1] == '\\';
  std::size_t first = escaped;
  for (std::size_t i = first; (i = find_special(s, i)) < s.size(); i++) {
    if ((s[i] == ':' || s[i] == '.') && !in_link_) {
      std::size_t begin = url_begin(s, i), size = 0;
      if (begin != Str::npos && begin >= first) size = url_size(s, begin);
      if (!size) continue;
      piece(Type::Text, part(s, done, begin - done));
      add_autolink(s[i] == '.' ? "http://" : "", part(s, begin, size));
      first = done = begin + size;
      i = done - 1;
    } else if (s[i] == '@' && !in_link_) {
      std::size_t before = 0, size = email_size(part(s, done), i - done, before);
      if (!size) continue;
      piece(Type::Text, part(s, done, i - done - before));
      add_autolink("mailto:", part(s, i - before, size));
      first = done = i - before + size;
      i = done - 1;
    } else if (s[i] == '[' && rewriting_) {
      std::size_t size = 0;
      int definition = footnotes_.find_reference(part(s, i), size);
      if (definition < 0) continue;
      piece(Type::Text, part(s, done, i - done));
      piece(Type::RawSpan, {});
      footnotes_.add_reference(definition, pending_);
      first = done = i + size;
      i = done - 1;
    }
  }
  piece(Type::Text, part(s, done));
}

void CommonmarkBuilder::add_autolink(Str prefix, Str url) {
  flush();
  attribute_.truncate(0);
  attribute_.add(prefix);
  percent_encode(attribute_, url);
  writer_.attribute("href", attribute_.str());
  open_node(Type::Link);
  writer_.text(url);
  close_node();
}

// ---- md4c's callbacks ----

void CommonmarkBuilder::set_callbacks(MD_PARSER& parser) {
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* builder) {
    self(builder).enter_block(type, detail);
    return 0;
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* builder) {
    self(builder).leave_block(type, detail);
    return 0;
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* builder) {
    self(builder).enter_span(type, detail);
    return 0;
  };
  parser.leave_span = [](MD_SPANTYPE type, void* detail, void* builder) {
    self(builder).leave_span(type, detail);
    return 0;
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* builder) {
    self(builder).text(type, Str(text, size));
    return 0;
  };
}

}  // namespace meridian::markdown
