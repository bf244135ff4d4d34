#include "search.h"

#include "code_block.h"
#include "meridian/text.h"
#include "print.h"
#include "table.h"

namespace meridian::patch {

namespace {
constexpr int kMostTries = 160;
/// Tags around a text that a change of them alone may have.
constexpr std::uint32_t kMostTags = 6;

/// The unmatched tags of a piece of a page: `closing` come first.
struct Balance {
  int closing = 0, opening = 0;
  bool ok() const { return closing == 0 && opening == 0; }
};
Balance balance_of(const Tokens& tokens, Range range, bool only_inline) {
  Balance balance;
  for (std::uint32_t i = range.from; i < range.to; ++i) {
    const Token& token = tokens[i];
    if (!token.is_tag() || (only_inline && !token.is_inline)) continue;
    if (token.kind == Kind::Open)
      ++balance.opening;
    else if (balance.opening)
      --balance.opening;
    else
      ++balance.closing;
  }
  return balance;
}

/// Bytes `begin` to `end` of a text, and what replaces them.
struct Piece {
  std::size_t begin, end;
  Str insert;
};

/// What differs between some lines and what they become: whole lines where others come or go.
Piece changed_piece(Str old, Str now) {
  auto breaks = [](Str text) {
    std::size_t n = 0;
    for (char c : text) n += c == '\n';
    return n;
  };
  auto is_inside = [](Str text, std::size_t at) { return (char_at(text, at) & 0xC0) == 0x80; };
  std::size_t most = old.size() < now.size() ? old.size() : now.size(), same = 0, tail = 0;
  while (same < most && old[same] == now[same]) ++same;
  const bool whole = breaks(old) != breaks(now);
  if (whole && same < most) {
    const std::size_t line = same ? old.rfind('\n', same - 1) : Str::npos;
    same = line == Str::npos ? 0 : line + 1;
  }
  while (is_inside(old, same) || is_inside(now, same)) --same;
  most -= same;
  while (tail < most && old[old.size() - 1 - tail] == now[now.size() - 1 - tail]) ++tail;
  while (tail && is_inside(old, old.size() - tail)) --tail;
  return {same, old.size() - tail, slice(now, same, now.size() - tail)};
}

/// A search for one edit's patch.
class Search {
 public:
  Search(Probe& probe, const Tokens& wanted, Arena& arena)
      : probe_(probe), page_(probe.tokens()), wanted_(wanted), arena_(arena) {}

  bool run(Patch& patch) {
    d_ = find_difference(page_, wanted_);
    // An empty cell gets a text with spaces around it.
    bool blocks = d_.old.from && d_.old.from == d_.old.to && d_.old.from < page_.size &&
                  page_[d_.old.from].kind == Kind::Close &&
                  one_of(page_[d_.old.from].name, "td th") >= 0 &&
                  page_[d_.old.from - 1].kind == Kind::Open;
    for (std::uint32_t i = d_.old.from; i < d_.old.to; ++i) blocks |= page_[i].is_block();
    for (std::uint32_t i = d_.wanted.from; i < d_.wanted.to; ++i) blocks |= wanted_[i].is_block();
    if (is_code(page_, d_.old) && is_code(wanted_, d_.wanted)) {
      if (replace_code(patch)) return true;
    } else if ((blocks && replace_table(patch)) || keep_inside(patch) || replace(d_, patch) ||
               replace_blocks(patch) || (!blocks && replace_table(patch))) {
      return true;
    }
    explain(patch);
    return false;
  }

 private:
  /// The places around a border of tokens that have no text between them, the nearest first.
  /// `descend`: nearest to what is behind it.
  List<std::size_t> places_at(std::uint32_t border, bool descend = false) {
    std::uint32_t low = border, high = border;
    while (low && page_[low - 1].is_tag()) --low;
    while (high < page_.size && page_[high].is_tag()) ++high;
    List<std::size_t> exact, others;
    probe_.find_places(border, border, descend, arena_, exact);
    probe_.find_places(low, high, false, arena_, others);
    for (std::size_t place : others) {
      bool known = false;
      for (std::size_t one : exact) known |= one == place;
      if (!known) exact.add(arena_, place);
    }
    return exact;
  }

