// The C ABI of commonmark.wasm, and how the core calls it. web/engine/abi.js stands between the
// two:
//
//   core            mer_commonmark(source, size, flags), imported from "env": bytes in the core's
//   memory web/engine/abi.js      copies the bytes into commonmark.wasm (cm_alloc), calls
//   cm_parse(flags, copy, size),
//                   frees the copy, copies the tree (its size and its bytes) into the core's memory
//                   (mer_alloc), gives back the address; 0 when commonmark.wasm is not loaded
//   core            reads the tree and releases it (mer_free)
//
// With an empty source the core asks whether the module is there; an empty source has a tree, too.
// core/markdown/flat_tree.h documents the bytes; web/engine/abi.js does not look into
// them.
#pragma once
#include <cstddef>
#include <cstdint>

/// A flat tree or HTML: this, then `size` bytes.
struct CommonmarkTree {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by cm_free; 0 when memory is used up.
void* cm_alloc(std::size_t size);
void cm_free(void* block);

/// The tree of a document, or its HTML; `flags` of CommonmarkFlag (core/markdown/commonmark.h). 0
/// when memory is used up or the document is larger than 64 MB. The tree belongs to the module and
/// lives until the next call.
CommonmarkTree* cm_parse(unsigned flags, const char* source, std::size_t size);

/// HTML of the same size and life: a document in GitHub's dialect with notes, as plain folders have
/// them, for the first page of a visit, whose core is still on its way.
CommonmarkTree* cm_html(const char* source, std::size_t size);
}
