"""The manifest meridian.json of a site that is served: what `meridian index` lists."""

import json
import re
import subprocess
import threading
import urllib.parse
from pathlib import Path
from typing import List, Optional, Set

MANIFEST = "meridian.json"
MOVED_SOURCES = "meridian/source/"  # where a source lies whose own address the shell needs
INDEX_TIMEOUT = 120  # seconds


def has_front_matter(path: Path) -> bool:
    try:
        with open(path, "rb") as file:
            return bool(re.match(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n", file.read(64)))
    except OSError:
        return False


class Manifest:
    """meridian.json, made when it is requested and kept until something changes.

    `meridian index` writes it. It lists the files that Jekyll would publish or read, and no others
    are served: the rule is the core's (core/site/published.cpp). Sources whose address is occupied
    get the address at which this server has them instead."""

    def __init__(self, site: Path, command: Path) -> None:
        self.site = site
        self.command = command
        self.lock = threading.Lock()
        self.content: Optional[bytes] = None
        self.listed: Set[str] = set()  # sources that the last manifest lists
        self.pages: Set[str] = set()
        self.problem = ""

    def forget(self, changed: Optional[List[str]] = None) -> None:
        """Some sources changed, or unknown ones. The configuration can make any file private."""
        with self.lock:
            self.content = None
            if changed is None or "_config.yml" in changed:
                self.listed = set()

    def get(self) -> Optional[bytes]:
        """None when the command fails."""
        with self.lock:
            if self.content is None:
                self.content = self.make()
            return self.content

    def lists(self, path: str) -> bool:
        """Whether a source may be served. A listed source does not wait for a new list: editing
        would have to wait for it, too."""
        if path in self.listed:
            return True
        self.get()
        return path in self.listed

    def knows_page(self, route: str) -> bool:
        self.get()
        return route in self.pages

    def make(self) -> Optional[bytes]:
        data = self.by_command()
        if data is None:
            self.listed, self.pages = set(), set()
            return None
        self.listed = {entry["path"] for entry in data["files"]}
        for entry in data["files"]:
            if self.is_moved(entry["path"]):
                entry["at"] = MOVED_SOURCES + urllib.parse.quote(entry["path"])
        self.pages = set(data["pages"])
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    def by_command(self) -> Optional[dict]:
        try:
            done = subprocess.run(
                [
                    str(self.command),
                    "index",
                    "--author",
                    "--source",
                    str(self.site),
                    "--output",
                    "-",
                ],
                capture_output=True,
                timeout=INDEX_TIMEOUT,
                stdin=subprocess.DEVNULL,
            )
            data = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            self.complain(
                f"`meridian index` gave no list of the site's files ({type(error).__name__}): none of them "
                "is served. `python3 serve.py --build` builds it."
            )
            return None
        self.problem = ""
        return data

    def complain(self, problem: str) -> None:
        if problem != self.problem:
            print(f"  {problem}", flush=True)
        self.problem = problem

    def is_moved(self, path: str) -> bool:
        """Whether the shell answers at this source's own address: its own files, and pages that are
        HTML sources.
        """
        if path.startswith("meridian/") or path in ("index.html", "404.html", MANIFEST):
            return True
        return path.endswith((".html", ".htm")) and has_front_matter(self.site / path)
