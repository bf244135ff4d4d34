// What reading pages and reporting their faults share.
#pragma once
#include "meridian/check.h"

namespace meridian::check {

bool has_scheme(Str address);
/// The value of an attribute with its character references decoded, in the arena; those by name are
/// HTML 4's. Linear.
Str without_references(Arena& arena, Str s);

/// Lines and columns of places in texts: linear in a text for all places in it that are asked for
/// in their order.
struct Lines {
  Str text;
  std::size_t at = 0;
  std::uint32_t line = 1, column = 1;
  void go_to(Str other, std::size_t offset);
};

}  // namespace meridian::check