  bool try_patch(std::size_t begin, std::size_t end, Str insert, Patch& patch) {
    if (begin > end || ++tries_ > kMostTries) return false;
    if (!probe_.makes(begin, end, insert, wanted_)) return false;
    patch = {begin, end, arena_.copy(insert)};
    return true;
  }

  Str line_before(std::size_t at) const {
    Str text = probe_.text();
    const std::size_t line = at ? text.rfind('\n', at - 1) : Str::npos;
    return slice(text, line == Str::npos ? 0 : line + 1, at);
  }
  /// Whether a place stands before the text of its line, or in a line without any.
  bool is_in_margin(std::size_t at) const {
    return line_before(at).find_first_not_of(" \t>") == Str::npos &&
           (at == line_end(at) || probe_.text()[at] == ' ');
  }
  std::size_t line_end(std::size_t at) const {
    const std::size_t end = probe_.text().find('\n', at);
    return end == Str::npos ? probe_.text().size() : end;
  }

  /// Replaces the difference by new Markdown.
  bool replace(const Difference& d, Patch& patch) {
    bool blocks = false;
    for (std::uint32_t i = d.wanted.from; i < d.wanted.to; ++i) blocks |= wanted_[i].is_block();
    const bool point = d.old.from == d.old.to;
    // The spaces before a text stay.
    List<std::size_t> begins = places_at(d.old.from, !point && !page_[d.old.from].is_block());
    List<std::size_t> ends = point ? begins : places_at(d.old.to);
    // Behind the text of the block before, not in an empty line or a margin.
    if (point && blocks) {
      stable_sort(begins.begin(), begins.size, [](std::size_t a, std::size_t b) { return a < b; });
      std::uint32_t used = 0;
      for (std::size_t begin : begins)
        if (!is_in_margin(begin)) begins[used++] = begin;
      if (used) begins.size = used;
    }
    // Behind a table it stands behind the bars, too.
    if (point && blocks)
      for (std::uint32_t i = 0, known = begins.size; i < known; ++i)
        if (line_end(begins[i]) != begins[i]) begins.add(arena_, line_end(begins[i]));
    // A block that goes takes its lines along.
    if (!point && d.wanted.from == d.wanted.to && page_[d.old.from].is_block()) {
      const std::uint32_t known = begins.size, known_ends = ends.size;
      for (std::uint32_t i = 0; i < known; ++i)
        begins.add(arena_, begins[i] - line_before(begins[i]).size());
      for (std::uint32_t i = 0; i < known_ends; ++i) {
        const std::size_t end = line_end(ends[i]);
        ends.add(arena_, end < probe_.text().size() ? end + 1 : end);
      }
    }
    if (!point && blocks && page_[d.old.from].name == "table" && !begins.empty() && !ends.empty()) {
      // So does a table that becomes a text.
      begins[0] -= line_before(begins[0]).size();
      ends[0] = line_end(ends[0]);
      begins.size = ends.size = 1;
    }
    for (int escape = 0; escape < kEscapes; ++escape) {
      for (int number = 0; number < (blocks ? kSeparators : 1); ++number) {
        for (std::size_t begin : begins) {
          Text insert;
          Str line = line_before(begin);
          print(wanted_, d.wanted.from, d.wanted.to, Escape(escape),
                {line, blocks ? separator(line, number, arena_) : Str()}, insert);
          if (point && try_patch(begin, begin, insert.str(), patch)) return true;
          if (point) continue;
          for (std::size_t end : ends)
            if (try_patch(begin, end, insert.str(), patch)) return true;
        }
      }
    }
    return false;
  }

