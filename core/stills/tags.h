// Tags of a page that was rendered: enough of HTML to find an element and read what it says.
#pragma once
#include "meridian/text.h"

namespace meridian {

/// A start or end tag. Its strings are of the page.
struct Tag {
  Str name;        ///< as written
  Str attributes;  ///< what stands between the name and `>`
  bool closing = false;
  std::size_t begin = 0, end = 0;  ///< of `<`, and behind `>`
  bool is(Str other) const { return equal_ignoring_case(name, other); }
};

/// The next tag from `at` on; comments and the contents of scripts, styles, templates and text areas have none. False
/// at the end. Linear in what it reads.
bool next_tag(Str page, std::size_t at, Tag& tag);

/// An attribute's value as it is written, with its character references; empty when it has none, without an address
/// when it isn't there.
Str attribute(const Tag& tag, Str name);

}  // namespace meridian
