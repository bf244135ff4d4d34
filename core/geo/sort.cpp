#include "sort.h"

namespace meridian::geo {

namespace {
bool less(const Key& a, const Key& b) {
  return a.key < b.key || (a.key == b.key && a.item < b.item);
}

void sink(Key* keys, std::uint32_t at, std::uint32_t count) {
  Key key = keys[at];
  for (std::uint32_t child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && less(keys[child], keys[child + 1])) child++;
    if (!less(key, keys[child])) break;
    keys[at] = keys[child];
  }
  keys[at] = key;
}
}  // namespace

void sort(Key* keys, std::uint32_t count) {
  for (std::uint32_t i = count / 2; i--;) sink(keys, i, count);
  for (std::uint32_t left = count; left-- > 1;) {
    Key largest = keys[0];
    keys[0] = keys[left];
    keys[left] = largest;
    sink(keys, 0, left);
  }
}

}  // namespace meridian::geo
