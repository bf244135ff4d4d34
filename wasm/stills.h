// The C ABI of stills.wasm: pictures of globes in pages that are written
// (core/include/meridian/stills.h), for exports from a browser. The list of exports is
// stills.exports.
#pragma once
#include <cstddef>
#include <cstdint>

/// `size` bytes of HTML follow.
struct StillsAnswer {
  std::uint32_t any;     ///< 1: there is a globe
  std::uint32_t places;  ///< 1: an element looks up its stops by their names
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by stills_free; 0 when memory is used up.
void* stills_alloc(std::size_t size);
void stills_free(void* block);

/// The files land-110m.bin and countries.bin; they are not kept.
void stills_put(const char* land, std::size_t land_size, const char* countries,
                std::size_t countries_size);
/// A page with a picture of each of its globes; the answer stays until the next call.
StillsAnswer* stills_add(const char* page, std::size_t size);
}
