// The C ABI of bibliography.wasm, and how the core calls it. web/engine/abi.js stands between the
// two:
//
//   core               mer_bibliography(request, size), imported from "env": bytes in the core's
//                      memory
//   web/engine/abi.js  copies the bytes into bibliography.wasm (bib_alloc), calls
//                      bib_answer(copy, size), copies the result (its size and its bytes) into the
//                      core's memory (mer_alloc), gives back the address; a result of size 0 when
//                      the module trapped, 0 when bibliography.wasm is not loaded
//   core               reads the result and releases it (mer_free)
//
// core/include/meridian/scholar.h documents the bytes; web/engine/abi.js does not look into them.
#pragma once
#include <cstddef>
#include <cstdint>

/// A result: this, then `size` bytes of JSON.
struct BibliographyResult {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by bib_free; 0 when memory is used up.
void* bib_alloc(std::size_t size);
void bib_free(void* block);

/// Answers a request. The result belongs to the module and lives until the next call; 0 when memory
/// is used up.
BibliographyResult* bib_answer(const char* request, std::size_t size);
}
