#!/usr/bin/env python3
"""Check that knowledge flows one way between the rooms of core/ and of web/, and that core/ keeps
clear of what costs bytes.

Reads every include of core/, wasm/ and cli/, and the LINKS of each room, and compares them with
ARROWS; the imports of web/ with those of web_arrows.py. Then looks for headers and functions that
core/ does without. Prints a line for each finding and ends with "N passed, M failed", where one
file is one check."""

import re
import sys
from pathlib import Path
from typing import Dict, Iterator, List, Set, Tuple

import web_arrows

ROOT = Path(__file__).resolve().parent.parent

# The arrows of the C++ rooms (docs/architecture.md): a room knows what its arrows name and all
# that lies behind.
ARROWS = {
    "base": [],
    "text": ["base"],
    "sass": ["text"],
    "value": ["text"],
    "bibtex": ["text"],
    "scholar": ["bibtex"],
    "yaml": ["value"],
    "liquid": ["value"],
    "rouge": ["text"],
    "search": ["text"],
    "notes": ["value"],
    "commonmark": ["text"],  # the part of markdown/ that is linked apart, as commonmark.wasm
    "markdown": ["value", "commonmark", "rouge"],
    "patch": ["markdown"],
    "geo": ["base"],
    "travel": ["geo", "value"],
    "theme": ["base"],
    "site": ["liquid", "markdown", "sass", "scholar", "yaml", "theme"],
    # Parts of site that readers don't load: they include its private headers as well.
    "inspect": ["site"],
    "profile": ["site"],
    "workspace": ["site"],
    "writer": ["workspace", "profile", "notes"],
    "check": ["writer"],
    "live": ["workspace", "patch"],
    "stills": ["geo", "text"],
    # Outside core/: not rooms, but their includes are arrows as well.
    "wasm": [
        "check",
        "live",
        "inspect",
        "travel",
        "stills",
        "search",
        "notes",
    ],  # the last three are modules of their own, and so is geo
    "cli": ["check", "search", "stills", "travel"],
}
OUTSIDE = {"wasm", "cli"}
# Public headers beside their room's: the strings that base.h gives, which constant tables are made
# of, what few loops need, and what hosts alone need.
PART_OF = {
    "str": "base",
    "words": "base",
    "plugin_scripts": "site",
    "bibliography": "site",
    "site_files": "site",
    "site_modules": "site",
    "site_search": "site",
}

# Rooms within a room: folders, with the folders whose headers they may include. The files beside
# the folders may include all of them.
#
# In core/site knowledge flows from the model to what Liquid sees. Where a lower room needs what
# only a higher one knows (a document's drop, the pages of plugins), it declares the function and
# the higher room defines it: such declarations stand under "Hooks" in its header.
INNER_ARROWS = {
    "site": {
        "model": [],
        "render": ["model"],
        "plugins": ["render"],
        "liquid": ["plugins"],
    }
}

# Rooms apart that work with the private headers of another one.
GUESTS = {"inspect": "site", "profile": "site"}

# Third-party headers and who may see them.
THIRD_PARTY = {"yaml.h": {"yaml"}, "md4c.h": {"markdown", "wasm"}}

BANNED_HEADERS = {
    "iostream": "82 KB of library",
    "sstream": "82 KB of library",
    "fstream": "core/ reads no disk",
    "istream": "part of iostream",
    "ostream": "part of iostream",
    "iomanip": "part of iostream",
    "regex": "113 KB of library",
    "functional": "costs 4 times a function pointer",
    "unordered_map": "use Map",
    "unordered_set": "use Map",
    "map": "use Map",
    "set": "use Map",
    "variant": "use a kind and switch",
    "any": "use Value",
    "string": "use Str and Text",
    "vector": "use List",
    "cstdio": "core/ prints nothing",
    "stdio.h": "core/ prints nothing",
    "locale": "part of iostream",
    "ctime": "core/ reads no clock",
    "time.h": "core/ reads no clock",
    "chrono": "core/ reads no clock",
    "thread": "core/ has no threads",
    "filesystem": "core/ reads no disk",
    "exception": "errors are values",
    "stdexcept": "errors are values",
    "format": "not in our wasm library",
    "ranges": "not in our wasm library",
    "bit": "bit_cast is not in our wasm library",
}
BANNED_WORDS = {
    r"std::(?:stable_|partial_)?sort\b": "use the one merge sort of base",
    r"std::string\b": "use Str and Text",
    r"std::vector\b": "use List",
    r"\b[fs]?n?printf\b|\bvs?n?printf\b|\bputs\b": "text prints numbers; core/ prints nothing",
    r"\bstrto(?:d|f|ld|l|ul|ll|ull)\b|\bato[if]\b|\bstd::sto[a-z]+\b": "text parses numbers",
    r"\bstd::to_string\b|\bstd::(?:to|from)_chars\b": "text prints and parses numbers",
    r"\bstrftime\b|\bgmtime\b|\blocaltime\b|\bmktime\b|\btime\(\s*(?:NULL|nullptr|0)": "text formats dates; no clock",
    r"\bstd::function\b": "use a function pointer or a template",
    r"\bthrow\b|\bcatch\s*\(|\btry\s*\{": "errors are values",
    r"\bdynamic_cast\b|\btypeid\b": "compiled without RTTI",
    r"\bgetenv\b|\bfopen\b": "core/ is a function of its files",
}
SOURCES = (".h", ".cpp", ".inc")


