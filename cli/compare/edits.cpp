#include "edits.h"

#include <algorithm>

namespace meridian::cli::comparison {

namespace {
using List = std::vector<std::uint32_t>;

// A round for each item that is left out or added takes room and time of their square: 4 MB. Lists
// that differ by more have little in common.
constexpr std::int64_t kMostRounds = 1000;
// Comparisons of items, a tenth of a second: long lists of few different items have many paths.
constexpr std::int64_t kMostComparisons = 50'000'000;

/// The lists without their common begin and end.
struct Middle {
  const List &old_list, &new_list;
  std::size_t begin, old_end, new_end;

  Middle(const List& a, const List& b)
      : old_list(a), new_list(b), begin(0), old_end(a.size()), new_end(b.size()) {
    while (begin < old_end && begin < new_end && a[begin] == b[begin]) begin++;
    while (old_end > begin && new_end > begin && a[old_end - 1] == b[new_end - 1])
      old_end--, new_end--;
  }
  std::int64_t old_size() const { return std::int64_t(old_end - begin); }
  std::int64_t new_size() const { return std::int64_t(new_end - begin); }
  bool equal(std::int64_t x, std::int64_t y) const {
    return old_list[begin + std::size_t(x)] == new_list[begin + std::size_t(y)];
  }
};

/// The furthest points of old items on the diagonals -round … round, after one round more each.
using Front = std::vector<std::int64_t>;

/// Whether the diagonal's furthest point is reached by adding an item, else by leaving one out.
bool adds(const Front& before, std::int64_t round, std::int64_t diagonal) {
  if (diagonal == -round) return true;
  if (diagonal == round) return false;
  // `before` has the diagonals from 1 - round on, two apart.
  auto at = [&](std::int64_t d) { return before[std::size_t((d + round - 1) / 2)]; };
  return at(diagonal - 1) < at(diagonal + 1);
}

/// The fronts of all rounds until the lists' ends are reached; false when there are too many.
bool reach_ends(const Middle& middle, std::vector<Front>& fronts) {
  const std::int64_t old_size = middle.old_size(), new_size = middle.new_size();
  std::int64_t compared = 0;
  for (std::int64_t round = 0; round <= kMostRounds && compared < kMostComparisons; round++) {
    Front front;
    for (std::int64_t diagonal = -round; diagonal <= round; diagonal += 2) {
      std::int64_t x = 0;
      if (round > 0) {
        const Front& before = fronts.back();
        bool add = adds(before, round, diagonal);
        std::int64_t beside = add ? diagonal + 1 : diagonal - 1;
        x = before[std::size_t((beside + round - 1) / 2)] + !add;
      }
      const std::int64_t from = x;
      while (x < old_size && x - diagonal < new_size && middle.equal(x, x - diagonal)) x++;
      compared += x - from + 1;
      front.push_back(x);
      if (x >= old_size && x - diagonal >= new_size) {
        fronts.push_back(std::move(front));
        return true;
      }
    }
    fronts.push_back(std::move(front));
  }
  return false;
}
}  // namespace

std::vector<Edit> find_edits(const List& old_list, const List& new_list) {
  Middle middle(old_list, new_list);
  std::vector<Edit> edits;
  if (!middle.old_size() && !middle.new_size()) return edits;
  std::vector<Front> fronts;
  if (!middle.old_size() || !middle.new_size() || !reach_ends(middle, fronts)) {
    edits.push_back({middle.begin, middle.old_end, middle.begin, middle.new_end});
    return edits;
  }
  // Back from the end. Items in a row are one edit.
  std::int64_t x = middle.old_size(), y = middle.new_size();
  for (std::int64_t round = std::int64_t(fronts.size()) - 1; round > 0; round--) {
    const Front& before = fronts[std::size_t(round - 1)];
    std::int64_t diagonal = x - y;
    bool add = adds(before, round, diagonal);
    std::int64_t from = add ? diagonal + 1 : diagonal - 1;
    std::int64_t old_x = before[std::size_t((from + round - 1) / 2)], old_y = old_x - from;
    std::size_t at_x = middle.begin + std::size_t(old_x), at_y = middle.begin + std::size_t(old_y);
    Edit edit = {at_x, at_x + !add, at_y, at_y + add};
    if (!edits.empty() && edits.back().old_begin == edit.old_end &&
        edits.back().new_begin == edit.new_end)
      edits.back().old_begin = edit.old_begin, edits.back().new_begin = edit.new_begin;
    else
      edits.push_back(edit);
    x = old_x;
    y = old_y;
  }
  std::reverse(edits.begin(), edits.end());
  return edits;
}

}  // namespace meridian::cli::comparison
