// Differences that have one cause.
#pragma once
#include <vector>

#include "report.h"

namespace meridian::cli::comparison {

/// Differences that are told as one; the one on the most files first.
struct Group {
  std::vector<const Found*> found;
  std::size_t files = 0;  ///< on which at least one of them is
  std::size_t times = 0;  ///< in all files
};

/// What readers see first, then the head, then scripts; of each what is on the most files first.
std::vector<Group> group(const Report& report);

}  // namespace meridian::cli::comparison
