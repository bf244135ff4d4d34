#!/usr/bin/env python3
"""Follows every link inside a folder of finished HTML, as a static host would answer it.

    python3 tests/content_links.py DIRECTORY [--base /sub/path]

A link is broken when no file stands behind it, or when its anchor names no id of that file. Links
to other hosts are not followed. Prints one line for each broken link and exits 1 when there is any,
2 when there was nothing to check."""

import argparse
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# Attributes that hold one address each. `srcset` holds several and is split.
ADDRESS_ATTRIBUTES = {"href", "src", "poster", "data", "srcset"}


class Page(HTMLParser):
    """The ids of a page and the addresses it refers to."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.ids = set()
        self.addresses = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if not value:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.add(value)
            elif name == "srcset":
                self.addresses += [
                    candidate.split()[0] for candidate in value.split(",") if candidate.strip()
                ]
            elif name in ADDRESS_ATTRIBUTES:
                self.addresses.append(value.strip())


def find_file(root, path):
    """The file that a static host sends for a path, or None."""
    target = root / unquote(path).lstrip("/")
    if not target.resolve().is_relative_to(root):
        return None
    for candidate in (target, target.with_name(target.name + ".html"), target / "index.html"):
        if candidate.is_file():
            return candidate
    return None


def check(root, base):
    """Yields (page, address, what is wrong), and in the end the number of links followed as a lone
    int.
    """
    files = sorted(root.rglob("*.html"))
    pages = {file: Page(file.read_text(encoding="utf-8")) for file in files}
    followed = 0
    for file, page in pages.items():
        own_url = base + "/" + file.relative_to(root).as_posix()
        for address in page.addresses:
            if not address or urlsplit(address).scheme or address.startswith("//"):
                continue
            followed += 1
            target = urlsplit(urljoin(own_url, address))
            if not (target.path + "/").startswith(base + "/"):
                yield file.relative_to(root), address, "leads out of the site"
                continue
            found = find_file(root, target.path[len(base) :])
            if found is None:
                yield file.relative_to(root), address, "no such page or file"
            elif target.fragment and target.fragment != "top" and found in pages:
                if (
                    unquote(target.fragment) not in pages[found].ids
                    and target.fragment not in pages[found].ids
                ):
                    yield file.relative_to(root), address, "no such anchor"
    yield followed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--base", default="", help="the path under which the folder is served")
    arguments = parser.parse_args()
    if not arguments.directory.is_dir():
        print(f"{arguments.directory} is no folder", file=sys.stderr)
        return 2
    *broken, followed = check(arguments.directory.resolve(), arguments.base.rstrip("/"))
    for page, address, reason in broken:
        print(f"{page}: {address}: {reason}")
    print(f"{followed} links followed, {len(broken)} broken")
    return 1 if broken else 0 if followed else 2


if __name__ == "__main__":
    sys.exit(main())
