"""What settings.txt, the table of the keys of _config.yml, becomes.

settings.py OUT.inc        the table that core/check/settings.cpp reads
settings.py --reference    writes the tables of docs/reference.md again
"""

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List

TABLE = Path(__file__).with_name("settings.txt")
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference.md"

# A letter in settings.cpp for each type.
TYPES = {
    "text": "t",
    "number": "n",
    "boolean": "b",
    "list": "l",
    "mapping": "m",
    "address": "u",
    "path": "p",
    "language": "g",
    "style": "s",
    "repository": "r",
    "any": "a",
}
MARKS = "!+."
COLUMNS = 100
NO_EFFECT = "Keys without effect"


@dataclass(frozen=True)
class Key:
    """A row of the table."""

    section: str
    path: str
    types: List[str]
    marks: str
    default: str
    since: str
    where: List[str]
    values: List[str]
    is_open: bool
    meaning: str


def _listed(cell: str) -> List[str]:
    return [one.strip() for one in cell.split(",")] if cell else []


def read() -> List[Key]:
    """The rows of settings.txt in their order."""
    keys, section = [], ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            section = line[2:]
        elif section and line:
            cells = [cell.strip() for cell in re.split(r"\|(?=\s)", line)]
            path, types, default, since, where, values, meaning = cells
            names = types.rstrip(MARKS)
            is_open = values.endswith("…")
            keys.append(
                Key(
                    section,
                    path,
                    names.split("/"),
                    types[len(names) :],
                    default,
                    since,
                    _listed(where),
                    _listed(values.rstrip(" …")),
                    is_open,
                    meaning,
                )
            )
    return keys


def table() -> str:
    """The rows as settings.cpp reads them: path, types and marks, where, values; TAB between
    them."""
    rows = []
    for key in read():
        types = "".join(TYPES[name] for name in key.types) + key.marks
        # Nothing is suggested that would have no effect.
        types += "-" if key.section == NO_EFFECT else ""
        types += "…" if key.is_open else ""
        types = types.replace("…", "~")
        rows.append("\t".join([key.path, types, " ".join(key.where), " ".join(key.values)]))
    lines = "\n".join(f'    "{row}\\n"' for row in rows).replace("\t", "\\t")
    return f"// Made by settings.py from settings.txt. Do not edit.\nconstexpr Name kSettings =\n{lines};\n"


def _lines(rows: List[List[str]]) -> str:
    """A table as tests/lint.mjs wants it: padded where its rows fit into a line."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    padded = sum(widths) + 3 * len(widths) + 1 <= COLUMNS
    made = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths)] if padded else row
        made.append("|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|\n")
    rule = [" " + "-" * (width if padded else 3) + " " for width in widths]
    return "".join([made[0], "|" + "|".join(rule) + "|\n", *made[1:]])


def sections() -> Dict[str, str]:
    """The tables of docs/reference.md, by their headings."""
    found: Dict[str, List[List[str]]] = {}
    for key in read():
        values = ", ".join(f"`{value}`" for value in key.values) + (", …" if key.is_open else "")
        # In kramdown's table the mapping is that of the heading.
        path = key.path.removeprefix("kramdown.") if "kramdown" in key.section else key.path
        head = ["key", "type", "default", "since", "what"]
        types = values if key.values else ", ".join(key.types)
        row = [f"`{path}`", types, key.default, key.since, key.meaning]
        found.setdefault(key.section, [head]).append(row)
    return {section: _lines(rows) for section, rows in found.items()}


def with_tables(text: str) -> str:
    """docs/reference.md with the tables of settings.txt in the place of those it has."""
    for section, made in sections().items():
        pattern = rf"(^### {re.escape(section)}\n(?:(?!^[#|]).*\n)*?)(^\|.*\n)+"
        text, count = re.subn(pattern, lambda m, made=made: m[1] + made, text, count=1, flags=re.M)
        if not count:
            raise ValueError(f"docs/reference.md has no table below {section!r}")
    return text


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", nargs="?", type=Path, metavar="OUT.inc")
    parser.add_argument("--reference", action="store_true", help="write docs/reference.md")
    options = parser.parse_args()
    if options.reference == bool(options.out):
        parser.error("give OUT.inc or --reference")
    if options.reference:
        text = REFERENCE.read_text(encoding="utf-8")
        REFERENCE.write_text(with_tables(text), encoding="utf-8")
    else:
        options.out.write_text(table(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
