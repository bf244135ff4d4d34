// The sections of a page: the content below a heading, up to the next one of its rank or a higher
// one.
#include "meridian/profile.h"

namespace meridian::site {

namespace {
/// Of one page; sections are looked up by their name.
constexpr std::uint32_t kMaxSections = 40;
/// A longer one is no section for a card, whose content is loaded on other sites' pages.
constexpr std::size_t kMaxSection = std::size_t(64) << 10;

/// Elements that do not count: those without contents, and those whose end tags HTML lets authors
/// leave out.
constexpr const char* kUncounted =
    "area base br col embed hr img input link meta param source track wbr p li dt dd option "
    "optgroup colgroup caption "
    "thead tbody tfoot tr th td rb rt rp";

/// 1 to 6, 0 when it is no heading.
int rank_of(const Tag& tag) {
  bool heading =
      tag.name.size() == 2 && lower(tag.name[0]) == 'h' && tag.name[1] >= '1' && tag.name[1] <= '6';
  return heading ? tag.name[1] - '0' : 0;
}

bool counts(const Tag& tag) {
  Str rest = kUncounted, name;
  while (next_piece(rest, ' ', name))
    if (tag.is(name)) return false;
  return !ends_with(tag.attributes, "/");
}

/// Place of a section in its page, while that is read.
struct Open {
  std::uint32_t section;
  int rank, depth;
};
}  // namespace

List<Section> sections_of(Str page, Arena& arena) {
  List<Section> all;
  // At most one of each rank at each depth.
  List<Open> open;
  int depth = 0, articles = 0;
  auto close = [&](std::size_t at, auto&& ended) {
    while (open.size && ended(open.back())) {
      Section& s = all[open.back().section];
      open.size--;
      s.html = slice(page, std::size_t(s.html.data() - page.data()), at);
    }
  };
  Tag tag;
  for (std::size_t at = 0; next_tag(page, at, tag); at = tag.end) {
    if (tag.is("article")) articles += tag.closing ? -(articles > 0) : 1;
    int rank = rank_of(tag);
    if (rank && !tag.closing) {
      close(tag.begin, [&](const Open& o) { return o.depth == depth && o.rank >= rank; });
      // An article's heading is its own.
      if (articles || all.size == kMaxSections) continue;
      Tag end = tag;
      while (next_tag(page, end.end, end) && !rank_of(end)) continue;
      if (!end.closing || !rank_of(end)) continue;
      open.add(arena, {all.size, rank, depth});
      all.add(arena,
              {slice(page, tag.end, end.begin), attribute(tag, "id"), page.substr(tag.begin)});
      tag.end = end.end;
    } else if (!rank && counts(tag)) {
      depth += tag.closing ? -(depth > 0) : 1;
      close(tag.begin, [&](const Open& o) { return o.depth > depth; });
    }
  }
  close(page.size(), [](const Open&) { return true; });
  List<Section> kept;
  for (const Section& s : all)
    if (s.html.size() <= kMaxSection) kept.add(arena, s);
  return kept;
}

}  // namespace meridian::site
