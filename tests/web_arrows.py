"""The rooms of web/ and which of them knows which: read from every import, dynamic ones and those
of types included.
"""

import posixpath
import re
from pathlib import Path
from typing import Iterator, List, Tuple

# A room knows what its arrows name, and nothing else of web/.
ARROWS = {
    "base": [],
    "net": ["base"],
    "engine": ["net", "base"],
    "shell": ["engine", "net", "base"],
    "theme": ["base"],
    "highlight": ["base"],
    "globe": ["engine", "net", "base"],
    "profile": ["globe", "engine", "net", "base"],
    "playground": ["engine", "net", "base"],
    "build": ["highlight"],
}
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}/[^'"]+)\1""")
SOURCES = (".js", ".mjs", ".ts")


def check_imports(room: str, path: str, text: str) -> Iterator[Tuple[int, str]]:
    """The line of each import without an arrow, and what is wrong. `path` is relative to web/."""
    for match in IMPORT.finditer(text):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match.group(2)))
        other = target.split("/")[0]
        line = text.count("\n", 0, match.start()) + 1
        if other == "..":
            yield line, f"{match.group(2)}: leads out of web/"
        elif other not in ARROWS:
            yield line, f"{match.group(2)}: lies in no room"
        elif other != room and other not in ARROWS[room]:
            yield line, f"{match.group(2)}: there is no arrow from {room} to {other}"


def check(root: Path) -> Tuple[int, List[str]]:
    """Number of files read, and a line for each finding."""
    count, findings = 0, []
    for path in sorted((root / "web").rglob("*")):
        if path.suffix not in SOURCES:
            continue
        count += 1
        shown, inside = path.relative_to(root).as_posix(), path.relative_to(root / "web").as_posix()
        room = inside.split("/")[0]
        if room not in ARROWS:
            findings.append(f"{shown}:1: {room} is not a room of web/")
            continue
        found = check_imports(room, inside, path.read_text(encoding="utf-8", errors="replace"))
        findings += [f"{shown}:{line}: {what}" for line, what in found]
    return count, findings
