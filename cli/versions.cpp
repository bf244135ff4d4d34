#include "versions.h"

#include "meridian/text.h"

namespace meridian::cli {

bool is_older(Str x, Str y) {
  while (!x.empty() || !y.empty()) {
    Str a, b;
    next_piece(x, '.', a);
    next_piece(y, '.', b);
    std::int64_t left = a.empty() || !is_digit(a[0]) ? -1 : parse_int(a);
    std::int64_t right = b.empty() || !is_digit(b[0]) ? -1 : parse_int(b);
    if (left != right) return left < right;
    if (left < 0 && a != b) return a < b;
  }
  return false;
}

}  // namespace meridian::cli
