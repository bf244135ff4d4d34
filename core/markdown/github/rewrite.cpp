#include "rewrite.h"

#include "candidate.h"
#include "meridian/text.h"
#include "notes.h"
#include "part.h"

extern "C" {
#include <md4c.h>
}

namespace meridian::markdown {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The size of the marks of quotes and list items, with indentation, that a line begins with.
std::size_t size_of_marks(Str line) {
  std::size_t i = 0;
  for (;;) {
    while (i < line.size() && (is_blank(line[i]) || line[i] == '>')) i++;
    std::size_t mark = i;
    while (mark < line.size() && mark - i < 9 && is_digit(line[mark])) mark++;
    bool number = mark > i && mark < line.size() && (line[mark] == '.' || line[mark] == ')');
    bool bullet = mark == i && mark < line.size() &&
                  (line[mark] == '-' || line[mark] == '+' || line[mark] == '*');
    if (!(number || bullet) || mark + 1 >= line.size() || !is_blank(line[mark + 1])) return i;
    i = mark + 1;
  }
}

/// The number of cells of a row of a table.
int count_cells(Str row) {
  row = strip(row);
  int cells = 1;
  for (std::size_t i = 0; i < row.size(); i++) {
    if (row[i] == '\\')
      i++;
    else if (row[i] == '|' && i > 0 && i + 1 < row.size())
      cells++;
  }
  return cells;
}

/// Whether all of `s` is among `chars`.
bool only(Str s, Str chars) {
  for (char c : s)
    if (chars.find(c) == Str::npos) return false;
  return true;
}

bool is_delimiter_row(Str row) {
  return only(row, "|:- \t") && row.find('-') != Str::npos && row.find('|') != Str::npos;
}

/// The header row of a table within a paragraph: for md4c it does not end the paragraph, for GFM it
/// does. `before` and `head` are the lines above; the row of dashes is behind `marks` bytes of
/// marks.
bool find_table(Str before, Str head, Str line, std::size_t marks, std::size_t head_begin,
                std::size_t begin, Candidate& out) {
  Str row = part(line, marks);
  if (!is_delimiter_row(row) || size_of_marks(head) != marks ||
      part(head, 0, marks) != part(line, 0, marks) || !only(part(line, 0, marks), "> \t"))
    return false;
  head = part(head, marks);
  if (is_delimiter_row(head) || count_cells(head) != count_cells(row)) return false;
  if (strip(part(before, size_of_marks(before))).empty()) return false;
  out.construct = Construct::Table;
  out.line = std::uint32_t(head_begin);
  out.begin = out.end = std::uint32_t(begin + marks);
  return true;
}

/// The beginning of a footnote's definition, behind `i` bytes of marks.
bool find_footnote(Str line, std::size_t i, std::size_t begin, Candidate& out) {
  std::size_t indent = 0;
  // An indented line can't begin a block, unless it is in a list item: those few stay text.
  while (indent < i && is_blank(line[i - indent - 1])) indent++;
  if (indent > 3) return false;
  Str rest = part(line, i);
  out.line = std::uint32_t(begin);
  out.begin = std::uint32_t(begin + i);
  if (rest.size() < 5 || rest[1] != '^') return false;
  std::size_t end = 2;
  while (end < rest.size() && rest[end] != ']' && rest[end] != '[' && !is_space(rest[end]) &&
         rest[end])
    end++;
  if (end == 2 || end + 1 >= rest.size() || rest[end] != ']' || rest[end + 1] != ':') return false;
  out.label_size = std::uint32_t(end - 2);
  out.end = std::uint32_t(out.begin + end + 2);
  return true;
}

/// Whether a line may define a link whose label is that of a footnote: the label may begin in the
/// next line, and a task's mark stand before it.
bool may_define_footnote(Str line) {
  return line.find('^') != Str::npos || rstrip(line).back() == '[';
}

/// Where the line begins behind one that ends at `end`; the size of the text if there is none.
std::size_t next_line(Str s, std::size_t end) {
  if (end + 1 < s.size() && s[end] == '\r' && s[end + 1] == '\n') end++;
  return end < s.size() ? end + 1 : end;
}

/// `whole`: whether what is behind the last of them can matter for which of them are none.
void find_candidates(Str source, bool notes, Arena& arena, List<Candidate>& out, bool& whole) {
  whole = notes;
  notes = notes && (source.find("[[") != Str::npos || source.find("==") != Str::npos ||
                    source.find("%%") != Str::npos || source.find('#') != Str::npos);
  Str before, head;
  for (std::size_t at = 0; at < source.size();) {
    std::size_t end = line_end(source, at);
    Str line = part(source, at, end - at);
    std::size_t marks = size_of_marks(line);
    char begin = marks < line.size() ? line[marks] : ' ';
    Candidate candidate;
    bool found = begin == '[' ? find_footnote(line, marks, at, candidate)
                 : begin == '|' || begin == ':' || begin == '-'
                     ? find_table(before, head, line, marks,
                                  std::size_t(head.data() - source.data()), at, candidate)
                     : false;
    if (found) out.add(arena, candidate);
    whole |= !found && begin == '[' && may_define_footnote(line);
    if (notes) find_note_marks(line, at, arena, out);
    before = head;
    head = line;
    at = next_line(source, end);
  }
}

// ---- which candidates are definitions and tables ----

/// A first pass of md4c, in which definitions are made text by removing their colon: md4c reads
/// "[^1]: word" as a link definition, which disappears.
struct FirstReading {
  const char* text;
  List<Candidate>& candidates;
  bool in_cell = false;
  std::uint32_t block = 0;  ///< counts their ends and beginnings
  int links = 0;            ///< open ones, and images
  std::uint32_t next = 0;   ///< the first candidate that is not before the last block
};

/// Whether a block has candidates in its text. Blocks come in order.
int is_wanted(MD_OFFSET begin, MD_OFFSET end, void* reading) {
  auto& r = *static_cast<FirstReading*>(reading);
  while (r.next < r.candidates.size && r.candidates[r.next].begin < begin) r.next++;
  return r.next < r.candidates.size && r.candidates[r.next].begin < end;
}

int enter_block(MD_BLOCKTYPE type, void*, void* reading) {
  auto& r = *static_cast<FirstReading*>(reading);
  r.in_cell = type == MD_BLOCK_TH || type == MD_BLOCK_TD;
  r.block++;
  return 0;
}

int leave_block(MD_BLOCKTYPE, void*, void* reading) {
  static_cast<FirstReading*>(reading)->block++;
  return 0;
}

bool is_link(MD_SPANTYPE type) { return type == MD_SPAN_A || type == MD_SPAN_IMG; }

int enter_span(MD_SPANTYPE type, void*, void* reading) {
  static_cast<FirstReading*>(reading)->links += is_link(type);
  return 0;
}

int leave_span(MD_SPANTYPE type, void*, void* reading) {
  static_cast<FirstReading*>(reading)->links -= is_link(type);
  return 0;
}

/// Confirms a mark of notes that begins in a piece of text, which ends at `end`. What is in the
/// brackets of a link must be text, too: of `[[1]]` a definition `[1]: …` makes a link.
void confirm_note_mark(FirstReading& r, Candidate& c, std::uint64_t end) {
  bool linked = c.construct == Construct::Link || c.construct == Construct::Embed;
  std::uint32_t inside = c.begin + (linked ? c.construct == Construct::Embed ? 3 : 2 : 0);
  if (r.links || inside >= end) return;
  c.confirmed = true;
  c.block = r.block;
}

int confirm(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* reading) {
  auto& r = *static_cast<FirstReading*>(reading);
  if (type != MD_TEXT_NORMAL) return 0;
  // Text arrives in order, but may be outside of the source ("\n"); those offsets match no
  // candidate.
  auto offset = std::uint64_t(reinterpret_cast<std::uintptr_t>(text) -
                              reinterpret_cast<std::uintptr_t>(r.text));
  if (offset > 0xFFFFFFFF) return 0;
  std::uint32_t low = 0, high = r.candidates.size;
  while (low < high) {
    std::uint32_t middle = low + (high - low) / 2;
    if (r.candidates[middle].begin < offset)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < r.candidates.size && r.candidates[low].begin < offset + size; low++) {
    Candidate& c = r.candidates[low];
    if (is_note_mark(c)) confirm_note_mark(r, c, offset + size);
    // The delimiter row of a table that md4c recognises is no text; one that is text of a cell is
    // another row.
    else if (c.begin == offset && (c.construct == Construct::Footnote || !r.in_cell))
      c.confirmed = true;
  }
  return 0;
}

/// Where the paragraph with the character at `at` has certainly ended: before an empty line.
std::size_t paragraph_end(Str source, std::size_t at) {
  for (std::size_t end; at < source.size(); at = next_line(source, end)) {
    end = line_end(source, at);
    if (strip(part(source, at, end - at)).empty()) break;
  }
  return at;
}

/// What is behind the last candidate is read only if it is `whole`.
bool confirm_candidates(Str source, bool whole, List<Candidate>& candidates) {
  if (!whole) source = part(source, 0, paragraph_end(source, candidates.back().begin));
  Text text;
  text.add(source);
  for (const Candidate& candidate : candidates)
    if (candidate.construct == Construct::Footnote) text.data()[candidate.end - 1] = ';';
  FirstReading reading{text.data(), candidates};
  MD_PARSER parser = {};
  parser.flags = MD_DIALECT_GITHUB;
  parser.enter_block = enter_block;
  parser.leave_block = leave_block;
  parser.enter_span = enter_span;
  parser.leave_span = leave_span;
  parser.text = confirm;
  parser.syntax = reinterpret_cast<void (*)()>(is_wanted);  // MD_WANTED of make_md4c.py
  return md_parse(text.data(), MD_SIZE(text.size()), &parser, &reading) == 0;
}

// ---- the new text ----

// Bytes of marks before an embedded note that is alone on its line: more make it text.
constexpr std::size_t kMaxMarks = 200;

class Rewriter {
 public:
  Rewriter(Str source, Rewriting& out) : source_(source), out_(out) {}

