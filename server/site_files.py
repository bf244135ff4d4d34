"""The response for each address of a site: the shell of build/dist over the site's sources."""

import dataclasses
import gzip
import hashlib
import html
import os
import re
import urllib.parse
from pathlib import Path
from typing import Dict, Optional, Tuple

from server import host_headers
from server.live_reload import RELOAD_SCRIPT, Listeners
from server.manifest import MANIFEST, MOVED_SOURCES, Manifest, has_front_matter
from server.mime_types import COMPRESSIBLE, MIME_TYPES, mime_type

SMALLEST_GZIP = 200  # bytes
LARGEST_GZIP = 16 << 20  # bytes; larger files are sent as they are
AUTHORS_CORE = "live.wasm"  # in which front matter that can't be read is read as far as it can be


@dataclasses.dataclass
class Answer:
    status: int
    content: bytes = b""
    mime: str = "text/plain; charset=utf-8"
    encoding: Optional[str] = None
    etag: Optional[str] = None
    headers: Dict[str, str] = dataclasses.field(default_factory=dict)


def below(folder: Path, name: str) -> Optional[Path]:
    """The file or folder `name` in `folder`, or None when it is not there, or a link that leads
    outside.
    """
    path = folder / name
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    inside = real == folder or folder in real.parents
    return path if inside else None


