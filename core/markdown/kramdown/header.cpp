#include "parser.h"

namespace meridian::markdown::kramdown {

namespace {
/// The characters of XML names (REXML's NAME_START_CHAR and NAME_CHAR).
bool is_name_character(std::uint32_t c, bool first) {
  if (c < 0x80)
    return is_alpha(char(c)) || c == '_' || c == ':' ||
           (!first && (is_digit(char(c)) || c == '-' || c == '.'));
  if (!first && (c == 0xb7 || (c >= 0x300 && c <= 0x36f) || c == 0x203f || c == 0x2040))
    return true;
  static constexpr std::uint16_t kRanges[][2] = {
      {0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2ff},    {0x370, 0x37d},
      {0x37f, 0x1fff},  {0x200c, 0x200d}, {0x2070, 0x218f}, {0x2c00, 0x2fef},
      {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0, 0}};
  return in_ranges(kRanges, c) || (c >= 0x10000 && c <= 0xeffff);
}

/// Removes ` {#id}` from the end of a header's text; returns the id.
Str cut_id(Str& text) {
  if (!ends_with(text, "}")) return {};
  std::size_t mark = text.rfind("{#");
  if (mark == npos || !mark || !is_blank(text[mark - 1])) return {};
  Str id = text.substr(mark + 2, text.size() - mark - 3);
  for (std::size_t at = 0; at < id.size();) {
    bool first = at == 0;
    if (!is_name_character(decode(id, at), first)) return {};
  }
  if (!id.empty()) text = rstrip(text.substr(0, mark - 1));
  return id;
}
}  // namespace

/// Number of # at the begin of the line at `at`, by the rules of the parser in use; 0 when it is no
/// header.
std::size_t Parser::atx_level(std::size_t at) const {
  std::size_t end = at;
  while (end < at + 6 && peek(end) == '#') ++end;
  if (end == at) return 0;
  std::size_t content = skip_blanks(s_, end);
  if (options_.gfm_input ? content == end : content + 1 >= s_.size()) return 0;
  return end - at;
}

bool Parser::parse_atx_header() {
  bool strict = !options_.gfm_input || !options_.paragraph_end;
  if (strict && !after_block_boundary()) return false;
  std::size_t level = atx_level(pos_), content = skip_blanks(s_, pos_ + level);
  if (!level) return false;
  // Without GFM the text may begin on the next line: [^ \t] matches the newline.
  std::size_t end = next_line(content + !options_.gfm_input);
  Str text = rstrip(between(content, end));
  Str id = cut_id(text);
  // Closing marks are removed: by GFM's rules when a blank precedes them, else unless they are
  // escaped.
  std::size_t marks = text.size();
  while (marks && text[marks - 1] == '#') --marks;
  if (strict) {
    if (marks && marks < text.size() && text[marks - 1] == '\\') ++marks;
    if (marks < text.size()) text = rstrip(text.substr(0, marks));
  } else if (marks && marks < text.size() && is_blank(text[marks - 1])) {
    text = rstrip(text.substr(0, marks - 1));
  }
  return add_header(int(level), text, id, end);
}

bool Parser::parse_setext_header(std::size_t line) {
  std::size_t first = skip_indent(pos_);
  if (is_blank(peek(first))) return false;
  std::size_t at = line;
  char mark = peek(at);
  if (mark != '-' && mark != '=') return false;
  while (peek(at) == '-' || peek(at) == '=') ++at;
  std::size_t end = skip_to_line_end(at);
  if (end == npos || !after_block_boundary()) return false;
  Str text = rstrip(between(first, line));
  Str id = cut_id(text);
  return add_header(mark == '-' ? 2 : 1, text, id, end);
}

bool Parser::add_header(int level, Str text, Str id, std::size_t end) {
  if (text.empty()) return false;
  std::size_t begin = pos_;
  pos_ = end;
  Node* header = add_block(Type::Header, begin);
  header->level = std::uint8_t(level);
  if (!options_.gfm_input && !options_.auto_id_stripping)
    header->text = text;  // the source of kramdown's own ids
  add_text(header, text);
  if (!id.empty()) set(header, "id", id);
  return true;
}

}  // namespace meridian::markdown::kramdown
