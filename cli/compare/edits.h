// What changes one list of numbers into another one.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace meridian::cli::comparison {

/// A run of the old list, and the run of the new one that stands in its place; one may be empty.
struct Edit {
  std::size_t old_begin, old_end, new_begin, new_end;
};

/// The fewest items that are left out and added (E. Myers, An O(ND) Difference Algorithm and Its
/// Variations, 1986). Where they are many, one edit has all between the common begin and end. Time
/// and memory are bounded by constants, beside the sizes of the lists.
std::vector<Edit> find_edits(const std::vector<std::uint32_t>& old_list,
                             const std::vector<std::uint32_t>& new_list);

}  // namespace meridian::cli::comparison
