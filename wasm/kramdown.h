// The C ABI of kramdown.wasm: kramdown to HTML, for the first page of a visit, whose core is still
// on its way. The core has the same parser and writer linked.
#pragma once
#include <cstddef>
#include <cstdint>

/// A result: this, then `size` bytes of HTML.
struct KramdownHtml {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by kd_free; 0 when memory is used up.
void* kd_alloc(std::size_t size);
void kd_free(void* block);

/// A document as HTML, by Jekyll's default options. The result belongs to the module and lives
/// until the next call; 0 when memory is used up.
KramdownHtml* kd_html(const char* source, std::size_t size);
}
