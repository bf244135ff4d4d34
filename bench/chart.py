#!/usr/bin/env python3
"""Draw docs/performance.svg from the tables of docs/performance.md: how long others take for what
Meridian does, as bars from 1 on a logarithmic scale.

    python3 bench/chart.py docs/performance.svg

tests/python/test_reference.py compares the committed picture with what this script draws."""

import math
import re
import sys
from pathlib import Path
from typing import Iterator, List, NamedTuple, Tuple
from xml.sax.saxutils import escape

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"

# Title of a panel, a text that stands before its table, the column of the ratio, and in tables of
# several sizes the first cell of the rows.
PANELS = [
    ("Markdown to HTML, 100 KB", "## Markdown", 2, ""),
    ("Text of an article of 95 KB is there, slow 4G", "\n95 KB, slow 4G", 1, ""),
    ("… on a second visit", "\n95 KB, slow 4G", 5, ""),
    ("Script in a frame of a globe, 1,000 stops", "\n1,000 stops", 1, ""),
    ("A key in 100 KB is seen", "## The playground", 2, "100 KB"),
]
WIDTH, LEFT, RIGHT, ROW, MARGIN = 860, 230, 70, 22, 24
LEAST, MOST = 0.15, 12  # ratios at the ends of the scale

STYLE = """
:root { --paper: #fff; --ink: #1f2328; --soft: #59636e; --slow: #b3623a; --fast: #2f7f6b }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --slow: #e39468; --fast: #62bfa5 }
}
text { font: 13px system-ui, sans-serif; fill: var(--ink) }
.head { font-weight: 600 }
.name { text-anchor: end }
.soft { fill: var(--soft) }
.paper { fill: var(--paper) }
.slow { fill: var(--slow) }
.fast { fill: var(--fast) }
.one { stroke: var(--soft) }
""".strip()


class Bar(NamedTuple):
    name: str
    ratio: float


def bars(text: str, before: str, column: int, first: str) -> Iterator[Bar]:
    """The rows of the first table behind a text."""
    begin = text.index(before)
    table = re.search(r"(?:^\|.*\n)+", text[begin:], re.M)
    for line in table.group().splitlines()[2:] if table else []:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        ratio = re.search(r"\(([\d.]+) ×\)", cells[column])
        if ratio and (not first or cells[0] == first):
            yield Bar(cells[1] if first else cells[0], float(ratio[1]))


def x(ratio: float) -> float:
    share = math.log(ratio / LEAST) / math.log(MOST / LEAST)
    return round(LEFT + max(0.0, min(1.0, share)) * (WIDTH - LEFT - RIGHT), 1)


def panel(title: str, found: List[Bar], top: float) -> Tuple[List[str], float]:
    out = [f'<text class="head" x="{MARGIN}" y="{top + 14:g}">{escape(title)}</text>']
    y = top + 24
    for bar in found:
        begin, end = sorted((x(1), x(bar.ratio)))
        kind = "slow" if bar.ratio > 1 else "fast"
        out.append(f'<text class="name" x="{LEFT - 10}" y="{y + 15:g}">{escape(bar.name)}</text>')
        out.append(
            f'<rect class="{kind}" x="{begin:g}" y="{y + 4:g}" width="{max(end - begin, 2):g}"'
            f' height="{ROW - 8}"/>'
        )
        out.append(
            f'<text class="soft" x="{max(end, x(1)) + 6:g}" y="{y + 15:g}">{bar.ratio:g} ×</text>'
        )
        y += ROW
    out.append(f'<line class="one" x1="{x(1)}" x2="{x(1)}" y1="{top + 22:g}" y2="{y:g}"/>')
    return out, y + 18


def picture() -> str:
    """The text of docs/performance.svg."""
    text = PAGE.read_text(encoding="utf-8")
    parts, y = [], 56.0
    for title, before, column, first in PANELS:
        drawn, y = panel(title, list(bars(text, before, column, first)), y)
        parts += drawn
    note = "Ratio to Meridian, logarithmic. Right of the line: takes longer; left: is faster."
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y:g}"'
            f' width="{WIDTH}" height="{y:g}" role="img" aria-labelledby="title">',
            '<title id="title">How long other programs take, as a ratio to Meridian</title>',
            "<!-- Drawn by bench/chart.py from docs/performance.md. Do not edit. -->",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{y:g}"/>',
            f'<text class="soft" x="{MARGIN}" y="34">{note}</text>',
            *parts,
            "</svg>",
            "",
        ]
    )


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        print(__doc__)
        return 2
    Path(sys.argv[1]).write_text(picture(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
