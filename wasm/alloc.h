#ifndef MERIDIAN_WASM_ALLOC_H_
#define MERIDIAN_WASM_ALLOC_H_

#include <cstddef>

/// The modules' own `malloc` (alloc.cpp), beyond the standard functions.
///
/// Every byte that a module holds is counted here, so the limit can't be passed by a path that
/// forgets to count. An allocation that would pass the limit, or that the host refuses, gives a
/// null pointer.
namespace meridian::wasm {

/// The most bytes that blocks may take in all, headers and rounding included. Blocks that are out
/// already stay valid. Without a call the limit is the module's maximum memory.
void set_memory_limit(std::size_t bytes);

/// Bytes that the blocks now out take, headers and rounding included.
std::size_t memory_in_use();

}  // namespace meridian::wasm

#endif  // MERIDIAN_WASM_ALLOC_H_