class Site:
    """The file at an address: the shell of build/dist over the sources of SITE."""

    def __init__(
        self,
        site: Path,
        dist: Path,
        base: str,
        manifest: Manifest,
        sends_headers: bool = False,
        listeners: Optional[Listeners] = None,
    ) -> None:
        self.site = site
        self.dist = dist
        self.base = base
        self.manifest = manifest
        self.sends_headers = sends_headers
        self.listeners = listeners or Listeners()
        self.gzipped: Dict[Tuple[str, int, int], bytes] = {}

    def answer(self, url: str, accept_encoding: str) -> Answer:
        path = urllib.parse.unquote(url.split("?", 1)[0].split("#", 1)[0], errors="surrogateescape")
        if not path.startswith(self.base):
            return self.outside(path)
        name = path[len(self.base) :]
        parts = name.split("/")
        if ".." in parts or "." in parts or "\\" in name or "\0" in name or "" in parts[:-1]:
            return self.shell_page(name, accept_encoding)
        if name == "__reload.js":
            return Answer(200, RELOAD_SCRIPT, MIME_TYPES[".js"])
        if name in ("", "index.html"):
            return self.shell("index.html", 200, accept_encoding)
        if name == "404.html":
            return self.shell("404.html", 200, accept_encoding)
        if name == MANIFEST:
            manifest = self.manifest.get()
            if manifest is None:
                return Answer(503, f"{self.manifest.problem}\n".encode())
            return self.dynamic(manifest, MIME_TYPES[".json"], 200, accept_encoding)
        if name.startswith(MOVED_SOURCES):
            return self.source(name[len(MOVED_SOURCES) :], accept_encoding) or self.shell_page(
                name, accept_encoding
            )
        delivered = self.delivered(name, accept_encoding)
        return (
            delivered
            or self.source_page(name, accept_encoding)
            or self.shell_page(name, accept_encoding)
        )

    def headers(self, url: str) -> Dict[str, str]:
        """The headers of _headers for an address, the shell's before the site's own, as `meridian
        build --raw` writes them.
        """
        path = urllib.parse.unquote(url.split("?", 1)[0])
        if not self.sends_headers or not path.startswith(self.base):
            return {}
        files = [folder / "_headers" for folder in (self.dist, self.site)]
        text = "\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
        return host_headers.headers_for(text, "/" + path[len(self.base) :])

    def outside(self, path: str) -> Answer:
        if path == "/" or path + "/" == self.base:
            return Answer(302, headers={"Location": self.base})
        return Answer(404, f"The site is at {self.base}\n".encode())

    def is_hidden(self, name: str) -> bool:
        """Files of the build that no host serves: .nojekyll, …"""
        return any(part.startswith(".") and part != ".well-known" for part in name.split("/"))

    def to_folder(self, name: str) -> Optional[Answer]:
        """A folder's address ends with a slash: a request without it is redirected."""
        return (
            None
            if name.endswith("/")
            else Answer(301, headers={"Location": self.base + urllib.parse.quote(name) + "/"})
        )

    def delivered(self, name: str, accept_encoding: str) -> Optional[Answer]:
        """A file of the build, in its compressed form where the browser accepts it."""
        path = (
            below(self.dist, name)
            if name not in ("", "_headers") and not self.is_hidden(name)
            else None
        )
        if path and path.is_dir() and (path / "index.html").exists():  # the playground
            return self.to_folder(name) or self.delivered(name + "index.html", accept_encoding)
        if not path or not path.is_file():
            return None
        for coding, suffix in (("br", ".br"), ("gzip", ".gz")):
            compressed = path.with_name(path.name + suffix)
            if accepts(accept_encoding, coding) and compressed.exists():
                content = compressed.read_bytes()
                return Answer(200, content, mime_type(name, content), coding, etag_of(compressed))
        content = path.read_bytes()
        return Answer(200, content, mime_type(name, content), None, etag_of(path))

    def source_page(self, name: str, accept_encoding: str) -> Optional[Answer]:
        """A source at its own address, unless it is the source of a page: there the shell shows the
        page.
        """
        path = below(self.site, name)
        if path and path.is_dir():
            index = name.rstrip("/") + "/index.html"
            if not self.manifest.lists(index) or has_front_matter(self.site / index):
                return None
            return self.to_folder(name) or self.source(index, accept_encoding)
        if path and self.manifest.is_moved(name):
            return None
        return self.source(name, accept_encoding)

    def source(self, name: str, accept_encoding: str) -> Optional[Answer]:
        path = below(self.site, name)
        if not path or not path.is_file():
            return None
        if not self.manifest.lists(name):
            return (
                Answer(503, f"{self.manifest.problem}\n".encode())
                if self.manifest.problem
                else None
            )
        content = path.read_bytes()
        mime = mime_type(name, content)
        etag = etag_of(path)
        if (
            COMPRESSIBLE.match(mime)
            and accepts(accept_encoding, "gzip")
            and SMALLEST_GZIP <= len(content) <= LARGEST_GZIP
        ):
            return Answer(200, self.gzip(path, content), mime, "gzip", f'{etag[:-1]}-gz"')
        return Answer(200, content, mime, None, etag, {"Accept-Ranges": "bytes"})

    def gzip(self, path: Path, content: bytes) -> bytes:
        status = path.stat()
        key = (str(path), status.st_mtime_ns, status.st_size)
        if key not in self.gzipped:
            if len(self.gzipped) > 500:
                self.gzipped.clear()
            self.gzipped[key] = gzip.compress(content, 6)
        return self.gzipped[key]

    def shell_page(self, name: str, accept_encoding: str) -> Answer:
        """404.html, which renders the page of the address. Status 200 where there is such a page; a
        robots.txt or a feed is none, and its clients want no HTML."""
        route = "/" + name
        is_page = os.path.splitext(name)[1].lower() in ("", ".html", ".htm", ".md")
        known = is_page and any(
            self.manifest.knows_page(form) for form in (route, route + "/", route + "index.html")
        )
        return self.shell("404.html", 200 if known else 404, accept_encoding)

    def shell(self, file: str, status: int, accept_encoding: str) -> Answer:
        path = self.dist / file
        try:
            text = path.read_text(encoding="utf-8")
        except OSError:
            return Answer(503, b"build/dist has no shell yet.\n")
        # The server writes facts into the shell that it would otherwise have to find out.
        said = (
            f'<meta name="meridian-root" content="{html.escape(self.base)}">'
            f'<meta name="meridian-core" content="{AUTHORS_CORE}">'
            f'<meta name="meridian-manifest" content="{MANIFEST}">'
            f'<meta name="meridian-routes" content="path">'
            f'<script src="{html.escape(self.base)}__reload.js?made={self.listeners.changes}" defer>'
            "</script>"
        )
        text = re.sub(r'<meta name="?meridian-(?:root|core|manifest|routes)"?[^>]*>', "", text)
        text = text.replace('href="meridian/meridian.wasm"', f'href="meridian/{AUTHORS_CORE}"')
        charset = re.search(r"<meta charset[^>]*>", text, re.I) or re.search(
            r"<!doctype[^>]*>", text, re.I
        )
        at = charset.end() if charset else 0
        return self.dynamic(
            (text[:at] + said + text[at:]).encode(), MIME_TYPES[".html"], status, accept_encoding
        )

    def dynamic(self, content: bytes, mime: str, status: int, accept_encoding: str) -> Answer:
        etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        if accepts(accept_encoding, "gzip") and len(content) >= SMALLEST_GZIP:
            return Answer(status, gzip.compress(content, 6), mime, "gzip", f'{etag[:-1]}-gz"')
        return Answer(status, content, mime, None, etag)


def etag_of(path: Path) -> str:
    status = path.stat()
    return f'"{status.st_size:x}-{status.st_mtime_ns:x}{path.suffix if path.suffix in (".br", ".gz") else ""}"'


def accepts(accept_encoding: str, coding: str) -> bool:
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in (coding, "*"):
            return weight.strip().replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
