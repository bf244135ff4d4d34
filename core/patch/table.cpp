#include "table.h"

#include "meridian/text.h"

namespace meridian::patch {

namespace {
using Cell = Table::Cell;
using Row = Table::Row;

constexpr std::uint32_t kNone = ~0u;
/// Signs of a rule, by the alignment: none, left, center, right.
constexpr const char* kSides[] = {"", "left", "center", "right"};

int side_of(const Token& cell) {
  Str side = alignment_of(cell.text);
  for (int i = 1; i < 4; ++i)
    if (side == kSides[i]) return i;
  return 0;
}

/// Whether readers see no difference between two cells.
bool same_cell(const Tokens& a, Cell one, const Tokens& b, Cell other) {
  if (one.to - one.from != other.to - other.from) return false;
  for (std::uint32_t i = 0; i < one.to - one.from; ++i)
    if (!alike(a[one.from + i], b[other.from + i])) return false;
  return true;
}

void print_cell(const Tokens& tokens, Cell cell, Escape escape, Text& out) {
  Text text;
  print(tokens, cell.from + 1, cell.to - 1, escape, {}, text);
  out.add(strip(text.str()));
}

/// The dashes of a column, as many as there were.
void print_rule(int side, std::size_t width, Text& out) {
  constexpr std::size_t kLeast = 3;
  if (width < kLeast) width = kLeast;
  const std::size_t colons = std::size_t(side == 1 || side == 2) + (side == 2 || side == 3);
  if (side == 1 || side == 2) out.add(':');
  out.add(width - colons, '-');
  if (side == 2 || side == 3) out.add(':');
}

/// A line of a table: what stands before its first cell, its cells as they are written, and what
/// stands behind the last one.
struct Line {
  Str before, behind;
  List<Str> cells;
  bool is_rule = false;
};

/// Behind a code span that begins at `at`; `at` if none does.
std::size_t behind_code(Str line, std::size_t at) {
  std::size_t end = line.find_first_not_of('`', at);
  if (end == Str::npos) return at;
  Str mark = slice(line, at, end);
  for (std::size_t found = line.find(mark, end); found != Str::npos;) {
    end = line.find_first_not_of('`', found);
    if (end == Str::npos) end = line.size();
    if (end - found == mark.size()) return end;
    found = line.find(mark, end);
  }
  return at;
}

/// Reads a line. `code`: bars in code separate nothing.
Line read_line(Str line, bool code, Arena& arena) {
  Line read;
  Str text = rstrip(line);
  std::size_t at = text.find_first_not_of(" \t>");
  if (at == Str::npos) at = text.size();
  // The mark of the list's item that begins with the table.
  const std::size_t bar = text.find('|');
  if (is_one_of(char_at(text, at), "-*+") && char_at(text, at + 1) == ' ' && bar != Str::npos &&
      strip(slice(text, at + 1, bar)).empty())
    at = bar;
  if (char_at(text, at) == '|') ++at;
  read.before = text.substr(0, at);
  std::size_t begin = at, end = text.size();
  if (end > at && text[end - 1] == '|' && (end < 2 || text[end - 2] != '\\')) --end;
  read.behind = line.substr(end);
  while (at < end) {
    if (text[at] == '\\') ++at;
    const std::size_t next = code && char_at(text, at) == '`' ? behind_code(text, at) : at;
    if (char_at(text, at) == '|' && next == at && char_at(text, at - 1) != '\\') {
      read.cells.add(arena, slice(text, begin, at));
      begin = at + 1;
    }
    at = next > at ? next : at + 1;
  }
  read.cells.add(arena, slice(text, begin, end));
  read.is_rule = true;
  bool dashes = false;
  for (Str cell : read.cells) {
    dashes |= cell.find('-') != Str::npos;
    read.is_rule &= cell.find_first_not_of(" \t:-") == Str::npos;
  }
  read.is_rule &= dashes;
  return read;
}

/// How many first columns of two tables with as many rows are the same.
std::uint32_t same_columns(const Tokens& a, const Table& one, const Tokens& b, const Table& other) {
  std::uint32_t same = kNone;
  for (std::uint32_t r = 0; r < one.rows.size; ++r) {
    const Row row = one.rows[r], now = other.rows[r];
    std::uint32_t n = 0;
    while (n < same && n < row.count && n < now.count &&
           same_cell(a, one.cells[row.first + n], b, other.cells[now.first + n]))
      ++n;
    same = n;
  }
  return same;
}

/// Writes a table's lines again.
class Writer {
 public:
  Writer(const TableSource& source, const Tokens& wanted, Escape escape, int style, Text& out)
      : page_(source.tokens),
        old_(table_at(source.tokens, source.open, arena_)),
        wanted_(wanted),
        now_(table_at(wanted, source.open, arena_)),
        escape_(escape),
        style_(style),
        out_(out) {}

