// wasm/alloc.cpp and wasm/memory.cpp, opened to alloc.test.mjs.
#include "alloc.h"

extern "C" {
void set_limit(std::size_t bytes) { meridian::wasm::set_memory_limit(bytes); }
std::size_t in_use() { return meridian::wasm::memory_in_use(); }
}