  /// Only the tags around some text change: the text keeps its source.
  bool keep_inside(Patch& patch) {
    auto tags = [](const Tokens& tokens, Range range, bool leading) {
      std::uint32_t n = 0;
      while (n < kMostTags && range.from + n < range.to &&
             tokens[leading ? range.from + n : range.to - 1 - n].is_tag())
        ++n;
      return n;
    };
    const std::uint32_t heads = tags(page_, d_.old, true), tails = tags(page_, d_.old, false);
    const std::uint32_t new_heads = tags(wanted_, d_.wanted, true);
    for (std::uint32_t head = 0; head <= heads; ++head)
      for (std::uint32_t tail = 0; tail <= tails; ++tail)
        for (std::uint32_t now = 0; now <= new_heads; ++now)
          if (keep({d_.old.from + head, d_.old.to - tail}, now, patch)) return true;
    return false;
  }

  /// Keeps the page's tokens `inside`, which stand behind `head` new tags.
  bool keep(Range inside, std::uint32_t head, Patch& patch) {
    if (inside.from >= inside.to || page_[inside.from].kind == Kind::Close) return false;
    const std::uint32_t size = inside.to - inside.from, from = d_.wanted.from + head;
    if (from + size > d_.wanted.to || !is_balanced(page_, inside)) return false;
    for (std::uint32_t i = 0; i < size; ++i)
      if (!alike(page_[inside.from + i], wanted_[from + i])) return false;
    for (std::uint32_t i = from + size; i < d_.wanted.to; ++i)
      if (!wanted_[i].is_tag()) return false;
    Text before, behind;
    print(wanted_, d_.wanted.from, from, Escape::None, {}, before);
    print(wanted_, from + size, d_.wanted.to, Escape::None, {}, behind);
    const bool block = d_.old.from < inside.from && page_[d_.old.from].is_block();
    for (std::size_t inner : places_at(inside.from)) {
      for (std::size_t outer : block ? line_places(inner) : places_at(d_.old.from)) {
        for (std::size_t inner_end : places_at(inside.to)) {
          for (std::size_t end : block ? end_places(inner_end) : places_at(d_.old.to)) {
            if (outer > inner || inner > inner_end || inner_end > end) continue;
            Text insert;
            insert.add(before.str());
            insert.add(slice(probe_.text(), inner, inner_end));
            insert.add(behind.str());
            if (try_patch(outer, end, insert.str(), patch)) return true;
            if (tries_ > kMostTries) return false;
          }
        }
      }
    }
    return false;
  }

  /// Where the line of a block begins, behind the marks of the quotes and lists around it.
  List<std::size_t> line_places(std::size_t at) {
    Str line = line_before(at);
    List<std::size_t> places;
    std::size_t sign = line.rfind('#');
    if (sign != Str::npos)
      while (sign && line[sign - 1] == '#') --sign;
    places.add(arena_, at - line.size() + (sign == Str::npos ? line.size() : sign));
    places.add(arena_, at - line.size());
    return places;
  }
  /// Where a block ends: here, at the line's end, at that of a line below it.
  List<std::size_t> end_places(std::size_t at) {
    List<std::size_t> places;
    const std::size_t end = line_end(at);
    places.add(arena_, at);
    places.add(arena_, end);
    if (end < probe_.text().size()) places.add(arena_, line_end(end + 1));
    return places;
  }

  static bool is_code(const Tokens& tokens, Range range) {
    return range.to == range.from + 1 && tokens[range.from].kind == Kind::Atom &&
           tokens[range.from].name == "pre";
  }

  /// Writes the lines of a block of code again.
  bool replace_code(Patch& patch) {
    Str old = code_text(page_[d_.old.from].text, arena_);
    Str now = code_text(wanted_[d_.wanted.from].text, arena_);
    Str source = slice(probe_.text(), 0, probe_.end());
    CodeSource found{};
    for (std::size_t at = probe_.begin(); find_code(source, at, old, found);
         at = line_end(found.begin) + 1) {
      Str lines = slice(source, found.begin, found.end);
      Text text;
      print_code(lines, found.prefix, old, now, text);
      const Piece piece = changed_piece(lines, text.str());
      if (try_patch(found.begin + piece.begin, found.begin + piece.end, piece.insert, patch))
        return true;
      if (tries_ > kMostTries) return false;
    }
    return false;
  }

