// CommonMark and GitHub's Markdown, parsed by md4c into a flat tree. This side is commonmark.wasm
// in the browser and is linked natively; the core's side of the border is commonmark_module.h.
#pragma once
#include "flat_tree.h"

namespace meridian::markdown {

enum CommonmarkFlag : unsigned {
  kGitHub = 1,      ///< GitHub's dialect: GFM's extensions, footnotes, alerts, math
  kHardBreaks = 2,  ///< every line break is a hard one, as in GitHub's comments (not in its files)
  kNotes = 4,       ///< with kGitHub: links between notes and other marks, as Obsidian has them
  kHtml = 8,        ///< HTML instead of the flat tree: that of the tree, headers without ids
};

/// The largest source: md4c counts in 32 bits, and its marks take up to forty times the text.
constexpr std::size_t kMaxCommonmarkSource = std::size_t(64) << 20;

/// Adds the flat tree of `source`, or its HTML, to `out`. False when memory is used up or the
/// source is too large.
bool commonmark_parse(Str source, unsigned flags, Text& out);

}  // namespace meridian::markdown