  bool run(Str text) {
    if (!old_.rows.size || !now_.rows.size || old_.head != now_.head) return false;
    if (!read(text) || !match()) return false;
    for (std::uint32_t r = 0; r < now_.rows.size; ++r) {
      if (r) out_.add('\n');
      write_row(r);
      if (r == 0 && old_.head) {
        out_.add('\n');
        write_rule();
      }
    }
    return true;
  }

 private:
  /// Reads the lines: as many as the table has rows, and its rule.
  bool read(Str text) {
    std::uint32_t row = 0;
    for (Str line; next_piece(text, '\n', line);) {
      Line cells = read_line(line, true, arena_);
      const bool rule = old_.head && row == 1 && !has_rule_;
      if (cells.is_rule != rule) return false;
      if (rule) {
        rule_ = cells;
        has_rule_ = true;
        continue;
      }
      if (row == old_.rows.size) return false;
      if (cells.cells.size > old_.rows[row].count) cells = read_line(line, false, arena_);
      lines_.add(arena_, cells);
      ++row;
    }
    return row == old_.rows.size && has_rule_ == old_.head;
  }

  /// Finds which row and which column each of the wanted ones was.
  bool match() {
    const std::uint32_t before = old_.rows[0].count, after = now_.rows[0].count;
    std::uint32_t same = before < after ? before : after;
    if (before != after) {
      if (old_.rows.size != now_.rows.size) return false;
      const std::uint32_t first = same_columns(page_, old_, wanted_, now_);
      same = first < same ? first : same;
    }
    for (std::uint32_t c = 0; c < after; ++c) {
      const bool tail = before != after && c + before >= after && c + before - after >= same;
      columns_.add(arena_, c < same ? c : tail ? c + before - after : kNone);
    }
    const std::uint32_t most = old_.rows.size < now_.rows.size ? old_.rows.size : now_.rows.size;
    std::uint32_t head = 0, tail = 0;
    while (head < most && same_row(head, head)) ++head;
    while (tail < most - head && same_row(old_.rows.size - 1 - tail, now_.rows.size - 1 - tail))
      ++tail;
    for (std::uint32_t r = 0; r < now_.rows.size; ++r) {
      const std::uint32_t moved = r + old_.rows.size - now_.rows.size;
      const bool is_tail = r + tail >= now_.rows.size;
      rows_.add(arena_, is_tail ? moved : r + tail < old_.rows.size ? r : kNone);
    }
    return true;
  }

  bool same_row(std::uint32_t old, std::uint32_t now) {
    const Row a = old_.rows[old], b = now_.rows[now];
    if (a.count != b.count) return false;
    for (std::uint32_t c = 0; c < a.count; ++c)
      if (!same_cell(page_, old_.cells[a.first + c], wanted_, now_.cells[b.first + c]))
        return false;
    return true;
  }

  /// A line that has the bars of a new row: the one before it, but not the first, which may have
  /// the mark of a list.
  const Line& neighbour(std::uint32_t row) const {
    for (std::uint32_t r = row; r > 1; --r)
      if (rows_[r - 1] != kNone && rows_[r - 1]) return lines_[rows_[r - 1]];
    return has_rule_ ? rule_ : lines_[0];
  }

  void write_row(std::uint32_t r) {
    const Line* line = rows_[r] == kNone ? nullptr : &lines_[rows_[r]];
    const Line& like = line ? *line : neighbour(r);
    const bool bars = style_ == 1;
    out_.add(like.before);
    if (bars && !like.before.ends_with("|")) out_.add('|');
    const Row row = now_.rows[r];
    std::uint32_t cells = row.count;
    // Cells that the line did not have, and that are empty, need not be written.
    while (line && line->cells.size < cells && is_left_out(*line, row, cells - 1)) --cells;
    for (std::uint32_t c = 0; c < cells; ++c) {
      if (c) out_.add('|');
      bool spaces[] = {c || bars || like.before.ends_with("|"),
                       c + 1 < cells || bars || like.behind.starts_with("|")};
      write_cell(line, row, c, spaces);
    }
    if (bars && !like.behind.starts_with("|")) out_.add('|');
    out_.add(like.behind);
  }

  /// Which column it was: a row may have more than the first one.
  std::uint32_t column_of(std::uint32_t c) const { return c < columns_.size ? columns_[c] : kNone; }

  bool is_left_out(const Line& line, Row row, std::uint32_t c) const {
    const Cell cell = now_.cells[row.first + c];
    const std::uint32_t column = column_of(c);
    return column != kNone && column >= line.cells.size && cell.to - cell.from == 2;
  }

