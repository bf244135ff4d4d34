"""What lies in the shell's folder `meridian/`, and what each of its files loads: shell.json, by
which `meridian build` and an export of the playground take along what written pages need.

    {"files": {"math.js": ["katex.js"], "katex.js": [], "messages/": ["messages/de.js"]},
     "classes": {"fa-envelope": ["icons/email.svg"]}}

A name that ends with a slash is that of a folder, with the files in it. A file loads what it names:
scripts, style sheets and pages give addresses as they are. Classes are those of Font Awesome and
Academicons, for which a page has an icon."""

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


def shell_list(shell: Path) -> dict:
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
    return {"files": files, "classes": classes}
