"""What lies in the shell, and what each file in its folder `meridian/` loads: shell.json, by which
`meridian build` and an export of the playground take along what written pages need, and
`meridian upgrade` tells whether somebody has changed a file.

    {"version": "0.1.0",
     "files": {"math.js": ["katex.js"], "katex.js": [], "messages/": ["messages/de.js"]},
     "classes": {"fa-envelope": ["icons/email.svg"]},
     "contents": {"index.html": [13579, "0123456789abcdef"], "meridian/math.js": …}}

A name of `files` that ends with a slash is that of a folder, with the files in it. A file loads
what it names: scripts, style sheets and pages give addresses as they are. Classes are those of Font
Awesome and Academicons, for which a page has an icon. Contents are sizes and hashes, as a site's
manifest has them."""

import hashlib
import re
from pathlib import Path
from typing import Dict, List

READ = {".js", ".css", ".html"}  # text in which other files are named
ADDRESS = re.compile(r"[\w./-]+")
BEFORE = re.compile(r"^(\.{0,2}/)*(meridian/)?")
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
CLASS = re.compile(r"\.((?:fa|ai)-[\w-]+)")
ICON = re.compile(r"icons/[\w-]+\.svg")
ICON_SHEET = "icons.css"
# Commands and authors set these in a page of the shell, so that its hash is made without them: as
# plain_shell() in cli/head.cpp.
PAGES = {"index.html", "404.html"}
SET_IN_PAGES = (
    re.compile(rb'<meta name="meridian-(?!shell")[^>]*>'),
    re.compile(rb'<link rel="preload" as="fetch" href="meridian/words.txt">'),
    re.compile(rb"<title>Loading.*?</title>", re.S),
    re.compile(rb"<noscript>This site needs JavaScript\..*?</noscript>", re.S),
)
HASH_DIGITS = 16


def named_in(text: str, own: str, names: "set[str]") -> List[str]:
    """Files and folders of the shell to which addresses in the text of the file `own` lead."""
    found = set()
    beside = own[: own.rfind("/") + 1]
    for address in set(ADDRESS.findall(text)):
        name = BEFORE.sub("", address)
        if not name:
            continue
        folder = name.split("/")[0] + "/"
        if beside + name in names:
            found.add(beside + name)
        elif name in names:
            found.add(name)
        elif folder in names and name.startswith(folder):
            found.add(folder)
    return sorted(found - {own})


def icons_of(sheet: str) -> "tuple[List[str], Dict[str, List[str]]]":
    """Of icons.css: what every page with icons needs, and class → icons."""
    always: List[str] = []
    classes: Dict[str, List[str]] = {}
    for selector, body in RULE.findall(sheet):
        icons = sorted(set(ICON.findall(body)))
        of = CLASS.findall(selector) if icons else []
        classes.update(dict.fromkeys(of, icons))
        if not of:
            always += icons
    return sorted(set(always)), classes


def is_derived(path: Path) -> bool:
    """A .br or .gz that belongs to a file beside it."""
    return path.suffix in (".br", ".gz") and path.with_suffix("").exists()


def content_of(name: str, data: bytes) -> list:
    if name in PAGES:
        for part in SET_IN_PAGES:
            data = part.sub(b"", data)
    digest = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()  # git's name of a blob
    return [len(data), digest[:HASH_DIGITS]]


def shell_list(root: Path, version: str) -> dict:
    """Of the folder in which index.html and `meridian/` are."""
    shell = root / "meridian"
    paths = sorted(path for path in shell.rglob("*") if path.is_file())
    files: Dict[str, List[str]] = {path.relative_to(shell).as_posix(): [] for path in paths}
    for name in list(files):
        folder, slash, _ = name.partition("/")
        if slash:
            files.setdefault(folder + slash, []).append(name)
    names = set(files)
    classes: Dict[str, List[str]] = {}
    for path in paths:
        if path.suffix not in READ:
            continue
        name = path.relative_to(shell).as_posix()
        text = path.read_text(encoding="utf-8")
        if name == ICON_SHEET:
            files[name], classes = icons_of(text)
        else:
            files[name] = named_in(text, name, names)
    contents = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not is_derived(path):
            name = path.relative_to(root).as_posix()
            contents[name] = content_of(name, path.read_bytes())
    return {"version": version, "files": files, "classes": classes, "contents": contents}
