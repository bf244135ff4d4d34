#ifndef MERIDIAN_WASM_ALLOC_H_
#define MERIDIAN_WASM_ALLOC_H_

#include <cstddef>

/// The modules' own `malloc` (alloc.cpp), beyond the standard functions.
///
/// Every byte that a module holds is counted here, so that no code can exceed the limit by not
/// counting. An allocation that would exceed the limit, or that the host refuses, returns a null
/// pointer.
namespace meridian::wasm {

/// Sets the bytes that blocks may take in all, headers and rounding included. Blocks in use stay
/// valid. Without a call the limit is the module's maximum memory.
void set_memory_limit(std::size_t bytes);

/// Bytes of the blocks in use, headers and rounding included.
std::size_t memory_in_use();

}  // namespace meridian::wasm

#endif  // MERIDIAN_WASM_ALLOC_H_
