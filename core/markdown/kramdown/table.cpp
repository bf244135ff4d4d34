#include "parser.h"

namespace meridian::markdown::kramdown {

/// More columns than this are no table, as each row could be as wide; its lines stay text.
constexpr std::uint32_t kMaxColumns = 1024;
/// Cells that short rows are filled up with, in all; a header of 1,000 columns over rows of one
/// would make the output a thousand times the input.
constexpr std::uint32_t kMaxCells = 1000000;

struct Parser::Table {
  Node* node = nullptr;
  Node* rows = nullptr;  ///< those since the last separator
  bool leading_pipe = false, has_footer = false, has_body = false;
  std::uint32_t columns = 0, row_count = 0;
  List<std::uint8_t> alignment = {};
  /// Texts of the row that is read; those of no cell are the next row's.
  List<Node*> texts = {};
};

namespace {
/// TABLE_PIPE_CHECK on a line: a bar at its start or behind anything but a backslash.
bool has_pipe(Str line) {
  for (std::size_t at = line.find('|'); at != npos; at = line.find('|', at + 1)) {
    if (!at || line[at - 1] != '\\') return true;
  }
  return false;
}

/// Whether a line consists of `mark` and `+|: \t-` alone (for the foot: `=` in place of `-`).
bool is_separator(Str line, char mark) {
  bool any = false;
  for (char c : line) {
    if (c == mark) {
      any = true;
    } else if (c != '+' && c != '|' && c != ':' && !is_blank(c) && c != '\n') {
      return false;
    }
  }
  return any;
}

/// The alignments that `:--`, `:-:` and `--:` name.
void read_alignment(Arena& arena, Str line, List<std::uint8_t>& out) {
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] != '-') {
      ++at;
      continue;
    }
    bool left = at && line[at - 1] == ':';
    while (char_at(line, at) == '-') ++at;
    bool right = char_at(line, at) == ':';
    out.add(arena, std::uint8_t(left && right ? 2 : left ? 1 : right ? 3 : 0));
    at += right;
  }
}
}  // namespace

void Parser::end_table_part(Table& table, Type type, bool force) {
  if (table.has_footer && type == Type::TableBody && !force) return;
  Node* part = add_to(table.node, type);
  move_children(table.rows, part);
  table.row_count = 0;
  table.has_body |= type == Type::TableBody;
}

/// Splits a row at its bars, but for those in code.
void Parser::parse_table_row(Table& table, Str line) {
  std::uint32_t count = 0;
  auto cell = [&]() -> Node* {
    if (count == table.texts.size) table.texts.add(arena_, nullptr);
    Node*& node = table.texts.begin()[count++];
    if (!node) node = make(Type::RawText);
    node->text = {};
    return node;
  };
  auto last = [&]() -> Node* { return count ? table.texts[count - 1] : nullptr; };
  auto take_text = [&](Str text) {
    Node* at = last();
    std::size_t from = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
      i = text.find('|', i);
      bool end = i == npos;
      if (end) i = text.size();
      bool escaped = !end && i && text[i - 1] == '\\';
      if (!at) at = cell();
      extend_text(arena_, at, text.substr(from, i - from - escaped));
      from = i + !escaped;
      if (!end && !escaped) at = cell();
    }
  };
  auto take_spans = [&](Str text) {
    if (text.find('`') == npos) return take_text(text);
    Node* spans = make(Type::RawText);
    SpanParser::parse(*this, text, Type::RawText, depth_, spans, SpanParser::kCode);
    for (Node* span = spans->first; span; span = span->next) {
      if (span->type == Type::RawText) {
        take_text(span->text);
        continue;
      }
      Node* at = count ? last() : cell();
      // Code is put back with marks that can't occur in it: as it was written, mostly.
      const char* begin = span->text.data();
      if (begin[-1] == '`' && *span->text.end() == '`' && span->text.find('`') == npos &&
          (begin == text.data() + 1 || begin[-2] != '`')) {
        extend_text(arena_, at, Str(begin - 1, span->text.size() + 2));
        continue;
      }
      std::size_t longest = 0, run = 0;
      for (char c : span->text) {
        run = c == '`' ? run + 1 : 0;
        if (run > longest) longest = run;
      }
      Text code;
      code.add(longest + 1, '`');
      if (longest) code.add(' ');
      code.add(span->text);
      if (longest) code.add(' ');
      code.add(longest + 1, '`');
      extend_text(arena_, at, arena_.copy(code.str()));
    }
  };
  // <code>…</code> counts as code too.
  std::size_t from = 0;
  while (from < line.size()) {
    std::size_t code = line.find("<code", from), open = code == npos ? npos : line.find('>', code);
    std::size_t close = open == npos ? npos : line.find("</code>", open);
    if (close == npos) break;
    if (code > from) take_spans(slice(line, from, code));
    close += 7;
    Node* at = count ? last() : cell();
    extend_text(arena_, at, slice(line, code, close));
    from = close;
  }
  if (from < line.size()) take_spans(line.substr(from));

  std::uint32_t first = 0, end = count;
  auto is_blank_at = [&](std::uint32_t i) { return strip(table.texts[i]->text).empty(); };
  if (table.leading_pipe && first < end && is_blank_at(first)) ++first;
  if (first < end && is_blank_at(end - 1)) --end;
  Node* row = add_to(table.rows, Type::TableRow);
  ++table.row_count;
  for (std::uint32_t i = first; i < end; ++i) {
    Node*& text = table.texts.begin()[i];
    text->text = strip(text->text);
    append(add_to(row, Type::TableCell), text);
    text = nullptr;
  }
  row->flags = 0;
  row->begin = end - first;  // for now, its number of cells
  if (end - first > table.columns) table.columns = end - first;
}

