// The parts of the room: reading a note, the sentence around a link, the picture of a graph.
#pragma once
#include "meridian/notes.h"
#include "meridian/text.h"

namespace meridian::notes {

/// Where pages of tags are, the picture of the site, and its first page.
constexpr Name kTags = "/tags/", kGraph = "/graph/", kHome = "/";

/// The part of a text around its bytes `begin` to `end`: up to the ends of the sentence, at most
/// kAround bytes on each side, with an ellipsis where it was cut. `begin` and `end` become those in
/// it. Constant time.
void add_sentence(Str text, std::size_t& begin, std::size_t& end, Text& out);

/// Moved back to where a character begins.
inline std::size_t character_at(Str text, std::size_t at) {
  while (at && at < text.size() && (text[at] & 0xC0) == 0x80) at--;
  return at < text.size() ? at : text.size();
}

/// An address as links are compared: percent-decoded, without `?` and `#`.
Str comparable(Str url, Arena& arena);

// ---- pictures ----

/// A node of a picture: a note with its address and name.
struct Node {
  Str url, title;
  /// It is named in the picture; others have their name as a hint.
  bool named = true;
  double x = 0, y = 0;
};
struct Edge {
  std::uint32_t from, to;
};

/// Appends an SVG of the nodes and the lines between them, `width` units wide. The first node is
/// marked with `centred`, and stays in the middle. Nodes are links with `baseurl` before their
/// addresses, which the keyboard passes over, for the same links stand beside the picture. The same
/// nodes and edges give the same bytes everywhere.
///
/// Nodes are laid out by forces between them (Fruchterman and Reingold, Graph Drawing by
/// Force-Directed Placement, 1991): quadratic in the nodes.
void add_picture(List<Node>& nodes, const List<Edge>& edges, bool centred, int width, int height,
                 Str baseurl, Text& svg);

}  // namespace meridian::notes
