"""The rooms of web/ and which of them knows which, and that no files import each other in a
circle: read from every import, dynamic ones and those of types included.
"""

import posixpath
import re
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

# A room knows what its arrows name, and nothing else of web/.
ARROWS = {
    "base": [],
    "net": ["base"],
    "engine": ["net", "base"],
    "shell": ["engine", "net", "base"],
    "theme": ["base"],
    "diagrams": ["base"],
    "highlight": ["base", "net", "engine"],
    "search": ["engine", "net", "base"],
    "notes": ["engine", "net", "base"],
    "globe": ["engine", "net", "base"],
    "profile": ["globe", "engine", "net", "base"],
    "playground": ["engine", "net", "base"],
    "server": ["engine", "base"],
    "command": ["server", "engine"],
    "offline": ["server", "base"],
    "build": ["highlight", "engine"],
}
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}/[^'"]+)\1""")
SOURCES = (".js", ".mjs", ".ts")


def imports_of(path: str, text: str) -> Iterator[Tuple[int, str, str]]:
    """Line, text and target of each import of a file. `path` and target are relative to web/."""
    for match in IMPORT.finditer(text):
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match.group(2)))
        yield text.count("\n", 0, match.start()) + 1, match.group(2), target


def check_imports(room: str, path: str, text: str) -> Iterator[Tuple[int, str]]:
    """The line of each import without an arrow, and what is wrong. `path` is relative to web/."""
    for line, shown, target in imports_of(path, text):
        other = target.split("/")[0]
        if other == "..":
            yield line, f"{shown}: leads out of web/"
        elif other not in ARROWS:
            yield line, f"{shown}: lies in no room"
        elif other != room and other not in ARROWS[room]:
            yield line, f"{shown}: there is no arrow from {room} to {other}"


def find_cycles(graph: Dict[str, Dict[str, int]]) -> Iterator[List[str]]:
    """Import cycles, each as its files in order, the first one again at the end.

    `graph` gives for each file the line on which it imports another. A cycle is reported for each
    import that closes one in a depth-first search: there is none exactly when no files import each
    other in a circle. Linear in the number of imports.
    """
    done = set()
    for start in graph:
        if start in done:
            continue
        way, rest = [start], [iter(graph[start])]
        while way:
            target = next(rest[-1], None)
            if target is None:
                done.add(way.pop())
                rest.pop()
            elif target in way:
                yield way[way.index(target) :] + [target]
            elif target in graph and target not in done:
                way.append(target)
                rest.append(iter(graph[target]))


def check(root: Path) -> Tuple[int, List[str]]:
    """Number of files read, and a line for each finding."""
    findings, graph = [], {}
    for path in sorted((root / "web").rglob("*")):
        if path.suffix not in SOURCES:
            continue
        shown, inside = path.relative_to(root).as_posix(), path.relative_to(root / "web").as_posix()
        text = path.read_text(encoding="utf-8", errors="replace")
        graph[inside] = {target: line for line, _, target in imports_of(inside, text)}
        room = inside.split("/")[0]
        if room not in ARROWS:
            findings.append(f"{shown}:1: {room} is not a room of web/")
            continue
        findings += [f"{shown}:{line}: {what}" for line, what in check_imports(room, inside, text)]
    for cycle in find_cycles(graph):
        line = graph[cycle[0]][cycle[1]]
        findings.append(f"web/{cycle[0]}:{line}: import cycle: {' → '.join(cycle)}")
    return len(graph), findings
