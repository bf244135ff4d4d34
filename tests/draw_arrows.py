#!/usr/bin/env python3
"""Draw the rooms of core/, wasm/, cli/ and web/ with the arrows between them as an SVG.

    python3 tests/draw_arrows.py docs/architecture.svg

What is drawn are the tables that the tests enforce: ARROWS and INNER_ARROWS of arrows.py, ARROWS
of web_arrows.py. An arrow that follows from others is left out. tests/python/test_arrows.py
compares the committed picture with what this script draws.

The layout is that of Sugiyama, Tagawa and Toda (1981): rooms in layers, so that every arrow leads
down; points on the layers that an arrow passes; an order within each layer with few crossings;
then coordinates that keep arrows straight."""

import sys
from pathlib import Path
from typing import Dict, Iterable, List, Set, Tuple
from xml.sax.saxutils import escape

import arrows
import web_arrows

Graph = Dict[str, List[str]]

# What a room is for, in few words. Every room has an entry.
PURPOSES = {
    "base": "arena, strings, lists",
    "text": "UTF-8, numbers, dates",
    "sass": "Sass to CSS",
    "value": "dynamic value, JSON",
    "bibtex": "BibTeX, TeX as text",
    "scholar": "bibliographies",
    "yaml": "YAML, front matter",
    "liquid": "the Liquid language",
    "rouge": "lexers of code",
    "search": "full-text search",
    "notes": "links, tags, graph",
    "commonmark": "md4c, in markdown/",
    "markdown": "kramdown, GFM",
    "geo": "the sphere, the globe",
    "travel": "gazetteer, journeys",
    "theme": "the default theme",
    "site": "Jekyll’s site",
    "inspect": "data for the inspector",
    "profile": "profile.json",
    "workspace": "files, manifest",
    "writer": "the site as files",
    "check": "links, variables",
    "patch": "edits on the page",
    "live": "edits, page parts",
    "stills": "still pictures",
    "wasm": "the C ABI",
    "cli": "the command",
}
WEB_PURPOSES = {
    "base": "DOM helpers, patch",
    "net": "limited fetch",
    "engine": "core in a worker",
    "shell": "the site in a browser",
    "theme": "scripts of the theme",
    "diagrams": "diagrams in a frame",
    "highlight": "code in colours",
    "globe": "<meridian-globe>",
    "search": "the search’s dialog",
    "server": "pages from sources",
    "command": "the npm package",
    "offline": "a service worker",
    "notes": "links to a note",
    "profile": "<meridian-profile>",
    "playground": "the editor",
    "build": "at build time",
}

WIDTH, MARGIN, BOX, HEIGHT, GAP, STEP = 1160, 16, 140, 42, 12, 76
INNER_WIDTH, INNER_HEIGHT = 84, 24

STYLE = """
:root { --paper: #fff; --ink: #1f2328; --soft: #59636e; --box: #f0f4f8; --line: #57606a }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --box: #1c2530; --line: #9aa4b0 }
}
text { font: 600 14px system-ui, sans-serif; fill: var(--ink); text-anchor: middle }
.small { font: 12px system-ui, sans-serif; fill: var(--soft) }
.head { font-size: 16px; text-anchor: start }
.start { text-anchor: start }
.paper { fill: var(--paper) }
.box { fill: var(--box); stroke: var(--line) }
.arrow { fill: none; stroke: var(--line); stroke-width: 1.4 }
.guest { stroke-width: 3 }
.alone { stroke-dasharray: 5 4 }
.tip { fill: var(--line) }
""".strip()


def layers_of(graph: Graph) -> Dict[str, int]:
    """The longest way from a room to one that knows none."""
    layers: Dict[str, int] = {}

    def layer(room: str) -> int:
        if room not in layers:
            layers[room] = 1 + max((layer(other) for other in graph[room]), default=-1)
        return layers[room]

    for room in graph:
        layer(room)
    return layers


def reduced(graph: Graph) -> Graph:
    """The graph without the arrows that follow from others."""
    return {
        room: [
            other
            for other in others
            if not any(other in arrows.behind(way, graph) for way in others if way != other)
        ]
        for room, others in graph.items()
    }


