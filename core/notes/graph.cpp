// A graph as a picture: nodes laid out by forces, and written as SVG.
#include "parts.h"

namespace meridian::notes {

namespace {
// Rounds of forces: more move nodes by less than a unit.
constexpr int kRounds = 120;
// Distance from which nodes don't push each other: parts without links between them stay near.
constexpr double kFar = 6;
// What nodes keep from the edges of the picture: half a name at the sides, a line below.
constexpr double kSide = 64, kTop = 12, kBottom = 24;
// Characters of a name.
constexpr std::size_t kName = 18;
// Digits that keep a distance from being nothing.
constexpr double kLeast = 1e-6;

double root(double x) { return __builtin_sqrt(x); }

/// A spiral by the golden angle: no two nodes in one place, without sine and cosine.
void place_on_spiral(List<Node>& nodes) {
  constexpr double kCosine = -0.7373688780783197, kSine = 0.6754902942615238;
  double x = 1, y = 0, number = 0;
  for (Node& node : nodes) {
    double radius = root(number++);
    node.x = x * radius;
    node.y = y * radius;
    double turned = x * kCosine - y * kSine;
    y = x * kSine + y * kCosine;
    x = turned;
  }
}

struct Move {
  double x, y;
};

/// A force along the line from one node to another, which is `strength` times their distance.
void pull(const List<Node>& nodes, List<Move>& moves, std::uint32_t from, std::uint32_t to,
          double strength) {
  double x = (nodes[to].x - nodes[from].x) * strength;
  double y = (nodes[to].y - nodes[from].y) * strength;
  moves[from].x += x;
  moves[from].y += y;
  moves[to].x -= x;
  moves[to].y -= y;
}

double distance(const Node& a, const Node& b) {
  double x = a.x - b.x, y = a.y - b.y;
  return root(x * x + y * y) + kLeast;
}

/// The ideal distance of neighbours is 1.
void lay_out(List<Node>& nodes, const List<Edge>& edges, bool centred) {
  place_on_spiral(nodes);
  Arena arena;
  List<Move> moves;
  for (std::uint32_t i = 0; i < nodes.size; i++) moves.add(arena, {});
  for (int round = 0; round < kRounds; round++) {
    for (Move& move : moves) move = {};
    for (std::uint32_t i = 0; i < nodes.size; i++)
      for (std::uint32_t k = i + 1; k < nodes.size; k++) {
        double apart = distance(nodes[i], nodes[k]);
        if (apart < kFar) pull(nodes, moves, i, k, -1 / (apart * apart));
      }
    for (const Edge& edge : edges)
      pull(nodes, moves, edge.from, edge.to, distance(nodes[edge.from], nodes[edge.to]));
    double heat = 0.5 * (kRounds - round) / kRounds;
    for (std::uint32_t i = centred; i < nodes.size; i++) {
      // Towards the middle, so that parts without links between them stay together.
      double x = moves[i].x - nodes[i].x * 0.3, y = moves[i].y - nodes[i].y * 0.3;
      double length = root(x * x + y * y) + kLeast, step = length < heat ? length : heat;
      nodes[i].x += x / length * step;
      nodes[i].y += y / length * step;
    }
  }
}

/// Stretches the layout to `from` … `to`; a single line of nodes stands in the middle.
void fit(List<Node>& nodes, double Node::* axis, double from, double to) {
  double least = nodes[0].*axis, most = least;
  for (const Node& node : nodes) {
    least = node.*axis < least ? node.*axis : least;
    most = node.*axis > most ? node.*axis : most;
  }
  double range = most - least;
  for (Node& node : nodes)
    node.*axis = range < 0.1 ? (from + to) / 2 : from + (node.*axis - least) * (to - from) / range;
}

// What a name takes, in units: 18 characters of 12 pixels, and their line.
constexpr double kNameWidth = 92, kNameHeight = 15;

/// Leaves out the names that would cover those of earlier nodes, which have more links. The square
/// of kMaxNamed.
void clear_names(List<Node>& nodes) {
  for (std::uint32_t i = 0; i < nodes.size; i++)
    for (std::uint32_t k = 0; k < i && nodes[i].named; k++) {
      double x = nodes[i].x - nodes[k].x, y = nodes[i].y - nodes[k].y;
      bool covers = x < kNameWidth && -x < kNameWidth && y < kNameHeight && -y < kNameHeight;
      nodes[i].named = !(nodes[k].named && covers);
    }
}

int rounded(double x) { return int(x + 0.5); }

void add_point(const Node& node, Text& out) {
  out.add_int(rounded(node.x));
  out.add(' ');
  out.add_int(rounded(node.y));
}

void add_shortened(Str title, Text& out) {
  std::size_t end = offset_of_character(title, kName);
  add_escaped_html(out, rstrip(title.substr(0, end)));
  if (end < title.size()) out.add("…");
}

void add_node(const Node& node, bool marked, Str baseurl, Text& out) {
  out.add("<a tabindex=\"-1\" href=\"");
  add_escaped_html(out, baseurl);
  add_escaped_html(out, node.url);
  out.add(marked ? "\" class=\"here\"><title>" : "\"><title>");
  add_escaped_html(out, node.title);
  out.add("</title><circle cx=\"");
  out.add_int(rounded(node.x));
  out.add("\" cy=\"");
  out.add_int(rounded(node.y));
  out.add(node.named ? "\" r=\"5\"/>" : "\" r=\"3\"/>");
  if (node.named) {
    out.add("<text x=\"");
    out.add_int(rounded(node.x));
    out.add("\" y=\"");
    out.add_int(rounded(node.y) + 18);
    out.add("\">");
    add_shortened(node.title, out);
    out.add("</text>");
  }
  out.add("</a>\n");
}
}  // namespace

void add_picture(List<Node>& nodes, const List<Edge>& edges, bool centred, int width, int height,
                 Str baseurl, Text& svg) {
  if (nodes.empty()) return;
  lay_out(nodes, edges, centred);
  fit(nodes, &Node::x, kSide, width - kSide);
  fit(nodes, &Node::y, kTop, height - kBottom);
  clear_names(nodes);
  svg.add("<svg class=\"note-graph\" aria-hidden=\"true\" viewBox=\"0 0 ");
  svg.add_int(width);
  svg.add(' ');
  svg.add_int(height);
  svg.add("\"><path d=\"");
  for (const Edge& edge : edges) {
    svg.add('M');
    add_point(nodes[edge.from], svg);
    svg.add('L');
    add_point(nodes[edge.to], svg);
  }
  svg.add("\"/>\n");
  for (std::uint32_t i = nodes.size; i--;) add_node(nodes[i], centred && !i, baseurl, svg);
  svg.add("</svg>\n");
}

}  // namespace meridian::notes
