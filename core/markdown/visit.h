// Ways through a tree, for both dialects.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown {

/// The node after `node` in document order, parents before their children; nullptr after the last one below `root`.
Node* next_in_order(Node* node, const Node* root);
/// The same without the children of `node`.
Node* next_outside(Node* node, const Node* root);

/// The text that a reader sees: text, code, and the `alt` of images; no raw HTML.
void add_visible_text(const Node& node, Text& out);

/// The plain text of the header that the document begins with, in the tree's arena; empty when it begins with
/// something else (comments do not count).
Str first_heading(const Tree& tree);

/// A link or an image, as each_link tells of it.
struct LinkPlace {
  Str url;     ///< plain text: character references are decoded in attributes, and stay in raw HTML
  bool image;  ///< `src` of an image, else `href` of a link
};

/// Tells `visit` of every link and image: of the parser's own, of HTML elements, and of `<a href>` and `<img src>` in raw
/// HTML. `visit` returns true to put `url`, which must live as long as the tree, in its place.
void each_link(Tree& tree, bool (*visit)(void* context, LinkPlace& place), void* context);
template <class Visit>
void each_link(Tree& tree, Visit visit) {
  each_link(
      tree, [](void* f, LinkPlace& place) { return (*static_cast<Visit*>(f))(place); }, &visit);
}

}  // namespace meridian::markdown
