// All names that Rouge knows. The module has no names, only hashes of them, which takes a
// third of the bytes; one in 180 words that Rouge does not know is mistaken for a known one, and
// gets the wrappers of highlighted code. None of 1,400 names of languages that others know
// (Pygments, highlight.js) is: kFactor is the first number beyond 28 with which that is so.
#include <string_view>

#include "meridian/rouge.h"

namespace meridian::rouge {

namespace {
constexpr std::string_view kNames =
#include "names.inc"
    ;

constexpr std::uint32_t kFactor = 1587;
constexpr std::uint32_t hash_of(const char* begin, const char* end) {
  std::uint32_t hash = 0;
  for (; begin != end; ++begin) hash = hash * kFactor + std::uint8_t(*begin);
  return (hash ^ hash >> 16) & 0xffff;
}

constexpr std::size_t count_names() {
  std::size_t count = 0;
  for (char c : kNames) count += c == ' ';
  return count - 1;
}

struct Hashes {
  std::uint32_t sorted[count_names()] = {};
  constexpr Hashes() {
    std::size_t count = 0;
    for (std::size_t from = 1, to; from < kNames.size(); from = to + 1) {
      to = kNames.find(' ', from);
      std::uint32_t hash = hash_of(kNames.data() + from, kNames.data() + to);
      std::size_t at = count++;
      for (; at && sorted[at - 1] > hash; --at) sorted[at] = sorted[at - 1];
      sorted[at] = hash;
    }
  }
};
constexpr Hashes kHashes;

/// The steps from one hash to the next; kFar is a step of this size with more to add.
constexpr std::uint8_t kFar = 255;
constexpr std::size_t count_steps() {
  std::size_t count = 0;
  std::uint32_t from = 0;
  for (std::uint32_t hash : kHashes.sorted) {
    count += 1 + (hash - from) / kFar;
    from = hash;
  }
  return count;
}
struct Steps {
  std::uint8_t of[count_steps()] = {};
  constexpr Steps() {
    std::size_t count = 0;
    std::uint32_t from = 0;
    for (std::uint32_t hash : kHashes.sorted) {
      for (; hash - from >= kFar; from += kFar) of[count++] = kFar;
      of[count++] = std::uint8_t(hash - from);
      from = hash;
    }
  }
};
constexpr Steps kSteps;
}  // namespace

bool is_known(Str name) {
  std::uint32_t hash = hash_of(name.begin(), name.end()), at = 0;
  for (std::uint8_t step : kSteps.of) {
    at += step;
    if (at == hash && step != kFar) return true;
  }
  return false;
}

}  // namespace meridian::rouge
