#include "notes.h"

#include "meridian/text.h"
#include "part.h"

namespace meridian::markdown {

namespace {
/// Finds the first `]]` at or behind a place. Places that are asked for grow, so that a line is
/// read once.
class Closings {
 public:
  explicit Closings(Str line) : line_(line) {}
  std::size_t at_or_behind(std::size_t place) {
    if (next_ != Str::npos && next_ < place) next_ = line_.find("]]", place);
    return next_;
  }

 private:
  Str line_;
  std::size_t next_ = 0;
};

Candidate candidate(Construct construct, std::size_t begin, std::size_t end) {
  Candidate c;
  c.construct = construct;
  c.begin = std::uint32_t(begin);
  c.end = std::uint32_t(end);
  return c;
}

/// Whether a link's end is followed by what makes it one of CommonMark: `[[1]](url)`, `[[1]][ref]`.
bool leads_on(Str rest) {
  return starts_with(rest, "(") || (starts_with(rest, "[") && !starts_with(rest, "[["));
}
/// Punctuation and spaces outside of ASCII, which end a tag. Joined emoji go on.
bool ends_tag(std::uint32_t c) {
  return (c < 0xC0 && c != 0xAA && c != 0xB5 && c != 0xBA) ||
         (c >= 0x2000 && c < 0x2070 && c != 0x200D) || (c >= 0x3000 && c < 0x3004) ||
         (c >= 0x3008 && c < 0x3020) || (c >= 0xFF00 && c < 0xFF10) ||
         (c >= 0xFF1A && c < 0xFF21) || c == 0xFFFD;
}

/// Where the tag whose `#` is at `at` ends; `at` when it is none. Digits alone are a number.
std::size_t end_of_tag(Str line, std::size_t at) {
  bool named = false;
  std::size_t end = at + 1;
  while (end < line.size()) {
    char c = line[end];
    if (is_alnum(c) || is_one_of(c, "-_/")) {
      named |= !is_digit(c) && c != '/';
      end++;
      continue;
    }
    std::size_t next = end;
    if (static_cast<unsigned char>(c) < 0x80 || ends_tag(decode(line, next))) break;
    end = next;
    named = true;
  }
  while (line[end - 1] == '/') end--;
  return named ? end : at;
}
}  // namespace

void find_note_marks(Str line, std::size_t begin, Arena& arena, List<Candidate>& out) {
  Closings closings(line);
  auto at = [&](std::size_t i) { return i < line.size() ? line[i] : ' '; };
  for (std::size_t i = 0; i < line.size(); i++) {
    char c = line[i];
    if (c == '\\') {
      i++;
    } else if (c == '[' && at(i + 1) == '[') {
      std::size_t close = closings.at_or_behind(i + 2);
      if (close == Str::npos) continue;
      Str inside = part(line, i + 2, close - i - 2);
      if (inside.find('[') != Str::npos || strip(inside).empty() || inside[0] == '|' ||
          leads_on(part(line, close + 2)))
        continue;
      bool embed = i > 0 && line[i - 1] == '!';
      out.add(arena, candidate(embed ? Construct::Embed : Construct::Link, begin + i - embed,
                               begin + close + 2));
      i = close + 1;
    } else if (c == '#') {
      std::size_t end = i && !is_space(line[i - 1]) && line[i - 1] != '(' ? i : end_of_tag(line, i);
      if (end > i) out.add(arena, candidate(Construct::HashTag, begin + i, begin + end));
      if (end > i) i = end - 1;
      while (at(i + 1) == '#') i++;
    } else if (c == '=' || c == '%') {
      std::size_t end = i;
      while (at(end) == c) end++;
      if (end - i == 2 && c == '=') {
        Candidate mark = candidate(Construct::Highlight, begin + i, begin + end);
        char before = i ? line[i - 1] : ' ', after = at(end);
        // `a == b` and `x==y` are no highlights.
        mark.can_open = !is_space(after) && !is_alnum(before);
        mark.can_close = !is_space(before) && !is_alnum(after);
        if (mark.can_open || mark.can_close) out.add(arena, mark);
      } else if (end - i == 2) {
        out.add(arena, candidate(Construct::Comment, begin + i, begin + end));
      }
      i = end - 1;
    }
  }
}

void pair_note_marks(List<Candidate>& candidates) {
  std::uint32_t open = 0;
  bool is_open = false;
  for (std::uint32_t i = 0; i < candidates.size; i++) {
    Candidate& c = candidates[i];
    if (!c.confirmed || c.construct != Construct::Comment) continue;
    if (is_open) {
      candidates[open].end = c.end;
      for (std::uint32_t inner = open + 1; inner <= i; inner++) candidates[inner].confirmed = false;
    } else {
      open = i;
    }
    is_open = !is_open;
  }
  if (is_open) candidates[open].confirmed = false;

  is_open = false;
  for (std::uint32_t i = 0; i < candidates.size; i++) {
    Candidate& c = candidates[i];
    if (!c.confirmed || c.construct != Construct::Highlight) continue;
    if (is_open && candidates[open].block == c.block && c.can_close) {
      candidates[open].can_close = c.can_open = is_open = false;
      continue;
    }
    if (is_open) candidates[open].confirmed = false;
    is_open = c.confirmed = c.can_open;
    open = i;
  }
  if (is_open) candidates[open].confirmed = false;
}

NoteLink note_link(Str source, const Candidate& c) {
  std::size_t begin = c.begin + 2 + (c.construct == Construct::Embed);
  Str inside = part(source, begin, c.end - 2 - begin);
  std::size_t bar = inside.find('|');
  if (bar == Str::npos) return {strip(inside), {}, false};
  // In a table's cell the bar is escaped.
  Str target = part(inside, 0, bar - (bar && inside[bar - 1] == '\\'));
  return {strip(target), strip(part(inside, bar + 1)), true};
}

void add_note_destination(Str target, Text& out) {
  out.add(kNoteScheme);
  for (char c : target) {
    // The rest is encoded as in every destination.
    if (is_one_of(c, "<>\\%&|"))
      add_percent(out, c);
    else
      out.add(c);
  }
}

void add_note_label(Str text, bool target, Text& out) {
  bool begun = false;
  for (char c : text) {
    if (target && c == '#') {
      if (begun) out.add(" \\> ");
      continue;
    }
    begun = true;
    if (c > ' ' && c < 127 && !is_alnum(c)) out.add('\\');
    out.add(c);
  }
}

}  // namespace meridian::markdown