  /// Copies the source up to `end`.
  void copy_to(std::uint32_t end) {
    if (end > done_) {
      out_.pieces.add(out_.arena, {std::uint32_t(out_.text.size()), done_, true});
      out_.text.add(part(source_, done_, end - done_));
    }
    done_ = end;
    out_.pieces.add(out_.arena, {std::uint32_t(out_.text.size()), done_, false});
  }
  void skip_to(std::uint32_t end) { done_ = end; }

  void mark(int definition) {
    out_.marks.add(out_.arena, {std::uint32_t(out_.text.size()), definition});
    out_.text.add("<!-- -->");
  }

  /// On a further line: quotes continue, and the content of a list item is indented as far.
  void add_continuation(const Candidate& c) {
    for (std::uint32_t i = c.line; i < c.begin; i++)
      out_.text.add(source_[i] == '>' || source_[i] == '\t' ? source_[i] : ' ');
  }

  /// The first comment ends a list that may precede. The second one marks the item as a footnote's.
  void write_definition(const Candidate& c) {
    copy_to(c.begin);
    mark(Rewriting::kSeparator);
    out_.text.add('\n');
    add_continuation(c);
    out_.text.add("+   ");
    mark(int(out_.definitions.size));
    out_.definitions.add(out_.arena, {part(source_, c.begin + 2, c.label_size)});
    std::uint32_t end = c.end;
    while (end < source_.size() && is_blank(source_[end])) end++;
    skip_to(end);
    if (end == source_.size() || source_[end] == '\n' || source_[end] == '\r') return;
    out_.text.add('\n');
    add_continuation(c);
    out_.text.add("    ");
  }

