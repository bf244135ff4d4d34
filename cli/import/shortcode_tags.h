// The shortcodes in a text: where they stand, what they say, and which belong together.
#pragma once
#include <string>
#include <vector>

#include "meridian/text.h"

namespace meridian::cli::hugo {

struct Argument {
  std::string name;  ///< empty for one by its place
  std::string value;
};

/// `{{< name … >}}` or `{{% name … %}}`.
struct Shortcode {
  static constexpr std::size_t kNone = std::size_t(-1);
  std::size_t begin = 0, end = 0;  ///< offsets in the text, of `{{` and behind `}}`
  std::string name;
  std::vector<Argument> arguments;
  bool closing = false;         ///< `{{< /name >}}`
  bool comment = false;         ///< `{{</* name */>}}`, which Hugo shows as `{{< name >}}`
  std::size_t partner = kNone;  ///< number of the tag that closes it

  /// The argument with a name, or the one at a place; empty when there is none.
  Str get(Str wanted, std::size_t place = kNone) const;
};

/// All shortcodes of a text in their order; what looks like one and is not closed, or can't be
/// read, is left out. Linear.
std::vector<Shortcode> find_shortcodes(Str text);

}  // namespace meridian::cli::hugo