/// Reads lines as long as they have bars.
bool Parser::parse_table_rows(Table& table) {
  while (pos_ < s_.size()) {
    std::size_t end = next_line(pos_);
    Str line = between(pos_, end);
    if (!has_pipe(line)) break;
    pos_ = end;
    if (is_separator(line, '-')) {
      if (!table.row_count) continue;
      bool head = table.alignment.empty() && !table.has_footer;
      end_table_part(table, head ? Type::TableHead : Type::TableBody, false);
      if (head) read_alignment(arena_, line, table.alignment);
    } else if (is_separator(line, '=')) {
      if (table.row_count) end_table_part(table, Type::TableBody, true);
      table.has_footer = true;
    } else {
      std::size_t size = line.size() - 1;
      while (size && is_blank(line[size - 1])) --size;
      parse_table_row(table, line.substr(0, size));
    }
  }
  return table.columns <= kMaxColumns;
}

/// Whether every line has a bar outside of code.
bool Parser::has_pipes_outside_code(Str text) {
  Node* spans = make(Type::RawText);
  if (text.find('`') == npos && text.find('<') == npos) {
    add_to(spans, Type::RawText, text);
  } else {
    SpanParser::parse(*this, text, Type::RawText, depth_, spans, SpanParser::kCodeAndHtml);
  }
  bool pipe = false;
  for (Node* span = spans->first; span; span = span->next) {
    Str value = span->text;
    // as Ruby's split: empty lines at the end don't count
    while (ends_with(value, "\n")) value.remove_suffix(1);
    std::size_t first_end = value.find('\n'), last_begin = value.rfind('\n');
    bool several = first_end != npos;
    if (span->type == Type::CodeSpan) {
      bool two = several && first_end == last_begin;
      if (several && (!two || !pipe)) return pipe;
      if (two) pipe = false;
    } else {
      // A text that ends with a newline has its last line complete.
      if (several && !pipe && !has_pipe(value.substr(0, first_end))) return false;
      if (several) pipe = false;
      pipe = pipe || has_pipe(several ? value.substr(last_begin + 1) : value);
    }
  }
  return pipe;
}

bool Parser::parse_table(std::size_t end) {
  std::size_t begin = pos_, first = skip_indent(pos_);
  if (first >= s_.size() || is_space(s_[first]) || pos_ < in_->no_table_before) return false;
  if (!has_pipe(between(first, end)) || !after_block_boundary()) return false;
  AttributeList* list = block_ial_;
  Table table;
  table.node = new_block(Type::Table);
  table.rows = make(Type::TableBody);
  table.leading_pipe = s_[first] == '|';
  if (is_separator(between(pos_, end), '-')) pos_ = end;
  bool good = parse_table_rows(table);
  if (good && !before_block_boundary(pos_)) {
    in_->no_table_before = pos_;  // whatever row it began with
    good = false;
  }
  good = good && has_pipes_outside_code(between(begin, pos_ - 1));
  if (good && table.row_count)
    end_table_part(table, table.has_footer ? Type::TableFoot : Type::TableBody, false);
  if (!good || !table.has_body) {
    pos_ = begin;
    (void)list;
    return false;
  }
  // All rows get the same number of cells.
  std::uint32_t made = 0;
  for (Node* part = table.node->first; part; part = part->next) {
    for (Node* row = part->first; row; row = row->next) {
      for (std::uint32_t i = row->begin; i < table.columns && made < kMaxCells; ++i, ++made) {
        add_to(row, Type::TableCell);
      }
      std::uint32_t column = 0;
      for (Node* cell = row->first; cell && column < table.alignment.size; cell = cell->next) {
        cell->level = table.alignment[column++];
      }
      row->begin = 0;
    }
  }
  append(node_, table.node);
  finish(table.node, begin);
  return true;
}

}  // namespace meridian::markdown::kramdown
