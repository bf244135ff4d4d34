// Tables: printed anew, and the source of one that gets other rows, columns or alignment.
#pragma once
#include "print.h"

namespace meridian::patch {

/// Tokens of a table: rows of cells, with their tags.
struct Table {
  struct Cell {
    std::uint32_t from, to;
  };
  struct Row {
    /// Its cells: those from `first` on.
    std::uint32_t first, count;
  };
  List<Cell> cells;
  List<Row> rows;
  bool head = false;
};

/// The table with the start tag `open`.
Table table_at(const Tokens& tokens, std::uint32_t open, Arena& arena);

/// Appends the table with the start tag `open` as Markdown; false if that has no such tables.
/// `prefix`: what its further lines begin with, such as the mark of a quote.
bool print_table(const Tokens& tokens, std::uint32_t open, Escape escape, Str prefix, Text& out);

/// A table's lines in the source, and tokens of the page with it.
struct TableSource {
  Str lines;
  const Tokens& tokens;
  std::uint32_t open;
};

/// Appends the lines of `source`, changed to those of the wanted table: what is the same keeps its
/// bytes. False if they are not a head, a rule and rows. `style`: 0: new rows have the bars of
/// their neighbours, 1: bars on both sides.
constexpr int kTableStyles = 2;
bool rewrite_table(const TableSource& source, const Tokens& wanted, Escape escape, int style,
                   Text& out);

}  // namespace meridian::patch