  /// The comment ends the paragraph.
  void write_table(const Candidate& c) {
    std::uint32_t marks = c.begin;  // of the row of dashes; the head has the same
    while (marks > c.line && !(source_[marks - 1] == '\n' || source_[marks - 1] == '\r')) marks--;
    Candidate head = c;
    head.begin = c.line + (c.begin - marks);
    if (head.begin < done_) return;
    copy_to(head.begin);
    mark(Rewriting::kSeparator);
    out_.text.add('\n');
    add_continuation(head);
  }

  /// Links and embeds as CommonMark has them, highlights as HTML. Nothing inside of what was
  /// written before.
  void write_note_mark(const Candidate& c) {
    if (c.begin < done_) return;
    copy_to(c.begin);
    if (c.construct == Construct::Highlight)
      out_.text.add(c.can_open ? "<mark>" : "</mark>");
    else if (c.construct == Construct::HashTag)
      write_tag(part(source_, c.begin, c.end - c.begin));
    else if (c.construct != Construct::Comment)
      write_note_on_line(c);
    skip_to(c.end);
  }

  void finish() { copy_to(std::uint32_t(source_.size())); }

 private:
  /// The line that has a place of the source, without its end.
  Str line_at(std::size_t at) const {
    std::size_t begin = at;
    while (begin && source_[begin - 1] != '\n') begin--;
    return part(source_, begin, line_end(source_, at) - begin);
  }

  static bool is_blank_line(Str line) { return strip(part(line, size_of_marks(line))).empty(); }

