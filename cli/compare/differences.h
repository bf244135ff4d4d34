// The differences between two versions of a file of a built site.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tokens.h"

namespace meridian::cli::comparison {

/// Who notices it: readers; search engines, previews and browsers; scripts and sheets.
enum class Part : std::uint8_t { Body, Head, Script };

struct Difference {
  Part part;
  std::string where;               ///< the elements around it, as `main > p`; empty: none
  std::string tag;                 ///< what it begins with, as `meta[name=author]`; empty: a word
  std::string old_text, new_text;  ///< as it is compared; of a long one the begin
  std::string before, after;       ///< what stands around both in the same line of text
  std::uint32_t old_line, new_line;
};

/// In the order of the file; none when browsers read both alike.
std::vector<Difference> find_differences(std::string_view old_text, std::string_view new_text,
                                         Syntax syntax);

}  // namespace meridian::cli::comparison