class Layout:
    """Places for rooms and for the points at which arrows pass a layer. All long arrows to one
    room share their points, so they come together.
    """

    def __init__(self, graph: Graph, wide: Dict[str, int]):
        self.wide = wide
        layer = layers_of(graph)
        self.rows: List[List[str]] = [[] for _ in range(max(layer.values()) + 1)]
        self.links: List[Tuple[str, str]] = []  # from a layer to the next one below
        self.ways: List[Tuple[str, str, List[str]]] = []  # room, room it knows, points between
        for room in graph:
            self.rows[layer[room]].append(room)
        for room, others in graph.items():
            for other in others:
                points = [f"{other}:{at}" for at in range(layer[room] - 1, layer[other], -1)]
                for at, point in zip(range(layer[room] - 1, layer[other], -1), points):
                    if point not in self.rows[at]:
                        self.rows[at].append(point)
                self.ways.append((room, other, points))
                stops = [room, *points, other]
                self.links += [link for link in zip(stops, stops[1:]) if link not in self.links]
        self.order()
        self.x = self.place()

    def crossings(self) -> int:
        at = {name: index for row in self.rows for index, name in enumerate(row)}
        row_of = {name: index for index, row in enumerate(self.rows) for name in row}
        count = 0
        for index, (a, b) in enumerate(self.links):
            for c, d in self.links[:index]:
                if row_of[a] == row_of[c] and (at[a] - at[c]) * (at[b] - at[d]) < 0:
                    count += 1
        return count

    def order(self) -> None:
        """Swaps neighbours as long as that removes crossings, from several beginnings."""
        best, fewest = [list(row) for row in self.rows], self.crossings()
        for attempt in range(8):
            for row in self.rows:
                shift = attempt % len(row)
                row[:] = row[shift:] + row[:shift] if attempt % 2 else row[::-1]
            self.swap()
            count = self.crossings()
            if count < fewest:
                best, fewest = [list(row) for row in self.rows], count
        self.rows = best

    def swap(self) -> None:
        count, better = self.crossings(), True
        while better:
            better = False
            for row in self.rows:
                for at in range(len(row) - 1):
                    row[at], row[at + 1] = row[at + 1], row[at]
                    now = self.crossings()
                    if now < count:
                        count, better = now, True
                    else:
                        row[at], row[at + 1] = row[at + 1], row[at]

    def width(self, name: str) -> int:
        return 0 if ":" in name else self.wide.get(name, BOX)

    def offsets(self, row: List[str]) -> List[float]:
        """How far each place of a row is from its first at least."""
        found = [0.0]
        for left, right in zip(row, row[1:]):
            found.append(found[-1] + (self.width(left) + self.width(right)) / 2 + GAP)
        return found

    def place(self) -> Dict[str, float]:
        x = {name: at for row in self.rows for name, at in zip(row, self.offsets(row))}
        near: Dict[str, List[str]] = {name: [] for name in x}
        for above, below in self.links:
            near[above].append(below)
            near[below].append(above)
        for _ in range(200):
            for row in self.rows:
                wanted = [
                    sum(x[other] for other in near[name]) / len(near[name]) if near[name] else 0
                    for name in row
                ]
                for name, at in zip(row, spread(wanted, self.offsets(row))):
                    x[name] = at
        left = min(x[name] - self.width(name) / 2 for name in x)
        right = max(x[name] + self.width(name) / 2 for name in x)
        if right - left > WIDTH - 2 * MARGIN:
            raise SystemExit(f"{right - left:.0f} units wide: too many rooms in one layer")
        return {name: round(at - (left + right - WIDTH) / 2, 1) for name, at in x.items()}


