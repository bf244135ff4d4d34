#!/usr/bin/env python3
"""Compare a folder of notes as Meridian renders it with what Quartz's rules give.

    python3 bench/vault.py VAULT [--command build/native/meridian] [--show 20]

VAULT is a folder as Obsidian has it, which is only read. Its pages are written by `meridian build`
into a temporary folder. Expected are the links by name, embeds, callouts and tags of each source by
Quartz 4's rules, written anew from its documentation and sources (ofm.ts, links.ts, path.ts):
shortest paths, its slugs, its aliases. Prints how many are equal, and what differs by kind.

It reads Markdown roughly (fences, code spans, comments), so a few findings may be its own."""

import argparse
import difflib
import re
import subprocess
import sys
import tempfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent

PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp"}
FILMS = {".mp4", ".webm", ".ogv", ".mov", ".mkv"}
SOUNDS = {".mp3", ".wav", ".m4a", ".ogg", ".3gp", ".flac"}

# Quartz: ofm.ts.
WIKILINK = re.compile(r"(!?)\[\[([^\[\]|#\\]+)?(#+[^\[\]|#\\]+)?(\\?\|[^\[\]#]*)?\]\]")
CALLOUT = re.compile(r"^\[!([\w-]+)(\|[^\]]*)?\]([+-]?)(.*)$")
LETTER = r"[-\w\u200d\ufe0f\u2190-\u2bff\U0001f000-\U0001faff]"
TAG = re.compile(rf"(?:(?<=^)|(?<= ))#({LETTER}+(?:/{LETTER}+)*)", re.M)

FRONT = re.compile(r"\A---\n([\s\S]*?\n)?(---|\.\.\.)\n")
FENCE = re.compile(r"^[ \t>]*(?:[-*+] |\d+[.)] )?[ \t>]*(`{3,}|~{3,})")
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n)[\s\S])*?(?<!`)\1(?!`)")
# What begins first counts: `[[a]]` in code is code, and a heading may have code in its name.
IN_CODE = re.compile(
    f"({WIKILINK.pattern})|{CODE_SPAN.pattern.replace(chr(92) + '1', '(?P=ticks)').replace('(`+)', '(?P<ticks>`+)')}"
)
COMMENT = re.compile(r"%%[\s\S]*?%%|<!--[\s\S]*?-->")
MATH = re.compile(r"\$\$[\s\S]*?\$\$|(?<![\\$\w])\$(?! )[^$\n]+?(?<! )\$(?!\d)")


class Item(NamedTuple):
    """Something of a note: `kind` is link, embed, callout or tag."""

    kind: str
    what: str  # the decoded address it leads to; `dead NAME`; title of a callout; tag
    more: str = ""  # anchor; fold of a callout


def kept_link(match: "re.Match[str]") -> str:
    return match.group(1) or " "


def without_code(text: str, spans: bool = False) -> str:
    """Front matter, code, comments and formulas blanked; not those in a line with `spans`."""
    text = FRONT.sub("\n", text, count=1)
    lines, fence = [], ""
    for line in text.split("\n"):
        match = FENCE.match(line)
        if fence:
            if match and match.group(1).startswith(fence) and not line.strip("`~> \t"):
                fence = ""
            lines.append("")
        elif match and "`" not in line[match.end() :]:
            fence = match.group(1)
            lines.append("")
        else:
            lines.append(line)
    text = "\n".join(lines)
    return (
        COMMENT.sub("", text)
        if spans
        else MATH.sub(" ", COMMENT.sub("", IN_CODE.sub(kept_link, text)))
    )


