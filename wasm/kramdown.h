// The C ABI of kramdown.wasm: kramdown to HTML, for the first page of a visit, whose core is still
// on its way, and for the site's core, which calls it:
//
//   core               mer_kramdown(request, size), imported from "env": bytes in the core's memory
//   web/engine/abi.js  copies them into kramdown.wasm (kd_alloc), calls kd_convert, copies the
//                      result (its size and its bytes) into the core's memory (mer_alloc), gives
//                      back the address; 0 when kramdown.wasm is not loaded
//   core               reads the result and releases it (mer_free)
//
// During kd_convert the module calls mer_rouge as the core does (rouge.h). The editor's core has
// the same parser and writer linked.
#pragma once
#include <cstddef>
#include <cstdint>

/// A result: this, then `size` bytes of HTML; from kd_convert after a byte of KramdownFlag.
struct KramdownResult {
  std::uint32_t size;
};

/// About a result of kd_convert.
enum KramdownFlag : std::uint8_t {
  /// No HTML: the places of links, which the core answers in a second request.
  kHasLinks = 1,
  /// A part is nested too deep and stays text.
  kStackExceeded = 2,
  /// Code is without colours because rouge.wasm is not loaded.
  kLacksLexers = 4,
};

extern "C" {
/// Room for `size` bytes, to be released by kd_free; 0 when memory is used up.
void* kd_alloc(std::size_t size);
void kd_free(void* block);

/// A document as HTML, by Jekyll's default options. The result belongs to the module and lives
/// until the next call; 0 when memory is used up.
KramdownResult* kd_html(const char* source, std::size_t size);

/// A document, or a line that has typography alone (kramdown_request.h). The result lives as
/// long; 0 when memory is used up.
KramdownResult* kd_convert(const char* request, std::size_t size);
}
