#!/usr/bin/env python3
"""Build Meridian and serve a site with it: python3 serve.py [SITE]

Checks the toolchain (and installs what is missing, where it may), builds what is stale, and serves
SITE, the folder of a site's sources, together with the shell, as a static host would. The pages are
rendered by the browser that opens the address. When a source, the theme, the shell or the core
changes, the page follows.

    python3 serve.py                         the demo site in content/
    python3 serve.py ~/my-site --base /sub/  as a project page lies under a path
    python3 serve.py --build                 only build: build/native/meridian and build/dist/
    python3 serve.py --package               and pack build/dist/ into build/meridian-VERSION.zip

Standard library only; Python 3.9 or newer.
"""

import sys

if sys.version_info < (3, 9):
    sys.exit(f"Python 3.9 or newer is needed, this is {sys.version.split()[0]}.")

import argparse
import contextlib
import dataclasses
import errno
import gzip
import hashlib
import html
import http.server
import io
import json
import os
import queue
import re
import socket
import subprocess
import threading
import time
import urllib.parse
import webbrowser
from pathlib import Path
from typing import Dict, List, Optional, Set, Tuple

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "cmake"))

import builder
from server import host_headers, watch

DEFAULT_PORT = 4000
PORTS_TO_TRY = 20
KEEP_ALIVE = (
    10  # seconds between comments on a quiet event stream, so that a closed page is noticed
)
SMALLEST_GZIP = 200  # bytes
LARGEST_GZIP = 16 << 20  # bytes; larger files are sent as they are
MANIFEST = "meridian.json"
MOVED_SOURCES = "meridian/source/"  # where a source lies whose own address the shell needs
EVENT_STREAM = "text/event-stream; charset=utf-8"
INDEX_TIMEOUT = 120  # seconds
CHECK_TIMEOUT = 300  # seconds
AUTHORS_CORE = "live.wasm"  # in which front matter that can't be read is read as far as it can be

# Explicit, so that a page looks the same whatever the system's own table says.
MIME_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".webmanifest": "application/manifest+json",
    ".geojson": "application/geo+json",
    ".wasm": "application/wasm",
    ".bin": "application/octet-stream",
    ".md": "text/markdown; charset=utf-8",
    ".markdown": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".yml": "text/yaml; charset=utf-8",
    ".yaml": "text/yaml; charset=utf-8",
    ".toml": "text/plain; charset=utf-8",
    ".bib": "text/plain; charset=utf-8",
    ".tex": "text/plain; charset=utf-8",
    ".py": "text/plain; charset=utf-8",
    ".rb": "text/plain; charset=utf-8",
    ".scss": "text/plain; charset=utf-8",
    ".sass": "text/plain; charset=utf-8",
    ".liquid": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".ics": "text/calendar",
    ".epub": "application/epub+zip",
    ".ipynb": "application/json",
}
COMPRESSIBLE = re.compile(r"text/|application/(?:json|.*\+(?:json|xml)|xml|wasm)|image/svg")

# The browser's side: loaded by the shell that this server sends, never part of build/dist.
RELOAD_SCRIPT = """\
// Sent by serve.py: follows the changes of the sources.
(() => {
  const kept = 'meridian-scroll:' + location.href;
  let server;
  let panel;

  const reload = () => {
    sessionStorage.setItem(kept, scrollX + ' ' + scrollY);
    location.reload();
  };

  // The page is rendered after the browser has tried to restore the position: do it once there is
  // enough of it.
  const place = sessionStorage.getItem(kept);
  sessionStorage.removeItem(kept);
  if (place) {
    const [x, y] = place.split(' ').map(Number);
    const end = Date.now() + 3000;
    const restore = () => {
      if (document.documentElement.scrollHeight >= y + innerHeight) scrollTo(x, y);
      else if (Date.now() < end) requestAnimationFrame(restore);
    };
    restore();
  }

  const show = (text) => {
    panel?.remove();
    panel = undefined;
    if (!text) return;
    panel = document.createElement('pre');
    panel.textContent = text;
    Object.assign(panel.style, {
      position: 'fixed', inset: 'auto 0 0 0', margin: 0, padding: '1rem', maxHeight: '60vh', overflow: 'auto',
      background: '#300', color: '#fff', font: '13px/1.5 monospace', whiteSpace: 'pre-wrap', zIndex: 2147483647,
    });
    document.documentElement.append(panel);
  };

  const events = new EventSource(document.currentScript.src.replace(/\\.js$/, ''));
  events.addEventListener('server', (event) => {
    if (server && server !== event.data) reload();
    server = event.data;
  });
  events.addEventListener('problem', (event) => show(JSON.parse(event.data)));
  events.addEventListener('findings', (event) => {
    window.meridianFindings = JSON.parse(event.data);
    dispatchEvent(new Event('meridian-findings'));
  });
  events.onmessage = async (event) => {
    const paths = JSON.parse(event.data);
    show('');
    if (!paths.length || !window.meridian?.reload) reload();
    else await window.meridian.reload(paths);
  };
})();
"""