def spread(wanted: List[float], offsets: List[float]) -> List[float]:
    """The places nearest to the wanted ones that keep their distances (pool adjacent violators)."""
    pools: List[List[float]] = []  # sum and count of what wants to be left of what stands before it
    for at, offset in zip(wanted, offsets):
        pools.append([at - offset, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    means = [total / count for total, count in pools for _ in range(int(count))]
    return [mean + offset for mean, offset in zip(means, offsets)]


def box(x: float, y: float, room: str, below: str, width: int = BOX, height: int = HEIGHT) -> str:
    """A room: its name, and below it what it is for."""
    return (
        f'<rect class="box" x="{x - width / 2:g}" y="{y:g}" width="{width}" height="{height}"'
        f' rx="6"/><text x="{x:g}" y="{y + 18:g}">{room}</text>'
        f'<text class="small" x="{x:g}" y="{y + 34:g}">{escape(below)}</text>'
    )


def inner_boxes(room: str, x: float, y: float) -> Iterable[str]:
    """The rooms within a room, each beside the one that it knows."""
    inner = arrows.INNER_ARROWS[room]
    layer = layers_of(inner)
    order = sorted(inner, key=lambda name: -layer[name])
    step = INNER_WIDTH + 24
    at = {name: x + (index - (len(order) - 1) / 2) * step for index, name in enumerate(order)}
    for name in order:
        yield (
            f'<rect class="box" x="{at[name] - INNER_WIDTH / 2:g}" y="{y:g}" width="{INNER_WIDTH}"'
            f' height="{INNER_HEIGHT}" rx="4"/>'
            f'<text class="small" x="{at[name]:g}" y="{y + 16:g}">{room}/{name}</text>'
        )
        for other in reduced(inner)[name]:
            yield (
                f'<path class="arrow" marker-end="url(#tip)" d="M{at[name] + INNER_WIDTH / 2:g}'
                f' {y + 12:g}H{at[other] - INNER_WIDTH / 2:g}"/>'
            )


def draw(title: str, graph: Graph, purposes: Dict[str, str], top: float) -> Tuple[List[str], float]:
    """One picture of rooms, from `top` on; its elements and where it ends."""
    if set(purposes) != set(graph):
        raise SystemExit(f"PURPOSES differ from ARROWS: {set(purposes) ^ set(graph)}")
    nested: Set[str] = set(arrows.INNER_ARROWS) if graph is arrows.ARROWS else set()
    wide = {room: len(arrows.INNER_ARROWS[room]) * (INNER_WIDTH + 24) for room in sorted(nested)}
    layout = Layout(reduced(graph), wide)
    y, below = {}, top + 20
    heights = []
    for row in reversed(layout.rows):
        tall = HEIGHT + (INNER_HEIGHT + 12 if nested & set(row) else 0)
        heights.append(tall)
        y.update(dict.fromkeys(row, below))
        below += tall + STEP - HEIGHT
    tall_of = {name: tall for row, tall in zip(reversed(layout.rows), heights) for name in row}
    out = [f'<text class="head" x="{MARGIN}" y="{top:g}">{escape(title)}</text>']
    for room, other, points in layout.ways:
        own_height = HEIGHT + (INNER_HEIGHT + 12 if room in nested else 0)
        x0, y0 = layout.x[room], y[room] + own_height
        path = f"M{x0:g} {y0:g}"
        for name in [*points, other]:
            x1, y1 = layout.x[name], y[name]
            middle = (y0 + y1) / 2
            path += f"C{x0:g} {middle:g} {x1:g} {middle:g} {x1:g} {y1:g}"
            x0, y0 = x1, y1
            if name != other:
                y0 += tall_of[name]
                path += f"V{y0:g}"
        kind = "arrow"
        if graph is arrows.ARROWS and arrows.GUESTS.get(room) == other:
            kind += " guest"
        if graph is web_arrows.ARROWS and not set(graph[other]) <= set(graph[room]):
            kind += " alone"
        tip = "tip-guest" if "guest" in kind else "tip"
        out.append(f'<path class="{kind}" marker-end="url(#{tip})" d="{path}"/>')
    for room in graph:
        height = HEIGHT + (INNER_HEIGHT + 12 if room in nested else 0)
        width = wide.get(room, BOX)
        out.append(box(layout.x[room], y[room], room, purposes[room], width, height))
        if room in nested:
            out += inner_boxes(room, layout.x[room], y[room] + HEIGHT)
    return out, below - STEP + HEIGHT


def marker(name: str, size: int) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="{size}"'
        f' markerHeight="{size}" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker>'
    )


def picture() -> str:
    """The text of docs/architecture.svg."""
    cpp, end = draw("core/, wasm/, cli/: includes", arrows.ARROWS, PURPOSES, MARGIN + 16)
    web, end = draw("web/: imports", web_arrows.ARROWS, WEB_PURPOSES, end + 56)
    legend = [
        "An arrow leads from a room to one that it knows; it also knows what lies behind.",
        "Thick: with the private headers of that room. Dashed: that room alone.",
    ]
    notes = [
        f'<text class="small start" x="{MARGIN}" y="{end + 32 + 18 * at:g}">{line}</text>'
        for at, line in enumerate(legend)
    ]
    height = round(end + 32 + 18 * len(legend) + 8)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            f' width="{WIDTH}" height="{height}" role="img" aria-labelledby="title desc">',
            '<title id="title">The rooms of Meridian and which of them knows which</title>',
            f'<desc id="desc">{escape(described())}</desc>',
            "<!-- Drawn by tests/draw_arrows.py. Do not edit. -->",
            f"<style>{STYLE}</style>",
            f"<defs>{marker('tip', 8)}{marker('tip-guest', 5)}</defs>",
            f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
            *cpp,
            *web,
            *notes,
            "</svg>",
            "",
        ]
    )


def described() -> str:
    """The arrows as words, for those who don't see the picture."""

    def lines(graph: Graph, prefix: str = "") -> List[str]:
        return [
            f"{prefix}{room} knows {', '.join(others) or 'none'}"
            for room, others in reduced(graph).items()
        ]

    inner = [
        line for room, graph in arrows.INNER_ARROWS.items() for line in lines(graph, f"{room}/")
    ]
    return (
        f"C++: {'; '.join(lines(arrows.ARROWS) + inner)}. "
        f"JavaScript: {'; '.join(lines(web_arrows.ARROWS))}."
    )


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__)
        return 2
    Path(sys.argv[1]).write_text(picture(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
