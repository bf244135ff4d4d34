// HTML of the CommonMark and GitHub dialects, in the layout of the reference implementation
// (cmark), byte for byte: one line a block, nothing indented. kramdown's layout is html_writer's.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown {

void write_commonmark_html(const Tree& tree, Text& out);
/// The same of one block of the root.
void write_commonmark_html(const Node* block, Text& out);

}  // namespace meridian::markdown