  void write_cell(const Line* line, const Row& row, std::uint32_t c, bool spaces[2]) {
    const Cell cell = now_.cells[row.first + c];
    const std::uint32_t column = column_of(c);
    const bool has = line && column < line->cells.size;
    Str was = has ? line->cells[column] : Str(), text = strip(was);
    if (has) {
      const Row old = old_.rows[std::uint32_t(line - lines_.begin())];
      if (column < old.count && same_text(old_.cells[old.first + column], cell))
        return out_.add(was);
    }
    if (text.empty()) {
      // An empty cell keeps its width, if it can.
      const std::size_t begin = out_.size();
      out_.add(spaces[0] ? " " : "");
      print_cell(wanted_, cell, escape_, out_);
      const std::size_t used = out_.size() - begin;
      return out_.add(used < was.size() ? was.size() - used : spaces[1], ' ');
    }
    const std::size_t begin = was.find(text);
    out_.add(was.substr(0, begin));
    print_cell(wanted_, cell, escape_, out_);
    out_.add(was.substr(begin + text.size()));
  }

  /// Another alignment is in the rule alone.
  bool same_text(Cell old, Cell now) const {
    return same_cell(page_, {old.from + 1, old.to}, wanted_, {now.from + 1, now.to});
  }

  void write_rule() {
    const Row row = now_.rows[0], old = old_.rows[0];
    out_.add(rule_.before);
    if (style_ == 1 && !rule_.before.ends_with("|")) out_.add('|');
    for (std::uint32_t c = 0; c < row.count; ++c) {
      if (c) out_.add('|');
      const int side = side_of(wanted_[now_.cells[row.first + c].from]);
      const std::uint32_t column = columns_[c];
      const bool known = column < rule_.cells.size;
      Str was = known ? rule_.cells[column] : rule_.cells[0];
      if (known && column < old.count &&
          side_of(page_[old_.cells[old.first + column].from]) == side) {
        out_.add(was);
        continue;
      }
      Str dashes = strip(was);
      const std::size_t begin = was.find(dashes);
      out_.add(was.substr(0, begin));
      print_rule(side, known ? dashes.size() : 0, out_);
      out_.add(was.substr(begin + dashes.size()));
    }
    if (style_ == 1 && !rule_.behind.starts_with("|")) out_.add('|');
    out_.add(rule_.behind);
  }

  Arena arena_;
  const Tokens& page_;
  Table old_;
  const Tokens& wanted_;
  Table now_;
  Escape escape_;
  int style_;
  Text& out_;
  List<Line> lines_;
  Line rule_;
  bool has_rule_ = false;
  /// By the wanted ones: which they were.
  List<std::uint32_t> rows_, columns_;
};
}  // namespace

Table table_at(const Tokens& tokens, std::uint32_t open, Arena& arena) {
  Table table;
  int depth = 0;
  for (std::uint32_t i = open; i < tokens.size; ++i) {
    const Token& token = tokens[i];
    if (!token.is_tag()) continue;
    const bool opens = token.kind == Kind::Open;
    if (token.name == "table") depth += opens ? 1 : -1;
    if (depth == 0) break;
    // A table in a cell is not Markdown's.
    if (depth > 1) return {};
    if (token.name == "thead" && opens) table.head = true;
    if (token.name == "tr" && opens) table.rows.add(arena, {table.cells.size, 0});
    if (token.name != "td" && token.name != "th") continue;
    if (!table.rows.size) return {};
    if (opens) {
      table.cells.add(arena, {i, i});
      ++table.rows.back().count;
    } else if (table.cells.size) {
      table.cells.back().to = i + 1;
    }
  }
  for (const Row& row : table.rows)
    if (!row.count) return {};
  return table;
}

bool print_table(const Tokens& tokens, std::uint32_t open, Escape escape, Str prefix, Text& out) {
  Arena arena;
  auto next_line = [&] {
    out.add('\n');
    out.add(prefix);
  };
  const Table table = table_at(tokens, open, arena);
  if (!table.rows.size || !table.head) return false;
  for (std::uint32_t r = 0; r < table.rows.size; ++r) {
    const Row row = table.rows[r];
    if (r) next_line();
    for (std::uint32_t c = 0; c < row.count; ++c) {
      out.add(c ? " | " : "| ");
      print_cell(tokens, table.cells[row.first + c], escape, out);
    }
    out.add(" |");
    if (r) continue;
    next_line();
    for (std::uint32_t c = 0; c < row.count; ++c) {
      out.add(c ? " | " : "| ");
      print_rule(side_of(tokens[table.cells[row.first + c].from]), 0, out);
    }
    out.add(" |");
  }
  return true;
}

bool rewrite_table(const TableSource& source, const Tokens& wanted, Escape escape, int style,
                   Text& out) {
  return Writer(source, wanted, escape, style, out).run(source.lines);
}

}  // namespace meridian::patch