@dataclasses.dataclass
class Answer:
    status: int
    content: bytes = b""
    mime: str = "text/plain; charset=utf-8"
    encoding: Optional[str] = None
    etag: Optional[str] = None
    headers: Dict[str, str] = dataclasses.field(default_factory=dict)


def mime_type(path: str, content: bytes) -> str:
    known = MIME_TYPES.get(os.path.splitext(path)[1].lower())
    if known:
        return known
    # CNAME, LICENSE and their like: text where it is text.
    try:
        content[:4096].decode("utf-8")
        return (
            "text/plain; charset=utf-8"
            if b"\0" not in content[:4096]
            else "application/octet-stream"
        )
    except UnicodeDecodeError as error:
        cut = error.start > 4092  # a character may be cut at the end of the sample
        return (
            "text/plain; charset=utf-8"
            if cut and b"\0" not in content[:4096]
            else "application/octet-stream"
        )


def has_front_matter(path: Path) -> bool:
    try:
        with open(path, "rb") as file:
            return bool(re.match(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n", file.read(64)))
    except OSError:
        return False


def is_shell(path: Path) -> bool:
    """Whether this is a copy of our own index.html or 404.html, which is never a source."""
    if path.name not in ("index.html", "404.html"):
        return False
    try:
        return bool(re.search(rb'<meta name="?meridian-shell', path.read_bytes()))
    except OSError:
        return False


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


class Manifest:
    """meridian.json, made when it is asked for and kept until something changes.

    `meridian index` writes it. What it lists is what Jekyll would publish or read, and that alone
    is given: the rule is the core's (core/site/published.cpp). Sources whose address is taken get
    the address where this server offers them instead."""

    def __init__(self, site: Path, command: Path) -> None:
        self.site = site
        self.command = command
        self.lock = threading.Lock()
        self.content: Optional[bytes] = None
        self.listed: Set[str] = set()  # sources that the last manifest lists
        self.pages: Set[str] = set()
        self.problem = ""

    def forget(self, changed: Optional[List[str]] = None) -> None:
        """Some sources changed, or nobody knows which. The configuration can make any file
        private.
        """
        with self.lock:
            self.content = None
            if changed is None or "_config.yml" in changed:
                self.listed = set()

    def get(self) -> Optional[bytes]:
        """None when the command gives none."""
        with self.lock:
            if self.content is None:
                self.content = self.make()
            return self.content

    def lists(self, path: str) -> bool:
        """Whether a source may be given. What was listed does not wait for a new list: editing
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


class Site:
    """What is at an address: the shell of build/dist over the sources of SITE."""

    def __init__(
        self, site: Path, dist: Path, base: str, manifest: Manifest, sends_headers: bool = False
    ) -> None:
        self.site = site
        self.dist = dist
        self.base = base
        self.manifest = manifest
        self.sends_headers = sends_headers
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
            return Answer(200, RELOAD_SCRIPT.encode(), MIME_TYPES[".js"])
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
        """What _headers says of an address, ours before the site's own, as `meridian build --raw`
        writes them.
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
        """Files of the build that no host gives: .nojekyll, …"""
        return any(part.startswith(".") and part != ".well-known" for part in name.split("/"))

    def to_folder(self, name: str) -> Optional[Answer]:
        """A folder's address ends with a slash: who asks without it is sent there."""
        return (
            None
            if name.endswith("/")
            else Answer(301, headers={"Location": self.base + urllib.parse.quote(name) + "/"})
        )

    def delivered(self, name: str, accept_encoding: str) -> Optional[Answer]:
        """A file of the build, in its compressed form where the browser takes it."""
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
        """404.html, which renders the page that the address means. Where there is such a page it is
        no error; a robots.txt or a feed is none, and who asks for it wants no HTML."""
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
        # The server knows what the shell would have to find out.
        said = (
            f'<meta name="meridian-root" content="{html.escape(self.base)}">'
            f'<meta name="meridian-core" content="{AUTHORS_CORE}">'
            f'<meta name="meridian-manifest" content="{MANIFEST}">'
            f'<meta name="meridian-routes" content="path">'
            f'<script src="{html.escape(self.base)}__reload.js" defer></script>'
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


class Listeners:
    """The open pages, each waiting on a stream of events."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.queues: Set[queue.Queue] = set()
        self.server = f"{os.getpid()}-{time.time_ns()}"
        self.problem = ""
        self.findings = "[]"

    @contextlib.contextmanager
    def listen(self):
        events: queue.Queue = queue.Queue()
        events.put(("server", self.server))
        with self.lock:
            self.queues.add(events)
            if self.problem:
                events.put(("problem", json.dumps(self.problem)))
            if self.findings != "[]":
                events.put(("findings", self.findings))
        try:
            yield events
        finally:
            with self.lock:
                self.queues.discard(events)

    def send(self, kind: str, data: str) -> None:
        with self.lock:
            for events in self.queues:
                events.put((kind, data))

    def changed(self, paths: List[str]) -> None:
        self.problem = ""
        self.send("message", json.dumps(paths))

    def failed(self, problem: str) -> None:
        self.problem = problem
        self.send("problem", json.dumps(problem))

    def found(self, findings: List[dict]) -> None:
        """What is wrong in the site, all of it."""
        news = json.dumps(findings)
        if news != self.findings:
            self.findings = news
            self.send("findings", news)

    def close(self) -> None:
        with self.lock:
            for events in self.queues:
                events.put(None)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Meridian"
    sys_version = ""
    timeout = 60  # seconds that an idle connection is kept
    server: "Server"

    def do_GET(self) -> None:
        self.handle_request(send_body=True)

    def do_HEAD(self) -> None:
        self.handle_request(send_body=False)

    def handle_request(self, send_body: bool) -> None:
        # A body is not read: what follows would be taken for the next request.
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True
        if not self.is_for_us():
            self.reply(Answer(403, b"This server answers to localhost only.\n"), send_body)
        elif self.path.split("?")[0] == self.server.site.base + "__reload":
            # A stream occupies a thread for as long as a page is open: only our own pages get one.
            if self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
                self.reply(
                    Answer(403, b"Only pages of this server follow its changes.\n"), send_body
                )
            elif send_body:
                self.stream_events()
            else:
                self.reply(Answer(200, mime=EVENT_STREAM), send_body)
        else:
            answer = self.server.site.answer(self.path, self.headers.get("Accept-Encoding", ""))
            # The type is known better, and nosniff is always sent.
            more = {
                name: value
                for name, value in self.server.site.headers(self.path).items()
                if name not in ("Content-Type", "X-Content-Type-Options")
            }
            answer.headers = {**answer.headers, **more}
            self.reply(self.conditional(answer), send_body)

    def is_for_us(self) -> bool:
        """A page of another origin must not read a local site by pointing a name of its own at this
        address.
        """
        if not self.server.only_local:
            return True
        name = re.sub(r":\d+$", "", self.headers.get("Host", "")).strip("[]").lower()
        return name in ("localhost", "127.0.0.1", "::1", "") or name.endswith(".localhost")

    def conditional(self, answer: Answer) -> Answer:
        """304 for what the browser has; a part where a part is asked for."""
        wanted = [
            tag.strip().removeprefix("W/")
            for tag in self.headers.get("If-None-Match", "").split(",")
        ]
        if answer.status == 200 and answer.etag and (answer.etag in wanted or "*" in wanted):
            return Answer(304, etag=answer.etag, mime="")
        asked = re.fullmatch(r"bytes=([0-9]*)-([0-9]*)", self.headers.get("Range", "").strip())
        condition = self.headers.get("If-Range")
        if (
            answer.status != 200
            or answer.encoding
            or not asked
            or "Accept-Ranges" not in answer.headers
        ):
            return answer
        if condition and condition != answer.etag:
            return answer
        size = len(answer.content)
        # Numbers of any length may be asked for; Python converts some thousands of digits at most.
        first, last = (digits and (digits.lstrip("0") or "0")[:18] for digits in asked.groups())
        if first:
            begin, end = int(first), min(int(last) if last else size - 1, size - 1)
        else:
            begin, end = max(0, size - int(last or 0)), size - 1
        if begin > end or begin >= size:
            return Answer(416, headers={"Content-Range": f"bytes */{size}"})
        headers = {**answer.headers, "Content-Range": f"bytes {begin}-{end}/{size}"}
        return dataclasses.replace(
            answer, status=206, content=answer.content[begin : end + 1], headers=headers
        )

    def reply(self, answer: Answer, send_body: bool) -> None:
        self.send_response(answer.status)
        if answer.mime:
            self.send_header("Content-Type", answer.mime)
        if answer.encoding:
            self.send_header("Content-Encoding", answer.encoding)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.send_header("Cache-Control", "no-cache")
        self.send_header("Vary", "Accept-Encoding")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if send_body and answer.status != 304:
            self.wfile.write(answer.content)

    def stream_events(self) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", EVENT_STREAM)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b"retry: 300\n\n")
        with self.server.listeners.listen() as events:
            while True:
                try:
                    event = events.get(timeout=KEEP_ALIVE)
                except queue.Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                if event is None:
                    return
                self.wfile.write(f"event: {event[0]}\ndata: {event[1]}\n\n".encode())
                self.wfile.flush()

    def log_message(self, format: str, *arguments) -> None:
        if self.server.verbose:
            line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in format % arguments)
            print(f"  {self.log_date_time_string()} {line}", flush=True)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, address: Tuple[str, int], site: Site, listeners: Listeners, verbose: bool
    ) -> None:
        self.site = site
        self.listeners = listeners
        self.verbose = verbose
        self.only_local = address[0] in ("127.0.0.1", "localhost", "::1")
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, Handler)

    def server_bind(self) -> None:
        # Not HTTPServer's, which asks the name service for the machine's name and may wait for it.
        super(http.server.HTTPServer, self).server_bind()
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request, client_address) -> None:
        if not isinstance(
            sys.exc_info()[1], (ConnectionError, TimeoutError)
        ):  # a browser that went away is no news
            super().handle_error(request, client_address)


def open_server(host: str, port: int, site: Site, listeners: Listeners, verbose: bool) -> Server:
    """A server on the port, or on the next free one."""
    candidates = [port + i for i in range(PORTS_TO_TRY) if port + i < 65536] + [0]
    for candidate in candidates:
        try:
            return Server((host, candidate), site, listeners, verbose)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES) or candidate == 0:
                raise
    raise AssertionError("port 0 is always free or an error")


def place_of(finding: dict) -> str:
    return ":".join(str(finding[key]) for key in ("file", "line", "column") if finding.get(key))


class Checker:
    """Has `meridian check` look at the site at the start and after each change, and tells the
    terminal what is new and the open pages what there is."""

    def __init__(self, site: Path, command: Path, listeners: Listeners) -> None:
        self.site = site
        self.command = command
        self.listeners = listeners
        self.wanted = threading.Event()
        self.told: Set[Tuple[str, str]] = set()

    def start(self) -> None:
        self.wanted.set()
        threading.Thread(target=self.keep_checking, daemon=True).start()

    def keep_checking(self) -> None:
        while True:
            self.wanted.wait()
            self.wanted.clear()
            findings = self.check()
            if findings is not None:
                self.tell(findings)

    def check(self) -> Optional[List[dict]]:
        """None when there is no answer: what was known is left as it is."""
        try:
            done = subprocess.run(
                [str(self.command), "check", "--json", "--source", str(self.site)],
                capture_output=True,
                timeout=CHECK_TIMEOUT,
                stdin=subprocess.DEVNULL,
            )
            findings = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return None
        return [finding for finding in findings if finding["severity"] != "info"]

    def tell(self, findings: List[dict]) -> None:
        now = {(place_of(finding), finding["message"]) for finding in findings}
        for finding in findings:
            if (place_of(finding), finding["message"]) not in self.told:
                remedy = f"\n    {finding['remedy']}" if finding["remedy"] else ""
                print(f"  {place_of(finding)}: {finding['message']}{remedy}", flush=True)
        if self.told and not now:
            print("  All mistakes are mended.", flush=True)
        self.told = now
        self.listeners.found(findings)


class Follower:
    """Follows changes: tells the pages about those of the site, rebuilds after those of Meridian
    itself.
    """

    def __init__(
        self,
        site: Path,
        manifest: Manifest,
        listeners: Listeners,
        checker: Checker,
        may_build: bool,
    ) -> None:
        self.site = site
        self.manifest = manifest
        self.listeners = listeners
        self.checker = checker
        self.stopping = False
        self.rebuild_wanted = threading.Event()
        self.inputs = [
            builder.ROOT / name for name in builder.INPUT_FOLDERS if (builder.ROOT / name).is_dir()
        ]
        if not may_build:
            self.inputs = []
        self.known: Set[str] = (
            set()
        )  # the site's files, to know which are gone and which were never more than temporary

    def start(self) -> None:
        roots = [self.site, *[folder for folder in self.inputs if self.site not in folder.parents]]
        source = watch.watcher(roots)  # before the first page is sent, so that no change is lost
        self.known = set(watch.snapshot([self.site]))
        threading.Thread(
            target=watch.watch,
            args=(roots, self.report, lambda: self.stopping, source),
            daemon=True,
        ).start()
        if self.inputs:
            threading.Thread(target=self.keep_building, daemon=True).start()

    def report(self, changed: Set[str]) -> None:
        if str(self.site) in changed:  # the system lost count of the changes
            self.known = set(watch.snapshot([self.site]))
            self.manifest.forget()
            self.listeners.changed([])
            self.checker.wanted.set()
        else:
            self.report_sources(changed)
        if (
            self.inputs
            and any(self.is_input(Path(path)) for path in changed)
            and not builder.is_current()
        ):
            self.rebuild_wanted.set()

    def report_sources(self, changed: Set[str]) -> None:
        prefix = str(self.site) + os.sep
        files = set().union(*(self.files_at(path) for path in changed if path.startswith(prefix)))
        paths = sorted(file[len(prefix) :].replace(os.sep, "/") for file in files)
        if not paths:
            return
        self.checker.wanted.set()  # also for what Jekyll skips: the check says why
        told = {path for path in paths if path in self.manifest.listed}
        self.manifest.forget(paths)
        # A new file is told when the new list has it: names of private ones are nobody's business.
        told.update(path for path in paths if path not in told and self.manifest.lists(path))
        if told:
            self.listeners.changed(sorted(told))

    def files_at(self, path: str) -> Set[str]:
        """The file itself when it is there or was; what a folder that is gone held; nothing for
        temporary files.
        """
        if os.path.isfile(path):
            self.known.add(path)
            return {path}
        if os.path.isdir(path):
            return set()  # the files of a new folder are reported one by one
        gone = {path} & self.known or {
            file for file in self.known if file.startswith(path + os.sep)
        }
        self.known -= gone
        return gone

    def is_input(self, path: Path) -> bool:
        return any(folder == path or folder in path.parents for folder in self.inputs)

    def keep_building(self) -> None:
        while not self.stopping:
            if not self.rebuild_wanted.wait(timeout=0.5):
                continue
            self.rebuild_wanted.clear()
            before = watch.snapshot([builder.DIST])
            try:
                builder.build(builder.Progress(), check_tools=False)
            except builder.BuildError as error:
                print(error, flush=True)
                self.listeners.failed(str(error))
                continue
            after = watch.snapshot([builder.DIST])
            self.manifest.forget()
            changed = [
                Path(path).relative_to(builder.DIST).as_posix()
                for path in sorted(after)
                if before.get(path) != after[path] and not path.endswith((".br", ".gz"))
            ]
            # A style sheet is exchanged in the page; anything else of the shell or the core means a
            # new document.
            if changed or self.listeners.problem:
                self.listeners.changed(
                    changed if all(path.endswith(".css") for path in changed) else []
                )


def version() -> str:
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(meridian VERSION ([\d.]+)", text).group(1)


def package() -> None:
    import dist

    archive = builder.BUILD / f"meridian-{version()}.zip"
    dist.package(archive)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(archive.name + ".sha256").write_text(
        f"{digest}  {archive.name}\n", encoding="utf-8"
    )
    print(
        f"{archive.relative_to(ROOT)}  {archive.stat().st_size:,} bytes\nSHA-256 {digest}",
        flush=True,
    )


def base_path(text: str) -> str:
    """ "/", or "/sub/path/" from any way of writing it."""
    parts = [part for part in text.split("/") if part]
    if any(part in (".", "..") for part in parts):
        raise argparse.ArgumentTypeError("a base has no . or ..")
    return "/" + "".join(f"{part}/" for part in parts)


def serve(options: argparse.Namespace) -> int:
    site = Path(options.site).resolve()
    if not site.is_dir():
        print(
            f"{options.site} is not a folder. Give the folder that holds the sources of the site.",
            file=sys.stderr,
        )
        return 2
    manifest = Manifest(site, builder.COMMAND)
    listeners = Listeners()
    files = Site(site, builder.DIST, options.base, manifest, options.headers)
    checker = Checker(site, builder.COMMAND, listeners)
    follower = Follower(site, manifest, listeners, checker, may_build=not options.no_build)
    follower.start()
    server = open_server(options.host, options.port, files, listeners, options.verbose)
    threading.Thread(
        target=manifest.get, daemon=True
    ).start()  # so that the first page finds it ready
    host = "localhost" if server.only_local else options.host
    address = f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}{options.base}"
    if options.port not in (0, server.server_port):
        print(f"Port {options.port} is taken.", flush=True)
    print(f"{options.site} is at {address}  (Ctrl-C ends)", flush=True)
    checker.start()
    if options.open:
        webbrowser.open(address)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        print()
    finally:
        follower.stopping = True
        listeners.close()
        server.server_close()
    return 0


def parse(arguments: List[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "site",
        nargs="?",
        default=None,
        metavar="SITE",
        help="the site's sources (default: content/)",
    )
    parser.add_argument(
        "--base", type=base_path, default="/", metavar="/PATH/", help="serve under this path"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=DEFAULT_PORT,
        help=f"(default: {DEFAULT_PORT}, else the next free)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: this machine only)"
    )
    parser.add_argument(
        "--headers",
        action="store_true",
        help="send the headers of _headers, as hosts that read it do",
    )
    parser.add_argument(
        "--build", action="store_true", help="only build build/native/meridian and build/dist/"
    )
    parser.add_argument(
        "--package",
        action="store_true",
        help="build, and pack build/dist/ into a zip with its SHA-256",
    )
    parser.add_argument(
        "--no-build", action="store_true", help="serve what is built, and build nothing"
    )
    parser.add_argument(
        "--no-install", action="store_true", help="don't install missing programs, only name them"
    )
    parser.add_argument("--open", action="store_true", help="open the address in a browser")
    parser.add_argument("--verbose", action="store_true", help="print each request")
    return parser.parse_args(arguments)


def main(arguments: List[str]) -> int:
    options = parse(arguments)
    if options.site is None:
        options.site = os.path.relpath(ROOT / "content") + os.sep
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without UTF-8 must not end the server
    try:
        if not options.no_build:
            builder.build(builder.Progress(), may_install=not options.no_install)
        if options.package:
            package()
    except builder.BuildError as error:
        print(error, file=sys.stderr)
        return 1
    if options.build or options.package:
        if options.build:
            subprocess.run(
                [sys.executable, str(ROOT / "cmake" / "bytes.py"), "--files-only"], check=False
            )
        return 0
    return serve(options)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
