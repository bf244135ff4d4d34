// The loop over blocks, the conditions that end them, and the blocks of a single line.
#include "parser.h"

namespace meridian::markdown::kramdown {

/// Parses all of `source` into `node`.
bool Parser::parse_blocks(Node* node, BlockText& source) {
  BlockText* in = in_;
  std::size_t pos = pos_;
  in_ = &source;
  s_ = source.text;
  pos_ = 0;
  bool closed = parse_blocks(node);
  in_ = in;
  s_ = in ? in->text : Str();
  pos_ = pos;
  return closed;
}

/// Continues parsing at the present position; true when the closing tag of `node` was found.
bool Parser::parse_blocks(Node* node) {
  Node* outer = node_;
  AttributeList* list = block_ial_;
  node_ = node;
  block_ial_ = nullptr;
  ++depth_;
  bool closed = false;
  while (pos_ < s_.size() && !closed) {
    parse_line();
    closed = closed_by_tag_;
  }
  closed_by_tag_ = false;
  --depth_;
  node_ = outer;
  block_ial_ = list;
  return closed;
}

/// Whether the line begins with a letter, as most lines do: no mark of a block is one.
bool Parser::begins_prose(std::size_t at) const {
  char c = peek(at);
  return is_alpha(c) || c & 0x80;
}

/// Parses a block, or a line that no rule matches (blanks, then a tab): that is text.
void Parser::parse_line() {
  if (parse_block()) return;
  std::size_t end = next_line(pos_);
  add_text(node_, between(pos_, end));
  pos_ = end;
}

/// Parses one block at the present position; the order is kramdown's.
bool Parser::parse_block() {
  if (begins_prose(pos_)) return parse_prose();
  if (parse_blank()) return true;
  if (indented(pos_)) return parse_code_block();
  std::size_t mark = skip_indent(pos_);
  char c = peek(mark);
  switch (c) {
    case '~':
    case '`':
      if (parse_fenced_code()) return true;
      break;
    case '>':
      if (parse_blockquote()) return true;
      break;
    case '#':
      if (parse_atx_header()) return true;
      break;
    case '*':
    case '-':
    case '_':
      if (parse_thematic_break()) return true;
      break;
  }
  if (parse_list() || (c == ':' && parse_definition_list())) return true;
  if (c == '<' && parse_block_html()) return true;
  if (closed_by_tag_) return true;
  std::size_t line = next_line(pos_);
  if (parse_setext_header(line)) return true;
  if ((c == '$' || c == '\\') && parse_math()) return true;
  if (parse_table(line)) return true;
  if (c == '[' && (parse_footnote_definition() || parse_link_definition())) return true;
  if (c == '*' && parse_abbreviation_definition()) return true;
  if (c == '{' && parse_block_extension()) return true;
  if (c == '^' && parse_end_marker()) return true;
  return parse_paragraph(line);
}

/// The blocks that can begin with a letter.
bool Parser::parse_prose() {
  std::size_t line = next_line(pos_);
  return parse_setext_header(line) || parse_table(line) || parse_paragraph(line);
}

// ---- making nodes ----

/// A new block, which gets the attribute list before it.
Node* Parser::new_block(Type type, Str text) {
  Node* block = make(type, text);
  block->ial = block_ial_;
  block_ial_ = nullptr;
  return block;
}

void Parser::finish(Node* block, std::size_t begin) {
  block->begin = in_->offset_of(begin);
  block->end = in_->offset_of(pos_);
}

Node* Parser::add_block(Type type, std::size_t begin, Str text) {
  Node* block = new_block(type, text);
  append(node_, block);
  finish(block, begin);
  return block;
}

Node* Parser::add_end_of_block(EndOfBlockKind kind) {
  Node* mark = new_block(Type::EndOfBlock);
  mark->level = kind;
  append(node_, mark);
  return mark;
}

bool fits(int depth, int most, std::size_t free, std::size_t bytes) {
  std::size_t less = stack_held > free ? (stack_held - free) / bytes : 0;
  if (std::size_t(depth) + less < std::size_t(most)) return true;
  if (depth < most) stack_exceeded = true;
  return false;
}

/// Whether a container may be opened here that copies `bytes`.
bool Parser::may_nest(std::size_t bytes) {
  if (!fits_block(depth_) || copied_ + bytes > kFreeCopies + kMaxCopies * document_size_)
    return false;
  copied_ += bytes;
  return true;
}

// ---- boundaries ----

/// BLANK_LINE: white space up to its last newline; `at` when there is none.
std::size_t Parser::blank_end(std::size_t at) const {
  std::size_t end = at;
  for (std::size_t i = at; i < s_.size() && is_space(s_[i]); ++i) {
    if (s_[i] == '\n') end = i + 1;
  }
  return end;
}

/// EOB_MARKER: a caret alone on its line.
std::size_t Parser::end_marker_end(std::size_t at) const {
  return peek(at) == '^' ? skip_to_line_end(at + 1) : npos;
}

bool Parser::indented(std::size_t at) const { return peek(at) == '\t' || starts(at, "    "); }

/// Behind the tab or the four blanks at `at`, `at` when they are not there.
std::size_t Parser::without_indentation(std::size_t at) const {
  return !indented(at) ? at : s_[at] == '\t' ? at + 1 : at + 4;
}

bool Parser::after_block_boundary() const {
  const Node* last = last_child();
  return !last || last->type == Type::Blank ||
         (last->type == Type::EndOfBlock && last->level == kMarker) || block_ial_;
}

bool Parser::before_block_boundary(std::size_t at) {
  return at >= s_.size() || blank_end(at) > at || end_marker_end(at) != npos || block_ial_start(at);
}

/// The offset at which a line ends the block before it, lazy continuation included.
bool Parser::lazy_end(std::size_t at) {
  return before_block_boundary(at) || match_block_tag(s_, at);
}

bool Parser::paragraph_end(std::size_t at) {
  if (begins_prose(at)) return false;
  if (lazy_end(at)) return true;
  if (definition_content(at, 3)) return true;
  if (!options_.gfm_input || !options_.paragraph_end) return false;
  return list_content(s_, at, 3) || atx_level(at) || peek(skip_indent(at)) == '>' ||
         fence_start(at);
}

// ---- blocks of one line ----

bool Parser::parse_blank() {
  std::size_t end = blank_end(pos_);
  if (end == pos_) return false;
  Str text = between(pos_, end);
  std::size_t begin = pos_;
  pos_ = end;
  if (Node* last = last_child(); last && last->type == Type::Blank) {
    extend_text(arena_, last, text);
  } else {
    add_block(Type::Blank, begin, text);
  }
  return true;
}

bool Parser::parse_end_marker() {
  std::size_t end = end_marker_end(pos_);
  if (end == npos) return false;
  pos_ = end;
  add_end_of_block(kMarker);
  return true;
}

std::size_t Parser::thematic_break_end(std::size_t at) const {
  at = skip_indent(at);
  char mark = peek(at);
  if (mark != '*' && mark != '-' && mark != '_') return npos;
  int count = 0;
  for (; at < s_.size() && s_[at] != '\n'; ++at) {
    if (s_[at] == mark) {
      ++count;
    } else if (!is_blank(s_[at])) {
      return npos;
    }
  }
  return count >= 3 && at < s_.size() ? at + 1 : npos;
}

bool Parser::parse_thematic_break() {
  std::size_t end = thematic_break_end(pos_), begin = pos_;
  if (end == npos) return false;
  pos_ = end;
  add_block(Type::ThematicBreak, begin);
  return true;
}

}  // namespace meridian::markdown::kramdown