  /// Where the line begins on which an embedded note is alone; npos where it is not. Pictures may
  /// stand among words.
  std::size_t begin_alone(const Candidate& c) const {
    Str embed = part(source_, c.begin, c.end - c.begin);
    if (c.construct != Construct::Embed || embed.find('.') != Str::npos) return Str::npos;
    std::size_t end = c.end, begin = c.begin;
    while (end < source_.size() && is_blank(source_[end])) end++;
    if (end < source_.size() && source_[end] != '\n' && source_[end] != '\r') return Str::npos;
    while (begin && source_[begin - 1] != '\n')
      if (c.begin - --begin > kMaxMarks) return Str::npos;
    return size_of_marks(line_at(begin)) == c.begin - begin ? begin : Str::npos;
  }

  /// An embedded note that is all of its line is a paragraph of its own, also between lines of
  /// text.
  void write_note_on_line(const Candidate& c) {
    std::size_t begin = begin_alone(c);
    if (begin == Str::npos) return write_note_link(c);
    Str marks = part(source_, begin, c.begin - begin);
    Text between;
    between.add('\n');
    for (char mark : marks) between.add(mark == '>' || mark == '\t' ? mark : ' ');
    // The first line of an item has its mark.
    bool begins = part(between.str(), 1) != marks;
    if (begin && !begins && !is_blank_line(line_at(begin - 1))) out_.text.add(between.str());
    write_note_link(c);
    std::size_t next = begin + line_at(begin).size() + 1;
    if (next < source_.size() && !is_blank_line(line_at(next))) out_.text.add(between.str());
  }

  void write_tag(Str tag) {
    out_.text.add('[');
    add_note_label(tag, false, out_.text);
    out_.text.add("](<");
    Text target;
    target.add("tags/");
    target.add(part(tag, 1));
    add_note_destination(target.str(), out_.text);
    out_.text.add(">)");
  }

  /// Whether a label of an embed is a picture's size alone, `300` or `300x200`, not a text for it.
  static bool is_size(Str label) {
    return !label.empty() && label.find_first_not_of("0123456789x") == Str::npos;
  }

  void write_note_link(const Candidate& c) {
    NoteLink link = note_link(source_, c);
    bool embed = c.construct == Construct::Embed;
    out_.text.add(embed ? "![" : "[");
    // A label may have marks of its own; where it has brackets it is text.
    bool sized = embed && link.labelled && is_size(link.label);
    if (embed || !link.labelled || link.label.find_first_of("[]") != Str::npos) {
      bool shown = link.labelled && !sized;
      add_note_label(shown ? link.label : link.target, !link.labelled, out_.text);
      if (sized) {
        out_.text.add("\\|");
        add_note_label(link.label, false, out_.text);
      }
    } else {
      auto label = std::uint32_t(link.label.data() - source_.data());
      skip_to(label);
      copy_to(label + std::uint32_t(link.label.size()));
    }
    out_.text.add("](<");
    add_note_destination(link.target, out_.text);
    out_.text.add(">)");
  }

  Str source_;
  Rewriting& out_;
  std::uint32_t done_ = 0;
};

}  // namespace

bool rewrite_for_github(Str source, bool notes, Rewriting& out) {
  List<Candidate> candidates;
  bool whole;
  find_candidates(source, notes, out.arena, candidates, whole);
  if (candidates.empty() || !confirm_candidates(source, whole, candidates)) return false;
  pair_note_marks(candidates);
  out.text.reserve(source.size() + source.size() / 4);
  Rewriter rewriter(source, out);
  bool changed = false;
  for (std::uint32_t i = 0; i < candidates.size; i++) {
    const Candidate& c = candidates[i];
    if (!c.confirmed) continue;
    if (is_note_mark(c))
      rewriter.write_note_mark(c);
    else if (c.construct == Construct::Table)
      rewriter.write_table(c);
    else
      rewriter.write_definition(c);
    changed = true;
  }
  rewriter.finish();
  return changed;
}

std::uint32_t Rewriting::source_offset(std::uint32_t at) const {
  std::uint32_t low = 0, high = pieces.size;
  while (low < high) {  // the last piece that begins at or before `at`
    std::uint32_t middle = low + (high - low) / 2;
    if (pieces[middle].begin <= at)
      low = middle + 1;
    else
      high = middle;
  }
  if (!low) return at;
  const Piece& piece = pieces[low - 1];
  return piece.source + (piece.verbatim ? at - piece.begin : 0);
}

int Rewriting::find_mark(std::uint32_t at) const {
  std::uint32_t low = 0, high = marks.size;
  while (low < high) {
    std::uint32_t middle = low + (high - low) / 2;
    if (marks[middle].at < at)
      low = middle + 1;
    else
      high = middle;
  }
  return low < marks.size && marks[low].at == at ? marks[low].definition : kNoMark;
}

}  // namespace meridian::markdown
