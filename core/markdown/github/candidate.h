// A place of the source that may be a construct which md4c does not know: rewrite.cpp confirms it
// by a first reading, and writes it in other terms.
#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

enum class Construct : std::uint8_t {
  Footnote,  ///< the beginning of a footnote's definition
  Table,     ///< the row of dashes below the head of a table
  // Of notes: notes.h.
  Link,       ///< `[[target|label]]`
  Embed,      ///< `![[target|label]]`
  Highlight,  ///< `==`, of a pair
  HashTag,    ///< `#a/b`
  Comment,    ///< `%%`; once paired, all from the first one to the second
};

/// Offsets are bytes of the source.
struct Candidate {
  Construct construct = Construct::Footnote;
  /// Of Footnote and Table: it is text of a paragraph, not of code or HTML. Of notes: the same, or
  /// text of any other block, and not of a link.
  bool confirmed = false;
  bool can_open = false, can_close = false;  ///< of Highlight; after pairing it does one of both
  std::uint32_t line = 0;   ///< of Footnote where its line begins; of Table the line of its head
  std::uint32_t begin = 0;  ///< of Footnote and Table behind the marks of quotes and items
  std::uint32_t end = 0;    ///< of Footnote behind `]:`
  std::uint32_t label_size = 0;
  std::uint32_t block = 0;  ///< the number of the block whose text it is
};

}  // namespace meridian::markdown
