// The C ABI of sass.wasm, and how the core calls it. web/engine/abi.js stands between the two:
//
//   core               mer_sass(bundle, size), imported from "env": bytes in the core's memory
//   web/engine/abi.js  makes an instance of sass.wasm, copies the bytes into it (sass_alloc), calls
//                      sass_compile(copy, size), copies the result (its size and its bytes) into
//                      the core's memory (mer_alloc), gives back the address; a result of size 0
//                      when the module trapped, 0 when sass.wasm is not loaded
//   core               reads the result and releases it (mer_free)
//
// core/sass/bundle.h documents the bytes; web/engine/abi.js does not look into them.
#pragma once
#include <cstddef>
#include <cstdint>

/// A result: this, then `size` bytes.
struct SassResult {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by sass_free; 0 when memory is used up.
void* sass_alloc(std::size_t size);
void sass_free(void* block);

/// Compiles a bundle. The result belongs to the module and lives until the next call; 0 when memory
/// is used up.
SassResult* sass_compile(const char* bundle, std::size_t size);
}
