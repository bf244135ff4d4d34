#include "parts.h"

namespace meridian::notes {

namespace {
constexpr Name kEllipsis = "…";

/// Whether a sentence ends before `at`: with a full stop and a space, or an ideographic stop.
bool ends_before(Str text, std::size_t at) {
  if (at >= 2 && is_space(text[at - 1])) return is_one_of(text[at - 2], ".!?");
  Str last = slice(text, at < 3 ? 0 : at - 3, at);
  return last == "。" || last == "！" || last == "？";
}

/// Where the sentence that goes on at `from` begins; `cut`: it begins earlier.
std::size_t begin_of(Str text, std::size_t from, bool& cut) {
  std::size_t least = from > kAround ? from - kAround : 0, at = from;
  while (at > least && !ends_before(text, at)) at--;
  cut = at == least && least;
  if (!cut) return at;
  std::size_t space = slice(text, at, from).find(' ');
  return space == Str::npos ? character_at(text, at) : at + space + 1;
}

/// Where the sentence that has `from` in it ends; `cut`: it ends later.
std::size_t end_of(Str text, std::size_t from, bool& cut) {
  std::size_t most = from + kAround, at = from;
  cut = most < text.size();
  if (!cut) most = text.size();
  for (; at < most; at++)
    if (at > from && ends_before(text, at)) {
      cut = false;
      break;
    }
  if (!cut) return at;
  std::size_t space = slice(text, from, at).rfind(' ');
  return space == Str::npos ? character_at(text, at) : from + space;
}
}  // namespace

void add_sentence(Str text, std::size_t& begin, std::size_t& end, Text& out) {
  // A link may be as long as its paragraph.
  bool long_link = end - begin > 2 * kAround, cut_before, cut_after;
  if (long_link) end = character_at(text, begin + 2 * kAround);
  std::size_t from = begin_of(text, begin, cut_before), to = end_of(text, end, cut_after);
  std::size_t start = out.size();
  if (cut_before) out.add(kEllipsis);
  std::size_t moved = out.size() - start;
  out.add(rstrip(slice(text, from, to)));
  if (cut_after) out.add(kEllipsis);
  begin = begin - from + moved;
  end = end - from + moved;
}

}  // namespace meridian::notes