def behind(room: str, arrows: Dict[str, List[str]] = ARROWS) -> Set[str]:
    """The room itself and everything its arrows lead to."""
    seen, todo = set(), [room]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += arrows[name]
    return seen


LITERALS = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'',
    re.S,
)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def bare(text: str) -> str:
    """The code without comments and literals, with its lines where they were."""

    def blank(match):
        # An apostrophe between digits (10'000) is not the start of a literal.
        before = text[match.start() - 1 : match.start()]
        if match.group().startswith("'") and before.isalnum():
            return match.group()
        return (
            '""' + "\n" * match.group().count("\n")
            if match.group()[0] in "\"'R"
            else "\n" * match.group().count("\n")
        )

    return LITERALS.sub(blank, text)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def check_includes(room: str, path: Path, text: str) -> Iterator[Tuple[int, str]]:
    allowed = behind(room)
    for match in INCLUDE.finditer(text):
        line, name = line_of(text, match.start()), match.group(2)
        if name.startswith("meridian/"):
            other = PART_OF.get(Path(name).stem, Path(name).stem)
            if other not in ARROWS or Path(name).stem not in (other, *PART_OF):
                yield line, f"{name}: no room has this public header"
            elif other not in allowed:
                yield line, f"{name}: there is no arrow from {room} to {other}"
        elif name in THIRD_PARTY:
            if room not in THIRD_PARTY[name]:
                yield line, f"{name}: only for {', '.join(sorted(THIRD_PARTY[name]))}"
        elif "emscripten" in name and room not in OUTSIDE:
            yield line, f"{name}: nothing under core/ knows Emscripten"
        elif match.group(1) == '"':
            folder = Path(name).parts[0]
            homes = [home for home, inner in INNER_ARROWS.items() if folder in inner]
            if ".." in Path(name).parts or (
                homes and room not in homes and GUESTS.get(room) not in homes
            ):
                yield line, f"{name}: the private files of another room"
        elif room not in OUTSIDE and name in BANNED_HEADERS:
            yield line, f"<{name}>: {BANNED_HEADERS[name]}"


def check_inner(room: str, place: Path, text: str) -> Iterator[Tuple[int, str]]:
    """Includes between the folders of a room; `place` is the file's path in the room."""
    arrows = INNER_ARROWS.get(room, {})
    own = place.parts[0] if len(place.parts) > 1 else None
    if not arrows or (own and own not in arrows):
        if arrows:
            yield 1, f"{own} is not a room of {room}"
        return
    for match in INCLUDE.finditer(text):
        other = Path(match.group(2)).parts[0]
        if match.group(1) == '"' and own and other in arrows and other not in behind(own, arrows):
            yield (
                line_of(text, match.start()),
                f"{match.group(2)}: there is no arrow from {room}/{own} to {room}/{other}",
            )


def check_words(room: str, text: str) -> Iterator[Tuple[int, str]]:
    if room in OUTSIDE:
        return
    code = bare(text)
    for pattern, reason in BANNED_WORDS.items():
        for match in re.finditer(pattern, code):
            yield line_of(code, match.start()), f"{match.group().strip()}: {reason}"


def check_links(room: str, text: str) -> Iterator[Tuple[int, str]]:
    """The LINKS of a meridian_room, which must be arrows too."""
    for match in re.finditer(r"meridian_room\(\s*(\w+)([^)]*)\)", text):
        links = re.search(r"\bLINKS\b([^)]*)", match.group(2))
        for link in re.findall(r"[\w-]+", links.group(1)) if links else []:
            if link in ("HOT", "HOT_SOURCES", "SOURCES"):
                break
            if link in ARROWS and link not in behind(match.group(1)):
                yield (
                    line_of(text, match.start()),
                    f"LINKS {link}: there is no arrow from {match.group(1)} to {link}",
                )


def files(root: Path) -> Iterator[Tuple[str, Path]]:
    for path in sorted((root / "core" / "include" / "meridian").glob("*.h")):
        yield path.stem, path
    for room in ARROWS:
        folder = root / room if room in OUTSIDE else root / "core" / room
        for path in sorted(folder.rglob("*")):
            if path.suffix in SOURCES or path.name == "CMakeLists.txt":
                yield room, path


def check(root: Path) -> Tuple[int, List[str]]:
    """Number of files read, and a line for each finding."""
    count, findings = 0, []
    for room, path in files(root):
        room = PART_OF.get(room, room)
        count += 1
        shown = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8", errors="replace")
        if room not in ARROWS:
            findings.append(f"{shown}:1: {room} is not a room")
        elif path.name == "CMakeLists.txt":
            findings += [f"{shown}:{line}: {what}" for line, what in check_links(room, text)]
        else:
            found = [*check_includes(room, path, text), *check_words(room, text)]
            home = root / "core" / room
            if room in INNER_ARROWS and home in path.parents:
                found += check_inner(room, path.relative_to(home), text)
            found.sort()
            findings += [f"{shown}:{line}: {what}" for line, what in found]
    return count, findings


def main() -> int:
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT
    count, findings = check(root)
    scripts, more = web_arrows.check(root)
    count, findings = count + scripts, findings + more
    print("\n".join(findings))
    failed = len({line.split(":", 1)[0] for line in findings})
    print(f"{count - failed} passed, {failed} failed")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())