  /// Says why there is no patch.
  void explain(Patch& patch) {
    const List<std::size_t> places = places_at(d_.old.from);
    const bool code = is_code(page_, d_.old);
    patch.reason = probe_.changed_others()   ? Reason::Others
                   : !places.empty() || code ? Reason::Form
                                             : Reason::Place;
    patch.begin = places.empty() ? probe_.begin() : places[0];
  }

  /// The table around the difference; tokens.size when there is none.
  std::uint32_t table_around() const {
    std::uint32_t open = page_.size;
    for (std::uint32_t i = 0; i < d_.old.from; ++i)
      if (page_[i].is_block() && page_[i].name == "table")
        open = page_[i].kind == Kind::Open ? i : page_.size;
    return open < page_.size && end_of(page_, open) >= d_.old.to ? open : page_.size;
  }

  /// Writes the lines of a table that differ again.
  bool replace_table(Patch& patch) {
    const std::uint32_t open = table_around();
    if (open == page_.size) return false;
    const Table table = table_at(page_, open, arena_);
    if (!table.rows.size) return false;
    const Table::Row head = table.rows[0];
    List<std::size_t> places;
    probe_.find_places(table.cells[0].from + 1, table.cells[head.count - 1].to - 1, false, arena_,
                       places);
    if (places.empty()) return false;
    const std::size_t begin = places[0] - line_before(places[0]).size();
    std::size_t end = begin;
    const std::uint32_t lines = table.rows.size + std::uint32_t(table.head);
    for (std::uint32_t i = 0; i < lines && end < probe_.text().size(); ++i)
      end = line_end(i ? end + 1 : end);
    Str old = slice(probe_.text(), begin, end);
    for (int style = 0; style < kTableStyles; ++style) {
      for (int escape = 0; escape < kEscapes; ++escape) {
        Text now;
        if (!rewrite_table({old, page_, open}, wanted_, Escape(escape), style, now)) return false;
        const Piece piece = changed_piece(old, now.str());
        if (try_patch(begin + piece.begin, begin + piece.end, piece.insert, patch)) return true;
      }
    }
    return false;
  }

  /// Writes the block around the difference again.
  bool replace_blocks(Patch& patch) {
    Difference d = d_;
    while (d.old.from && !page_[d.old.from - 1].is_block()) --d.old.from, --d.wanted.from;
    while (d.old.to < page_.size && !page_[d.old.to].is_block()) ++d.old.to, ++d.wanted.to;
    if (d.old.from == d_.old.from && d.old.to == d_.old.to) return false;
    // HTML instead of the Markdown that was there would be no favour.
    for (std::uint32_t i = d.wanted.from; i < d.wanted.to; ++i)
      if (wanted_[i].is_inline && wanted_[i].kind == Kind::Open &&
          one_of(wanted_[i].name, "strong em del code a") < 0)
        return false;
    tries_ = 0;
    return replace(d, patch);
  }

  Probe& probe_;
  const Tokens& page_;
  const Tokens& wanted_;
  Arena& arena_;
  Difference d_{};
  int tries_ = 0;
};
}  // namespace

bool is_balanced(const Tokens& tokens, Range range) {
  return balance_of(tokens, range, false).ok();
}

Difference find_difference(const Tokens& page, const Tokens& wanted) {
  std::uint32_t most = page.size < wanted.size ? page.size : wanted.size, same = 0, tail = 0;
  while (same < most && alike(page[same], wanted[same])) ++same;
  while (tail < most - same && alike(page[page.size - 1 - tail], wanted[wanted.size - 1 - tail]))
    ++tail;
  Difference d{{same, page.size - tail}, {same, wanted.size - tail}};
  for (;;) {
    const Balance old = balance_of(page, d.old, true), now = balance_of(wanted, d.wanted, true);
    if ((old.opening || now.opening) && d.old.to < page.size) {
      ++d.old.to;
      ++d.wanted.to;
    } else if ((old.closing || now.closing) && d.old.from) {
      --d.old.from;
      --d.wanted.from;
    } else {
      return d;
    }
  }
}

bool search(Probe& probe, const Tokens& wanted, Arena& arena, Patch& patch) {
  return Search(probe, wanted, arena).run(patch);
}

}  // namespace meridian::patch
