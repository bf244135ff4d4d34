// The C ABI of rouge.wasm: code with the tokens of its language. The pages' own script calls it
// (web/highlight), and the core where a page needs its tokens at once:
//
//   core               mer_rouge(bytes, size, name_size), imported from "env": the language's name
//                      and the code, one behind the other
//   web/engine/abi.js  copies both into rouge.wasm (rouge_alloc), calls rouge_highlight, copies the
//                      result (its size and its bytes) into the core's memory (mer_alloc), gives
//                      back the address; 0 when rouge.wasm is not loaded
//   core               reads the result and releases it (mer_free)
#pragma once
#include <cstddef>
#include <cstdint>

/// Before the name of a filter (rouge::add_filtered), in the place of a language's: its result
/// begins with the mark as well, so that it may be empty.
constexpr char kFilterMark = '|';

/// The name under which a host gives a file of a language (core/rouge/lexers), for code that comes
/// later. One that the module has is ignored.
constexpr char kFileMark = '+';

/// A result: this, then `size` bytes of HTML; none when there is no lexer, or when it gave up.
struct RougeResult {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by rouge_free; 0 when memory is used up.
void* rouge_alloc(std::size_t size);
void rouge_free(void* block);

/// The code as HTML. The result belongs to the module and lives until the next call; 0 when memory
/// is used up.
RougeResult* rouge_highlight(const char* name, std::size_t name_size, const char* code,
                             std::size_t size);
}
