"""The project's documents in parts: blocks of code, tables, links, headings and their anchors."""

import dataclasses
import fnmatch
import re
import textwrap
import unicodedata
from pathlib import Path
from typing import Dict, List, Set

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
FENCED_CODE = re.compile(r"^([ ]*)(```|~~~).*?^\1\2[ ]*$", re.MULTILINE | re.DOTALL)
CODE_SPAN = re.compile(r"(`+)(.+?)\1", re.DOTALL)
LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)|^\[[^\]]+\]: +(\S+)", re.MULTILINE)


def documents() -> List[Path]:
    """README.md and its neighbours, and everything below docs/."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def formatted() -> List[Path]:
    """The documents that prettier formats, by .prettierignore: the last rule that fits decides."""
    rules = (ROOT / ".prettierignore").read_text(encoding="utf-8").split()

    def ignored(path: Path) -> bool:
        name = "/" + path.relative_to(ROOT).as_posix()
        last = ""
        for rule in rules:
            pattern = rule.lstrip("!")
            if fnmatch.fnmatch(name if "/" in pattern else path.name, pattern):
                last = rule
        return bool(last) and not last.startswith("!")

    return [path for path in documents() if not ignored(path)]


@dataclasses.dataclass(frozen=True)
class Block:
    """A fenced block of code; `line` is that of its first line of code."""

    path: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def blocks(path: Path) -> List[Block]:
    text = path.read_text(encoding="utf-8")
    found = []
    for match in FENCED_CODE.finditer(text):
        head, *body = match[0].splitlines()[:-1]
        line = text.count("\n", 0, match.start()) + 2
        code = textwrap.dedent("\n".join(body)) + "\n"
        found.append(Block(path, line, head.strip(" `~"), code))
    return found


def prose(path: Path) -> str:
    """A document without its fenced blocks of code, whose lines are left empty."""
    text = path.read_text(encoding="utf-8")
    return FENCED_CODE.sub(lambda match: "\n" * match[0].count("\n"), text)


def code_spans(text: str) -> List[str]:
    return [" ".join(match[2].split()) for match in CODE_SPAN.finditer(text)]


def links(path: Path) -> List[str]:
    """The addresses that a document links to."""
    text = CODE_SPAN.sub("", prose(path))
    return [match[1] or match[2] for match in LINK.finditer(text)]


def section(text: str, heading: str) -> str:
    """The text below a heading, up to the next heading of its level or a higher one."""
    level = heading.split(" ")[0]
    begin = text.index(f"\n{heading}\n") + len(heading) + 2
    end = re.compile(rf"^#{{1,{len(level)}}} ", re.MULTILINE).search(text, begin)
    return text[begin : end.start() if end else len(text)]


def cells(row: str) -> List[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def tables(path: Path) -> List[List[Dict[str, str]]]:
    """The tables of a document; each row is a dictionary by the words of the head."""
    found = []
    for match in re.finditer(r"(?:^ *\|.*\n){2,}", prose(path), re.MULTILINE):
        head, _, *rows = (cells(row) for row in match[0].splitlines())
        found.append([dict(zip(head, row)) for row in rows])
    return found


def column(path: Path, name: str) -> List[str]:
    """The code spans in the column of that name, of all tables that have one."""
    return [
        span
        for table in tables(path)
        for row in table
        for span in (code_spans(row[name]) if name in row else [])
    ]


def github_anchors(text: str) -> Set[str]:
    """The anchors that GitHub gives the headings of a document without raw HTML headings."""
    anchors: Set[str] = set()
    lines = FENCED_CODE.sub("", text).splitlines()
    for previous, line in zip([""] + lines, lines):
        heading = re.match(r"#{1,6}\s+(.*)", line)
        if heading:
            title = heading[1]
        elif previous and re.fullmatch(r"=+|-+", line):
            title = previous
        else:
            continue
        title = re.sub(r"\[([^\]]*)\]\([^)]*\)|[`*]", r"\1", title).strip().lower()
        anchor = "".join(
            c for c in title.replace(" ", "-") if c in "-_" or unicodedata.category(c)[0] in "LNM"
        )
        number = 0
        while (unique := anchor if number == 0 else f"{anchor}-{number}") in anchors:
            number += 1
        anchors.add(unique)
    return anchors