def slug_of_anchor(text: str) -> str:
    """github-slugger."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def slug(path: str) -> str:
    """slugifyFilePath, without the extension of a note."""
    path = re.sub(r"\.(md|html)$", "", path.strip("/"))
    for old, new in ((r"\s", "-"), ("&", "-and-"), ("%", "-percent"), (r"\?", ""), ("#", "")):
        path = re.sub(old, new, path)
    return path


def address(path: str) -> str:
    """The decoded address of a file in a plain folder."""
    pure = PurePosixPath(path)
    if pure.suffix.lower() not in (".md", ".markdown"):
        return "/" + path
    stem = "/" + str(pure.with_suffix(""))
    return re.sub(r"/(index|readme)$", "", stem, flags=re.I) + "/"


def aliases_in(text: str) -> List[str]:
    front = FRONT.match(text)
    if not front:
        return []
    found = re.search(r"^aliases:[ \t]*(.*(?:\n[ \t]*-.*)*)", (front.group(1) or ""), re.M)
    if not found:
        return []
    names = re.split(r"\n[ \t]*-|,", found.group(1).strip("[] "))
    return [name.strip(" \t\"'[]-") for name in names if name.strip(" \t\"'[]-")]


class Vault:
    """The files of a folder, by Quartz's slugs."""

    def __init__(self, root: Path):
        self.root = root
        self.files = sorted(
            path.relative_to(root).as_posix()
            for path in root.rglob("*")
            if path.is_file() and not any(p.startswith(".") for p in path.relative_to(root).parts)
        )
        self.notes = [path for path in self.files if path.endswith(".md")]
        self.addresses = {path: self.address(path) for path in self.files}
        self.by_slug: Dict[str, str] = {}
        self.by_name: Dict[str, List[str]] = {}
        for path in self.files:
            self.add(slug(path), path)
        for path in self.notes:
            for alias in aliases_in((root / path).read_text("utf-8", "replace")):
                self.by_slug.setdefault(slug(alias), path)
        # Obsidian's names: without folders, in any case.
        self.by_case: Dict[str, List[str]] = {}
        for name, path in self.by_slug.items():
            self.by_case.setdefault(name.lower().split("/")[-1], []).append(self.addresses[path])

    def address(self, path: str) -> str:
        """Of a note with a permalink, that."""
        if path.endswith(".md"):
            front = FRONT.match((self.root / path).read_text("utf-8", "replace"))
            given = front and re.search(
                r"^permalink:[ \t]*(\S.*?)[ \t]*$", (front.group(1) or ""), re.M
            )
            if given:
                return "/" + given.group(1).strip("\"'").lstrip("/")
        return address(path)

    def add(self, name: str, path: str) -> None:
        self.by_slug.setdefault(name, path)
        self.by_name.setdefault(name.split("/")[-1], []).append(name)

    def resolve(self, target: str) -> Optional[str]:
        """transformLink with the strategy `shortest`."""
        wanted = slug(unquote(target.strip()))
        names = self.by_name.get(wanted, [])
        return self.by_slug.get(names[0] if len(names) == 1 else wanted)

    def namesakes(self, target: str) -> List[str]:
        """The addresses of notes of that name in any folder and case."""
        return self.by_case.get(slug(unquote(target.strip())).lower().split("/")[-1], [])


def expected(vault: Vault, path: str) -> Iterator[Item]:
    text = without_code((vault.root / path).read_text("utf-8", "replace"))
    for bang, name, heading, _ in WIKILINK.findall(text):
        if re.match(r"https?:", name.strip()):
            continue
        name, anchor = name.strip(), heading.strip("# ")
        block = anchor.startswith("^")
        more = ("#^" + anchor[1:] if block else "#" + slug_of_anchor(anchor)) if anchor else ""
        there = vault.resolve(name) if name else path
        where = vault.addresses[there] if there else f"dead {name}"
        suffix = PurePosixPath(name).suffix.lower()
        if bang and suffix in PICTURES | FILMS | SOUNDS:
            yield Item("embed", where)
        else:
            yield Item("embed" if bang else "link", where, more)
    for line in without_code((vault.root / path).read_text("utf-8", "replace"), True).split("\n"):
        quoted = re.match(r"^[ \t]*(?:>[ \t]?)+(.*)$", line)
        match = CALLOUT.match(quoted.group(1)) if quoted else None
        if match:
            title = match.group(4).strip() or match.group(1).capitalize().replace("-", " ")
            title = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|\[([^\]]*)\]\([^)]*\)", r"\1\2", title)
            yield Item("callout", re.sub(r"[\W_]", "", title).lower(), match.group(3))
    for tag in TAG.findall(WIKILINK.sub(" ", text)):
        if not re.fullmatch(r"[/\d]+", tag):
            yield Item("tag", tag.lower())


