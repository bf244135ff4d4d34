// Ways through a tree, for both dialects; each_link is public, in meridian/markdown.h.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown {

/// The node after `node` in document order, parents before their children; nullptr after the last
/// one below `root`.
Node* next_in_order(Node* node, const Node* root);
/// The same without the children of `node`.
Node* next_outside(Node* node, const Node* root);

/// The text that a reader sees: text, code, and the `alt` of images; no raw HTML.
void add_visible_text(const Node& root, Text& out);

/// The plain text of the header that the document begins with, in the tree's arena; empty when it
/// begins with something else (comments do not count).
Str first_heading(const Tree& tree);

}  // namespace meridian::markdown