class Page(HTMLParser):
    """The items of a written page, in their order."""

    VOID = {"img", "br", "hr", "input", "link", "meta", "source", "wbr", "path", "circle"}

    def __init__(self):
        super().__init__()
        self.stack: List[Tuple[str, str]] = []
        self.items: List[Item] = []
        self.title: Optional[List[str]] = None
        self.fold = ""

    def inside(self, name: str) -> bool:
        return any(name in classes.split() for _, classes in self.stack)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        classes = given.get("class") or ""
        own = self.inside("page__content") and not self.inside("note-links")
        titled = any("embed-title" in c for _, c in self.stack)
        embedded = self.inside("embed")
        if own and not (embedded and not titled):
            self.start(tag, given, classes, titled)
        if tag not in self.VOID:
            self.stack.append((tag, classes))

    def start(self, tag, given, classes, titled):
        href = unquote(given.get("href") or given.get("src") or "")
        where, _, anchor = href.partition("#")
        more = "#" + anchor if anchor else ""
        if titled and tag == "a":
            self.items.append(Item("embed", where, more))
        elif tag == "a" and classes in ("note-link", "dead-link"):
            dead = classes == "dead-link"
            self.items.append(Item("link", f"dead {where.strip('/')}" if dead else where, more))
        elif tag == "a" and classes == "tag":
            self.items.append(Item("tag", where[len("/tags/") :].strip("/")))
        elif tag in ("img", "video", "audio"):
            self.items.append(Item("embed", where))
        elif "markdown-alert-title" in classes:
            self.title = []
            outer = self.stack[-1][0] if self.stack else ""
            self.fold = "?" if outer == "details" else ""
        if "markdown-alert-title" in classes and tag == "summary":
            self.fold = "+" if self.is_open else "-"
        if tag == "details":
            self.is_open = "open" in given

    def handle_endtag(self, tag):
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] == tag:
                if self.title is not None and "markdown-alert-title" in self.stack[depth][1]:
                    text = re.sub(r"[\W_]", "", "".join(self.title)).lower()
                    self.items.append(Item("callout", text, self.fold))
                    self.title = None
                del self.stack[depth:]
                return

    def handle_data(self, data):
        if self.title is not None:
            self.title.append(data)


def written(folder: Path, where: str) -> Optional[List[Item]]:
    for end in ("/index.html", ".html", ""):
        file = folder / (where.strip("/") + end).lstrip("/")
        if file.is_file():
            page = Page()
            text = file.read_text("utf-8")
            # The tree of all notes stands around the content.
            text = text[text.find('<section class="page__content') :]
            page.feed(text[: text.find('<aside class="note-links"')])
            return page.items
    return None


def same(want: Item, have: Item) -> bool:
    if want.what.startswith("dead ") and have.what.startswith("dead "):
        return True
    return want == have


def compare(kind: str, want: List[Item], have: List[Item]) -> Iterator[Tuple[str, Item, Item]]:
    """Pairs of what is not equal; an empty item where there is none."""
    none = Item(kind, "nothing")
    key = lambda item: ("dead", "") if item.what.startswith("dead ") else item[1:]  # noqa: E731
    matcher = difflib.SequenceMatcher(None, [*map(key, want)], [*map(key, have)], autojunk=False)
    for what, i, i_end, k, k_end in matcher.get_opcodes():
        if what == "equal":
            continue
        for step in range(max(i_end - i, k_end - k)):
            yield (
                what,
                want[i + step] if i + step < i_end else none,
                have[k + step] if k + step < k_end else none,
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("vault", type=Path, help="a folder of notes")
    parser.add_argument("--command", default=ROOT / "build/native/meridian", help="the command")
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    arguments = parser.parse_args()
    vault = Vault(arguments.vault.resolve())
    counts, wrong, by_case, shown = Counter(), Counter(), Counter(), []
    with tempfile.TemporaryDirectory() as out:
        command = [arguments.command, "build", "--quiet", "--source", vault.root]
        subprocess.run([*command, "--destination", out], capture_output=True, check=False)
        for path in vault.notes:
            have = written(Path(out), vault.addresses[path])
            if have is None:
                print(f"{path}: not written", file=sys.stderr)
                continue
            want = list(expected(vault, path))
            for kind in ("link", "embed", "callout", "tag"):
                mine = [item for item in want if item.kind == kind]
                own = vault.addresses[path]
                theirs = [i._replace(what=i.what or own) for i in have if i.kind == kind]
                if kind == "embed":
                    # Pictures that are written as `![](…)` are not compared.
                    known = {item.what for item in mine}
                    theirs = [
                        i for i in theirs if i.what in known or not i.what.startswith("/") or i.more
                    ]
                counts[kind] += len(mine)
                for _, expect, found in compare(kind, mine, theirs):
                    name = expect.what[len("dead ") :]
                    if expect.what.startswith("dead ") and found.what in vault.namesakes(name):
                        by_case[kind] += 1
                        continue
                    wrong[kind] += expect.what != "nothing"
                    wrong["further " + kind] += expect.what == "nothing"
                    shown.append(f"{path}: {kind} {expect[1:]} is {found[1:]}")
    for line in shown[: arguments.show]:
        print(line)
    print(f"{len(vault.notes)} notes of {vault.root.name}")
    for kind in ("link", "embed", "callout", "tag"):
        print(
            f"{kind:8} {counts[kind] - wrong[kind] - by_case[kind]:6} of {counts[kind]} equal,"
            f" {by_case[kind]} found by Obsidian's rules alone, {wrong[kind]} other,"
            f" {wrong['further ' + kind]} more"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
